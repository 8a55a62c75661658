use std::collections::BTreeSet;

use rusqlite::Transaction;
use serde_json::Value;

use super::{Checked, DecisionError, NewDecision, active, allow};
use crate::{
    domain::{Decision, DecisionAction, Kind, REMOVED},
    revision::{Correction, CorrectionError, FieldPath},
    store::{StoreError, record, shown},
};

/// Checks that a document of that address has the field, that the value makes sense there, and that no
/// other correction of the field holds.
pub(super) fn check(tx: &Transaction<'_>, new: &NewDecision) -> Result<Checked, StoreError> {
    allow(new, &["field", "value", "expected"])?;
    let field = new.detail.get("field").and_then(Value::as_str);
    let field = field.ok_or_else(|| invalid("'field' is missing; it names what is corrected"))?;
    let value = new.detail.get("value").ok_or_else(|| invalid("'value' is missing; null is a value"))?;
    let dossier = shown::read_dossier(tx, &new.target)?
        .ok_or_else(|| DecisionError::NoTarget { action: new.action, target: new.target.clone() })?;
    let correction = Correction::new(&dossier, field, value, new.detail.get("expected")).map_err(refused)?;
    if is_hidden(tx, &new.target, field)? {
        let problem = format!("'{field}' belongs to somebody who was removed; undo that decision first");
        return Err(DecisionError::Conflict(problem).into());
    }
    let held = active(tx, DecisionAction::Correct, &new.target)?;
    for (id, _, other) in corrections(&held)? {
        if correction.meets(&other) {
            let problem = format!("'{field}' is corrected by decision {id} already; undo that one first");
            return Err(DecisionError::Conflict(problem).into());
        }
    }
    let Value::Object(detail) = serde_json::to_value(&correction)? else {
        return Err(invalid("the correction is no object").into());
    };
    Ok(Checked { kind: Kind::Dossier, detail })
}

/// Lists the corrected document.
pub(super) fn documents(_tx: &Transaction<'_>, decision: &Decision) -> Result<BTreeSet<String>, StoreError> {
    Ok(BTreeSet::from([decision.target.clone()]))
}

/// What decisions correct: their numbers, reasons and corrections.
pub(in crate::store) fn corrections(
    decisions: &[Decision],
) -> Result<Vec<(u64, String, Correction)>, StoreError> {
    let each = decisions.iter().map(|decision| {
        let correction = serde_json::from_value(Value::Object(decision.detail.clone()))?;
        Ok((decision.id, decision.reason.clone(), correction))
    });
    each.collect()
}

/// Tells whether a field is of a contributor who is not to be shown.
fn is_hidden(tx: &Transaction<'_>, target: &str, field: &str) -> Result<bool, StoreError> {
    let row = field.parse::<FieldPath>().ok().and_then(|path| path.contributor());
    let Some((row, shown)) = row.zip(record::dossier(tx, target)?) else { return Ok(false) };
    Ok(shown.contributors.get(row).is_some_and(|contributor| contributor.name == REMOVED))
}

fn refused(error: CorrectionError) -> DecisionError {
    match error {
        CorrectionError::Invalid(problem) => DecisionError::Invalid(problem),
        CorrectionError::Conflict(problem) => DecisionError::Conflict(problem),
    }
}

fn invalid(problem: &str) -> DecisionError {
    DecisionError::Invalid(problem.to_owned())
}
