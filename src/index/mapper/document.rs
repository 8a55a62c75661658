use std::collections::BTreeSet;

use serde_json::json;

use super::{
    DossierFacts,
    contribution::{self, claim_word},
    facets::{Facets, Labels, citations, is_person_name},
    parts::{self, Around},
};
use crate::{
    analysis::{identifiers, query_identifier},
    domain::{
        ClaimRecord, Contribution, Dossier, DossierKind, DossierRef, EntityRef, Facet, IpRecord, Kind,
        PaperRecord, Provenance,
    },
    index::{Piece, Record, TextSource, place::placed},
    revision::FieldPath,
    text::{Passage, Span},
};

/// A document with the records that stand and fall with it, each list in the order of the dossier.
#[derive(Debug, Clone, Default)]
pub struct DocumentBundle {
    /// The document, with its id.
    pub dossier: Dossier,
    /// Its source text.
    pub text: String,
    /// Its headings, paragraphs and table cells, without the faults of the layout.
    pub passages: Vec<Passage>,
    /// Completing institutions.
    pub institutions: Vec<EntityRef>,
    /// What each contributor did.
    pub contributions: Vec<Contribution>,
    /// Its papers.
    pub papers: Vec<PaperRecord>,
    /// Its patents and other rights.
    pub ip: Vec<IpRecord>,
    /// Its innovation claims.
    pub claims: Vec<ClaimRecord>,
}

/// Maps a document to its records: itself, papers, IP, claims and contributions.
pub fn document_records(bundle: &DocumentBundle, labels: Labels<'_>) -> Vec<Record> {
    let facts = DossierFacts::of(&bundle.dossier);
    let around = Around { bundle, facts: &facts, labels, settled: contribution::settled(bundle) };
    let mut records = vec![Record { around: around.texts(), ..dossier(bundle, &facts, labels) }];
    let (papers, ip) = (bundle.papers.iter().enumerate(), bundle.ip.iter().enumerate());
    records.extend(papers.map(|(index, record)| parts::paper(&around, index, record)));
    records.extend(ip.map(|(index, record)| parts::ip(&around, index, record)));
    let claims = bundle.claims.iter().enumerate();
    records.extend(claims.map(|(index, record)| parts::claim(&around, index, record)));
    records.extend(bundle.contributions.iter().map(|record| parts::did(&around, record)));
    records
}

fn dossier(bundle: &DocumentBundle, facts: &DossierFacts, labels: Labels<'_>) -> Record {
    let dossier = &bundle.dossier;
    let title = dossier.title.clone().unwrap_or_default();
    let mut facets = Facets::new(labels);
    facets.of_dossier(facts);
    facets.year(facts.award.year);
    bundle.institutions.iter().for_each(|one| facets.entity(Facet::Institution, one));
    for one in &bundle.contributions {
        facets.entity(Facet::Person, &one.person);
        one.institution.iter().for_each(|one| facets.entity(Facet::Institution, one));
    }
    for row in &dossier.contributors {
        contribution::other_employer(row).iter().for_each(|name| facets.value(Facet::Institution, name));
        row.titles.iter().for_each(|title| facets.value(Facet::Title, title));
    }
    if dossier.kind == DossierKind::Article {
        dossier.mentions.institutions.iter().for_each(|name| facets.value(Facet::Institution, name));
        dossier.mentions.people.iter().for_each(|person| facets.value(Facet::Person, &person.name));
    }
    bundle
        .papers
        .iter()
        .filter_map(|one| one.journal.as_ref())
        .for_each(|one| facets.entity(Facet::Journal, one));
    for one in &bundle.ip {
        one.ip.category.iter().for_each(|category| facets.value(Facet::IpCategory, category));
        one.ip.country.iter().for_each(|country| facets.value(Facet::Country, country));
    }
    let body = bundle.passages.iter().map(|passage| TextSource {
        field: "text".to_owned(),
        text: passage.text().to_owned(),
        pieces: passage.pieces().map(|(at, span)| Piece { at, span }).collect(),
    });
    let unprinted = rejoined(bundle).into_iter().chain(corrected(dossier));
    let body = body.chain(unprinted.map(TextSource::hidden)).collect();
    let kind_words = match dossier.kind {
        DossierKind::Dossier => "项目 推荐材料 公示",
        DossierKind::Article => "新闻 报道 文章",
    };
    let claim_words = dossier.claims.iter().map(|claim| TextSource::hidden(claim_word(claim.number)));
    let mut numbers: Vec<String> =
        identifiers(&bundle.text).into_iter().map(|found| found.canonical).collect();
    numbers.extend(bundle.ip.iter().flat_map(grant_numbers));
    let spans = |field: &str| dossier.provenance.spans.get(field).cloned().unwrap_or_default();
    let award = dossier.award.as_ref();
    Record {
        kind: Kind::Dossier,
        id: dossier.id.clone(),
        document: Some(dossier.id.clone()),
        dossier: Some(DossierRef { id: dossier.id.clone(), title: title.clone(), year: facts.award.year }),
        names: vec![placed("title".to_owned(), &title, &spans("title"), &bundle.text)],
        context: std::iter::once(TextSource::hidden(kind_words)).chain(claim_words).collect(),
        body,
        identifiers: numbers,
        citations: citations(&dossier.papers),
        facets: facets.finish(),
        places: places(dossier),
        display: json!({
            "id": dossier.id,
            "kind": dossier.kind.name(),
            "title": title,
            "award": award.and_then(|award| award.name.as_ref()),
            "category": award.and_then(|award| award.category.as_ref()),
            "year": award.and_then(|award| award.year),
            "recommender": award.and_then(|award| award.recommender.as_ref()),
            "contributors": dossier.contributors.len(),
            "institutions": bundle.institutions,
        }),
        title,
        people: people(bundle),
        weight: 1,
        ..Record::default()
    }
}

