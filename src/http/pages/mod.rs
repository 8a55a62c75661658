//! What do people see?
//!
//! Pages in Chinese, made on the server, that ask exactly what the interface asks and work without a
//! script: a handler asks, makes a view of plain values, and a template writes it, escaped.
//!
//! Must not know markup outside `templates/`: marks in a text are pieces, never tags in a string.

mod assets;
mod audit;
mod dossier;
mod failure;
mod history;
mod identity;
mod institution;
mod journal;
mod layout;
mod link;
mod person;
mod pieces;
mod preview;
mod record;
mod relation_table;
mod search;
mod search_view;

pub(crate) use assets::{icon, style};
pub(crate) use audit::audit;
pub(crate) use dossier::dossier;
pub(crate) use failure::error_page;
pub(crate) use institution::institution;
pub(crate) use journal::journal;
pub(crate) use person::person;
pub(crate) use preview::{__path_preview, __path_view, preview, view};
pub(crate) use search::search;
