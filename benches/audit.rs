//! What does auditing cost beside keeping? Invented dossiers, `DOSSIER_BENCH_COUNT` of them (1,000): the first audit
//! of all beside reading and keeping them, the audit after one more beside keeping that one, and a page of findings
//! beside the look-up of a record.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench fails by panicking and prints")]

mod corpus;

use std::{
    env,
    time::{Duration, Instant},
};

use dossier_search::{
    audit::{Auditor, FindingFilter, Outcome},
    ingest::read,
    store::{NewDocument, Store},
};

/// How many times what is short is measured; the median counts.
const TIMES: u64 = 25;

fn main() {
    let count = env::var("DOSSIER_BENCH_COUNT").map_or(1_000, |count| count.parse().expect("a number"));
    let data = tempfile::tempdir().expect("a folder");
    let store = Store::open(data.path()).expect("opens");
    let keep = |n: u64| {
        let text = corpus::dossier(n);
        let reading = read(&format!("{n}.txt"), text.as_bytes()).expect("readable");
        let document = NewDocument { bytes: text.as_bytes(), text: &reading.text, dossier: &reading.dossier };
        store.put(&document).expect("kept").id
    };
    let auditor = Auditor::default();
    let settle = || auditor.settle(&store).expect("settled");
    let (kept, last) = timed(|| (0..count).map(keep).last().expect("some"));
    let (first, ()) = timed(settle);
    println!("{count} kept in {kept:.1?}; all audited in {first:.1?}, {:.2} of that", ratio(first, kept));

    let (mut keeping, mut following) = (Vec::new(), Vec::new());
    for n in count..count + TIMES {
        keeping.push(timed(|| keep(n)).0);
        following.push(timed(settle).0);
    }
    let (keeping, following) = (median(keeping), median(following));
    println!(
        "one more kept in {keeping:.1?}, followed in {following:.1?}, {:.2} of that",
        ratio(following, keeping)
    );

    let record =
        median((0..TIMES).map(|_| timed(|| store.records_of(&last).expect("an answer")).0).collect());
    for (asked, filter) in [
        ("to check", FindingFilter { outcome: Some(Outcome::ToCheck), ..FindingFilter::default() }),
        ("one rule", FindingFilter { rule: Some("K10".into()), ..FindingFilter::default() }),
        ("the last page", FindingFilter { offset: usize::MAX / 2, limit: 1, ..FindingFilter::default() }),
    ] {
        let page = || auditor.list(&store, &filter).expect("an answer").total;
        let total = page();
        let page = median((0..TIMES).map(|_| timed(page).0).collect());
        println!(
            "{asked}: {total} findings, a page in {page:.1?}, {:.1} of a look-up ({record:.1?})",
            ratio(page, record)
        );
    }
    let one = median((0..TIMES).map(|_| timed(|| auditor.of(&store, &last).expect("an answer")).0).collect());
    println!("one dossier: {one:.1?}, {:.1} of a look-up", ratio(one, record));
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
