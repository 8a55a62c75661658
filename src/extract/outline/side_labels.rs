use std::ops::Range;

use super::{Open, Walker};
use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon},
        spaced::word_ranges,
    },
    source::Block,
    text::{Passage, is_han, is_wider, parse_integer, width},
};

/// No label of a record is longer, in bytes.
const LONGEST: usize = 60;

/// No line of a label that its column has cut is wider.
const COLUMNS: usize = 10;

/// Forms of a narrow column of labels, which white space alone parts from their values.
impl Walker {
    /// `姓    名 陈一        排    名 1`, and below it `工作单位 甲医院`.
    pub(super) fn spread_labels(&mut self, text: &Passage) -> bool {
        if text.text().split_whitespace().next().is_none_or(|first| first.len() > LONGEST) {
            return false;
        }
        let words = word_ranges(text.text(), 0..text.text().len());
        let Some((entity, _)) = words
            .first()
            .and_then(|first| self.side_label(&text.text()[first.clone()]))
            .or_else(|| spread(text.text(), &words).and_then(|label| self.side_label(label)))
        else {
            return false;
        };
        let own = |label: &str| {
            let meanings =
                if label.contains(['：', ':']) { Vec::new() } else { Lexicon::get().label(label) };
            meanings.into_iter().find(|(of, _)| *of == entity).map(|(_, field)| field)
        };
        let mut labels: Vec<(Field, Range<usize>)> = Vec::new();
        let mut is_spread = false;
        let mut at = 0;
        while at < words.len() {
            // `职称 主任护师 职务 科护士长`
            let in_pairs = at == 2 && words.len() == 4 && labels.len() == 1;
            let gap = at == 0 || in_pairs || width(&text.text()[words[at - 1].end..words[at].start]) > 1;
            let two = spread(text.text(), &words[at..]).and_then(own);
            let one = own(&text.text()[words[at].clone()]).filter(|field| {
                // `单位名称 甲医院 排名 1`
                let ranks =
                    || words.len() == at + 2 && parse_integer(&text.text()[words[at + 1].clone()]).is_some();
                gap || *field == Field::Rank && ranks()
            });
            let used = if two.is_some() { 2 } else { 1 };
            if let Some(field) = two.or(one) {
                is_spread |= two.is_some();
                labels.push((field, words[at].start..words[at + used - 1].end));
            }
            at += used;
        }
        let ends = labels.iter().skip(1).map(|(_, label)| label.start).chain([text.text().len()]);
        let values: Vec<Passage> =
            labels.iter().zip(ends).map(|((_, label), end)| text.slice(label.end..end).trimmed()).collect();
        let is_open = matches!(self.open, Open::Field(of, _) if of == entity);
        let says = values.first().is_some_and(|value| !value.is_blank());
        // The names of columns stand side by side, and none has a value.
        let names = |value: &Passage| value.text().split_whitespace().any(|word| own(word).is_some());
        let is_header = values.iter().filter(|value| !value.is_blank()).count() * 2 < values.len()
            || values.iter().any(names);
        if !says || is_header || !(is_spread || is_open || labels.len() > 1) {
            return false;
        }
        self.finish_item();
        self.columns = None;
        for ((field, _), value) in labels.iter().zip(&values).filter(|(_, value)| !value.is_blank()) {
            self.set(entity, *field, value);
        }
        true
    }

    /// `对本项⏎目贡献  提出方法。`: a label that its column has cut, before the value. Tells how many blocks it used.
    pub(super) fn cut_side_label(&mut self, blocks: &[Block]) -> Option<usize> {
        let [Block::Paragraph { text: above, .. }, Block::Paragraph { text, .. }, ..] = blocks else {
            return None;
        };
        let first = word_ranges(text.text(), 0..text.text().len()).into_iter().next()?;
        let gap =
            text.text()[first.end..].starts_with("  ") || text.text()[first.end..].starts_with('\u{3000}');
        if !gap || is_wider(above.text(), COLUMNS) || !above.text().chars().all(is_han) {
            return None;
        }
        let label = format!("{}{}", above.text(), &text.text()[first.clone()]);
        let (entity, field) = self.side_label(&label)?;
        if matches!(field, Field::Name | Field::InstitutionName) || self.list(entity).is_empty() {
            return None;
        }
        self.finish_item();
        self.set(entity, field, &text.slice(first.end..text.text().len()).trimmed());
        Some(2)
    }

