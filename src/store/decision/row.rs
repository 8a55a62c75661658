use rusqlite::{Connection, OptionalExtension, Row, params_from_iter, types::Type};

use super::DecisionError;
use crate::{
    domain::{Decision, DecisionAction},
    store::{Page, StoreError, condition::Condition, record},
};

/// Which decisions are wanted; all that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionFilter {
    /// The address of the record they are about.
    pub target: Option<String>,
    /// What they do.
    pub action: Option<DecisionAction>,
    /// Those that hold, or those that were undone.
    pub active: Option<bool>,
    /// How many items at most; 20 where nothing else is asked.
    pub limit: usize,
    /// How many items to pass over.
    pub offset: usize,
}

impl Default for DecisionFilter {
    fn default() -> Self {
        Self { target: None, action: None, active: None, limit: 20, offset: 0 }
    }
}

const COLUMNS: &str =
    "id, action, kind, target, detail, reason, at, decided_by, stale, undone_at, undone_reason";

/// A decision by its number.
pub(super) fn by_id(db: &Connection, id: i64) -> Result<Decision, StoreError> {
    let mut query = db.prepare_cached(&format!("SELECT {COLUMNS} FROM decision WHERE id = ?1"))?;
    let found = query.query_row([id], decision).optional()?;
    Ok(found.ok_or(DecisionError::Unknown(u64::try_from(id).unwrap_or_default()))?)
}

/// The decisions of a kind about a record that hold, in the order in which they were taken.
pub(in crate::store) fn active(
    db: &Connection,
    action: DecisionAction,
    target: &str,
) -> Result<Vec<Decision>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM decision
         WHERE action = ?1 AND target = ?2 AND undone_at IS NULL ORDER BY id"
    ))?;
    let found = query.query_map([action.name(), target], decision)?;
    Ok(found.collect::<Result<_, _>>()?)
}

pub(super) fn listed(db: &Connection, filter: &DecisionFilter) -> Result<Page<Decision>, StoreError> {
    let mut condition = Condition::default();
    if let Some(target) = &filter.target {
        condition.and("target = ?", [target.clone()]);
    }
    if let Some(action) = filter.action {
        condition.and("action = ?", [action.name().to_owned()]);
    }
    match filter.active {
        Some(true) => condition.and("undone_at IS NULL", []),
        Some(false) => condition.and("undone_at IS NOT NULL", []),
        None => {}
    }
    let sql = condition.sql();
    let mut query = db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM decision WHERE {sql} ORDER BY id DESC LIMIT ? OFFSET ?"
    ))?;
    let within = params_from_iter(condition.values_within(filter.limit, filter.offset));
    let items = query.query_map(within, decision)?.collect::<Result<_, _>>()?;
    let mut count = db.prepare_cached(&format!("SELECT count(*) FROM decision WHERE {sql}"))?;
    let total = count.query_row(params_from_iter(condition.values()), |row| record::number(row, 0))?;
    Ok(Page { total, items })
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let unknown =
        |at: usize, error: String| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, error.into());
    let (action, kind): (String, String) = (row.get(1)?, row.get(2)?);
    let detail: String = row.get(4)?;
    Ok(Decision {
        id: record::number(row, 0)?,
        action: action.parse().map_err(|error| unknown(1, error))?,
        kind: kind.parse().map_err(|error| unknown(2, error))?,
        target: row.get(3)?,
        detail: serde_json::from_str(&detail).map_err(|error| unknown(4, error.to_string()))?,
        reason: row.get(5)?,
        at: row.get(6)?,
        by: row.get(7)?,
        stale: row.get(8)?,
        undone_at: row.get(9)?,
        undone_reason: row.get(10)?,
    })
}
