use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use super::{columns::SegmentColumns, facets::Catalogue, name_readings::NameReadings};
use crate::{
    domain::Facet,
    resolve::{institution_key, is_short_form, may_name_institution, names_in_texts},
    text::{fold_key, is_han},
};

/// The names of institutions and journals in the index, found by the short forms in which they are asked for:
/// 某大附一院 for 某某大学附属第一医院, `N Engl J Med` for `New England Journal of Medicine`.
#[derive(Default)]
pub(super) struct NameForms {
    /// By the first character of the folded name: the name and its characters.
    institutions: HashMap<char, Vec<(String, Vec<char>)>>,
    segments: Vec<Arc<SegmentColumns>>,
    /// By canonical key: the names under which the index shows an institution.
    canonical: OnceLock<HashMap<String, Vec<String>>>,
    /// By the initials of the words that carry weight: the name and those words.
    journals: HashMap<String, Vec<(String, Vec<String>)>>,
    readings: NameReadings,
}

/// More names than these are no short form of one.
const MAX_NAMES: usize = 3;
/// Of how many characters a short form of an institution is.
const SHORT: std::ops::RangeInclusive<usize> = 4..=20;
/// An acronym of fewer letters may be anything.
const SHORTEST_ACRONYM: usize = 3;

impl NameForms {
    /// Takes all names of the index.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let labels = |facet: Facet| catalogue.values(facet).iter().map(|value| &*value.label);
        let segments = catalogue.segments().iter().map(|segment| Arc::clone(&segment.columns)).collect();
        let mut forms = Self { segments, ..Self::default() };
        for label in labels(Facet::Institution) {
            let key: Vec<char> = fold_key(label).chars().collect();
            if let Some(&first) = key.first().filter(|first| is_han(**first)) {
                forms.institutions.entry(first).or_default().push((label.to_owned(), key));
            }
            forms.readings.add(label, true);
        }
        for label in labels(Facet::Journal) {
            let words = words(label);
            if !words.is_empty() {
                forms.journals.entry(initials(&words)).or_default().push((label.to_owned(), words));
            }
            forms.readings.add(label, false);
        }
        forms
    }

    /// Other names of the institution that a text names as a whole: as the index shows it, and those of the
    /// authority list where the index has it.
    pub(super) fn same_institution(&self, text: &str) -> Vec<String> {
        if !may_name_institution(text) {
            return Vec::new();
        }
        let key = institution_key(text);
        let Some(shown) = self.canonical().get(&key) else { return Vec::new() };
        let listed = names_in_texts(&key).into_iter().map(str::to_owned);
        let mut names: Vec<String> = shown.iter().cloned().chain(listed).collect();
        let asked = fold_key(text);
        let mut known = HashSet::from([asked]);
        names.retain(|name| known.insert(fold_key(name)));
        names
    }

    /// Tells whether a text is the whole name of an institution in the index.
    pub(super) fn is_institution(&self, text: &str) -> bool {
        may_name_institution(text) && self.canonical().contains_key(&institution_key(text))
    }

    fn canonical(&self) -> &HashMap<String, Vec<String>> {
        self.canonical.get_or_init(|| {
            let mut canonical: HashMap<String, Vec<String>> = HashMap::new();
            for columns in &self.segments {
                for (label, key) in columns.labels(Facet::Institution).iter().zip(columns.institution_keys())
                {
                    let known = canonical.entry(key.clone()).or_default();
                    if !known.contains(label) {
                        known.push(label.clone());
                    }
                }
            }
            canonical
        })
    }

    /// The full names that a text is a short form of, the shortest first; none where it is itself a part of a name.
    pub(super) fn institutions(&self, text: &str) -> Vec<&str> {
        let short: Vec<char> = fold_key(text).chars().collect();
        let Some(first) = short.first().filter(|_| SHORT.contains(&short.len())) else { return Vec::new() };
        if !short.iter().copied().all(is_han) {
            return Vec::new();
        }
        let names = self.institutions.get(first).map_or(&[][..], Vec::as_slice);
        if names.iter().any(|(_, name)| name.windows(short.len()).any(|part| part == short)) {
            return Vec::new();
        }
        let mut found: Vec<&(String, Vec<char>)> =
            names.iter().filter(|(_, name)| is_short_form(&short, name)).collect();
        found.sort_by_key(|(_, name)| name.len());
        found.into_iter().take(MAX_NAMES).map(|(label, _)| label.as_str()).collect()
    }

    /// How many of the words spell a name in Latin letters, and the names.
    pub(super) fn read(&self, words: &[&str]) -> Option<(usize, Vec<&str>)> {
        self.readings.read(words)
    }

    /// The journals whose name, in full or shortened, the words are.
    pub(super) fn journals(&self, text: &str) -> Vec<&str> {
        let asked = words(text);
        let acronym = match asked.as_slice() {
            [one] if (SHORTEST_ACRONYM..=8).contains(&one.len()) => Some(one.as_str()),
            [_, _, ..] => None,
            _ => return Vec::new(),
        };
        let key = acronym.map_or_else(|| initials(&asked), str::to_owned);
        let shortened = self.journals.get(&key).into_iter().flatten();
        let known = shortened.filter(|(label, name)| {
            let same =
                if acronym.is_some() { name.len() >= SHORTEST_ACRONYM } else { shortens(&asked, name) };
            same && fold_key(label) != fold_key(text)
        });
        // `JAMA` may be printed for the words that were typed.
        let acronyms = self.journals.get(key.get(..1).unwrap_or_default()).into_iter().flatten();
        let acronyms = acronyms
            .filter(|(_, name)| asked.len() >= SHORTEST_ACRONYM && name == std::slice::from_ref(&key));
        known.chain(acronyms).take(MAX_NAMES).map(|(label, _)| label.as_str()).collect()
    }
}

