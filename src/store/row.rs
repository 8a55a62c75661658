use rusqlite::{Transaction, params};

use super::{
    StoreError, entity,
    id::{id_of, row_id},
    identity::{self, Tie},
};
use crate::{
    domain::{Dossier, Kind},
    resolve::{Appearance, Resolution},
    text::fold_key,
};

/// Deletes all that a document lists, its ties included; not yet what they were tied to.
pub(super) fn clear(tx: &Transaction<'_>, document_id: &str) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM contribution WHERE document_id = ?1",
        "DELETE FROM claim WHERE document_id = ?1",
        "DELETE FROM paper WHERE document_id = ?1",
        "DELETE FROM ip WHERE document_id = ?1",
        "DELETE FROM completing_institution WHERE document_id = ?1",
        "DELETE FROM institution_alias WHERE document_id = ?1",
        "DELETE FROM mention WHERE document_id = ?1",
        "DELETE FROM identity_fact WHERE document_id = ?1",
        "DELETE FROM identity_near WHERE document_id = ?1",
        "DELETE FROM suggestion WHERE document_id = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([document_id])?;
    }
    Ok(())
}

/// Writes all that a document lists, and ties it to people, institutions and journals.
pub(super) fn write(
    tx: &Transaction<'_>,
    dossier: &Dossier,
    resolution: &Resolution,
) -> Result<(), StoreError> {
    institutions(tx, dossier, resolution)?;
    let people = contributions(tx, dossier, resolution)?;
    aliases(tx, dossier, resolution)?;
    claims(tx, dossier)?;
    papers(tx, dossier, resolution, &people)?;
    ip(tx, dossier, resolution, &people)?;
    identity::write(tx, dossier, resolution)?;
    mentions(tx, dossier)
}

fn institutions(tx: &Transaction<'_>, dossier: &Dossier, resolution: &Resolution) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO completing_institution
             (document_id, position, institution_id, institution_node, method, rank, institution)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, (institution, link)) in numbered(dossier.institutions.iter().zip(&resolution.completing)) {
        let Some(link) = link else { continue };
        let tie = identity::institution(tx, link)?;
        insert.execute(params![
            dossier.id,
            position,
            tie.entity,
            tie.node,
            link.method.name(),
            institution.rank,
            serde_json::to_string(institution)?,
        ])?;
    }
    Ok(())
}

fn aliases(tx: &Transaction<'_>, dossier: &Dossier, resolution: &Resolution) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO institution_alias
             (institution_id, institution_node, alias_node, document_id, name, name_key, evidence, field)
         SELECT entity_id, id, ?2, ?3, ?4, ?5, ?6, ?7 FROM identity_node WHERE id = ?1",
    )?;
    for alias in &resolution.aliases {
        // Only a name that the dossier prints as another one holds in other dossiers too; a listed name leads to
        // its institution by its key, and what settled a look-alike or a short form is this dossier alone.
        let printed = alias.field.starts_with("institutions[");
        let other = if printed { &alias.key } else { &alias.institution };
        insert.execute(params![
            id_of(Kind::Institution, &alias.institution),
            id_of(Kind::Institution, other),
            dossier.id,
            alias.name,
            fold_key(&alias.name),
            alias.evidence,
            alias.field,
        ])?;
    }
    Ok(())
}

/// Answers with the person of each contributor.
fn contributions(
    tx: &Transaction<'_>,
    dossier: &Dossier,
    resolution: &Resolution,
) -> Result<Vec<Option<Tie>>, StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO contribution (id, document_id, position, person_id, person_method, institution_id,
             institution_method, employer_id, rank, contributor, person_node, institution_node, employer_node)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    let mut credit = tx.prepare_cached(
        "INSERT OR IGNORE INTO contribution_claim (contribution_id, number) VALUES (?1, ?2)",
    )?;
    let mut people = Vec::with_capacity(dossier.contributors.len());
    for (position, (contributor, links)) in
        numbered(dossier.contributors.iter().zip(&resolution.contributors))
    {
        let Some(link) = &links.person else {
            people.push(None);
            continue;
        };
        let institution =
            links.institution.as_ref().map(|link| identity::institution(tx, link)).transpose()?;
        let employer = links.employer.as_ref().map(|link| identity::institution(tx, link)).transpose()?;
        let person = identity::person(tx, link, institution.as_ref())?;
        let id = row_id(Kind::Contribution, &dossier.id, position);
        insert.execute(params![
            id,
            dossier.id,
            position,
            person.entity,
            link.method.name(),
            institution.as_ref().map(|tie| &tie.entity),
            links.institution.as_ref().map(|link| link.method.name()),
            employer.as_ref().map(|tie| &tie.entity),
            contributor.rank,
            serde_json::to_string(contributor)?,
            person.node,
            institution.as_ref().map(|tie| &tie.node),
            employer.as_ref().map(|tie| &tie.node),
        ])?;
        for number in &contributor.claims {
            credit.execute(params![id, number])?;
        }
        people.push(Some(person));
    }
    Ok(people)
}

