use std::collections::BTreeSet;

use rusqlite::{Transaction, params};

use super::{Affected, node, redirect, settle::settle};
use crate::{
    domain::{Decision, DecisionAction, Kind},
    store::StoreError,
};

/// Makes the records one, two or otherwise called that a decision is about, or no longer, where it was
/// undone; notes what changes. Any other decision says nothing about who is who.
pub(in crate::store) fn decided(tx: &Transaction<'_>, decision: &Decision) -> Result<(), StoreError> {
    let id = i64::try_from(decision.id).unwrap_or(i64::MAX);
    if decision.is_active() {
        remember(tx, id, decision)?;
    }
    let sql = "SELECT node_id FROM identity_decision WHERE decision_id = ?1 AND document_id IS NULL";
    let mut query = tx.prepare_cached(sql)?;
    let nodes: BTreeSet<String> = query.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let none = BTreeSet::new();
    let affected = match decision.kind {
        Kind::Institution => settle(tx, &nodes, &none)?,
        Kind::Person => settle(tx, &none, &nodes)?,
        _ => Affected::default(),
    };
    affected.note(tx, None)
}

/// Notes which nodes the records have at present: the decision is about them, whatever comes to be one with
/// them later.
fn remember(tx: &Transaction<'_>, id: i64, decision: &Decision) -> Result<(), StoreError> {
    let text = |name: &str| decision.detail.get(name).and_then(|value| value.as_str());
    let target = decision.target.as_str();
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO identity_decision (node_id, decision_id, side, document_id)
         VALUES (?1, ?2, ?3, ?4)",
    )?;
    match decision.action {
        DecisionAction::Merge => {
            for (side, of) in [(0, Some(target)), (1, text("into"))] {
                for node in nodes_of(tx, of.unwrap_or_default())? {
                    insert.execute(params![node, id, side, None::<&str>])?;
                }
            }
        }
        DecisionAction::Split => match (text("document"), text("from")) {
            (Some(document), _) => {
                for node in mentioned(tx, target, document)? {
                    insert.execute(params![node, id, 0, document])?;
                }
            }
            (None, Some(from)) => {
                for (side, of) in [(0, target), (1, from)] {
                    for node in told_apart(tx, of, if side == 0 { from } else { target })? {
                        insert.execute(params![node, id, side, None::<&str>])?;
                    }
                }
            }
            (None, None) => {}
        },
        DecisionAction::Rename => {
            for node in nodes_of(tx, target)? {
                insert.execute(params![node, id, 0, None::<&str>])?;
            }
        }
        DecisionAction::Correct | DecisionAction::Remove => {}
    }
    Ok(())
}

/// The nodes of the record that an address leads to.
fn nodes_of(tx: &Transaction<'_>, id: &str) -> Result<Vec<String>, StoreError> {
    match redirect::present(tx, id)? {
        Some(entity) => node::of_entity(tx, &entity),
        None => Ok(Vec::new()),
    }
}

/// Of two addresses that lead to one record, the node of each; else all nodes of the record.
fn told_apart(tx: &Transaction<'_>, id: &str, from: &str) -> Result<Vec<String>, StoreError> {
    if redirect::present(tx, id)? == redirect::present(tx, from)? {
        return Ok(vec![id.to_owned()]);
    }
    nodes_of(tx, id)
}

/// The nodes of a record that a document mentions.
pub(in crate::store) fn mentioned(
    tx: &Transaction<'_>,
    id: &str,
    document: &str,
) -> Result<Vec<String>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT person_node FROM contribution WHERE document_id = ?1 AND person_id = ?2
         UNION SELECT institution_node FROM contribution WHERE document_id = ?1 AND institution_id = ?2
         UNION SELECT employer_node FROM contribution WHERE document_id = ?1 AND employer_id = ?2
         UNION SELECT institution_node FROM completing_institution
             WHERE document_id = ?1 AND institution_id = ?2",
    )?;
    let entity = redirect::present(tx, id)?.unwrap_or_default();
    let found = query.query_map([document, &entity], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The nodes whose mentions in a document stand alone, as decisions have it.
pub(in crate::store) fn stands_alone(
    tx: &Transaction<'_>,
    document: &str,
) -> Result<BTreeSet<String>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT x.node_id FROM identity_decision x JOIN decision d ON d.id = x.decision_id
         WHERE x.document_id = ?1 AND d.action = 'split' AND d.undone_at IS NULL",
    )?;
    let found = query.query_map([document], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
