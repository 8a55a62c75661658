//! `dossier`: who contributed what, in medical-award dossiers.

pub mod analysis;
pub mod audit;
pub mod cli;
pub mod domain;
pub mod evaluation;
pub mod export;
pub mod extract;
pub mod http;
pub mod identifier;
pub mod index;
pub mod ingest;
pub mod pinyin;
pub mod query;
pub mod reconcile;
pub mod resolve;
pub mod revision;
pub mod search;
pub mod source;
pub mod store;
pub mod text;
