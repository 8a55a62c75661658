use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};

use super::{
    company::{Thing, Ties},
    node::{self, Node},
};
use crate::{
    resolve::Method,
    store::{StoreError, record},
    text::fold_key,
};

/// Parts the pieces of a token; it stands in no folded name.
const PART: char = '\u{1f}';

/// Names something printed of somebody: what two people of one name have in common has one token.
pub(super) fn token(name_key: &str, method: Method, thing: &str) -> String {
    format!("{name_key}{PART}{}{PART}{thing}", method.name())
}

/// Tells whether a token names an institution.
pub(super) fn names_institution(token: &str) -> bool {
    token.split(PART).nth(1) == Some(Method::SameNameAndInstitution.name())
}

/// What people have in common.
#[derive(Default)]
pub(super) struct PersonTies {
    /// Of each institution met, the nodes that are one with it.
    institutions: BTreeMap<String, (String, Vec<String>)>,
}

impl PersonTies {
    fn institution(&mut self, tx: &Transaction<'_>, id: &str) -> Result<&(String, Vec<String>), StoreError> {
        if !self.institutions.contains_key(id) {
            let entity = node::load(tx, id)?.map_or_else(|| id.to_owned(), |node| node.entity);
            let nodes = node::of_entity(tx, &entity)?;
            self.institutions.insert(id.to_owned(), (entity, nodes));
        }
        Ok(&self.institutions[id])
    }
}

impl Ties for PersonTies {
    fn things(&mut self, tx: &Transaction<'_>, node: &Node) -> Result<Vec<Thing>, StoreError> {
        let name_key = fold_key(&node.name);
        let mut things = Vec::new();
        for (token_of, method, institution) in facts(tx, &node.id)? {
            let (named, members) = match institution {
                None => (token_of.clone(), bearers(tx, &token_of)?),
                Some(id) => {
                    let (entity, nodes) = self.institution(tx, &id)?;
                    let mut members = Vec::new();
                    for one in nodes {
                        members.extend(bearers(tx, &token(&name_key, method, one))?);
                    }
                    (token(&name_key, method, entity), members)
                }
            };
            let firm = method == Method::SameNameAndInstitution;
            things.push(Thing { method, token: named, members, firm, claimed: None });
        }
        Ok(things)
    }
}

/// The different tokens of a node, each with its method and the node of the institution it names.
fn facts(tx: &Transaction<'_>, node: &str) -> Result<BTreeSet<(String, Method, Option<String>)>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT DISTINCT token, method, institution_node FROM identity_fact WHERE node_id = ?1",
    )?;
    let mut rows = query.query([node])?;
    let mut found = BTreeSet::new();
    while let Some(row) = rows.next()? {
        found.insert((row.get(0)?, record::method(row, 1)?, row.get(2)?));
    }
    Ok(found)
}

fn bearers(tx: &Transaction<'_>, token: &str) -> Result<Vec<String>, StoreError> {
    node::ids(tx, "SELECT DISTINCT node_id FROM identity_fact WHERE token = ?1", token)
}

/// The documents that list a person as a contributor.
pub(super) fn documents(tx: &Transaction<'_>, node: &str) -> Result<BTreeSet<String>, StoreError> {
    let sql = "SELECT document_id FROM contribution WHERE person_node = ?1";
    Ok(node::ids(tx, sql, node)?.into_iter().collect())
}

/// Makes the rows of a node those of another person.
pub(super) fn give(tx: &Transaction<'_>, node: &str, entity: &str) -> Result<(), StoreError> {
    for sql in [
        "UPDATE contribution SET person_id = ?2 WHERE person_node = ?1",
        "UPDATE paper_person SET person_id = ?2 WHERE person_node = ?1",
        "UPDATE ip_person SET person_id = ?2 WHERE person_node = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([node, entity])?;
    }
    Ok(())
}

/// Writes a person under the address of a node; tells whether its record is another one now.
pub(super) fn write(tx: &Transaction<'_>, survivor: &Node, name: &str) -> Result<bool, StoreError> {
    let institution = match &survivor.institution {
        Some(id) => node::load(tx, id)?.map(|node| node.entity),
        None => None,
    };
    let mut known = tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1 AND name = ?2 AND institution_id IS ?3)",
    )?;
    if known.query_row(params![survivor.id, name, institution], |row| row.get(0))? {
        return Ok(false);
    }
    let mut write = tx.prepare_cached(
        "INSERT INTO person (id, key, name, name_key, institution_id) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET name = ?3, name_key = ?4, institution_id = ?5",
    )?;
    write.execute(params![survivor.id, survivor.key, name, fold_key(name), institution])?;
    Ok(true)
}
