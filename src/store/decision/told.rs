use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::active;
use crate::{
    domain::{Decision, DecisionAction, Kind, REMOVED},
    revision::Redaction,
    store::StoreError,
};

/// Stands where a reason would say more than may be told.
const NOT_TOLD: &str = "not told";

/// What everybody may know of a decision: of a person who was removed that it was done, when, and the
/// category of the reason; of a document, nothing that is hidden in it.
pub(super) fn told(db: &Connection, mut decision: Decision) -> Result<Decision, StoreError> {
    if decision.action == DecisionAction::Remove && decision.kind == Kind::Person {
        decision.detail.retain(|name, _| name == "category");
        let category = decision.detail.get("category").and_then(Value::as_str);
        NOT_TOLD.clone_into(&mut decision.reason);
        if let Some(category) = category {
            category.clone_into(&mut decision.reason);
        }
        decision.by = None;
        decision.undone_reason = decision.undone_reason.map(|_| NOT_TOLD.to_owned());
        return Ok(decision);
    }
    if decision.kind == Kind::Person && !active(db, DecisionAction::Remove, &decision.target)?.is_empty() {
        decision.detail.clear();
        decision.by = None;
        NOT_TOLD.clone_into(&mut decision.reason);
        decision.undone_reason = decision.undone_reason.map(|_| NOT_TOLD.to_owned());
    }
    if decision.kind != Kind::Dossier {
        return Ok(decision);
    }
    let mut query = db.prepare_cached(
        "SELECT r.redaction FROM document d LEFT JOIN reading r ON r.document_id = d.id WHERE d.id = ?1",
    )?;
    let hidden: Option<Option<String>> = query.query_row([&decision.target], |row| row.get(0)).optional()?;
    match hidden {
        Some(None) => {}
        Some(Some(redaction)) => hide(&serde_json::from_str(&redaction)?, &mut decision),
        // Of a document that is not shown nobody knows any more what would have to be hidden.
        None => {
            decision.detail.retain(|name, _| matches!(name.as_str(), "field" | "category"));
            if decision.action == DecisionAction::Correct {
                NOT_TOLD.clone_into(&mut decision.reason);
            }
        }
    }
    Ok(decision)
}

fn hide(redaction: &Redaction, decision: &mut Decision) {
    let row = decision.detail.get("row").and_then(Value::as_str).map(|row| redaction.line(row));
    if row.is_some_and(|row| row.contains(REMOVED)) {
        decision.detail.retain(|name, _| name == "field");
    }
    decision.detail.values_mut().for_each(|value| redaction.value(value));
    decision.reason = redaction.line(&decision.reason);
    decision.by = decision.by.take().map(|by| redaction.line(&by));
    decision.undone_reason = decision.undone_reason.take().map(|reason| redaction.line(&reason));
}
