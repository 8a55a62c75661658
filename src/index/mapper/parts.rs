use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{
    DossierFacts,
    contribution::{self, claim_word},
    document::{DocumentBundle, grant_numbers, numbers_of},
    facets::{Facets, Labels, citations, is_person_name},
};
use crate::{
    domain::{ClaimRecord, Contribution, EntityRef, Facet, Ip, IpRecord, Kind, PaperRecord},
    index::{Record, TextSource, place::placed},
    text::{Span, fold_key, parse_date},
};

/// The dossier of a record.
pub(super) struct Around<'a> {
    pub(super) bundle: &'a DocumentBundle,
    pub(super) facts: &'a DossierFacts,
    pub(super) labels: Labels<'a>,
    /// See [`contribution::settled`].
    pub(super) settled: BTreeMap<String, &'a str>,
}

impl<'a> Around<'a> {
    fn facets(&self) -> Facets<'a> {
        let mut facets = Facets::new(self.labels);
        facets.of_dossier(self.facts);
        facets
    }

    /// What the dossier says of itself.
    pub(super) fn texts(&self) -> Vec<TextSource> {
        let title = self.bundle.dossier.title.as_deref().unwrap_or_default();
        std::iter::once(TextSource::hidden(title)).chain(self.facts.award_words()).collect()
    }
}

/// A paper is found by what its row says, and by the title of its dossier.
pub(super) fn paper(around: &Around<'_>, index: usize, record: &PaperRecord) -> Record {
    let bundle = around.bundle;
    let paper = &record.paper;
    let mut facets = around.facets();
    facets.year(paper.year);
    record.journal.iter().for_each(|journal| facets.entity(Facet::Journal, journal));
    record.people.iter().for_each(|person| facets.entity(Facet::Person, person));
    paper.authors.iter().for_each(|author| facets.value(Facet::Person, author));
    bundle.institutions.iter().for_each(|one| facets.entity(Facet::Institution, one));
    let source = |field: &str, text: &str| {
        let spans = paper.provenance.spans.get(field).map_or(&[][..], Vec::as_slice);
        placed(format!("papers[{index}].{field}"), text, spans, &bundle.text)
    };
    let journal = paper.journal.as_deref().unwrap_or_default();
    // The full locator stands in one text, as it is printed and asked for: year, volume, pages.
    let year = paper.year.map(|year| year.to_string()).unwrap_or_default();
    let body = vec![
        source("title", &paper.title),
        source("journal", journal),
        source("year", &year),
        source("locator", paper.locator.as_deref().unwrap_or_default()),
        source("authors", &paper.authors.join("、")),
        source("corresponding_authors", &paper.corresponding_authors.join("、")),
        source("database", paper.database.as_deref().unwrap_or_default()),
        source("doi", paper.doi.as_deref().unwrap_or_default()),
    ];
    let mut context = words("代表性论文");
    context.extend(otherwise_named(&record.people, paper.authors.iter().chain(&paper.corresponding_authors)));
    // The name under which it is listed may be another than the one printed here.
    let listed = record.journal.iter().filter(|listed| fold_key(&listed.name) != fold_key(journal));
    context.extend(listed.map(|listed| TextSource::hidden(&listed.name)));
    Record {
        kind: Kind::Paper,
        id: record.id.clone(),
        title: paper.title.clone(),
        dossier: Some(record.dossier.clone()),
        document: Some(bundle.dossier.id.clone()),
        names: vec![TextSource::hidden(&paper.title)],
        identifiers: numbers_of(&body),
        body,
        context,
        around: around.texts(),
        citations: paper.citations.map(u64::from),
        facets: facets.finish(),
        display: json!({
            "number": paper.number,
            "title": paper.title,
            "journal": record.journal,
            "year": paper.year,
            "locator": paper.locator,
            "doi": paper.doi,
            "impact_factor": paper.impact_factor,
            "authors": paper.authors,
            "corresponding_authors": paper.corresponding_authors,
            "database": paper.database,
            "citations": paper.citations,
            "people": record.people,
        }),
        people: paper
            .authors
            .iter()
            .chain(&paper.corresponding_authors)
            .chain(record.people.iter().map(|person| &person.name))
            .cloned()
            .collect(),
        weight: 1,
        ..Record::default()
    }
}