/// Everybody whom a document names as a person.
fn people(bundle: &DocumentBundle) -> BTreeSet<String> {
    let dossier = &bundle.dossier;
    let holders = dossier.ip.iter().flat_map(|right| &right.holders).filter(|holder| is_person_name(holder));
    let papers = dossier.papers.iter();
    let authors = papers.flat_map(|paper| paper.authors.iter().chain(&paper.corresponding_authors));
    let contributors = dossier.contributors.iter().map(|row| &row.name);
    let mentioned = dossier.mentions.people.iter().map(|person| &person.name);
    contributors.chain(authors).chain(holders).chain(mentioned).cloned().collect()
}

/// Values that stand in several cells or on several pages: only put together can they be found as a
/// whole.
fn rejoined(bundle: &DocumentBundle) -> Vec<String> {
    let dossier = &bundle.dossier;
    let mut values: Vec<String> = Vec::new();
    let mut note = |provenance: &Provenance, field: &str, value: &str| {
        if provenance.spans.get(field).is_some_and(|spans| spans.len() > 1) {
            values.push(value.to_owned());
        }
    };
    for (field, value) in [("summary", &dossier.summary), ("recommendation", &dossier.recommendation)] {
        note(&dossier.provenance, field, value.as_deref().unwrap_or_default());
    }
    for paper in &dossier.papers {
        note(&paper.provenance, "title", &paper.title);
        note(&paper.provenance, "journal", paper.journal.as_deref().unwrap_or_default());
        note(&paper.provenance, "locator", paper.locator.as_deref().unwrap_or_default());
        note(&paper.provenance, "authors", &paper.authors.join("、"));
    }
    for right in &dossier.ip {
        note(&right.provenance, "title", &right.title);
        note(&right.provenance, "holders", &right.holders.join("、"));
    }
    for row in &dossier.contributors {
        note(&row.provenance, "contribution", row.contribution.as_deref().unwrap_or_default());
    }
    for row in &dossier.institutions {
        note(&row.provenance, "contribution", row.contribution.as_deref().unwrap_or_default());
    }
    values
}

/// The values of corrected fields, which the text does not hold.
fn corrected(dossier: &Dossier) -> Vec<String> {
    let fields = dossier.warnings.iter().filter(|warning| warning.code == "corrected");
    let paths: Vec<FieldPath> = fields.filter_map(|warning| warning.field.as_ref()?.parse().ok()).collect();
    if paths.is_empty() {
        return Vec::new();
    }
    let json = serde_json::to_value(dossier).unwrap_or_default();
    paths
        .iter()
        .filter_map(|path| match path.value(&json)? {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Array(items) => {
                Some(items.iter().filter_map(|item| item.as_str()).collect::<Vec<_>>().join("、"))
            }
            number if number.is_number() => Some(number.to_string()),
            _ => None,
        })
        .collect()
}

/// Where the longer fields of a document stand, so that a snippet can say which one it is from.
fn places(dossier: &Dossier) -> Vec<(String, Span)> {
    let mut places = Vec::new();
    let mut note = |name: String, provenance: &Provenance, field: &str| {
        let spans = provenance.spans.get(field).into_iter().flatten();
        places.extend(spans.map(|span| (name.clone(), *span)));
    };
    for field in ["title", "summary", "recommendation"] {
        note(field.to_owned(), &dossier.provenance, field);
    }
    for (index, claim) in dossier.claims.iter().enumerate() {
        note(format!("claims[{index}].text"), &claim.provenance, "text");
    }
    for (index, row) in dossier.contributors.iter().enumerate() {
        for field in ["name", "institution", "contribution"] {
            note(format!("contributors[{index}].{field}"), &row.provenance, field);
        }
    }
    for (index, row) in dossier.institutions.iter().enumerate() {
        for field in ["name", "contribution"] {
            note(format!("institutions[{index}].{field}"), &row.provenance, field);
        }
    }
    for (index, row) in dossier.papers.iter().enumerate() {
        for field in ["title", "journal", "authors", "corresponding_authors"] {
            note(format!("papers[{index}].{field}"), &row.provenance, field);
        }
    }
    for (index, row) in dossier.ip.iter().enumerate() {
        for field in ["title", "grant_number", "holders"] {
            note(format!("ip[{index}].{field}"), &row.provenance, field);
        }
    }
    places
}

/// The numbers under which a right is looked up, also where its form is not known.
pub(super) fn grant_numbers(record: &IpRecord) -> Vec<String> {
    let Some(number) = record.ip.grant_number.as_deref() else { return Vec::new() };
    let known: Vec<String> = identifiers(number).into_iter().map(|found| found.canonical).collect();
    if known.is_empty() { query_identifier(number).into_iter().collect() } else { known }
}

pub(super) fn numbers_of(sources: &[TextSource]) -> Vec<String> {
    sources.iter().flat_map(|source| identifiers(&source.text)).map(|found| found.canonical).collect()
}
