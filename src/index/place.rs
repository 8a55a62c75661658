use super::{Piece, TextSource};
use crate::text::{Span, placed_pieces};

/// Makes a text that was printed at `spans` of `source`; every span that still stands in the text as it
/// was printed is a piece of it.
pub(super) fn placed(field: String, text: &str, spans: &[Span], source: &str) -> TextSource {
    let pieces =
        placed_pieces(text, spans, source).into_iter().map(|(at, span)| Piece { at, span }).collect();
    TextSource { field, text: text.to_owned(), pieces }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_found_behind_joints_and_repaired_ones_are_left_out() {
        let source = "xx甲乙\n丙丁 戊";
        let spans = [Span::new(2, 8), Span::new(9, 15), Span::new(16, 19)];
        let text = placed("f".to_owned(), "甲乙丙丁己", &spans, source);
        assert_eq!(text.pieces.len(), 2);
        assert_eq!(text.printed(3, 9), Some(Span::new(5, 12)));
        assert_eq!(text.printed(12, 15), None);
    }
}
