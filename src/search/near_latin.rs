use std::{cmp::Reverse, collections::BTreeMap};

use crate::{domain::Kind, index::Fields};

/// Shorter words are near too many others; of these, only neighbours may be swapped.
const SHORTEST: usize = 3;
/// From this length on two faults are forgiven.
const LONG: usize = 8;
const LONGEST: usize = 40;

/// Finds words of names and titles that are a slip of the finger away from a folded word of letters; the
/// nearest first, then the most frequent.
pub(super) fn near_latin(
    word: &str,
    searcher: &tantivy::Searcher,
    fields: &Fields,
) -> tantivy::Result<Vec<String>> {
    let letters = word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !letters || !(SHORTEST..=LONGEST).contains(&word.len()) {
        return Ok(Vec::new());
    }
    let most = if word.len() < LONG { 1 } else { 2 };
    let mut found: BTreeMap<String, (usize, u32)> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        // The names of all kinds stand in one field.
        let index = segment.inverted_index(fields.family(Kind::Dossier).name)?;
        let mut words = index.terms().range().ge("a").lt("{").into_stream()?;
        while words.advance() {
            let key = words.key();
            if key.len().abs_diff(word.len()) > most || !key.iter().all(u8::is_ascii_lowercase) {
                continue;
            }
            if word.len() == SHORTEST && !same_letters(word.as_bytes(), key) {
                continue;
            }
            let Some(distance) = distance(word.as_bytes(), key, most).filter(|&distance| distance > 0) else {
                continue;
            };
            let frequency = words.value().doc_freq;
            let text = String::from_utf8_lossy(key).into_owned();
            found.entry(text).or_insert((distance, 0)).1 += frequency;
        }
    }
    let mut found: Vec<(String, (usize, u32))> = found.into_iter().collect();
    found.sort_by_key(|(_, (distance, frequency))| (*distance, Reverse(*frequency)));
    Ok(found.into_iter().map(|(text, _)| text).collect())
}

fn same_letters(a: &[u8], b: &[u8]) -> bool {
    let sorted = |letters: &[u8]| {
        let mut letters = letters.to_vec();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// How many letters were left out, put in, changed or swapped with their neighbour (Damerau and
/// Levenshtein, each stretch edited once), where these are not more than `most`.
fn distance(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|&cost| cost > most) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, want) in [
            ("spine", "spine", Some(0)),
            ("spine", "spien", Some(1)),
            ("spine", "spne", Some(1)),
            ("spine", "spline", Some(1)),
            ("spine", "spina", Some(1)),
            ("spine", "psien", Some(2)),
            ("spine", "tumor", None),
            ("", "ab", Some(2)),
            ("endoscopic", "endocsopc", Some(2)),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes(), 2), want, "{a} {b}");
            assert_eq!(distance(b.as_bytes(), a.as_bytes(), 2), want, "{b} {a}");
        }
    }
}
