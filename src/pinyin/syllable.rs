use std::{collections::HashMap, sync::LazyLock};

use super::reading::syllables;

/// No syllable has more letters: `zhuang`, `chuang`, `shuang`.
const LONGEST: usize = 6;
/// More ways to part one word than these are left out.
const MAX_WAYS: usize = 16;

/// Syllables by every way to write them: `lü` is typed `lv`, `lu` and `lyu`.
static WRITTEN: LazyLock<HashMap<String, Vec<&str>>> = LazyLock::new(|| {
    let mut written: HashMap<String, Vec<&str>> = HashMap::new();
    for syllable in syllables() {
        for form in written_forms(syllable) {
            written.entry(form).or_default().push(syllable);
        }
    }
    written
});

/// The ways to write a syllable with ASCII letters.
pub(super) fn written_forms(syllable: &str) -> Vec<String> {
    let mut forms = vec![syllable.to_owned()];
    if syllable.contains('v') {
        forms.extend([syllable.replace('v', "u"), syllable.replace('v', "yu")]);
    }
    forms
}

/// Tells whether a folded word is one syllable.
pub fn is_syllable(word: &str) -> bool {
    WRITTEN.contains_key(word)
}

/// The syllables that a folded word may begin with.
pub(super) fn first_syllables(word: &str) -> impl Iterator<Item = &'static str> {
    let starts = (1..=LONGEST).filter_map(|length| word.get(..length));
    starts.flat_map(|start| WRITTEN.get(start).into_iter().flatten().copied())
}

/// Parts a folded word into syllables in every way, at most `most` of them.
pub(super) fn part(word: &str, most: usize) -> Vec<Vec<&'static str>> {
    let mut ways = Vec::new();
    part_rest(word, most, &mut Vec::new(), &mut ways);
    ways
}

/// Tells whether a word that is parted so lacks an apostrophe: within a word, one stands before a syllable
/// that begins with a vowel.
pub(super) fn is_loose(way: &[&str]) -> bool {
    way.iter().skip(1).any(|syllable| syllable.starts_with(['a', 'o', 'e']))
}

fn part_rest(rest: &str, most: usize, before: &mut Vec<&'static str>, ways: &mut Vec<Vec<&'static str>>) {
    if rest.is_empty() {
        ways.push(before.clone());
        return;
    }
    if before.len() == most || !rest.is_ascii() {
        return;
    }
    // The longest syllable first: `xian` before `xi an`.
    for len in (1..=LONGEST.min(rest.len())).rev() {
        for &syllable in WRITTEN.get(&rest[..len]).into_iter().flatten() {
            if ways.len() == MAX_WAYS {
                return;
            }
            before.push(syllable);
            part_rest(&rest[len..], most, before, ways);
            before.pop();
        }
    }
}
