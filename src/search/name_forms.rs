use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use super::{
    called::called,
    company_name::{company, own_name, tells},
    english_name::{EnglishName, Said},
    name_readings::runs,
    segment_names::{MOST_BEARERS, Name, Parts, SegmentNames, initials, words},
};
use crate::{
    analysis::spelled_name,
    resolve::{institution_key, is_short_form, journal_link, may_name_institution, names_in_texts},
    text::{fold_key, is_han},
};

/// The names of institutions and journals in the index, found by the short forms in which they are asked for:
/// 某大附一院 for 某某大学附属第一医院, `N Engl J Med` for `New England Journal of Medicine`.
#[derive(Default)]
pub(super) struct NameForms {
    segments: Vec<Arc<SegmentNames>>,
}

/// More names than these are no short form of one.
const MAX_NAMES: usize = 3;
/// Of how many characters a short form of an institution is.
const SHORT: std::ops::RangeInclusive<usize> = 4..=20;
/// An acronym of fewer letters may be anything.
const SHORTEST_ACRONYM: usize = 3;
/// Of how many letters an acronym of a journal is.
const ACRONYM: std::ops::RangeInclusive<usize> = SHORTEST_ACRONYM..=8;

impl NameForms {
    pub(super) fn new(segments: Vec<Arc<SegmentNames>>) -> Self {
        Self { segments }
    }

    /// The names of the institution with a canonical key.
    pub(super) fn with_key(&self, key: &str) -> Vec<&Name> {
        self.segments.iter().flat_map(|names| names.with_key(key)).collect()
    }

    /// Other names of the institution that a text names as a whole: as the index shows it, and those of the
    /// authority list where the index has it.
    pub(super) fn same_institution(&self, text: &str) -> Vec<String> {
        if !may_name_institution(text) {
            return Vec::new();
        }
        let key = institution_key(text);
        let shown = self.with_key(&key);
        if shown.is_empty() {
            return Vec::new();
        }
        let listed = names_in_texts(&key).into_iter().map(str::to_owned);
        let mut names: Vec<String> = shown.iter().map(|name| name.label.to_string()).chain(listed).collect();
        let asked = fold_key(text);
        let mut known = HashSet::from([asked]);
        names.retain(|name| known.insert(fold_key(name)));
        names
    }

    /// Tells whether a text is the whole name of an institution in the index.
    pub(super) fn is_institution(&self, text: &str) -> bool {
        may_name_institution(text) && !self.with_key(&institution_key(text)).is_empty()
    }

    /// The full names that a text is a short form of, the shortest first; none where it is itself a part of a name.
    pub(super) fn institutions(&self, text: &str) -> Vec<&str> {
        let short: Vec<char> = fold_key(text).chars().collect();
        let Some(&first) = short.first().filter(|_| SHORT.contains(&short.len())) else { return Vec::new() };
        if !short.iter().copied().all(is_han) {
            return Vec::new();
        }
        let (second, last) = (short[1], short[short.len() - 1]);
        // Most names are passed over by that.
        let may = |name: &[char]| name.contains(&second) && name.contains(&last);
        let all = || self.segments.iter().flat_map(|names| names.institutions(first));
        let names = || all().filter(|(_, name)| may(name));
        if names().any(|(_, name)| name.windows(short.len()).any(|part| part == short)) {
            return Vec::new();
        }
        let found = names().filter(|(_, name)| is_short_form(&short, name));
        let found: BTreeSet<(usize, &str)> = found.map(|(label, name)| (name.len(), &**label)).collect();
        found.into_iter().take(MAX_NAMES).map(|(_, label)| label).collect()
    }

    /// The companies that a text names without their place and with but a part of their trade: 乙康科技 for
    /// 某市乙康智能科技有限公司.
    pub(super) fn companies(&self, text: &str) -> Vec<&str> {
        let key = fold_key(text);
        let own = own_name(company(&key).unwrap_or(&key));
        if own.len() == key.len() || !tells(own) {
            return Vec::new();
        }
        let found = self.segments.iter().flat_map(|names| names.companies(own));
        let found: BTreeSet<&str> =
            found.map(|label| &**label).filter(|label| !label.contains(text)).collect();
        if found.len() > MAX_NAMES { Vec::new() } else { found.into_iter().collect() }
    }

    /// The people whom a text calls by their family name and a title; none where they are many.
    pub(super) fn called(&self, text: &str) -> Vec<&str> {
        let key = fold_key(text);
        let Some(surname) = called(&key) else { return Vec::new() };
        let found = self.segments.iter().flat_map(|names| names.people(surname));
        let found: BTreeSet<&str> = found.map(|name| &**name).collect();
        if found.len() > MOST_BEARERS { Vec::new() } else { found.into_iter().collect() }
    }

