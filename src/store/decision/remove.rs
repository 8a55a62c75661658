use std::collections::BTreeSet;

use rusqlite::Transaction;

use super::{Checked, DecisionError, NewDecision};
use crate::{domain::Decision, store::StoreError};

/// Refuses: nothing honours such a decision yet.
pub(super) fn check(_tx: &Transaction<'_>, new: &NewDecision) -> Result<Checked, StoreError> {
    Err(DecisionError::NotTaken(new.action).into())
}

/// Lists no document, as no such decision is ever taken.
pub(super) fn documents(_tx: &Transaction<'_>, _decision: &Decision) -> Result<BTreeSet<String>, StoreError> {
    Ok(BTreeSet::new())
}
