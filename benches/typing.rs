//! How long does somebody wait who types? Suggestions over 10,000 invented dossiers: the first one after the service has
//! come up, the first one after a dossier was added, and all others, in milliseconds and as a ratio to their median. So
//! with the first search.
//!
//! `DOSSIER_BENCH_COUNT` sets another number of dossiers; `DOSSIER_BENCH_DATA` names a folder in which the archive is kept
//! for the next run: what is added is taken out again.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench fails by panicking and prints")]

#[path = "corpus/archive.rs"]
mod archive;
mod corpus;

use std::{env, path::PathBuf, time::Instant};

use archive::filled;
use dossier_search::{
    ingest::Archive,
    search::{SearchRequest, SuggestRequest},
};

const DOSSIERS: u64 = 10_000;
const ADDED: u64 = 10;
/// In Han, in letters, initials, and what stands in many names.
const TYPED: [&str; 24] = [
    "王", "李", "张", "赵", "中", "国", "医", "医院", "大学", "研究", "中华", "肿瘤", "w", "l", "z", "wa",
    "li", "zhang", "zhongguo", "yiyuan", "n", "nature", "j", "甲",
];

fn main() {
    let count = env::var("DOSSIER_BENCH_COUNT").map_or(DOSSIERS, |count| count.parse().expect("a number"));
    let temporary = tempfile::tempdir().expect("a folder");
    let data = env::var_os("DOSSIER_BENCH_DATA").map_or(temporary.path().to_owned(), PathBuf::from);
    drop(filled(&data, count));

    let started = Instant::now();
    let archive = Archive::open(&data).expect("opens");
    let opened = started.elapsed();
    archive.lay_out().expect("laid out");
    println!("opened in {opened:.1?}, laid out in {:.1?}", started.elapsed() - opened);
    let first = suggested(&archive, TYPED[0]);
    let first_search = searched(&archive, TYPED[1]);
    let mut all: Vec<f64> = (0..10).flat_map(|_| TYPED.map(|typed| suggested(&archive, typed))).collect();
    let mut searches: Vec<f64> = TYPED.map(|typed| searched(&archive, typed)).into();
    let (mut after, mut searches_after, mut added) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..ADDED {
        let started = Instant::now();
        let text = corpus::dossier(count + 1 + n);
        let kept = archive.add("invented.txt", text.as_bytes()).expect("kept").id;
        added.push(started.elapsed().as_secs_f64() * 1e3);
        after.push(suggested(&archive, TYPED[n as usize]));
        searches_after.push(searched(&archive, TYPED[n as usize]));
        archive.remove(&kept).expect("removed");
    }
    all.sort_by(f64::total_cmp);
    searches.sort_by(f64::total_cmp);
    let median = all[all.len() / 2];
    let worst = |times: &[f64]| times.iter().copied().fold(0.0, f64::max);
    println!("suggestions (ms)   median {median:.2}, worst {:.2}", worst(&all));
    for (when, time) in [("after the start", first), ("after a change", worst(&after))] {
        println!("  first {when:<16} {time:>7.2}, {:.1} x the median", time / median);
    }
    println!(
        "searches (ms)      median {:.2}, first {first_search:.2}, first after a change at worst {:.2}",
        searches[searches.len() / 2],
        worst(&searches_after)
    );
    added.sort_by(f64::total_cmp);
    println!("adding (ms)        median {:.1}, worst {:.1}", added[added.len() / 2], worst(&added));
}

fn suggested(archive: &Archive, typed: &str) -> f64 {
    let request = SuggestRequest { q: typed.to_owned(), kind: None, limit: 10 };
    let answer = archive.suggest(&request).expect("an answer");
    std::hint::black_box(answer.suggestions.len());
    answer.took_ms
}

fn searched(archive: &Archive, q: &str) -> f64 {
    let request = SearchRequest { q: q.to_owned(), ..SearchRequest::default() };
    archive.search(&request).expect("an answer").took_ms
}
