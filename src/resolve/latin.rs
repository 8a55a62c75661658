use std::collections::{BTreeMap, BTreeSet};

use super::Method;
use crate::{
    pinyin::{NameKeys, SECONDARY, SpelledName, is_spelled, name_keys, spelled_name},
    text::{Atoms, fold_key},
};

/// How sure it is that a name in Latin letters is the only contributor who can be read so.
const FULL: f64 = 0.9;
/// By a reading of a character that is not its most usual one.
const UNUSUAL: f64 = 0.85;
/// Beside a given name of another language (`Zhou Michael Yue`).
const BESIDE_ANOTHER: f64 = 0.8;
const INITIALS: f64 = 0.7;
/// Not all initials of the given name are printed.
const SOME_INITIALS: f64 = 0.6;

/// A contributor whom a name in the other script means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LatinMatch {
    pub(super) contributor: usize,
    pub(super) method: Method,
    pub(super) score: f64,
}

/// The names of a dossier's contributors, as they are read in Latin letters.
pub(super) struct LatinNames {
    forms: Vec<(usize, Form)>,
}

enum Form {
    Han(NameKeys),
    Latin(SpelledName),
}

impl Form {
    fn of(name: &str) -> Option<Form> {
        let keys = name_keys(name);
        if !keys.full.is_empty() {
            return Some(Form::Han(keys));
        }
        let spelled = spelled_name(name);
        (!spelled.is_empty()).then_some(Form::Latin(spelled))
    }
}

impl LatinNames {
    /// Takes the names of the contributors; of several of one name, the first stands for all.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut seen = BTreeSet::new();
        let forms = names.enumerate().filter(|(_, name)| seen.insert(fold_key(name)));
        Self { forms: forms.filter_map(|(index, name)| Some((index, Form::of(name)?))).collect() }
    }

    /// Finds the one contributor whom `printed` means in the other script; `None` where several may be
    /// meant, or nobody.
    ///
    /// A name in full is never taken for its initials: `Zhou Ying` is not the 周跃 whom `Zhou Y` may be.
    pub(super) fn only(&self, printed: &str) -> Option<LatinMatch> {
        let form = Form::of(printed);
        let in_full = |form: &Form| self.best(|own| full(own, form));
        if let Some(form) = &form {
            match in_full(form) {
                Found::One(contributor, score) => {
                    return Some(LatinMatch { contributor, method: Method::LatinName, score });
                }
                Found::Several => return None,
                Found::Nobody => {}
            }
        }
        if let Some(rest) = without_foreign_word(printed)
            && let Some(form) = Form::of(&rest)
            && let Found::One(contributor, _) = in_full(&form)
        {
            return Some(LatinMatch { contributor, method: Method::LatinName, score: BESIDE_ANOTHER });
        }
        match self.best(|own| initials(own, form.as_ref()?)) {
            Found::One(contributor, score) => {
                Some(LatinMatch { contributor, method: Method::Initials, score })
            }
            Found::Several | Found::Nobody => None,
        }
    }

    fn best(&self, fits: impl Fn(&Form) -> Option<f64>) -> Found {
        let mut found = self.forms.iter().filter_map(|(index, own)| Some((*index, fits(own)?)));
        match (found.next(), found.next()) {
            (Some((contributor, score)), None) => Found::One(contributor, score),
            (Some(_), Some(_)) => Found::Several,
            (None, _) => Found::Nobody,
        }
    }
}

enum Found {
    One(usize, f64),
    Several,
    Nobody,
}

/// Tells how well two forms of different script read alike as whole names.
fn full(one: &Form, other: &Form) -> Option<f64> {
    let (Form::Han(han), Form::Latin(latin)) = in_order(one, other)? else { return None };
    let typed = |key: &str| latin.full.iter().chain(&latin.loose).any(|one| one == key);
    if han.full.first().is_some_and(|key| typed(key)) {
        return Some(FULL);
    }
    han.full.iter().any(|key| typed(key.trim_start_matches(SECONDARY))).then_some(UNUSUAL)
}

/// Tells how well a surname with initials fits a name in Han.
fn initials(own: &Form, printed: &Form) -> Option<f64> {
    let (Form::Han(han), Form::Latin(latin)) = in_order(own, printed)? else { return None };
    // The initials of a whole name (`.xbs`) may be any abbreviation.
    let typed: Vec<&String> = latin.short.iter().filter(|key| !key.starts_with('.')).collect();
    let own = han.short.iter().filter(|key| !key.starts_with('.'));
    let scores = own.flat_map(|own| {
        typed.iter().filter_map(move |typed| match own.strip_prefix(typed.as_str()) {
            Some("") => Some(INITIALS),
            Some(_) => Some(SOME_INITIALS),
            None => None,
        })
    });
    scores.max_by(f64::total_cmp)
}

