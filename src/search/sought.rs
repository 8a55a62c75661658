use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use super::{english_name::EnglishName, name_forms::NameForms, spelling::other_spelling};
use crate::{
    analysis::{Synonym, content_words, is_common, is_function_word, numeral_form, point_form, synonyms},
    text::{fold_key, is_han},
};

/// Something to look for in the text of records: as it was typed, and what else it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sought {
    /// Mostly one; several words that name one thing together all occur.
    pub(super) words: Vec<String>,
    /// Other forms of the same, each of which will do instead.
    pub(super) forms: Vec<String>,
    /// Whether it stands for a name in the index, and so is one thing.
    pub(super) names: bool,
    /// Of several things that stand together (新生儿万古霉素) each in Latin letters, which all occur instead.
    pub(super) translated: Vec<Sought>,
}

/// A word of the query for which other forms of the same thing were searched as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Expansion {
    /// As it was typed.
    pub text: String,
    /// What else it is called.
    pub forms: Vec<String>,
    /// Who says so.
    pub source: String,
}

/// Forms of one text are no more than this: each is a search of its own.
const MAX_FORMS: usize = 16;

/// From so many words on a name in English is looked for: each time many institutions are read.
const MAX_TRIES: usize = 4;

impl Sought {
    /// Nothing but this text.
    pub(super) fn only(text: &str) -> Self {
        Self { words: vec![text.to_owned()], forms: Vec::new(), names: false, translated: Vec::new() }
    }

    /// The text, with the other forms of what it names.
    pub(super) fn with_synonyms(text: &str) -> Self {
        let found = things(text);
        let mut forms = forms(text, &found);
        forms.extend(variants(text, &forms));
        let translated = translated(text, &found);
        Self { words: vec![text.to_owned()], forms, names: false, translated }
    }

    fn with_forms(mut self, forms: impl Iterator<Item = String>) -> Self {
        self.forms.extend(forms);
        self.forms.extend(variants(&self.text(), &self.forms));
        self
    }

    /// This, or else the other.
    pub(super) fn or(mut self, other: Self) -> Self {
        self.forms.extend(other.words.into_iter().chain(other.forms));
        self
    }

    /// As it was typed.
    pub(super) fn text(&self) -> String {
        self.words.join(" ")
    }

    /// Every text that answers it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.words.iter().chain(&self.forms).map(String::as_str)
    }

    /// Every text that answers it or, together with others, a translation of it.
    pub(super) fn all_texts(&self) -> impl Iterator<Item = &str> {
        self.texts().chain(self.translated.iter().flat_map(Sought::texts))
    }
}

/// What a text names; `who` in a sentence is no WHO.
fn things(text: &str) -> Vec<Synonym> {
    let mut found = synonyms(text);
    found.retain(|one| {
        let typed = &text[one.range.clone()];
        !is_function_word(typed) || typed.contains(char::is_uppercase)
    });
    found
}

