//! Precision, recall and F1 of the reading, per field, against the hand-made key.

use std::{collections::BTreeMap, fmt};

use dossier_search::{evaluation::Counts, text::fold_key};
use serde_json::Value;

/// The table per field.
#[derive(Debug, Default)]
pub(crate) struct Score {
    pub(crate) fields: BTreeMap<String, Counts>,
    /// What differs, for the one who mends it.
    pub(crate) faults: Vec<String>,
}

impl Score {
    pub(crate) fn total(&self) -> Counts {
        self.fields.values().fold(Counts::default(), |sum, counts| Counts {
            right: sum.right + counts.right,
            extra: sum.extra + counts.extra,
            missed: sum.missed + counts.missed,
        })
    }

    /// Compares two lists of values without regard to order; a wanted value may have two right forms.
    pub(crate) fn compare(&mut self, place: &str, field: &str, wanted: &[Vec<String>], found: &[String]) {
        let counts = self.fields.entry(field.to_owned()).or_default();
        let mut left: Vec<&String> = found.iter().collect();
        for forms in wanted {
            let forms: Vec<String> = forms.iter().map(|form| plain(form)).collect();
            match left.iter().position(|value| forms.contains(&plain(value))) {
                Some(at) => {
                    left.remove(at);
                    counts.right += 1;
                }
                None => {
                    counts.missed += 1;
                    self.faults.push(format!("{place} {field}: missed {forms:?}, found {found:?}"));
                }
            }
        }
        counts.extra += left.len();
        self.faults.extend(left.iter().map(|value| format!("{place} {field}: extra {value:?}")));
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<28} {:>9} {:>9} {:>9} {:>6}", "field", "precision", "recall", "F1", "values")?;
        let total = ("all".to_owned(), self.total());
        for (field, counts) in self.fields.clone().into_iter().chain([total]) {
            let values = counts.right + counts.missed;
            let (p, r, f1) = (counts.precision(), counts.recall(), counts.f1());
            writeln!(f, "{field:<28} {p:>9.3} {r:>9.3} {f1:>9.3} {values:>6}")?;
        }
        Ok(())
    }
}

/// A value without white space and punctuation, folded: how the key says values are compared.
pub(crate) fn plain(value: &str) -> String {
    let whole = value.strip_suffix(".0").unwrap_or(value);
    let key: String = fold_key(whole).chars().filter(|c| c.is_alphanumeric()).collect();
    // A value of punctuation only would equal any other.
    if key.is_empty() { whole.trim().to_owned() } else { key }
}

/// The values of a JSON field as texts: a list's items, one value, or nothing for null.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

/// The right forms of each value of a field of the key: as printed, and as corrected.
pub(crate) fn forms(object: &Value, field: &str) -> Vec<Vec<String>> {
    let printed = texts(&object[field]);
    let corrected = &object["normalised"][field];
    let alternatives: Vec<String> = match corrected {
        Value::Object(by_printed) => {
            return printed
                .into_iter()
                .map(|name| match by_printed.get(&name).and_then(Value::as_str) {
                    Some(right) => vec![name, right.to_owned()],
                    None => vec![name],
                })
                .collect();
        }
        other => texts(other),
    };
    if alternatives.is_empty() {
        return printed.into_iter().map(|value| vec![value]).collect();
    }
    // A list that was corrected as a whole is right in the corrected form.
    if object[field].is_array() {
        return alternatives.into_iter().map(|value| vec![value]).collect();
    }
    printed.into_iter().map(|value| [vec![value], alternatives.clone()].concat()).collect()
}