/// The one in Han first; `None` where both are of one script.
fn in_order<'a>(one: &'a Form, other: &'a Form) -> Option<(&'a Form, &'a Form)> {
    match (one, other) {
        (Form::Han(_), Form::Latin(_)) => Some((one, other)),
        (Form::Latin(_), Form::Han(_)) => Some((other, one)),
        _ => None,
    }
}

/// A name of three words or more without the one word that is not made of Chinese syllables.
fn without_foreign_word(printed: &str) -> Option<String> {
    let atoms = Atoms::new(printed);
    let words: Vec<&str> = (0..atoms.len()).map(|index| atoms.get(index).text).collect();
    let mut foreign = words.iter().enumerate().filter(|(_, word)| word.len() > 1 && !is_spelled(word));
    let (Some((at, _)), None) = (foreign.next(), foreign.next()) else { return None };
    let rest: Vec<&str> =
        words.iter().enumerate().filter(|&(index, _)| index != at).map(|(_, word)| *word).collect();
    (rest.len() > 1).then(|| rest.join(" "))
}

/// Finds for each name of a list the contributor meant; a contributor whom two names of one list may mean
/// is meant by neither.
pub(super) fn only_once<'a>(
    names: &LatinNames,
    list: impl Iterator<Item = &'a str>,
) -> BTreeMap<usize, (usize, LatinMatch)> {
    let mut places: BTreeMap<usize, Option<(usize, LatinMatch)>> = BTreeMap::new();
    for (at, name) in list.enumerate() {
        let Some(found) = names.only(name) else { continue };
        places.entry(found.contributor).and_modify(|known| *known = None).or_insert(Some((at, found)));
    }
    places.into_iter().filter_map(|(contributor, place)| Some((contributor, place?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latin_name_is_the_one_contributor_who_is_read_so() {
        let contributors = ["周跃", "徐一山", "刘明岩", "吕安", "欧阳一"];
        let names = LatinNames::new(contributors.into_iter());
        for (printed, want) in [
            ("Zhou Yue", Some(("周跃", Method::LatinName, FULL))),
            ("ZHOU Yue", Some(("周跃", Method::LatinName, FULL))),
            ("Yue Zhou", Some(("周跃", Method::LatinName, FULL))),
            ("Y. Zhou", Some(("周跃", Method::Initials, INITIALS))),
            ("Zhou Y", Some(("周跃", Method::Initials, INITIALS))),
            ("Zhou Ying", None),
            ("Xu Yi-Shan", Some(("徐一山", Method::LatinName, FULL))),
            ("Xu YS", Some(("徐一山", Method::Initials, INITIALS))),
            ("Xu Y", Some(("徐一山", Method::Initials, SOME_INITIALS))),
            ("Xu S", None),
            ("Liu Michael Mingyan", Some(("刘明岩", Method::LatinName, BESIDE_ANOTHER))),
            ("Liu Michael", None),
            ("Lu An", Some(("吕安", Method::LatinName, FULL))),
            ("Ou Yang Yi", Some(("欧阳一", Method::LatinName, FULL))),
            ("ZY", None),
            ("Some Company", None),
            ("周跃", None),
            ("", None),
        ] {
            let found = names.only(printed);
            let found = found.map(|one| (contributors[one.contributor], one.method, one.score));
            assert_eq!(found, want, "{printed}");
        }
    }

    #[test]
    fn where_two_may_be_meant_nobody_is() {
        let names = LatinNames::new(["周跃", "周越", "李文", "李伟"].into_iter());
        for printed in ["Zhou Yue", "Zhou Y", "Li W"] {
            assert_eq!(names.only(printed), None, "{printed}");
        }
        assert!(names.only("Li Wen").is_some());
        let reversed = LatinNames::new(["周跃", "岳周"].into_iter());
        assert_eq!(reversed.only("Zhou Yue"), None, "either word may be the surname");
        let one = LatinNames::new(["周跃"].into_iter());
        assert!(only_once(&one, ["Zhou Y", "Y. Zhou"].into_iter()).is_empty());
        assert_eq!(only_once(&one, ["Li W", "Zhou Y"].into_iter())[&0].0, 1);
        assert!(only_once(&LatinNames::new(["Zhou Yue"].into_iter()), ["周跃"].into_iter()).contains_key(&0));
    }
}
