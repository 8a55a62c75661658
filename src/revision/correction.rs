use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::FieldPath;
use crate::domain::{Dossier, Warning};

/// Another value for a field of a dossier, and what the field must have been read as for it to hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Where: a [`FieldPath`].
    pub field: String,
    /// What is shown from now on.
    pub value: Value,
    /// What was read there.
    pub expected: Value,
    /// What tells the row from others, as it was read: rows move from version to version.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub row: Value,
}

/// Why a correction is no correction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// It is not to be understood, or makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// The field says something else, or is corrected already.
    #[error("{0}")]
    Conflict(String),
}

impl Correction {
    /// Makes a correction of `dossier`, which is as it was read; `expected` is what somebody believes to
    /// have been read, where they say so.
    ///
    /// # Errors
    /// Where there is no such field, where it cannot have that value or has it, or where it was read as
    /// something else than `expected`.
    pub fn new(
        dossier: &Dossier,
        field: &str,
        value: &Value,
        expected: Option<&Value>,
    ) -> Result<Correction, CorrectionError> {
        let path: FieldPath = field.parse().map_err(CorrectionError::Invalid)?;
        let value = path.read(value).map_err(CorrectionError::Invalid)?;
        let json = json(dossier);
        let read = path
            .value(&json)
            .ok_or_else(|| CorrectionError::Invalid(format!("this document has no field '{path}'")))?;
        if same(read, &value) {
            return Err(CorrectionError::Invalid(format!("'{path}' was read as this value already")));
        }
        // What was read is not told: it may hold the name of somebody who is not to be shown.
        if expected.is_some_and(|expected| !same(read, expected)) {
            let problem = format!("'{path}' was read as something else than 'expected'");
            return Err(CorrectionError::Conflict(problem));
        }
        let row = label(&json, &path).cloned().unwrap_or_default();
        Ok(Correction { field: path.to_string(), value, expected: read.clone(), row })
    }

    /// Tells whether the two cannot hold together.
    pub fn meets(&self, other: &Correction) -> bool {
        match (self.field.parse::<FieldPath>(), other.field.parse::<FieldPath>()) {
            (Ok(one), Ok(two)) => one.meets(&two),
            _ => false,
        }
    }

    /// Where it holds in a dossier as JSON: in the row it was made for, wherever that stands now. `None`
    /// where the field does not say what was corrected.
    fn place(&self, dossier: &Value) -> Option<FieldPath> {
        let path: FieldPath = self.field.parse().ok()?;
        let holds = |path: &FieldPath| {
            let same_row = label(dossier, path).is_none_or(|label| *label == self.row);
            same_row && path.value(dossier).is_some_and(|value| same(value, &self.expected))
        };
        if holds(&path) {
            return Some(path);
        }
        let rows = dossier.pointer(&path.rows()?.0)?.as_array()?.len();
        let mut moved = (0..rows).map(|row| FieldPath { row: Some(row), ..path.clone() }).filter(holds);
        // Two rows that read alike do not say which of them was meant.
        moved.next().filter(|_| moved.next().is_none())
    }
}

/// Corrects a dossier as it was read, each correction by the number of its decision; answers with the
/// numbers of those that no longer hold, as this version says something else.
///
/// # Errors
/// Where a dossier cannot be written as JSON or read back, which is a fault of this program.
pub fn correct(
    dossier: &Dossier,
    corrections: &[(u64, String, Correction)],
) -> Result<(Dossier, BTreeSet<u64>), serde_json::Error> {
    if corrections.is_empty() {
        return Ok((dossier.clone(), BTreeSet::new()));
    }
    let read = serde_json::to_value(dossier)?;
    let (mut shown, mut stale, mut warnings) = (read.clone(), BTreeSet::new(), Vec::new());
    for (id, reason, correction) in corrections {
        let (code, message, field) = match correction.place(&read) {
            Some(path) if write(&mut shown, &read, &path, &correction.value).is_some() => {
                ("corrected", format!("corrected by decision {id}: {reason}"), path.to_string())
            }
            _ => {
                stale.insert(*id);
                let message = format!(
                    "decision {id} corrects what this version of the document does not say; it is not applied"
                );
                ("correction-stale", message, correction.field.clone())
            }
        };
        warnings.push(Warning { code: code.to_owned(), message, field: Some(field) });
    }
    let mut shown: Dossier = serde_json::from_value(shown)?;
    shown.warnings.extend(warnings);
    Ok((shown, stale))
}

/// Writes a value and keeps what was printed; `None` where there is no such place.
fn write(shown: &mut Value, read: &Value, path: &FieldPath, value: &Value) -> Option<()> {
    let printed = printed(read.pointer(&path.pointer())?.get(&path.field)?);
    let object = shown.pointer_mut(&path.pointer())?.as_object_mut()?;
    let place = object.get_mut(&path.field)?;
    match path.item {
        Some(item) => *place.get_mut(item)? = value.clone(),
        None => *place = value.clone(),
    }
    if let Some(printed) = printed {
        let kept = object.entry("printed").or_insert_with(|| Map::new().into()).as_object_mut()?;
        // What was repaired in reading was printed otherwise than it was read.
        kept.entry(path.field.clone()).or_insert(printed);
    }
    Some(())
}

/// A value as `printed` has it: a text, or one for each item; nothing where nothing was printed.
fn printed(value: &Value) -> Option<Value> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match value {
        Value::Null => None,
        Value::Array(items) => Some(items.iter().map(text).collect::<Vec<_>>().into()),
        other => Some(text(other).into()),
    }
}

/// What tells the row of a field from others; `None` where the field is in no row.
fn label<'a>(dossier: &'a Value, path: &FieldPath) -> Option<&'a Value> {
    let (_, name) = path.rows()?;
    dossier.pointer(&path.pointer())?.get(name)
}

/// Tells whether two values are equal; `5` and `5.0` are.
fn same(one: &Value, two: &Value) -> bool {
    one == two || matches!((one.as_f64(), two.as_f64()), (Some(one), Some(two)) if one == two)
}

fn json(dossier: &Dossier) -> Value {
    serde_json::to_value(dossier).unwrap_or_default()
}
