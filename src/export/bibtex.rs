use std::fmt::Write;

use super::{
    author::Author,
    work::{Work, WorkForm},
};

/// Writes an entry; its key is the record's address.
pub(super) fn entry(work: &Work<'_>, out: &mut Vec<u8>) {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut field = |name: &'static str, value: Option<String>| {
        fields.extend(value.filter(|value| !value.is_empty()).map(|value| (name, value)));
    };
    let plain = |text: Option<&str>| text.map(escaped);
    let date = work.date;
    field("author", Some(work.authors.iter().map(name).collect::<Vec<_>>().join(" and ")));
    // Braces within braces: a title is printed as it is here, whatever a style does with capitals.
    field("title", Some(format!("{{{}}}", escaped(work.title))));
    field("journal", plain(work.journal));
    field("year", date.map(|date| date.year.to_string()));
    field("month", date.and_then(|date| date.month).map(|month| month.to_string()));
    field("day", date.and_then(|date| date.day).map(|day| day.to_string()));
    field("volume", plain(work.locator.volume.as_deref()));
    field("number", plain(work.locator.issue.as_deref().or(work.number)));
    field("pages", work.locator.pages("--").map(|pages| escaped(&pages)));
    // A verbatim field: an escape would be a part of it.
    field("doi", work.doi.clone());
    field("type", plain(work.category));
    field("location", plain(work.country));
    field("note", plain(work.note));

    let mut text = format!("@{}{{{}", entry_type(work.form), work.id);
    for (name, value) in fields {
        // Writing to a string cannot fail.
        let _infallible = write!(text, ",\n  {name} = {{{value}}}");
    }
    text.push_str("\n}\n\n");
    out.extend_from_slice(text.as_bytes());
}

fn entry_type(form: WorkForm) -> &'static str {
    match form {
        WorkForm::Article => "article",
        WorkForm::Patent => "patent",
        WorkForm::Software => "software",
        WorkForm::Standard | WorkForm::Other => "misc",
    }
}

/// A name in Han or of a body stands in braces of its own, so that nothing parts it.
fn name(author: &Author) -> String {
    match author {
        Author::Whole(name) => format!("{{{}}}", escaped(name)),
        Author::Parted { family, given } => format!("{}, {}", escaped(family), escaped(given)),
    }
}

/// Writes what TeX would take for a command as the command that prints it. Braces are counted even behind
/// a backslash, so they are spelled out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
