use std::collections::BTreeSet;

use rusqlite::{Transaction, params};

use crate::{
    domain::{Dossier, Kind},
    resolve::{WorkKey, ip_keys, paper_keys},
    store::{
        StoreError,
        id::{row_id, work_id},
    },
};

/// Writes the keys of a document's papers and rights, and which works they are.
pub(super) fn write(tx: &Transaction<'_>, dossier: &Dossier) -> Result<(), StoreError> {
    let papers = dossier.papers.iter().map(paper_keys);
    let ip = dossier.ip.iter().map(ip_keys);
    let mut rows = BTreeSet::new();
    for (kind, listed) in [(Kind::Paper, papers.collect::<Vec<_>>()), (Kind::Ip, ip.collect())] {
        for (position, keys) in (0..).zip(listed) {
            let row = row_id(kind, &dossier.id, position);
            write_row(tx, kind, &dossier.id, &row, &keys)?;
            if !keys.is_empty() {
                rows.insert(row);
            }
        }
    }
    settle(tx, &rows)
}

fn write_row(
    tx: &Transaction<'_>,
    kind: Kind,
    document_id: &str,
    row: &str,
    keys: &[WorkKey],
) -> Result<(), StoreError> {
    let Some(first) = keys.iter().map(|key| &key.key).min() else { return Ok(()) };
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO work_key (key, row_id, document_id, method) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for key in keys {
        insert.execute(params![key.key, row, document_id, key.method.name()])?;
    }
    let mut own =
        tx.prepare_cached("INSERT INTO work (row_id, kind, work_id, document_id) VALUES (?1, ?2, ?3, ?4)")?;
    own.execute(params![row, kind.name(), work_id(first), document_id])?;
    Ok(())
}

/// Takes the keys of a document's rows away; works that they held together fall apart.
pub(super) fn clear(tx: &Transaction<'_>, document_id: &str) -> Result<(), StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT DISTINCT other.row_id FROM work_key own JOIN work_key other ON other.key = own.key
         WHERE own.document_id = ?1 AND other.document_id <> ?1",
    )?;
    let rows: BTreeSet<String> =
        query.query_map([document_id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    tx.prepare_cached("DELETE FROM work_key WHERE document_id = ?1")?.execute([document_id])?;
    tx.prepare_cached("DELETE FROM work WHERE document_id = ?1")?.execute([document_id])?;
    settle(tx, &rows)
}

/// Finds for each row all that share a key with it, over any number of steps, and gives them one work, known
/// by the least of their keys: so it does not depend on the order in which documents came.
fn settle(tx: &Transaction<'_>, rows: &BTreeSet<String>) -> Result<(), StoreError> {
    let mut neighbours = tx.prepare_cached(
        "SELECT DISTINCT other.row_id FROM work_key own JOIN work_key other ON other.key = own.key
         WHERE own.row_id = ?1",
    )?;
    let mut least = tx.prepare_cached("SELECT min(key) FROM work_key WHERE row_id = ?1")?;
    let mut join = tx.prepare_cached("UPDATE work SET work_id = ?2 WHERE row_id = ?1 AND work_id <> ?2")?;
    let mut settled = BTreeSet::new();
    for row in rows {
        if settled.contains(row) {
            continue;
        }
        let mut members = BTreeSet::from([row.clone()]);
        let mut open = vec![row.clone()];
        let mut key: Option<String> = None;
        while let Some(next) = open.pop() {
            let own: Option<String> = least.query_row([&next], |row| row.get(0))?;
            key = [key, own].into_iter().flatten().min();
            for other in neighbours.query_map([&next], |row| row.get::<_, String>(0))? {
                let other = other?;
                if members.insert(other.clone()) {
                    open.push(other);
                }
            }
        }
        let Some(key) = key else { continue };
        for member in &members {
            join.execute(params![member, work_id(&key)])?;
        }
        settled.append(&mut members);
    }
    Ok(())
}
