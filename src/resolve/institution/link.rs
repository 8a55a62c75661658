use std::collections::{BTreeMap, BTreeSet};

use super::{
    InstitutionAlias, NamedInstitution,
    affiliation::{Affiliation, read_affiliation},
    authority, canonical, canonical_name,
    form::form,
    short_form::{is_contracted, is_generic, is_short_form},
    spelling::look_alike,
};
use crate::{domain::Dossier, resolve::Method, text::fold_key};

/// An institution as it is named somewhere in a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionLink {
    /// Equal keys are one institution.
    pub key: String,
    /// The legal name where it is known, else as printed; of an alias, the institution's own name.
    pub name: String,
    /// As printed here, without what stands around it.
    pub printed: String,
    /// Why.
    pub method: Method,
    /// What says so, where the method rests on more than the name: a sentence, a row of the authority list.
    pub evidence: Option<String>,
    /// How sure it is, in percent.
    pub score: u8,
}

/// A completing institution.
struct Own<'d> {
    /// As it is shown.
    name: String,
    /// As printed, without what stands around it, folded.
    folded: String,
    rank: Option<u32>,
    /// As the dossier's table prints it.
    cell: &'d str,
}

/// The names by which a dossier calls its completing institutions.
pub(in crate::resolve) struct Names<'d> {
    own: BTreeMap<String, Own<'d>>,
    /// `None` where two institutions bear the alias.
    aliases: BTreeMap<String, Option<&'d InstitutionAlias>>,
}

/// What was found, before it is known what stands around the name.
struct Match {
    key: String,
    name: String,
    method: Method,
    evidence: Option<String>,
    score: u8,
}

