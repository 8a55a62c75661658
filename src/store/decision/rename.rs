use std::collections::BTreeSet;

use rusqlite::Transaction;

use super::{
    Checked, DecisionError, NewDecision,
    identity::{detail, entity},
    text,
};
use crate::{domain::Decision, store::StoreError};

/// The longest name, in characters.
const MAX_NAME: usize = 200;

/// Allows that a person or an institution is shown under another name.
pub(super) fn check(tx: &Transaction<'_>, new: &NewDecision) -> Result<Checked, StoreError> {
    let needs = || DecisionError::Invalid("the action 'rename' needs 'name' and nothing else".to_owned());
    let name = new.detail.get("name").filter(|_| new.detail.len() == 1).and_then(|name| name.as_str());
    let name = text("name", name.ok_or_else(needs)?, MAX_NAME)?;
    if name.contains('\n') {
        return Err(DecisionError::Invalid("'name' has more than one line".to_owned()).into());
    }
    let (kind, _) = entity(tx, new, &new.target)?;
    Ok(Checked { kind, detail: detail("name", &name) })
}

/// Lists no document: names are given where who is who settles itself, see `store::identity`.
pub(super) fn documents(_tx: &Transaction<'_>, _decision: &Decision) -> Result<BTreeSet<String>, StoreError> {
    Ok(BTreeSet::new())
}
