use std::ops::Range;

use crate::text::{Passage, is_han, width};

/// Cuts a line at its wide gaps: two columns of white space or more, as a table leaves them when its
/// rulings are lost; `刘  洋` is one cell.
pub(super) fn gaps(line: &Passage) -> Vec<Passage> {
    cut(line, 2)
}

/// Tells whether a line has a gap where [`gaps`] may cut it.
pub(super) fn has_gap(line: &str) -> bool {
    let mut before = false;
    line.trim().chars().any(|c| {
        let blank = c.is_whitespace();
        let wide = blank && (before || c >= '\u{1100}');
        before = blank;
        wide
    })
}

/// Cuts a line at all of its white space.
pub(super) fn words(line: &Passage) -> Vec<Passage> {
    cut(line, 1)
}

/// The words within a part of a line, as bytes of the line.
pub(super) fn word_ranges(line: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in line[part.clone()].char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let (start, end) = (part.start + at, part.start + at + c.len_utf8());
        match words.last_mut() {
            Some(word) if word.end == start => word.end = end,
            _ => words.push(start..end),
        }
    }
    words
}

fn cut(line: &Passage, columns: usize) -> Vec<Passage> {
    let text = line.text();
    let mut cells = Vec::new();
    let (mut start, mut gap) = (0, None);
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), gap) {
            (true, None) => gap = Some(at),
            (false, Some(from)) => {
                let spread = columns > 1 && is_spread(text, start..from, at);
                if width(&text[from..at]) >= columns && !spread {
                    cells.push(line.slice(start..from));
                    start = at;
                }
                gap = None;
            }
            _ => {}
        }
    }
    cells.push(line.slice(start..text.len()));
    cells.iter().map(Passage::trimmed).filter(|cell| !cell.is_blank()).collect()
}

/// `刘  洋`: one character and, behind a gap of two columns, one more, where a wider gap parts them from other cells.
fn is_spread(text: &str, first: Range<usize>, second: usize) -> bool {
    let is_one = |text: &str| text.chars().take(2).count() == 1 && text.starts_with(is_han);
    let rest = text[second..].trim_start_matches(|c: char| !c.is_whitespace());
    if width(&text[first.end..second]) != 2 || !is_one(&text[first.clone()]) {
        return false;
    }
    let (before, after) = (text[..first.start].trim_end(), rest.trim_start());
    let gaps = [width(&text[before.len()..first.start]), width(&rest[..rest.len() - after.len()])];
    let ends = [before.is_empty(), after.is_empty()];
    let is_set_off = (0..2).all(|side| ends[side] || gaps[side] > 2) && ends != [true, true];
    is_one(&text[second..text.len() - rest.len()]) && is_set_off
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_gaps() {
        let texts = |cells: Vec<Passage>| cells.iter().map(|cell| cell.text().to_owned()).collect::<Vec<_>>();
        let line = Passage::new("单位名称    甲 医院        排名　1", 0);
        assert_eq!(texts(gaps(&line)), ["单位名称", "甲 医院", "排名", "1"]);
        assert_eq!(texts(words(&line)), ["单位名称", "甲", "医院", "排名", "1"]);
        let line = Passage::new("2      刘  洋           教授    甲  乙  丙", 0);
        assert_eq!(texts(gaps(&line)), ["2", "刘  洋", "教授", "甲", "乙", "丙"]);
        for (line, has) in
            [("甲 乙 丙  ", false), ("甲  乙", true), ("甲　乙", true), ("甲\t乙", false), ("", false)]
        {
            assert_eq!(has_gap(line), has, "{line}");
            assert_eq!(gaps(&Passage::new(line, 0)).len() > 1, has, "{line}");
        }
    }
}