/// The Latin words of a name that carry weight.
fn words(name: &str) -> Vec<String> {
    let folded: String = crate::text::fold(name).map(|folded| folded.c).collect();
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let light = |word: &&str| matches!(*word, "of" | "the" | "and" | "in" | "for" | "on" | "an" | "a" | "de");
    if folded.chars().any(is_han) {
        Vec::new()
    } else {
        words.filter(|word| !light(word)).map(str::to_owned).collect()
    }
}

fn initials(words: &[String]) -> String {
    words.iter().filter_map(|word| word.chars().next()).collect()
}

/// Tells whether each word is the beginning of the other, so that one name is the other's abbreviation.
fn shortens(asked: &[String], name: &[String]) -> bool {
    let pairs = || asked.iter().zip(name);
    asked.len() == name.len()
        && pairs().all(|(a, b)| a.starts_with(b.as_str()) || b.starts_with(a.as_str()))
        && pairs().any(|(a, b)| a != b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn journals_are_known_by_their_abbreviations_and_the_other_way() {
        let mut forms = NameForms::default();
        for label in ["New Invented Journal of Medicine", "Inv Surg", "JAIA", "Nature Inventions"] {
            forms.journals.entry(initials(&words(label))).or_default().push((label.to_owned(), words(label)));
        }
        for (asked, want) in [
            ("N Inv J Med", "New Invented Journal of Medicine"),
            ("nijm", "New Invented Journal of Medicine"),
            ("Inventive Surgery", "Inv Surg"),
            ("Invariant Methods", ""),
            ("Inv. Surgery", "Inv Surg"),
            ("Journal of the American Invention Association", "JAIA"),
            ("Nat Invent", "Nature Inventions"),
            ("Nature Inventions", ""),
            ("new", ""),
            ("发明", ""),
        ] {
            assert_eq!(forms.journals(asked).join(" "), want, "{asked}");
        }
    }
}
