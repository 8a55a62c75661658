use std::sync::LazyLock;

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::UnicodeNormalization;

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
    text.char_indices().flat_map(|(start, c)| {
        let end = start + c.len_utf8();
        fold_char(c).map(move |c| Folded { c, start, end })
    })
}

/// The form under which two printings of one name are the same: folded, without white space.
pub fn fold_key(text: &str) -> String {
    fold(text).map(|folded| folded.c).filter(|c| !c.is_whitespace()).collect()
}

fn fold_char(c: char) -> impl Iterator<Item = char> {
    let mut out = [None; 4];
    if c.is_ascii() {
        out[0] = Some(c.to_ascii_lowercase());
        return out.into_iter().flatten();
    }
    let c = radical(c);
    let mut at = 0;
    for part in std::iter::once(c).nfkc() {
        for part in plain_latin(part).to_lowercase() {
            // No character of a dossier expands to more; the Arabic ligatures that do are cut.
            if at < out.len() {
                out[at] = Some(simplified(part));
                at += 1;
            }
        }
    }
    out.into_iter().flatten()
}

/// `é` → `e`: readers type Latin names without their accents.
fn plain_latin(c: char) -> char {
    if !matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') {
        return c;
    }
    std::iter::once(c).nfd().next().unwrap_or(c)
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

fn simplified(c: char) -> char {
    static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
        // Single characters only: phrases would break the one-to-one map of offsets.
        let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else {
            return TABLE.collect();
        };
        let lines: String = TABLE.flat_map(|c| [c, '\n']).collect();
        let converted = converter.convert(&lines);
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
        ] {
            assert_eq!(fold_key(printed), want);
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
