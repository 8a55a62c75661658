use super::{
    matching::Pattern,
    node::Node,
    sought::Sought,
    text_query::{Way, anywhere},
    weights::WEIGHTS,
};
use crate::{
    analysis::{Atoms, SECONDARY, SpelledName, is_spelled, name_keys, reads_as, spelled_name},
    index::{Family, Payload},
    text::fold_key,
};

/// Several words that may be one name.
const MAX_WORDS: usize = 4;
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
                let name = match spelled_name(&typed) {
                    none if none.is_empty() => without_given_name(&words[from..to]).unwrap_or_default(),
                    name => name,
                };
                if !name.is_empty() {
                    let words = words[from..to].iter().map(|word| fold_key(word)).collect();
                    candidates.push(Candidate { words, typed, name });
                }
            }
        }
        Self(candidates)
    }

    /// Matches what is sought anywhere, or a name that it is part of.
    pub(super) fn anywhere(&self, sought: &Sought, family: &Family) -> Option<Node> {
        let printed = anywhere(sought, family)?;
        let ways = self.ways(sought, family);
        if ways.is_empty() {
            return Some(printed);
        }
        let ways = std::iter::once(printed).chain(ways.into_iter().map(|way| way.node));
        Some(Node::Any(ways.collect()))
    }

    /// The names that what is sought is part of.
    pub(super) fn ways(&self, sought: &Sought, family: &Family) -> Vec<Way> {
        let [word] = sought.words.as_slice() else { return Vec::new() };
        let key = fold_key(word);
        let of_word = self.0.iter().filter(|candidate| candidate.words.contains(&key));
        of_word.flat_map(|candidate| candidate.ways(family)).collect()
    }

    /// Matches what bears one of the names by how it is read.
    pub(super) fn readings(&self, family: &Family) -> Vec<Node> {
        self.0.iter().flat_map(|candidate| candidate.ways(family)).map(|way| way.node).collect()
    }

    /// Ranks what bears a name of several words as it was typed, or with the surname last, before what
    /// reads like it.
    pub(super) fn ranking(&self, family: &Family) -> Vec<Way> {
        let several = self.0.iter().filter(|candidate| candidate.words.len() > 1);
        let orders = several.flat_map(|candidate| {
            let bare = |word: &String| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            let words: Vec<String> = candidate.words.iter().map(bare).collect();
            let turned = (0..words.len()).map(|at| [&words[at..], &words[..at]].concat().join(" "));
            turned.collect::<Vec<_>>()
        });
        orders
            .filter_map(|typed| {
                let node = anywhere(&Sought::only(&typed), family)?.fixed(WEIGHTS.printed_name);
                Some(Way { part: "printed_name", text: typed, node })
            })
            .collect()
    }

    /// What to mark in a hit: the names in Han that were spelt.
    pub(super) fn patterns(&self, payload: &Payload<'_>) -> Vec<Pattern> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let meant = |name: &&str| self.0.iter().any(|candidate| candidate.means(name));
        payload.people().filter(meant).map(|name| Pattern::new(name, false)).collect()
    }
}

impl Candidate {
    /// Each of its words scores a part, so that the whole name scores as above.
    fn ways(&self, family: &Family) -> Vec<Way> {
        let share = match self.words.len() {
            1 => WEIGHTS.single_word_name,
            words => 1.0 / words as f32,
        };
        let SpelledName { full, loose, short } = &self.name;
        let mut other = loose.clone();
        other.extend(full.iter().chain(loose).map(|key| format!("{SECONDARY}{key}")));
        let any =
            |keys: &[String]| Node::Any(keys.iter().map(|key| Node::value(family.pinyin, key)).collect());
        [
            ("reading", full, WEIGHTS.reading),
            ("other_reading", &other, WEIGHTS.other_reading),
            ("initials", short, WEIGHTS.initials),
        ]
        .into_iter()
        .filter(|(_, keys, _)| !keys.is_empty())
        .map(|(part, keys, score)| {
            let node = any(keys).fixed(score * share);
            Way { part, text: self.typed.clone(), node }
        })
        .collect()
    }

    fn means(&self, name: &str) -> bool {
        let SpelledName { full, loose, short } = &self.name;
        full.iter().chain(loose).any(|key| reads_as(name, key))
            || (!short.is_empty() && name_keys(name).short.iter().any(|key| short.contains(key)))
    }
}

/// `Liu Michael Mingyan`: a name in Han with a given name in another language between its words.
fn without_given_name(words: &[&str]) -> Option<SpelledName> {
    let [first, given, last] = words else { return None };
    let name = spelled_name(&format!("{first} {last}"));
    let is_given = given.len() > 2 && given.starts_with(char::is_uppercase);
    (is_given && !is_spelled(&fold_key(given)) && !name.full.is_empty()).then_some(name)
}

/// Tells whether a word is of Latin letters, with or without points and hyphens.
fn is_latin(word: &str) -> bool {
    let atoms = Atoms::new(word);
    let letters = |index: usize| atoms.get(index).text.bytes().all(|byte| byte.is_ascii_lowercase());
    !atoms.is_empty() && (0..atoms.len()).all(letters)
}
