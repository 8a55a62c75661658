use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::{Atoms, numbered::ends_with_point, words::word_edges};

/// One thing and the forms under which it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonyms {
    /// All forms, as they are printed.
    pub forms: Vec<&'static str>,
    /// Who uses them alike: a descriptor of MeSH, a reform of state bodies, common use.
    pub source: &'static str,
}

/// A form of a thing that stands in a text.
#[derive(Debug, Clone)]
pub struct Synonym {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// What else it is called.
    pub of: &'static Synonyms,
}

struct Dictionary {
    things: Vec<Synonyms>,
    /// The atoms of a form, parted by blanks, and the thing it names.
    by_atoms: HashMap<String, usize>,
    /// The most atoms of a form that its first atom opens.
    longest: HashMap<String, usize>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let files = [include_str!("synonyms.tsv"), include_str!("terms.tsv")];
    let lines = files.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#'));
    let mut dictionary = Dictionary { things: Vec::new(), by_atoms: HashMap::new(), longest: HashMap::new() };
    for (forms, source) in lines.filter_map(|line| line.split_once('\t')) {
        let forms: Vec<&str> = forms.split(" = ").collect();
        for form in &forms {
            let atoms = Atoms::new(form);
            if atoms.is_empty() {
                continue;
            }
            let longest = dictionary.longest.entry(atoms.get(0).text.to_owned()).or_default();
            *longest = atoms.len().max(*longest);
            dictionary.by_atoms.insert(key(&atoms, 0..atoms.len()), dictionary.things.len());
        }
        dictionary.things.push(Synonyms { forms, source });
    }
    dictionary
});

/// Finds the things of the list that a text names, the longest form at every place, without overlaps. Han forms, or
/// several that follow each other, begin and end with a word: 预后 does not stand in 干预后.
pub fn synonyms(text: &str) -> Vec<Synonym> {
    let found = anywhere(text);
    if found.iter().all(|one| one.range == (0..text.len()) || text[one.range.clone()].is_ascii()) {
        return found;
    }
    let edges = word_edges(text);
    let is_word = |run: &[Synonym]| {
        let ([first, ..], [.., last]) = (run, run) else { return false };
        edges.contains(&first.range.start) && edges.contains(&last.range.end)
    };
    let mut words = Vec::with_capacity(found.len());
    for run in found.chunk_by(|one, next| one.range.end == next.range.start) {
        // As many as can be from each on.
        let mut rest = run;
        while let [first, behind @ ..] = rest {
            let count = (1..=rest.len()).rev().find(|count| is_word(&rest[..*count]));
            if let Some(count) = count {
                words.extend_from_slice(&rest[..count]);
                rest = &rest[count..];
            } else {
                words.extend(text[first.range.clone()].is_ascii().then(|| first.clone()));
                rest = behind;
            }
        }
    }
    words
}

fn anywhere(text: &str) -> Vec<Synonym> {
    let dictionary = &*DICTIONARY;
    let atoms = Atoms::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let longest = dictionary.longest.get(atoms.get(at).text).copied().unwrap_or(0);
        let ends = (at + 1..=(at + longest).min(atoms.len())).rev();
        let known =
            ends.into_iter().find_map(|end| Some((end, *dictionary.by_atoms.get(&key(&atoms, at..end))?)));
        let Some((end, thing)) = known else {
            at += 1;
            continue;
        };
        let range = atoms.get(at).start..atoms.get(end - 1).end;
        found.push(Synonym { range, of: &dictionary.things[thing] });
        at = end;
    }
    found
}

