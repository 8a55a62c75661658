use super::{Open, Walker, list_section};
use crate::{
    extract::{
        enumerator::strip_enumerator,
        lexicon::{Entity, Lexicon, Names},
        listing::is_person_name,
    },
    text::{Passage, parse_integer},
};

/// Rows of a number and a line, at whose side a section is named.
impl Walker {
    /// `主要完成单位 | 1 | 甲医院：负责…` and `| 2 | 乙大学：提供…` below it: the name of a section at the side of its numbered
    /// lines, each in one cell or parted over several.
    pub(super) fn numbered_at_side(&mut self, row: &[Passage], first: &Passage, second: &Passage) -> bool {
        let number = |cell: &Passage| {
            let bare = cell.text().trim_matches(|c: char| c.is_whitespace() || ".．、()（）第".contains(c));
            parse_integer(bare).filter(|number| (1..100).contains(number))
        };
        let is_side = self.columns.as_ref().is_none_or(|columns| !columns.is_known(0));
        let is_first = || number(second) == Some(1) || self.columns.is_none() && is_first_person(row, second);
        let opens = is_side && !row[0].is_blank() && is_first();
        if opens {
            let names = Lexicon::get().names(first.text());
            let is_section = names.section.is_some_and(|section| section.entity().is_some())
                || list_section(&names).is_some();
            let rest = &row[1..];
            let is_list = is_section && rest.iter().filter(|cell| !cell.is_blank()).count() >= 2;
            let section =
                Names { section: names.section.or_else(|| list_section(&names)), meanings: Vec::new() };
            if !is_list || !self.heading_like(first, &section) {
                return false;
            }
            self.whole_row(rest, None);
            return true;
        }
        let mut filled = row.iter().filter(|cell| !cell.is_blank());
        let is_line = self.columns.is_none()
            && filled.by_ref().nth(1).is_some()
            && filled.next().is_none()
            && number(first).is_some()
            && self.current != Entity::Dossier
            && !matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _));
        if !is_line {
            return false;
        }
        let mut line = first.trimmed_matches(|c: char| c.is_whitespace() || ".．、()（）第".contains(c));
        line.append(".", second);
        self.open = Open::Nothing;
        self.paragraph(&line, &Names { section: None, meanings: Vec::new() }, false, None);
        true
    }
}

/// `1. 陈一 | 甲医院 | 教授`: a person with the number 1, and at least two facts.
fn is_first_person(row: &[Passage], second: &Passage) -> bool {
    let name = strip_enumerator(second.text());
    let number = &second.text()[..second.text().trim_end().len() - name.len()];
    let facts = row.iter().filter(|cell| !cell.is_blank()).skip(2);
    parse_integer(number.trim_matches(|c: char| c.is_whitespace() || ".．、()（）".contains(c))) == Some(1)
        && is_person_name(name)
        && facts.count() >= 2
}

impl Walker {
    /// `4 | 陈一. A nomogram to` and ` | predict toxicity. Gut, 2022…`: a page break has cut the line beside a number.
    pub(super) fn rest_of_item(&mut self, row: &[Passage]) -> bool {
        let mut filled = row.iter().filter(|cell| !cell.is_blank());
        let (Some(rest), None) = (filled.next(), filled.next()) else { return false };
        let is_cut = self.item.as_ref().is_some_and(|item| !item.is_whole());
        row[0].is_blank() && self.open == Open::Nothing && is_cut && self.item(rest, true)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, table, told},
    };
    use crate::{extract::lexicon::Field, source::Block};

    #[test]
    fn numbered_lines_beside_the_name_of_their_section_are_read() {
        let rows = "项目名称|某病的研究||\n主要完成单位|1|甲医院：负责总体设计。|\n|2|乙大学：提供平台。|\n代表性论文|1|陈一, 李二. 某病的诊断研究. 甲杂志, 2019, 35(4): 211-218.|\n|2|李二, 陈一. 某病的治疗研究. 甲杂志, 2020, 36(4): 11-18.|\n主要完成人|1|陈一|甲医院，教授\n|2|李二|乙大学，讲师";
        let out = outline(&[Block::Table(table(rows))]);
        assert_eq!(told(&out.institutions, [Field::InstitutionName]), ["甲医院", "乙大学"]);
        assert_eq!(told(&out.institutions, [Field::Contribution]), ["负责总体设计。", "提供平台。"]);
        assert_eq!(told(&out.papers, [Field::PaperTitle]), ["某病的诊断研究", "某病的治疗研究"]);
        assert_eq!(told(&out.contributors, [Field::Name]), ["陈一", "李二"]);
    }

    #[test]
    fn what_stands_below_a_whole_line_is_no_part_of_it() {
        let rows = "1|陈一, 李二. 某病的诊断. 甲杂志, 2022, 14(2): 301-311.|\n2|李二. 某病的研究. 甲杂志, 2020, 36(4): 11-18.|\n|以上论文总他引 120 次|";
        let mut blocks = paragraphs(["代表性论文专著目录"]);
        blocks.push(Block::Table(table(rows)));
        let read = told(&outline(&blocks).papers, [Field::PaperTitle, Field::Citations]);
        assert_eq!(read, ["某病的诊断 | ", "某病的研究 | "]);
    }

    #[test]
    fn people_beside_the_name_of_their_section_are_read() {
        let rows = "项目名称|某病的研究||\n主要完成人|1. 陈一|甲医院|主任医师/院长\n|2. 李二|乙大学|教授\n完成单位|1.甲医院；2.乙大学||";
        let out = outline(&[Block::Table(table(rows))]);
        assert_eq!(out.institutions.len(), 2);
        let read = told(&out.contributors, [Field::Rank, Field::Name, Field::Titles, Field::Employer]);
        assert_eq!(read, ["1 | 陈一 | 主任医师/院长 | 甲医院", "2 | 李二 | 教授 | 乙大学"]);
    }

    #[test]
    fn a_line_beside_a_number_goes_on_in_the_next_row() {
        let rows = "1|陈一, 李二. A nomogram to predict late|\n|toxicity of the hip. Bone, 2022, 14(2): 301-311. 他引 27 次.\n2|李二. 某病的研究. 甲杂志, 2020, 36(4): 11-18.|";
        let mut blocks = paragraphs(["代表性论文专著目录"]);
        blocks.push(Block::Table(table(rows)));
        let read = told(&outline(&blocks).papers, [Field::PaperTitle, Field::Journal, Field::Citations]);
        assert_eq!(
            read,
            ["A nomogram to predict late toxicity of the hip | Bone | 27", "某病的研究 | 甲杂志 | "]
        );
    }
}
