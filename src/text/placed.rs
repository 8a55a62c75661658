use std::ops::Range;

use super::{Passage, Span};

/// Finds where the pieces of a text stand in it: for each of `spans` of `source` that the text still holds as
/// printed (radicals may be read as ideographs), its first byte in the text and its span.
pub fn placed_pieces(text: &str, spans: &[Span], source: &str) -> Vec<(usize, Span)> {
    let mut pieces = Vec::with_capacity(spans.len());
    let mut from = 0;
    for span in spans {
        let Some(printed) = source.get(span.start..span.end).filter(|printed| !printed.is_empty()) else {
            continue;
        };
        let rest = &text[from..];
        let found = rest.find(printed).or_else(|| {
            let read = Passage::new(printed, 0).with_ideographs();
            rest.find(read.text())
        });
        if let Some(found) = found {
            pieces.push((from + found, *span));
            from += found + printed.len();
        }
    }
    pieces
}

/// Where a range of a text was printed, from its first byte to its last, by the pieces of the text; `None`
/// where an end of it stands in no piece.
pub fn printed_at(pieces: &[(usize, Span)], range: Range<usize>) -> Option<Span> {
    let place = |at: usize| {
        let within = |(start, span): &&(usize, Span)| *start <= at && at < start + (span.end - span.start);
        pieces.iter().find(within).map(|(start, span)| span.start + (at - start))
    };
    let last = range.end.checked_sub(1)?;
    let (start, end) = (place(range.start)?, place(last)? + 1);
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_led_back_to_the_source_over_joints() {
        let source = "xx甲乙\n⽬丁 戊";
        let spans = [Span::new(2, 8), Span::new(9, 15), Span::new(16, 19)];
        let pieces = placed_pieces("甲乙目丁己", &spans, source);
        assert_eq!(pieces, [(0, Span::new(2, 8)), (6, Span::new(9, 15))]);
        assert_eq!(printed_at(&pieces, 3..9), Some(Span::new(5, 12)));
        assert_eq!(printed_at(&pieces, 12..15), None, "repaired");
        assert_eq!(printed_at(&pieces, 3..3), None);
    }
}