    /// How many of the words, from the first on, are a family name with two initials or more (`Zheng ZM`), and the
    /// people whom they mean; none where they are many.
    pub(super) fn initialled(&self, words: &[&str]) -> Option<(usize, Vec<&str>)> {
        /// With one, a name says too little.
        const FEWEST: usize = 2;
        let is_initials =
            |word: &&str| word.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '.' | '-'));
        let counts = (2..=words.len().min(3)).rev();
        counts.filter(|count| words[..*count].iter().any(is_initials)).find_map(|count| {
            let keys = spelled_name(&words[..count].join(" ")).short;
            let told = keys.iter().filter(|key| {
                key.split_once('.').is_some_and(|(family, given)| !family.is_empty() && given.len() >= FEWEST)
            });
            let names =
                told.flat_map(|key| self.segments.iter().flat_map(move |names| names.initialled(key)));
            Some((count, few(names.map(|name| &**name))?))
        })
    }

    /// How many of the words, from the first on, spell a name in Latin letters, and the names; the longest run counts.
    /// In English, it is what `english` has read.
    pub(super) fn read(&self, words: &[&str], english: Option<&EnglishName>) -> Option<(usize, Vec<&str>)> {
        let read = runs(words).find_map(|(count, typed)| {
            let names = self.segments.iter().flat_map(|names| names.reading(&typed));
            Some((count, few(names.map(String::as_str))?))
        });
        let read_words = read.as_ref().map_or(0, |(words, _)| *words);
        let english = english.and_then(|english| self.in_english(english));
        english.filter(|(words, _)| *words > read_words).or(read)
    }

    /// The institutions whose names in Han say most of one in English; those that say nothing before it, if there are any.
    fn in_english(&self, english: &EnglishName) -> Option<(usize, Vec<&str>)> {
        let needed = english.needed();
        let all = self.segments.iter().flat_map(|names| names.institutions_holding(&needed));
        let said: Vec<(Said, &str)> =
            all.filter_map(|(label, name)| Some((english.said_in(name)?, &**label))).collect();
        let words = said.iter().map(|(said, _)| said.words).max()?;
        let most = || said.iter().filter(|(said, _)| said.words == words);
        let whole = most().any(|(said, _)| said.before == 0);
        let names = most().filter(|(said, _)| !whole || said.before == 0).map(|(_, name)| *name);
        Some((words, few(names)?))
    }

    /// The journals whose name, in full or shortened, the words are, and those that are listed under it.
    pub(super) fn journals(&self, text: &str) -> Vec<&str> {
        let asked = words(text);
        let (shortened, acronyms) = match asked.as_slice() {
            [acronym] if ACRONYM.contains(&acronym.len()) => (self.in_full(acronym), BTreeSet::new()),
            [_, _, ..] => (self.shortened(&asked), self.acronyms(&asked)),
            _ => Default::default(),
        };
        let typed = fold_key(text);
        let mut names: Vec<&str> = Vec::new();
        for name in self.listed(text, &asked).into_iter().chain(shortened).chain(acronyms) {
            if !names.contains(&name) && fold_key(name) != typed {
                names.push(name);
            }
        }
        names.truncate(MAX_NAMES);
        names
    }

    /// The journals that the authority list knows under this name.
    fn listed(&self, text: &str, asked: &[String]) -> BTreeSet<&str> {
        let Some(link) = journal_link(text) else { return BTreeSet::new() };
        let same = self.segments.iter().flat_map(|names| names.journals_with_key(&link.key));
        // `Spine (Phila Pa 1976)` is not meant by every spine.
        let is_told = |label: &str| !matches!(asked, [one] if words(label).contains(one));
        same.map(|label| &**label).filter(|label| is_told(label)).collect()
    }

    /// The journals of which this is the acronym.
    fn in_full(&self, acronym: &str) -> BTreeSet<&str> {
        let is_long = |name: &[String]| name.len() >= SHORTEST_ACRONYM;
        self.with_initials(acronym).filter(|(_, name)| is_long(name)).map(|(label, _)| &**label).collect()
    }

    /// The journals whose names shorten the words, or are shortened by them.
    fn shortened(&self, asked: &[String]) -> BTreeSet<&str> {
        let initials = initials(asked);
        let named = self.with_initials(&initials);
        named.filter(|(_, name)| shortens(asked, name)).map(|(label, _)| &**label).collect()
    }

    /// The journals that are printed by the acronym of the words alone: `JAMA`.
    fn acronyms(&self, asked: &[String]) -> BTreeSet<&str> {
        let acronym = initials(asked);
        let named = self.with_initials(acronym.get(..1).unwrap_or_default());
        let is_acronym = |name: &[String]| asked.len() >= SHORTEST_ACRONYM && name == [acronym.as_str()];
        named.filter(|(_, name)| is_acronym(name)).map(|(label, _)| &**label).collect()
    }

    fn with_initials(&self, initials: &str) -> impl Iterator<Item = &Parts<String>> {
        self.segments.iter().flat_map(move |names| names.journals(initials))
    }
}

