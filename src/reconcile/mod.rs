//! Which record does a name in somebody else's table mean?
//!
//! Answers as the Reconciliation Service API 0.2 of the W3C Entity Reconciliation Community Group asks: for
//! each name the records that may be meant, with a score from 0 to 100 and what it is made of; and the values
//! of properties of records that were chosen. Names alone are compared (a person's, all names of an
//! institution, a journal's, a title), never the text of a record.
//!
//! Invariants: a match is a name that is the same, borne by one record alone among those that agree with all
//! properties given; of two people of one name neither is chosen. Must not know HTTP.

mod candidates;
mod error;
mod extend;
mod property;
mod query;
mod score;
mod suggest;

pub use candidates::{Answer, Candidate, Feature, answers, reconcile};
pub use error::ReconcileError;
pub use extend::{Extension, ExtensionQuery, PropertyRef, extend};
pub use property::Property;
pub use query::{Batch, MAX_BATCH, PropertyValue, Query};
pub use suggest::{Suggested, entities};

use crate::domain::Kind;

/// The kinds whose records bear names by which others know them.
pub const TYPES: [Kind; 4] = [Kind::Person, Kind::Institution, Kind::Journal, Kind::Dossier];

/// Finds the type that an identifier names.
///
/// # Errors
/// Where it names none.
pub fn type_named(name: &str) -> Result<Kind, ReconcileError> {
    TYPES.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
        let known = TYPES.map(Kind::name).join(", ");
        let name: String = name.chars().take(60).collect();
        ReconcileError::Query(format!("unknown type '{name}', expected one of {known}"))
    })
}
