use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row};

use super::{DOSSIER_REF, dossier_ref, extent, json};
use crate::{
    domain::{Ip, Kind, Paper, ReusedWork, WorkUse},
    resolve::WorkMethod,
    store::StoreError,
};

/// Works that were put together for one answer: papers of one work come together, and each tells all the others.
#[derive(Default)]
pub(super) struct Reused(HashMap<String, ReusedWork>);

impl Reused {
    /// Every listing of the work that a paper or right is; `None` where there is no other.
    pub(super) fn of(&mut self, db: &Connection, row_id: &str) -> Result<Option<ReusedWork>, StoreError> {
        let mut query =
            db.prepare_cached("SELECT work_id, kind FROM work WHERE row_id = ?1 AND shared = 1")?;
        let found = query.query_row([row_id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((id, kind)): Option<(String, String)> = found else { return Ok(None) };
        if let Some(known) = self.0.get(&id) {
            return Ok(Some(known.clone()));
        }
        let kind = if kind == Kind::Paper.name() { Kind::Paper } else { Kind::Ip };
        let work = reused_work(db, kind, &id)?;
        self.0.insert(id, work.clone());
        Ok(Some(work))
    }
}

/// A work with every listing of it, by year and dossier.
pub(in crate::store) fn reused_work(db: &Connection, kind: Kind, id: &str) -> Result<ReusedWork, StoreError> {
    let (table, column) = if kind == Kind::Paper { ("paper", "paper") } else { ("ip", "ip") };
    let mut query = db.prepare_cached(&format!(
        "SELECT {DOSSIER_REF}, d.award, d.category, t.id, t.{column}
         FROM work w JOIN {table} t ON t.id = w.row_id JOIN document d ON d.id = w.document_id
         WHERE w.shared = 1 AND w.kind = ?1 AND w.work_id = ?2 ORDER BY d.year IS NULL, d.year, d.title_key, d.id, t.position"
    ))?;
    let mut rows = query.query([kind.name(), id])?;
    let mut uses = Vec::new();
    while let Some(row) = rows.next()? {
        let own = if kind == Kind::Paper { paper_use(row)? } else { ip_use(row)? };
        uses.push(WorkUse { method: joined_by(db, &own.id)?, ..own });
    }
    let mut dossiers: Vec<&str> = uses.iter().map(|own| own.dossier.id.as_str()).collect();
    dossiers.sort_unstable();
    dossiers.dedup();
    let dossiers = dossiers.len();
    Ok(ReusedWork {
        id: id.to_owned(),
        kind,
        title: uses.first().map(|own| own.title.clone()).unwrap_or_default(),
        dossiers,
        note: note(kind, dossiers, uses.len()),
        uses,
    })
}

/// The papers that are listed under the same title as another, and are other works as their DOIs differ or leave it
/// open.
pub(super) fn papers_alike(db: &Connection, row_id: &str) -> Result<Vec<WorkUse>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {DOSSIER_REF}, d.award, d.category, t.id, t.paper, min(own.method)
         FROM work mine JOIN work_key own ON own.row_id = mine.row_id
         JOIN work_key other ON other.key = own.key
         JOIN work theirs ON theirs.row_id = other.row_id AND theirs.work_id <> mine.work_id
         JOIN paper t ON t.id = theirs.row_id JOIN document d ON d.id = t.document_id
         WHERE mine.row_id = ?1 GROUP BY t.id ORDER BY d.year IS NULL, d.year, d.title_key, d.id, t.position"
    ))?;
    let mut rows = query.query([row_id])?;
    let mut alike = Vec::new();
    while let Some(row) = rows.next()? {
        let method: String = row.get(7)?;
        alike.push(WorkUse { method: Some(method), ..paper_use(row)? });
    }
    Ok(alike)
}

/// What is printed, in one sentence.
fn note(kind: Kind, dossiers: usize, listings: usize) -> String {
    let what = if kind == Kind::Paper { "paper" } else { "right" };
    match (dossiers, listings) {
        (1, times) => format!("one dossier lists this {what} {times} times; to check"),
        (dossiers, _) => {
            format!("{dossiers} dossiers list this {what}; to check against the rules of the awards")
        }
    }
}

fn paper_use(row: &Row<'_>) -> Result<WorkUse, StoreError> {
    let paper: Paper = json(row, 6)?;
    let year = paper.year.map(|year| year.to_string());
    Ok(WorkUse {
        number: paper.number,
        span: extent(&paper.provenance, "title"),
        printed: [paper.journal, year, paper.locator, paper.doi].into_iter().flatten().collect(),
        title: paper.title,
        ..listing(row)?
    })
}

fn ip_use(row: &Row<'_>) -> Result<WorkUse, StoreError> {
    let ip: Ip = json(row, 6)?;
    Ok(WorkUse {
        number: ip.number,
        span: extent(&ip.provenance, "title"),
        printed: [ip.category, ip.grant_number, ip.grant_date].into_iter().flatten().collect(),
        title: ip.title,
        ..listing(row)?
    })
}

fn listing(row: &Row<'_>) -> Result<WorkUse, StoreError> {
    Ok(WorkUse {
        id: row.get(5)?,
        dossier: dossier_ref(row)?,
        award: row.get(3)?,
        category: row.get(4)?,
        ..WorkUse::default()
    })
}

/// The surest of the reasons why a listing is the same work as another one.
fn joined_by(db: &Connection, row_id: &str) -> Result<Option<String>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT own.method FROM work_key own WHERE own.row_id = ?1
             AND EXISTS (SELECT 1 FROM work_key other JOIN work w ON w.row_id = other.row_id
                         WHERE other.key = own.key AND other.row_id <> ?1
                             AND w.work_id = (SELECT work_id FROM work WHERE row_id = ?1))",
    )?;
    let methods = query.query_map([row_id], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let surest = methods.iter().filter_map(|name| WorkMethod::find(name)).min();
    Ok(surest.map(|method| method.name().to_owned()))
}
