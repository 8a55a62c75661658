use std::{
    borrow::Cow,
    str::CharIndices,
    sync::{LazyLock, OnceLock},
};

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::UnicodeNormalization;

use super::is_han;

/// One character of a folded text and the bytes of the original it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// The folded character.
    pub c: char,
    /// First byte in the original.
    pub start: usize,
    /// The byte after the last in the original.
    pub end: usize,
}

/// Folds a text character by character, so that every result knows where it was printed: NFKC,
/// radicals to ideographs, traditional to simplified script, lower case, Latin without accents.
///
/// Index and query fold alike and before segmenting: NFKC alone repairs only part of the radicals
/// that PDF text holds, and a script folded after segmenting no longer meets the dictionary.
pub fn fold(text: &str) -> impl Iterator<Item = Folded> + '_ {
    Fold { chars: text.char_indices(), rest: None }
}

struct Fold<'a> {
    chars: CharIndices<'a>,
    /// What is left of a character that folds to several.
    rest: Option<(std::array::IntoIter<Option<char>, 4>, usize, usize)>,
}

impl Fold<'_> {
    /// The next of the characters that one folds to, or else the one behind it.
    #[cold]
    fn next_of_several(&mut self) -> Option<Folded> {
        let (several, start, end) = self.rest.as_mut()?;
        match several.next().flatten() {
            Some(c) => Some(Folded { c, start: *start, end: *end }),
            None => {
                self.rest = None;
                self.next()
            }
        }
    }
}

impl Iterator for Fold<'_> {
    type Item = Folded;

    #[inline]
    fn next(&mut self) -> Option<Folded> {
        if self.rest.is_none() {
            let (start, c) = self.chars.next()?;
            let end = start + c.len_utf8();
            if let Some(c) = folded_alone(c) {
                return Some(Folded { c, start, end });
            }
            self.rest = Some((fold_char(c).into_iter(), start, end));
        }
        self.next_of_several()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.chars.size_hint().0, None)
    }
}

/// What a character folds to where that is one character: looked up, as all of a text is folded.
#[inline]
fn folded_alone(c: char) -> Option<char> {
    /// One table for each 256 characters, made when the first of them is met.
    static TABLES: [OnceLock<Box<Table>>; 256] = [const { OnceLock::new() }; 256];
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    let code = c as usize;
    let table = TABLES.get(code >> 8)?;
    let table = table.get().unwrap_or_else(|| table.get_or_init(|| folded_block(code)));
    Some(table[code & 0xFF]).filter(|&folded| folded != '\0')
}

/// What 256 characters fold to; NUL where that is several or none.
type Table = [char; 256];

#[cold]
fn folded_block(code: usize) -> Box<Table> {
    Box::new(std::array::from_fn(|low| {
        let c = u32::try_from(code & !0xFF | low).ok().and_then(char::from_u32);
        match c.map(fold_char) {
            Some([Some(folded), None, ..]) => folded,
            _ => '\0',
        }
    }))
}

/// A text in simplified script, every byte in its place: the words that are looked for in it are data.
pub(crate) fn simplified(text: &str) -> Cow<'_, str> {
    let plain = |c: char| {
        let plain = if is_han(c) { folded_alone(c) } else { None };
        plain.filter(|plain| plain.len_utf8() == c.len_utf8()).unwrap_or(c)
    };
    let Some(first) = text.char_indices().find(|&(_, c)| plain(c) != c).map(|(at, _)| at) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    out.extend(text[first..].chars().map(plain));
    Cow::Owned(out)
}

/// The form under which two printings of one name are the same: folded, without white space.
pub fn fold_key(text: &str) -> String {
    fold(text).map(|folded| folded.c).filter(|c| !c.is_whitespace()).collect()
}

