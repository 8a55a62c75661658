//! How much longer does adding a dossier take when many are stored? The time in which one dossier is kept and can be
//! found, with 100 and with 10,000 invented dossiers stored, turn by turn, as a ratio.
//!
//! `DOSSIER_BENCH_COUNT` sets another number for the larger archive; `DOSSIER_BENCH_DATA` names a folder in which it is
//! kept for the next run: what is added is taken out again.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench fails by panicking and prints")]

#[path = "corpus/archive.rs"]
mod archive;
mod corpus;

use std::{
    env,
    path::PathBuf,
    time::{Duration, Instant},
};

use archive::filled;
use dossier_search::search::SearchRequest;

const FEW: u64 = 100;
const MANY: u64 = 10_000;
const ADDED: u64 = 60;

fn main() {
    let many = env::var("DOSSIER_BENCH_COUNT").map_or(MANY, |count| count.parse().expect("a number"));
    let temporary = tempfile::tempdir().expect("a folder");
    let data = env::var_os("DOSSIER_BENCH_DATA").map_or(temporary.path().join("many"), PathBuf::from);
    let archives = [(temporary.path().join("few"), FEW), (data, many)];
    let archives = archives.map(|(data, count)| filled(&data, count));
    let mut times: [Vec<[Duration; 2]>; 2] = [Vec::new(), Vec::new()];
    for n in 0..ADDED {
        for (archive, times) in archives.iter().zip(&mut times) {
            let text = corpus::dossier(many + 1 + n);
            let started = Instant::now();
            let kept = archive.add("invented.txt", text.as_bytes()).expect("kept").id;
            let added = started.elapsed();
            let title = corpus::title(many + 1 + n);
            let q = format!("\"{title}\"");
            let found = archive.search(&SearchRequest { q, ..SearchRequest::default() }).expect("an answer");
            times.push([added, started.elapsed()]);
            assert_eq!(found.hits[0].title, title, "it can be found");
            archive.remove(&kept).expect("removed");
        }
    }
    let median = |times: &[[Duration; 2]], which: usize| {
        let mut times: Vec<f64> = times.iter().map(|time| time[which].as_secs_f64() * 1e3).collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    for (which, name) in ["kept and searchable", "and found"].into_iter().enumerate() {
        let [few, many_stored] = [median(&times[0], which), median(&times[1], which)];
        println!(
            "{name:<20} {few:>8.1} ms at {FEW}, {many_stored:>8.1} ms at {many}: {:.2} x",
            many_stored / few
        );
    }
}