/// Puts plain words together that name one thing (`heart failure`, `N Engl J Med`), and adds what else they are
/// called.
pub(super) fn with_synonyms(words: &[&str], names: &NameForms) -> (Vec<Sought>, Vec<Expansion>) {
    let all = words.join(" ");
    let starts: Vec<usize> = words
        .iter()
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some(start)
        })
        .collect();
    let found = things(&all);
    let mut expansions: Vec<Expansion> =
        found.iter().map(|one| expansion(&all[one.range.clone()], one)).collect();
    let mut sought = Vec::with_capacity(words.len());
    let (mut at, mut tries) = (0, 0);
    while at < words.len() {
        // A thing in several words is one only where it begins and ends with a word.
        let spanning = found.iter().find(|one| one.range.start == starts[at]).and_then(|one| {
            let end = (at..words.len()).find(|&end| starts[end] + words[end].len() == one.range.end)?;
            (end > at).then_some(end)
        });
        let parts = number_in_parts(&words[at..]).or_else(|| prefixed_number(&words[at..]));
        let (end, full) = match spanning.or_else(|| Some(at + parts?.checked_sub(1)?)) {
            Some(end) => (end, Vec::new()),
            None => {
                let english = EnglishName::read(&words[at..]).filter(|_| tries < MAX_TRIES);
                tries += usize::from(english.is_some());
                let named = journal(&words[at..], names)
                    .or_else(|| names.read(&words[at..], english.as_ref()))
                    .or_else(|| {
                        names.initialled(&words[at..]).filter(|(count, _)| is_no_term(&words[at..at + count]))
                    });
                named.map_or((at, Vec::new()), |(count, full)| (at + count - 1, full))
            }
        };
        let text = words[at..=end].join(" ");
        let whole = end + 1 - at == words.len();
        let found = if whole { found.clone() } else { things(&text) };
        let mut forms = forms(&text, &found);
        let same = names.same_institution(&text);
        if !same.is_empty() {
            let source = "another name of the institution".to_owned();
            expansions.push(Expansion { text: text.clone(), forms: same.clone(), source });
        }
        let short = forms.iter().chain([&text]).flat_map(|text| names.institutions(text));
        let full = full.into_iter().chain(short).chain(names.companies(&text)).chain(names.called(&text));
        let full: Vec<String> = full.map(str::to_owned).collect();
        let named = !full.is_empty();
        if named {
            let source = "a name in the index that this stands for".to_owned();
            expansions.push(Expansion { text: text.clone(), forms: full.clone(), source });
        }
        forms.extend(parts.is_some().then(|| words[at..=end].concat()));
        forms.extend(full);
        forms.extend(same);
        forms.truncate(MAX_FORMS);
        forms.extend(variants(&text, &forms));
        let printed = words[at..=end].iter().map(|word| (*word).to_owned());
        let translated = translated(&text, &found);
        sought.push(Sought { forms, words: printed.collect(), names: named, translated });
        at = end + 1;
    }
    (sought, expansions)
}

/// Each of the things that a text in Han is made of in Latin letters; none where it says anything else that is no word
/// which any project uses, or only one.
fn translated(text: &str, found: &[Synonym]) -> Vec<Sought> {
    let ranges = found.iter().map(|one| one.range.clone());
    if found.len() < 2 || !text.chars().all(is_han) || !beside(text, ranges).all(says_nothing) {
        return Vec::new();
    }
    let parts = found.iter().map(|one| {
        let latin = others(&text[one.range.clone()], one).filter(|form| !form.contains(is_han));
        let mut forms = latin.map(str::to_owned);
        Some(Sought::only(&forms.next()?).with_forms(forms))
    });
    parts.collect::<Option<Vec<Sought>>>().unwrap_or_default()
}

/// Tells whether a text is made of function words and of words that any project uses of itself: 评估, 的研究.
fn says_nothing(text: &str) -> bool {
    let words = content_words(text);
    let ranges = words.iter().map(|word| word.start..word.end);
    words.iter().all(|word| is_common(&word.text))
        && beside(text, ranges).all(|part| part.is_empty() || is_function_word(part))
}

/// What of a text stands before, between and behind ranges that follow each other.
fn beside(text: &str, ranges: impl Iterator<Item = Range<usize>> + Clone) -> impl Iterator<Item = &str> {
    let ends = std::iter::once(0).chain(ranges.clone().map(|range| range.end));
    let starts = ranges.map(|range| range.start).chain([text.len()]);
    ends.zip(starts).map(|(end, start)| &text[end..start])
}

