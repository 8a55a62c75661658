use std::{collections::HashMap, sync::Arc};

use super::{
    company_name::{company, own_name},
    name_readings::NameReadings,
};
use crate::{
    extract::surname,
    resolve::institution_key,
    text::{fold, fold_key, is_han},
};

/// The names of institutions, journals and people in a segment of the index, laid out to be found by their short forms: once,
/// as a segment never changes.
#[derive(Default)]
pub(super) struct SegmentNames {
    /// By the first character of the folded name: the name and its characters.
    institutions: HashMap<char, Vec<Parts<char>>>,
    /// By canonical key: the names under which the index shows an institution.
    canonical: HashMap<String, Vec<Name>>,
    /// By what a company is called, without place and trade: its names.
    companies: HashMap<Box<str>, Vec<Arc<str>>>,
    /// By the initials of the words that carry weight: the name and those words.
    journals: HashMap<String, Vec<Parts<String>>>,
    /// By family name: so many names that they say too little of anybody, or fewer.
    people: HashMap<Box<str>, Vec<Box<str>>>,
    readings: NameReadings,
}

/// A family name that more people bear says too little.
pub(super) const MOST_BEARERS: usize = 12;

/// A name as it is shown, and the parts by which it is compared.
pub(super) type Parts<P> = (Arc<str>, Vec<P>);

/// A name as it is shown, and folded.
pub(super) struct Name {
    pub(super) label: Arc<str>,
    pub(super) key: String,
}

impl SegmentNames {
    /// Lays out the names of institutions, of journals and of people.
    pub(super) fn of<'n>(
        institutions: impl Iterator<Item = &'n str>,
        journals: impl Iterator<Item = &'n str>,
        people: impl Iterator<Item = &'n str>,
    ) -> Self {
        let mut names = Self::default();
        for name in institutions {
            let (label, key): (Arc<str>, _) = (name.into(), fold_key(name));
            let chars: Vec<char> = key.chars().collect();
            if let Some(&first) = chars.first().filter(|first| is_han(**first)) {
                names.institutions.entry(first).or_default().push((Arc::clone(&label), chars));
            }
            if let Some(own) = company(&key).map(own_name).filter(|own| own.len() < key.len()) {
                names.companies.entry(own.into()).or_default().push(Arc::clone(&label));
            }
            names.readings.add(name, true);
            names.canonical.entry(institution_key(name)).or_default().push(Name { label, key });
        }
        for name in journals {
            let words = words(name);
            if !words.is_empty() {
                names.journals.entry(initials(&words)).or_default().push((name.into(), words));
            }
            names.readings.add(name, false);
        }
        for name in people {
            let Some(end) = surname(name).filter(|end| *end < name.len()) else { continue };
            let bearers = names.people.entry(name[..end].into()).or_default();
            if bearers.len() <= MOST_BEARERS {
                bearers.push(name.into());
            }
        }
        names
    }

    /// The names of people with a family name, of which so many are kept that more are known to be too many.
    pub(super) fn people(&self, surname: &str) -> &[Box<str>] {
        self.people.get(surname).map_or(&[], Vec::as_slice)
    }

    /// The names of the institution with a canonical key.
    pub(super) fn with_key(&self, key: &str) -> &[Name] {
        self.canonical.get(key).map_or(&[], Vec::as_slice)
    }

    /// The names of institutions that start with a character, with their characters.
    pub(super) fn institutions(&self, first: char) -> &[Parts<char>] {
        self.institutions.get(&first).map_or(&[], Vec::as_slice)
    }

    /// The names of all institutions in Han, with their characters.
    pub(super) fn all_institutions(&self) -> impl Iterator<Item = &Parts<char>> {
        self.institutions.values().flatten()
    }

    /// The companies that are called so.
    pub(super) fn companies(&self, own: &str) -> &[Arc<str>] {
        self.companies.get(own).map_or(&[], Vec::as_slice)
    }

    /// The names of journals by the initials of the words that carry weight, with these words.
    pub(super) fn journals(&self, initials: &str) -> &[Parts<String>] {
        self.journals.get(initials).map_or(&[], Vec::as_slice)
    }

    /// The names that are read as these letters.
    pub(super) fn reading(&self, letters: &str) -> &[String] {
        self.readings.of(letters)
    }
}

/// The Latin words of a name that carry weight.
pub(super) fn words(name: &str) -> Vec<String> {
    let folded: String = fold(name).map(|folded| folded.c).collect();
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let light = |word: &&str| matches!(*word, "of" | "the" | "and" | "in" | "for" | "on" | "an" | "a" | "de");
    if folded.chars().any(is_han) {
        Vec::new()
    } else {
        words.filter(|word| !light(word)).map(str::to_owned).collect()
    }
}

/// The first letters of the words.
pub(super) fn initials(words: &[String]) -> String {
    words.iter().filter_map(|word| word.chars().next()).collect()
}
