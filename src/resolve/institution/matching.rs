use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    affiliation::{NamedInstitution, read_affiliation},
    authority,
    form::form,
    probe::{CERTAIN, MatchingType, Probe, direct, indirect},
    spelling::{edits, is_cut_short},
    words::ends_as_school,
};
use crate::text::fold_key;

/// An institution that is kept, as it is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownInstitution {
    /// Stable address.
    pub id: String,
    /// Canonical key.
    pub key: String,
    /// As it is shown.
    pub name: String,
}

/// Where institutions are looked up.
pub trait Directory {
    /// Why it cannot answer.
    type Error;

    /// Finds the institution of a canonical key.
    fn by_key(&self, key: &str) -> Result<Option<KnownInstitution>, Self::Error>;

    /// Finds the institutions for which a dossier prints a folded name, each with the sentence.
    fn by_alias(&self, name_key: &str) -> Result<Vec<(KnownInstitution, String)>, Self::Error>;

    /// Finds institutions whose names share much with a name.
    fn near(&self, name: &str) -> Result<Vec<KnownInstitution>, Self::Error>;
}

/// What an affiliation may mean.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct AffiliationMatches {
    /// The text, as it was asked.
    pub affiliation: String,
    /// Institutions that fit, the best first.
    pub items: Vec<InstitutionMatch>,
}

/// An institution that an affiliation may mean.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct InstitutionMatch {
    /// Which one.
    pub institution: MatchedInstitution,
    /// 0 to 1.
    pub score: f32,
    /// By what it fits.
    pub matching_type: MatchingType,
    /// The part of the text that fits.
    pub substring: String,
    /// Its bytes in the text.
    pub span: [usize; 2],
    /// Department, ward or campus beside it, as printed.
    pub department: Option<String>,
    /// The sentence or the row of the list that says so.
    pub evidence: Option<String>,
    /// Whether this one is meant, on at most one and only where it is clear.
    pub chosen: bool,
}

/// An institution by its record or, where there is none, by the authority list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MatchedInstitution {
    /// Stable address; `null` where only the authority list knows it.
    pub id: Option<String>,
    /// As it is shown.
    pub name: String,
}

/// How many institutions are shown.
const MOST: usize = 20;
/// How many names of one text are looked up.
const NAMES: usize = 8;
/// Scores nearer than this tell nothing apart.
const APART: f32 = 0.02;

struct Found {
    key: String,
    part: usize,
    item: InstitutionMatch,
}

/// Finds the institutions that a printed affiliation may mean, and tells which one is meant where that is clear.
///
/// # Errors
/// Where the directory cannot answer.
pub fn match_affiliation<D: Directory>(text: &str, directory: &D) -> Result<AffiliationMatches, D::Error> {
    let read = read_affiliation(text);
    let parts = &read.institutions[..read.institutions.len().min(NAMES)];
    let mut found: Vec<Found> = Vec::new();
    for (part, named) in parts.iter().enumerate() {
        let mut items = look_up(named, direct(named, &read), directory)?;
        if !items.iter().any(|(_, item)| item.score >= CERTAIN) {
            items.extend(look_up(named, indirect(named), directory)?);
            items.extend(near(named, directory)?);
        }
        found.extend(items.into_iter().map(|(key, item)| Found { key, part, item }));
    }
    found.sort_by(|a, b| b.item.score.total_cmp(&a.item.score));
    let mut seen = BTreeSet::new();
    found.retain(|one| seen.insert((one.key.clone(), one.part)));
    let meant = meant(parts, &found).map(str::to_owned);
    let mut shown = BTreeSet::new();
    found.retain(|one| shown.insert(one.key.clone()));
    found.truncate(MOST);
    for one in &mut found {
        one.item.chosen = Some(&one.key) == meant.as_ref();
    }
    Ok(AffiliationMatches {
        affiliation: text.to_owned(),
        items: found.into_iter().map(|one| one.item).collect(),
    })
}