fn claims(tx: &Transaction<'_>, dossier: &Dossier) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO claim (id, document_id, position, number, name, name_key, claim)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, claim) in numbered(&dossier.claims) {
        insert.execute(params![
            row_id(Kind::Claim, &dossier.id, position),
            dossier.id,
            position,
            claim.number,
            claim.heading,
            fold_key(&claim.heading),
            serde_json::to_string(claim)?,
        ])?;
    }
    Ok(())
}

fn papers(
    tx: &Transaction<'_>,
    dossier: &Dossier,
    resolution: &Resolution,
    people: &[Option<Tie>],
) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO paper (id, document_id, position, journal_id, name, name_key, paper)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    // A person listed twice as a contributor stands once among the authors.
    let mut tie = tx.prepare_cached(
        "INSERT OR IGNORE INTO paper_person
             (paper_id, person_id, person_node, position, corresponding, printed, method, score)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (position, (paper, links)) in numbered(dossier.papers.iter().zip(&resolution.papers)) {
        let id = row_id(Kind::Paper, &dossier.id, position);
        let journal = links.journal.as_ref().map(|link| entity::journal(tx, link)).transpose()?;
        let json = serde_json::to_string(paper)?;
        insert.execute(params![
            id,
            dossier.id,
            position,
            journal,
            paper.title,
            fold_key(&paper.title),
            json
        ])?;
        for (place, (person, author)) in numbered(persons(people, &links.people)) {
            let Appearance { corresponding, printed, method, score, .. } = author;
            let (entity, node) = (&person.entity, &person.node);
            tie.execute(params![id, entity, node, place, corresponding, printed, method.name(), score])?;
        }
    }
    Ok(())
}

fn ip(
    tx: &Transaction<'_>,
    dossier: &Dossier,
    resolution: &Resolution,
    people: &[Option<Tie>],
) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO ip (id, document_id, position, name, name_key, ip) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut tie = tx.prepare_cached(
        "INSERT OR IGNORE INTO ip_person (ip_id, person_id, person_node, position, printed, method, score)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, (ip, holders)) in numbered(dossier.ip.iter().zip(&resolution.ip)) {
        let id = row_id(Kind::Ip, &dossier.id, position);
        let json = serde_json::to_string(ip)?;
        insert.execute(params![id, dossier.id, position, ip.title, fold_key(&ip.title), json])?;
        for (place, (person, holder)) in numbered(persons(people, holders)) {
            let Appearance { printed, method, score, .. } = holder;
            tie.execute(params![id, person.entity, person.node, place, printed, method.name(), score])?;
        }
    }
    Ok(())
}

/// The people among the names of a list, in its order, and how they stand there.
fn persons<'a>(
    people: &'a [Option<Tie>],
    appearances: &'a [Appearance],
) -> impl Iterator<Item = (&'a Tie, &'a Appearance)> {
    appearances.iter().filter_map(|appearance| Some((people[appearance.contributor].as_ref()?, appearance)))
}

/// Counts items from 0, in numbers that the database takes.
fn numbered<T>(items: impl IntoIterator<Item = T>) -> impl Iterator<Item = (u32, T)> {
    (0..).zip(items)
}

fn mentions(tx: &Transaction<'_>, dossier: &Dossier) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO mention (document_id, kind, position, name, name_key, institution)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (position, person) in numbered(&dossier.mentions.people) {
        let key = fold_key(&person.name);
        insert.execute(params![dossier.id, "person", position, person.name, key, person.institution])?;
    }
    for (position, name) in numbered(&dossier.mentions.institutions) {
        let none = None::<&str>;
        insert.execute(params![dossier.id, "institution", position, name, fold_key(name), none])?;
    }
    Ok(())
}
