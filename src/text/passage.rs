use smallvec::SmallVec;

use super::{Span, fold::ideograph, is_han};

/// A run of text that may have been printed in several places: every piece remembers its own.
///
/// Between two pieces stands a joint that is not in the source (nothing, a space or a line feed),
/// so a cell cut by a page break reads as one text and still points at both halves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    text: String,
    /// Most passages are one piece.
    pieces: SmallVec<[Piece; 1]>,
}

/// `text[at..at + span.len]` is, byte for byte, what stands at `span` in the source; radicals may be
/// read as ideographs, which take as many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    at: usize,
    span: Span,
}

impl Passage {
    /// Makes a passage of one piece: `text` as it stands at byte `start` of the source.
    pub fn new(text: &str, start: usize) -> Self {
        let mut passage = Self::default();
        passage.push("", text, start);
        passage
    }

    /// The text, joints included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Tells whether nothing but white space is left.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Tells whether it is one character in Han.
    pub fn is_one_han(&self) -> bool {
        let mut chars = self.text.trim().chars();
        chars.next().is_some_and(is_han) && chars.next().is_none()
    }

    /// Where the text was printed, in order; adjoining pieces are one span.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            match spans.last_mut() {
                Some(last) if last.end == piece.span.start => last.end = piece.span.end,
                _ => spans.push(piece.span),
            }
        }
        spans
    }

    /// The pieces in order: the byte of the text where each begins, and where it was printed.
    pub fn pieces(&self) -> impl Iterator<Item = (usize, Span)> + '_ {
        self.pieces.iter().map(|piece| (piece.at, piece.span))
    }

    /// The first byte in the source, where there is any text.
    pub fn start(&self) -> Option<usize> {
        self.pieces.first().map(|piece| piece.span.start)
    }

    /// The byte after the last in the source, where there is any text.
    pub fn end(&self) -> Option<usize> {
        self.pieces.last().map(|piece| piece.span.end)
    }

    /// Appends `text` as printed at byte `start`, behind `joint`.
    pub fn push(&mut self, joint: &str, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(joint);
        }
        self.pieces.push(Piece { at: self.text.len(), span: Span::new(start, start + text.len()) });
        self.text.push_str(text);
    }

    /// Appends a joint, even to no text, and then what was printed at `start`.
    pub(super) fn print(&mut self, joint: &str, text: &str, start: usize) {
        self.text.push_str(joint);
        self.push("", text, start);
    }

    /// Appends another passage behind `joint`.
    pub fn append(&mut self, joint: &str, other: &Passage) {
        if other.text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(joint);
        }
        let base = self.text.len();
        self.pieces.extend(other.pieces.iter().map(|p| Piece { at: base + p.at, ..*p }));
        self.text.push_str(&other.text);
    }

    /// Appends the rest of a text that a line end or a page break cut: nothing between Han
    /// characters, one space between Latin words, nothing after a hyphen or an opening bracket.
    pub fn append_wrapped(&mut self, other: &Passage) {
        let other = other.trimmed();
        // What was appended is trimmed, so a text that grows by many parts is not copied for each.
        if self.text.starts_with(char::is_whitespace) || self.text.ends_with(char::is_whitespace) {
            *self = self.trimmed();
        }
        self.append(wrap_joint(&self.text, &other.text), &other);
    }

    /// In one line, as if line ends had cut it.
    pub fn unwrapped(&self) -> Passage {
        let mut whole = Passage::default();
        for line in self.split(|c| c == '\n') {
            whole.append_wrapped(&line);
        }
        whole
    }

    /// The part `range` (bytes of [`Self::text`], on character boundaries).
    pub fn slice(&self, range: std::ops::Range<usize>) -> Passage {
        let mut part = Passage { text: self.text[range.clone()].to_owned(), pieces: SmallVec::new() };
        // A long text has as many pieces as lines, and is cut as often.
        let end_of = |piece: &Piece| piece.at + (piece.span.end - piece.span.start);
        let first = self.pieces.partition_point(|piece| end_of(piece) <= range.start);
        for piece in self.pieces[first..].iter().take_while(|piece| piece.at < range.end) {
            let start = range.start.max(piece.at);
            let end = range.end.min(end_of(piece));
            if start < end {
                let source = piece.span.start + (start - piece.at);
                part.pieces
                    .push(Piece { at: start - range.start, span: Span::new(source, source + (end - start)) });
            }
        }
        part
    }

    /// With another text in place of the part `range`, which then stands nowhere in the source.
    pub fn with(&self, range: std::ops::Range<usize>, text: &str) -> Passage {
        let mut changed = self.slice(0..range.start);
        let tail = self.slice(range.end..self.text.len());
        changed.text.push_str(text);
        let base = changed.text.len();
        changed.pieces.extend(tail.pieces.iter().map(|piece| Piece { at: base + piece.at, ..*piece }));
        changed.text.push_str(&tail.text);
        changed
    }

    /// Cuts where a line end or a page break has cut the text already.
    pub fn lines(&self) -> Vec<Passage> {
        let mut cuts: Vec<usize> = Vec::new();
        for pair in self.pieces.windows(2) {
            if pair[0].span.end != pair[1].span.start {
                cuts.push(pair[1].at);
            }
        }
        let ends = cuts.iter().copied().chain([self.text.len()]);
        let starts = [0].into_iter().chain(cuts.iter().copied());
        starts
            .zip(ends)
            .map(|(from, to)| self.slice(from..to).trimmed())
            .filter(|line| !line.is_blank())
            .collect()
    }

    /// What stands behind the last line end or page break that has cut the text; `None` where none has.
    pub fn last_line(&self) -> Option<Passage> {
        let cut = |pair: &&[Piece]| pair[0].span.end != pair[1].span.start;
        let last = self.pieces.windows(2).rev().find(cut)?;
        Some(self.slice(last[1].at..self.text.len()).trimmed()).filter(|line| !line.is_blank())
    }

    /// With ideographs for the radicals that look like them; every byte keeps its place.
    pub fn with_ideographs(mut self) -> Passage {
        if self.text.contains(|c| ideograph(c) != c) {
            self.text = self.text.chars().map(ideograph).collect();
        }
        self
    }

    /// Without white space at both ends.
    pub fn trimmed(&self) -> Passage {
        self.trimmed_matches(char::is_whitespace)
    }

    /// Without the characters at both ends for which `drop` holds.
    pub fn trimmed_matches(&self, drop: impl Fn(char) -> bool) -> Passage {
        let head = self.text.len() - self.text.trim_start_matches(&drop).len();
        let tail = self.text.trim_end_matches(&drop).len();
        if head == 0 && tail == self.text.len() { self.clone() } else { self.slice(head..tail.max(head)) }
    }

    /// The trimmed, non-empty parts between the characters for which `separator` holds.
    pub fn split(&self, separator: impl Fn(char) -> bool) -> Vec<Passage> {
        let mut parts = Vec::new();
        let mut start = 0;
        for (at, c) in self.text.char_indices().filter(|&(_, c)| separator(c)) {
            parts.push(self.slice(start..at));
            start = at + c.len_utf8();
        }
        parts.push(self.slice(start..self.text.len()));
        parts.iter().map(Passage::trimmed).filter(|part| !part.text.is_empty()).collect()
    }
}

