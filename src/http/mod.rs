//! How does the archive answer over HTTP?
//!
//! With the JSON interface under `/api/v1` and with pages that work without a script, both over the
//! same calls: [`router()`] lists every route; `params` reads query strings and names what it does not
//! know; `limits` keeps blocking work off the async threads, bounded in number and in time; `access`
//! decides who may write, `upload` and `statement` take the body of those who may, and
//! `download` hands out files as they are written; `error` gives every failure its
//! status; `headers` is the edge, where each answer gets its request id, its safety headers and its line
//! in the log.
//!
//! Must not know how documents are read, kept or searched (no SQL, no index), and must not put text of
//! a document into HTML otherwise than through a template, which escapes it.

mod access;
mod api;
mod download;
mod error;
mod form;
mod headers;
mod limits;
mod openapi;
mod origin;
mod pages;
mod params;
mod reconcile;
mod router;
mod serve;
mod state;
mod statement;
#[cfg(test)]
mod tests;
mod upload;
mod written;

pub use openapi::openapi;
pub use router::router;
pub use serve::serve;
pub use state::{AppState, Settings};
