use serde_json::{Map, Value, json};

use super::{
    DossierParts, Record,
    author::Author,
    work::{Work, WorkForm, of_paper, of_right},
};
use crate::{
    domain::{
        ClaimRecord, Contribution, DossierRef, EntityRef, InstitutionRecord, JournalRecord, PersonRecord,
    },
    text::fold_key,
};

/// Terms are those of schema.org, named in the file itself, so that it is read without the network.
const HEAD: &str = "{\"@context\":{\"@vocab\":\"https://schema.org/\"},\"@graph\":[";

/// Begins the graph.
pub(super) fn head(out: &mut Vec<u8>) {
    out.extend_from_slice(HEAD.as_bytes());
}

/// Ends the graph.
pub(super) fn tail(out: &mut Vec<u8>) {
    out.extend_from_slice(b"\n]}\n");
}

/// Makes the node of a record.
pub(super) fn node(record: &Record) -> Value {
    let node = match record {
        Record::Dossier(parts) => dossier(parts),
        Record::Person(record) => person(record),
        Record::Institution(record) => institution(record),
        Record::Journal(record) => journal(record),
        Record::Paper(paper) => listed(&of_paper(paper), &paper.people, &paper.dossier),
        Record::Ip(ip) => listed(&of_right(ip), &ip.people, &ip.dossier),
        Record::Claim(record) => claim(record),
        Record::Contribution(record) => {
            let mut node = role(record);
            node["subjectOf"] = part_of(&record.dossier);
            node
        }
    };
    filled(node)
}

/// The address of a record as a URI. A file has no service that it came from.
fn uri(id: &str) -> String {
    format!("urn:dossier:{id}")
}

fn dossier(parts: &DossierParts) -> Value {
    let dossier = &parts.dossier;
    let award = dossier.award.clone().unwrap_or_default();
    let claims = dossier.claims.iter().map(|claim| {
        json!({"@type": "CreativeWork", "position": claim.number, "name": claim.heading, "text": claim.text})
    });
    let institutions = dossier.institutions.iter().map(|institution| {
        json!({"@type": "Role", "roleName": "完成单位", "position": institution.rank,
               "sourceOrganization": {"@type": "Organization", "name": institution.name}})
    });
    // A notice says who is nominated: that it is published is a fact, an award is none yet.
    let notice = json!({"@type": "PublicationEvent", "name": award.name, "description": award.category,
                        "startDate": award.year.map(|year| year.to_string()),
                        "organizer": award.recommender.map(|name| json!({"@type": "Organization", "name": name}))});
    json!({
        "@id": uri(&dossier.id),
        "@type": "CreativeWork",
        "identifier": dossier.id,
        "additionalType": dossier.kind.name(),
        "name": dossier.title,
        "abstract": dossier.summary,
        "about": {"@type": "Project", "name": dossier.title},
        "publication": notice,
        "contributor": parts.contributions.iter().map(role).collect::<Vec<_>>(),
        "sourceOrganization": institutions.collect::<Vec<_>>(),
        "hasPart": claims.collect::<Vec<_>>(),
        "citation": parts.papers.iter().map(|of| listed(&of_paper(of), &of.people, &of.dossier))
            .chain(parts.ip.iter().map(|of| listed(&of_right(of), &of.people, &of.dossier))).collect::<Vec<_>>(),
    })
}

/// What somebody did: a role between the work and the person, as schema.org puts a rank between them.
fn role(part: &Contribution) -> Value {
    let mut person = entity("Person", &part.person);
    person["affiliation"] = json!(part.institution.as_ref().map(|of| entity("Organization", of)));
    person["jobTitle"] = json!(part.titles);
    json!({
        "@id": uri(&part.id),
        "@type": "Role",
        "identifier": part.id,
        "roleName": "完成人",
        "position": part.rank,
        "description": part.text,
        "contributor": person,
    })
}

fn person(record: &PersonRecord) -> Value {
    let works = record.contributions.iter().map(|part| {
        json!({"@type": "Role", "roleName": "完成人", "position": part.rank, "description": part.text,
               "subjectOf": part_of(&part.dossier)})
    });
    json!({
        "@id": uri(&record.id),
        "@type": "Person",
        "identifier": record.id,
        "name": record.name,
        "affiliation": record.institution.as_ref().map(|of| entity("Organization", of)),
        "jobTitle": record.titles,
        "subjectOf": works.collect::<Vec<_>>(),
    })
}

fn institution(record: &InstitutionRecord) -> Value {
    let works = record.dossiers.iter().map(|part| {
        json!({"@type": "Role", "roleName": if part.rank.is_some() { "完成单位" } else { "工作单位" },
               "position": part.rank, "description": part.contribution, "subjectOf": part_of(&part.dossier)})
    });
    let mut members: Vec<&EntityRef> = record.people.iter().map(|member| &member.person).collect();
    members.sort_unstable();
    members.dedup();
    json!({
        "@id": uri(&record.id),
        "@type": "Organization",
        "identifier": record.id,
        "name": record.name,
        "alternateName": record.aliases.iter().map(|alias| &alias.name).collect::<Vec<_>>(),
        "subjectOf": works.collect::<Vec<_>>(),
        "member": members.into_iter().map(|of| entity("Person", of)).collect::<Vec<_>>(),
    })
}

