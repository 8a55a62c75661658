//! `dossier`: who contributed what, in medical-award dossiers.

pub mod analysis;
pub mod audit;
pub mod cli;
pub mod domain;
pub mod evaluation;
pub mod extract;
pub mod http;
pub mod identifier;
pub mod index;
pub mod ingest;
pub mod query;
pub mod resolve;
pub mod search;
pub mod source;
pub mod store;
pub mod text;
