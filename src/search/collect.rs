use std::{collections::BinaryHeap, sync::Arc};

use tantivy::{
    BitSet, DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
};

use super::{
    Sort,
    facets::{Counts, SegmentTable},
    filter::Filters,
};
use crate::domain::Facet;

/// Finds the first hits, their total and the counts of all facets in one pass.
///
/// A document that fails no filter is a hit and counts for every facet; one that fails the choice of a
/// single facet counts for that facet alone, which is what its list shows without its own choice.
pub(super) struct Survey<'a> {
    pub(super) filters: &'a Filters,
    pub(super) tables: &'a [Arc<SegmentTable>],
    pub(super) order: Sort,
    /// How many hits to rank; 0 only counts.
    pub(super) top: usize,
    pub(super) facets: bool,
}

/// What was found.
#[derive(Default)]
pub(super) struct Surveyed {
    /// Documents that match the query, whatever the filters.
    pub(super) matched: u64,
    /// Those that pass the filters as well.
    pub(super) total: u64,
    pub(super) top: Vec<Ranked>,
    /// In the order of [`Facet::ALL`]; empty where they were not asked for.
    pub(super) counts: Vec<Counts>,
}

/// A hit by its place in the order: the smaller, the earlier.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) struct Ranked {
    rank: u64,
    title: String,
    id: String,
    pub(super) address: DocAddress,
    pub(super) score: Score,
}

impl Collector for Survey<'_> {
    type Fruit = Surveyed;
    type Child = SegmentSurvey;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentSurvey> {
        let table = self.tables[ordinal as usize].clone();
        let counts = if self.facets {
            Facet::ALL.iter().map(|&facet| vec![0; table.facet(facet).values.len()]).collect()
        } else {
            Vec::new()
        };
        Ok(SegmentSurvey {
            ordinal,
            passing: self.filters.passing(segment)?,
            table,
            order: self.order,
            limit: self.top,
            heap: BinaryHeap::with_capacity(self.top.min(1024) + 1),
            counts,
            matched: 0,
            total: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.top > 0 && self.order == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<SegmentFruit>) -> tantivy::Result<Surveyed> {
        let mut found = Surveyed::default();
        if self.facets {
            found.counts.resize_with(Facet::ALL.len(), Counts::default);
        }
        for segment in segments {
            found.matched += segment.matched;
            found.total += segment.total;
            found.top.extend(segment.top?);
            for (index, counts) in segment.counts.iter().enumerate() {
                found.counts[index].add(segment.table.facet(Facet::ALL[index]), counts);
            }
        }
        found.top.sort_by(|a, b| (a.rank, &a.title, &a.id).cmp(&(b.rank, &b.title, &b.id)));
        found.top.truncate(self.top);
        Ok(found)
    }
}

/// A hit within its segment, where ordinals stand in the order of what they stand for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    rank: u64,
    title: u64,
    id: u64,
    doc: DocId,
    score: u32,
}

pub(super) struct SegmentSurvey {
    ordinal: SegmentOrdinal,
    passing: Vec<(Facet, BitSet)>,
    table: Arc<SegmentTable>,
    order: Sort,
    limit: usize,
    heap: BinaryHeap<Entry>,
    counts: Vec<Vec<u32>>,
    matched: u64,
    total: u64,
}

pub(super) struct SegmentFruit {
    table: Arc<SegmentTable>,
    matched: u64,
    total: u64,
    top: tantivy::Result<Vec<Ranked>>,
    counts: Vec<Vec<u32>>,
}

impl SegmentCollector for SegmentSurvey {
    type Fruit = SegmentFruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.matched += 1;
        let mut failed = self.passing.iter().filter(|(_, documents)| !documents.contains(doc));
        match (failed.next(), failed.next()) {
            (None, _) => {
                self.total += 1;
                if self.limit > 0 {
                    self.rank(doc, score);
                }
                for facet in 0..self.counts.len() {
                    self.count(facet, doc);
                }
            }
            (Some(&(facet, _)), None) if !self.counts.is_empty() => self.count(facet as usize, doc),
            _ => {}
        }
    }

    fn harvest(self) -> SegmentFruit {
        let top = self.heap.into_sorted_vec().into_iter().map(|entry| {
            let id = text_at(self.table.id.as_ref(), entry.id)?;
            let title = if entry.title == 0 {
                String::new()
            } else {
                text_at(self.table.title.as_ref(), entry.title - 1)?
            };
            let address = DocAddress::new(self.ordinal, entry.doc);
            Ok(Ranked { rank: entry.rank, title, id, address, score: Score::from_bits(entry.score) })
        });
        let top = top.collect();
        SegmentFruit { table: self.table, matched: self.matched, total: self.total, top, counts: self.counts }
    }
}

impl SegmentSurvey {
    fn count(&mut self, facet: usize, doc: DocId) {
        if let Some(column) = &self.table.facet(Facet::ALL[facet]).column {
            for ordinal in column.term_ords(doc) {
                self.counts[facet][ordinal as usize] += 1;
            }
        }
    }

    fn rank(&mut self, doc: DocId, score: Score) {
        let first = |column: &Option<tantivy::columnar::StrColumn>| {
            column.as_ref().and_then(|column| column.term_ords(doc).next())
        };
        let (rank, by_title) = match self.order {
            Sort::Relevance => (falling(score), false),
            Sort::Year => {
                let year = self.table.year.as_ref().and_then(|years| years.first(doc)).unwrap_or(0);
                (u64::MAX - year, true)
            }
            Sort::Title => (0, true),
        };
        // A worse rank needs no look at titles and addresses.
        if self.heap.len() == self.limit && self.heap.peek().is_some_and(|worst| rank > worst.rank) {
            return;
        }
        let title = if by_title { first(&self.table.title).map_or(0, |ordinal| ordinal + 1) } else { 0 };
        let id = first(&self.table.id).unwrap_or(0);
        self.heap.push(Entry { rank, title, id, doc, score: score.to_bits() });
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }
}

/// Orders scores from the highest to the lowest.
fn falling(score: Score) -> u64 {
    let bits = score.to_bits();
    let rising = if bits >> 31 == 0 { bits | 1 << 31 } else { !bits };
    u64::from(!rising)
}

fn text_at(column: Option<&tantivy::columnar::StrColumn>, ordinal: u64) -> tantivy::Result<String> {
    let mut text = String::new();
    if let Some(column) = column {
        column.ord_to_str(ordinal, &mut text)?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn higher_scores_come_first() {
        let scores = [f32::MAX, 12.5, 1.0, 0.5, 0.0, -1.0, f32::MIN];
        assert!(scores.map(falling).is_sorted());
    }
}
