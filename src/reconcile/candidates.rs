use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    Batch, Property, Query, ReconcileError,
    score::{SAME, likeness},
};
use crate::{
    domain::Kind,
    ingest::{Archive, ArchiveError},
    search::{SearchRequest, SuggestKind, SuggestRequest},
};

/// A text longer than this is no name, in characters.
const LONGEST: usize = 300;
/// How many records of a kind are looked at for their names.
const LOOK: usize = 50;
/// Of how many the properties are looked up, besides all that bear the very name.
const COMPARED: usize = 20;
/// Below it, two names have nothing to do with each other.
const LEAST: f64 = 30.0;
/// What of a score is the name's where properties are given as well.
const OF_NAME: f64 = 0.6;

/// A record that may be meant.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Candidate {
    /// Stable address.
    pub id: String,
    /// As it is shown.
    pub name: String,
    /// What tells it from others of the same name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it is.
    #[schema(value_type = Vec<Object>)]
    #[serde(rename = "type", serialize_with = "as_types")]
    pub kind: Kind,
    /// From 0 to 100.
    pub score: f64,
    /// Whether it is meant beyond doubt: the same name, borne by no other that agrees as well.
    #[serde(rename = "match")]
    pub is_match: bool,
    /// What the score is made of.
    pub features: Vec<Feature>,
}

/// A part of a score, from 0 to 100.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Feature {
    /// `name`, or the identifier of a property.
    pub id: &'static str,
    /// How well it agrees.
    pub value: f64,
}

fn as_types<S: serde::Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq([serde_json::json!({"id": kind.name(), "name": kind.label()})])
}

/// The candidates of one question.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Answer {
    /// The likeliest first.
    pub result: Vec<Candidate>,
}

/// A record by its names.
struct Named {
    kind: Kind,
    name: String,
    aliases: Vec<String>,
    description: Option<String>,
}

/// Answers a batch of questions.
///
/// # Errors
/// Where the record or the index cannot answer.
pub fn answers(archive: &Archive, batch: &Batch) -> Result<BTreeMap<String, Answer>, ReconcileError> {
    let answer =
        |(name, query): (&String, &Query)| Ok((name.clone(), Answer { result: reconcile(archive, query)? }));
    batch.0.iter().map(answer).collect()
}

/// Finds the records that a question may mean, the likeliest first.
///
/// # Errors
/// Where the record or the index cannot answer.
pub fn reconcile(archive: &Archive, query: &Query) -> Result<Vec<Candidate>, ReconcileError> {
    let mut found = BTreeMap::new();
    if !query.name.is_empty() && query.name.chars().count() <= LONGEST {
        for &kind in &query.types {
            suggested(archive, kind, &query.name, &mut found)?;
            searched(archive, kind, &query.name, &mut found)?;
        }
    }
    let mut candidates: Vec<Candidate> =
        found.into_iter().map(|(id, named)| candidate(id, named, &query.name)).collect();
    candidates.retain(|candidate| candidate.score >= LEAST);
    sort(&mut candidates);
    let same = candidates.iter().filter(|candidate| candidate.score >= SAME).count();
    candidates.truncate(same.max(COMPARED).max(query.limit));
    for candidate in &mut candidates {
        compare(archive, query, candidate)?;
    }
    sort(&mut candidates);
    choose(&mut candidates);
    candidates.truncate(query.limit);
    Ok(candidates)
}

fn sort(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
}

/// Names that go on so, or are read so in Latin letters.
fn suggested(
    archive: &Archive,
    kind: Kind,
    name: &str,
    found: &mut BTreeMap<String, Named>,
) -> Result<(), ReconcileError> {
    let kind_of = SuggestKind::ALL.into_iter().find(|suggested| suggested.name() == kind.name());
    let answer = archive.suggest(&SuggestRequest { q: name.to_owned(), kind: kind_of, limit: LOOK })?;
    for one in answer.suggestions {
        let Some(id) = one.id else { continue };
        // Of an institution that was met by another name, the detail is that one.
        let aliases = one.detail.clone().filter(|_| kind == Kind::Institution).into_iter().collect();
        found.insert(id, Named { kind, name: one.text, aliases, description: one.detail });
    }
    Ok(())
}

/// Names that share words with it, or are a part of it.
fn searched(
    archive: &Archive,
    kind: Kind,
    name: &str,
    found: &mut BTreeMap<String, Named>,
) -> Result<(), ReconcileError> {
    // A name is no query: its signs mean nothing.
    let words: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let request =
        SearchRequest { q: words.to_lowercase(), kind, limit: LOOK, facet_limit: 0, ..Default::default() };
    for hit in archive.search(&request)?.hits {
        let shown: Value = hit.shown().map_err(ArchiveError::from)?;
        let aliases = shown["aliases"].as_array().into_iter().flatten().filter_map(alias);
        let institution = shown["institution"]["name"].as_str();
        let named = found.entry(hit.id).or_insert_with(|| Named {
            kind,
            name: hit.title,
            aliases: Vec::new(),
            description: institution.map(str::to_owned),
        });
        named.aliases.extend(aliases);
    }
    Ok(())
}

/// Another name, as lists keep it.
fn alias(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value["name"].as_str()).map(str::to_owned)
}

fn candidate(id: String, named: Named, asked: &str) -> Candidate {
    let names = std::iter::once(&named.name).chain(&named.aliases);
    let score = rounded(names.map(|name| likeness(asked, name)).fold(0.0, f64::max));
    Candidate {
        id,
        name: named.name,
        description: named.description,
        kind: named.kind,
        score,
        is_match: false,
        features: vec![Feature { id: "name", value: score }],
    }
}

/// Weighs the properties that are given: one of which the record says nothing neither speaks for it nor, as
/// much as another value, against it.
fn compare(archive: &Archive, query: &Query, candidate: &mut Candidate) -> Result<(), ReconcileError> {
    let mut agreements = Vec::new();
    for given in &query.properties {
        let property = Property::named(&given.property).filter(|property| property.is_of(candidate.kind));
        let Some(property) = property.filter(|_| !given.values.is_empty()) else { continue };
        let known = property.of(archive.store(), candidate.kind, &candidate.id)?;
        let agreement = property.agreement(&known, &given.values);
        candidate
            .features
            .extend(agreement.map(|agreement| Feature { id: property.name(), value: rounded(agreement) }));
        agreements.push(agreement.unwrap_or(SAME / 2.0));
    }
    if !agreements.is_empty() {
        let mean = agreements.iter().sum::<f64>() / agreements.len() as f64 / SAME;
        candidate.score = rounded(candidate.score * (OF_NAME + (1.0 - OF_NAME) * mean));
    }
    Ok(())
}

/// Chooses the one that bears the same name and agrees in everything, if no other does.
fn choose(candidates: &mut [Candidate]) {
    if candidates.iter().filter(|candidate| candidate.score >= SAME).count() == 1 {
        candidates[0].is_match = candidates[0].score >= SAME;
    }
}

fn rounded(score: f64) -> f64 {
    (score * 10.0).round() / 10.0
}
