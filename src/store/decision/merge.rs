use std::collections::BTreeSet;

use rusqlite::Transaction;

use super::{
    Checked, DecisionError, NewDecision,
    identity::{address, detail, entity},
};
use crate::{domain::Decision, store::StoreError};

/// Allows that two people or two institutions are one, known by the address of the second.
pub(super) fn check(tx: &Transaction<'_>, new: &NewDecision) -> Result<Checked, StoreError> {
    let (name, into) = address(new, &["into"])?;
    let ((kind, one), (other_kind, other)) = (entity(tx, new, &new.target)?, entity(tx, new, into)?);
    if kind != other_kind {
        let kinds = format!("a {kind} and a {other_kind} cannot be one: name two records of one kind");
        return Err(DecisionError::Invalid(kinds).into());
    }
    if one == other {
        return Err(DecisionError::Conflict(format!("{} and {into} are one already", new.target)).into());
    }
    Ok(Checked { kind, detail: detail(name, into) })
}

/// Lists no document: who is who settles itself, see `store::identity`.
pub(super) fn documents(_tx: &Transaction<'_>, _decision: &Decision) -> Result<BTreeSet<String>, StoreError> {
    Ok(BTreeSet::new())
}
