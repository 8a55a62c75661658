use std::collections::{BTreeMap, BTreeSet};

use super::{
    InstitutionLink, Method,
    latin::{LatinNames, only_once},
};
use crate::{
    domain::{Contributor, REMOVED},
    text::fold_key,
};

/// A person as a contributor's row names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLink {
    /// Equal keys are one person.
    pub key: String,
    /// As printed.
    pub name: String,
    /// Why.
    pub method: Method,
}

/// A contributor's name on a paper or a right.
#[derive(Debug, Clone, PartialEq)]
pub struct Appearance {
    /// Index among the dossier's contributors.
    pub contributor: usize,
    /// Index among the authors or holders; behind them for a corresponding author who is not listed.
    pub position: usize,
    /// Stands among the corresponding authors.
    pub corresponding: bool,
    /// The name as it stands there.
    pub printed: String,
    /// Why it is the contributor's.
    pub method: Method,
    /// How sure that is, 0 to 1.
    pub score: f64,
}

/// Finds the person of a printed name; `None` where nothing is printed or the person is not to be shown.
///
/// A name alone tells nobody apart: without an institution the person ends with the dossier.
pub(super) fn link(
    printed: &str,
    institution: Option<&InstitutionLink>,
    dossier_id: &str,
) -> Option<PersonLink> {
    let name_key = fold_key(printed);
    if name_key.is_empty() || printed == REMOVED {
        return None;
    }
    let (key, method) = match institution {
        Some(institution) => (format!("{name_key}\u{1f}{}", institution.key), Method::SameNameAndInstitution),
        None => (format!("{name_key}\u{1f}\u{1f}{dossier_id}"), Method::SameNameInDossier),
    };
    Some(PersonLink { key, name: printed.trim().to_owned(), method })
}

/// The contributors of a dossier by their names.
pub(super) struct Contributors {
    by_name: BTreeMap<String, Vec<usize>>,
    latin: LatinNames,
}

impl Contributors {
    pub(super) fn new(contributors: &[Contributor]) -> Self {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, contributor) in contributors.iter().enumerate() {
            by_name.entry(fold_key(&contributor.name)).or_default().push(index);
        }
        by_name.remove("");
        by_name.remove(&fold_key(REMOVED));
        // Who is not to be shown has no name, and keeps the place.
        let names = contributors.iter().map(|contributor| contributor.name.as_str());
        let latin = LatinNames::new(names.map(|name| if name == REMOVED { "" } else { name }));
        Self { by_name, latin }
    }

    /// Finds those whose names stand in a list of authors or holders, in its order.
    ///
    /// Two contributors of one name both stand there: the list does not tell which of them is meant.
    pub(super) fn appearances(&self, names: &[String], corresponding: &[String]) -> Vec<Appearance> {
        let (listed, corresponds) = (self.named(names), self.named(corresponding));
        let keys: BTreeSet<&String> = listed.keys().chain(corresponds.keys()).copied().collect();
        let mut found = Vec::new();
        for key in keys {
            let behind = corresponds.get(key);
            let (at, name, (method, score)) = match (listed.get(key), behind) {
                (Some(&(at, method, score)), _) => (at, &names[at], (method, score)),
                (None, Some(&(at, method, score))) => (names.len() + at, &corresponding[at], (method, score)),
                (None, None) => continue,
            };
            let namesakes = self.by_name.get(key).into_iter().flatten();
            found.extend(namesakes.map(|&contributor| Appearance {
                contributor,
                position: at,
                corresponding: behind.is_some(),
                printed: name.trim().to_owned(),
                method,
                score,
            }));
        }
        found.sort_by_key(|appearance| (appearance.position, appearance.contributor));
        found
    }

    /// Where the names of contributors stand first in a list, by folded name: as they are printed in their
    /// rows, else in the other script.
    fn named(&self, list: &[String]) -> BTreeMap<&String, (usize, Method, f64)> {
        let mut places = BTreeMap::new();
        for (at, name) in list.iter().enumerate() {
            if let Some((key, _)) = self.by_name.get_key_value(&fold_key(name)) {
                places.entry(key).or_insert((at, Method::SameName, Method::SameName.score()));
            }
        }
        for (contributor, (at, found)) in only_once(&self.latin, list.iter().map(String::as_str)) {
            let own = self.by_name.iter().find(|(_, bearers)| bearers.contains(&contributor));
            let is_another = self.by_name.contains_key(&fold_key(&list[at]));
            if let Some((key, _)) = own.filter(|_| !is_another) {
                places.entry(key).or_insert((at, found.method, found.score));
            }
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(key: &str) -> InstitutionLink {
        let (key, name, printed) = (key.into(), key.into(), key.into());
        InstitutionLink { key, name, printed, method: Method::SameName, evidence: None, score: 100 }
    }

    #[test]
    fn one_name_at_two_institutions_is_two_people() {
        let key = |name, institution: Option<&str>, dossier| {
            link(name, institution.map(at).as_ref(), dossier).map(|link| link.key)
        };
        assert_eq!(key("陳一", Some("甲医院"), "d1"), key("陈 一", Some("甲医院"), "d2"));
        assert_ne!(key("陈一", Some("甲医院"), "d1"), key("陈一", Some("乙医院"), "d1"));
        assert_ne!(key("陈一", None, "d1"), key("陈一", None, "d2"));
        assert_ne!(key("陈一", None, "甲医院"), key("陈一", Some("甲医院"), "d1"));
        assert_eq!(key("　", Some("甲医院"), "d1"), None);
    }

    #[test]
    fn a_corresponding_author_need_not_be_an_author() {
        let contributors =
            ["陈一", "林二"].map(|name| Contributor { name: name.into(), ..Contributor::default() });
        let found =
            Contributors::new(&contributors).appearances(&["王五".into(), "林 二".into()], &["陳一".into()]);
        let places: Vec<_> = found
            .iter()
            .map(|one| (one.contributor, one.position, one.corresponding, one.printed.as_str()))
            .collect();
        assert_eq!(places, [(1, 1, false, "林 二"), (0, 2, true, "陳一")]);
    }

    #[test]
    fn a_name_in_latin_letters_is_weaker_than_one_printed_as_in_the_row() {
        let contributors =
            ["周跃", "林二"].map(|name| Contributor { name: name.into(), ..Contributor::default() });
        let names = ["Lin Er", "Zhou Y", "林二"].map(str::to_owned);
        let found = Contributors::new(&contributors).appearances(&names, &["Zhou Yue".into()]);
        let places: Vec<_> =
            found.iter().map(|one| (one.contributor, one.position, one.corresponding, one.method)).collect();
        assert_eq!(places, [(0, 1, true, Method::Initials), (1, 2, false, Method::SameName)]);
    }
}
