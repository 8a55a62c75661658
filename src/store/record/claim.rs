use rusqlite::{Connection, params};

use super::{DOSSIER_REF, contribution::BY_RANK, dossier_ref, json};
use crate::{
    domain::{ClaimRecord, EntityRef, InnovationClaim, Institution, RankedPerson},
    store::StoreError,
};

/// The claims `c` for which `condition` holds of `?1`, by dossier.
pub(in crate::store) fn claims(
    db: &Connection,
    condition: &str,
    parameter: &str,
) -> Result<Vec<ClaimRecord>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {DOSSIER_REF}, c.id, c.claim FROM claim c JOIN document d ON d.id = c.document_id
         WHERE {condition} ORDER BY d.title_key, d.id, c.position"
    ))?;
    let mut rows = query.query([parameter])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let dossier = dossier_ref(row)?;
        let claim: InnovationClaim = json(row, 4)?;
        found.push(ClaimRecord {
            id: row.get(3)?,
            contributors: credited_people(db, &dossier.id, claim.number)?,
            institutions: credited_institutions(db, &dossier.id, claim.number)?,
            dossier,
            claim,
        });
    }
    Ok(found)
}

fn credited_people(db: &Connection, document: &str, number: u32) -> Result<Vec<RankedPerson>, StoreError> {
    // `+` keeps the number from being looked up first: nearly every dossier credits a claim of that number.
    let mut query = db.prepare_cached(&format!(
        "SELECT {DOSSIER_REF}, p.id, p.name, b.rank
         FROM contribution b JOIN document d ON d.id = b.document_id JOIN person p ON p.id = b.person_id
         JOIN contribution_claim k ON k.contribution_id = b.id
         WHERE b.document_id = ?1 AND +k.number = ?2 ORDER BY {BY_RANK}"
    ))?;
    let people = query.query_map(params![document, number], |row| {
        let person = EntityRef { id: row.get(3)?, name: row.get(4)? };
        Ok(RankedPerson { person, dossier: dossier_ref(row)?, rank: row.get(5)? })
    })?;
    Ok(people.collect::<Result<_, _>>()?)
}

fn credited_institutions(db: &Connection, document: &str, number: u32) -> Result<Vec<EntityRef>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT i.id, i.name, k.institution
         FROM completing_institution k JOIN institution i ON i.id = k.institution_id
         WHERE k.document_id = ?1 ORDER BY k.rank IS NULL, k.rank, k.position",
    )?;
    let mut rows = query.query([document])?;
    let mut credited = Vec::new();
    while let Some(row) = rows.next()? {
        let institution: Institution = json(row, 2)?;
        if institution.claims.contains(&number) {
            credited.push(EntityRef { id: row.get(0)?, name: row.get(1)? });
        }
    }
    Ok(credited)
}
