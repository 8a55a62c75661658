/// A run of text, marked or not; a template writes it escaped, in `<mark>` or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) marked: bool,
}

/// Cuts a text at its marks, which are character ranges; overlapping ones join, and what lies outside
/// the text marks nothing.
pub(super) fn pieces(text: &str, marks: &[[usize; 2]]) -> Vec<Piece> {
    let mut marks = marks.to_vec();
    marks.sort_unstable();
    let mut marks = marks.into_iter().peekable();
    let mut end = 0;
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in text.chars().enumerate() {
        while let Some([_, stop]) = marks.next_if(|[start, _]| *start <= at) {
            end = end.max(stop);
        }
        let marked = at < end;
        match pieces.last_mut() {
            Some(last) if last.marked == marked => last.text.push(c),
            _ => pieces.push(Piece { text: c.to_string(), marked }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_character_ranges_in_any_order() {
        for (text, marks, want) in [
            ("甲乙丙丁", &[[1, 3]][..], "甲[乙丙]丁"),
            ("甲乙丙丁", &[[3, 4], [0, 1]], "[甲]乙丙[丁]"),
            ("甲乙丙丁", &[[0, 2], [1, 3]], "[甲乙丙]丁"),
            ("甲乙丙丁", &[[2, 2], [3, 1], [9, 12]], "甲乙丙丁"),
            ("甲乙", &[[1, 99]], "甲[乙]"),
            ("", &[[0, 1]], ""),
        ] {
            let shown: String = pieces(text, marks)
                .into_iter()
                .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text })
                .collect();
            assert_eq!(shown, want, "{text} {marks:?}");
        }
    }
}
