use std::ops::Range;

use super::facts::DONE;

/// Without what parts a text from its neighbours, and without brackets around all of it.
pub(super) fn tidy(text: &str, range: Range<usize>) -> Range<usize> {
    let mark = |c: char| c.is_whitespace() || c == DONE || ",.;:。、-/*".contains(c);
    let mut range = range;
    loop {
        let part = &text[range.clone()];
        // A bracket whose other half stands outside.
        let lone = |c: char| match c {
            '(' | ')' => part.matches('(').count() != part.matches(')').count(),
            '[' | ']' => part.matches('[').count() != part.matches(']').count(),
            _ => false,
        };
        // One at a time: `（便携式））` has one too many.
        let opened = part.trim_start_matches(mark);
        let stripped = opened.strip_prefix(|c| ")]".contains(c) && lone(c));
        let opened = stripped.unwrap_or(opened);
        let inner = opened.trim_end_matches(mark);
        let inner = if stripped.is_none() { inner.strip_suffix(lone).unwrap_or(inner) } else { inner };
        let start = range.end - opened.len();
        let mut next = start..start + inner.len();
        for (open, close) in [('《', '》'), ('“', '”'), ('"', '"'), ('[', ']'), ('(', ')')] {
            let part = &text[next.clone()];
            if let Some(inner) = part.strip_prefix(open).and_then(|part| part.strip_suffix(close))
                && !inner.contains([open, close])
            {
                next = next.start + open.len_utf8()..next.end - close.len_utf8();
            }
        }
        if next == range {
            return range;
        }
        range = next;
    }
}

/// Where the part of a text ends: at one of `ends` or at a bracket that closes what was opened before.
pub(super) fn part_end(text: &str, ends: &[char]) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => return at,
            ')' | ']' => depth -= 1,
            _ if depth == 0 && ends.contains(&c) => return at,
            _ => {}
        }
    }
    text.len()
}
