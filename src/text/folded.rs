use std::ops::Range;

use super::{fold, is_han};

/// A folded text that remembers where each character was printed.
#[derive(Debug, Clone)]
pub struct FoldedText {
    text: String,
    /// First byte in `text`, first and last byte in the original; ascending.
    places: Vec<(usize, usize, usize)>,
}

impl FoldedText {
    /// Folds a text, character by character.
    pub fn new(text: &str) -> Self {
        Self::filtered(text, |_| false)
    }

    /// Folds a text and leaves out line ends and blanks between two Han characters: layout breaks
    /// words in two. Tabs stay, they part the cells of a table.
    pub fn joined(text: &str) -> Self {
        Self::filtered(text, |blank| blank.is_whitespace() && blank != '\t')
    }

    fn filtered(text: &str, may_drop: impl Fn(char) -> bool) -> Self {
        let mut out = Self { text: String::with_capacity(text.len()), places: Vec::new() };
        let mut before_blanks = None;
        for folded in fold(text) {
            if may_drop(folded.c) {
                before_blanks.get_or_insert((out.text.len(), out.places.len()));
            } else if let Some((bytes, places)) = before_blanks.take()
                && is_han(folded.c)
                && out.text[..bytes].chars().next_back().is_some_and(is_han)
            {
                out.text.truncate(bytes);
                out.places.truncate(places);
            }
            out.places.push((out.text.len(), folded.start, folded.end));
            out.text.push(folded.c);
        }
        out
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a non-empty byte range of [`Self::text`] was printed.
    pub fn printed(&self, range: Range<usize>) -> Range<usize> {
        let first = self.places.partition_point(|place| place.0 <= range.start).saturating_sub(1);
        let after = self.places.partition_point(|place| place.0 < range.end);
        match (self.places.get(first), self.places.get(after.saturating_sub(1))) {
            (Some(first), Some(last)) => first.1..last.2,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_layout_broke_are_whole_and_know_their_place() {
        let folded = FoldedText::joined("赢\n\n  得 时間\tab c");
        assert_eq!(folded.text(), "赢得时间\tab c");
        assert_eq!(folded.printed(0..6), 0.."赢\n\n  得".len());
    }
}
