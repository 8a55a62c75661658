use std::ops::Range;

use super::{
    place,
    words::{heads, is_address, is_department},
};
use crate::text::{Folded, is_han};

/// Parts a folded text into what may be names, departments or addresses, in its order.
pub(super) fn pieces(folded: &[Folded]) -> Vec<Piece> {
    fields(folded).into_iter().flat_map(|field| joined(words(field))).collect()
}

/// A part of the text without white space: folded, with where each character was printed.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Offset in `text`, and the character.
    chars: Vec<(usize, Folded)>,
    pub(super) bracketed: bool,
    /// Where, in `text`, something that is no part of the name was left out.
    gap: Option<usize>,
}

impl Piece {
    fn new(folded: &[Folded], bracketed: bool) -> Self {
        let mut piece = Piece { bracketed, ..Piece::default() };
        for one in folded.iter().filter(|one| !one.c.is_whitespace()) {
            piece.chars.push((piece.text.len(), *one));
            piece.text.push(one.c);
        }
        piece
    }

    /// Joined with what stands behind a comma or a blank.
    pub(super) fn with(mut self, other: Piece) -> Self {
        let offset = self.text.len();
        self.gap = Some(offset);
        self.text.push_str(&other.text);
        self.chars.extend(other.chars.into_iter().map(|(at, one)| (at + offset, one)));
        self
    }

    /// The bytes of the source for a range of `text`.
    pub(super) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let mut inside = self.chars.iter().filter(|(at, _)| range.contains(at)).map(|(_, one)| one);
        let Some(first) = inside.next() else { return 0..0 };
        first.start..inside.next_back().map_or(first.end, |last| last.end)
    }

    /// What was printed for a range of `text`, without what stands between joined parts.
    pub(super) fn printed(&self, text: &str, range: Range<usize>) -> String {
        let printed = |range: Range<usize>| text[self.bytes(range)].trim().to_owned();
        match self.gap.filter(|gap| range.contains(gap) && *gap > range.start) {
            Some(gap) => printed(range.start..gap) + &printed(gap..range.end),
            None => printed(range),
        }
    }
}

/// Parts a text by marks; brackets are fields of their own, unless they only hold a place within a name.
fn fields(folded: &[Folded]) -> Vec<(&[Folded], bool)> {
    let mut fields = Vec::new();
    let (mut start, mut bracketed) = (0, false);
    let mut at = 0;
    while at < folded.len() {
        let c = folded[at].c;
        let opens = matches!(c, '(' | '[' | '【' | '〔');
        let closes = matches!(c, ')' | ']' | '】' | '〕');
        if opens && let Some(end) = kept_bracket(folded, at) {
            at = end + 1;
            continue;
        }
        if opens || closes || parts(c) || c == '-' && ends_with_head(&folded[start..at]) {
            fields.push((&folded[start..at], bracketed));
            bracketed = opens;
            start = at + 1;
        }
        at += 1;
    }
    fields.push((&folded[start..], bracketed));
    fields.retain(|(field, _)| !field.is_empty());
    fields
}

fn parts(c: char) -> bool {
    matches!(c, '、' | ';' | '/' | '|' | '\n' | '\r' | ',' | ':' | '。')
}

/// Tells whether a name may end before a dash.
fn ends_with_head(folded: &[Folded]) -> bool {
    let text: String = folded.iter().map(|one| one.c).filter(|c| !c.is_whitespace()).collect();
    heads(&text).last().is_some_and(|&(end, _)| end == text.len())
}

/// Where a bracket closes that is part of a name: it holds a place, or a word with more of the name behind.
fn kept_bracket(folded: &[Folded], at: usize) -> Option<usize> {
    const LONGEST: usize = 10;
    let end = at + folded[at..].iter().take(LONGEST).position(|one| one.c == ')')?;
    let inner: String = folded[at + 1..end].iter().map(|one| one.c).filter(|c| !c.is_whitespace()).collect();
    let behind: String = folded[end + 1..].iter().map(|one| one.c).take_while(|c| is_han(*c)).collect();
    let goes_on =
        ["有限", "股份", "集团", "公司", "科技", "医疗", "医药"].iter().any(|word| behind.starts_with(word))
            || place::is_place(&inner) && behind.ends_with("公司");
    let before: String = folded[..at].iter().map(|one| one.c).collect();
    let placed =
        ["公司", "医院", "大学"].iter().any(|word| before.ends_with(word)) && place::is_place(&inner);
    (at > 0 && inner.chars().all(is_han) && !inner.is_empty() && (goes_on || placed)).then_some(end)
}

/// Parts a field by blanks.
fn words((field, bracketed): (&[Folded], bool)) -> Vec<Piece> {
    field
        .split(|one| one.c.is_whitespace())
        .filter(|word| !word.is_empty())
        .map(|word| Piece::new(word, bracketed))
        .collect()
}

/// Joins what a blank tore apart: a word that is nothing by itself goes with the next one.
fn joined(words: Vec<Piece>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in words {
        match pieces.pop() {
            Some(last) if is_open(&last.text) && word.text.starts_with(is_han) => {
                let bracketed = last.bracketed;
                pieces.push(Piece { gap: last.gap, bracketed, ..last.with(word) });
            }
            Some(last) => pieces.extend([last, word]),
            None => pieces.push(word),
        }
    }
    pieces
}

/// Tells whether a word may be the beginning of a name.
fn is_open(word: &str) -> bool {
    let ended = heads(word).last().is_some_and(|&(end, _)| end == word.len());
    let numbered = word.chars().any(|c| c.is_ascii_digit());
    let whole = ended || is_department(word) || numbered && is_address(word);
    word.ends_with(is_han) && !whole
}