/// What belongs between two halves of a text that layout has cut.
fn wrap_joint(left: &str, right: &str) -> &'static str {
    let (Some(last), Some(first)) = (left.chars().last(), right.chars().next()) else {
        return "";
    };
    let closes = matches!(first, ')' | ']' | ',' | '.' | ';' | ':');
    let opens = matches!(last, '-' | '(' | '[' | '/' | '“');
    if closes || opens || is_wide(last) || is_wide(first) { "" } else { " " }
}

fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '—' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_read_as_ideographs_in_their_place() {
        let passage = Passage::new("⽬录⻢A", 7).with_ideographs();
        assert_eq!((passage.text(), passage.spans()), ("目录马A", vec![Span::new(7, 17)]));
    }

    #[test]
    fn halves_join_as_layout_cut_them() {
        for (left, right, want) in [
            ("脊柱微", "创手术", "脊柱微创手术"),
            ("web", "of science", "web of science"),
            ("lateral-", "anterior", "lateral-anterior"),
            ("12(", "23):3157", "12(23):3157"),
            ("应用 ECMO", "救治", "应用 ECMO救治"),
        ] {
            let mut passage = Passage::new(left, 0);
            passage.append_wrapped(&Passage::new(right, 100));
            assert_eq!(passage.text(), want);
            assert_eq!(passage.spans().len(), 2, "both halves keep their place");
        }
    }

    #[test]
    fn white_space_at_a_cut_goes() {
        let mut passage = Passage::new(" 甲 ", 0);
        passage.append_wrapped(&Passage::new(" 乙 ", 50));
        passage.append_wrapped(&Passage::new("丙", 90));
        assert_eq!(passage.text(), "甲乙丙");
        assert_eq!(passage.spans()[0], Span::new(1, 4));
    }

    #[test]
    fn lines_are_put_together_each_in_its_place() {
        let passage = Passage::new("pressure\nsensor 的\n研制", 10).unwrapped();
        assert_eq!(passage.text(), "pressure sensor 的研制");
        assert_eq!(passage.spans(), [Span::new(10, 18), Span::new(19, 29), Span::new(30, 36)]);
    }

    #[test]
    fn a_slice_over_a_joint_points_at_both_pieces() {
        let mut passage = Passage::new("ab", 10);
        passage.append("\n", &Passage::new("cd", 20));
        let slice = passage.slice(1..4);
        assert_eq!(slice.text(), "b\nc");
        assert_eq!(slice.spans(), [Span::new(11, 12), Span::new(20, 21)]);
    }

    #[test]
    fn what_is_put_in_has_no_place() {
        let mut passage = Passage::new("ab", 10);
        passage.append("\n", &Passage::new("cd", 20));
        let changed = passage.with(1..4, "xyz");
        assert_eq!(changed.text(), "axyzd");
        assert_eq!(changed.pieces().collect::<Vec<_>>(), [(0, Span::new(10, 11)), (4, Span::new(21, 22))]);
        assert_eq!(passage.with(0..5, "x").spans(), []);
    }

    #[test]
    fn parts_are_trimmed_and_keep_their_place() {
        let parts = Passage::new("李 明、 王芳,", 5).split(|c| matches!(c, '、' | ','));
        let texts: Vec<_> = parts.iter().map(Passage::text).collect();
        assert_eq!(texts, ["李 明", "王芳"]);
        assert_eq!(parts[1].start(), Some(5 + "李 明、 ".len()));
    }
}
