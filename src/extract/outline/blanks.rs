use super::{Open, Walker};
use crate::{
    extract::{
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon},
        spaced::{gaps, has_gap, words},
        table::header,
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
                self.row(&cells);
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
        let words = words(text);
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
