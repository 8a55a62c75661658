//! How much slower is a whole answer than bare tantivy? Through the router, in process, over 10,000 invented
//! dossiers: `/api/v1/search` with ten hits and their snippets, the totals of all kinds and all facets, beside the
//! top ten with count of the same words on the jieba fields of the same kind, on the same index, turn by turn. Beside
//! it the same top ten with count on the jieba fields of all kinds, which the answer's totals are of.
//!
//! Every question is asked once, so no answer can come from a cache. `DOSSIER_BENCH_COUNT` sets another number
//! of dossiers; `DOSSIER_BENCH_DATA` names a folder in which the archive is kept for the next run, and
//! `DOSSIER_BENCH_CLASS` the class of questions that alone is asked.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench fails by panicking and prints")]

#[path = "corpus/archive.rs"]
mod archive;
mod corpus;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    ops::Range,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use archive::filled;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use corpus::Random;
use dossier_search::{
    analysis::ranking_words,
    domain::{Facet, Kind},
    http::{AppState, Settings, router},
    index::{Fields, Index},
    ingest::read,
    text::is_han,
};
use tantivy::{
    Searcher, Term,
    collector::{Count, TopDocs},
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::IndexRecordOption,
};
use tower::ServiceExt;

const DOSSIERS: u64 = 10_000;
const QUESTIONS: usize = 1_500;
/// How many hits both are asked for.
const TOP: usize = 10;

/// A question: what is typed, the words in it, and the rest of the address.
struct Question {
    class: &'static str,
    words: String,
    kind: Kind,
    address: String,
}

fn main() {
    let count = env::var("DOSSIER_BENCH_COUNT").map_or(DOSSIERS, |count| count.parse().expect("a number"));
    let temporary = tempfile::tempdir().expect("a folder");
    let data = env::var_os("DOSSIER_BENCH_DATA").map_or(temporary.path().to_owned(), PathBuf::from);
    let archive = filled(&data, count);
    let store = archive.store();
    let (origin, last) = (store.origin().expect("known"), store.last_change().expect("known"));
    let (index, _) = Index::open(&data, &origin, last).expect("opens");
    let (searcher, fields) = (index.reader().searcher(), index.fields().clone());
    println!("{} records in {} segments", searcher.num_docs(), searcher.segment_readers().len());
    let router = router(AppState::new(Arc::new(archive), &Settings::default()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");

    let mut questions = questions(count);
    if let Ok(class) = env::var("DOSSIER_BENCH_CLASS") {
        questions.retain(|question| question.class == class);
    }
    let mut times: BTreeMap<&str, Vec<[Duration; 3]>> = BTreeMap::new();
    for (number, question) in questions.iter().enumerate() {
        // The first ones warm up what is built once.
        let warm = number < questions.len() / 10;
        let one = timed(|| bare(&searcher, &fields, &question.words, &[&[question.kind]]));
        // Of one look at all kinds and one look at each, whichever is done sooner.
        let all = [vec![&Kind::ALL[..]], Kind::ALL.chunks(1).collect()]
            .map(|looks| timed(|| bare(&searcher, &fields, &question.words, &looks)));
        let ours = timed(|| runtime.block_on(ask(router.clone(), &question.address)));
        if !warm {
            let all = [ours, one, all[0].min(all[1])];
            times.entry("all").or_default().push(all);
            times.entry(question.class).or_default().push(all);
        }
    }
    println!(
        "p50 and p95        questions    answer (µs)   of one kind (µs)       ratio  of all kinds (µs)       ratio"
    );
    for (class, times) in &times {
        let [ours, one, all] = [0, 1, 2]
            .map(|at| [50, 95].map(|percent| percentile(times.iter().map(|times| times[at]), percent)));
        let bare = |bare: [f64; 2]| {
            format!("{:>9.0}{:>9.0} {:>5.2}{:>6.2} ", bare[0], bare[1], ours[0] / bare[0], ours[1] / bare[1])
        };
        println!(
            "{class:<18}{:>10} {:>7.0}{:>7.0} {}{}",
            times.len(),
            ours[0],
            ours[1],
            bare(one),
            bare(all)
        );
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    std::hint::black_box(work());
    started.elapsed()
}

async fn ask(router: Router, address: &str) -> usize {
    let request = Request::get(address).body(Body::empty()).expect("a request");
    let response = router.oneshot(request).await.expect("an answer");
    assert!(response.status().is_success(), "{address}");
    to_bytes(response.into_body(), usize::MAX).await.expect("a body").len()
}

/// The top ten and the count of a disjunction of dictionary words, what the answer's order rests on: of the kinds of
/// each look together.
fn bare(searcher: &Searcher, fields: &Fields, words: &str, looks: &[&[Kind]]) -> usize {
    let words = ranking_words(words);
    let look = |kinds: &&[Kind]| {
        let families = kinds.iter().map(|kind| fields.family(*kind));
        let searched = families.flat_map(|family| [family.body_word, family.context_word]);
        let terms =
            searched.flat_map(|field| words.iter().map(move |word| Term::from_field_text(field, &word.text)));
        let terms = terms.map(|term| {
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>)
        });
        let query = BooleanQuery::new(terms.collect());
        let collector = (TopDocs::with_limit(TOP).order_by_score(), Count);
        let (top, count) = searcher.search(&query, &collector).expect("found");
        top.len() + count
    };
    looks.iter().map(look).sum()
}

/// Questions of every sort, the same ones in every run and no two alike: names, words, institutions and stretches
/// of what is printed in some dossier.
fn questions(count: u64) -> Vec<Question> {
    let mut random = Random::new(7);
    let mut seen = BTreeSet::new();
    let mut questions = Vec::new();
    while questions.len() < QUESTIONS {
        let text = corpus::dossier(random.next() % count);
        let dossier = read("invented.txt", text.as_bytes()).expect("readable").dossier;
        let row = &dossier.contributors[random.below(dossier.contributors.len())];
        let title = dossier.title.as_deref().unwrap_or_default();
        let (class, words) = match random.below(5) {
            0 => ("name", row.name.clone()),
            1 => ("word", stretch(&mut random, title, 2..7)),
            2 => ("two words", format!("{} {}", row.name, stretch(&mut random, title, 2..7))),
            3 => ("institution", dossier.institutions[0].name.clone()),
            _ => ("phrase", stretch(&mut random, row.contribution.as_deref().unwrap_or_default(), 4..11)),
        };
        let kind =
            if random.below(2) == 0 { Kind::Dossier } else { Kind::ALL[random.below(Kind::ALL.len())] };
        let q = if class == "phrase" { format!("\"{words}\"") } else { words.clone() };
        let mut address = format!("/api/v1/search?q={}&kind={kind}&limit={TOP}", encoded(&q));
        if random.below(3) == 0 {
            address.push_str(&format!("&{}={}", Facet::Year, 2020 + random.below(7)));
        }
        if words.chars().count() > 1 && seen.insert(address.clone()) {
            questions.push(Question { class, words, kind, address });
        }
    }
    questions
}

/// Han characters that stand together in a text.
fn stretch(random: &mut Random, text: &str, lengths: Range<usize>) -> String {
    let chars: Vec<char> = text.chars().filter(|&c| is_han(c)).collect();
    let length = lengths.start + random.below(lengths.len());
    let from = random.below(chars.len().saturating_sub(length).max(1));
    chars.into_iter().skip(from).take(length).collect()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn percentile(times: impl Iterator<Item = Duration>, percent: usize) -> f64 {
    let mut times: Vec<f64> = times.map(|time| time.as_secs_f64() * 1e6).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() * percent / 100]
}
