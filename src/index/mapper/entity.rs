use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use serde_json::json;

use super::{
    DossierFacts,
    contribution::{self, claim_word},
    document::{grant_numbers, numbers_of},
    facets::{Facets, Labels, citations},
    facts::awards_of,
};
use crate::{
    domain::{Facet, InstitutionRecord, JournalRecord, Kind, PersonRecord},
    index::{Record, TextSource},
};

/// What the list of a dossier's contributors says of one, besides the contribution itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContributorRow {
    /// The address of the contribution.
    pub contribution: String,
    /// 工作单位, as printed.
    pub employer: Option<String>,
    /// The same, where it is printed otherwise than the institution, which the record itself names.
    pub other_employer: Option<String>,
    /// The claims credited: the place of each in its dossier, and its text.
    pub claims: Vec<(usize, String)>,
}

/// Maps a person; `dossiers` are those of the person's contributions, `rows` say more of these.
pub fn person_record(
    person: &PersonRecord,
    dossiers: &[Arc<DossierFacts>],
    rows: &[ContributorRow],
    labels: Labels<'_>,
) -> Record {
    let mut facets = Facets::new(labels);
    facets.named(Facet::Person, &person.id, &person.name);
    person.institution.iter().for_each(|one| facets.entity(Facet::Institution, one));
    person.titles.iter().for_each(|title| facets.value(Facet::Title, title));
    let mut body: Vec<TextSource> =
        person.institution.iter().map(|one| TextSource::shown("institution", &one.name)).collect();
    body.extend(person.titles.iter().map(|title| TextSource::shown("titles", title)));
    let mut context = vec![TextSource::hidden("主要完成人")];
    for (index, one) in person.contributions.iter().enumerate() {
        body.push(contribution::text(format!("contributions[{index}].text"), one));
        body.extend(one.institution.iter().map(|one| TextSource::hidden(&one.name)));
        body.extend(one.titles.iter().chain(&one.post).map(TextSource::hidden));
        one.institution.iter().for_each(|one| facets.entity(Facet::Institution, one));
        one.titles.iter().for_each(|title| facets.value(Facet::Title, title));
        context.push(TextSource::shown(format!("contributions[{index}].dossier.title"), &one.dossier.title));
        context.extend(contribution::surroundings(one));
        if let Some(dossier) = dossiers.iter().find(|dossier| dossier.id == one.dossier.id) {
            facets.of_dossier(dossier);
            facets.year(dossier.award.year);
            context.extend(dossier.award_words());
        }
        let Some(row) = rows.iter().find(|row| row.contribution == one.id) else { continue };
        row.other_employer.iter().for_each(|name| facets.value(Facet::Institution, name));
        body.extend(row.employer.iter().map(TextSource::hidden));
        context.extend(
            row.claims.iter().map(|(at, text)| TextSource::shown(format!("claims[{at}].text"), text)),
        );
    }
    person
        .papers
        .iter()
        .filter_map(|one| one.journal.as_ref())
        .for_each(|one| facets.entity(Facet::Journal, one));
    for one in &person.ip {
        one.ip.category.iter().for_each(|category| facets.value(Facet::IpCategory, category));
        one.ip.country.iter().for_each(|country| facets.value(Facet::Country, country));
    }
    let mut numbers = numbers_of(&body);
    numbers.extend(person.ip.iter().flat_map(grant_numbers));
    let papers = person.papers.iter().enumerate();
    context
        .extend(papers.map(|(at, one)| TextSource::shown(format!("papers[{at}].title"), &one.paper.title)));
    let ip = person.ip.iter().enumerate();
    context.extend(ip.map(|(at, one)| TextSource::shown(format!("ip[{at}].title"), &one.ip.title)));
    let contributions = person.contributions.iter().map(|one| {
        json!({"id": one.id, "dossier": one.dossier, "rank": one.rank, "institution": one.institution, "claims": one.claims})
    });
    Record {
        kind: Kind::Person,
        id: person.id.clone(),
        title: person.name.clone(),
        names: vec![TextSource::shown("name", &person.name)],
        people: BTreeSet::from([person.name.clone()]),
        weight: different(
            person
                .contributions
                .iter()
                .map(|one| one.dossier.id.as_str())
                .chain(person.papers.iter().map(|one| one.dossier.id.as_str()))
                .chain(person.ip.iter().map(|one| one.dossier.id.as_str())),
        ),
        body: once(body),
        context: once(context),
        identifiers: numbers,
        citations: citations(person.papers.iter().map(|one| &one.paper)),
        rank: person.contributions.iter().filter_map(|one| one.rank).min(),
        facets: facets.finish(),
        display: json!({
            "name": person.name,
            "institution": person.institution,
            "titles": person.titles,
            "contributions": contributions.collect::<Vec<_>>(),
            "papers": person.papers.len(),
            "ip": person.ip.len(),
        }),
        ..Record::default()
    }
}

