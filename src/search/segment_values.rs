use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::{DocId, SegmentReader};

use super::{bits::Bits, columns::SegmentColumns, counts::Counts};
use crate::domain::{Facet, Kind};

/// A segment, and the number in the catalogue of each of its own values.
pub(super) struct SegmentValues {
    pub(super) columns: Arc<SegmentColumns>,
    numbers: Vec<u32>,
    alive: OnceLock<Bits>,
    /// By kind, how many documents of it have each value.
    totals: [OnceLock<Vec<u32>>; Kind::ALL.len()],
    /// All 0 again: making new ones takes longer than counting.
    spare: Mutex<Vec<Vec<u32>>>,
}

/// How many documents have each of a segment's own values.
struct Tally {
    counts: Vec<u32>,
    /// Those that any document has; `None` where all are looked at sooner than these noted one by one.
    counted: Option<Vec<u32>>,
}

/// Values are noted one by one where fewer than one in so many is counted: a note takes as long as looking at so many.
const NOTED: usize = 4;

impl SegmentValues {
    pub(super) fn new(columns: Arc<SegmentColumns>, numbers: Vec<u32>) -> Self {
        let (totals, spare) = (Default::default(), Mutex::default());
        Self { columns, numbers, alive: OnceLock::new(), totals, spare }
    }

    /// The documents that were not deleted when the catalogue was made.
    pub(super) fn alive(&self, segment: &SegmentReader) -> &Bits {
        self.alive.get_or_init(|| {
            let Some(known) = segment.alive_bitset() else { return Bits::all(segment.max_doc()) };
            let mut alive = Bits::none(segment.max_doc());
            known.iter_alive().for_each(|doc| alive.insert(doc));
            alive
        })
    }

    /// The documents of a kind that were not deleted when the catalogue was made.
    pub(super) fn alive_of_kind(&self, kind: Kind, segment: &SegmentReader) -> Bits {
        let mut documents = self.columns.of_kind(kind).set.clone();
        documents.and(self.alive(segment));
        documents
    }

    /// Counts all values of documents.
    pub(super) fn count(&self, docs: &[DocId], counts: &mut Counts<'_>) {
        let tally = self.tally(docs);
        match &tally.counted {
            Some(counted) => counted.iter().for_each(|&own| {
                counts.add_times(self.numbers[own as usize], tally.counts[own as usize]);
            }),
            None => counts.add_all(self.numbers.iter().zip(&tally.counts).map(|(&n, &count)| (n, count))),
        }
        self.put_back(tally);
    }

    /// Counts all values of the documents of a kind but for some of them.
    pub(super) fn count_all_but(
        &self,
        docs: &Bits,
        kind: Kind,
        segment: &SegmentReader,
        counts: &mut Counts<'_>,
    ) {
        let totals = self.totals[kind as usize].get_or_init(|| {
            let all: Vec<DocId> = self.alive_of_kind(kind, segment).iter().collect();
            let tally = self.tally(&all);
            let totals = tally.counts.clone();
            self.put_back(tally);
            totals
        });
        let tally = self.tally(&docs.iter().collect::<Vec<DocId>>());
        let left = totals.iter().zip(&tally.counts).map(|(total, count)| total - count);
        counts.add_all(self.numbers.iter().copied().zip(left));
        self.put_back(tally);
    }

    /// Counts as the segment numbers its values: many documents share them, and each is renamed once.
    fn tally(&self, docs: &[DocId]) -> Tally {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut counts = spare.unwrap_or_else(|| vec![0; self.numbers.len()]);
        let values = || docs.iter().flat_map(|&doc| self.columns.values(doc));
        if self.columns.count_values(docs) > self.numbers.len() / NOTED {
            values().for_each(|&value| counts[value as usize] += 1);
            return Tally { counts, counted: None };
        }
        let mut counted = Vec::new();
        for &value in values() {
            let count = &mut counts[value as usize];
            if *count == 0 {
                counted.push(value);
            }
            *count += 1;
        }
        Tally { counts, counted: Some(counted) }
    }

    /// Keeps the counts for the next tally, all 0 again.
    fn put_back(&self, Tally { mut counts, counted }: Tally) {
        match counted {
            Some(counted) => counted.iter().for_each(|&own| counts[own as usize] = 0),
            None => counts.fill(0),
        }
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(counts);
    }

    /// The numbers of a document's values of a facet.
    pub(super) fn of_facet(&self, doc: DocId, facet: Facet) -> impl Iterator<Item = u32> {
        self.columns.values_of(doc, facet).iter().map(|&own| self.numbers[own as usize])
    }
}
