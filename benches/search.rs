//! How long does a search take in process? Every kind of question, over 1,000 invented dossiers.

#![expect(clippy::expect_used, reason = "a bench fails by panicking")]

mod corpus;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use dossier_search::{
    domain::{Facet, Kind},
    ingest::Archive,
    search::SearchRequest,
};

const DOSSIERS: u64 = 1_000;

fn search(criterion: &mut Criterion) {
    let data = tempfile::tempdir().expect("a folder");
    let archive = Archive::open(data.path()).expect("opens");
    for n in 0..DOSSIERS {
        archive.keep("invented.txt", corpus::dossier(n).as_bytes()).expect("kept");
    }
    archive.catch_up().expect("indexed");

    let mut group = criterion.benchmark_group("search");
    for (name, q, kind) in [
        ("everything", "", Kind::Dossier),
        ("word", "软骨修复", Kind::Dossier),
        ("words", "心脏移植 人工智能", Kind::Claim),
        ("phrase", "\"术中导航技术\"", Kind::Paper),
        ("person", "欧阳明", Kind::Person),
        ("relaxed", "怎样提高膝关节软骨修复的有效率", Kind::Contribution),
    ] {
        let request = SearchRequest { q: q.to_owned(), kind, ..SearchRequest::default() };
        group.bench_with_input(BenchmarkId::from_parameter(name), &request, |b, request| {
            b.iter(|| archive.search(request).expect("an answer").total);
        });
    }
    let filtered = SearchRequest {
        q: "创新点1".to_owned(),
        filters: vec![(Facet::Year, "2022..2024".to_owned()), (Facet::Title, "教授".to_owned())],
        ..SearchRequest::default()
    };
    group.bench_function("filtered", |b| b.iter(|| archive.search(&filtered).expect("an answer").total));
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
