//! How is printed Chinese text measured, folded and read?
//!
//! Answers with spans, passages that remember where they were printed, the folding that index and
//! query share, the smallest terms a text is cut into, characters taken for one another by eye, Han
//! numerals and dates. Must not know any noun of the project.

mod atoms;
mod date;
mod fold;
mod folded;
mod function_words;
mod item_number;
mod look_alikes;
mod numeral;
mod passage;
mod placed;
mod run;
mod span;

pub use atoms::{Atom, Atoms};
pub use date::{Date, begins_like_year, parse_date};
pub(crate) use fold::simplified;
pub use fold::{Folded, fold, fold_key};
pub use folded::FoldedText;
pub use function_words::{function_words, is_function_word};
pub(crate) use item_number::behind_composite;
pub use look_alikes::look_alikes;
pub use numeral::parse_integer;
pub use passage::Passage;
pub use placed::{placed_pieces, printed_at};
pub use run::Run;
pub use span::Span;

/// Stands between separate values of one field, so that no phrase runs from one into the next.
pub const SEPARATOR: char = '\u{1E}';

/// Tells whether a character is written in the Han script (unified ideographs, 〇, and the radicals that fonts draw alike).
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FD5}' | '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '〇')
}

/// Finds the last boundary between characters that is not behind byte `at`.
pub fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

/// Measures a text in columns: a Han or full-width character takes two, any other one.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

/// Tells whether a text takes more columns than so many; reads no further than it has to.
pub(crate) fn is_wider(text: &str, columns: usize) -> bool {
    // Each character takes a column, and at most four bytes.
    text.len() > 4 * columns || width(text) > columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_lie_between_characters() {
        let found: Vec<usize> = (0..7).map(|at| boundary("a甲b", at)).collect();
        assert_eq!(found, [0, 1, 1, 1, 4, 5, 5]);
    }
}