fn look_up<D: Directory>(
    named: &NamedInstitution,
    probes: Vec<Probe>,
    directory: &D,
) -> Result<Vec<(String, InstitutionMatch)>, D::Error> {
    let mut items = Vec::new();
    for probe in probes {
        if let Some(known) = directory.by_key(&probe.key)? {
            let same = fold_key(&known.name) == fold_key(&named.body()) && probe.score == 1.0;
            let matching = if same { MatchingType::Exact } else { probe.matching };
            items.push((
                known.key.clone(),
                item(named, &known, matching, below_exact(&probe, matching), probe.evidence.clone()),
            ));
        } else if let Some(body) = authority::body(&probe.key) {
            let known =
                KnownInstitution { id: String::new(), key: probe.key.clone(), name: body.name.to_owned() };
            items.push((
                probe.key.clone(),
                item(
                    named,
                    &known,
                    probe.matching,
                    below_exact(&probe, probe.matching),
                    probe.evidence.clone(),
                ),
            ));
        }
        if let Some(name) = &probe.alias {
            for (known, evidence) in directory.by_alias(name)? {
                let (matching, score) = match probe.matching {
                    MatchingType::Phrase => (MatchingType::Phrase, probe.score),
                    _ => (MatchingType::Alias, 0.95),
                };
                items.push((known.key.clone(), item(named, &known, matching, score, Some(evidence))));
            }
        }
    }
    Ok(items)
}

fn below_exact(probe: &Probe, matching: MatchingType) -> f32 {
    match matching {
        MatchingType::Exact => 1.0,
        MatchingType::Form | MatchingType::Authority => probe.score.min(0.98),
        _ => probe.score,
    }
}

/// Institutions whose names are an edit or two away.
fn near<D: Directory>(
    named: &NamedInstitution,
    directory: &D,
) -> Result<Vec<(String, InstitutionMatch)>, D::Error> {
    const SHORTEST: usize = 6;
    let form = form(&named.name);
    if form.chars().count() < SHORTEST {
        return Ok(Vec::new());
    }
    let listed = authority::near(&form).into_iter().map(|body| KnownInstitution {
        id: String::new(),
        key: body.form.clone(),
        name: body.name.to_owned(),
    });
    let mut items = Vec::new();
    for known in directory.near(&named.name)?.into_iter().chain(listed) {
        let other = super::form::form(&known.name);
        let score = match edits(&form, &other) {
            _ if is_cut_short(&form, &other) => 0.92,
            Some(1) => 0.8,
            Some(2) => 0.65,
            _ => continue,
        };
        items.push((known.key.clone(), item(named, &known, MatchingType::Fuzzy, score, None)));
    }
    Ok(items)
}

fn item(
    named: &NamedInstitution,
    known: &KnownInstitution,
    matching_type: MatchingType,
    score: f32,
    evidence: Option<String>,
) -> InstitutionMatch {
    let id = Some(known.id.clone()).filter(|id| !id.is_empty());
    InstitutionMatch {
        institution: MatchedInstitution { id, name: known.name.clone() },
        score,
        matching_type,
        substring: named.name.clone(),
        span: [named.range.start, named.range.end],
        department: named.department.clone(),
        evidence,
        chosen: false,
    }
}

