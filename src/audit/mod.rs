//! What should a reviewer look at?
//!
//! Answers, for one dossier or for all that are kept, with findings: a rule, whether what is printed
//! agrees with it, the values compared, and where they stand. Rules are data (`rules/*.toml`), stated for
//! awards and years; nothing is carried from one year to another, so "not known for this year" is an
//! answer. Checks are small functions over one dossier, and look-ups for what dossiers share.
//!
//! A finding is something to check, never an accusation: its wording is neutral, and whoever reads it
//! sees the evidence. Must not know HTTP, the command line, or how findings are shown.

mod answer;
mod auditor;
mod case;
mod check;
mod finding;
mod holdings;
mod printing;
mod rules;
#[cfg(test)]
mod sample;
mod state;
mod works;

pub use auditor::{AuditError, Auditor, FindingFilter, audit_alone};
pub use finding::{Basis, Compared, Evidence, Finding, Outcome, Severity};
pub use rules::{RuleRef, rule_list};
