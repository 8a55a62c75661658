use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::{DocId, SegmentReader};

use super::{bits::Bits, columns::SegmentColumns, facets::Counts};
use crate::domain::{Facet, Kind};

/// A segment, and the number in the catalogue of each of its own values.
pub(super) struct SegmentValues {
    pub(super) columns: Arc<SegmentColumns>,
    numbers: Vec<u32>,
    alive: OnceLock<Bits>,
    /// By kind, the values that any document of it has, and how many have each.
    totals: [OnceLock<Vec<(u32, u32)>>; Kind::ALL.len()],
    /// All 0 again: making a new one takes longer than counting.
    spare: Mutex<Vec<Tally>>,
}

/// How many documents have each of a segment's own values.
struct Tally {
    counts: Vec<u32>,
    /// Those that any document has.
    counted: Vec<u32>,
}

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
    pub(super) fn count(&self, docs: impl Iterator<Item = DocId>, counts: &mut Counts<'_>) {
        let mut tally = self.tally(docs);
        for &own in &tally.counted {
            counts.add_times(self.numbers[own as usize], std::mem::take(&mut tally.counts[own as usize]));
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
            let mut tally = self.tally(self.alive_of_kind(kind, segment).iter());
            let totals =
                tally.counted.iter().map(|&own| (own, std::mem::take(&mut tally.counts[own as usize])));
            let totals = totals.collect();
            self.put_back(tally);
            totals
        });
        let mut tally = self.tally(docs.iter());
        for &(own, total) in totals {
            let count = total - tally.counts[own as usize];
            if count > 0 {
                counts.add_times(self.numbers[own as usize], count);
            }
        }
        tally.counted.iter().for_each(|&own| tally.counts[own as usize] = 0);
        self.put_back(tally);
    }

    /// Counts as the segment numbers its values: many documents share them, and each is renamed once.
    fn tally(&self, docs: impl Iterator<Item = DocId>) -> Tally {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut tally =
            spare.unwrap_or_else(|| Tally { counts: vec![0; self.numbers.len()], counted: Vec::new() });
        for doc in docs {
            for &value in self.columns.values(doc) {
                let count = &mut tally.counts[value as usize];
                if *count == 0 {
                    tally.counted.push(value);
                }
                *count += 1;
            }
        }
        tally
    }

    /// Keeps a tally whose counts are all 0 again.
    fn put_back(&self, mut tally: Tally) {
        tally.counted.clear();
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(tally);
    }

    /// The numbers of a document's values of a facet.
    pub(super) fn of_facet(&self, doc: DocId, facet: Facet) -> impl Iterator<Item = u32> {
        self.columns.values_of(doc, facet).iter().map(|&own| self.numbers[own as usize])
    }
}