impl<'d> Names<'d> {
    /// Gathers the names of `dossier`; the first printing of a name is the one shown.
    pub(in crate::resolve) fn new(dossier: &'d Dossier, aliases: &'d [InstitutionAlias]) -> Self {
        let mut names = Names { own: BTreeMap::new(), aliases: BTreeMap::new() };
        for institution in &dossier.institutions {
            let canonical = canonical_name(&institution.name);
            let Some(first) = read_affiliation(&institution.name).institutions.into_iter().next() else {
                continue;
            };
            names.own.entry(canonical.key).or_insert_with(|| Own {
                name: canonical.name,
                folded: fold_key(&first.body()),
                rank: institution.rank,
                cell: &institution.name,
            });
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

    /// Finds the institution of a printed name or affiliation; `None` where nothing is printed. Of several that
    /// a cell names, the first of [`Self::links`] is meant.
    pub(in crate::resolve) fn link(&self, printed: &str) -> Option<InstitutionLink> {
        self.links(printed).into_iter().next()
    }

    /// Finds all institutions that a cell names: completing institutions of the dossier first, then in the order
    /// of the cell; a university is left out beside its hospital.
    pub(in crate::resolve) fn links(&self, printed: &str) -> Vec<InstitutionLink> {
        let read = read_affiliation(printed);
        let mut links: Vec<InstitutionLink> = Vec::new();
        for named in &read.institutions {
            let link = self.link_named(printed, named, &read);
            if !link.key.is_empty() && !links.iter().any(|known| known.key == link.key) {
                links.push(link);
            }
        }
        let keys: Vec<String> = links.iter().map(|link| link.key.clone()).collect();
        let above = |key: &String| {
            keys.iter().any(|other| other.len() > key.len() && other.starts_with(key.as_str()))
        };
        links.retain(|link| self.own.contains_key(&link.key) || !above(&link.key));
        links.sort_by_key(|link| !self.own.contains_key(&link.key));
        links
    }

    fn link_named(&self, printed: &str, named: &NamedInstitution, read: &Affiliation) -> InstitutionLink {
        let body = named.body();
        let mut found = self.within(&body, named).unwrap_or_else(|| alone(&body, read));
        if found.method == Method::SameName && fold_key(&body) != fold_key(printed) {
            found.method = Method::Affiliation;
            found.evidence = Some(printed.trim().to_owned());
        }
        let Match { key, name, method, evidence, score } = found;
        InstitutionLink { key, name, printed: body, method, evidence, score }
    }

    /// What the dossier itself says of a name.
    fn within(&self, name: &str, named: &NamedInstitution) -> Option<Match> {
        self.same(name)
            .or_else(|| self.alias(name))
            .or_else(|| named.bracketed.iter().find_map(|name| self.same(name).or_else(|| self.alias(name))))
            .or_else(|| self.looking_alike(name))
            .or_else(|| self.shortened(name))
    }

    fn same(&self, name: &str) -> Option<Match> {
        let found = canonical(name);
        let own = self.own.get(&found.key)?;
        let mut found = alone_as(name, &own.name, found.key);
        if fold_key(name) == own.folded {
            (found.method, found.evidence, found.score) = (Method::SameName, None, 100);
        }
        Some(found)
    }

    fn alias(&self, name: &str) -> Option<Match> {
        let alias = self.aliases.get(&fold_key(name)).copied().flatten()?;
        let own = self.own.get(&alias.institution)?;
        let evidence = Some(alias.evidence.clone());
        let (key, name) = (alias.institution.clone(), own.name.clone());
        Some(Match { key, name, method: Method::PrintedAlias, evidence, score: 98 })
    }

    /// The completing institution that differs in one look-alike character, where no other fits.
    fn looking_alike(&self, name: &str) -> Option<Match> {
        let form = form(name);
        let fits = |key: &String| look_alike(&form, key);
        let (key, own, differs) =
            only(self.own.iter().filter_map(|(key, own)| Some((key, own, fits(key)?))))?;
        let evidence = format!(
            "“{name}”与本材料第{}完成单位“{}”只差一个形近字（{}／{}），且其他完成单位均不符",
            own.rank.map(|rank| rank.to_string()).unwrap_or_default(),
            own.cell.trim(),
            differs.printed,
            differs.meant
        );
        let (key, name) = (key.clone(), own.name.clone());
        Some(Match { key, name, method: Method::LookAlike, evidence: Some(evidence), score: 90 })
    }

    /// The completing institution that the name shortens, where no other fits.
    fn shortened(&self, name: &str) -> Option<Match> {
        let short: Vec<char> = fold_key(name).chars().collect();
        if short.len() < 4 || is_generic(name) {
            return None;
        }
        let shortens = |full: &str| {
            let full: Vec<char> = full.chars().collect();
            full.len() > short.len()
                && (full.ends_with(&short) || is_short_form(&short, &full) || is_contracted(&short, &full))
        };
        let by_alias: BTreeSet<&str> = self
            .aliases
            .iter()
            .filter_map(|(name, alias)| alias.filter(|_| shortens(name)))
            .map(|alias| alias.institution.as_str())
            .collect();
        let fits =
            |(key, own): &(&String, &Own<'_>)| shortens(&own.folded) || by_alias.contains(key.as_str());
        let (key, own) = only(self.own.iter().filter(fits))?;
        let evidence = format!("“{name}”是本材料完成单位“{}”的简写，且其他完成单位均不符", own.cell.trim());
        let (key, name) = (key.clone(), own.name.clone());
        Some(Match { key, name, method: Method::ShortForm, evidence: Some(evidence), score: 92 })
    }
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What a name says by itself, with the places beside it.
fn alone(name: &str, read: &Affiliation) -> Match {
    let form = form(name);
    let placed =
        only(authority::all(&form).into_iter().filter(|found| {
            found.sure() && found.body.places.iter().any(|place| read.places.contains(place))
        }));
    if let (None, Some(found)) = (authority::only(&form), placed) {
        let evidence = found.other.map(|other| authority::evidence(found.body, other));
        let (key, name) = (found.body.form.clone(), found.shown().to_owned());
        return Match { key, name, method: Method::Authority, evidence, score: 95 };
    }
    let found = canonical(name);
    let shown = found.name.clone();
    let mut found = alone_as(name, &shown, found.key);
    if found.method != Method::Authority && fold_key(name) == fold_key(&shown) {
        (found.method, found.evidence, found.score) = (Method::SameName, None, 100);
    }
    found
}

/// By which rule or row a name is that of the institution of `key`.
fn alone_as(name: &str, shown: &str, key: String) -> Match {
    let shown = shown.to_owned();
    match authority::only(&form(name)) {
        Some(authority::Found { body, other: Some(other) }) => {
            let evidence = Some(authority::evidence(body, other));
            Match { key, name: shown, method: Method::Authority, evidence, score: 98 }
        }
        _ => {
            let evidence = Some(format!("“{name}”与“{shown}”按写法规则相同"));
            Match { key, name: shown, method: Method::SameForm, evidence, score: 97 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Institution, resolve::institution::printed_aliases};

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

    #[test]
    fn what_only_the_dossier_settles_is_joined_with_its_reason() {
        let mut dossier =
            dossier(&[("零氪科技(天津)有限公司", ""), ("某州医科大学附属协和医院", ""), ("丙市医院", "")]);
        dossier.institutions[0].rank = Some(3);
        let names = Names::new(&dossier, &[]);
        for (printed, want, method) in [
            ("零氟科技（天津）有限公司", "零氪科技(天津)有限公司", Method::LookAlike),
            ("协和医院", "某州医科大学附属协和医院", Method::ShortForm),
            ("某医大附属协和医院", "某州医科大学附属协和医院", Method::ShortForm),
            ("某州医科大学协和医院", "某州医科大学附属协和医院", Method::SameForm),
            ("甲市乙路3号，丙市医院骨科", "丙市医院", Method::Affiliation),
            ("丁大学；丙市医院", "丙市医院", Method::Affiliation),
        ] {
            let link = names.link(printed).expect("named");
            assert_eq!((link.name.as_str(), link.method), (want, method), "{printed}");
            assert!(link.evidence.is_some_and(|evidence| !evidence.is_empty()), "{printed}");
        }
        let reason = names.link("零氟科技（天津）有限公司").and_then(|link| link.evidence).expect("a reason");
        assert!(reason.contains("第3完成单位") && reason.contains("氟／氪"), "{reason}");
    }

    #[test]
    fn a_second_name_may_be_shortened_too() {
        let dossier =
            dossier(&[("甲国医学科学院丙丁病医院（甲国医学科学院丙丁学研究所）", ""), ("乙大学", "")]);
        let aliases = printed_aliases(&dossier);
        let names = Names::new(&dossier, &aliases);
        for printed in ["甲国医科院丙丁所", "甲国医科院丙研所"] {
            let link = names.link(printed).expect("named");
            assert_eq!(
                (link.name.as_str(), link.method),
                ("甲国医学科学院丙丁病医院", Method::ShortForm),
                "{printed}"
            );
        }
    }

    #[test]
    fn a_cell_of_several_names_all_of_them() {
        let dossier = dossier(&[("丙市医院", "")]);
        let names = Names::new(&dossier, &[]);
        let shown = |printed: &str| {
            names.links(printed).into_iter().map(|link| link.name).collect::<Vec<_>>().join(" | ")
        };
        for (printed, want) in [
            ("丁大学；丙市医院", "丙市医院 | 丁大学"),
            ("丁大学、戊公司", "丁大学 | 戊公司"),
            ("丁大学，丁大学附属医院", "丁大学附属医院"),
            ("陆军军医大学 新桥医院", "陆军军医大学第二附属医院"),
            ("丙市医院、丙市医院骨科", "丙市医院"),
            ("丁大学，药学院", "丁大学药学院"),
            (" ", ""),
        ] {
            assert_eq!(shown(printed), want, "{printed}");
        }
    }

    #[test]
    fn what_the_dossier_leaves_open_is_not_joined() {
        let dossier = dossier(&[
            ("甲昊公司", ""),
            ("甲皓公司", ""),
            ("甲市人民医院", ""),
            ("乙大学第一医院", ""),
            ("乙大学第二医院", ""),
        ]);
        let names = Names::new(&dossier, &[]);
        for printed in [
            "甲浩公司",
            "人民医院",
            "第一医院",
            "乙大学",
            "乙大学第三医院",
            "甲市人民医院乙分院",
            "甲县人民医院",
        ] {
            let link = names.link(printed).expect("named");
            assert_eq!((fold_key(&link.name), link.score), (fold_key(printed), 100), "{printed}");
        }
    }
}
