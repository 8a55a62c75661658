use serde_json::Value;

use super::report::{Counts, Score};
use crate::text::fold_key;

/// Fields that describe the reading, not the dossier.
const NOT_COMPARED: [&str; 6] = ["id", "source", "spans", "printed", "warnings", "file"];

/// Lists that a key may leave empty without saying that there is nothing.
const OPTIONAL: [&str; 2] = ["metrics", "mentions"];

/// Compares a document as it was read with its key, field by field; fields the key leaves out are not
/// compared.
pub(super) fn compare(found: &Value, wanted: &Value) -> Score {
    let mut score = Score::default();
    object(&mut score, "", found, wanted);
    score
}

fn object(score: &mut Score, path: &str, found: &Value, wanted: &Value) {
    let Value::Object(fields) = wanted else { return };
    for (field, value) in fields.iter().filter(|(field, _)| !NOT_COMPARED.contains(&field.as_str())) {
        let place = if path.is_empty() { field.clone() } else { format!("{path}.{field}") };
        match value {
            _ if OPTIONAL.contains(&field.as_str()) => optional(score, &place, &found[field], value),
            Value::Object(_) => object(score, &place, &found[field], value),
            Value::Array(items) if items.iter().any(Value::is_object) => {
                records(score, &place, &found[field], items);
            }
            _ => values(score, &place, &texts(&found[field]), &texts(value)),
        }
    }
}

/// Compares figures by value and unit, and who is mentioned by name, as far as the key lists any.
fn optional(score: &mut Score, path: &str, found: &Value, wanted: &Value) {
    let list = |value: &Value, form: fn(&Value) -> String| -> Vec<String> {
        value.as_array().into_iter().flatten().map(form).collect()
    };
    let mut compared = |path: &str, found: &Value, wanted: &Value, form: fn(&Value) -> String| {
        if wanted.as_array().is_some_and(|items| !items.is_empty()) {
            values(score, path, &list(found, form), &list(wanted, form));
        }
    };
    let figure =
        |metric: &Value| format!("{} {}", texts(&metric["value"]).concat(), texts(&metric["unit"]).concat());
    let name = |mention: &Value| texts(mention.get("name").unwrap_or(mention)).concat();
    match wanted {
        Value::Object(kinds) => {
            for (kind, names) in kinds {
                compared(&format!("{path}.{kind}"), &found[kind], names, name);
            }
        }
        _ => compared(path, found, wanted, figure),
    }
}

/// Compares lists of records, which are paired by their rank or number, else by their order.
fn records(score: &mut Score, path: &str, found: &Value, wanted: &[Value]) {
    let none = Vec::new();
    let found = found.as_array().unwrap_or(&none);
    let number = |record: &Value| match (&record["rank"], &record["number"]) {
        (Value::Null, number) => number.clone(),
        (rank, _) => rank.clone(),
    };
    let mut left: Vec<&Value> = found.iter().collect();
    for (at, record) in wanted.iter().enumerate() {
        let same = left.iter().position(|other| number(other) == number(record) && !number(record).is_null());
        let same = same.or_else(|| left.iter().position(|other| found.get(at) == Some(*other)));
        let paired = same.map_or(&Value::Null, |at| left.remove(at));
        object(score, path, paired, record);
    }
    // A record that is not in the key is wrong in every field that its neighbours have.
    let Some(Value::Object(fields)) = wanted.first() else { return };
    for record in left {
        for field in fields.keys() {
            values(score, &format!("{path}.{field}"), &texts(&record[field]), &[]);
        }
    }
}

/// Compares two lists of values without regard to order.
fn values(score: &mut Score, path: &str, found: &[String], wanted: &[String]) {
    let strict = |value: &str| value.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    score.add(path, count(found, wanted, strict), count(found, wanted, lenient), || {
        format!("{path}: found {found:?}, wanted {wanted:?}")
    });
}

fn count(found: &[String], wanted: &[String], form: impl Fn(&str) -> String) -> Counts {
    let mut left: Vec<String> = found.iter().map(|value| form(value)).collect();
    let mut counts = Counts::default();
    for value in wanted.iter().map(|value| form(value)) {
        match left.iter().position(|other| *other == value) {
            Some(at) => {
                left.remove(at);
                counts.right += 1;
            }
            None => counts.missed += 1,
        }
    }
    counts.extra = left.len();
    counts
}

/// Folded, without white space and punctuation.
fn lenient(value: &str) -> String {
    let key: String = fold_key(value).chars().filter(|c| c.is_alphanumeric()).collect();
    if key.is_empty() { value.to_owned() } else { key }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.as_f64().map_or_else(String::new, |number| number.to_string())],
        other => vec![other.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn records_are_paired_by_rank_and_extra_ones_count() {
        let wanted = json!({"title": "甲，乙", "contributors": [{"rank": 1, "name": "李明"}, {"rank": 2, "name": "王芳"}]});
        let found = json!({"title": "甲,乙", "contributors": [
            {"rank": 2, "name": "王芳"}, {"rank": 1, "name": "李 明"}, {"rank": 3, "name": "赵六"}
        ]});
        let score = compare(&found, &wanted);
        let (strict, soft) = score.fields["title"];
        assert_eq!((strict.right, soft.right), (0, 1));
        let (strict, _) = score.fields["contributors.name"];
        assert_eq!((strict.right, strict.extra, strict.missed), (2, 1, 0));
    }
}
