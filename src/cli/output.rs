use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::text::width;

/// Prints one JSON value and nothing else.
pub(super) fn json<T: Serialize>(value: &T) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// Prints lines of text.
pub(super) fn lines(lines: impl IntoIterator<Item = String>) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{}", harmless(&line))?;
    }
    Ok(())
}

/// Prints one line to stderr. Where even that fails there is nobody left to tell.
pub(super) fn error(message: &str) {
    let _unread = writeln!(io::stderr(), "error: {}", harmless(&message.replace('\n', " ")));
}

/// Prints a remark to stderr, which is no failure.
pub(super) fn note(message: &str) {
    let _unread = writeln!(io::stderr(), "note: {}", harmless(message));
}

/// Without the characters by which a text from outside would steer the terminal.
fn harmless(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\t').collect()
}

/// Lays a JSON value out for reading: `label: value`, lists with dashes, nothing that is empty.
/// Spans and printed forms are left to `--json`.
pub(super) fn outline(value: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    outline_into(value, 0, &mut lines);
    lines
}

fn outline_into(value: &Value, depth: usize, lines: &mut Vec<String>) {
    let Value::Object(fields) = value else {
        return lines.push(format!("{}{}", "  ".repeat(depth), scalar(value)));
    };
    let indent = "  ".repeat(depth);
    for (name, value) in
        fields.iter().filter(|(name, _)| !matches!(name.as_str(), "spans" | "printed" | "span"))
    {
        match value {
            Value::Null => {}
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
                let items: Vec<String> = items.iter().map(scalar).collect();
                lines.push(format!("{indent}{name}: {}", items.join(", ")));
            }
            Value::Array(items) => {
                lines.push(format!("{indent}{name}:"));
                for item in items {
                    let start = lines.len();
                    outline_into(item, depth + 2, lines);
                    if let Some(first) = lines.get_mut(start) {
                        *first = format!("{indent}  - {}", first.trim_start());
                    }
                }
            }
            Value::Object(inner) if inner.is_empty() => {}
            Value::Object(_) => {
                lines.push(format!("{indent}{name}:"));
                outline_into(value, depth + 1, lines);
            }
            other => lines.push(format!("{indent}{name}: {}", scalar(other))),
        }
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('\n', " "),
        other => other.to_string(),
    }
}

/// Fills a text up to a number of columns; a Han character takes two.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_laid_out_without_what_is_empty() {
        let value = serde_json::json!({
            "name": "李明", "post": null, "titles": ["教授", "主任医师"], "spans": {"name": [[0, 6]]},
            "contributions": [{"rank": 1, "text": "甲\n乙"}], "aliases": []
        });
        let got = outline(&value);
        assert_eq!(
            got,
            ["contributions:", "  - rank: 1", "    text: 甲 乙", "name: 李明", "titles: 教授, 主任医师"]
        );
    }
}