/// How many words, digits all of them but for a check digit, may be one number that was typed in parts: `2017 1118 6270.X`.
fn number_in_parts(words: &[&str]) -> Option<usize> {
    /// Shorter ones are years, volumes and pages.
    const FEWEST: usize = 10;
    /// Of a Chinese patent; what is shorter ends in a decimal fraction.
    const WITH_CHECK_DIGIT: usize = 13;
    let is_part = |word: &&&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let with_check_digit = |word: &&&str| {
        let (number, check) = word.split_at_checked(word.len().saturating_sub(2)).unwrap_or_default();
        !number.is_empty()
            && is_part(&&number)
            && matches!(check.as_bytes(), [b'.', b'0'..=b'9' | b'X' | b'x'])
    };
    let plain = words.iter().take_while(is_part).count();
    let count = plain + usize::from(words.get(plain).as_ref().is_some_and(with_check_digit));
    let digits = words[..count].concat().bytes().filter(u8::is_ascii_alphanumeric).count();
    let fewest = if count > plain { WITH_CHECK_DIGIT } else { FEWEST };
    (count > 1 && digits >= fewest).then_some(count)
}

/// How many words are the number of a Chinese patent in parts behind its letters: `ZL 2017 1 1186270.X`, which may be
/// printed without them.
fn prefixed_number(words: &[&str]) -> Option<usize> {
    /// With the check digit or without.
    const DIGITS: std::ops::RangeInclusive<usize> = 12..=13;
    let (prefix, rest) = words.split_first()?;
    let digits = |count: &usize| rest[..*count].concat().chars().filter(char::is_ascii_alphanumeric).count();
    let is_prefix = ["zl", "cn"].iter().any(|known| known.eq_ignore_ascii_case(prefix));
    let counts = 1..=number_in_parts(rest).filter(|_| is_prefix)?;
    counts.rev().find(|count| DIGITS.contains(&digits(count))).map(|count| count + 1)
}

/// How many of the words name a journal, and its names.
fn journal<'a>(words: &[&str], names: &'a NameForms) -> Option<(usize, Vec<&'a str>)> {
    const MOST: usize = 10;
    (1..=words.len().min(MOST)).rev().find_map(|count| {
        let found = names.journals(&words[..count].join(" "));
        (!found.is_empty()).then_some((count, found))
    })
}

/// Tells whether words name nothing but perhaps a person: `Long QT` may be a part of what one is ill with.
fn is_no_term(words: &[&str]) -> bool {
    let alone = || words.iter().flat_map(|word| things(word));
    things(&words.join(" ")).into_iter().chain(alone()).next().is_none()
}

fn expansion(text: &str, synonym: &Synonym) -> Expansion {
    Expansion {
        text: text.to_owned(),
        forms: others(text, synonym).map(str::to_owned).collect(),
        source: synonym.of.source.to_owned(),
    }
}

/// What differs in spelling only: numerals of the other kind, British and American words, the other number of a
/// Latin word.
fn variants(text: &str, forms: &[String]) -> Vec<String> {
    let texts = || [text].into_iter().chain(forms.iter().map(String::as_str));
    let spellings: Vec<String> = texts().filter_map(other_spelling).collect();
    let numbers: Vec<String> =
        texts().chain(spellings.iter().map(String::as_str)).filter_map(other_number).collect();
    let all = numeral_form(text).into_iter().chain(point_form(text)).chain(spellings).chain(numbers);
    all.filter(|form| !forms.contains(form)).take(MAX_FORMS).collect()
}

/// The plural of a text that ends with a Latin word, or its singular.
fn other_number(text: &str) -> Option<String> {
    const SHORTEST: usize = 4;
    let word = text.rsplit(|c: char| !c.is_ascii_alphabetic()).next()?;
    let lower = word.chars().all(|c| c.is_ascii_lowercase());
    let plural = word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    match plural {
        _ if word.len() < SHORTEST || !lower => None,
        true => Some(text[..text.len() - 1].to_owned()),
        false if word.ends_with('s') => None,
        false => Some(format!("{text}s")),
    }
}

