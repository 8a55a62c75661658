//! `dossier`: who contributed what, in medical-award dossiers.

pub mod domain;
pub mod extract;
pub mod source;
pub mod text;
