use super::{Open, Walker};
use crate::{
    extract::{
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon},
        listing::{is_institution_name, is_person_name},
        sentence::deed_at,
        spaced::{gaps, has_gap, words},
        table::{Columns, header},
    },
    text::{Passage, parse_integer},
};

impl Walker {
    /// Reads a row of a table that has lost its rulings and tabs: its cells stand between wide gaps or,
    /// where even those are lost, its words are assigned to the columns.
    pub(super) fn spaced(&mut self, text: &Passage) -> bool {
        // Text without a blank is one cell, and the row of a record only where such rows are numbered.
        if self.line_row.is_none() && !text.text().trim().contains(char::is_whitespace) {
            return false;
        }
        let may_open_header = || {
            text.text().split_whitespace().next().is_some_and(|word| !Lexicon::get().label(word).is_empty())
        };
        let cells = if has_gap(text.text()) { gaps(text) } else { Vec::new() };
        // `国　　别：中国`: a label with inner blanks is no row.
        let label = text.text().split(['：', ':']).next().filter(|label| label.len() < text.text().len());
        let is_short = |label: &&str| label.chars().filter(|c| !c.is_whitespace()).take(7).count() < 7;
        if label.filter(is_short).is_some_and(|label| !Lexicon::get().label(label).is_empty()) {
            return false;
        }
        if cells.len() >= 2 {
            let labels = !Lexicon::get().label(cells[0].text()).is_empty();
            let in_table = self.columns.as_ref().is_some_and(|columns| cells.len() * 2 > columns.width());
            if labels || header(&cells).is_some() || in_table {
                let alone = self.columns.is_none();
                self.row(&cells);
                // `项目名称      某病防治体系⏎              的创建与应用`
                let title = (Entity::Dossier, Field::Title);
                if let [label, _] = &cells[..]
                    && alone
                    && self.meaning(&Lexicon::get().label(label.text())) == Some(title)
                {
                    self.open = Open::Field(title.0, title.1);
                }
                return true;
            }
        }
        // Without columns, all that is left for a line to be is their header.
        if self.line_row.is_none() && self.columns.is_none() && !may_open_header() {
            return false;
        }
        // `四、主要完成单位：甲医院、乙大学` below the last row is none of it.
        let of_dossier = |(meanings, _): (Vec<(Entity, Field)>, Passage)| {
            meanings.iter().any(|(entity, _)| *entity == Entity::Dossier)
        };
        if self.line_row.is_some()
            && text.text().contains(['：', ':'])
            && split_at_label(text).is_some_and(of_dossier)
        {
            return false;
        }
        let words = self.whole_words(words(text));
        if self.ranked_rows(&words) {
            return true;
        }
        if self.numbered_line(&words) {
            return true;
        }
        if words.len() < 3 {
            return false;
        }
        if let Some(columns) = header(&words).filter(|columns| columns.knows_all()) {
            self.finish_item();
            self.current = columns.entity;
            self.line_row = columns.first_is(&[Field::Number, Field::Rank]).then(Vec::new);
            self.columns = Some(columns);
            self.open = Open::Nothing;
            return true;
        }
        let Some(columns) = self.columns.clone() else { return false };
        let Some(cells) = columns.gather(&words) else { return false };
        self.record(columns.entity, &cells);
        true
    }

    /// `甲医院负责…` in a row that ends in what was done: no blank parts the institution from it.
    fn whole_words(&self, words: Vec<Passage>) -> Vec<Passage> {
        if self.columns.as_ref().and_then(Columns::last) != Some(Field::Contribution) {
            return words;
        }
        let parted = |word: Passage| match deed_at(word.text()) {
            Some(at) => vec![word.slice(0..at), word.slice(at..word.text().len())],
            None => vec![word],
        };
        words.into_iter().flat_map(parted).collect()
    }

