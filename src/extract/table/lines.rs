use std::ops::Range;

use super::{BROKEN, Columns, MERGED, append_word, fit};
use crate::{
    extract::{lexicon::Field, names, spaced::words},
    text::Passage,
};

/// What a name that is known has more than what may be anything, and what several have.
const NAMED: [f64; 2] = [0.2, 0.3];

/// A row of more words is none: the time for one grows with the square of their count.
const MOST_WORDS: usize = 60;

/// Rows whose cells stand in lines, parted by blanks alone.
impl Columns {
    /// Assigns the words of a row to the columns as [`Columns::gather`] does. A cell that goes on over a line end is
    /// followed by a line end as well, as far as nothing speaks against it.
    pub(in crate::extract) fn gather_of_lines(&self, lines: &[Passage]) -> Option<Vec<(Field, Passage)>> {
        let mut row: Vec<Passage> = Vec::new();
        // The line in which each word ends.
        let mut ends: Vec<usize> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            for (word, place) in words(line).into_iter().zip(0..) {
                // `non-⏎inferior`
                match row.last_mut().filter(|last| place == 0 && last.text().ends_with('-')) {
                    Some(last) => {
                        last.append_wrapped(&word);
                        ends.pop();
                    }
                    None => row.push(word),
                }
                ends.push(at);
            }
        }
        // No cell could take the rest: the last column holds no running text here.
        if row.len() > MOST_WORDS {
            return None;
        }
        let weigh = |column: usize, cell: &str, words: Range<usize>| {
            let line = |at: usize| ends.get(at).copied();
            let last = words.end.checked_sub(1).filter(|last| *last >= words.start).and_then(line);
            // A cell goes on over a line end and ends within a line, or begins with the last character of another.
            let goes_on = last.is_some() && line(words.start) != last;
            let is_lone = |at: usize| {
                let alone = line(at) != line(at + 1)
                    && at.checked_sub(1).is_none_or(|before| line(before) != line(at));
                alone && row.get(at).is_some_and(Passage::is_one_han)
            };
            let is_broken = goes_on && (line(words.end) == last || is_lone(words.start));
            let field = self.fields.get(column).copied().flatten();
            let suits = field.map_or(0.0, |field| fit(field, cell));
            let of_names =
                field.filter(|field| suits > 0.0 && of_people(*field)).map_or(0.0, |_| named(cell));
            suits + of_names
                - if is_broken { BROKEN } else { 0.0 }
                - if words.is_empty() { MERGED } else { 0.0 }
        };
        self.gather_by(&row, row.len(), append_word, weigh).map(|(_, cells)| cells)
    }
}

fn of_people(field: Field) -> bool {
    matches!(
        field,
        Field::Authors
            | Field::CorrespondingAuthors
            | Field::FirstAuthors
            | Field::DomesticAuthors
            | Field::Holders
    )
}

fn named(cell: &str) -> f64 {
    let list = names::whole(cell, 0..cell.len()).filter(|list| !list.are_doubtful());
    list.map_or(0.0, |list| NAMED[list.names.len().clamp(1, NAMED.len()) - 1])
}
