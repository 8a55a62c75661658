use std::collections::{BTreeMap, BTreeSet};

use super::{
    Method,
    alias::{names_after, names_within},
};
use crate::{domain::Dossier, text::fold_key};

/// An institution as it is named somewhere in a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionLink {
    /// Equal keys are one institution.
    pub key: String,
    /// As printed; of an alias, the institution's own name.
    pub name: String,
    /// Why.
    pub method: Method,
    /// The sentence that says so, where the method rests on one.
    pub evidence: Option<String>,
}

/// Another name of a completing institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionAlias {
    /// Key of the institution.
    pub institution: String,
    /// As printed.
    pub name: String,
    /// Key under which the name stands where nothing says whose it is.
    pub key: String,
    /// The sentence that says so.
    pub evidence: String,
    /// The field of the dossier in which the sentence stands: `institutions[2].contribution`.
    pub field: String,
}

/// Collects the other names that a dossier prints for its completing institutions, each once.
pub(super) fn printed_aliases(dossier: &Dossier) -> Vec<InstitutionAlias> {
    let mut aliases: Vec<InstitutionAlias> = Vec::new();
    let mut known = BTreeSet::new();
    for (index, institution) in dossier.institutions.iter().enumerate() {
        let key = fold_key(&institution.name);
        if key.is_empty() {
            continue;
        }
        let within = names_within(&institution.name)
            .into_iter()
            .map(|name| (name, institution.name.trim().to_owned(), "name"));
        let after = names_after(institution.contribution.as_deref().unwrap_or_default(), &institution.name)
            .into_iter()
            .map(|(name, sentence)| (name, sentence, "contribution"));
        for (name, evidence, field) in within.chain(after) {
            let name_key = fold_key(&name);
            if name_key != key && known.insert((key.clone(), name_key.clone())) {
                let (institution, field) = (key.clone(), format!("institutions[{index}].{field}"));
                aliases.push(InstitutionAlias { institution, name, key: name_key, evidence, field });
            }
        }
    }
    aliases
}

/// The names by which a dossier calls its completing institutions.
pub(super) struct Names<'d> {
    own: BTreeMap<String, &'d str>,
    /// `None` where two institutions bear the alias.
    aliases: BTreeMap<String, Option<&'d InstitutionAlias>>,
}

impl<'d> Names<'d> {
    /// Gathers the names of `dossier`; the first printing of a name is the one shown.
    pub(super) fn new(dossier: &'d Dossier, aliases: &'d [InstitutionAlias]) -> Self {
        let mut names = Names { own: BTreeMap::new(), aliases: BTreeMap::new() };
        for institution in &dossier.institutions {
            names.own.entry(fold_key(&institution.name)).or_insert_with(|| institution.name.trim());
        }
        for alias in aliases {
            names
                .aliases
                .entry(fold_key(&alias.name))
                .and_modify(|known| {
                    if known.is_some_and(|known| known.institution != alias.institution) {
                        *known = None;
                    }
                })
                .or_insert(Some(alias));
        }
        names
    }

    /// Finds the institution of a printed name; `None` where nothing is printed.
    pub(super) fn link(&self, printed: &str) -> Option<InstitutionLink> {
        let key = fold_key(printed);
        if key.is_empty() {
            return None;
        }
        if let Some(name) = self.own.get(&key) {
            let name = (*name).to_owned();
            return Some(InstitutionLink { key, name, method: Method::SameName, evidence: None });
        }
        if let Some(alias) = self.aliases.get(&key).copied().flatten()
            && let Some(name) = self.own.get(&alias.institution)
        {
            return Some(InstitutionLink {
                key: alias.institution.clone(),
                name: (*name).to_owned(),
                method: Method::PrintedAlias,
                evidence: Some(alias.evidence.clone()),
            });
        }
        Some(InstitutionLink {
            key,
            name: printed.trim().to_owned(),
            method: Method::SameName,
            evidence: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Institution;

    fn dossier(institutions: &[(&str, &str)]) -> Dossier {
        let institutions = institutions
            .iter()
            .map(|(name, contribution)| Institution {
                name: (*name).into(),
                contribution: Some((*contribution).into()),
                ..Institution::default()
            })
            .collect();
        Dossier { institutions, ..Dossier::default() }
    }

    #[test]
    fn an_alias_leads_to_the_institution_with_its_evidence() {
        let dossier = dossier(&[
            ("甲大学第二附属医院", "简介。甲大学第二附属医院（重庆乙医院）是牵头单位。其余。"),
            ("丙公司", ""),
        ]);
        let aliases = printed_aliases(&dossier);
        assert_eq!(aliases.len(), 1);
        assert_eq!(aliases[0].field, "institutions[0].contribution");
        let link = Names::new(&dossier, &aliases).link("重慶乙醫院").expect("named");
        assert_eq!((link.name.as_str(), link.method), ("甲大学第二附属医院", Method::PrintedAlias));
        assert_eq!(link.evidence.as_deref(), Some("甲大学第二附属医院（重庆乙医院）是牵头单位。"));
    }

    #[test]
    fn a_name_in_brackets_within_the_name_is_an_alias() {
        let dossier = dossier(&[("甲市第一医院（乙大学附属医院）", "")]);
        let aliases = printed_aliases(&dossier);
        let names = Names::new(&dossier, &aliases);
        let key = names.link("甲市第一医院（乙大学附属医院）").map(|link| link.key);
        assert_eq!(names.link("甲市第一医院").map(|link| link.key), key);
        assert_eq!(names.link("乙大学附属医院").map(|link| link.key), key);
    }

    #[test]
    fn an_alias_of_two_institutions_leads_to_neither() {
        let dossier = dossier(&[
            ("甲大学附属医院", "甲大学附属医院（丁医院）"),
            ("乙大学附属医院", "乙大学附属医院（丁医院）"),
        ]);
        let aliases = printed_aliases(&dossier);
        let link = Names::new(&dossier, &aliases).link("丁医院").expect("named");
        assert_eq!((link.key.as_str(), link.method), ("丁医院", Method::SameName));
    }

    #[test]
    fn an_own_name_is_stronger_than_an_alias() {
        let dossier = dossier(&[("甲大学附属医院", "甲大学附属医院（丁医院）"), ("丁医院", "")]);
        let aliases = printed_aliases(&dossier);
        let link = Names::new(&dossier, &aliases).link("丁医院").expect("named");
        assert_eq!((link.key.as_str(), link.method), ("丁医院", Method::SameName));
    }
}
