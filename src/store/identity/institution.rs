use std::collections::BTreeSet;

use rusqlite::{Transaction, params};

use super::{
    company::{Claim, Thing, Ties},
    node::{self, Node},
};
use crate::{
    resolve::{Method, is_local_name},
    store::StoreError,
    text::fold_key,
};

/// What institutions have in common: names that some print as theirs and others bear.
#[derive(Default)]
pub(super) struct InstitutionTies;

impl Ties for InstitutionTies {
    fn things(&mut self, tx: &Transaction<'_>, node: &Node) -> Result<Vec<Thing>, StoreError> {
        let claimed = node::ids(
            tx,
            "SELECT DISTINCT alias_node FROM institution_alias WHERE institution_node = ?1 AND alias_node <> ?1",
            &node.id,
        )?;
        let mut things = Vec::new();
        for name in claimed.into_iter().chain([node.id.clone()]) {
            let sql = "SELECT DISTINCT institution_node FROM institution_alias WHERE alias_node = ?1
                 AND institution_node <> ?1";
            let members = node::ids(tx, sql, &name)?;
            if members.is_empty() {
                continue;
            }
            let mut printed =
                tx.prepare_cached("SELECT min(name_key) FROM institution_alias WHERE alias_node = ?1")?;
            let printed: String = printed.query_row([&name], |row| row.get(0))?;
            let claimed = Some(Claim { of: name.clone(), local: is_local_name(&printed) });
            let method = Method::PrintedAlias;
            things.push(Thing { method, token: name, members, firm: false, claimed });
        }
        Ok(things)
    }
}

/// The documents that name an institution.
pub(super) fn documents(tx: &Transaction<'_>, node: &str) -> Result<BTreeSet<String>, StoreError> {
    let sql = "SELECT document_id FROM completing_institution WHERE institution_node = ?1
               UNION SELECT document_id FROM contribution WHERE institution_node = ?1
               UNION SELECT document_id FROM contribution WHERE employer_node = ?1";
    Ok(node::ids(tx, sql, node)?.into_iter().collect())
}

/// Tells whether a document lists two as completing institutions of their own.
pub(super) fn side_by_side(tx: &Transaction<'_>, one: &str, other: &str) -> Result<bool, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM completing_institution a
             JOIN completing_institution b ON b.document_id = a.document_id
             WHERE a.institution_node = ?1 AND b.institution_node = ?2)",
    )?;
    Ok(query.query_row([one, other], |row| row.get(0))?)
}

/// Makes the rows of a node those of another institution.
pub(super) fn give(tx: &Transaction<'_>, node: &str, entity: &str) -> Result<(), StoreError> {
    for sql in [
        "UPDATE completing_institution SET institution_id = ?2 WHERE institution_node = ?1",
        "UPDATE contribution SET institution_id = ?2 WHERE institution_node = ?1",
        "UPDATE contribution SET employer_id = ?2 WHERE employer_node = ?1",
        "UPDATE institution_alias SET institution_id = ?2 WHERE institution_node = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([node, entity])?;
    }
    Ok(())
}

/// Writes an institution under the address of a node; tells whether its record is another one now.
pub(super) fn write(tx: &Transaction<'_>, survivor: &Node, name: &str) -> Result<bool, StoreError> {
    let mut known =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM institution WHERE id = ?1 AND name = ?2)")?;
    if known.query_row([&survivor.id, name], |row| row.get(0))? {
        return Ok(false);
    }
    let mut write = tx.prepare_cached(
        "INSERT INTO institution (id, key, name, name_key) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET name = ?3, name_key = ?4",
    )?;
    write.execute(params![survivor.id, survivor.key, name, fold_key(name)])?;
    Ok(true)
}

/// The people of whom an institution is printed, or who are told from others by it.
pub(super) fn people(tx: &Transaction<'_>, node: &str) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT node_id FROM identity_fact WHERE institution_node = ?1
               UNION SELECT id FROM identity_node WHERE institution_node = ?1";
    node::ids(tx, sql, node)
}
