use super::{Open, Walker};
use crate::{
    extract::lexicon::{Entity, Field, Lexicon},
    text::{Passage, is_wider},
};

/// A line of running text is wider; a name that a narrow cell wraps is not.
const COLUMNS: usize = 24;

/// Cells that hold a heading and what belongs below it.
impl Walker {
    /// `项目简介⏎某病是…。⏎创新点1. …`: a row of one cell, the first line of which is the heading or the label of the others.
    pub(super) fn headed_cell(&mut self, cell: &Passage) -> bool {
        let lines = cell.split(|c| c == '\n');
        let [heading, rest @ ..] = &lines[..] else { return false };
        let is_prose =
            |line: &Passage| is_wider(line.text(), COLUMNS) && line.text().contains(['，', '。', '；', ',']);
        if !rest.iter().any(is_prose) {
            return false;
        }
        if self.heading_like(heading, &Lexicon::get().names(heading.text())) {
            self.card(rest);
            return true;
        }
        let told = (self.current, Field::Contribution);
        let is_told = self.current != Entity::Dossier
            && self.columns.is_none()
            && Lexicon::get().label(heading.text()).contains(&told)
            && self.last(self.current).is_some_and(|entry| !entry.is_empty() && !entry.has(told.1));
        if let Some(entry) = self.last(told.0).filter(|_| is_told) {
            rest.iter().for_each(|line| entry.add_paragraph(told.1, line));
            self.open = Open::Field(told.0, told.1);
        }
        is_told
    }
}

#[cfg(test)]
mod tests {
    use super::super::{outline, printed::told};
    use super::*;
    use crate::source::{Block, Row};

    fn table(text: &str) -> Block {
        let mut at = 0;
        let mut cell = |cell: &str| {
            at += cell.len() + 1;
            Passage::new(&cell.replace('/', "\n"), at)
        };
        Block::Table(text.lines().map(|line| line.split('|').map(&mut cell).collect()).collect::<Vec<Row>>())
    }

    #[test]
    fn a_row_of_one_cell_may_hold_its_heading() {
        let out = outline(&[table(
            "推荐单位|甲医院|\n项目简介/某病是常见的疾病，危害很大，缺少有效的治疗手段。/创新点1.建立了模型。||\n\
             主要完成人|陈一|\n姓名|陈一|\n职称|教授|\n对本项目的贡献/提出总体方案，对创新点1作出了贡献。||",
        )]);
        let dossier = |field| out.dossier.get(field).map_or("", Passage::text);
        assert_eq!(dossier(Field::Recommender), "甲医院");
        assert_eq!(
            dossier(Field::Summary),
            "某病是常见的疾病，危害很大，缺少有效的治疗手段。\n创新点1.建立了模型。"
        );
        assert_eq!(
            told(&out.contributors, [Field::Titles, Field::Contribution]),
            ["教授 | 提出总体方案，对创新点1作出了贡献。"]
        );
    }

    #[test]
    fn a_heading_in_several_lines_holds_nothing() {
        let out = outline(&[table("推荐单位|甲医院|\n主要/完成人||\n姓名|陈一|")]);
        assert_eq!(told(&out.contributors, [Field::Name]), ["陈一"]);
    }
}