    /// `甲医院 2 完成…。乙大学 3 参与…。`: rows that begin with a name and its rank, and run on in one line.
    fn ranked_rows(&mut self, words: &[Passage]) -> bool {
        let is_ranked = |columns: &&Columns| {
            columns.first_is(&[Field::Name, Field::InstitutionName])
                && columns.is_one_of(1, &[Field::Rank, Field::Number])
        };
        let Some(columns) = self.columns.as_ref().filter(is_ranked) else { return false };
        let rank = |at: usize| words.get(at).and_then(|word| parse_integer(word.text()));
        let (Some(first), Some(last)) = (rank(1), words.last()) else { return false };
        if words.len() < 5 || !last.text().ends_with('。') {
            return false;
        }
        let mut rows: Vec<Vec<Passage>> = vec![vec![words[0].clone(), words[1].clone()]];
        for (at, word) in words.iter().enumerate().skip(2) {
            let next = u64::try_from(rows.len()).ok().and_then(|more| first.checked_add(more));
            let cut = word.text().rfind('。').map(|cut| cut + '。'.len_utf8());
            let name = cut.map(|cut| word.slice(cut..word.text().len()).trimmed());
            let is_name = name.as_ref().is_some_and(|name| {
                let name = name.text();
                is_institution_name(name) || is_person_name(name)
            });
            match (cut, name, rows.last_mut()) {
                (Some(cut), Some(name), Some(row))
                    if is_name && rank(at + 1).is_some() && rank(at + 1) == next =>
                {
                    row.push(word.slice(0..cut));
                    rows.push(vec![name]);
                }
                (_, _, Some(row)) => row.push(word.clone()),
                _ => {}
            }
        }
        if rows.len() < 2 {
            return false;
        }
        let gathered: Option<Vec<_>> = rows.iter().map(|row| columns.gather(row)).collect();
        let (Some(rows), entity) = (gathered, columns.entity) else { return false };
        rows.iter().for_each(|cells| self.record(entity, cells));
        true
    }

    /// Collects the words of a numbered row over its lines: the number of the next row ends it.
    fn numbered_line(&mut self, words: &[Passage]) -> bool {
        let Some(row) = self.line_row.as_mut().filter(|_| self.columns.is_some()) else { return false };
        let number = |words: &[Passage]| words.first().and_then(|word| parse_integer(word.text()));
        let opens = match (number(row), number(words)) {
            (None, first) => first.is_some(),
            (Some(before), Some(next)) => next == before + 1 && words.len() > 1,
            (Some(_), None) => false,
        };
        if row.is_empty() && !opens {
            return false;
        }
        if opens {
            let done = std::mem::replace(row, words.to_vec());
            self.finish_line_row(&done);
        } else {
            row.extend_from_slice(words);
        }
        true
    }

    pub(super) fn finish_line_row(&mut self, row: &[Passage]) {
        let Some(columns) = self.columns.clone().filter(|_| !row.is_empty()) else { return };
        match columns.gather_lines(row) {
            Some(cells) => self.record(columns.entity, &cells),
            None => self.out.loose.extend_from_slice(row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{outline, printed::paragraphs},
        *,
    };

    #[test]
    fn rows_of_words_may_run_on_in_one_line() {
        for lines in [
            "单位名称 排名 对本项目的贡献\n甲医院 1 负责设计，对创新点1有贡献。乙大学 2 完成验证，对创新点2有贡献。\n丙公司 3 参与推广。",
            "单位名称 排名 对本项目的贡献\n甲医院 1 负责设计，对创新点1有贡献。\n乙大学 2 完成验证，对创新点2有贡献。丙公司 3 参与推广。",
        ] {
            let blocks = paragraphs(std::iter::once("主要完成单位情况").chain(lines.lines()));
            let out = outline(&blocks);
            let line = |entry: &crate::extract::entry::Entry| {
                let fields = [Field::Rank, Field::InstitutionName, Field::Contribution];
                fields.map(|field| entry.get(field).map_or("", Passage::text)).join(" ")
            };
            assert_eq!(
                out.institutions.iter().map(line).collect::<Vec<_>>(),
                [
                    "1 甲医院 负责设计，对创新点1有贡献。",
                    "2 乙大学 完成验证，对创新点2有贡献。",
                    "3 丙公司 参与推广。"
                ],
                "{lines}"
            );
        }
    }

    #[test]
    fn a_title_goes_on_below_the_gap_behind_its_label() {
        let lines = [
            "推荐奖种      某类",
            "项目名称      某病分层评估与停药策略",
            "的创建及推广应用",
            "推荐单位      某医学会",
        ];
        let out = outline(&paragraphs(lines));
        assert_eq!(
            out.dossier.get(Field::Title).map(Passage::text),
            Some("某病分层评估与停药策略的创建及推广应用")
        );
    }

    #[test]
    fn what_an_institution_did_may_follow_its_name_at_once() {
        let lines = [
            "主要完成人情况",
            "姓名 排名 职称 工作单位 完成单位 对本项目的贡献",
            "陈一 1 教授 甲大学 甲大学负责设计，对创新点1有贡献。",
        ];
        let out = outline(&paragraphs(lines));
        let fields = [Field::Name, Field::Employer, Field::Institution, Field::Contribution];
        let read = fields.map(|field| out.contributors[0].get(field).map_or("", Passage::text));
        assert_eq!(read, ["陈一", "甲大学", "甲大学", "负责设计，对创新点1有贡献。"]);
    }
}
