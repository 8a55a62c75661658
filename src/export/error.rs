use std::io;

use thiserror::Error;

use super::Format;
use crate::{domain::Kind, ingest::ArchiveError, store::StoreError};

/// Why nothing was written, or not all of it.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The format has no form for records of the kind.
    #[error(
        "records of the kind '{kind}' cannot be written as {format}, which takes {}; as {} they can",
        named(Kind::ALL.into_iter().filter(|kind| format.takes(*kind)).map(Kind::name)),
        named(Format::ALL.into_iter().filter(|format| format.takes(*kind)).map(Format::name))
    )]
    Combination {
        /// What was to be written.
        kind: Kind,
        /// As what.
        format: Format,
    },
    /// The record or the index failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The next page of a search cannot be asked for.
    #[error("the search cannot be continued: {0}")]
    Cursor(String),
    /// A value has no form in the format.
    #[error("a record cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The parts of a workbook could not be put together.
    #[error("the workbook cannot be written")]
    Workbook(#[from] io::Error),
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Archive(error.into())
    }
}

fn named(names: impl Iterator<Item = &'static str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_impossible_names_what_is_possible() {
        let error = ExportError::Combination { kind: Kind::Person, format: Format::Bibtex };
        assert_eq!(
            error.to_string(),
            "records of the kind 'person' cannot be written as bibtex, which takes dossier, paper, ip; \
             as jsonl, csv, xlsx, json-ld they can"
        );
    }
}
