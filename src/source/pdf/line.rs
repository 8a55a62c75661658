use super::{habits::Habits, page::Glyph};
use crate::{
    source::assemble::{begins_item, ends_sentence, looks_like_label},
    text::{Passage, is_han},
};

/// Characters on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Of the baseline.
    pub(super) y: f64,
    /// Of its largest characters.
    pub(super) size: f64,
    pub(super) text: String,
    /// A space was printed behind the last character.
    pub(super) ends_in_space: bool,
    /// How wide the part is that a typesetter would not have broken, at its beginning.
    pub(super) head: f64,
    /// Its parts between the gaps that may part columns.
    pub(super) pieces: Vec<Piece>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) text: String,
    pub(super) head: f64,
    /// The gaps within it that are none between words: of columns, where others begin below or above.
    pub(super) breaks: Vec<Break>,
}

/// A gap within a piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Break {
    /// Where the text behind it begins, in bytes.
    pub(super) at: usize,
    /// Its left and its right edge.
    pub(super) edges: (f64, f64),
}

impl Piece {
    /// Parts it at those of its gaps that end at such a place.
    pub(super) fn parted(&self, is_start: impl Fn(f64) -> bool) -> Vec<Piece> {
        let mut parts = Vec::new();
        let (mut from, mut x0) = (0, self.x0);
        for (n, gap) in self.breaks.iter().enumerate().filter(|(_, gap)| is_start(gap.edges.1)) {
            let text = self.text[from..gap.at].trim_end().to_owned();
            parts.push(Piece {
                x0,
                x1: gap.edges.0,
                text,
                head: self.head,
                breaks: self.breaks[..n].to_vec(),
            });
            (from, x0) = (gap.at, gap.edges.1);
        }
        let text = self.text[from..].to_owned();
        parts.push(Piece { x0, x1: self.x1, text, head: self.head, breaks: Vec::new() });
        parts
    }
}

/// A gap this wide, in ems, may part columns, where it runs through several lines.
const COLUMN_GAP: f64 = 0.95;

/// A gap this wide, in ems, may part the cells of full columns, where a column begins behind it in other lines.
const BREAK: f64 = 0.4;

/// A gap this wide, in ems, parts a line by itself.
const WIDE_GAP: f64 = 1.5;

/// A gap this wide, in ems, is a space of a Han character's width.
const EM: f64 = 0.9;

/// Puts characters together to lines, from the top.
pub(super) fn lines(mut glyphs: Vec<Glyph>, habits: Habits) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        // Raised and lowered characters belong to the line; the next line is a whole size away.
        let is_next = row.first().is_some_and(|first| glyph.y - first.y > 0.5 * first.size.max(glyph.size));
        if is_next {
            lines.extend(line(std::mem::take(&mut row), habits));
        }
        row.push(glyph);
    }
    lines.extend(line(row, habits));
    lines
}

fn line(mut glyphs: Vec<Glyph>, habits: Habits) -> Option<Line> {
    glyphs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    // Bold that is made by printing twice.
    glyphs.dedup_by(|next, last| next.c == last.c && next.x0 - last.x0 < 0.4 * (last.x1 - last.x0));
    let is_space = |glyph: &Glyph| glyph.c.is_whitespace();
    let first = glyphs.iter().position(|glyph| !is_space(glyph))?;
    let last = glyphs.iter().rposition(|glyph| !is_space(glyph))?;
    let ends_in_space = last + 1 < glyphs.len();
    let glyphs = &glyphs[first..=last];
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    let y = glyphs.iter().filter(|glyph| glyph.size >= 0.95 * size).map(|glyph| glyph.y).fold(0.0, f64::max);
    let mut text = String::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut begun, mut spaces) = (0, String::new());
    let mut before: Option<&Glyph> = None;
    for (at, glyph) in glyphs.iter().enumerate() {
        if is_space(glyph) {
            spaces.push(glyph.c);
            continue;
        }
        if let Some(before) = before {
            let gap = (glyph.x0 - before.x1) / before.size.max(glyph.size);
            if gap >= COLUMN_GAP {
                pieces.extend(piece(&glyphs[begun..at], habits));
                begun = at;
            }
            if gap >= WIDE_GAP {
                spaces = if spaces.is_empty() { "   ".to_owned() } else { spaces };
            } else if spaces.is_empty() && is_gap(before.c, glyph.c, gap, habits) {
                spaces.push(if gap < EM { ' ' } else { '\u{3000}' });
            }
        }
        text.push_str(&std::mem::take(&mut spaces));
        text.push(glyph.c);
        before = Some(glyph);
    }
    pieces.extend(piece(&glyphs[begun..], habits));
    let head = pieces.first().map_or(0.0, |piece| piece.head);
    let (x0, x1) = (pieces.first()?.x0, pieces.last()?.x1);
    Some(Line { x0, x1, y, size, text, ends_in_space, head, pieces })
}