/// A right is found by what its row says and by its number in any form.
pub(super) fn ip(around: &Around<'_>, index: usize, record: &IpRecord) -> Record {
    let bundle = around.bundle;
    let ip = &record.ip;
    let mut facets = around.facets();
    facets.year(ip.grant_date.as_deref().and_then(parse_date).map(|date| date.year));
    record.people.iter().for_each(|person| facets.entity(Facet::Person, person));
    for holder in ip.holders.iter().filter(|holder| is_person_name(holder)) {
        facets.value(Facet::Person, holder);
    }
    bundle.institutions.iter().for_each(|one| facets.entity(Facet::Institution, one));
    ip.category.iter().for_each(|category| facets.value(Facet::IpCategory, category));
    ip.country.iter().for_each(|country| facets.value(Facet::Country, country));
    let source = |field: &str, text: &str| {
        let spans = ip.provenance.spans.get(field).map_or(&[][..], Vec::as_slice);
        placed(format!("ip[{index}].{field}"), text, spans, &bundle.text)
    };
    let body = vec![
        source("title", &ip.title),
        source("category", ip.category.as_deref().unwrap_or_default()),
        source("country", ip.country.as_deref().unwrap_or_default()),
        source("holders", &ip.holders.join("、")),
        source("grant_date", ip.grant_date.as_deref().unwrap_or_default()),
        source("grant_number", ip.grant_number.as_deref().unwrap_or_default()),
    ];
    let printed = ip.provenance.spans.get("grant_number").into_iter().flatten();
    let printed = printed.filter_map(|span| bundle.text.get(span.start..span.end));
    let mut context = words("主要知识产权 专利");
    context.extend(printed.map(TextSource::hidden));
    context.extend(besides(bundle, record).into_iter().map(TextSource::hidden));
    context.extend(rights_of(ip).map(TextSource::hidden));
    let settled = ip.holders.iter().filter_map(|holder| around.settled.get(&fold_key(holder)));
    context.extend(settled.copied().map(TextSource::hidden));
    context.extend(otherwise_named(&record.people, ip.holders.iter()));
    Record {
        kind: Kind::Ip,
        id: record.id.clone(),
        title: ip.title.clone(),
        dossier: Some(record.dossier.clone()),
        document: Some(bundle.dossier.id.clone()),
        names: vec![TextSource::hidden(&ip.title)],
        identifiers: grant_numbers(record),
        body,
        context,
        around: around.texts(),
        citations: citations(&bundle.dossier.papers),
        facets: facets.finish(),
        display: json!({
            "number": ip.number,
            "title": ip.title,
            "category": ip.category,
            "country": ip.country,
            "grant_number": ip.grant_number,
            "grant_date": ip.grant_date,
            "holders": ip.holders,
            "people": record.people,
        }),
        people: ip
            .holders
            .iter()
            .filter(|holder| is_person_name(holder))
            .chain(record.people.iter().map(|person| &person.name))
            .cloned()
            .collect(),
        weight: 1,
        ..Record::default()
    }
}

/// The names of people who are printed otherwise in a record: as `Chen YW` where the list says 陈一文.
fn otherwise_named<'a>(
    people: &'a [EntityRef],
    printed: impl Iterator<Item = &'a String> + Clone,
) -> impl Iterator<Item = TextSource> {
    let names = people.iter().map(|person| &person.name);
    names.filter(move |name| !printed.clone().any(|one| one == *name)).map(TextSource::hidden)
}

/// A claim is found by its text, its number and those credited for it.
pub(super) fn claim(around: &Around<'_>, index: usize, record: &ClaimRecord) -> Record {
    let bundle = around.bundle;
    let claim = &record.claim;
    let mut facets = around.facets();
    facets.year(around.facts.award.year);
    record.institutions.iter().for_each(|one| facets.entity(Facet::Institution, one));
    let mut context = words("主要创新点");
    for credited in &record.contributors {
        facets.entity(Facet::Person, &credited.person);
        context.push(TextSource::hidden(&credited.person.name));
        let own = bundle.contributions.iter().find(|one| one.person.id == credited.person.id);
        let institution = own.and_then(|one| one.institution.as_ref());
        institution.iter().for_each(|one| facets.entity(Facet::Institution, one));
        context.extend(institution.map(|one| TextSource::hidden(&one.name)));
    }
    context.extend(record.institutions.iter().map(|one| TextSource::hidden(&one.name)));
    let spans = claim.provenance.spans.get("text").map_or(&[][..], Vec::as_slice);
    let text = placed(format!("claims[{index}].text"), &claim.text, spans, &bundle.text);
    Record {
        kind: Kind::Claim,
        id: record.id.clone(),
        title: claim.heading.clone(),
        dossier: Some(record.dossier.clone()),
        document: Some(bundle.dossier.id.clone()),
        names: vec![TextSource::hidden(&claim.heading)],
        keys: vec![claim_word(claim.number)],
        identifiers: numbers_of(std::slice::from_ref(&text)),
        body: vec![text, TextSource::hidden(claim_word(claim.number))],
        context,
        around: around.texts(),
        citations: citations(&bundle.dossier.papers),
        facets: facets.finish(),
        display: json!({
            "number": claim.number,
            "heading": claim.heading,
            "text": claim.text,
            "contributors": record.contributors,
            "institutions": record.institutions,
        }),
        people: record.contributors.iter().map(|one| one.person.name.clone()).collect(),
        weight: 1,
        ..Record::default()
    }
}

