use rusqlite::Transaction;
use serde_json::{Map, Value};

use super::{DecisionError, NewDecision};
use crate::{
    domain::Kind,
    store::{StoreError, identity},
};

/// The longest address, in bytes.
const MAX_ID: usize = 64;

/// Finds the person or the institution that an address leads to.
pub(super) fn entity(
    tx: &Transaction<'_>,
    new: &NewDecision,
    id: &str,
) -> Result<(Kind, String), StoreError> {
    if let Some(entity) = identity::present(tx, id)? {
        for (kind, sql) in [
            (Kind::Person, "SELECT 1 FROM person WHERE id = ?1"),
            (Kind::Institution, "SELECT 1 FROM institution WHERE id = ?1"),
        ] {
            if tx.prepare_cached(sql)?.exists([&entity])? {
                return Ok((kind, entity));
            }
        }
    }
    Err(DecisionError::NoTarget { action: new.action, target: id.chars().take(MAX_ID).collect() }.into())
}

/// Reads the one address that an action needs besides, under one of the names it may be given.
pub(super) fn address<'n>(
    new: &'n NewDecision,
    names: &[&'static str],
) -> Result<(&'static str, &'n str), DecisionError> {
    let mut given = new.detail.iter();
    let (Some((name, value)), None) = (given.next(), given.next()) else {
        return Err(wanted(new, names));
    };
    let name = names.iter().find(|known| *known == name).ok_or_else(|| wanted(new, names))?;
    let value = value.as_str().filter(|id| !id.is_empty() && id.len() <= MAX_ID);
    Ok((name, value.ok_or_else(|| wanted(new, names))?))
}

fn wanted(new: &NewDecision, names: &[&'static str]) -> DecisionError {
    let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    DecisionError::Invalid(format!(
        "the action '{}' needs the id {} and nothing else",
        new.action,
        names.join(" or ")
    ))
}

/// The detail that has one member.
pub(super) fn detail(name: &str, value: &str) -> Map<String, Value> {
    [(name.to_owned(), Value::from(value))].into_iter().collect()
}
