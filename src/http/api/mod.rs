//! What does the interface under `/api/v1` answer?
//!
//! JSON of the vocabulary and of search, as the store and the searcher hand it over: a handler reads its
//! parameters, asks, and answers. Must not decide anything about the records themselves.

pub(crate) mod audit;
pub(crate) mod contributions;
pub(crate) mod decisions;
pub(crate) mod dossiers;
pub(crate) mod entities;
pub(crate) mod export;
mod graphml;
pub(crate) mod health;
pub(crate) mod history;
pub(crate) mod joins;
mod list;
pub(crate) mod matching;
mod record;
pub(crate) mod relations;
pub(crate) mod reuse;
pub(crate) mod search;
pub(crate) mod suggest;

pub(crate) use list::List;
