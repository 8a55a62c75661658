//! What have people decided about records?
//!
//! Keeps every decision with its reason and date, also those that were undone. Each action has a file:
//! `check` says whether such a decision may be taken and completes its detail, `documents` says which
//! documents have to be shown anew when it is taken or undone. Everything else is the same for all.
//!
//! Must not know how a document is read, nor how what was decided is shown.

mod correct;
mod error;
mod history;
mod identity;
mod merge;
mod remove;
mod rename;
mod row;
mod split;
#[cfg(test)]
mod tests;
mod told;

use std::collections::BTreeSet;

use rusqlite::{Transaction, params};
use serde_json::{Map, Value};

use super::{Page, Store, StoreError, change, identity as who, shown};
use crate::domain::{Decision, DecisionAction, Kind};

pub(super) use correct::corrections;
pub use error::DecisionError;
pub(super) use remove::{refuse_removed, removed_people};
pub use row::DecisionFilter;
pub(super) use row::active;
use told::told;

/// The longest reason, in characters.
const MAX_REASON: usize = 2000;
/// The longest name of who decides, in characters.
const MAX_BY: usize = 200;

/// A decision to be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDecision {
    /// What is to be done.
    pub action: DecisionAction,
    /// The address of the record.
    pub target: String,
    /// What the action needs besides.
    pub detail: Map<String, Value>,
    /// Why.
    pub reason: String,
    /// Who decides.
    pub by: Option<String>,
}

/// What an action says of a decision that may be taken.
pub(super) struct Checked {
    /// The kind of its target.
    kind: Kind,
    /// What is kept with it.
    detail: Map<String, Value>,
}

impl Store {
    /// Takes a decision, which holds from now on.
    ///
    /// # Errors
    /// [`StoreError::Decision`] where it is refused; otherwise as for [`Store::put`].
    pub fn decide(&self, new: &NewDecision) -> Result<Decision, StoreError> {
        let reason = text("reason", &new.reason, MAX_REASON)?;
        let by = new.by.as_deref().map(|by| text("by", by, MAX_BY)).transpose()?;
        self.pool.write(|tx| {
            let Checked { kind, detail } = check(tx, new)?;
            let decision_id: i64 = tx.query_row(
                "INSERT INTO decision (action, kind, target, detail, reason, at, decided_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
                params![
                    new.action.name(),
                    kind.name(),
                    new.target,
                    serde_json::to_string(&detail)?,
                    reason,
                    change::now(tx)?,
                    by
                ],
                |row| row.get(0),
            )?;
            let decision = row::by_id(tx, decision_id)?;
            who::decided(tx, &decision)?;
            for id in documents(tx, &decision)? {
                shown::renew(tx, &id)?;
            }
            told(tx, row::by_id(tx, decision_id)?)
        })
    }

    /// Undoes a decision: everything is as if it had never been taken, except that it is known.
    ///
    /// # Errors
    /// [`StoreError::Decision`] where there is no such decision or it was undone before; otherwise as for
    /// [`Store::put`].
    pub fn undo(&self, id: u64, reason: &str) -> Result<Decision, StoreError> {
        let reason = text("reason", reason, MAX_REASON)?;
        let decision_id = i64::try_from(id).map_err(|_| DecisionError::Unknown(id))?;
        self.pool.write(|tx| {
            let decision = row::by_id(tx, decision_id)?;
            if let Some(at) = decision.undone_at {
                return Err(DecisionError::Undone { id: decision.id, at }.into());
            }
            let before = documents(tx, &decision)?;
            let undo = "UPDATE decision SET undone_at = ?2, undone_reason = ?3, stale = 0 WHERE id = ?1";
            tx.execute(undo, params![decision_id, change::now(tx)?, reason])?;
            let undone = row::by_id(tx, decision_id)?;
            who::decided(tx, &undone)?;
            for id in &before | &documents(tx, &decision)? {
                shown::renew(tx, &id)?;
            }
            told(tx, undone)
        })
    }

    /// Finds a decision, as far as it is told.
    ///
    /// # Errors
    /// [`DecisionError::Unknown`] where there is none; where the database cannot answer.
    pub fn decision(&self, id: u64) -> Result<Decision, StoreError> {
        let id = i64::try_from(id).map_err(|_| DecisionError::Unknown(id))?;
        self.pool.read(|db| told(db, row::by_id(db, id)?))
    }

    /// Lists the decisions of a kind about a record that hold, in the order in which they were taken.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn active_decisions(
        &self,
        action: DecisionAction,
        target: &str,
    ) -> Result<Vec<Decision>, StoreError> {
        self.pool.read(|db| active(db, action, target)?.into_iter().map(|one| told(db, one)).collect())
    }

    /// Lists decisions, the last one first.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn decisions(&self, filter: &DecisionFilter) -> Result<Page<Decision>, StoreError> {
        self.pool.read(|db| {
            let Page { total, items } = row::listed(db, filter)?;
            let items = items.into_iter().map(|one| told(db, one)).collect::<Result<_, _>>()?;
            Ok(Page { total, items })
        })
    }
}

fn check(tx: &Transaction<'_>, new: &NewDecision) -> Result<Checked, StoreError> {
    match new.action {
        DecisionAction::Correct => correct::check(tx, new),
        DecisionAction::Remove => remove::check(tx, new),
        DecisionAction::Merge => merge::check(tx, new),
        DecisionAction::Split => split::check(tx, new),
        DecisionAction::Rename => rename::check(tx, new),
    }
}

fn documents(tx: &Transaction<'_>, decision: &Decision) -> Result<BTreeSet<String>, StoreError> {
    match decision.action {
        DecisionAction::Correct => correct::documents(tx, decision),
        DecisionAction::Remove => remove::documents(tx, decision),
        DecisionAction::Merge => merge::documents(tx, decision),
        DecisionAction::Split => split::documents(tx, decision),
        DecisionAction::Rename => rename::documents(tx, decision),
    }
}

/// Refuses what the action does not know.
fn allow(new: &NewDecision, known: &[&str]) -> Result<(), DecisionError> {
    match new.detail.keys().find(|name| !known.contains(&name.as_str())) {
        Some(other) => {
            let (action, known) = (new.action, known.join(", "));
            let other: String = other.chars().take(60).collect();
            Err(DecisionError::Invalid(format!(
                "'{other}' is nothing that '{action}' takes, which are {known}"
            )))
        }
        None => Ok(()),
    }
}

/// A text that somebody gave, trimmed; one that is empty, too long or holds control characters is refused.
fn text(name: &str, given: &str, longest: usize) -> Result<String, DecisionError> {
    let given = given.trim();
    if given.is_empty() {
        return Err(DecisionError::Invalid(format!("'{name}' is empty; say it in a sentence")));
    }
    if given.chars().count() > longest {
        return Err(DecisionError::Invalid(format!("'{name}' has more than {longest} characters")));
    }
    if given.chars().any(|c| c.is_control() && c != '\n') {
        return Err(DecisionError::Invalid(format!("'{name}' holds a control character")));
    }
    Ok(given.to_owned())
}