/// The text with the other kind of numerals before a measure or behind a point: 五年生存率 and 5年生存率, 创新点四 and
/// 创新点4. `None` where there is none.
pub fn numeral_form(text: &str) -> Option<String> {
    const HAN: [char; 11] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    const MEASURES: &str = "年月周天日期级型代次例项所家岁";
    let chars: Vec<char> = text.chars().collect();
    let is_numeral = |at: usize| chars.get(at).is_some_and(|c| c.is_ascii_digit() || HAN.contains(c));
    let mut changed = false;
    let other = |at: usize| -> Option<String> {
        let alone = !is_numeral(at.wrapping_sub(1)) && !is_numeral(at + 1);
        let measured = chars.get(at + 1).is_some_and(|c| MEASURES.contains(*c))
            && chars.get(at.wrapping_sub(1)) != Some(&'第');
        let c = chars[at];
        let counted = is_numeral(at) && ends_with_point(&String::from_iter(&chars[..at]));
        match HAN.iter().position(|han| *han == c) {
            Some(number) if alone && (measured || counted) => Some(number.to_string()),
            None if alone && (measured || counted) => {
                Some(HAN[usize::try_from(c.to_digit(10)?).ok()?].to_string())
            }
            _ => None,
        }
    };
    let form = (0..chars.len()).map(|at| match other(at) {
        Some(numeral) => {
            changed = true;
            numeral
        }
        None => chars[at].to_string(),
    });
    let form: String = form.collect();
    changed.then_some(form)
}

/// All Han forms, which segmenting keeps whole.
pub(super) fn han_forms() -> impl Iterator<Item = &'static str> {
    let forms = DICTIONARY.things.iter().flat_map(|thing| &thing.forms).copied();
    forms.filter(|form| form.chars().all(crate::text::is_han))
}

/// Atoms with their distances: `A B` and `A，B` differ.
fn key(atoms: &Atoms, range: Range<usize>) -> String {
    let first = atoms.get(range.start).position;
    let words = range.map(|index| (atoms.get(index).position - first, atoms.get(index).text));
    words.fold(String::new(), |key, (at, word)| format!("{key}{at} {word} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_found_in_any_spelling_the_longest_first() {
        for (text, want) in [
            ("ecmo", "ecmo"),
            ("用ＥＣＭＯ救治", "ＥＣＭＯ"),
            ("體外膜肺氧合", "體外膜肺氧合"),
            ("extracorporeal  membrane oxygenation", "extracorporeal  membrane oxygenation"),
            ("国家卫健委", "国家卫健委"),
            ("上海市卫健委", "卫健委"),
            ("TNFα", "TNFα"),
            ("膜，肺氧合", ""),
            ("ECMOX", ""),
            ("干预后", ""),
            ("改善预后", "预后"),
            ("供肝脂肪变性", "供肝脂肪变性"),
        ] {
            let found: Vec<&str> = synonyms(text).into_iter().map(|one| &text[one.range]).collect();
            assert_eq!(found.concat(), want, "{text}");
        }
    }

    #[test]
    fn numerals_before_a_measure_have_two_forms() {
        for (text, want) in [
            ("五年生存率", Some("5年生存率")),
            ("5年生存率", Some("五年生存率")),
            ("二型 3期", Some("2型 三期")),
            ("创新点四", Some("创新点4")),
            ("创新点4", Some("创新点四")),
            ("论文四", None),
            ("十五年", None),
            ("2015年", None),
            ("第二例", None),
            ("一种装置", None),
            ("", None),
        ] {
            assert_eq!(numeral_form(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn every_line_names_one_thing_with_its_source() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for thing in &DICTIONARY.things {
            assert!(thing.forms.len() > 1, "{:?} has one form", thing.forms);
            assert!(
                ["MeSH ", "GOV ", "USE", "CL ", "HGNC ", "ChEBI ", "FMA ", "GO ", "INN "]
                    .iter()
                    .any(|kind| thing.source.starts_with(kind)),
                "{}",
                thing.source
            );
            for form in &thing.forms {
                let atoms = Atoms::new(form);
                assert!(!atoms.is_empty(), "{form} holds nothing that can be searched");
                let other = seen.insert(key(&atoms, 0..atoms.len()), thing.forms[0]);
                assert!(other.is_none_or(|other| other == thing.forms[0]), "{form} stands in two lines");
            }
        }
    }
}
