use std::collections::BinaryHeap;

use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, columnar::StrColumn};

use super::{
    Sort,
    bits::Bits,
    columns::SegmentColumns,
    compile::Level,
    cursor::Place,
    engine::Engine,
    facets::{Catalogue, Counts, SegmentValues},
    filter::{Filters, Passed, SegmentFilters},
    threads::each,
};
use crate::domain::Kind;

/// Finds totals of several kinds and, of one of them, the first hits and the counts of all facets, in one pass.
///
/// A document that fails no filter is a hit and counts for every facet; one that fails the choice of a
/// single facet counts for that facet alone, which is what its list shows without its own choice.
pub(super) struct Survey<'s, 'a> {
    pub(super) filters: &'s Filters,
    pub(super) catalogue: &'a Catalogue,
    /// Which kinds to count, by their place in [`Kind::ALL`].
    pub(super) kinds: [bool; Kind::ALL.len()],
    /// Which kind to rank and to count by facets.
    pub(super) shown: Option<Kind>,
    pub(super) order: Sort,
    /// How many hits to rank.
    pub(super) top: usize,
    /// Only hits behind this place are ranked.
    pub(super) after: Option<&'s Place>,
}

/// What was found.
pub(super) struct Surveyed<'a> {
    /// Documents of each kind that match the query, whatever the filters.
    pub(super) matched: [u64; Kind::ALL.len()],
    /// Those that pass the filters as well.
    pub(super) totals: [u64; Kind::ALL.len()],
    pub(super) top: Vec<Ranked>,
    /// How many hits lie behind the place that was given.
    pub(super) behind: u64,
    pub(super) counts: Counts<'a>,
}

impl<'a> Surveyed<'a> {
    pub(super) fn nothing(catalogue: &'a Catalogue) -> Self {
        Self {
            matched: [0; Kind::ALL.len()],
            totals: [0; Kind::ALL.len()],
            top: Vec::new(),
            behind: 0,
            counts: Counts::new(catalogue),
        }
    }

    /// Counts the values of documents by facet; gives those that pass all choices.
    fn count(
        &mut self,
        mut documents: Vec<DocId>,
        values: &SegmentValues,
        filters: &SegmentFilters<'_>,
    ) -> Vec<DocId> {
        if !filters.is_empty() {
            documents.retain(|&doc| match filters.passed(doc) {
                Passed::All => true,
                Passed::AllBut(facet) => {
                    self.counts.add(values.of_facet(doc, facet));
                    false
                }
                Passed::Less => false,
            });
        }
        values.count(&documents, &mut self.counts);
        documents
    }

    /// Both together; the first hits of each still stand apart.
    fn and(mut self, other: Self) -> Self {
        let add =
            |own: &mut [u64], other: &[u64]| own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        add(&mut self.matched, &other.matched);
        add(&mut self.totals, &other.totals);
        self.top.extend(other.top);
        self.behind += other.behind;
        self.counts.merge(&other.counts);
        self
    }
}

/// A hit.
#[derive(Clone, Copy)]
pub(super) struct Ranked {
    entry: Entry,
    pub(super) address: DocAddress,
}

impl Ranked {
    pub(super) fn score(&self) -> Score {
        Score::from_bits(self.entry.score)
    }

