//! Which record is found by what?
//!
//! Answers for the records of a document and for the entities that several documents speak of: which of
//! their texts are names, which are their own words and which stand around them, and by which values they
//! are counted. Must not know tantivy or the store.

mod contribution;
mod document;
mod entity;
mod evidence;
mod facets;
mod facts;
mod parts;
#[cfg(test)]
mod tests;

pub use document::{DocumentBundle, document_records};
pub use entity::{ContributorRow, PaperRow, institution_record, journal_record, person_record};
pub use facets::Labels;
pub use facts::{DossierFacts, topics};
