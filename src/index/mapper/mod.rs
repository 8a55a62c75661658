//! Which record is found by what?
//!
//! One file for the records of a document, one for the entities that several documents speak of.

mod contribution;
mod document;
mod entity;
mod evidence;
mod facets;

pub use document::{DocumentBundle, document_records};
pub use entity::{institution_record, journal_record, person_record};
pub use facets::Labels;
