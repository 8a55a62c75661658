use std::{collections::BTreeSet, ops::Range};

use crate::text::{Folded, fold, fold_key};

/// Finds names in texts, however they are spaced, in either script.
#[derive(Debug, Clone, Default)]
pub(super) struct NameSearch {
    names: Vec<Vec<char>>,
    /// Longer names of others that hold one of these.
    others: Vec<Vec<char>>,
}

impl NameSearch {
    /// Searches for `names`, but not within a longer one of `others`.
    pub(super) fn new<'a>(
        names: impl IntoIterator<Item = &'a str>,
        others: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let keys: BTreeSet<String> = names.into_iter().map(fold_key).filter(|key| !key.is_empty()).collect();
        let longer = others
            .into_iter()
            .map(fold_key)
            .filter(|other| !keys.contains(other) && keys.iter().any(|key| other.contains(key.as_str())));
        let others: BTreeSet<String> = longer.collect();
        let chars = |keys: BTreeSet<String>| keys.iter().map(|key| key.chars().collect()).collect();
        Self { names: chars(keys), others: chars(others) }
    }

    /// The byte ranges at which one of the names stands, in order; none of them overlap.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let folded: Vec<Folded> = fold(text).filter(|folded| !folded.c.is_whitespace()).collect();
        let inside = ranges(&folded, &self.others);
        let found = ranges(&folded, &self.names);
        let mut found: Vec<Range<usize>> = found
            .into_iter()
            .filter(|found| !inside.iter().any(|other| other.start <= found.start && found.end <= other.end))
            .map(|found| folded[found.start].start..folded[found.end - 1].end)
            .collect();
        found.sort_by_key(|range| (range.start, range.end));
        merged(found)
    }
}

/// Ranges of folded characters at which a name stands as a whole word.
fn ranges(folded: &[Folded], names: &[Vec<char>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for name in names {
        for start in 0..(folded.len() + 1).saturating_sub(name.len()) {
            let end = start + name.len();
            let here = folded[start..end].iter().map(|folded| folded.c).eq(name.iter().copied());
            if here && is_edge(folded, start) && is_edge(folded, end) {
                found.push(start..end);
            }
        }
    }
    found
}

/// Tells whether a name may begin or end before `at`: not between two letters of one Latin word.
fn is_edge(folded: &[Folded], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| folded.get(before)) else { return true };
    let Some(behind) = folded.get(at) else { return true };
    let latin = |c: char| c.is_ascii_alphanumeric();
    !(latin(before.c) && latin(behind.c) && before.end == behind.start)
}

/// Joins ranges that overlap; they are sorted by their starts.
pub(super) fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