fn others<'a>(text: &'a str, synonym: &'a Synonym) -> impl Iterator<Item = &'static str> + 'a {
    let typed = fold_key(text);
    synonym.of.forms.iter().copied().filter(move |form| fold_key(form) != typed)
}

/// The text with every choice of other forms for the things it names.
fn forms(text: &str, found: &[Synonym]) -> Vec<String> {
    let mut forms = vec![text.to_owned()];
    // From the last on, so that the places of those before it stay.
    for one in found.iter().rev() {
        let printed = &text[one.range.clone()];
        let choices: Vec<String> = others(printed, one)
            .flat_map(|form| {
                forms.iter().map(move |before| {
                    format!("{}{form}{}", &before[..one.range.start], &before[one.range.end..])
                })
            })
            .collect();
        forms.extend(choices);
        forms.truncate(MAX_FORMS + 1);
    }
    forms.remove(0);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &[&str]) -> String {
        let (sought, _) = with_synonyms(words, &NameForms::default());
        let one = |one: &Sought| format!("{}={}", one.words.join("+"), one.forms.len());
        sought.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_that_name_one_thing_are_sought_together() {
        assert_eq!(shown(&["brain-computer", "interface"]), "brain-computer+interface=4");
        assert_eq!(shown(&["the", "heart", "failure", "甲"]), "the=0 heart+failure=3 甲=0");
        assert_eq!(shown(&["wheart", "failure"]), "wheart=1 failure=1");
        assert_eq!(shown(&["ZL", "2017", "1118", "6270", "2019"]), "ZL+2017+1118+6270=1 2019=0");
        assert_eq!(shown(&["2015", "2088", "7133.5", "1.5"]), "2015+2088+7133.5=1 1.5=0");
        assert_eq!(shown(&["2017", "2018", "3.5"]), "2017=0 2018=0 3.5=0");
        assert_eq!(shown(&["2018", "1", "0276503.X"]), "2018+1+0276503.X=1");
        assert_eq!(shown(&["zl", "2018", "1", "0276503.X", "甲"]), "zl+2018+1+0276503.X=1 甲=0");
        assert_eq!(shown(&["2017", "2018", "甲"]), "2017=0 2018=0 甲=0");
        assert_eq!(shown(&["who", "WHO"]), "who=0 WHO=5");
    }

    #[test]
    fn latin_words_are_sought_in_both_numbers() {
        for (text, want) in [
            ("stem cell", Some("stem cells")),
            ("stem cells", Some("stem cell")),
            ("virus", None),
            ("ECMO", None),
            ("gene", Some("genes")),
            ("ace", None),
            ("甲", None),
        ] {
            assert_eq!(other_number(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn things_that_stand_together_are_translated_each() {
        let read = |text: &str| {
            let parts = Sought::with_synonyms(text).translated;
            parts.iter().map(|part| part.texts().collect::<Vec<_>>().join("|")).collect::<Vec<_>>()
        };
        let parts = read("新生儿万古霉素");
        assert!(
            parts.len() == 2 && parts[0].contains("neonate") && parts[1].contains("vancomycin"),
            "{parts:?}"
        );
        assert_eq!(read("新生儿的万古霉素评估"), parts);
        for whole in ["万古霉素", "新生儿万古霉素甲", "新生儿甲病万古霉素", "neonate vancomycin"]
        {
            assert!(read(whole).is_empty(), "{whole}");
        }
    }

    #[test]
    fn every_choice_of_forms_is_a_text() {
        let text = "ECMO救治心衰";
        let forms = forms(text, &things(text));
        assert!(forms.contains(&"体外膜肺氧合救治心力衰竭".to_owned()), "{forms:?}");
        assert!(forms.contains(&"ECMO救治心力衰竭".to_owned()));
        assert!(!forms.contains(&text.to_owned()));
        let many = "ECMO、房颤、心衰、ICU、CT";
        assert_eq!(super::forms(many, &synonyms(many)).len(), MAX_FORMS);
    }
}
