use std::collections::{BTreeMap, BTreeSet};

use super::{InstitutionLink, Method};
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// Index among the dossier's contributors.
    pub contributor: usize,
    /// Index among the authors or holders; behind them for a corresponding author who is not listed.
    pub position: usize,
    /// Stands among the corresponding authors.
    pub corresponding: bool,
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
pub(super) struct Contributors(BTreeMap<String, Vec<usize>>);

impl Contributors {
    pub(super) fn new(contributors: &[Contributor]) -> Self {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, contributor) in contributors.iter().enumerate() {
            by_name.entry(fold_key(&contributor.name)).or_default().push(index);
        }
        by_name.remove("");
        by_name.remove(&fold_key(REMOVED));
        Self(by_name)
    }

    /// Finds those whose names stand in a list of authors or holders, in its order.
    ///
    /// Two contributors of one name both stand there: the list does not tell which of them is meant.
    pub(super) fn appearances(&self, names: &[String], corresponding: &[String]) -> Vec<Appearance> {
        let first = |names: &[String]| {
            let mut places = BTreeMap::new();
            for (at, name) in names.iter().enumerate() {
                places.entry(fold_key(name)).or_insert(at);
            }
            places
        };
        let (listed, corresponds) = (first(names), first(corresponding));
        let keys: BTreeSet<&String> = listed.keys().chain(corresponds.keys()).collect();
        let mut found = Vec::new();
        for key in keys {
            let behind = corresponds.get(key).map(|at| names.len() + at);
            let Some(position) = listed.get(key).copied().or(behind) else { continue };
            let namesakes = self.0.get(key).into_iter().flatten();
            found.extend(namesakes.map(|&contributor| Appearance {
                contributor,
                position,
                corresponding: behind.is_some(),
            }));
        }
        found.sort_by_key(|appearance| (appearance.position, appearance.contributor));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(key: &str) -> InstitutionLink {
        InstitutionLink { key: key.into(), name: key.into(), method: Method::SameName, evidence: None }
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
        assert_eq!(
            found,
            [
                Appearance { contributor: 1, position: 1, corresponding: false },
                Appearance { contributor: 0, position: 2, corresponding: true },
            ]
        );
    }
}
