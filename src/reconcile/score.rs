use std::collections::BTreeMap;

use crate::{
    analysis::{SECONDARY, full_keys},
    text::{fold_key, is_han},
};

/// The score of two names that are the same.
pub(super) const SAME: f64 = 100.0;
/// Of a name in Latin letters that a name in Han is read as.
const READ_SO: f64 = 85.0;
/// The most that other names reach which are not the same.
const ALIKE: f64 = 95.0;

/// Compares two names, from 0 to 100. Script, width, case and white space do not matter; a name within the
/// other counts by how much of it that is, others by the pairs of characters they share (Dice).
pub(super) fn likeness(asked: &str, name: &str) -> f64 {
    let (one, other) = (fold_key(asked), fold_key(name));
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    if one == other {
        return SAME;
    }
    if is_read_so(asked, name) || is_read_so(name, asked) {
        return READ_SO;
    }
    let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    let (few, many) = (short.chars().count(), long.chars().count());
    // One character stands in too many names to say anything.
    let within =
        if few > 1 && long.contains(short.as_str()) { 50.0 + 45.0 * few as f64 / many as f64 } else { 0.0 };
    within.max(ALIKE * dice(&one, &other))
}

/// Tells whether a text in Latin letters is a reading of a name in Han, the surname first or last.
fn is_read_so(latin: &str, name: &str) -> bool {
    if latin.chars().any(is_han) || !name.chars().all(|c| is_han(c) || c.is_whitespace()) {
        return false;
    }
    let letters: String = fold_key(latin).chars().filter(|c| c.is_alphabetic()).collect();
    full_keys(name).iter().any(|key| {
        let syllables: Vec<&str> = key.trim_start_matches(SECONDARY).split('\'').collect();
        let turned = |len: usize| [&syllables[len..], &syllables[..len]].concat().concat();
        (0..syllables.len().min(3)).any(|surname| turned(surname) == letters)
    })
}

/// Twice the pairs of neighbouring characters that two texts share, of all they have.
fn dice(one: &str, other: &str) -> f64 {
    let (one, other) = (pairs(one), pairs(other));
    let all: usize = one.values().chain(other.values()).sum();
    let shared: usize = one.iter().map(|(pair, count)| *count.min(other.get(pair).unwrap_or(&0))).sum();
    if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
}

fn pairs(text: &str) -> BTreeMap<(char, char), usize> {
    let mut counts = BTreeMap::new();
    for pair in text.chars().zip(text.chars().skip(1)) {
        *counts.entry(pair).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_is_the_same_in_any_writing() {
        for (asked, name) in [
            ("陳一", "陈一"),
            ("陈 一", "陈一"),
            ("ＬＡＮＣＥＴ", "Lancet"),
            ("甲大學第二醫院", "甲大学第二医院"),
        ] {
            assert_eq!(likeness(asked, name), SAME, "{asked}");
        }
    }

    #[test]
    fn other_names_are_ordered_by_how_much_they_share() {
        let order = ["甲市胸科医院", "甲市胸科医院分院", "乙市胸科医院", "乙市口腔诊所"];
        let scores = order.map(|name| likeness("甲市胸科医院", name));
        assert!(scores.is_sorted_by(|before, after| before > after), "{scores:?}");
        assert!(scores[1] < SAME && scores[3] < 30.0, "{scores:?}");
        for latin in ["Zhou Yue", "Yue ZHOU", "zhouyue"] {
            assert_eq!(likeness(latin, "周跃"), READ_SO, "{latin}");
        }
        assert_eq!(likeness("Zhou Yu", "周跃"), 0.0);
        assert_eq!(likeness("", "周跃"), 0.0);
        assert_eq!(likeness("一", "陈一"), 0.0, "a name of one character says nothing");
    }
}
