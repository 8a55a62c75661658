use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    affiliation::{Affiliation, NamedInstitution},
    authority, canonical,
    form::form,
    place::is_place,
    place_in_front,
    short_form::is_generic,
    spelling::{look_alike, look_alike_names},
    words::{heads, is_address},
};
use crate::text::fold_key;

/// By what a printed name fits an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MatchingType {
    /// The folded names are equal.
    Exact,
    /// The names are equal but for what a rule allows: 附属第一医院, 第一附属医院.
    Form,
    /// A dossier prints the name for it.
    Alias,
    /// The authority list has the name.
    Authority,
    /// The name stands within the text.
    Phrase,
    /// One character looks alike.
    LookAlike,
    /// One or two characters differ.
    Fuzzy,
    /// The text names a school, a part or another body of it that is not known.
    Parent,
}

/// A name to look for, and what it would mean to find it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Probe {
    /// The canonical key.
    pub(super) key: String,
    /// The folded name, where it may be a printed alias.
    pub(super) alias: Option<String>,
    pub(super) matching: MatchingType,
    /// 0 to 1.
    pub(super) score: f32,
    pub(super) evidence: Option<String>,
}

impl Probe {
    fn new(key: String, matching: MatchingType, score: f32) -> Self {
        Self { key, alias: None, matching, score, evidence: None }
    }
}

/// The score from which on a match is as good as certain.
pub(super) const CERTAIN: f32 = 0.9;

/// A university for a school of it that is not known by itself.
const OF_SCHOOL: f32 = 0.93;

/// What the name itself means: by rule, by the authority list, or with the place beside it.
pub(super) fn direct(named: &NamedInstitution, read: &Affiliation) -> Vec<Probe> {
    let body = named.body();
    let mut probes = named_as(&body, 1.0);
    if body != named.name {
        let above = named_as(&named.name, OF_SCHOOL).into_iter();
        probes.extend(above.map(|probe| Probe { matching: MatchingType::Parent, ..probe }));
    }
    for name in &named.bracketed {
        probes.extend(named_as(name, 0.95));
    }
    let form = form(&named.name);
    let found = authority::all(&form);
    if authority::only(&form).is_none() {
        let beside = |place: &&str| read.places.contains(place) || named.name.contains(*place);
        let sure = found.iter().filter(|found| found.sure());
        let placed: Vec<_> = sure.filter(|found| found.body.places.iter().any(beside)).collect();
        for one in &found {
            let score = match placed.as_slice() {
                [only] if std::ptr::eq(only.body, one.body) => 0.95,
                _ if one.sure() => 0.6,
                _ => 0.7,
            };
            let mut probe = Probe::new(one.body.form.clone(), MatchingType::Authority, score);
            probe.evidence = one.other.map(|other| authority::evidence(one.body, other));
            probes.push(probe);
        }
    }
    if let Some(name) = place_in_front(&named.name) {
        probes.push(Probe::new(canonical(&name).key, MatchingType::Form, 0.93));
    }
    for place in read.places.iter().filter(|place| !named.name.contains(**place)) {
        let key = canonical(&format!("{place}{}", named.name)).key;
        probes.push(Probe::new(key, MatchingType::Form, 0.93));
    }
    probes
}

fn named_as(name: &str, score: f32) -> Vec<Probe> {
    let found = canonical(name);
    let mut probe = Probe::new(found.key, MatchingType::Form, score);
    probe.alias = Some(fold_key(name));
    if let Some(known) = authority::only(&form(name)) {
        probe.matching = MatchingType::Authority;
        probe.evidence = known.other.map(|other| authority::evidence(known.body, other));
    }
    vec![probe]
}

/// What the name may have been meant as, and what it holds.
pub(super) fn indirect(named: &NamedInstitution) -> Vec<Probe> {
    let form = form(&named.name);
    let mut probes = Vec::new();
    for meant in look_alike_names(&form) {
        let common = look_alike(&form, &meant).is_some_and(|differs| differs.common);
        let key = canonical(&meant).key;
        probes.push(Probe::new(key, MatchingType::LookAlike, if common { 0.93 } else { 0.85 }));
    }
    let heads = heads(&form);
    for &(end, _) in heads.iter().filter(|(end, _)| *end < form.len()) {
        probes.push(Probe::new(canonical(&form[..end]).key, MatchingType::Parent, 0.5));
    }
    if heads.last().is_some_and(|&(end, _)| end == form.len()) {
        for (start, _) in form.char_indices().skip(1) {
            let (before, name) = form.split_at(start);
            if name.chars().count() < 4 || is_generic(name) {
                break;
            }
            let score = if is_address(before) && !is_place(before) { 0.92 } else { 0.75 };
            let mut probe = Probe::new(canonical(name).key, MatchingType::Phrase, score);
            probe.alias = Some(name.to_owned());
            probes.push(probe);
        }
    }
    probes
}