/// A contribution is found by its text, the claims it credits and its evidence.
pub(super) fn did(around: &Around<'_>, record: &Contribution) -> Record {
    let bundle = around.bundle;
    let dossier = &bundle.dossier;
    let row = contribution::row(dossier, record);
    let mut facets = around.facets();
    facets.year(around.facts.award.year);
    facets.entity(Facet::Person, &record.person);
    record.institution.iter().for_each(|one| facets.entity(Facet::Institution, one));
    record.titles.iter().for_each(|title| facets.value(Facet::Title, title));
    let (mut field, mut spans) = ("contribution".to_owned(), &[][..]);
    if let Some((index, row)) = row {
        contribution::other_employer(row).iter().for_each(|name| facets.value(Facet::Institution, name));
        field = format!("contributors[{index}].contribution");
        spans = row.provenance.spans.get("contribution").map_or(&[][..], Vec::as_slice);
    }
    let text = placed(field, &record.text, spans, &bundle.text);
    let numbers = numbers_of(std::slice::from_ref(&text));
    let mut body = vec![text];
    body.extend(record.institution.iter().map(|one| TextSource::shown("institution", &one.name)));
    body.extend(row.and_then(|(_, row)| row.employer.as_ref()).map(TextSource::hidden));
    body.extend(record.titles.iter().map(|title| TextSource::shown("titles", title)));
    body.extend(record.post.iter().map(|post| TextSource::shown("post", post)));
    let mut context = words("主要完成人 主要贡献");
    context.extend(contribution::surroundings(record));
    let numbers_credited = |number| record.claims.iter().any(|claim| claim.number == number);
    for (index, claim) in contribution::credited(dossier, numbers_credited) {
        let spans = claim.provenance.spans.get("text").map_or(&[][..], Vec::as_slice);
        context.push(placed(format!("claims[{index}].text"), &claim.text, spans, &bundle.text));
        context.push(TextSource::hidden(&claim.heading));
    }
    Record {
        kind: Kind::Contribution,
        id: record.id.clone(),
        title: record.person.name.clone(),
        dossier: Some(record.dossier.clone()),
        document: Some(dossier.id.clone()),
        names: vec![TextSource::hidden(&record.person.name)],
        identifiers: numbers,
        body,
        context,
        around: around.texts(),
        citations: citations(&dossier.papers),
        rank: record.rank,
        facets: facets.finish(),
        display: json!({
            "person": record.person,
            "rank": record.rank,
            "institution": record.institution,
            "titles": record.titles,
            "post": record.post,
            "claims": record.claims,
            "text": record.text,
            "evidence": record.evidence,
        }),
        people: BTreeSet::from([record.person.name.clone()]),
        weight: 1,
        ..Record::default()
    }
}

/// What the source prints of a right between the fields that were read and behind them, to the end of the line or the
/// next right: owners, where its holders are those who invented it.
fn besides<'a>(bundle: &'a DocumentBundle, record: &IpRecord) -> Vec<&'a str> {
    /// Fields that stand further apart belong to no row.
    const ROW: usize = 3_000;
    let spans =
        |record: &IpRecord| -> Vec<Span> { record.ip.provenance.spans.values().flatten().copied().collect() };
    let mut own = spans(record);
    own.sort_unstable_by_key(|span| span.start);
    let Some(end) = own.iter().map(|span| span.end).max() else { return Vec::new() };
    let mut done = own[0].start;
    if end - done > ROW {
        return Vec::new();
    }
    let line = bundle.text.get(end..).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    let later = bundle.ip.iter().flat_map(spans).map(|span| span.start).filter(|start| *start >= end);
    let stop = later.min().map_or(end + line, |next| next.min(end + line));
    own.push(Span::new(stop, stop));
    let mut gaps = Vec::new();
    for span in own {
        let gap = if done < span.start && span.start - done <= ROW {
            bundle.text.get(done..span.start)
        } else {
            None
        };
        gaps.extend(gap.map(str::trim).filter(|gap| gap.chars().any(char::is_alphabetic)));
        done = done.max(span.end);
    }
    gaps
}

/// How rights of a country are asked for: 日本专利, 日本发明专利.
fn rights_of(ip: &Ip) -> impl Iterator<Item = String> {
    let country = ip.country.as_deref().filter(|country| !country.is_empty());
    let category = ip.category.as_deref().unwrap_or_default();
    let category = country.map_or(category, |country| category.strip_prefix(country).unwrap_or(category));
    let general =
        ["专利", "著作权", "标准"].into_iter().find(|word| category.ends_with(word) && category != *word);
    let names = [Some(category), general].into_iter().flatten().filter(|name| !name.is_empty());
    names.flat_map(move |name| country.map(|country| format!("{country}{name}")))
}

fn words(words: &str) -> Vec<TextSource> {
    words.split(' ').map(TextSource::hidden).collect()
}
