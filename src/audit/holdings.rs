use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{case::Case, printing::Printing, works};
use crate::{
    domain::Metric,
    text::{fold_key, is_han},
};

/// Of a fragment, a figure or a name that more documents share, nothing follows.
const COMMON: usize = 64;

/// What may be the same in two dossiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Trait {
    /// The record of a contributor.
    Person,
    /// The folded name of a contributor.
    Name,
    /// A key of a paper.
    Paper,
    /// A key of a right.
    Right,
    /// The folded title.
    Title,
    /// A fragment of the title.
    TitlePart,
    /// A fragment of a contribution text.
    Contribution,
    /// A fragment of a claim.
    Claim,
    /// A figure with its unit.
    Figure,
    /// The name of a scientist who recommends.
    Recommender,
}

/// A dossier as others are compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) id: String,
    /// Folded.
    pub(super) title: String,
    /// Folded.
    pub(super) award: String,
    pub(super) year: Option<u16>,
    keys: Vec<(Trait, u32)>,
}

/// What all kept dossiers are looked up by: about 400 numbers of eight bytes for each of them.
#[derive(Debug, Default)]
pub(super) struct Holdings {
    held: Vec<Option<Held>>,
    places: HashMap<String, u32>,
    /// Key and place of the dossier. Keys are hashes: whoever finds a dossier compares it.
    by_key: BTreeSet<(u32, u32)>,
}

impl Held {
    pub(super) fn new(case: &Case) -> Self {
        let award = case.dossier.award.as_ref().and_then(|award| award.name.as_deref());
        let of_kind = |kind| traits_of(case, kind).into_iter().map(move |value| (kind, key(kind, &value)));
        let keys: BTreeSet<(Trait, u32)> = Trait::ALL.into_iter().flat_map(of_kind).collect();
        Self {
            id: case.id().to_owned(),
            title: fold_key(case.title()),
            award: fold_key(award.unwrap_or_default()),
            year: case.year(),
            keys: keys.into_iter().collect(),
        }
    }

    /// Tells whether two dossiers bear the same or nearly the same title.
    pub(super) fn is_same_project(&self, other: &Held) -> bool {
        !self.title.is_empty() && (self.title == other.title || likeness(&self.title, &other.title) >= 0.8)
    }
}

impl Holdings {
    /// Takes a dossier in, in place of what was held under its id.
    pub(super) fn put(&mut self, held: Held) {
        let place = match self.take(&held.id) {
            Some((place, _)) => place,
            None => {
                self.held.push(None);
                u32::try_from(self.held.len() - 1).unwrap_or(u32::MAX)
            }
        };
        self.by_key.extend(held.keys.iter().map(|(_, key)| (*key, place)));
        self.places.insert(held.id.clone(), place);
        if let Some(free) = self.held.get_mut(place as usize) {
            *free = Some(held);
        }
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.take(id);
    }

    fn take(&mut self, id: &str) -> Option<(u32, Held)> {
        let place = self.places.remove(id)?;
        let held = self.held.get_mut(place as usize)?.take()?;
        for (_, key) in &held.keys {
            self.by_key.remove(&(*key, place));
        }
        Some((place, held))
    }

    /// How many dossiers are held.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    pub(super) fn place(&self, id: &str) -> Option<u32> {
        self.places.get(id).copied()
    }

    pub(super) fn at_place(&self, place: u32) -> Option<&Held> {
        self.held.get(place as usize)?.as_ref()
    }

    pub(super) fn get(&self, id: &str) -> Option<&Held> {
        self.held.get(*self.places.get(id)? as usize)?.as_ref()
    }

    /// Finds the other dossiers that share a value, by their ids; none where it is common.
    pub(super) fn sharing(&self, kind: Trait, value: &str, own: &str) -> Vec<&Held> {
        let mut sharing: Vec<&Held> = self.at(key(kind, value)).filter(|held| held.id != own).collect();
        sharing.sort_by(|one, other| one.id.cmp(&other.id));
        sharing
    }

    /// Finds the other dossiers that share any value of a kind, by their ids.
    pub(super) fn sharing_any(&self, own: &Held, kind: Trait) -> Vec<&Held> {
        self.counted(own, kind).into_values().map(|(_, held)| held).collect()
    }

    /// Finds the other dossiers that share most of many values, at least two of them, at most `most`.
    pub(super) fn sharing_many(&self, own: &Held, kind: Trait, most: usize) -> Vec<&Held> {
        let counts = self.counted(own, kind).into_values();
        let mut found: Vec<(usize, &Held)> = counts.filter(|(count, _)| *count >= 2).collect();
        found.sort_by(|(one, a), (two, b)| two.cmp(one).then_with(|| a.id.cmp(&b.id)));
        found.into_iter().take(most).map(|(_, held)| held).collect()
    }

    /// The other dossiers by their ids, with how many values of a kind each shares.
    fn counted(&self, own: &Held, kind: Trait) -> BTreeMap<&str, (usize, &Held)> {
        let mut counts: BTreeMap<&str, (usize, &Held)> = BTreeMap::new();
        for (_, key) in own.keys.iter().filter(|(of, _)| *of == kind) {
            for held in self.at(*key).filter(|held| held.id != own.id) {
                counts.entry(&held.id).or_insert((0, held)).0 += 1;
            }
        }
        counts
    }

    /// Finds every dossier whose answers may change when this one comes or goes.
    pub(super) fn neighbours(&self, held: &Held) -> HashSet<String> {
        let near = held.keys.iter().flat_map(|(_, key)| self.within(*key, COMMON + 2));
        near.filter(|near| near.id != held.id).map(|near| near.id.clone()).collect()
    }

    fn at(&self, key: u32) -> impl Iterator<Item = &Held> {
        let common = self.by_key.range((key, 0)..=(key, u32::MAX)).nth(COMMON + 1).is_some();
        self.within(key, if common { 0 } else { COMMON + 1 })
    }

    fn within(&self, key: u32, most: usize) -> impl Iterator<Item = &Held> {
        let places = self.by_key.range((key, 0)..=(key, u32::MAX)).take(most);
        places.filter_map(|(_, place)| self.held.get(*place as usize)?.as_ref())
    }
}