/// The key of the institution that is meant: every name of the text must lead to it, or stand above it as a
/// university above its hospital.
fn meant<'f>(parts: &[NamedInstitution], found: &'f [Found]) -> Option<&'f str> {
    let certain = |part: usize| found.iter().filter(move |one| one.part == part && one.item.score >= CERTAIN);
    let mut resolved: Vec<&Found> = Vec::new();
    let mut unknown: Vec<(usize, String)> = Vec::new();
    for (part, named) in parts.iter().enumerate() {
        let mut best = certain(part);
        match (best.next(), best.next()) {
            (Some(first), Some(second)) if first.item.score - second.item.score < APART => return None,
            (Some(first), _) => resolved.push(first),
            (None, _) => unknown.push((part, form(&named.name))),
        }
    }
    let name = |one: &Found| form(&one.item.institution.name);
    let most = resolved.iter().max_by_key(|one| (one.key.chars().count(), &one.key))?;
    let specific = name(most);
    let above = |other: &str| specific.starts_with(other);
    let fits = |part: usize| found.iter().any(|one| one.part == part && one.key == most.key);
    let clear = resolved.iter().all(|one| one.key == most.key || above(&name(one)) || above(&one.key))
        && unknown.iter().all(|(part, one)| {
            above(one) || fits(*part) || ends_as_school(one) && !ends_as_school(&specific)
        });
    clear.then_some(most.key.as_str())
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::resolve::canonical_name;

    /// Names, and printed aliases with the name they stand for.
    struct Kept(&'static [&'static str], &'static [(&'static str, &'static str)]);

    fn known(name: &str) -> KnownInstitution {
        KnownInstitution { id: format!("i-{name}"), key: canonical_name(name).key, name: name.to_owned() }
    }

    impl Directory for Kept {
        type Error = Infallible;

        fn by_key(&self, key: &str) -> Result<Option<KnownInstitution>, Infallible> {
            Ok(self.0.iter().map(|name| known(name)).find(|known| known.key == key))
        }

        fn by_alias(&self, name_key: &str) -> Result<Vec<(KnownInstitution, String)>, Infallible> {
            let bears = self.1.iter().filter(|(alias, _)| *alias == name_key);
            Ok(bears.map(|(alias, name)| (known(name), format!("又名{alias}"))).collect())
        }

        fn near(&self, _: &str) -> Result<Vec<KnownInstitution>, Infallible> {
            Ok(self.0.iter().map(|name| known(name)).collect())
        }
    }

    const KEPT: Kept = Kept(
        &[
            "甲大学",
            "甲大学附属第一医院",
            "甲大学附属第二医院",
            "乙市江心医院",
            "南京市江心医院",
            "丙公司",
            "丙市大学药学院",
        ],
        &[("望江医院", "甲大学附属第二医院"), ("双名医院", "甲大学附属第一医院"), ("双名医院", "丙公司")],
    );

    #[test]
    fn at_most_one_is_chosen_and_only_where_it_is_clear() {
        for (text, want) in [
            ("甲大学附属第一医院骨科", Some("甲大学附属第一医院")),
            ("甲大学，甲大学第二附属医院", Some("甲大学附属第二医院")),
            ("甲大学附属第一医院；甲大学附属第二医院", None),
            ("望江医院", Some("甲大学附属第二医院")),
            ("双名医院", None),
            ("江心医院", None),
            ("江心医院，南京", Some("南京市江心医院")),
            ("甲大学附属第三医院", None),
            ("甲大学；丁医院", None),
            ("甲大学药学院", Some("甲大学")),
            ("丙市大学药学院", Some("丙市大学药学院")),
            ("丙市大学，药学院", Some("丙市大学药学院")),
            ("丙市大学护理学院", None),
            ("丙公司、戊公司", None),
            ("甲大学附属第一医", Some("甲大学附属第一医院")),
            ("", None),
        ] {
            let Ok(matches) = match_affiliation(text, &KEPT);
            let chosen: Vec<_> = matches
                .items
                .iter()
                .filter(|item| item.chosen)
                .map(|item| item.institution.name.as_str())
                .collect();
            assert_eq!(chosen, want.into_iter().collect::<Vec<_>>(), "{text}: {:?}", matches.items);
            assert!(matches.items.is_sorted_by(|a, b| a.score >= b.score), "{text}");
        }
    }

    #[test]
    fn a_text_is_looked_up_within_bounds() {
        let text = "甲大学附属第一医院、".repeat(500);
        let Ok(matches) = match_affiliation(&text, &KEPT);
        assert!(!matches.items.is_empty() && matches.items.len() <= MOST);
    }

    #[test]
    fn another_number_place_or_kind_is_another_institution() {
        let changes = [
            ("第一", "第七"),
            ("第二", "第八"),
            ("医院", "分院"),
            ("医院", "医院南城医院"),
            ("医院", "研究所"),
            ("大学", "理工大学"),
            ("省", "市"),
            ("人民", "工人"),
            ("北京", "南昌"),
            ("上海", "南昌"),
            ("肿瘤", "胸科"),
            ("口腔", "眼科"),
            ("儿童", "妇产"),
        ];
        let names: Vec<&str> = authority::names().collect();
        let changed = names.iter().flat_map(|name| {
            let fits = changes.iter().filter(|(old, _)| name.contains(old));
            fits.map(|(old, new)| name.replacen(old, new, 1))
        });
        let mut asked = 0;
        for name in changed.step_by(5) {
            asked += 1;
            let Ok(matches) = match_affiliation(&name, &Kept(&[], &[]));
            let chosen = matches.items.iter().any(|item| item.chosen);
            assert_eq!(chosen, authority::only(&form(&name)).is_some(), "{name}: {:?}", matches.items);
        }
        assert!(asked > 300, "{asked}");
    }
}
