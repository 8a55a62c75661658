use crate::text::{Passage, width};

/// Cuts a line at its wide gaps: two columns of white space or more, as a table leaves them when its
/// rulings are lost.
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

fn cut(line: &Passage, columns: usize) -> Vec<Passage> {
    let text = line.text();
    let mut cells = Vec::new();
    let (mut start, mut gap) = (0, None);
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), gap) {
            (true, None) => gap = Some(at),
            (false, Some(from)) => {
                if width(&text[from..at]) >= columns {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_gaps() {
        let texts = |cells: Vec<Passage>| cells.iter().map(|cell| cell.text().to_owned()).collect::<Vec<_>>();
        let line = Passage::new("单位名称    甲 医院        排名　1", 0);
        assert_eq!(texts(gaps(&line)), ["单位名称", "甲 医院", "排名", "1"]);
        assert_eq!(texts(words(&line)), ["单位名称", "甲", "医院", "排名", "1"]);
        for (line, has) in
            [("甲 乙 丙  ", false), ("甲  乙", true), ("甲　乙", true), ("甲\t乙", false), ("", false)]
        {
            assert_eq!(has_gap(line), has, "{line}");
            assert_eq!(gaps(&Passage::new(line, 0)).len() > 1, has, "{line}");
        }
    }
}
