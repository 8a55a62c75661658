use memchr::memmem::Finder;

use super::sought::Sought;
use crate::{
    analysis::{Atoms, identifier_keys, identifiers, parts_thousands, query_identifier, thousands_forms},
    index::StoredText,
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
    /// Whether its thousands are parted where those that were typed are not: by a blank or a comma and nothing else.
    parted: bool,
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
        Self { forms: Form::all_of(text, prefix).collect(), identifier: query_identifier(text) }
    }

    /// Any form of what is sought.
    pub(super) fn of(sought: &Sought) -> Self {
        let forms = sought.all_texts().flat_map(|text| Form::all_of(text, false)).collect();
        Self { forms, identifier: query_identifier(&sought.text()) }
    }

    /// The end of the longest form that starts with the atom at `index`.
    fn ends(&self, text: &str, atoms: &Atoms, index: usize) -> Option<usize> {
        self.forms.iter().filter_map(|form| form.ends(text, atoms, index)).max()
    }

    /// Tells whether a plain text, which does not hold a form letter for letter, may hold it parted by blanks and marks.
    fn may_stand_in(&self, text: &str) -> bool {
        let ends = |form: &Form| {
            let (first, last) = (form.typed.chars().next(), form.typed.chars().next_back());
            first.is_some_and(|c| text.contains(c)) && last.is_some_and(|c| text.contains(c))
        };
        self.identifier.is_some() || self.forms.iter().any(|form| !form.is_plain_han() || ends(form))
    }

    fn names(&self, keys: &[String]) -> bool {
        self.identifier.as_ref().is_some_and(|asked| keys.iter().any(|key| key.starts_with(asked)))
    }
}

impl Form {
    /// A text in every way in which its numbers may be printed.
    fn all_of(text: &str, prefix: bool) -> impl Iterator<Item = Self> {
        let others = thousands_forms(text).into_iter();
        let other = move |form: String| Self { parted: true, ..Self::new(&form, prefix) };
        std::iter::once(Self::new(text, prefix)).chain(others.map(other))
    }

    fn new(text: &str, prefix: bool) -> Self {
        let atoms = Atoms::new(text);
        let atoms = (0..atoms.len()).map(|index| atoms.get(index));
        let atoms = atoms.map(|atom| (atom.position, atom.text.to_owned())).collect();
        Self { typed: text.trim().to_owned(), atoms, prefix, parted: false }
    }

    /// Tells whether it is of Han characters as they are folded: where these stand in a text, the form does.
    fn is_plain_han(&self) -> bool {
        !self.prefix
            && self.typed.chars().all(is_han)
            && self
                .atoms
                .iter()
                .map(|(_, atom)| atom.as_str())
                .eq(self.typed.split("").filter(|c| !c.is_empty()))
    }

    /// Where the form that starts with the atom at `index` ends.
    fn ends(&self, text: &str, atoms: &Atoms, index: usize) -> Option<usize> {
        let base = atoms.get(index).position;
        let mut end: Option<usize> = None;
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
            if let Some(before) = end.filter(|_| self.parted)
                && is_number(atom.text)
                && is_number(atoms.get(at - 1).text)
                && !parts_thousands(&text[before..atom.start])
            {
                return None;
            }
            end = Some(atom.end);
        }
        end
    }
}

fn is_number(atom: &str) -> bool {
    atom.bytes().all(|byte| byte.is_ascii_digit())
}

/// Patterns to be found in the texts of records.
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    printed: Vec<Printed>,
    /// Whether what is printed letter for letter in a plain text is all that there is.
    plain: bool,
}

/// Looks for a form letter for letter: folding a text to find other spellings costs many times that.
struct Printed {
    pattern: usize,
    finder: Finder<'static>,
}

impl Patterns {
    pub(super) fn new(patterns: Vec<Pattern>) -> Self {
        let forms = patterns.iter().enumerate();
        let forms = forms.flat_map(|(number, pattern)| pattern.forms.iter().map(move |form| (number, form)));
        let forms = forms.filter(|(_, form)| !form.typed.is_empty());
        let printed = forms.map(|(pattern, form)| Printed {
            pattern,
            finder: Finder::new(form.typed.as_bytes()).into_owned(),
        });
        let plain =
            |pattern: &Pattern| pattern.identifier.is_none() && pattern.forms.iter().all(Form::is_plain_han);
        Self { printed: printed.collect(), plain: patterns.iter().all(plain), patterns }
    }

    pub(super) fn list(&self) -> &[Pattern] {
        &self.patterns
    }

    pub(super) fn len(&self) -> usize {
        self.patterns.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Where forms stand letter for letter, in order.
    pub(super) fn printed(&self, texts: &str) -> Vec<Match> {
        let mut found: Vec<Match> = Vec::new();
        for Printed { pattern, finder } in &self.printed {
            let length = finder.needle().len();
            let places = finder.find_iter(texts.as_bytes());
            found.extend(places.map(|start| Match { start, end: start + length, pattern: *pattern }));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Tells whether every pattern is among the matches, so that no other spelling needs to be looked for.
    pub(super) fn are_all_in(&self, found: &[Match]) -> bool {
        let among = |number: usize| found.iter().any(|one| one.pattern == number);
        let identified = self.patterns.iter().any(|pattern| pattern.identifier.is_some());
        !identified && (0..self.patterns.len()).all(among)
    }

    /// Finds the places of all patterns near those that are `printed` letter for letter in a text, in order.
    pub(super) fn near(&self, source: &StoredText<'_>, printed: &[Match]) -> Vec<Match> {
        if self.plain && source.plain {
            return printed.to_vec();
        }
        near_printed(source.text, printed, &self.patterns)
    }

    /// Finds all places of all patterns in a text, in order.
    pub(super) fn all(&self, source: &StoredText<'_>) -> Vec<Match> {
        if source.plain && !self.patterns.iter().any(|pattern| pattern.may_stand_in(source.text)) {
            return Vec::new();
        }
        matches(source.text, &self.patterns)
    }
}

fn near_printed(text: &str, printed: &[Match], patterns: &[Pattern]) -> Vec<Match> {
    let mut found = Vec::new();
    let mut next = printed.iter().map(|one| (one.start, one.end)).peekable();
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
            if let Some(end) = pattern.ends(text, &atoms, index) {
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
            ("纳入 4 870 名患者", "4870名", "4 870 名"),
            ("4870名患者", "4,870名", "4870名"),
            ("4(2):870名，4-870名", "2870名", ""),
            ("4-870名", "4870名", ""),
        ] {
            let found = matches(text, &[Pattern::new(query, false)]);
            let found: Vec<_> = found.iter().map(|found| &text[found.start..found.end]).collect();
            assert_eq!(found.concat(), want, "{text} {query}");
        }
        let found = matches("endoscopic surgery", &[Pattern::new("endo", true)]);
        assert_eq!((found[0].start, found[0].end), (0, 10));
    }
}
