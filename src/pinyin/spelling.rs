use std::{collections::HashSet, sync::LazyLock};

use super::syllable::{is_loose, is_syllable, part};
use crate::text::{Atoms, is_function_word};

/// A name is typed in so many words and letters at most.
const MAX_WORDS: usize = 5;
const MAX_LETTERS: usize = 40;
const SYLLABLES: std::ops::RangeInclusive<usize> = 2..=5;
/// Initials of a whole name; fewer would be any abbreviation.
const INITIALS: std::ops::RangeInclusive<usize> = 3..=4;
const MAX_GIVEN: usize = 3;
/// More readings of one typed name than these are left out.
const MAX_KEYS: usize = 32;

static ORDINARY: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("ordinary.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// The keys of [`super::NameKeys`] that something typed in Latin letters may mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpelledName {
    /// Readings of a whole name.
    pub full: Vec<String>,
    /// Less likely ones: an apostrophe would be missing (`xuyue` for 徐玉娥).
    pub loose: Vec<String>,
    /// A surname with initials, or the initials of a whole name.
    pub short: Vec<String>,
}

impl SpelledName {
    /// Tells whether the text can be no name.
    pub fn is_empty(&self) -> bool {
        self.full.is_empty() && self.loose.is_empty() && self.short.is_empty()
    }
}

/// Reads one or several typed words as one name: `xubaoshan`, `Xu Bao-shan`, `Baoshan Xu`, `Xu B.S.`,
/// `xbs`. Empty where they can be none: a single syllable, or a word that means something else.
pub fn spelled_name(typed: &str) -> SpelledName {
    let atoms = Atoms::new(typed);
    let words: Vec<&str> = (0..atoms.len()).map(|index| atoms.get(index).text).collect();
    let letters = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let length: usize = words.iter().map(|word| word.len()).sum();
    if words.is_empty() || words.len() > MAX_WORDS || length > MAX_LETTERS || !words.iter().all(letters) {
        return SpelledName::default();
    }
    let upper = |index: usize| {
        let atom = atoms.get(index);
        typed[atom.start..atom.end].chars().all(char::is_uppercase)
    };
    let (full, loose) = full(&words);
    SpelledName { full, loose, short: short(&words, upper) }
}

/// Tells whether a folded word is made of syllables.
pub fn is_spelled(word: &str) -> bool {
    !part(word, *SYLLABLES.end()).is_empty()
}

/// Tells whether a folded word means something else than the name it could be read as.
pub(super) fn is_ordinary(word: &str) -> bool {
    ORDINARY.contains(word)
}

/// The readings as whole names, and the loose ones.
fn full(words: &[&str]) -> (Vec<String>, Vec<String>) {
    if let [word] = words
        && (is_syllable(word) || is_ordinary(word))
    {
        return Default::default();
    }
    let parted: Vec<Vec<Vec<&str>>> = words.iter().map(|word| part(word, *SYLLABLES.end())).collect();
    let (mut full, mut loose): (Vec<String>, Vec<String>) = Default::default();
    // As typed; then the surname, of one or two words, last.
    for tail in 0..=2.min(words.len() - 1) {
        let head = words.len() - tail;
        let mut ways: Vec<(Vec<&str>, bool)> = vec![(Vec::new(), false)];
        for index in (head..words.len()).chain(0..head) {
            let longer = ways.iter().flat_map(|(way, lacks)| {
                let next = parted[index].iter();
                next.map(move |next| ([way.as_slice(), next].concat(), *lacks || is_loose(next)))
            });
            ways = longer.filter(|(way, _)| way.len() <= *SYLLABLES.end()).take(MAX_KEYS).collect();
        }
        for (way, lacks) in ways.iter().filter(|(way, _)| SYLLABLES.contains(&way.len())) {
            if *lacks { &mut loose } else { &mut full }.push(way.join("'"));
        }
    }
    let mut seen = HashSet::new();
    full.retain(|key| seen.insert(key.clone()));
    loose.retain(|key| seen.insert(key.clone()));
    (full, loose)
}

fn short(words: &[&str], upper: impl Fn(usize) -> bool) -> Vec<String> {
    let mut keys = Vec::new();
    let joined = words.concat();
    let single = words.iter().all(|word| word.len() == 1);
    let one_word =
        words.len() == 1 && part(&joined, *SYLLABLES.end()).is_empty() && !is_function_word(&joined);
    if INITIALS.contains(&joined.len()) && (single || one_word) {
        keys.push(format!(".{joined}"));
    }
    let is_initials = |range: &std::ops::Range<usize>| {
        let letters = &words[range.clone()];
        let given = letters.concat();
        let bare = letters.iter().all(|word| word.len() == 1) || range.clone().all(&upper);
        (1..=MAX_GIVEN).contains(&given.len()) && (bare || part(&given, MAX_GIVEN).is_empty())
    };
    // A surname of one word, or of two as `ou yang`.
    for len in 1..=2.min(words.len().saturating_sub(1)) {
        let head = words.len() - len;
        for (surname, given) in [(0..len, len..words.len()), (head..words.len(), 0..head)] {
            let long = words[surname.clone()].iter().all(|word| word.len() > 1);
            if long && is_initials(&given) {
                keys.push(format!("{}.{}", words[surname].concat(), words[given].concat()));
            }
        }
    }
    keys
}
