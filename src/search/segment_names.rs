use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    company_name::{company, own_name},
    name_readings::NameReadings,
};
use crate::{
    analysis::name_keys,
    extract::surname,
    resolve::{institution_key, journal_link},
    text::{fold, fold_key, is_han},
};

/// The names of institutions, journals and people in a segment of the index, laid out to be found by their short forms: once,
/// as a segment never changes.
#[derive(Default)]
pub(super) struct SegmentNames {
    /// Each with the characters of its folded name.
    institutions: Vec<Parts<char>>,
    /// By the first character: their places.
    starting: HashMap<char, Vec<u32>>,
    /// By any character: their places.
    holding: HashMap<char, Vec<u32>>,
    /// By canonical key: the names under which the index shows an institution.
    canonical: HashMap<String, Vec<Name>>,
    /// By what a company is called, without place and trade: its names.
    companies: HashMap<Box<str>, Vec<Arc<str>>>,
    /// By the initials of the words that carry weight: the name and those words.
    journals: HashMap<String, Vec<Parts<String>>>,
    /// By what tells journals apart: the names that one has in the index.
    journal_keys: HashMap<String, Vec<Arc<str>>>,
    /// By family name: so many names that they say too little of anybody, or fewer.
    people: HashMap<Box<str>, Vec<Box<str>>>,
    /// By family name and initials as they are read (`zheng.zm`): as many names in Han.
    initials: HashMap<String, Vec<Box<str>>>,
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
                let place = names.institutions.len() as u32;
                names.starting.entry(first).or_default().push(place);
                for c in chars.iter().copied().collect::<BTreeSet<char>>() {
                    names.holding.entry(c).or_default().push(place);
                }
                names.institutions.push((Arc::clone(&label), chars));
            }
            if let Some(own) = company(&key).map(own_name).filter(|own| own.len() < key.len()) {
                names.companies.entry(own.into()).or_default().push(Arc::clone(&label));
            }
            names.readings.add(name, true);
            names.canonical.entry(institution_key(name)).or_default().push(Name { label, key });
        }
        for name in journals {
            let (label, words): (Arc<str>, _) = (name.into(), words(name));
            if let Some(link) = journal_link(name) {
                names.journal_keys.entry(link.key).or_default().push(Arc::clone(&label));
            }
            if !words.is_empty() {
                names.journals.entry(initials(&words)).or_default().push((label, words));
            }
            names.readings.add(name, false);
        }
        for name in people {
            let Some(end) = surname(name).filter(|end| *end < name.len()) else { continue };
            note(names.people.entry(name[..end].into()).or_default(), name);
            for key in name_keys(name).short {
                note(names.initials.entry(key).or_default(), name);
            }
        }
        names
    }

    /// The names of people with a family name and initials, as many as of [`Self::people`].
    pub(super) fn initialled(&self, key: &str) -> &[Box<str>] {
        self.initials.get(key).map_or(&[], Vec::as_slice)
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
    pub(super) fn institutions(&self, first: char) -> impl Iterator<Item = &Parts<char>> {
        self.starting.get(&first).into_iter().flatten().map(|&place| &self.institutions[place as usize])
    }

    /// The names of institutions in Han that hold one of the characters of each list, and perhaps others: those that do
    /// for the list of which fewest hold one.
    pub(super) fn institutions_holding(&self, lists: &[Vec<char>]) -> impl Iterator<Item = &Parts<char>> {
        let places = |list: &Vec<char>| -> Vec<&Vec<u32>> {
            list.iter().filter_map(|c| self.holding.get(c)).collect()
        };
        let each = lists.iter().map(places);
        let fewest = each.min_by_key(|places| places.iter().map(|places| places.len()).sum::<usize>());
        let places: BTreeSet<u32> = fewest.into_iter().flatten().flatten().copied().collect();
        places.into_iter().map(|place| &self.institutions[place as usize])
    }

    /// The companies that are called so.
    pub(super) fn companies(&self, own: &str) -> &[Arc<str>] {
        self.companies.get(own).map_or(&[], Vec::as_slice)
    }

    /// The names of journals by the initials of the words that carry weight, with these words.
    pub(super) fn journals(&self, initials: &str) -> &[Parts<String>] {
        self.journals.get(initials).map_or(&[], Vec::as_slice)
    }

    /// The names of the journal with a key.
    pub(super) fn journals_with_key(&self, key: &str) -> &[Arc<str>] {
        self.journal_keys.get(key).map_or(&[], Vec::as_slice)
    }

    /// The names that are read as these letters.
    pub(super) fn reading(&self, letters: &str) -> &[String] {
        self.readings.of(letters)
    }
}

fn note(bearers: &mut Vec<Box<str>>, name: &str) {
    if bearers.len() <= MOST_BEARERS {
        bearers.push(name.into());
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
