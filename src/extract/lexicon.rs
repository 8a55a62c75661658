mod gate;
mod gloss;
mod key;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use regex::{Regex, RegexSet};
use regex_syntax::hir::Hir;
use serde::Deserialize;

use self::{
    gate::{Marks, needed, openers},
    gloss::without_gloss,
    key::{is_word, label_keys, last_key},
};
use super::{
    enumerator::strip_enumerator,
    trie::{Place, ROOT, Trie},
};
use crate::text::{fold, is_han};

pub(super) use self::vocabulary::{Entity, Field, Section};

#[derive(Deserialize)]
struct Words {
    section: BTreeMap<Section, Vec<String>>,
    dossier: BTreeMap<Field, Vec<String>>,
    paper: BTreeMap<Field, Vec<String>>,
    ip: BTreeMap<Field, Vec<String>>,
    contributor: BTreeMap<Field, Vec<String>>,
    institution: BTreeMap<Field, Vec<String>>,
    pattern: Patterns,
}

/// What headings and labels look like whose words are not listed, as regular expressions over their keys; where
/// several fit, the first kind of section is meant.
#[derive(Deserialize)]
struct Patterns {
    section: BTreeMap<Section, String>,
    dossier: BTreeMap<Field, String>,
    paper: BTreeMap<Field, String>,
    ip: BTreeMap<Field, String>,
    contributor: BTreeMap<Field, String>,
    institution: BTreeMap<Field, String>,
    /// How a line begins that ends the value before it.
    foot: Vec<String>,
}

/// No label is longer, in bytes.
pub(super) const MAX_LABEL: usize = 150;

/// The words by which parts of a notice are known.
pub(super) struct Lexicon {
    /// The words that are listed, by their keys.
    words: Trie<Listed>,
    /// What listed words mean as labels, several together; the first is nothing.
    meanings: Vec<Vec<(Entity, Field)>>,
    section_patterns: RegexSet,
    /// What each of the section patterns means.
    pattern_sections: Vec<Section>,
    label_patterns: RegexSet,
    /// What each of the label patterns means.
    pattern_meanings: Vec<(Entity, Field)>,
    foot: Regex,
    /// Which characters the patterns need.
    marks: Marks,
}

/// What a listed word means.
#[derive(Debug, Clone, Copy, Default)]
struct Listed {
    section: Option<Section>,
    /// Its place in [`Lexicon::meanings`].
    label: usize,
}

/// Sets of characters of which a text holds one where it matches: a label pattern, a section pattern.
const OF_LABEL: u8 = 1;
const OF_SECTION: u8 = 2;
/// The foot of a notice begins with one of these, or it holds one of those.
const OPENS_FOOT: u8 = 4;
const OF_FOOT: u8 = 8;

/// No label has more characters, so that a paragraph is not looked up.
const LONGEST_LABEL: usize = 34;

/// No heading of a section is longer, in bytes.
const MAX_HEADING: usize = 4 * LONGEST_LABEL;

/// What a line names: a label or column of each of several entities, and a section.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) meanings: Vec<(Entity, Field)>,
    pub(super) section: Option<Section>,
}

impl Names {
    /// The fields of records, as opposed to those of the dossier itself.
    pub(super) fn of_record(&self) -> impl Iterator<Item = (Entity, Field)> {
        self.meanings.iter().copied().filter(|(entity, _)| *entity != Entity::Dossier)
    }
}