/// Maps an institution; `dossiers` are those it completed or employs contributors of.
pub fn institution_record(
    institution: &InstitutionRecord,
    dossiers: &[Arc<DossierFacts>],
    labels: Labels<'_>,
) -> Record {
    let mut facets = Facets::new(labels);
    facets.named(Facet::Institution, &institution.id, &institution.name);
    let mut names = vec![TextSource::shown("name", &institution.name)];
    let aliases = institution.aliases.iter().enumerate();
    names.extend(aliases.map(|(at, alias)| TextSource::shown(format!("aliases[{at}].name"), &alias.name)));
    let mut body = Vec::new();
    let mut context = vec![TextSource::hidden("主要完成单位")];
    for (index, part) in institution.dossiers.iter().enumerate() {
        if let Some(text) = &part.contribution {
            let mut source = TextSource::shown(format!("dossiers[{index}].contribution"), text);
            let whole = part.span.filter(|span| span.end - span.start == text.len());
            source.pieces.extend(whole.map(|span| crate::index::Piece { at: 0, span }));
            body.push(source);
        }
        context.push(TextSource::shown(format!("dossiers[{index}].dossier.title"), &part.dossier.title));
        context.extend(part.claims.iter().map(|&number| TextSource::hidden(claim_word(number))));
        let ranks = contribution::rank_words(part.rank, "完成单位");
        context.extend(ranks.into_iter().map(TextSource::hidden));
    }
    for dossier in dossiers {
        facets.of_dossier(dossier);
        facets.year(dossier.award.year);
    }
    context.extend(awards_of(dossiers));
    for (index, one) in institution.people.iter().enumerate() {
        facets.entity(Facet::Person, &one.person);
        context.push(TextSource::shown(format!("people[{index}].person.name"), &one.person.name));
    }
    let parts = institution.dossiers.iter();
    let parts = parts.map(|part| json!({"dossier": part.dossier, "rank": part.rank, "claims": part.claims}));
    Record {
        kind: Kind::Institution,
        id: institution.id.clone(),
        title: institution.name.clone(),
        names,
        people: institution.people.iter().map(|one| one.person.name.clone()).collect(),
        weight: different(
            institution
                .dossiers
                .iter()
                .map(|one| one.dossier.id.as_str())
                .chain(institution.people.iter().map(|one| one.dossier.id.as_str())),
        ),
        identifiers: numbers_of(&body),
        body: once(body),
        context: once(context),
        citations: dossiers.iter().filter_map(|dossier| dossier.citations).reduce(|a, b| a + b),
        rank: institution.dossiers.iter().filter_map(|part| part.rank).min(),
        facets: facets.finish(),
        display: json!({
            "name": institution.name,
            "aliases": institution.aliases.iter().map(|alias| &alias.name).collect::<Vec<_>>(),
            "dossiers": parts.collect::<Vec<_>>(),
            "people": institution.people.len(),
        }),
        ..Record::default()
    }
}

/// One of the papers of a journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperRow {
    /// As listed.
    pub title: String,
    /// Year of publication.
    pub year: Option<u16>,
    /// How often it was cited by others.
    pub citations: Option<u32>,
}

/// Maps a journal; `papers` are its own in the order of its record, `dossiers` those that list them.
pub fn journal_record(
    journal: &JournalRecord,
    papers: &[PaperRow],
    dossiers: &[Arc<DossierFacts>],
    labels: Labels<'_>,
) -> Record {
    let mut facets = Facets::new(labels);
    facets.named(Facet::Journal, &journal.id, &journal.name);
    let (mut seen, mut years) = (HashSet::new(), HashSet::new());
    let mut context = vec![TextSource::hidden("期刊")];
    for (index, paper) in papers.iter().enumerate() {
        if years.insert(paper.year) {
            facets.year(paper.year);
        }
        if seen.insert(&paper.title) {
            context.push(TextSource::shown(format!("papers[{index}].title"), &paper.title));
        }
    }
    dossiers.iter().for_each(|dossier| facets.of_dossier(dossier));
    context.extend(awards_of(dossiers));
    let cited = papers.iter().filter_map(|paper| paper.citations).map(u64::from);
    Record {
        kind: Kind::Journal,
        id: journal.id.clone(),
        title: journal.name.clone(),
        names: journal_names(journal),
        weight: dossiers.len() as u64,
        context: once(context),
        citations: cited.reduce(|a, b| a + b),
        facets: facets.finish(),
        display: json!({"name": journal.name, "papers": papers.len()}),
        ..Record::default()
    }
}

/// A journal is found by its abbreviations too.
fn journal_names(journal: &JournalRecord) -> Vec<TextSource> {
    let aliases = journal.aliases.iter().enumerate();
    let aliases = aliases.map(|(at, alias)| TextSource::shown(format!("aliases[{at}].name"), &alias.name));
    std::iter::once(TextSource::shown("name", &journal.name)).chain(aliases).collect()
}

/// How many different addresses there are.
fn different<'a>(ids: impl Iterator<Item = &'a str>) -> u64 {
    ids.collect::<BTreeSet<_>>().len() as u64
}

/// Each text once: what many dossiers say alike finds a record no better, and would make it ever slower to index.
fn once(sources: Vec<TextSource>) -> Vec<TextSource> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<TextSource> = Vec::new();
    for source in sources {
        match places.get(&source.text) {
            Some(&at) if kept[at].field.is_empty() => kept[at] = source,
            Some(_) => {}
            None => {
                places.insert(source.text.clone(), kept.len());
                kept.push(source);
            }
        }
    }
    kept
}
