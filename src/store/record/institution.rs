use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, types::ValueRef};

use super::{DOSSIER_REF, contribution::BY_RANK, dossier_ref, extent, json};
use crate::{
    domain::{
        Alias, DossierRef, EntityRef, Institution, InstitutionDossier, InstitutionRecord, RankedPerson,
    },
    resolve::AUTHORITY,
    store::StoreError,
    text::fold_key,
};

/// An institution with all that is tied to it.
pub(in crate::store) fn institution(
    db: &Connection,
    id: &str,
) -> Result<Option<InstitutionRecord>, StoreError> {
    let mut query = db.prepare_cached("SELECT name FROM institution WHERE id = ?1")?;
    let Some(name) = query.query_row([id], |row| row.get(0)).optional()? else {
        return Ok(None);
    };
    Ok(Some(InstitutionRecord {
        id: id.to_owned(),
        name,
        aliases: institution_aliases(db, id)?,
        dossiers: dossiers(db, id)?,
        people: people(db, id)?,
        ..InstitutionRecord::default()
    }))
}

/// Each other name once: those that dossiers print as such, and those of what was made one with it.
pub(in crate::store) fn institution_aliases(db: &Connection, id: &str) -> Result<Vec<Alias>, StoreError> {
    let mut aliases = printed_aliases(db, id)?;
    let known: BTreeSet<String> = aliases.iter().map(|alias| fold_key(&alias.name)).collect();
    let mut query = db.prepare_cached(
        "SELECT n.name, ifnull((SELECT d.reason FROM identity_decision x JOIN decision d ON d.id = x.decision_id
                 WHERE x.node_id = n.id AND d.action = 'merge' AND d.undone_at IS NULL ORDER BY d.id LIMIT 1), ''),
             ifnull((SELECT min(document_id) FROM completing_institution WHERE institution_node = n.id),
                 ifnull((SELECT min(document_id) FROM contribution WHERE institution_node = n.id), '')), i.name
         FROM institution i JOIN identity_node n ON n.entity_id = i.id WHERE i.id = ?1 AND n.name <> i.name ORDER BY n.key",
    )?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let (alias, own): (Alias, String) =
            (Alias { name: row.get(0)?, evidence: row.get(1)?, dossier: row.get(2)? }, row.get(3)?);
        let key = fold_key(&alias.name);
        if key != fold_key(&own) && !known.contains(&key) {
            aliases.push(alias);
        }
    }
    Ok(aliases)
}

/// With the evidence that came first.
fn printed_aliases(db: &Connection, id: &str) -> Result<Vec<Alias>, StoreError> {
    // Beside min(), the other columns are those of the row that has the least: a printed one where there is one.
    let mut query = db.prepare_cached(
        "SELECT name, evidence, iif(field = ?2, NULL, document_id), min((field = ?2) << 48 | rowid)
         FROM institution_alias WHERE institution_id = ?1
             AND name_key <> (SELECT name_key FROM institution WHERE id = ?1)
         GROUP BY name_key ORDER BY name_key",
    )?;
    let aliases = query.query_map([id, AUTHORITY], |row| {
        Ok(Alias { name: row.get(0)?, evidence: row.get(1)?, dossier: row.get(2)? })
    })?;
    Ok(aliases.collect::<Result<_, _>>()?)
}

/// The dossiers it completed and those in which it is an employer only.
fn dossiers(db: &Connection, id: &str) -> Result<Vec<InstitutionDossier>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {DOSSIER_REF}, k.institution, d.title_key AS title_key, k.position AS position
         FROM completing_institution k JOIN document d ON d.id = k.document_id WHERE k.institution_id = ?1
         UNION ALL
         SELECT {DOSSIER_REF}, NULL, d.title_key, NULL FROM document d
         WHERE d.id IN (SELECT document_id FROM contribution WHERE institution_id = ?1
                        UNION SELECT document_id FROM contribution WHERE employer_id = ?1
                        EXCEPT SELECT document_id FROM completing_institution WHERE institution_id = ?1)
         ORDER BY title_key, 1, position"
    ))?;
    let mut rows = query.query([id])?;
    let mut dossiers = Vec::new();
    while let Some(row) = rows.next()? {
        let completed = row.get_ref(3)? != ValueRef::Null;
        let part = if completed { json(row, 3)? } else { Institution::default() };
        dossiers.push(institution_dossier(dossier_ref(row)?, part));
    }
    Ok(dossiers)
}

/// An institution's part in a dossier, by the row that lists it.
pub(in crate::store) fn institution_dossier(dossier: DossierRef, part: Institution) -> InstitutionDossier {
    InstitutionDossier {
        dossier,
        rank: part.rank,
        span: extent(&part.provenance, "contribution"),
        contribution: part.contribution,
        claims: part.claims,
    }
}

fn people(db: &Connection, id: &str) -> Result<Vec<RankedPerson>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {DOSSIER_REF}, p.id, p.name, b.rank
         FROM contribution b JOIN document d ON d.id = b.document_id JOIN person p ON p.id = b.person_id
         WHERE b.institution_id = ?1 OR b.employer_id = ?1 ORDER BY {BY_RANK}"
    ))?;
    let people = query.query_map([id], |row| {
        let person = EntityRef { id: row.get(3)?, name: row.get(4)? };
        Ok(RankedPerson { person, dossier: dossier_ref(row)?, rank: row.get(5)? })
    })?;
    Ok(people.collect::<Result<_, _>>()?)
}
