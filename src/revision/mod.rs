//! How does a document look after what was decided about it?
//!
//! Answers with another dossier, as pure functions: what was read, with some fields corrected
//! (`correction`), and without the people who are not to be shown any more (`redaction`). The dossier
//! as read is not touched, so that whoever keeps it can undo every decision exactly.
//!
//! Must not know how decisions are kept, nor how a document was read.

mod correction;
mod field;
mod name_search;
mod redaction;
#[cfg(test)]
mod tests;

pub use correction::{Correction, CorrectionError, correct};
pub use field::FieldPath;
pub use redaction::{Redaction, RemovedPerson, redact};
