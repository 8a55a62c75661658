use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::{fold, is_han};

/// A journal as a paper names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalLink {
    /// Equal keys are one journal.
    pub key: String,
    /// As printed.
    pub name: String,
    /// Why.
    pub method: JournalMethod,
}

/// Why two printed names are one journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum JournalMethod {
    /// The names differ by case, width, punctuation, `&` or articles at most.
    SameName,
    /// The words of one are the abbreviations of the words of the other, after ISO 4.
    AbbreviatedWords,
    /// The list of journals has both names for one journal.
    KnownName,
}

impl JournalMethod {
    /// The name under which it is told.
    pub const fn name(self) -> &'static str {
        match self {
            JournalMethod::SameName => "same-name",
            JournalMethod::AbbreviatedWords => "abbreviated-words",
            JournalMethod::KnownName => "known-name",
        }
    }
}

/// Finds the journal of a printed name; `None` where nothing is printed.
pub fn link(printed: &str) -> Option<JournalLink> {
    let (key, method) = key(printed)?;
    Some(JournalLink { key, name: printed.trim().to_owned(), method })
}

/// Tells why two names are one journal; `None` where they are two.
pub fn same_journal(one: &str, other: &str) -> Option<JournalMethod> {
    let (one_key, one_method) = key(one)?;
    let (other_key, other_method) = key(other)?;
    if one_key != other_key {
        return None;
    }
    let (one, other) = (words(one), words(other));
    if one == other {
        return Some(JournalMethod::SameName);
    }
    if abbreviated(&one) == abbreviated(&other) {
        return Some(JournalMethod::AbbreviatedWords);
    }
    match (one_method, other_method) {
        (JournalMethod::KnownName, _) | (_, JournalMethod::KnownName) => Some(JournalMethod::KnownName),
        _ => Some(JournalMethod::AbbreviatedWords),
    }
}

/// The key of a name: that of the journal it is listed for, else its words as ISO 4 abbreviates them.
fn key(printed: &str) -> Option<(String, JournalMethod)> {
    let own = words(printed);
    if own.is_empty() {
        return None;
    }
    if let Some(known) = KNOWN.get(&abbreviated(&own)) {
        return Some((known.clone(), JournalMethod::KnownName));
    }
    let short = abbreviated(&own);
    let method =
        if short == own.join(" ") { JournalMethod::SameName } else { JournalMethod::AbbreviatedWords };
    Some((short, method))
}

/// The words of a name that are told apart: folded, without punctuation, articles and prepositions. A name in Han
/// is one word.
fn words(name: &str) -> Vec<String> {
    const LEFT_OUT: [&str; 17] = [
        "the", "of", "and", "in", "for", "on", "to", "at", "de", "la", "le", "des", "du", "et", "und", "der",
        "fur",
    ];
    let mut folded = String::with_capacity(name.len());
    for c in fold(name).map(|folded| folded.c) {
        match c {
            '&' => folded.push_str(" and "),
            '\'' | '’' | '`' => {}
            c if c.is_alphanumeric() => folded.push(c),
            _ => folded.push(' '),
        }
    }
    if folded.contains(is_han) {
        let joined: String = folded.split_whitespace().collect();
        return vec![joined];
    }
    let all: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
    let told: Vec<String> = all.iter().filter(|word| !LEFT_OUT.contains(&word.as_str())).cloned().collect();
    if told.is_empty() { all } else { told }
}

/// The words as ISO 4 abbreviates them; a title of one word is not abbreviated.
fn abbreviated(words: &[String]) -> String {
    let short: Vec<&str> = match words {
        [only] => vec![only.as_str()],
        several => several.iter().map(|word| abbreviation(word)).collect(),
    };
    short.join(" ")
}

fn abbreviation(word: &str) -> &str {
    if let Some(short) = WORDS.0.get(word) {
        return short;
    }
    if WORDS.2.contains(word) {
        return word;
    }
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    ends.filter_map(|end| WORDS.1.get(&word[..end])).next().copied().unwrap_or(word)
}

/// Whole words and beginnings of words, each with its abbreviation; and the abbreviations.
type Words =
    (HashMap<&'static str, &'static str>, HashMap<&'static str, &'static str>, HashSet<&'static str>);

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (mut whole, mut beginnings, mut abbreviations) = (HashMap::new(), HashMap::new(), HashSet::new());
    for (word, short) in lines(include_str!("journal_words.tsv")).filter_map(|line| line.split_once('\t')) {
        abbreviations.insert(short);
        match word.strip_suffix('-') {
            Some(beginning) => beginnings.insert(beginning, short),
            None => whole.insert(word, short),
        };
    }
    (whole, beginnings, abbreviations)
});

