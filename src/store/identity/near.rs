use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};

use super::{
    node::{self, Node},
    person,
};
use crate::{
    resolve::{Method, near_names, open_forms},
    store::StoreError,
    text::fold_key,
};

/// Opens the token of names at one institution, which its node follows.
const AT: &str = "\u{1f}at\u{1f}";
/// Opens the token of names in one project.
const IN: &str = "\u{1f}in\u{1f}";

/// Notes what a person's name is compared with: the names of its institution, and those of its project.
pub(super) fn write(
    tx: &Transaction<'_>,
    document: &str,
    node: &str,
    name_key: &str,
    institution: Option<&str>,
    project: &str,
) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO identity_near (token, node_id, document_id) VALUES (?1, ?2, ?3)",
    )?;
    for open in open_forms(name_key) {
        if let Some(institution) = institution {
            insert.execute([&format!("{open}{AT}{institution}"), node, document])?;
        }
        if !project.is_empty() {
            insert.execute([&format!("{open}{IN}{project}"), node, document])?;
        }
    }
    Ok(())
}

/// Looks anew for names that are nearly those of some people.
pub(super) fn renew(tx: &Transaction<'_>, people: &BTreeSet<String>) -> Result<(), StoreError> {
    let mut forget = tx.prepare_cached(
        "DELETE FROM suggestion WHERE (node_id = ?1 OR other_node = ?1) AND document_id IS NULL
             AND method = 'near-name'",
    )?;
    for id in people {
        forget.execute([id])?;
    }
    let mut found: BTreeMap<(String, String), (f64, String)> = BTreeMap::new();
    for id in people {
        let Some(own) = node::load(tx, id)? else { continue };
        for (token, other) in neighbours(tx, &own)? {
            let Some(score) = near_names(&fold_key(&own.name), &fold_key(&other.name)) else { continue };
            // Two whom one dossier lists are two.
            if !person::documents(tx, id)?.is_disjoint(&person::documents(tx, &other.id)?) {
                continue;
            }
            let pair =
                if own.id < other.id { (own.id.clone(), other.id) } else { (other.id, own.id.clone()) };
            found
                .entry(pair)
                .and_modify(|(_, known)| *known = known.clone().min(token.clone()))
                .or_insert((score, token));
        }
    }
    let mut insert = tx.prepare_cached(
        "INSERT INTO suggestion (kind, node_id, other_node, other_name, method, score, token)
         SELECT 'person', ?1, id, name, ?3, ?4, ?5 FROM identity_node WHERE id = ?2",
    )?;
    for ((one, other), (score, token)) in found {
        insert.execute(params![one, other, Method::NearName.name(), score, token])?;
    }
    Ok(())
}

/// The people whose names differ in one character, at the same institution or in the same project, and
/// what they have in common.
fn neighbours(tx: &Transaction<'_>, own: &Node) -> Result<Vec<(String, Node)>, StoreError> {
    let mut found = Vec::new();
    let sql = "SELECT DISTINCT token FROM identity_near WHERE node_id = ?1";
    for token in node::ids(tx, sql, &own.id)? {
        for same in alike(tx, &token)? {
            let sql = "SELECT DISTINCT node_id FROM identity_near WHERE token = ?1";
            for id in node::ids(tx, sql, &same)?.into_iter().filter(|id| *id != own.id) {
                found.extend(node::load(tx, &id)?.map(|other| (shared(&token), other)));
            }
        }
    }
    Ok(found)
}

/// A token and those that name the same institution by another of its nodes.
fn alike(tx: &Transaction<'_>, token: &str) -> Result<Vec<String>, StoreError> {
    let Some((open, institution)) = token.split_once(AT) else { return Ok(vec![token.to_owned()]) };
    let entity = node::load(tx, institution)?.map_or_else(|| institution.to_owned(), |node| node.entity);
    let nodes = node::of_entity(tx, &entity)?;
    Ok(nodes.into_iter().map(|node| format!("{open}{AT}{node}")).collect())
}

/// What a token says beside the name.
fn shared(token: &str) -> String {
    let at = token.find(AT).or_else(|| token.find(IN)).unwrap_or_default();
    token[at..].to_owned()
}