impl Trait {
    const ALL: [Trait; 10] = [
        Trait::Person,
        Trait::Name,
        Trait::Paper,
        Trait::Right,
        Trait::Title,
        Trait::TitlePart,
        Trait::Contribution,
        Trait::Claim,
        Trait::Figure,
        Trait::Recommender,
    ];
}

/// The values of one kind that a dossier has.
fn traits_of(case: &Case, kind: Trait) -> Vec<String> {
    let dossier = &case.dossier;
    fn fragments<'a>(texts: impl Iterator<Item = &'a Printing>) -> Vec<String> {
        let sampled: BTreeSet<u32> = texts.flat_map(Printing::sample).collect();
        sampled.iter().map(u32::to_string).collect()
    }
    match kind {
        Trait::Person => case.people.iter().flatten().cloned().collect(),
        Trait::Name => dossier.contributors.iter().map(|person| fold_key(&person.name)).collect(),
        Trait::Paper => works::papers(case).into_iter().flatten().map(|key| key.key).collect(),
        Trait::Right => works::rights(case).into_iter().flatten().map(|key| key.key).collect(),
        Trait::Title => Some(fold_key(case.title())).filter(|title| !title.is_empty()).into_iter().collect(),
        Trait::TitlePart => {
            let title: Vec<char> = fold_key(case.title()).chars().collect();
            title.windows(5).map(|part| part.iter().collect()).collect()
        }
        Trait::Contribution => fragments(case.contribution_texts().iter().flatten()),
        Trait::Claim => fragments(case.claim_texts().iter()),
        Trait::Figure => dossier.metrics.iter().filter_map(figure).collect(),
        Trait::Recommender => recommenders(case).iter().map(|name| fold_key(name)).collect(),
    }
}

/// A figure that two projects hardly have in common by chance: large, of three digits that say something.
pub(super) fn figure(metric: &Metric) -> Option<String> {
    let (value, unit) = match (metric.base_value, &metric.base_unit) {
        (Some(value), unit) => (value, unit.as_deref().unwrap_or_default()),
        (None, _) => (metric.value, metric.unit.as_str()),
    };
    let digits = format!("{value}");
    let telling = digits.trim_end_matches('0').chars().filter(char::is_ascii_digit).count();
    let rare = value >= 100.0 && telling >= 3 && !metric.comparator && !unit.is_empty();
    rare.then(|| format!("{digits}{}", fold_key(unit)))
}

/// The scientists who recommend a project; none where an institution does.
pub(super) fn recommenders(case: &Case) -> Vec<String> {
    let printed =
        case.dossier.award.as_ref().and_then(|award| award.recommender.as_deref()).unwrap_or_default();
    let names: Vec<String> = printed
        .split(['、', '，', ',', '；', ';', '/', ' ', '\u{3000}'])
        .map(|name| name.trim().trim_end_matches("院士").to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let is_name = |name: &String| {
        (2..=4).contains(&name.chars().count())
            && name.chars().all(|c| is_han(c) || c == '·')
            && !name.ends_with(['会', '院', '学', '厅', '委', '局', '部', '校', '所', '心', '司', '处'])
    };
    if names.iter().all(is_name) { names } else { Vec::new() }
}

fn key(kind: Trait, value: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    (kind, value).hash(&mut hasher);
    // Half of the bits are enough to shortlist by.
    (hasher.finish() >> 32) as u32
}

/// Dice's coefficient of the pairs of characters of two texts.
fn likeness(one: &str, two: &str) -> f64 {
    let pairs = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        chars.windows(2).map(|pair| (pair[0], pair[1])).collect::<HashSet<_>>()
    };
    let (one, two) = (pairs(one), pairs(two));
    if one.is_empty() || two.is_empty() {
        return 0.0;
    }
    2.0 * one.intersection(&two).count() as f64 / (one.len() + two.len()) as f64
}
