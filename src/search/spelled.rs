use tantivy::query::{BooleanQuery, Occur, Query as TantivyQuery};

use super::{
    matching::Pattern,
    text_query::{anywhere, constant, keyword},
};
use crate::{
    analysis::{Atoms, SECONDARY, SpelledName, name_keys, reads_as, spelled_name},
    index::{Family, Payload},
    text::fold_key,
};

/// Several words that may be one name.
const MAX_WORDS: usize = 4;
/// What the words of a name score together, where they spell one that is printed in Han: more than words
/// scattered over a text, less than the name as typed.
const PRINTED_SCORE: f32 = 60.0;
const READING_SCORE: f32 = 20.0;
const OTHER_READING_SCORE: f32 = 15.0;
const INITIALS_SCORE: f32 = 5.0;
/// A single word is likelier to be what is printed.
const SINGLE_WORD: f32 = 0.001;

/// The names in Latin letters that plain words of a query may spell.
pub(super) struct SpelledNames(Vec<Candidate>);

struct Candidate {
    /// Folded.
    words: Vec<String>,
    /// As typed.
    typed: String,
    name: SpelledName,
}

impl SpelledNames {
    /// Finds all runs of adjacent words that can be a name.
    pub(super) fn new(words: &[&str]) -> Self {
        let mut candidates = Vec::new();
        for from in 0..words.len() {
            let latin = words[from..].iter().take(MAX_WORDS).take_while(|word| is_latin(word)).count();
            for to in from + 1..=from + latin {
                let typed = words[from..to].join(" ");
                let name = spelled_name(&typed);
                if !name.is_empty() {
                    let words = words[from..to].iter().map(|word| fold_key(word)).collect();
                    candidates.push(Candidate { words, typed, name });
                }
            }
        }
        Self(candidates)
    }

    /// Matches a word anywhere, or a name that it is part of.
    pub(super) fn anywhere(&self, word: &str, family: &Family) -> Option<Box<dyn TantivyQuery>> {
        let printed = anywhere(word, family)?;
        let key = fold_key(word);
        let of_word = self.0.iter().filter(|candidate| candidate.words.contains(&key));
        let ways: Vec<_> = of_word.flat_map(|candidate| candidate.ways(family)).collect();
        if ways.is_empty() {
            return Some(printed);
        }
        let ways = std::iter::once(printed).chain(ways).map(|way| (Occur::Should, way));
        Some(Box::new(BooleanQuery::new(ways.collect())))
    }

    /// Matches what bears one of the names by how it is read.
    pub(super) fn readings(&self, family: &Family) -> Vec<Box<dyn TantivyQuery>> {
        self.0.iter().flat_map(|candidate| candidate.ways(family)).collect()
    }

    /// Ranks what bears a name of several words as it was typed, or with the surname last, before what
    /// reads like it.
    pub(super) fn ranking(&self, family: &Family) -> Vec<(Occur, Box<dyn TantivyQuery>)> {
        let several = self.0.iter().filter(|candidate| candidate.words.len() > 1);
        let orders = several.flat_map(|candidate| {
            let words = &candidate.words;
            let turned = (1..words.len()).map(|at| [&words[at..], &words[..at]].concat().join(" "));
            std::iter::once(candidate.typed.clone()).chain(turned).collect::<Vec<_>>()
        });
        let printed = orders.filter_map(|typed| anywhere(&typed, family));
        printed.map(|query| (Occur::Should, constant(query, PRINTED_SCORE))).collect()
    }

    /// What to mark in a hit: the names in Han that were spelt.
    pub(super) fn patterns(&self, payload: &Payload) -> Vec<Pattern> {
        let meant = |name: &&String| self.0.iter().any(|candidate| candidate.means(name));
        payload.people.iter().filter(meant).map(|name| Pattern::new(name, false)).collect()
    }
}

impl Candidate {
    /// Each of its words scores a part, so that the whole name scores as above.
    fn ways(&self, family: &Family) -> Vec<Box<dyn TantivyQuery>> {
        let share = if self.words.len() == 1 { SINGLE_WORD } else { 1.0 / self.words.len() as f32 };
        // Most keys are in no index: a look-up each costs less than an automaton of all.
        let set = |keys: Vec<String>, score: f32| -> Option<Box<dyn TantivyQuery>> {
            let terms = keys.iter().map(|key| (Occur::Should, Box::new(keyword(family.pinyin, key)) as _));
            let any = BooleanQuery::new(terms.collect());
            (!keys.is_empty()).then(|| constant(Box::new(any), score * share))
        };
        let SpelledName { full, loose, short } = &self.name;
        let mut other = loose.clone();
        other.extend(full.iter().chain(loose).map(|key| format!("{SECONDARY}{key}")));
        [(full.clone(), READING_SCORE), (other, OTHER_READING_SCORE), (short.clone(), INITIALS_SCORE)]
            .into_iter()
            .filter_map(|(terms, score)| set(terms, score))
            .collect()
    }

    fn means(&self, name: &str) -> bool {
        let SpelledName { full, loose, short } = &self.name;
        full.iter().chain(loose).any(|key| reads_as(name, key))
            || (!short.is_empty() && name_keys(name).short.iter().any(|key| short.contains(key)))
    }
}

/// Tells whether a word is of Latin letters, with or without points and hyphens.
fn is_latin(word: &str) -> bool {
    let atoms = Atoms::new(word);
    let letters = |index: usize| atoms.get(index).text.bytes().all(|byte| byte.is_ascii_lowercase());
    !atoms.is_empty() && (0..atoms.len()).all(letters)
}
