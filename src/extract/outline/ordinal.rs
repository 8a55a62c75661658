use super::{Open, Walker};
use crate::{
    extract::{
        entry::Entry,
        enumerator::strip_enumerator,
        lexicon::{Entity, Field, Lexicon},
        listing::{is_institution_name, is_person_name},
        sentence::{counted, ordinal_heading},
        spaced::{gaps, has_gap},
    },
    source::Block,
    text::{Passage, parse_integer},
};

/// Lines that only count a record.
impl Walker {
    /// `第二完成人`, `知识产权1`: opens the record that the following lines fill.
    pub(super) fn ordinal_heading(&mut self, text: &Passage) -> bool {
        let counted = || {
            Some((self.current, counted(text).filter(|_| self.name_field().is_some() || self.is_listing())?))
        };
        // `第1完成人　　第2完成人` above what is told of them.
        let several =
            || gaps(text).len() > 1 && gaps(text).iter().all(|cell| ordinal_heading(cell).is_some());
        if text.text().trim_start().starts_with(['第', '完']) && has_gap(text.text()) && several() {
            return true;
        }
        let Some((entity, number)) = ordinal_heading(text).or_else(counted) else { return false };
        self.open_record(entity, &number);
        true
    }

    /// Opens the record with a number, or with the rank where people and institutions are counted.
    pub(super) fn open_record(&mut self, entity: Entity, number: &Passage) {
        self.finish_item();
        let mut entry = Entry::default();
        let counts = matches!(entity, Entity::Contributor | Entity::Institution);
        entry.add(if counts { Field::Rank } else { Field::Number }, number);
        self.list(entity).push(entry);
        (self.open, self.current, self.columns) = (Open::Nothing, entity, None);
    }

    /// `第二完成人 | 姓名 | 陈一 | 职称 | 教授`: what counts a record stands at the side of its labels, maybe behind the name
    /// of the section.
    pub(super) fn counted_pairs(&mut self, row: &[Passage]) -> bool {
        let lexicon = Lexicon::get();
        let is_section = |cell: &Passage| lexicon.section(cell.text()).is_some();
        let at = row
            .iter()
            .position(|cell| !cell.is_blank() && (ordinal_heading(cell).is_some() || !is_section(cell)));
        let Some(at) = at.filter(|_| self.columns.is_none()) else { return false };
        let labelled = row[at + 1..].iter().find(|cell| !cell.is_blank());
        let meanings = labelled.map(|label| lexicon.label(label.text())).unwrap_or_default();
        let Some((entity, number)) =
            ordinal_heading(&row[at]).filter(|(entity, _)| meanings.iter().any(|(of, _)| of == entity))
        else {
            return false;
        };
        self.open_record(entity, &number);
        self.pairs(&row[at + 1..]);
        true
    }

    /// `陈一⏎排名2`: a name alone right above its rank opens a record.
    pub(super) fn name_above_rank(&mut self, text: &Passage, next: Option<&Block>) -> bool {
        let (Some(name_field), Some(Block::Paragraph { text: below, .. })) = (self.name_field(), next) else {
            return false;
        };
        let Some(rank) =
            below.text().trim().strip_prefix("排名").map(|rank| rank.trim_matches([' ', '：', ':']))
        else {
            return false;
        };
        // `单位名称 甲医院`
        let line = text.text();
        let labels = |word: &str| Lexicon::get().label(word).contains(&(self.current, name_field));
        let label = line.split_whitespace().next().filter(|word| word.len() < line.len() && labels(word));
        let from = label.map_or(0, |label| line.len() - line.trim_start().len() + label.len());
        let name = text.slice(from..line.len()).trimmed();
        let is_name = match self.current {
            Entity::Contributor => is_person_name(name.text()),
            _ => is_institution_name(name.text()) && strip_enumerator(name.text()) == name.text(),
        };
        // `姓名⏎陈一⏎排名1`: the label has opened it.
        let is_opened = self.open == Open::Field(self.current, name_field)
            && self.last(self.current).is_none_or(|last| !last.has(name_field));
        let Some(at) =
            below.text().find(rank).filter(|_| is_name && !is_opened && parse_integer(rank).is_some())
        else {
            return false;
        };
        self.open_record(self.current, &below.slice(at..at + rank.len()));
        if let Some(entry) = self.last(self.current) {
            entry.add(name_field, &name);
        }
        self.just_named = true;
        true
    }

