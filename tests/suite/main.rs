//! One binary for all tests that use the library or the program as a whole.
//!
//! A test that needs the real documents asks [`real_documents`] and says in one line when it is
//! skipped; everything else runs on a plain checkout.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod api;
mod architecture;
mod audit;
mod backup;
mod broken;
mod cli;
#[path = "../../benches/corpus/mod.rs"]
mod corpus;
mod decisions;
mod doi;
mod durability;
mod export;
mod extraction;
mod facets;
mod formats;
mod identity;
mod institutions;
mod institutions_match;
mod names;
mod pages;
mod pdf;
#[cfg(target_os = "linux")]
mod reader;
mod reconcile;
mod relations;
mod relevance;
mod score;
mod search;
mod senseless;
mod service;
mod snippets;
mod substring;

use std::path::PathBuf;

/// The folder of the real documents and their hand-made key, where it exists.
fn real_documents() -> Option<PathBuf> {
    let shared = std::env::var_os("DOSSIER_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let found = shared.join("seeds").is_dir().then_some(shared);
    if found.is_none() {
        println!("skipped: the real documents are not on this machine");
    }
    found
}
