use super::sought::Sought;
use crate::{
    analysis::{Atoms, identifier_keys, identifiers, query_identifier},
    text::{boundary, is_han},
};

/// What was asked, to be found again in a text as the index finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Any of which will do.
    forms: Vec<Form>,
    /// The identifier that the text may be.
    identifier: Option<String>,
}

/// Folded atoms with their positions, the first at 0.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Form {
    /// As it was typed.
    typed: String,
    atoms: Vec<(usize, String)>,
    /// Whether the last atom is only the start of one.
    prefix: bool,
}

/// Where a pattern stands, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) pattern: usize,
}

impl Pattern {
    /// A text, or the start of one.
    pub(super) fn new(text: &str, prefix: bool) -> Self {
        Self { forms: vec![Form::new(text, prefix)], identifier: query_identifier(text) }
    }

    /// Tells whether a text holds a form letter for letter; it may hold all of them in other spellings only.
    pub(super) fn is_printed_in(&self, text: &str) -> bool {
        let printed = |form: &Form| !form.typed.is_empty() && text.contains(&form.typed);
        self.identifier.is_none() && self.forms.iter().any(printed)
    }

    /// Any form of what is sought.
    pub(super) fn of(sought: &Sought) -> Self {
        let forms = sought.texts().map(|text| Form::new(text, false)).collect();
        Self { forms, identifier: query_identifier(&sought.text()) }
    }

    /// The end of the longest form that starts with the atom at `index`.
    fn ends(&self, atoms: &Atoms, index: usize) -> Option<usize> {
        self.forms.iter().filter_map(|form| form.ends(atoms, index)).max()
    }

    fn names(&self, keys: &[String]) -> bool {
        self.identifier.as_ref().is_some_and(|asked| keys.iter().any(|key| key.starts_with(asked)))
    }
}

impl Form {
    fn new(text: &str, prefix: bool) -> Self {
        let atoms = Atoms::new(text);
        let atoms = (0..atoms.len()).map(|index| atoms.get(index));
        let atoms = atoms.map(|atom| (atom.position, atom.text.to_owned())).collect();
        Self { typed: text.trim().to_owned(), atoms, prefix }
    }

    /// Where the form that starts with the atom at `index` ends.
    fn ends(&self, atoms: &Atoms, index: usize) -> Option<usize> {
        let base = atoms.get(index).position;
        let mut end = None;
        for (step, (position, wanted)) in self.atoms.iter().enumerate() {
            let at = index + step;
            if at >= atoms.len() {
                return None;
            }
            let atom = atoms.get(at);
            let last = step + 1 == self.atoms.len();
            let same = atom.text == wanted || (last && self.prefix && atom.text.starts_with(wanted));
            if !same || atom.position - base != *position {
                return None;
            }
            end = Some(atom.end);
        }
        end
    }
}

/// Finds the places of all patterns that stand near one printed letter for letter, in order.
///
/// Folding a text to find other spellings costs many times what finding letters does.
pub(super) fn matches_near_printed(text: &str, patterns: &[Pattern]) -> Vec<Match> {
    let mut printed: Vec<(usize, usize)> = Vec::new();
    let forms = patterns.iter().flat_map(|pattern| &pattern.forms);
    for form in forms.filter(|form| !form.typed.is_empty()) {
        printed.extend(text.match_indices(&form.typed).map(|(at, found)| (at, at + found.len())));
    }
    printed.sort_unstable();
    let mut found = Vec::new();
    let mut next = printed.into_iter().peekable();
    while let Some((start, mut end)) = next.next() {
        let start = word_start(text, boundary(text, start.saturating_sub(NEAR)));
        while let Some((_, further)) = next.next_if(|(start, _)| *start <= end + 2 * NEAR) {
            end = end.max(further);
        }
        let end = word_end(text, boundary(text, end + NEAR));
        let near = matches(&text[start..end], patterns).into_iter();
        found.extend(near.map(|at| Match { start: at.start + start, end: at.end + start, ..at }));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// How far around a printed pattern others are looked for, in bytes: no snippet is longer.
const NEAR: usize = 320;

fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

fn word_start(text: &str, at: usize) -> usize {
    at - text[..at].chars().rev().take_while(|&c| is_in_word(c)).map(char::len_utf8).sum::<usize>()
}

fn word_end(text: &str, at: usize) -> usize {
    at + text[at..].chars().take_while(|&c| is_in_word(c)).map(char::len_utf8).sum::<usize>()
}

/// Finds all places of all patterns in a text, in order.
pub(super) fn matches(text: &str, patterns: &[Pattern]) -> Vec<Match> {
    let atoms = Atoms::new(text);
    let mut found = Vec::new();
    for index in 0..atoms.len() {
        for (number, pattern) in patterns.iter().enumerate() {
            if let Some(end) = pattern.ends(&atoms, index) {
                found.push(Match { start: atoms.get(index).start, end, pattern: number });
            }
        }
    }
    if patterns.iter().any(|pattern| pattern.identifier.is_some()) {
        for printed in identifiers(text) {
            let keys = identifier_keys(&printed.canonical);
            let named = patterns.iter().position(|pattern| pattern.names(&keys));
            found.extend(named.map(|pattern| Match { start: printed.start, end: printed.end, pattern }));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_found_where_it_is_printed() {
        for (text, query, want) in [
            ("用於導航系統", "导航", "導航"),
            ("国際ＥＣＭＯ中心", "ecmo", "ＥＣＭＯ"),
            ("脊柱微\n创手术", "微创", "微\n创"),
            ("授权 ZL 2021 2 1500001.4。", "ZL202121500001.4", "ZL 2021 2 1500001.4"),
            ("甲，乙", "甲乙", ""),
            ("脊柱", "脊柱手术", ""),
        ] {
            let found = matches(text, &[Pattern::new(query, false)]);
            let found: Vec<_> = found.iter().map(|found| &text[found.start..found.end]).collect();
            assert_eq!(found.concat(), want, "{text} {query}");
        }
        let found = matches("endoscopic surgery", &[Pattern::new("endo", true)]);
        assert_eq!((found[0].start, found[0].end), (0, 10));
    }
}