    /// `第二完成单位 | 乙大学` above rows of labels for the rest.
    pub(super) fn counted_name(&mut self, row: &[Passage], first: &Passage, second: &Passage) -> bool {
        let filled = row.iter().filter(|cell| !cell.is_blank()).count();
        if filled != 2 || self.columns.is_some() || !first.text().trim_start().starts_with(['第', '完', '主'])
        {
            return false;
        }
        let (name, is_name): (Field, fn(&str) -> bool) = match ordinal_heading(first) {
            Some((Entity::Contributor, _)) => (Field::Name, is_person_name),
            Some((Entity::Institution, _)) => (Field::InstitutionName, is_institution_name),
            _ => return false,
        };
        if !is_name(second.text().trim()) || !self.ordinal_heading(first) {
            return false;
        }
        if let Some(entry) = self.list(self.current).last_mut() {
            entry.add(name, second);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, table, told},
    };
    use super::*;
    use crate::source::Block;

    #[test]
    fn names_stand_beside_what_counts_them() {
        let rows = "第一完成单位|甲医院\n贡献|负责总体设计。\n第二完成单位|乙大学\n贡献|提供平台。\n第一完成人|陈一\n职称|教授\n第二完成人|李二\n职称|讲师";
        let out = outline(&[Block::Table(table(rows))]);
        let institutions = told(&out.institutions, [Field::InstitutionName, Field::Contribution]);
        assert_eq!(institutions, ["甲医院 | 负责总体设计。", "乙大学 | 提供平台。"]);
        assert_eq!(told(&out.contributors, [Field::Name, Field::Titles]), ["陈一 | 教授", "李二 | 讲师"]);
    }

    #[test]
    fn labels_stand_beside_what_counts_their_record() {
        let rows = "主要完成人|第一完成人|姓名|陈一|职称|教授\n||工作单位|甲医院||\n|第二完成人|姓名|李二|职称|讲师\n||工作单位|乙大学||";
        let out = outline(&[Block::Table(table(rows))]);
        let people = told(&out.contributors, [Field::Rank, Field::Name, Field::Titles, Field::Employer]);
        assert_eq!(people, ["一 | 陈一 | 教授 | 甲医院", "二 | 李二 | 讲师 | 乙大学"]);
    }

    #[test]
    fn a_ranked_name_above_labels_is_no_more_than_its_name() {
        let lines = [
            "主要完成单位",
            "第一完成单位　甲大学附属医院",
            "主要贡献：牵头单位，负责设计。",
            "第二完成单位　乙医科大学附属丙医院",
            "主要贡献：负责随访。",
        ];
        let out = outline(&paragraphs(lines));
        assert_eq!(
            told(&out.institutions, [Field::Rank, Field::InstitutionName, Field::Contribution]),
            ["一 | 甲大学附属医院 | 牵头单位，负责设计。", "二 | 乙医科大学附属丙医院 | 负责随访。"]
        );
    }

    #[test]
    fn a_name_above_its_rank_opens_a_record() {
        let lines = [
            "主要完成人情况",
            "陈一",
            "排名1",
            "甲医院",
            "教授、主任医师，科主任",
            "贡献：总体策划，牵头规范制定。",
            "李小二",
            "排名：2",
            "乙大学",
            "副主任技师",
            "贡献：提出算法，完成验证。",
        ];
        let out = outline(&paragraphs(lines));
        let forms = ["主要完成单位情况", "单位名称 甲医院", "排名 1", "单位名称 乙大学", "排名 2"];
        let institutions = outline(&paragraphs(forms)).institutions;
        let read = told(&institutions, [Field::Rank, Field::InstitutionName]);
        assert_eq!(read, ["1 | 甲医院", "2 | 乙大学"]);
        let fields = [Field::Rank, Field::Name, Field::Employer, Field::Contribution];
        assert_eq!(
            told(&out.contributors, fields),
            ["1 | 陈一 | 甲医院 | 总体策划，牵头规范制定。", "2 | 李小二 | 乙大学 | 提出算法，完成验证。"]
        );
    }
}
