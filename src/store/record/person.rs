use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::{contributions, ips, listed_ips, listed_papers, number, optional_ref, papers};
use crate::{
    domain::{CoContributor, Contribution, EntityRef, PersonRecord},
    store::StoreError,
    text::fold_key,
};

/// A person with all that is tied to them.
pub(in crate::store) fn person(db: &Connection, id: &str) -> Result<Option<PersonRecord>, StoreError> {
    let Some(mut person) = bare_person(db, id)? else { return Ok(None) };
    person.papers = papers(db, OF_PAPERS, "", id)?;
    person.ip = ips(db, OF_IP, "", id)?;
    person.co_contributors = co_contributors(db, id)?;
    Ok(Some(person))
}

/// The papers `a` that bear a person's name, and the rights `r`.
const OF_PAPERS: &str = "a.id IN (SELECT paper_id FROM paper_person WHERE person_id = ?1)";
const OF_IP: &str = "r.id IN (SELECT ip_id FROM ip_person WHERE person_id = ?1)";

/// A person without co-contributors, and without where else papers and rights are listed.
pub(in crate::store) fn bare_person(db: &Connection, id: &str) -> Result<Option<PersonRecord>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT p.name, i.id, i.name FROM person p LEFT JOIN institution i ON i.id = p.institution_id
         WHERE p.id = ?1",
    )?;
    let found = query.query_row([id], |row| Ok((row.get(0)?, optional_ref(row, 1)?))).optional()?;
    let Some((name, institution)) = found else {
        return Ok(None);
    };
    let contributions = contributions(db, "b.person_id = ?1", [id])?;
    Ok(Some(PersonRecord {
        id: id.to_owned(),
        name,
        institution,
        titles: distinct_titles(&contributions),
        papers: listed_papers(db, OF_PAPERS, "", id)?,
        ip: listed_ips(db, OF_IP, "", id)?,
        contributions,
        ..PersonRecord::default()
    }))
}

fn distinct_titles(contributions: &[Contribution]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let titles = contributions.iter().flat_map(|contribution| &contribution.titles);
    titles.filter(|title| seen.insert(fold_key(title))).cloned().collect()
}

fn co_contributors(db: &Connection, id: &str) -> Result<Vec<CoContributor>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT p.id, p.name, count(DISTINCT other.document_id) AS shared
         FROM contribution own JOIN contribution other ON other.document_id = own.document_id
         JOIN person p ON p.id = other.person_id
         WHERE own.person_id = ?1 AND p.id <> ?1
         GROUP BY p.id ORDER BY shared DESC, p.name_key, p.id",
    )?;
    let others = query.query_map([id], |row| {
        let person = EntityRef { id: row.get(0)?, name: row.get(1)? };
        Ok(CoContributor { person, dossiers: number(row, 2)? })
    })?;
    Ok(others.collect::<Result<_, _>>()?)
}