    /// What a label means in the record being read, or in one that it opens.
    fn side_label(&self, label: &str) -> Option<(Entity, Field)> {
        if label.contains(['：', ':']) {
            return None;
        }
        let meanings = Lexicon::get().label(label);
        let is_record = |entity: Entity| matches!(entity, Entity::Contributor | Entity::Institution);
        let own = |&(entity, _): &(Entity, Field)| entity == self.current && is_record(entity);
        let opens = |&(entity, field): &(Entity, Field)| {
            is_record(entity) && matches!(field, Field::Name | Field::InstitutionName)
        };
        let found =
            meanings.iter().find(|meaning| own(meaning)).or_else(|| meanings.iter().find(|m| opens(m)));
        found.copied()
    }
}

/// `姓    名` that a line goes on with, as a label of two characters.
fn spread<'t>(text: &'t str, words: &[Range<usize>]) -> Option<&'t str> {
    let [first, second, ..] = words else { return None };
    let is_one = |word: &Range<usize>| {
        let word = &text[word.clone()];
        word.starts_with(is_han) && word.chars().take(2).count() == 1
    };
    let gap = width(&text[first.end..second.start]);
    (gap > 1 && is_one(first) && is_one(second)).then(|| &text[first.start..second.end])
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, told},
    };
    use super::*;

    #[test]
    fn labels_in_a_narrow_column_are_read() {
        let lines = "主要完成人情况
姓    名 陈一        排    名 1        职    称 教授
行政职务 院长
工作单位 甲医院
对本项
目贡献  总负责人，制定方案。贡献于创
        新点①②
姓    名 李二        排    名 2        职    称 讲师
工作单位 乙大学
对本项
目贡献  完成验证。
主要完成单位情况
单位名称 甲医院        排名 1
贡    献 负责设计。";
        let out = outline(&paragraphs(lines.lines()));
        let fields =
            [Field::Name, Field::Rank, Field::Titles, Field::Post, Field::Employer, Field::Contribution];
        assert_eq!(
            told(&out.contributors, fields),
            [
                "陈一 | 1 | 教授 | 院长 | 甲医院 | 总负责人，制定方案。贡献于创新点①②",
                "李二 | 2 | 讲师 |  | 乙大学 | 完成验证。"
            ]
        );
        let fields = [Field::InstitutionName, Field::Rank, Field::Contribution];
        let read = fields.map(|field| out.institutions[0].get(field).map_or("", Passage::text));
        assert_eq!(read, ["甲医院", "1", "负责设计。"]);
    }

    #[test]
    fn the_rank_may_stand_behind_one_blank() {
        let lines = [
            "主要完成单位情况",
            "单位名称 甲医院 排名 1",
            "对本项目的贡献 负责设计，排名 第一。",
            "单位名称 乙大学 排名 2",
            "对本项目的贡献 完成验证。",
        ];
        let out = outline(&paragraphs(lines));
        assert_eq!(
            told(&out.institutions, [Field::Rank, Field::InstitutionName, Field::Contribution]),
            ["1 | 甲医院 | 负责设计，排名 第一。", "2 | 乙大学 | 完成验证。"]
        );
    }

    #[test]
    fn labels_and_values_may_take_turns_behind_one_blank() {
        let lines = [
            "主要完成人",
            "第 1 完成人 陈一",
            "职称 主任护师 职务 护理部主任",
            "单位 甲医院",
            "贡献 主持项目，提出方案。",
        ];
        let out = outline(&paragraphs(lines));
        assert_eq!(
            told(&out.contributors, [Field::Name, Field::Titles, Field::Post, Field::Employer]),
            ["陈一 | 主任护师 | 护理部主任 | 甲医院"]
        );
    }

    #[test]
    fn columns_and_sentences_are_none() {
        let lines = ["主要完成人情况", "姓名：陈一　职称：教授", "姓名： 李 二　职称：讲师"];
        let out = outline(&paragraphs(lines));
        assert_eq!(out.contributors[1].get(Field::Titles).map(Passage::text), Some("讲师"));
        for line in ["姓名  排名  职称  工作单位", "姓名 排名 职称", "单位 负责 设计", "贡献 很大"]
        {
            let out = outline(&paragraphs(["主要完成人情况", line]));
            assert!(out.contributors.is_empty(), "{line}");
        }
    }
}
