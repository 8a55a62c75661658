use std::cmp::Reverse;

use super::facets::Catalogue;
use crate::{analysis::sound_alikes, domain::Facet, text::look_alikes};

/// A part of a longer name is compared from this many characters on where it only sounds alike: two
/// characters sound like a part of almost anything.
const SOUNDING_PART: usize = 3;
/// Longer words are questions.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=12;
/// Characters of the blocks in which names are written.
const BLOCK: std::ops::RangeInclusive<u32> = 0x3400..=0x9FFF;

/// The facets whose values are names.
const NAMES: [Facet; 4] = [Facet::Person, Facet::Institution, Facet::Journal, Facet::Topic];

/// What may have been meant.
struct Near {
    text: String,
    /// How many characters were taken for others.
    wrong: usize,
    /// Whether it is only a part of the name.
    part: bool,
    /// How many values hold it.
    names: usize,
}

/// Finds names, or parts of names, that differ from a folded word in Han in one character that looks alike, or in
/// characters that sound alike; the nearest first.
pub(super) fn near_han(word: &str, catalogue: &Catalogue) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    if !LENGTHS.contains(&chars.len()) {
        return Vec::new();
    }
    let alike: Vec<Alike> = chars.iter().map(|&c| Alike::new(c)).collect();
    let mut found: Vec<Near> = Vec::new();
    let mut name: Vec<char> = Vec::new();
    for value in NAMES.iter().flat_map(|&facet| catalogue.values(facet)) {
        if value.key.len() < word.len() {
            continue;
        }
        name.clear();
        name.extend(value.key.chars());
        for window in name.windows(chars.len()) {
            let Some(wrong) = wrong(window, &alike, window.len() == name.len()) else { continue };
            let text: String = window.iter().collect();
            let part = window.len() < name.len();
            match found.iter_mut().find(|near| near.text == text) {
                Some(near) => {
                    near.names += 1;
                    near.part &= part;
                }
                None => found.push(Near { text, wrong, part, names: 1 }),
            }
        }
    }
    found.sort_by_cached_key(|near| (near.part, near.wrong, Reverse(near.names), near.text.clone()));
    found.into_iter().map(|near| near.text).collect()
}

/// In how many characters a stretch of a name differs, where it may have been meant.
fn wrong(stretch: &[char], word: &[Alike], whole: bool) -> Option<usize> {
    let (mut looks, mut sounds) = (0, 0);
    for (&c, alike) in stretch.iter().zip(word) {
        if c == alike.c {
            continue;
        }
        // Of two ways the one that allows more.
        if alike.sounds.contains(c) {
            sounds += 1;
        } else if alike.looks.contains(&c) {
            looks += 1;
        } else {
            return None;
        }
    }
    let wrong = looks + sounds;
    let seen = looks == 1 && sounds == 0 || sounds == 1 && looks == 0 && word.len() > 2;
    let heard = looks == 0 && (whole || word.len() >= SOUNDING_PART && sounds < word.len());
    (wrong > 0 && (seen || heard)).then_some(wrong)
}

/// What a character may have been meant as.
struct Alike {
    c: char,
    looks: &'static [char],
    sounds: Block,
}

impl Alike {
    fn new(c: char) -> Self {
        let mut sounds = Block(vec![0; (BLOCK.end() - BLOCK.start()) as usize / 64 + 1]);
        sound_alikes(c).into_iter().for_each(|other| sounds.insert(other));
        Self { c, looks: look_alikes(c), sounds }
    }
}

/// A set of characters, as bits: it is asked for every character of every name.
struct Block(Vec<u64>);

impl Block {
    fn place(c: char) -> Option<(usize, u64)> {
        let at = (c as u32).checked_sub(*BLOCK.start()).filter(|_| BLOCK.contains(&(c as u32)))?;
        Some((at as usize / 64, 1 << (at % 64)))
    }

    fn insert(&mut self, c: char) {
        if let Some((word, bit)) = Self::place(c) {
            self.0[word] |= bit;
        }
    }

    fn contains(&self, c: char) -> bool {
        Self::place(c).is_some_and(|(word, bit)| self.0[word] & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_near_where_it_looks_or_sounds_alike() {
        for (word, stretch, whole, want) in [
            ("张浩", "张昊", true, Some(1)),
            ("零氟科技", "零氪科技", false, Some(1)),
            ("零氟", "零氪", false, Some(1)),
            ("徐宝衫", "徐宝杉", true, Some(1)),
            ("许宝三", "徐保叁", true, Some(3)),
            ("许宝三", "徐保叁", false, None),
            ("胸颗医院", "胸科医院", false, Some(1)),
            ("医原", "医院", false, None),
            ("医原", "医院", true, Some(1)),
            ("张昊末", "张浩未", true, None),
            ("张三", "李三", true, None),
            ("张三", "张三", true, None),
        ] {
            let alike: Vec<Alike> = word.chars().map(Alike::new).collect();
            let stretch: Vec<char> = stretch.chars().collect();
            assert_eq!(wrong(&stretch, &alike, whole), want, "{word} {stretch:?}");
        }
    }
}
