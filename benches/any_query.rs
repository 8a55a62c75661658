//! How long does the worst of many senseless questions take? Random strings of any characters, unbalanced marks, deep
//! nesting and texts of 100 KB, through the router, over the documents of `seeds/` or of the folder that
//! `DOSSIER_BENCH_DOCUMENTS` names. Every one is an answer or a refusal; `DOSSIER_BENCH_COUNT` says how many are asked.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench fails by panicking and prints")]

#[path = "../tests/suite/senseless.rs"]
mod senseless;

use std::{env, path::PathBuf, sync::Arc, time::Instant};

use axum::{body::Body, http::Request};
use dossier_search::{
    http::{AppState, Settings, router},
    ingest::{Archive, Reader, index_paths},
};
use tower::ServiceExt;

fn main() {
    let count = env::var("DOSSIER_BENCH_COUNT").map_or(100_000, |count| count.parse().expect("a number"));
    let own = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let documents = env::var_os("DOSSIER_BENCH_DOCUMENTS").map_or_else(own, PathBuf::from);
    let data = tempfile::tempdir().expect("a folder");
    let archive = Archive::open_with(data.path(), Reader::in_process()).expect("opens");
    index_paths(&archive, &[documents], |_, _| {}).expect("indexed");
    let router = router(AppState::new(Arc::new(archive), &Settings::default()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");

    let mut times = Vec::with_capacity(count);
    for (number, q) in senseless::questions(count).enumerate() {
        let request = Request::builder().uri(senseless::address(&q, number)).body(Body::empty());
        let start = Instant::now();
        let status = runtime.block_on(async {
            let response = router.clone().oneshot(request.expect("a request")).await.expect("an answer");
            let status = response.status();
            axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
            status
        });
        assert!(status.is_success() || status == 400, "{status} for {q:?}");
        times.push((start.elapsed(), q));
    }
    times.sort_by_key(|(time, _)| *time);
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].0;
    println!("{count} questions: p50 {:.1?}, p99 {:.1?}", at(50), at(99));
    for (time, q) in times.iter().rev().take(5) {
        println!("{time:.1?} {}", q.chars().take(80).collect::<String>());
    }
}