/// Names, abbreviated, and the key of the journal that bears them; a name of two journals leads to neither.
static KNOWN: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut known: HashMap<String, String> = HashMap::new();
    let mut ambiguous: HashSet<String> = HashSet::new();
    for line in lines(include_str!("journals.tsv")) {
        let names: Vec<String> = line.split('\t').map(|name| abbreviated(&words(name))).collect();
        let Some(key) = names.first().cloned() else { continue };
        for name in names {
            if known.insert(name.clone(), key.clone()).is_some_and(|other| other != key) {
                ambiguous.insert(name);
            }
        }
    }
    known.retain(|name, _| !ambiguous.contains(name));
    known
});

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_width_and_space_do_not_part_journals() {
        let key = |printed| link(printed).map(|link| link.key);
        assert_eq!(key("Annals of Nothing"), key("ＡＮＮＡＬＳ  of nothing"));
        assert_ne!(key("Annals of Nothing"), key("Annals of Anything"));
        assert_eq!(key("  "), None);
    }

    #[test]
    fn abbreviations_and_full_names_are_one_journal() {
        use JournalMethod::{AbbreviatedWords, KnownName, SameName};
        for (one, other, want) in [
            ("New England Journal of Medicine", "N Engl J Med", AbbreviatedWords),
            ("The New England Journal of Medicine", "new england journal of medicine", SameName),
            (
                "Journal of Thoracic and Cardiovascular Surgery",
                "J. Thorac. Cardiovasc. Surg.",
                AbbreviatedWords,
            ),
            ("Journal of Vascular Surgery", "J Vasc Surg", AbbreviatedWords),
            ("Annals of Oncology", "Ann Oncol", AbbreviatedWords),
            ("American Journal of Sports Medicine", "Am J Sports Med", AbbreviatedWords),
            ("Osteoarthritis and Cartilage", "Osteoarthritis & Cartilage", SameName),
            ("European Spine Journal", "Eur Spine J", AbbreviatedWords),
            ("Clinical Orthopaedics and Related Research", "Clin Orthop Relat Res", AbbreviatedWords),
            ("International Journal of Molecular Sciences", "Int J Mol Sci", AbbreviatedWords),
            ("Journal of Clinical Microbiology", "J Clin Microbiol", AbbreviatedWords),
            ("Frontiers in Immunology", "Front Immunol", AbbreviatedWords),
            ("Translational Lung Cancer Research", "Transl Lung Cancer Res", AbbreviatedWords),
            ("Nature Communications", "Nat Commun", AbbreviatedWords),
            ("Journal of Ethnopharmacology", "J Ethnopharmacol", AbbreviatedWords),
            ("Investigative Ophthalmology & Visual Science", "Invest Ophthalmol Vis Sci", AbbreviatedWords),
            (
                "International Journal of Gynaecology and Obstetrics",
                "Int J Gynaecol Obstet",
                AbbreviatedWords,
            ),
            ("The Lancet", "Lancet", SameName),
            ("JAMA", "Journal of the American Medical Association", KnownName),
            ("PNAS", "Proc Natl Acad Sci U S A", KnownName),
            ("RBMO", "Reproductive BioMedicine Online", KnownName),
            ("Spine", "Spine (Phila Pa 1976)", KnownName),
            ("中华医学杂志（英文版）", "Chin Med J (Engl)", KnownName),
            ("中华外科杂志", "Zhonghua Wai Ke Za Zhi", KnownName),
            ("中華外科雜誌", "《中华外科杂志》", SameName),
        ] {
            assert_eq!(same_journal(one, other), Some(want), "{one} | {other}");
        }
    }

    #[test]
    fn different_journals_stay_apart() {
        for (one, other) in [
            ("中华医学杂志", "中华医学杂志（英文版）"),
            ("Journal of Surgery", "Annals of Surgery"),
            ("Cancer", "Cancer Research"),
            ("Lancet", "Lancet Oncology"),
            ("Nature", "Nature Medicine"),
            ("Surgery", "Surg"),
            ("Anesthesia and Analgesia", "Anaesthesia"),
            ("J Bone Joint Surg Am", "J Bone Joint Surg Br"),
            ("Arthritis Research", "Arthritis Care"),
        ] {
            assert_eq!(same_journal(one, other), None, "{one} | {other}");
        }
    }

    #[test]
    fn no_listed_name_is_that_of_two_journals() {
        let lines: Vec<&str> = lines(include_str!("journals.tsv")).collect();
        for line in &lines {
            let names: Vec<&str> = line.split('\t').collect();
            for name in &names {
                assert!(same_journal(names[0], name).is_some(), "{} | {name}", names[0]);
            }
        }
    }
}