    /// Its place among the hits of all segments.
    pub(super) fn place(&self, catalogue: &Catalogue) -> tantivy::Result<Place> {
        let columns = &catalogue.segments()[self.address.segment_ord as usize].columns;
        let title = text_at(columns.title.as_ref(), self.entry.title)?;
        Ok(Place { rank: self.entry.rank, title, id: text_at(columns.id.as_ref(), self.entry.id)? })
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

/// A place between the entries of a segment: those of its rank stand behind it where twice their ordinals do.
struct Border {
    rank: u64,
    title: u64,
    id: u64,
}

/// Fewer documents than one in so many are looked at one by one.
const SPARSE: usize = 32;
/// Kinds with less than one in so many of all documents are looked up by themselves.
const FEW: usize = 2;

impl<'a> Survey<'_, 'a> {
    /// Surveys the segments side by side.
    pub(super) fn of(&self, level: &Level, engine: &Engine<'_>) -> tantivy::Result<Surveyed<'a>> {
        let numbers = (0..engine.segments().len()).collect();
        let parts = each(numbers, |number| self.part(level, engine, number))?;
        let mut found =
            parts.into_iter().reduce(Surveyed::and).unwrap_or_else(|| Surveyed::nothing(self.catalogue));
        self.order(&mut found.top)?;
        Ok(found)
    }

    /// Puts the first hits of all segments in one order; titles and addresses are read of those alone that share a
    /// rank with one of another segment.
    fn order(&self, top: &mut Vec<Ranked>) -> tantivy::Result<()> {
        // The sort is stable: the hits of a segment stay in their order.
        top.sort_by_key(|hit| hit.entry.rank);
        if let Some(last) = self.top.checked_sub(1).and_then(|last| top.get(last)) {
            let rank = last.entry.rank;
            top.truncate(top.partition_point(|hit| hit.entry.rank <= rank));
        }
        for alike in top.chunk_by_mut(|a, b| a.entry.rank == b.entry.rank) {
            if alike.iter().any(|hit| hit.address.segment_ord != alike[0].address.segment_ord) {
                let placed = alike.iter().map(|hit| Ok((hit.place(self.catalogue)?, *hit)));
                let mut placed = placed.collect::<tantivy::Result<Vec<(Place, Ranked)>>>()?;
                placed.sort_by(|a, b| a.0.cmp(&b.0));
                alike.iter_mut().zip(placed).for_each(|(hit, (_, placed))| *hit = placed);
            }
        }
        top.truncate(self.top);
        Ok(())
    }

    /// Surveys a segment.
    fn part(&self, level: &Level, engine: &Engine<'_>, number: usize) -> tantivy::Result<Surveyed<'a>> {
        let (segment, values) = (&engine.segments()[number], &self.catalogue.segments()[number]);
        let mut found = Surveyed::nothing(self.catalogue);
        let matching = matching(level, engine, number, self.asked(&values.columns).as_deref())?;
        let count = matching.count();
        let filters = self.filters.within(segment, values, count)?;
        let documents = if count < segment.max_doc() as usize / SPARSE {
            self.one_by_one(&matching, values, &filters, &mut found)
        } else {
            self.kind_by_kind(&matching, values, &filters, &mut found)
        };
        let hits = found.count(documents, values, &filters);
        if let Some(shown) = self.shown {
            found.totals[shown as usize] += hits.len() as u64;
        }
        let mut scores = vec![0.0; hits.len()];
        if self.shown.is_some() && self.top > 0 && self.order == Sort::Relevance {
            for node in level.all.iter().chain(&level.ranking) {
                engine.score(node, number, &hits, &mut scores)?;
            }
        }
        let mut ranking = Ranking::new(self, values)?;
        hits.iter().zip(&scores).for_each(|(&doc, &score)| ranking.take(doc, score));
        found.behind = ranking.behind;
        found.top = ranking.finish(number as SegmentOrdinal);
        Ok(found)
    }

    /// Counts few documents by kind; gives those of the kind that is shown.
    fn one_by_one(
        &self,
        matching: &Bits,
        values: &SegmentValues,
        filters: &SegmentFilters<'_>,
        found: &mut Surveyed<'_>,
    ) -> Vec<DocId> {
        let mut documents = Vec::new();
        for doc in matching.iter() {
            let Some(kind) = values.columns.kind(doc).filter(|kind| self.kinds[*kind as usize]) else {
                continue;
            };
            found.matched[kind as usize] += 1;
            if self.shown == Some(kind) {
                documents.push(doc);
            } else if filters.passed(doc) == Passed::All {
                found.totals[kind as usize] += 1;
            }
        }
        documents
    }

    /// Counts many documents by kind; gives those of the kind that is shown.
    fn kind_by_kind(
        &self,
        matching: &Bits,
        values: &SegmentValues,
        filters: &SegmentFilters<'_>,
        found: &mut Surveyed<'_>,
    ) -> Vec<DocId> {
        let mut documents = Vec::new();
        for kind in Kind::ALL.into_iter().filter(|kind| self.kinds[*kind as usize]) {
            let of_kind = values.columns.of_kind(kind);
            let matched = matching.count_common(of_kind) as u64;
            found.matched[kind as usize] += matched;
            if matched == 0 {
                continue;
            }
            if self.shown != Some(kind) && filters.is_empty() {
                found.totals[kind as usize] += matched;
                continue;
            }
            let mut common = of_kind.clone();
            common.and(matching);
            if self.shown == Some(kind) {
                documents = common.iter().collect();
            } else {
                found.totals[kind as usize] += filters.count(&common) as u64;
            }
        }
        documents
    }

    /// The documents of the kinds that are counted, where they are few.
    fn asked(&self, columns: &SegmentColumns) -> Option<Vec<DocId>> {
        let counted = || Kind::ALL.into_iter().filter(|kind| self.kinds[*kind as usize]);
        let documents = columns.documents();
        let many = counted().map(|kind| columns.of_kind(kind).count()).sum::<usize>();
        (many < documents as usize / FEW).then(|| {
            let mut asked = Bits::none(documents);
            counted().for_each(|kind| asked.or(columns.of_kind(kind)));
            asked.iter().collect()
        })
    }
}

/// The documents of a segment that a level finds; of those that are not asked it may be any.
fn matching(
    level: &Level,
    engine: &Engine<'_>,
    number: usize,
    asked: Option<&[DocId]>,
) -> tantivy::Result<Bits> {
    if level.all.is_empty() {
        return Ok(Bits::none(engine.segments()[number].max_doc()));
    }
    let mut matching = engine.all(&level.all, number, asked)?;
    for node in &level.none {
        if matching.is_empty() {
            break;
        }
        matching.and_not(&engine.matches(node, number, asked)?);
    }
    matching.and(engine.alive(number));
    Ok(matching)
}

/// The first hits of a segment.
struct Ranking<'a> {
    values: &'a SegmentValues,
    order: Sort,
    limit: usize,
    border: Option<Border>,
    heap: BinaryHeap<Entry>,
    behind: u64,
}

impl<'a> Ranking<'a> {
    fn new(survey: &Survey<'_, '_>, values: &'a SegmentValues) -> tantivy::Result<Self> {
        let border = survey.after.map(|place| Border::new(place, values)).transpose()?;
        let heap = BinaryHeap::with_capacity(survey.top.min(1024) + 1);
        Ok(Self { values, order: survey.order, limit: survey.top, border, heap, behind: 0 })
    }

    fn take(&mut self, doc: DocId, score: Score) {
        let columns = &self.values.columns;
        let rank = match self.order {
            Sort::Relevance => falling(score),
            Sort::Year => columns.year.as_ref().and_then(|years| years.first(doc)).map_or(u64::MAX, latest),
            Sort::Citations => {
                columns.citations.as_ref().and_then(|all| all.first(doc)).map_or(u64::MAX, latest)
            }
            Sort::Rank => columns.rank.as_ref().and_then(|ranks| ranks.first(doc)).unwrap_or(u64::MAX),
            Sort::Title => 0,
        };
        // What is surely before the border or behind the worst needs no look at titles and addresses.
        if self.border.as_ref().is_some_and(|border| rank < border.rank) {
            return;
        }
        let full = self.heap.len() >= self.limit;
        let worse = full && self.heap.peek().is_none_or(|worst| rank > worst.rank);
        if worse && self.border.as_ref().is_none_or(|border| rank > border.rank) {
            self.behind += 1;
            return;
        }
        let first =
            |column: &Option<StrColumn>| column.as_ref().and_then(|column| column.term_ords(doc).next());
        let by_title = matches!(self.order, Sort::Year | Sort::Title);
        let title = if by_title { first(&columns.title).map_or(0, |ordinal| ordinal + 1) } else { 0 };
        let id = first(&columns.id).map_or(0, |ordinal| ordinal + 1);
        if let Some(border) = &self.border
            && (rank, if by_title { 2 * title } else { border.title }, 2 * id)
                <= (border.rank, border.title, border.id)
        {
            return;
        }
        self.behind += 1;
        if self.limit == 0 {
            return;
        }
        self.heap.push(Entry { rank, title, id, doc, score: score.to_bits() });
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }

    fn finish(self, segment: SegmentOrdinal) -> Vec<Ranked> {
        let ranked = self.heap.into_sorted_vec().into_iter();
        ranked.map(|entry| Ranked { entry, address: DocAddress::new(segment, entry.doc) }).collect()
    }
}

impl Border {
    fn new(place: &Place, values: &SegmentValues) -> tantivy::Result<Self> {
        let title = border(values.columns.title.as_ref(), &place.title)?;
        Ok(Self { rank: place.rank, title, id: border(values.columns.id.as_ref(), &place.id)? })
    }
}

/// Orders scores from the highest to the lowest.
fn falling(score: Score) -> u64 {
    let bits = score.to_bits();
    let rising = if bits >> 31 == 0 { bits | 1 << 31 } else { !bits };
    u64::from(!rising)
}

/// Orders numbers from the highest to the lowest, with room for none behind them.
fn latest(number: u64) -> u64 {
    (u64::MAX - 1).saturating_sub(number)
}

/// The text of an ordinal counted from 1; 0 is none.
fn text_at(column: Option<&StrColumn>, ordinal: u64) -> tantivy::Result<String> {
    let mut text = String::new();
    if let (Some(column), Some(ordinal)) = (column, ordinal.checked_sub(1)) {
        column.ord_to_str(ordinal, &mut text)?;
    }
    Ok(text)
}

/// Twice the ordinal of a text, counted from 1, or the odd number before that of the first one behind it.
fn border(column: Option<&StrColumn>, wanted: &str) -> tantivy::Result<u64> {
    let Some(column) = column else { return Ok(0) };
    let (mut from, mut to) = (0, column.num_terms() as u64);
    let mut text = String::new();
    while from < to {
        let middle = from + (to - from) / 2;
        text.clear();
        column.ord_to_str(middle, &mut text)?;
        match text.as_str().cmp(wanted) {
            std::cmp::Ordering::Less => from = middle + 1,
            std::cmp::Ordering::Equal => return Ok(2 * (middle + 1)),
            std::cmp::Ordering::Greater => to = middle,
        }
    }
    Ok(2 * from + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn higher_scores_come_first() {
        let scores = [f32::MAX, 12.5, 1.0, 0.5, 0.0, -1.0, f32::MIN];
        assert!(scores.map(falling).is_sorted());
        assert!(latest(7) < latest(0) && latest(0) < u64::MAX);
    }
}