fn fold_char(c: char) -> [Option<char>; 4] {
    let mut out = [None; 4];
    if c.is_ascii() {
        out[0] = Some(c.to_ascii_lowercase());
        return out;
    }
    // `①`: NFKC makes it a bare digit, which runs into the next one.
    if let Some(number) = circled(c) {
        out[0] = Some('(');
        let digits = [(number >= 10).then_some('1'), char::from_digit(number % 10, 10)];
        digits.into_iter().flatten().chain([')']).enumerate().for_each(|(at, c)| out[at + 1] = Some(c));
        return out;
    }
    let c = radical(c);
    let mut at = 0;
    for part in std::iter::once(c).nfkc() {
        for part in plain_latin(part).to_lowercase() {
            // No character of a dossier expands to more; the Arabic ligatures that do are cut.
            if at < out.len() {
                out[at] = Some(simplified_char(part));
                at += 1;
            }
        }
    }
    out
}

/// The number in a circle: ① to ⑲.
fn circled(c: char) -> Option<u32> {
    matches!(c, '①'..='⑲').then(|| c as u32 - '①' as u32 + 1)
}

/// `é` → `e`: readers type Latin names without their accents.
fn plain_latin(c: char) -> char {
    if !matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') {
        return c;
    }
    std::iter::once(c).nfd().next().unwrap_or(c)
}

/// The ideograph that looks like a radical, where it takes as many bytes; any other character as it is.
///
/// Fonts draw both with one glyph, so what a PDF says of such a glyph may be either.
pub(super) fn ideograph(c: char) -> char {
    if !matches!(c, '\u{2E80}'..='\u{2FDF}') {
        return c;
    }
    let mut folded = std::iter::once(radical(c)).nfkc();
    match (folded.next(), folded.next()) {
        (Some(ideograph), None) if ideograph.len_utf8() == c.len_utf8() => ideograph,
        _ => c,
    }
}

fn radical(c: char) -> char {
    static RADICALS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let mut pairs: Vec<(char, char)> = include_str!("radicals.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (radical, ideograph) = line.split_once('\t')?;
                Some((radical.chars().next()?, ideograph.chars().next()?))
            })
            .collect();
        pairs.sort_unstable();
        pairs
    });
    if !matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{31C0}'..='\u{31EF}') {
        return c;
    }
    match RADICALS.binary_search_by_key(&c, |&(radical, _)| radical) {
        Ok(at) => RADICALS[at].1,
        Err(_) => c,
    }
}

const TABLE: std::ops::RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

fn simplified_char(c: char) -> char {
    static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
        // Single characters only: phrases would break the one-to-one map of offsets.
        let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else {
            return TABLE.collect();
        };
        let lines: String = TABLE.flat_map(|c| [c, '\n']).collect();
        // 薴 is simplified to 苧, which is the traditional form of 苎: what is folded once more stays as it is.
        let converted = converter.convert(&converter.convert(&lines));
        TABLE.zip(converted.lines()).map(|(c, line)| line.chars().next().unwrap_or(c)).collect()
    });
    if TABLE.contains(&c) { SIMPLIFIED[c as usize - *TABLE.start() as usize] } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_key() {
        for (printed, want) in [
            ("吳國慶", "吴国庆"),
            ("李 小明", "李小明"),
            ("⽬⻢⻣", "目马骨"),
            ("ＥＣＭＯ（Ⅲ）", "ecmo(iii)"),
            ("Lemoine Jean-Paul", "lemoinejean-paul"),
            ("Müller", "muller"),
            ("①②⑲", "(1)(2)(19)"),
        ] {
            assert_eq!(fold_key(printed), want);
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for c in TABLE {
            let once = fold_key(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold_key(&once), once, "{c}");
        }
    }

    #[test]
    fn every_folded_character_knows_its_bytes() {
        let text = "A①國é";
        for folded in fold(text) {
            assert!(text.get(folded.start..folded.end).is_some());
        }
        let last = fold(text).last().expect("not empty");
        assert_eq!(&text[last.start..last.end], "é");
    }
}
