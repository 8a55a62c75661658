use std::{collections::HashMap, sync::LazyLock};

/// More ways to read one name than these are left out, the least likely ones.
const MAX_READINGS: usize = 24;

static READINGS: LazyLock<Vec<(char, &str)>> = LazyLock::new(|| {
    let lines = || {
        include_str!("readings.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?, columns.next()?, columns.next()?))
        })
    };
    let first = lines().flat_map(|(syllable, first, _)| first.chars().map(move |c| (c, syllable)));
    let other = lines().flat_map(|(syllable, _, other)| other.chars().map(move |c| (c, syllable)));
    let mut readings: Vec<(char, &str)> = first.chain(other).collect();
    // The sort is stable: the first reading of a character stays before its others.
    readings.sort_by_key(|reading| reading.0);
    readings
});

/// Readings of surnames, each a list of syllables.
static SURNAMES: LazyLock<HashMap<&str, Vec<Vec<&str>>>> = LazyLock::new(|| {
    let lines = include_str!("surnames.tsv").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('\t'));
    pairs
        .map(|(name, readings)| (name, readings.split('/').map(|way| way.split(' ').collect()).collect()))
        .collect()
});

/// Where the readings of each character begin.
static PLACES: LazyLock<HashMap<char, usize>> = LazyLock::new(|| {
    let mut places = HashMap::new();
    READINGS.iter().enumerate().for_each(|(at, &(c, _))| {
        places.entry(c).or_insert(at);
    });
    places
});

/// The characters that may be read as each syllable.
static READ: LazyLock<HashMap<&str, Vec<char>>> = LazyLock::new(|| {
    let mut read: HashMap<&str, Vec<char>> = HashMap::new();
    READINGS.iter().for_each(|&(c, syllable)| read.entry(syllable).or_default().push(c));
    read
});

/// The characters that may be read as a syllable.
pub(super) fn read_as(syllable: &str) -> &'static [char] {
    READ.get(syllable).map_or(&[], Vec::as_slice)
}

/// The readings of a folded character, the most usual one first.
pub(super) fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let from = PLACES.get(&c).copied().unwrap_or(READINGS.len());
    READINGS[from..].iter().take_while(move |&&(known, _)| known == c).map(|&(_, syllable)| syllable)
}

/// Every syllable there is.
pub(super) fn syllables() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("readings.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split('\t').next())
}

/// How many characters of a folded Han name are its surname.
pub(super) fn surname_len(name: &[char]) -> usize {
    let two: String = name.iter().take(2).collect();
    if name.len() > 2 && SURNAMES.contains_key(two.as_str()) { 2 } else { 1 }
}

/// The readings of every character of a folded Han name, those of its surname first as surnames are
/// read. Empty where the reading of a character is not known.
pub(super) fn name_readings(name: &[char]) -> Vec<Vec<&'static str>> {
    let mut all: Vec<Vec<&'static str>> = name.iter().map(|&c| readings(c).collect()).collect();
    let len = surname_len(name);
    let surname: String = name[..len.min(name.len())].iter().collect();
    for way in SURNAMES.get(surname.as_str()).into_iter().flatten().rev() {
        for (at, syllable) in way.iter().enumerate() {
            all[at].retain(|known| known != syllable);
            all[at].insert(0, syllable);
        }
    }
    if all.iter().any(Vec::is_empty) { Vec::new() } else { all }
}

/// All ways to read, the most likely first; at most [`MAX_READINGS`].
pub(super) fn ways(readings: &[Vec<&'static str>]) -> Vec<Vec<&'static str>> {
    let mut ways: Vec<Vec<&'static str>> = vec![Vec::new()];
    for of_one in readings {
        let longer = ways
            .iter()
            .flat_map(|way| of_one.iter().map(move |&syllable| [way.as_slice(), &[syllable]].concat()));
        ways = longer.collect();
        ways.truncate(MAX_READINGS);
    }
    ways.retain(|way| !way.is_empty());
    ways
}

/// The characters that may be read as a folded one is, without regard to tones.
pub fn sound_alikes(c: char) -> Vec<char> {
    let own: Vec<&str> = readings(c).collect();
    READINGS
        .iter()
        .filter(|&&(other, syllable)| other != c && own.contains(&syllable))
        .map(|&(c, _)| c)
        .collect()
}

/// Tells whether two folded characters may be read alike, without regard to tones.
pub fn sounds_same(one: char, other: char) -> bool {
    readings(one).any(|syllable| readings(other).any(|also| also == syllable))
}

/// Tells whether two folded characters may be read almost alike: as one who does not tell `zh` from `z` or
/// `ing` from `in` hears them.
pub fn sounds_nearly(one: char, other: char) -> bool {
    readings(one).any(|syllable| readings(other).any(|also| blunt(also) == blunt(syllable)))
}

fn blunt(syllable: &str) -> String {
    let initial = match syllable.get(..2) {
        Some("zh" | "ch" | "sh") => format!("{}{}", &syllable[..1], &syllable[2..]),
        _ => syllable.to_owned(),
    };
    initial.strip_suffix("ng").map(|open| format!("{open}n")).unwrap_or(initial)
}
