use thiserror::Error;

use crate::{ingest::ArchiveError, store::StoreError};

/// Why a question was not answered.
#[derive(Debug, Error)]
pub enum ReconcileError {
    /// It cannot be understood.
    #[error("{0}")]
    Query(String),
    /// The record or the index failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl From<StoreError> for ReconcileError {
    fn from(error: StoreError) -> Self {
        Self::Archive(error.into())
    }
}
