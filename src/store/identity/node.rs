use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::{
    domain::{Facet, Kind},
    resolve::{InstitutionLink, Method, PersonLink},
    store::{StoreError, id::id_of, label},
    text::fold_key,
};

/// What a mention is tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Tie {
    /// What it is by its key.
    pub(in crate::store) node: String,
    /// What it is at present.
    pub(in crate::store) entity: String,
}

/// A node as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) entity: String,
    pub(super) name: String,
    /// The node of the institution that tells a person from others.
    pub(super) institution: Option<String>,
    pub(super) documents: u32,
}

/// Ties a person, who is made where not known; `institution` is the one they are told from others by.
pub(in crate::store) fn person(
    tx: &Transaction<'_>,
    link: &PersonLink,
    institution: Option<&Tie>,
) -> Result<Tie, StoreError> {
    let name = label::note(tx, Facet::Person, &link.name)?;
    let node = institution.map(|tie| tie.node.as_str());
    let tie = tied(tx, Kind::Person, &link.key, &name, link.method, node)?;
    if tie.node == tie.entity {
        let mut insert = tx.prepare_cached(
            "INSERT INTO person (id, key, name, name_key, institution_id) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO NOTHING",
        )?;
        let institution = institution.map(|tie| tie.entity.as_str());
        insert.execute(params![tie.entity, link.key, name, fold_key(&name), institution])?;
    }
    Ok(tie)
}

/// Ties an institution, which is made where not known.
pub(in crate::store) fn institution(tx: &Transaction<'_>, link: &InstitutionLink) -> Result<Tie, StoreError> {
    let name = label::note(tx, Facet::Institution, &link.name)?;
    let tie = tied(tx, Kind::Institution, &link.key, &name, Method::SameName, None)?;
    if tie.node == tie.entity {
        let mut insert = tx.prepare_cached(
            "INSERT INTO institution (id, key, name, name_key) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO NOTHING",
        )?;
        insert.execute(params![tie.entity, link.key, name, fold_key(&name)])?;
    }
    Ok(tie)
}

fn tied(
    tx: &Transaction<'_>,
    kind: Kind,
    key: &str,
    name: &str,
    method: Method,
    institution: Option<&str>,
) -> Result<Tie, StoreError> {
    let node = id_of(kind, key);
    let mut known = tx.prepare_cached("SELECT entity_id FROM identity_node WHERE id = ?1")?;
    if let Some(entity) = known.query_row([&node], |row| row.get(0)).optional()? {
        return Ok(Tie { node, entity });
    }
    let mut insert = tx.prepare_cached(
        "INSERT INTO identity_node (id, kind, key, entity_id, name, method, institution_node, documents)
         VALUES (?1, ?2, ?3, ?1, ?4, ?5, ?6, 0)",
    )?;
    insert.execute(params![node, kind.name(), key, name, method.name(), institution])?;
    Ok(Tie { entity: node.clone(), node })
}

/// Finds a node.
pub(super) fn load(tx: &Transaction<'_>, id: &str) -> Result<Option<Node>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT id, key, entity_id, name, institution_node, documents FROM identity_node WHERE id = ?1",
    )?;
    Ok(query.query_row([id], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Node> {
    Ok(Node {
        id: row.get(0)?,
        key: row.get(1)?,
        entity: row.get(2)?,
        name: row.get(3)?,
        institution: row.get(4)?,
        documents: row.get(5)?,
    })
}

/// The nodes that are one entity.
pub(super) fn of_entity(tx: &Transaction<'_>, entity: &str) -> Result<Vec<String>, StoreError> {
    ids(tx, "SELECT id FROM identity_node WHERE entity_id = ?1", entity)
}

/// The first column of what `sql` finds for one parameter.
pub(super) fn ids(tx: &Transaction<'_>, sql: &str, parameter: &str) -> Result<Vec<String>, StoreError> {
    let mut query = tx.prepare_cached(sql)?;
    let found = query.query_map([parameter], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
