//! Is a broken file a record or one clear error, soon and without much memory?
//!
//! Sizes are those at which what is not linear takes minutes; a program built for release is given ten times
//! as much.

mod documents;
mod folder;
mod shapes;
mod texts;

use std::time::{Duration, Instant};

use dossier_search::{
    ingest::{ArchiveError, Reader, read_by},
    source::Frame,
    text::Span,
};
use serde_json::Value;

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Want {
    /// A dossier.
    Dossier,
    /// A text without the sections of a dossier.
    Article,
    /// The beginning of its error.
    Error(&'static str),
}
use Want::{Article, Dossier, Error};

/// A file by its name, its bytes and what becomes of it.
type Case = (&'static str, Vec<u8>, Want);

/// How many of something that is to be many.
fn many(all: usize) -> usize {
    if cfg!(debug_assertions) { all / 10 } else { all }
}

/// A dossier of a few lines, of which `more` is the rest.
fn notice(more: &str) -> Vec<u8> {
    format!(
        "推荐奖种：医学奖\n项目名称：软骨修复\n完成单位情况：\n单位名称：甲医院\n排名：1\n完成人情况：\n姓名：陈一\n排名：1\n工作单位：甲医院\n{more}"
    )
    .into_bytes()
}

#[test]
fn bytes_are_a_record_or_one_error() {
    check(&texts::broken());
}

#[test]
fn shapes_are_a_record_or_one_error() {
    check(&shapes::strange());
}

#[test]
fn values_are_read_or_left() {
    check(&shapes::long());
}

#[test]
fn pages_and_packages_are_a_record_or_one_error() {
    check(&documents::broken());
}

fn check(cases: &[Case]) {
    let reader = Reader::in_process();
    let faults: Vec<String> = cases.iter().filter_map(|case| fault(&reader, case).err()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn fault(reader: &Reader, (name, bytes, want): &Case) -> Result<(), String> {
    let started = Instant::now();
    let reading = read_by(reader, name, bytes);
    let took = started.elapsed();
    // Two seconds at the most on a quiet machine.
    if took > Duration::from_secs(60) {
        return Err(format!("{name} took {took:?}"));
    }
    match (reading, want) {
        (Ok(reading), Dossier | Article) => {
            let dossier = serde_json::to_value(&reading.dossier).map_err(|error| error.to_string())?;
            let kind = if *want == Dossier { "dossier" } else { "article" };
            if dossier["kind"] != kind {
                return Err(format!("{name} is a {}", dossier["kind"]));
            }
            spans(&reading.text, &dossier).map_err(|span| format!("{name}: {span:?}"))
        }
        (Err(error), Error(start)) => sentence(name, &error, start),
        (Ok(_), Error(start)) => Err(format!("{name} is a record, not '{start}'")),
        (Err(error), _) => Err(format!("{name}: {error}")),
    }
}

/// Checks that an error is one sentence that a reader of the message understands.
fn sentence(name: &str, error: &ArchiveError, start: &str) -> Result<(), String> {
    let text = error.to_string();
    let plain = text.chars().all(|c| !c.is_control() && !"{}[]\\\"".contains(c))
        && !text.contains("Error")
        && !text.contains("src/")
        && !text.contains(env!("CARGO_MANIFEST_DIR"));
    match text.strip_prefix(start) {
        Some(_) if plain && text.len() < 200 && !text.ends_with('.') => Ok(()),
        _ => Err(format!("{name}: {text}")),
    }
}

/// Finds a span that does not stand in the text.
fn spans(text: &str, value: &Value) -> Result<(), Span> {
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| spans(text, item)),
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| match name.as_str() {
            "spans" => {
                let placed: std::collections::BTreeMap<String, Vec<Span>> =
                    serde_json::from_value(value.clone()).expect("spans by field");
                let mut all = placed.values().flatten();
                all.find(|span| text.get(span.start..span.end).is_none()).map_or(Ok(()), |span| Err(*span))
            }
            _ => spans(text, value),
        }),
        _ => Ok(()),
    }
}

/// Opens a zip file; its documents, each with how it could be unpacked.
fn members(bytes: &[u8]) -> Vec<String> {
    let mut shown = Vec::new();
    let read = Reader::in_process().read_all("a.zip", bytes, &mut |frame| {
        shown.push(match frame {
            Frame::Document(Ok(_)) => "a document".to_owned(),
            Frame::Document(Err(error)) => error.to_string(),
            Frame::Member { name, bytes: Ok(bytes) } => format!("{name} {}", bytes.len()),
            Frame::Member { name, bytes: Err(error) } => format!("{name}: {error}"),
        });
        Ok(())
    });
    read.expect("handed over");
    shown
}
