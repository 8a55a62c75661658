//! How fast is a file read and understood? Throughput in bytes, for both layouts and for a long file.

#![expect(clippy::expect_used, reason = "a bench fails by panicking")]

mod corpus;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dossier_search::{extract::extract, source};

fn extraction(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("extraction");
    let long: String = (0..200).map(|n| corpus::dossier(2 * n)).collect();
    for (name, text) in [("tables", corpus::dossier(2)), ("labels", corpus::dossier(3)), ("long", long)] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(name), &text, |b, text| {
            b.iter(|| {
                let source = source::read("notice.txt", black_box(text.as_bytes())).expect("a text");
                extract(&source.blocks)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, extraction);
criterion_main!(benches);
