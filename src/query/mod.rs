//! What did the user ask?
//!
//! Answers with a [`Query`]: words, phrases and prefixes that must, may or must not occur, and notices
//! about what could not be read. Parsing never fails: what is no syntax is text.
//!
//! Invariant: a query prints as text that is read as the same query. Must not know tantivy, fields of
//! the index or how a clause is matched.

mod ast;
mod field;
mod parse;
mod years;

pub use ast::{Clause, Part, PartKind, Query};
pub use field::QueryField;
pub use parse::{MAX_CHARS, MAX_PARTS};
pub use years::YearRange;