fn journal(record: &JournalRecord) -> Value {
    json!({
        "@id": uri(&record.id),
        "@type": "Periodical",
        "identifier": record.id,
        "name": record.name,
        "hasPart": record.papers.iter().map(|paper| json!({"@id": uri(&paper.id), "@type": "ScholarlyArticle",
            "name": paper.paper.title})).collect::<Vec<_>>(),
    })
}

fn claim(record: &ClaimRecord) -> Value {
    let contributors = record.contributors.iter().map(|of| {
        json!({"@type": "Role", "roleName": "完成人", "position": of.rank,
               "contributor": entity("Person", &of.person)})
    });
    json!({
        "@id": uri(&record.id),
        "@type": "CreativeWork",
        "identifier": record.id,
        "position": record.claim.number,
        "name": record.claim.heading,
        "text": record.claim.text,
        "isPartOf": part_of(&record.dossier),
        "contributor": contributors.collect::<Vec<_>>(),
        "sourceOrganization": record.institutions.iter().map(|of| entity("Organization", of)).collect::<Vec<_>>(),
    })
}

/// A paper or a right, which a dossier lists.
fn listed(work: &Work<'_>, people: &[EntityRef], dossier: &DossierRef) -> Value {
    let date = work.date.map(|date| {
        let part = |part: Option<u8>| part.map(|part| format!("-{part:02}")).unwrap_or_default();
        format!("{}{}{}", date.year, part(date.month), part(date.day))
    });
    let authors = work.authors.iter().map(|name| author(name, people));
    let doi =
        work.doi.as_ref().map(|doi| json!({"@type": "PropertyValue", "propertyID": "doi", "value": doi}));
    let number = work
        .number
        .map(|number| json!({"@type": "PropertyValue", "propertyID": work.category, "value": number}));
    let identifiers = [Some(json!(work.id)), doi, number].into_iter().flatten().collect::<Vec<_>>();
    json!({
        "@id": uri(work.id),
        "@type": schema_type(work.form),
        "identifier": identifiers,
        "name": work.title,
        "author": authors.collect::<Vec<_>>(),
        "datePublished": date,
        "genre": work.category,
        "locationCreated": work.country.map(|name| json!({"@type": "Country", "name": name})),
        "isPartOf": within(work),
        "pageStart": work.locator.first_page,
        "pageEnd": work.locator.last_page,
        "pagination": work.note,
        "subjectOf": part_of(dossier),
    })
}

/// The issue of a volume of a periodical, as far as each is known.
fn within(work: &Work<'_>) -> Option<Value> {
    let periodical = work.journal.map(|name| json!({"@type": "Periodical", "name": name}));
    let volume =
        work.locator.volume.as_ref().map(
            |number| json!({"@type": "PublicationVolume", "volumeNumber": number, "isPartOf": periodical}),
        );
    let volume = volume.or(periodical);
    let issue = work
        .locator
        .issue
        .as_ref()
        .map(|number| json!({"@type": "PublicationIssue", "issueNumber": number, "isPartOf": volume}));
    issue.or(volume)
}

/// An author or holder: a contributor by their address.
fn author(name: &Author, people: &[EntityRef]) -> Value {
    let text = name.to_string();
    if let Some(person) = people.iter().find(|person| fold_key(&person.name) == fold_key(&text)) {
        return entity("Person", person);
    }
    json!({"@type": if name.is_body() { "Organization" } else { "Person" }, "name": text})
}

fn schema_type(form: WorkForm) -> &'static str {
    match form {
        WorkForm::Article => "ScholarlyArticle",
        WorkForm::Software => "SoftwareApplication",
        WorkForm::Patent | WorkForm::Standard | WorkForm::Other => "CreativeWork",
    }
}

fn entity(kind: &str, of: &EntityRef) -> Value {
    json!({"@id": uri(&of.id), "@type": kind, "name": of.name})
}

fn part_of(dossier: &DossierRef) -> Value {
    json!({"@id": uri(&dossier.id), "@type": "CreativeWork", "name": dossier.title})
}

/// Without what is not known: `null`, empty texts and lists, and nodes that say their type alone.
fn filled(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, filled(value)));
            let known: Map<String, Value> = fields.filter(|(_, value)| !is_empty(value)).collect();
            Value::Object(known)
        }
        Value::Array(items) => {
            Value::Array(items.into_iter().map(filled).filter(|item| !is_empty(item)).collect())
        }
        other => other,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.keys().all(|name| name == "@type" || name == "roleName"),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
