//! How fast is a file read and understood? Throughput in bytes: both layouts, running text beside the time that
//! segmenting it takes, and files from 10 KB to 5 MB, whose throughput is the same where time is linear.

#![expect(clippy::expect_used, reason = "a bench fails by panicking")]

mod corpus;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dossier_search::{domain::Dossier, extract::extract, source};
use jieba_rs::{Jieba, TokenizeMode};

fn read(text: &str) -> Dossier {
    let source = source::read("notice.txt", black_box(text.as_bytes())).expect("a text");
    extract(&source.blocks)
}

fn layouts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("extraction");
    for (name, text) in [("tables", corpus::dossier(2)), ("labels", corpus::dossier(3))] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(name), &text, |b, text| b.iter(|| read(text)));
    }
    group.finish();
}

/// The summaries of many dossiers as one article, one to a paragraph.
fn prose(criterion: &mut Criterion) {
    let summaries = (0..100).filter_map(|n| read(&corpus::dossier(n)).summary);
    let text: String = summaries.map(|summary| summary + "\n\n").collect();
    #[expect(clippy::disallowed_methods, reason = "segmenting alone is what is compared with")]
    let jieba = Jieba::new();
    let mut group = criterion.benchmark_group("prose");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_with_input("read", &text, |b, text| b.iter(|| source::read("notice.txt", text.as_bytes())));
    group.bench_with_input("read and understood", &text, |b, text| b.iter(|| read(text)));
    group.bench_with_input("jieba", &text, |b, text| {
        b.iter(|| jieba.tokenize(black_box(text), TokenizeMode::Search, false).len());
    });
    group.finish();
}

fn sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("size");
    group.sample_size(10);
    for kilobytes in [10, 100, 1000, 5000] {
        let mut text = String::new();
        for n in 0.. {
            if text.len() >= kilobytes * 1000 {
                break;
            }
            text.push_str(&corpus::dossier(2 * n));
        }
        group.throughput(Throughput::Bytes(text.len() as u64));
        let name = BenchmarkId::from_parameter(format!("{kilobytes} KB"));
        group.bench_with_input(name, &text, |b, text| b.iter(|| read(text)));
    }
    group.finish();
}

criterion_group!(benches, layouts, prose, sizes);
criterion_main!(benches);
