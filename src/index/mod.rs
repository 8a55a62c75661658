//! Which tantivy documents stand for what is stored?
//!
//! Answers with one schema (a family of fields for each record kind, and facets common to all), the
//! mapping from records of the domain to it, and the index on disk with the number of the last change
//! it has taken in.
//!
//! Invariants: everything here can be built again from what is stored, so a damaged or outdated index
//! is cleared and never an error; a change is applied any number of times with the same result. Must
//! not know SQL, the query language or HTTP.

mod document;
mod error;
mod mapper;
mod payload;
mod place;
mod record;
mod schema;
mod writer;

pub use error::IndexError;
pub use mapper::{
    ContributorRow, DocumentBundle, DossierFacts, Labels, PaperRow, document_records, institution_record,
    journal_record, person_record, topics,
};
#[cfg(test)]
pub(crate) use payload::stored;
pub use payload::{Head, Payload, PayloadError, StoredRecord, StoredText};
pub use record::{FacetValue, Piece, Record, TextSource};
pub use schema::{FacetFields, Family, Fields, RECALL_ANALYZER, WORD_ANALYZER};
pub use writer::{Batch, Index, OpenOutcome};
