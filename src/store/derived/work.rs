use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};

use crate::{
    domain::{Dossier, Kind},
    resolve::{WorkKey, WorkMethod, ip_keys, paper_keys},
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
    let mut own = tx.prepare_cached(
        "INSERT INTO work (row_id, kind, work_id, document_id, shared) VALUES (?1, ?2, ?3, ?4, 0)",
    )?;
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

/// Finds for each row all that share a key with it, over any number of steps, and gives those that are one a work,
/// known by the least of their keys: so it does not depend on the order in which documents came.
fn settle(tx: &Transaction<'_>, rows: &BTreeSet<String>) -> Result<(), StoreError> {
    let mut join = tx.prepare_cached(
        "UPDATE work SET work_id = ?2, shared = ?3 WHERE row_id = ?1 AND (work_id <> ?2 OR shared <> ?3)",
    )?;
    let mut settled = BTreeSet::new();
    for row in rows {
        if settled.contains(row) {
            continue;
        }
        let met = met_by(tx, row)?;
        for work in works(&met) {
            let Some(key) = work.iter().flat_map(|row| met[*row].keys()).min() else { continue };
            for row in &work {
                join.execute(params![row, work_id(key), work.len() > 1])?;
            }
        }
        settled.extend(met.into_keys());
    }
    Ok(())
}

/// The keys of each row, with their methods.
type Keys = BTreeMap<String, BTreeMap<String, String>>;

/// The rows that share keys with a row over any number of steps, itself among them.
fn met_by(tx: &Transaction<'_>, row: &str) -> Result<Keys, StoreError> {
    let mut own = tx.prepare_cached("SELECT key, method FROM work_key WHERE row_id = ?1")?;
    let mut bearers = tx.prepare_cached("SELECT row_id FROM work_key WHERE key = ?1")?;
    let (mut met, mut asked) = (Keys::new(), BTreeSet::new());
    let mut open = vec![row.to_owned()];
    while let Some(next) = open.pop() {
        if met.contains_key(&next) {
            continue;
        }
        let keys = own.query_map([&next], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let keys: BTreeMap<String, String> = keys.collect::<Result<_, _>>()?;
        for key in keys.keys().filter(|key| asked.insert((*key).clone())).collect::<Vec<_>>() {
            for bearer in bearers.query_map([key], |row| row.get(0))? {
                open.push(bearer?);
            }
        }
        met.insert(next, keys);
    }
    Ok(met)
}

/// Parts rows into works. Rows with different DOIs are different works, whatever else they share; one without a
/// DOI is the work that it meets, where it meets no second one.
fn works(met: &Keys) -> Vec<Vec<&str>> {
    let has_doi = |keys: &BTreeMap<String, String>| keys.values().any(|of| of == WorkMethod::SameDoi.name());
    let (with, without): (Vec<_>, Vec<_>) = met.iter().partition(|(_, keys)| has_doi(keys));
    let by_doi = |key: &str, method: &str| (method == WorkMethod::SameDoi.name()).then(|| key.to_owned());
    let any = |key: &str, _: &str| Some(key.to_owned());
    let mut works = grouped(&with, by_doi);
    let shares = |rows: &[&str], others: &[&str]| {
        let keys = |rows: &[&str]| rows.iter().flat_map(|row| met[*row].keys()).collect::<BTreeSet<_>>();
        !keys(rows).is_disjoint(&keys(others))
    };
    let known = works.len();
    for group in grouped(&without, any) {
        let own: Vec<usize> = (0..known).filter(|&at| shares(&group, &works[at])).collect();
        match own[..] {
            [only] => works[only].extend(group),
            _ => works.push(group),
        }
    }
    works
}

/// Groups rows that share what `part` takes from their keys, over any number of steps.
fn grouped<'m>(
    rows: &[(&'m String, &'m BTreeMap<String, String>)],
    part: impl Fn(&str, &str) -> Option<String>,
) -> Vec<Vec<&'m str>> {
    let mut groups: Vec<(BTreeSet<String>, Vec<&str>)> = Vec::new();
    for (row, keys) in rows {
        let parts: BTreeSet<String> = keys.iter().filter_map(|(key, method)| part(key, method)).collect();
        let (met, mut others): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(known, _)| !known.is_disjoint(&parts));
        let mut group = (parts, vec![row.as_str()]);
        for (parts, rows) in met {
            group.0.extend(parts);
            group.1.extend(rows);
        }
        others.push(group);
        groups = others;
    }
    groups.into_iter().map(|(_, rows)| rows).collect()
}