fn piece(glyphs: &[Glyph], habits: Habits) -> Option<Piece> {
    let end = glyphs.iter().rposition(|glyph| !glyph.c.is_whitespace())?;
    let glyphs = &glyphs[..=end];
    let mut text = String::new();
    let mut breaks = Vec::new();
    let mut before: Option<&Glyph> = None;
    for glyph in glyphs {
        let gap = before.map_or(0.0, |before| (glyph.x0 - before.x1) / before.size.max(glyph.size));
        let edges = before.map(|before| (before.x1, glyph.x0)).filter(|_| gap >= BREAK);
        if before.is_some_and(|before| is_gap(before.c, glyph.c, gap, habits)) {
            text.push(if gap < EM { ' ' } else { '\u{3000}' });
        }
        breaks.extend(edges.map(|edges| Break { at: text.len(), edges }));
        text.push(glyph.c);
        before = Some(glyph);
    }
    let x0 = glyphs.first()?.x0;
    Some(Piece { x0, x1: glyphs.last()?.x1, text, head: head(glyphs) - x0, breaks })
}

/// Tells whether a gap of so many ems without a printed space is one between words.
fn is_gap(left: char, right: char, ems: f64, habits: Habits) -> bool {
    if left.is_whitespace() || right.is_whitespace() {
        return false;
    }
    let least = match (is_wide(left), is_wide(right)) {
        (true, true) => EM,
        (false, false) => 0.18,
        _ if habits.drops_spaces => 0.18,
        // Typesetters put a quarter of an em between Han and Latin.
        _ => 0.5,
    };
    ems > least
}

fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '—' | '…')
}

/// Where the first part ends that stays together: a Han character with the marks that may not begin or
/// end a line, or a Latin word.
fn head(glyphs: &[Glyph]) -> f64 {
    let opens = |c: char| matches!(c, '（' | '《' | '“' | '「' | '【' | '(' | '[');
    let closes = |c: char| "，。、；：？！）》”」】,.;:?!)]%％".contains(c);
    let mut end = 0;
    while end + 1 < glyphs.len() {
        let (c, next) = (glyphs[end].c, glyphs[end + 1].c);
        let may_break = matches!(c, '-' | '/' | '–') && !next.is_ascii_digit();
        let is_word = !is_wide(c) && !is_wide(next) && !next.is_whitespace() && !may_break;
        if !(opens(c) || closes(next) || is_word) {
            break;
        }
        end += 1;
    }
    glyphs.get(end).map_or(0.0, |glyph| glyph.x1)
}

/// The edges between which lines were set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) habits: Habits,
}

impl Measure {
    /// Tells whether `next` goes on with what `line` begins: the head of the next line had no room.
    pub(super) fn wraps(&self, line: &Line, next: &Line) -> bool {
        let size = line.size.max(next.size);
        if line.size.min(next.size) < 0.85 * size {
            return false;
        }
        let middle = |line: &Line| (line.x0 - self.left) - (self.right - line.x1);
        let is_centered = |line: &Line| middle(line).abs() < size && line.x0 - self.left > 0.3 * size;
        let is_indented = next.x0 - self.left > 1.2 * size && next.x0 - line.x0 > -0.5 * size;
        // Lines of an indented list keep their indent; two characters are that of a paragraph.
        let is_usual = (next.x0 - self.left - 2.0 * size).abs() < 0.3 * size;
        let keeps = (next.x0 - line.x0).abs() < 0.3 * size
            && line.x0 - self.left < 0.2 * (self.right - self.left)
            && !is_usual;
        if is_indented && !is_centered(next) && !keeps {
            return false;
        }
        // A full line may be a paragraph's last one.
        let is_label = looks_like_label(Passage::new(&next.text, 0).with_ideographs().text());
        let begins = ends_sentence(&line.text) && (begins_item(&next.text) || is_label);
        let is_next = numbered(&line.text).is_some_and(|number| numbered(&next.text) == Some(number + 1));
        if begins || is_next || (is_label && next.text.ends_with(['：', ':'])) {
            return false;
        }
        let room = if is_centered(line) && is_centered(next) {
            (self.right - self.left) - (line.x1 - line.x0)
        } else {
            self.right - line.x1
        };
        // Between words, and between Han and Latin, typesetters leave a quarter of an em.
        let is_tight = line.text.chars().next_back().is_some_and(is_wide)
            && next.text.chars().next().is_some_and(is_wide);
        let has_words = !line.text.ends_with(is_wide) && !next.text.starts_with(is_wide);
        room < next.head
            + size
                * if is_tight {
                    0.02
                } else if has_words {
                    0.4
                } else {
                    0.27
                }
    }

    /// Puts the lines of one cell or column together to paragraphs.
    pub(super) fn paragraphs<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> Vec<String> {
        let lines: Vec<&Line> = lines.into_iter().collect();
        let gaps = lines.windows(2).map(|pair| pair[1].y - pair[0].y);
        let usual = gaps.filter(|gap| *gap > 0.0).fold(f64::MAX, f64::min);
        let mut paragraphs: Vec<Passage> = Vec::new();
        let mut before: Option<&Line> = None;
        for line in lines {
            let follows = before.is_some_and(|before| {
                // Beyond a page break the place says nothing.
                let gap = line.y - before.y;
                (gap < 0.0 || gap < 1.45 * usual) && self.wraps(before, line)
            });
            match (paragraphs.last_mut(), before) {
                (Some(paragraph), Some(before)) if follows => self.join(paragraph, before, line),
                _ => paragraphs.push(Passage::new(&line.text, 0)),
            }
            before = Some(line);
        }
        paragraphs.into_iter().map(|paragraph| paragraph.text().to_owned()).collect()
    }

