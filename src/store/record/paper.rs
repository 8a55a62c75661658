use rusqlite::Connection;

use super::{DOSSIER_REF, dossier_ref, entities, json, optional_ref, work};
use crate::{
    domain::{Ip, IpRecord, Paper, PaperRecord},
    store::StoreError,
};

/// The papers `a` for which `condition` holds of `?1`, by dossier; `tie` joins another table.
pub(in crate::store) fn papers(
    db: &Connection,
    condition: &str,
    tie: &str,
    parameter: &str,
) -> Result<Vec<PaperRecord>, StoreError> {
    let mut found = listed_papers(db, condition, tie, parameter)?;
    let mut reused = work::Reused::default();
    for record in &mut found {
        record.reuse = reused.of(db, &record.id)?;
        record.suggestions = work::papers_alike(db, &record.id)?;
    }
    Ok(found)
}

/// As [`papers`], without where else they are listed.
pub(in crate::store) fn listed_papers(
    db: &Connection,
    condition: &str,
    tie: &str,
    parameter: &str,
) -> Result<Vec<PaperRecord>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {DOSSIER_REF}, a.id, j.id, j.name, a.paper
         FROM paper a JOIN document d ON d.id = a.document_id LEFT JOIN journal j ON j.id = a.journal_id {tie}
         WHERE {condition} ORDER BY d.title_key, d.id, a.position"
    ))?;
    let mut rows = query.query([parameter])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(3)?;
        let people = entities(
            db,
            "SELECT p.id, p.name FROM paper_person x JOIN person p ON p.id = x.person_id
             WHERE x.paper_id = ?1 GROUP BY p.id ORDER BY min(x.position), p.name_key, p.id",
            [&id],
        )?;
        let paper: Paper = json(row, 6)?;
        found.push(PaperRecord {
            id,
            dossier: dossier_ref(row)?,
            journal: optional_ref(row, 4)?,
            paper,
            people,
            reuse: None,
            suggestions: Vec::new(),
        });
    }
    Ok(found)
}

/// The rights `r` for which `condition` holds of `?1`, by dossier; `tie` joins another table.
pub(in crate::store) fn ips(
    db: &Connection,
    condition: &str,
    tie: &str,
    parameter: &str,
) -> Result<Vec<IpRecord>, StoreError> {
    let mut found = listed_ips(db, condition, tie, parameter)?;
    let mut reused = work::Reused::default();
    for record in &mut found {
        record.reuse = reused.of(db, &record.id)?;
    }
    Ok(found)
}

/// As [`ips`], without where else they are listed.
pub(in crate::store) fn listed_ips(
    db: &Connection,
    condition: &str,
    tie: &str,
    parameter: &str,
) -> Result<Vec<IpRecord>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {DOSSIER_REF}, r.id, r.ip FROM ip r JOIN document d ON d.id = r.document_id {tie}
         WHERE {condition} ORDER BY d.title_key, d.id, r.position"
    ))?;
    let mut rows = query.query([parameter])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(3)?;
        let people = entities(
            db,
            "SELECT p.id, p.name FROM ip_person x JOIN person p ON p.id = x.person_id
             WHERE x.ip_id = ?1 GROUP BY p.id ORDER BY min(x.position), p.name_key, p.id",
            [&id],
        )?;
        let ip: Ip = json(row, 4)?;
        found.push(IpRecord { id, dossier: dossier_ref(row)?, ip, people, reuse: None });
    }
    Ok(found)
}
