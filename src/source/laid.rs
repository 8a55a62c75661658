use std::ops::Range;

use super::{Row, lines::Line, markup::without_tags};
use crate::text::{Passage, width};

/// A line with the columns of text that its characters take.
pub(super) struct Laid<'a> {
    pub(super) line: Line<'a>,
    /// For each character that is no white space: its columns of text, and its bytes in the line.
    pub(super) chars: Vec<(Range<usize>, Range<usize>)>,
}

/// Where a column begins.
#[derive(Clone, Copy)]
pub(super) struct Border {
    pub(super) at: usize,
    /// Cells that fill the column before it touch it.
    pub(super) touched: bool,
}

impl<'a> Laid<'a> {
    /// Where the text in each column begins.
    pub(super) fn starts(&self, borders: &[Border]) -> Vec<Option<usize>> {
        let mut starts = vec![None; borders.len()];
        for (columns, _) in &self.chars {
            let column = borders.partition_point(|border| border.at <= columns.start).max(1) - 1;
            starts[column].get_or_insert(columns.start);
        }
        starts
    }

    /// Where the text in each column ends; 0 where there is none.
    pub(super) fn ends(&self, borders: &[Border]) -> Vec<usize> {
        let mut ends = vec![0; borders.len()];
        for (columns, _) in &self.chars {
            ends[borders.partition_point(|border| border.at <= columns.start).max(1) - 1] = columns.end;
        }
        ends
    }

    pub(super) fn new(line: Line<'a>) -> Self {
        let mut at = 0;
        let mut chars = Vec::new();
        for (byte, c) in line.text.char_indices() {
            let wide = width(c.encode_utf8(&mut [0; 4]));
            if !c.is_whitespace() {
                chars.push((at..at + wide, byte..byte + c.len_utf8()));
            }
            at += wide;
        }
        close_spread(&mut chars, line.text);
        Self { line, chars }
    }

    pub(super) fn end(&self) -> usize {
        self.chars.last().map_or(0, |(columns, _)| columns.end)
    }

    /// Where its words begin.
    pub(super) fn words(&self) -> impl Iterator<Item = usize> {
        let begins = |at: &usize| *at == 0 || self.chars[at - 1].0.end < self.chars[*at].0.start;
        (0..self.chars.len()).filter(begins).map(|at| self.chars[at].0.start)
    }

    /// Tells whether text begins in a column of text, behind a gap.
    pub(super) fn is_apart(&self, column: usize) -> bool {
        let at = self.chars.partition_point(|(columns, _)| columns.start < column);
        let before = at.checked_sub(1).map_or(0, |before| self.chars[before].0.end + 1);
        self.chars.get(at).is_some_and(|(columns, _)| columns.start == column) && before < column
    }

    /// Tells whether a wide character ends one column behind a border.
    pub(super) fn is_pushed(&self, border: usize) -> bool {
        let at = self.chars.partition_point(|(columns, _)| columns.start < border);
        at.checked_sub(1).is_some_and(|at| self.chars[at].0.len() == 2 && self.chars[at].0.end == border + 1)
    }

    /// Puts back by one column what such a character has pushed, in a line that has gaps, as running text has none.
    pub(super) fn pull(&mut self, border: usize) {
        let has_gap = self.chars.windows(2).any(|pair| pair[1].0.start > pair[0].0.end + 1);
        if !has_gap || !self.is_pushed(border) {
            return;
        }
        let at = self.chars.partition_point(|(columns, _)| columns.start < border);
        self.chars[at - 1].0.end = border;
        for (columns, _) in &mut self.chars[at..] {
            *columns = columns.start - 1..columns.end - 1;
        }
    }

    /// Tells whether a word begins in a column of text.
    pub(super) fn begins(&self, column: usize) -> bool {
        self.words().any(|word| word == column)
    }

    /// Tells whether one word goes on over a border.
    pub(super) fn touches(&self, border: usize) -> bool {
        self.chars.windows(2).any(|pair| pair[0].0.end == border && pair[1].0.start == border)
    }

    /// Tells whether cells that stand apart lie in one column, as where a long one has moved those behind it.
    pub(super) fn is_moved(&self, borders: &[Border]) -> bool {
        let mut before = None;
        (0..self.chars.len())
            .filter(|&at| at == 0 || self.chars[at].0.start - self.chars[at - 1].0.end > 1)
            .any(|at| {
                let column = borders.partition_point(|border| border.at <= self.chars[at].0.start);
                before.replace(column) == Some(column)
            })
    }

    /// Tells whether every word lies within one column, but where full cells touch.
    pub(super) fn fits(&self, borders: &[Border]) -> bool {
        let crosses = |border: &Border| {
            self.chars.iter().any(|(columns, _)| columns.start < border.at && border.at < columns.end)
                || !border.touched && self.touches(border.at)
        };
        !borders.iter().any(crosses)
    }

    /// The text in each column. A word that crosses a border is cut only where full cells touch it.
    pub(super) fn cells(&self, borders: &[Border], is_header: bool) -> Row {
        let mut ranges: Vec<Option<Range<usize>>> = vec![None; borders.len()];
        let mut column = 0;
        for (at, (columns, bytes)) in self.chars.iter().enumerate() {
            let begins = at == 0 || self.chars[at - 1].0.end < columns.start;
            let own = borders.partition_point(|border| border.at <= columns.start).max(1) - 1;
            let is_joint = columns.start == borders[own].at && (borders[own].touched || !is_header);
            let wide = columns.len() > 1 || at > 0 && self.chars[at - 1].0.len() > 1;
            if begins || own > column && is_joint && wide {
                column = own;
            }
            match &mut ranges[column] {
                Some(range) => range.end = bytes.end,
                empty => *empty = Some(bytes.clone()),
            }
        }
        let cell = |range: Option<Range<usize>>| match range {
            Some(range) => {
                let start = self.line.start + range.start;
                without_tags(&Passage::new(&self.line.text[range], start))
            }
            None => Passage::default(),
        };
        ranges.into_iter().map(cell).collect()
    }
}

/// Makes one word of `姓　名`, and of `刘  洋` where wider gaps part it from others.
fn close_spread(chars: &mut [(Range<usize>, Range<usize>)], text: &str) {
    let gap = |chars: &[(Range<usize>, Range<usize>)], at: usize| chars[at + 1].0.start - chars[at].0.end;
    for at in 0..chars.len().saturating_sub(1) {
        let is_one = chars[at].0.len() == 2 && chars[at + 1].0.len() == 2 && gap(chars, at) == 2;
        let before = if at == 0 { usize::MAX } else { gap(chars, at - 1) };
        let after = if at + 2 == chars.len() { usize::MAX } else { gap(chars, at + 1) };
        let ideographic = &text[chars[at].1.end..chars[at + 1].1.start] == "\u{3000}";
        if is_one && before > 0 && after > 0 && (ideographic || before > 2 && after > 2) {
            chars[at].0.end = chars[at + 1].0.start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::lines::lines;

    #[test]
    fn what_a_full_cell_has_pushed_is_pulled_back_and_no_running_text() {
        let starts = |text: &str| {
            let mut laid = Laid::new(lines(text).next().expect("a line"));
            laid.pull(7);
            laid.chars.iter().map(|(columns, _)| columns.start).collect::<Vec<_>>()
        };
        assert_eq!(starts("1 甲乙丙丁  戊"), [0, 2, 4, 6, 7, 11]);
        assert_eq!(starts("1甲乙丙丁戊"), [0, 1, 3, 5, 7, 9]);
        assert_eq!(starts("见甲、乙丙丁"), [0, 2, 4, 6, 8, 10]);
    }
}
