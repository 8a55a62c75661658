use std::collections::BTreeSet;

use rusqlite::Transaction;

use super::{
    Checked, DecisionError, NewDecision,
    identity::{address, detail, entity},
};
use crate::{
    domain::Decision,
    store::{StoreError, identity},
};

/// Allows that the mention of a record in one document is somebody else's, or that what two addresses stand
/// for are two.
pub(super) fn check(tx: &Transaction<'_>, new: &NewDecision) -> Result<Checked, StoreError> {
    let (name, other) = address(new, &["document", "from"])?;
    let (kind, _) = entity(tx, new, &new.target)?;
    if name == "document" && identity::mentioned(tx, &new.target, other)?.is_empty() {
        let nowhere = format!("the document {other} does not mention {}", new.target);
        return Err(DecisionError::Invalid(nowhere).into());
    }
    if name == "from" {
        if other == new.target {
            return Err(DecisionError::Invalid("a record cannot be told from itself".to_owned()).into());
        }
        let (other_kind, _) = entity(tx, new, other)?;
        if kind != other_kind {
            let kinds = format!("a {kind} and a {other_kind} are two already");
            return Err(DecisionError::Invalid(kinds).into());
        }
    }
    Ok(Checked { kind, detail: detail(name, other) })
}

/// Lists the document whose mention stands alone.
pub(super) fn documents(_tx: &Transaction<'_>, decision: &Decision) -> Result<BTreeSet<String>, StoreError> {
    let document = decision.detail.get("document").and_then(|id| id.as_str());
    Ok(document.map(str::to_owned).into_iter().collect())
}
