//! How well is a set of documents read?
//!
//! Answers with precision, recall and F1 per field and per document, against a hand-made key in the
//! form of a parsed dossier. Must not know how a document is read: it compares values.

mod compare;
mod report;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use thiserror::Error;

pub use report::{Counts, Report, Score};

use crate::ingest::{load_file, read};

/// Why an evaluation cannot be made.
#[derive(Debug, Error)]
pub enum EvaluationError {
    /// A file of the key cannot be read.
    #[error("{}: {why}", path.display())]
    Key {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// There is no key, or no document for one.
    #[error("{}: {why}", path.display())]
    Document {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

/// Reads every document of `documents` for which `key` holds a JSON file of the same name, and compares
/// the two. Both may be single files.
///
/// # Errors
/// Where the key is not a key, or one of its documents cannot be read.
pub fn evaluate(documents: &Path, key: &Path) -> Result<Report, EvaluationError> {
    let mut report = Report::default();
    for path in keys(key)? {
        let bad = |why: String| EvaluationError::Key { path: path.clone(), why };
        let text = fs::read_to_string(&path).map_err(|error| bad(error.to_string()))?;
        let wanted: Value = serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
        if !wanted.is_object() {
            continue;
        }
        let document = document_of(documents, &path)?;
        let unread = |why: String| EvaluationError::Document { path: document.clone(), why };
        let bytes = load_file(&document).map_err(unread)?;
        let name = document.to_string_lossy();
        let reading = read(&name, &bytes).map_err(|error| unread(error.to_string()))?;
        let found = serde_json::to_value(&reading.dossier).map_err(|error| unread(error.to_string()))?;
        let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        report.add(&stem, compare::compare(&found, &wanted));
    }
    if report.is_empty() {
        let why = "there is no key of a document here".to_owned();
        return Err(EvaluationError::Key { path: key.to_owned(), why });
    }
    Ok(report)
}

fn keys(key: &Path) -> Result<Vec<PathBuf>, EvaluationError> {
    if key.is_file() {
        return Ok(vec![key.to_owned()]);
    }
    let bad = |error: std::io::Error| EvaluationError::Key { path: key.to_owned(), why: error.to_string() };
    let entries = fs::read_dir(key).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(bad)?;
    let mut keys: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    keys.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    keys.sort();
    Ok(keys)
}

/// The file of the key's name and any other ending.
fn document_of(documents: &Path, key: &Path) -> Result<PathBuf, EvaluationError> {
    if documents.is_file() {
        return Ok(documents.to_owned());
    }
    let entries = fs::read_dir(documents)
        .map_err(|error| EvaluationError::Document { path: documents.to_owned(), why: error.to_string() })?;
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    found.retain(|path| path.file_stem() == key.file_stem() && path.extension() != key.extension());
    found.sort();
    found.into_iter().next().ok_or_else(|| EvaluationError::Document {
        path: documents.join(key.file_stem().unwrap_or_default()),
        why: "the key names a document that is not there".to_owned(),
    })
}
