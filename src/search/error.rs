use crate::{domain::Facet, index::PayloadError};

/// Why a search has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The value of a filter cannot be read.
    #[error("filter {facet}: {reason}")]
    BadFilter {
        /// Of which facet.
        facet: Facet,
        /// What is wrong and what would be right.
        reason: String,
    },
    /// The index cannot be read.
    #[error("cannot read the index: restart, it is then checked and built anew where needed")]
    Index(#[from] tantivy::TantivyError),
    /// A record in the index cannot be read.
    #[error("cannot read a record of the index: delete the index folder, it is built anew at the next start")]
    Record(#[from] PayloadError),
}