/// The names, each once; none where they are more than a short form may stand for.
fn few<'n>(names: impl Iterator<Item = &'n str>) -> Option<Vec<&'n str>> {
    let names: BTreeSet<&str> = names.collect();
    (1..=MAX_NAMES).contains(&names.len()).then(|| names.into_iter().collect())
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
    fn few_people_are_known_by_their_family_name_and_a_title() {
        let named = |names: &[String]| {
            Arc::new(SegmentNames::of([].into_iter(), [].into_iter(), names.iter().map(String::as_str)))
        };
        let many: Vec<String> = (0..=MOST_BEARERS).map(|number| format!("王{number}")).collect();
        let forms = NameForms::new(vec![
            named(&["亢一".to_owned(), "司徒二".to_owned(), "方三".to_owned()]),
            named(&many),
        ]);
        for (asked, want) in [
            ("亢主任", vec!["亢一"]),
            ("方教授", vec!["方三"]),
            ("司徒医生", vec!["司徒二"]),
            ("王主任", vec![]),
            ("亢一", vec![]),
        ] {
            assert_eq!(forms.called(asked), want, "{asked}");
        }
    }

    #[test]
    fn few_people_are_known_by_their_family_name_and_initials() {
        let names = ["郑山民", "郑一", "欧阳一山", "曾小山"];
        let forms = NameForms::new(vec![Arc::new(SegmentNames::of(
            [].into_iter(),
            [].into_iter(),
            names.into_iter(),
        ))]);
        for (typed, want) in [
            ("Zheng SM", "2 郑山民"),
            ("Zheng S.M. spine", "2 郑山民"),
            ("S M Zheng", "3 郑山民"),
            ("Ouyang YS", "2 欧阳一山"),
            ("Zeng XS", "2 曾小山"),
            ("Zheng Y", ""),
            ("Zheng XM", ""),
            ("ZSM", ""),
            ("zheng sm", ""),
        ] {
            let words: Vec<&str> = typed.split_whitespace().collect();
            let shown = forms.initialled(&words).map(|(count, names)| format!("{count} {}", names.join(" ")));
            assert_eq!(shown.unwrap_or_default(), want, "{typed}");
        }
    }

    #[test]
    fn institutions_are_known_by_their_english_names_where_few_are_called_so() {
        let named = |names: &[&str]| {
            NameForms::new(vec![Arc::new(SegmentNames::of(
                names.iter().copied(),
                [].into_iter(),
                [].into_iter(),
            ))])
        };
        let forms = named(&["甲川市胸科医院", "乙山市胸科医院", "乙山大学附属丙都眼科医院", "丁州眼科医院"]);
        for (typed, want) in [
            ("Yishan Chest Hospital outcomes", "3 乙山市胸科医院"),
            ("Chest Hospital", "2 乙山市胸科医院 甲川市胸科医院"),
            // What says nothing more than that comes before what does.
            ("Bingdu Eye Hospital", "3 乙山大学附属丙都眼科医院"),
            ("jiachuan shi xiongke yiyuan", "4 甲川市胸科医院"),
            ("Wushan Chest Hospital", ""),
        ] {
            let words: Vec<&str> = typed.split_whitespace().collect();
            let read = forms.read(&words, EnglishName::read(&words).as_ref());
            let shown = read.map(|(count, names)| format!("{count} {}", names.join(" ")));
            assert_eq!(shown.unwrap_or_default(), want, "{typed}");
        }
        let many: Vec<String> = ["甲", "乙", "丙", "丁"].map(|place| format!("{place}山市胸科医院")).into();
        let forms = named(&many.iter().map(String::as_str).collect::<Vec<_>>());
        let words = ["Chest", "Hospital"];
        assert_eq!(forms.read(&words, EnglishName::read(&words).as_ref()), None);
    }

    #[test]
    fn journals_are_known_by_their_abbreviations_and_the_other_way() {
        let named = |names: &[&str]| {
            Arc::new(SegmentNames::of([].into_iter(), names.iter().copied(), [].into_iter()))
        };
        let forms = NameForms::new(vec![
            named(&["New Invented Journal of Medicine", "Inv Surg"]),
            named(&["JAIA", "Nature Inventions", "Inv Surg", "RBMO", "Spine (Phila Pa 1976)"]),
        ]);
        for (asked, want) in [
            ("N Inv J Med", "New Invented Journal of Medicine"),
            ("nijm", "New Invented Journal of Medicine"),
            ("Inventive Surgery", "Inv Surg"),
            ("Invariant Methods", ""),
            ("Inv. Surgery", "Inv Surg"),
            ("Journal of the American Invention Association", "JAIA"),
            ("Nat Invent", "Nature Inventions"),
            ("Nature Inventions", ""),
            ("Reproductive BioMedicine Online", "RBMO"),
            ("spine", ""),
            ("new", ""),
            ("发明", ""),
        ] {
            assert_eq!(forms.journals(asked).join(" "), want, "{asked}");
        }
    }
}