impl Lexicon {
    pub(super) fn get() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "the file is part of the binary and read by every test")]
            let words: Words =
                toml::from_str(include_str!("data/lexicon.toml")).expect("lexicon.toml is valid");
            Lexicon::new(words)
        });
        &LEXICON
    }

    fn new(words: Words) -> Self {
        let patterns = words.pattern;
        let by_entity = [
            (Entity::Dossier, patterns.dossier),
            (Entity::Paper, patterns.paper),
            (Entity::Ip, patterns.ip),
            (Entity::Contributor, patterns.contributor),
            (Entity::Institution, patterns.institution),
        ];
        let mut meanings: Vec<((Entity, Field), String)> = Vec::new();
        for (entity, fields) in by_entity {
            meanings.extend(fields.into_iter().map(|(field, pattern)| ((entity, field), pattern)));
        }
        let mut marks = Marks::new();
        for (set, pattern) in (meanings.iter().map(|(_, pattern)| (OF_LABEL, pattern)))
            .chain(patterns.section.values().map(|pattern| (OF_SECTION, pattern)))
        {
            #[expect(clippy::expect_used, reason = "every pattern of lexicon.toml names some character")]
            marks.add(set, needed(&parsed(pattern)).expect("a character that a match holds"));
        }
        for pattern in &patterns.foot {
            let hir = parsed(pattern);
            match (openers(&hir), needed(&hir)) {
                (Some(chars), _) => marks.add(OPENS_FOOT, chars),
                #[expect(clippy::expect_used, reason = "every pattern of lexicon.toml names some character")]
                (None, needed) => marks.add(OF_FOOT, needed.expect("a character that a match holds")),
            }
        }
        let mut listed: HashMap<String, Listed> = HashMap::new();
        let mut labels: Vec<Vec<(Entity, Field)>> = vec![Vec::new()];
        for (section, variants) in words.section {
            for key in variants.iter().flat_map(|variant| label_keys(variant)) {
                listed.entry(key).or_default().section = Some(section);
            }
        }
        for (entity, fields) in [
            (Entity::Dossier, words.dossier),
            (Entity::Paper, words.paper),
            (Entity::Ip, words.ip),
            (Entity::Contributor, words.contributor),
            (Entity::Institution, words.institution),
        ] {
            for (field, variants) in fields {
                for key in variants.iter().flat_map(|variant| label_keys(variant)) {
                    let word = listed.entry(key).or_default();
                    if word.label == 0 {
                        word.label = labels.len();
                        labels.push(Vec::new());
                    }
                    let meanings = &mut labels[word.label];
                    if !meanings.contains(&(entity, field)) {
                        meanings.push((entity, field));
                    }
                }
            }
        }
        Lexicon {
            words: Trie::new(listed.iter().map(|(key, word)| (key.as_str(), *word))),
            meanings: labels,
            section_patterns: compiled_set(patterns.section.values()),
            pattern_sections: patterns.section.into_keys().collect(),
            label_patterns: compiled_set(meanings.iter().map(|(_, pattern)| pattern)),
            pattern_meanings: meanings.into_iter().map(|(meaning, _)| meaning).collect(),
            foot: compiled(&format!("^(?:{})", patterns.foot.join("|"))),
            marks,
        }
    }

    /// What a line of its own names: both are looked up with the same keys.
    pub(super) fn names(&self, text: &str) -> Names {
        let text = without_gloss(text);
        if text.len() > MAX_LABEL.max(MAX_HEADING) {
            return Names { meanings: Vec::new(), section: None };
        }
        let seen = self.look(text);
        Names {
            meanings: without_claims(self.label_of(text, &seen), text),
            section: self.section_of(text, &seen),
        }
    }

    /// The section that a heading opens.
    pub(super) fn section(&self, text: &str) -> Option<Section> {
        let text = without_gloss(text);
        if text.len() > MAX_HEADING {
            return None;
        }
        self.section_of(text, &self.look(text))
    }

    /// What a label may mean, by entity.
    pub(super) fn label(&self, text: &str) -> Vec<(Entity, Field)> {
        without_claims(self.column(text), text)
    }

    /// What a column may mean, by entity: `创新点` is a column, and elsewhere a section.
    pub(super) fn column(&self, text: &str) -> Vec<(Entity, Field)> {
        let text = without_gloss(text);
        if text.len() > MAX_LABEL {
            return Vec::new();
        }
        self.label_of(text, &self.look(text))
    }

    /// Reads a text once, as far as anything may still come of it.
    fn look(&self, text: &str) -> Seen {
        let mut whole = Reading { place: Some(ROOT), length: 0 };
        let mut bare: Option<Reading> = None;
        let mut depth = 0usize;
        let mut marks = 0;
        for c in fold(strip_enumerator(text)).map(|folded| folded.c) {
            match c {
                '(' | '[' => {
                    bare.get_or_insert(whole);
                    depth += 1;
                }
                ')' | ']' => depth = depth.saturating_sub(1),
                _ if is_word(c) => {
                    marks |= self.marks.of(c);
                    whole.read(&self.words, c);
                    if let Some(bare) = bare.as_mut().filter(|_| depth == 0) {
                        bare.read(&self.words, c);
                    }
                    let outside = bare.unwrap_or(whole);
                    if whole.place.is_none() && outside.place.is_none() && outside.length > LONGEST_LABEL {
                        return Seen::default();
                    }
                }
                _ => {}
            }
        }
        let bare = bare.filter(|bare| bare.length > 0);
        let keys = [Some(whole), bare].map(|key| {
            let place = key.filter(|key| key.length > 0).and_then(|key| key.place);
            place.and_then(|place| self.words.value(place)).unwrap_or_default()
        });
        let last = bare.unwrap_or(whole);
        let short = last.length > 0 && last.length <= LONGEST_LABEL;
        Seen { keys, marks: if short { marks } else { 0 } }
    }

    fn section_of(&self, text: &str, seen: &Seen) -> Option<Section> {
        if text.len() > MAX_HEADING {
            return None;
        }
        let listed = seen.keys.iter().find_map(|key| key.section);
        // Short headings that are not listed, by their pattern; a sentence is none, nor is a label.
        let likely = seen.marks & OF_SECTION != 0 && seen.keys.iter().all(|key| key.label == 0);
        listed.or_else(|| {
            if likely && !is_sentence(strip_enumerator(text)) { self.likely_section(text) } else { None }
        })
    }

    fn likely_section(&self, text: &str) -> Option<Section> {
        // `…防治策略⏎的创建及推广应用` is the rest of a title.
        if text.starts_with(['的', '之']) {
            return None;
        }
        let key = last_key(text)?;
        self.section_patterns.matches(&key).iter().next().map(|at| self.pattern_sections[at])
    }

    fn label_of(&self, text: &str, seen: &Seen) -> Vec<(Entity, Field)> {
        if text.len() > MAX_LABEL {
            return Vec::new();
        }
        if let Some(key) = seen.keys.iter().find(|key| key.label > 0) {
            return self.meanings[key.label].clone();
        }
        let likely = if seen.marks & OF_LABEL == 0 { Vec::new() } else { self.likely_label(text) };
        if likely.is_empty() { self.twice(text) } else { likely }
    }

    /// `授权号/标准号/登记号`: names of one thing.
    fn twice(&self, text: &str) -> Vec<(Entity, Field)> {
        let names = Some(text).filter(|text| text.len() <= MAX_HEADING);
        let Some((first, rest)) = names.and_then(|text| text.split_once(['/', '／', '、', '或'])) else {
            return Vec::new();
        };
        let mut first = self.label(first);
        if !first.is_empty() {
            let rest = self.label(rest);
            first.retain(|meaning| rest.contains(meaning));
        }
        first
    }

    fn likely_label(&self, text: &str) -> Vec<(Entity, Field)> {
        let Some(key) = last_key(text) else { return Vec::new() };
        // `对本项目做出重要贡献` says it, and announces nothing; behind `影响因子: 5.1` stands a value already.
        let says = || ["作出", "做出", "有重要", "有主要", "有突出"].iter().any(|verb| key.contains(verb));
        if !self.label_patterns.is_match(&key) || says() || self.has_value(text) {
            return Vec::new();
        }
        self.label_patterns.matches(&key).iter().map(|at| self.pattern_meanings[at]).collect()
    }

    /// Tells whether something stands behind a colon; in `卷(期): 页码` that is one more name.
    fn has_value(&self, text: &str) -> bool {
        let is_value =
            |value: &str| value.contains(is_word) && self.look(value).keys.iter().all(|key| key.label == 0);
        text.split_once(['：', ':']).is_some_and(|(_, value)| is_value(value))
    }

    /// Tells whether a line is the foot of a notice or of a web page: 公示期, 联系人, 上一篇.
    pub(super) fn is_foot(&self, text: &str) -> bool {
        let head = || fold(text).map(|folded| folded.c).filter(|c| !c.is_whitespace()).take(24);
        let mut chars = head();
        let opens = chars.next().is_some_and(|c| self.marks.of(c) & (OPENS_FOOT | OF_FOOT) != 0);
        let may_be = opens || chars.any(|c| self.marks.of(c) & OF_FOOT != 0);
        may_be && self.foot.is_match(&head().collect::<String>())
    }
}