    /// Appends the next line of a paragraph.
    pub(super) fn join(&self, paragraph: &mut Passage, before: &Line, line: &Line) {
        let next = Passage::new(&line.text, 0);
        let (last, first) = (before.text.chars().next_back(), line.text.chars().next());
        let (Some(last), Some(first)) = (last, first) else { return };
        let is_full = self.right - before.x1 < 0.8 * line.size;
        // A number longer than its column is broken where the column ends; so is a word, where spaces tell.
        let has_digit = before.text.contains(|c: char| c.is_ascii_digit()) && !before.text.contains(' ');
        let is_number = has_digit && (first.is_ascii_digit() || first == 'X') && last.is_ascii_alphanumeric();
        let is_word = self.habits.keeps_spaces && last.is_ascii_alphabetic() && first.is_ascii_lowercase();
        if before.ends_in_space && !(is_wide(last) && is_wide(first)) {
            paragraph.append(" ", &next);
        } else if is_full && (is_number || is_word) {
            paragraph.append("", &next);
        } else {
            paragraph.append_wrapped(&next);
        }
    }
}

/// The number before a space at the beginning of a line.
fn numbered(text: &str) -> Option<u32> {
    text.split_once([' ', '\u{3000}'])?.0.parse().ok().filter(|number| *number < 1000)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Characters of 10 points, Latin ones half as wide, from a place on.
    pub(in super::super) fn set(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let mut x0 = x;
        let glyphs = text.chars().map(|c| {
            let x1 = x0 + if is_wide(c) { 10.0 } else { 5.0 };
            let glyph = Glyph { c, x0, x1, y, size: 10.0 };
            x0 = x1;
            glyph
        });
        glyphs.collect()
    }

    fn paragraphs(rows: &[(&str, f64)]) -> Vec<String> {
        let glyphs = rows.iter().enumerate().flat_map(|(n, (text, x))| set(text, *x, 20.0 + 15.0 * n as f64));
        Measure { left: 0.0, right: 62.0, habits: Habits::default() }
            .paragraphs(&lines(glyphs.collect(), Habits::default()))
    }

    #[test]
    fn characters_make_lines() {
        let raised: Vec<Glyph> = [set("10", 0.0, 50.0), set("9", 10.0, 46.0)].concat();
        let bold: Vec<Glyph> = set("加粗", 0.0, 80.0)
            .into_iter()
            .flat_map(|g| [g, Glyph { x0: g.x0 + 0.3, x1: g.x1 + 0.3, ..g }])
            .collect();
        let parted = [set("甲", 0.0, 20.0), set("乙", 40.0, 20.0)].concat();
        let words = [set("ab", 0.0, 110.0), set("cd", 13.0, 110.0)].concat();
        let all = [raised, bold, parted, words, set("  ill 一 ", 0.0, 140.0)].concat();
        let got: Vec<String> = lines(all, Habits::default()).into_iter().map(|line| line.text).collect();
        assert_eq!(got, ["甲   乙", "109", "加粗", "ab cd", "ill 一"]);
    }

    #[test]
    fn full_lines_go_on_and_short_ones_end() {
        for (rows, want) in [
            (&[("一二三四五六", 0.0), ("七八", 0.0), ("九十", 0.0)][..], &["一二三四五六七八", "九十"][..]),
            // The head of the next line had no room: a word, a mark that may not begin a line.
            (&[("lorem ip", 0.0), ("dolor sit", 0.0)], &["lorem ip dolor sit"]),
            (&[("一二三四五", 0.0), ("六，七", 0.0)], &["一二三四五六，七"]),
            (&[("一二三", 0.0), ("四五", 0.0)], &["一二三", "四五"]),
            // An indent begins a paragraph, the shape of centered lines does not.
            (&[("一二三四五六", 0.0), ("七八九十", 20.0)], &["一二三四五六", "七八九十"]),
            (&[("一二三四五六", 1.0), ("七八", 21.0)], &["一二三四五六七八"]),
            // A full line that ends a sentence ends a paragraph where something of its own follows.
            (&[("一二三四五。", 0.0), ("姓名：六", 0.0)], &["一二三四五。", "姓名：六"]),
            (&[("1 二三四五", 0.0), ("2 六七", 0.0)], &["1 二三四五", "2 六七"]),
            // Numbers that are longer than the column, and words.
            (&[("ZL2015100123", 0.0), ("45.6", 0.0)], &["ZL201510012345.6"]),
            (&[("日期2019-03-", 0.0), ("11", 0.0)], &["日期2019-03-11"]),
            (&[("Annals of", 0.0), ("Medicine", 0.0)], &["Annals of Medicine"]),
        ] {
            assert_eq!(paragraphs(rows), want, "{rows:?}");
        }
    }
}
