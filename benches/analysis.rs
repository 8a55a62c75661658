//! How fast is a text cut into terms? Throughput in bytes, beside the folding alone.

mod corpus;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dossier_search::{
    analysis::{ranking_words, recall_terms},
    text::fold,
};

fn analysis(criterion: &mut Criterion) {
    let text: String = (0..8).map(corpus::dossier).collect();
    let mut group = criterion.benchmark_group("analysis");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("fold", |b| b.iter(|| fold(black_box(&text)).count()));
    group.bench_function("recall terms", |b| b.iter(|| recall_terms(black_box(&text)).len()));
    group.bench_function("ranking words", |b| b.iter(|| ranking_words(black_box(&text)).len()));
    group.finish();
}

criterion_group!(benches, analysis);
criterion_main!(benches);