/// `创新点` and `发现点①` open a claim where they are no column; `对应创新点` does not.
fn without_claims(mut meanings: Vec<(Entity, Field)>, text: &str) -> Vec<(Entity, Field)> {
    if meanings.iter().any(|(_, field)| *field == Field::CreditedClaims)
        && text.chars().filter(|&c| is_han(c)).count() <= 3
    {
        meanings.retain(|(_, field)| *field != Field::CreditedClaims);
    }
    meanings
}

/// What a text is known by: all of it, then without bracketed notes, where it has any.
#[derive(Debug, Default)]
struct Seen {
    keys: [Listed; 2],
    /// The sets of characters that its last key may hold, where that is short.
    marks: u8,
}

/// How far a key has been read.
#[derive(Debug, Clone, Copy)]
struct Reading {
    /// Nothing where no listed word goes on like this.
    place: Option<Place>,
    length: usize,
}

impl Reading {
    fn read(&mut self, words: &Trie<Listed>, c: char) {
        self.place = self.place.and_then(|place| words.step(place, c));
        self.length += 1;
    }
}

/// Punctuation within a text makes it more than a heading.
fn is_sentence(text: &str) -> bool {
    text.trim().trim_end_matches(['：', ':']).contains(['，', '。', '；', '：', ',', ';', ':', '！'])
}

#[expect(clippy::expect_used, reason = "the file is part of the binary and read by every test")]
fn parsed(pattern: &str) -> Hir {
    regex_syntax::parse(pattern).expect("the patterns of lexicon.toml are valid")
}

#[expect(clippy::expect_used, reason = "the file is part of the binary and read by every test")]
fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of lexicon.toml are valid")
}

#[expect(clippy::expect_used, reason = "the file is part of the binary and read by every test")]
fn compiled_set<'a>(patterns: impl Iterator<Item = &'a String>) -> RegexSet {
    RegexSet::new(patterns).expect("the patterns of lexicon.toml are valid")
}
