//! How long does the query endpoint take? Through the router, in process, over 1,000 invented dossiers.

#![expect(clippy::expect_used, reason = "a bench fails by panicking")]

mod corpus;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use criterion::{Criterion, criterion_group, criterion_main};
use dossier_search::{
    http::{AppState, Settings, router},
    ingest::Archive,
};
use tower::ServiceExt;

const DOSSIERS: u64 = 1_000;

async fn ask(router: Router, address: &str) -> usize {
    let request = Request::get(address).body(Body::empty()).expect("a request");
    let response = router.oneshot(request).await.expect("an answer");
    assert!(response.status().is_success(), "{address}");
    to_bytes(response.into_body(), usize::MAX).await.expect("a body").len()
}

fn http(criterion: &mut Criterion) {
    let data = tempfile::tempdir().expect("a folder");
    let archive = Archive::open(data.path()).expect("opens");
    for n in 0..DOSSIERS {
        archive.keep("invented.txt", corpus::dossier(n).as_bytes()).expect("kept");
    }
    archive.catch_up().expect("indexed");
    let router = router(AppState::new(Arc::new(archive), &Settings::default()));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");

    let mut group = criterion.benchmark_group("http");
    for (name, address) in [
        ("search", "/api/v1/search?q=%E8%BD%AF%E9%AA%A8%E4%BF%AE%E5%A4%8D"),
        ("search people", "/api/v1/search?q=%E6%98%8E&kind=person"),
        ("search filtered", "/api/v1/search?q=%E5%AF%BC%E8%88%AA&kind=claim&year=2022..2024"),
        ("page", "/?q=%E8%BD%AF%E9%AA%A8%E4%BF%AE%E5%A4%8D"),
    ] {
        group.bench_function(name, |b| b.to_async(&runtime).iter(|| ask(router.clone(), address)));
    }
    group.finish();
}

criterion_group!(benches, http);
criterion_main!(benches);
