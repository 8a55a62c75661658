//! How does what is known leave the archive?
//!
//! As a file in a format that other programs read: whole ([`Export`], part by part, so that its size needs
//! no memory and a change in between breaks nothing), or one record ([`record_as`]). A record is looked up
//! as everywhere else, so what was removed or corrected is so in every file.
//!
//! Invariants: what a format cannot hold is said before anything is written; keys are the addresses of
//! records, so they are unique and stay; text of a document never becomes markup, a command or a formula.
//! Must not know HTTP or the command line.

mod author;
mod bibtex;
mod csl;
mod csv;
mod error;
mod format;
mod json_ld;
mod jsonl;
mod locator;
mod record;
mod ris;
mod selection;
mod stream;
mod table;
mod work;
mod writer;
mod xlsx;

pub use error::ExportError;
pub use format::Format;
pub use record::{DossierParts, Record};
pub use selection::Selection;
pub use stream::{Export, record_as};
