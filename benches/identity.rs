//! How long does it take to add a dossier to few, and to many?
//!
//! Prints both and their ratio: who is who is looked up, never scanned for, so that it should stay near 1.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench fails by panicking and prints")]

#[path = "corpus/mod.rs"]
mod corpus;

use std::time::{Duration, Instant};

use dossier_search::{
    ingest::read,
    store::{NewDocument, Store},
};

const FEW: u64 = 100;
/// As many are added when few are kept, and when many are.
const ADDED: u64 = 40;

fn main() {
    // Cargo hands `--bench`; a number is how many are many.
    let many = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("opens");
    let mut next = 0;
    let mut until = |count: u64| {
        while next < count {
            add(&store, next);
            next += 1;
        }
    };
    until(FEW);
    let few = median(&store, many + ADDED);
    until(many);
    let lots = median(&store, many + 2 * ADDED);
    let ratio = lots.as_secs_f64() / few.as_secs_f64();
    println!("a dossier added to {FEW}: {few:.2?}, to {many}: {lots:.2?}, ratio {ratio:.2}");
}

/// The median time that adding a dossier takes, of the dossiers from number `first` on.
fn median(store: &Store, first: u64) -> Duration {
    let mut times: Vec<Duration> = (first..first + ADDED).map(|number| add(store, number)).collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn add(store: &Store, number: u64) -> Duration {
    let text = corpus::dossier(number);
    let reading = read("invented.txt", text.as_bytes()).expect("readable");
    let started = Instant::now();
    let document = NewDocument { bytes: text.as_bytes(), text: &reading.text, dossier: &reading.dossier };
    store.put(&document).expect("kept");
    started.elapsed()
}
