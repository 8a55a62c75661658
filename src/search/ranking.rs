use std::collections::BinaryHeap;

use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, columnar::StrColumn};

use super::{Sort, cursor::Place, facets::Catalogue, segment_values::SegmentValues};

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

/// Puts the first hits of all segments in one order and keeps so many; titles and addresses are read of those alone
/// that share a rank with one of another segment.
pub(super) fn in_one_order(
    top: &mut Vec<Ranked>,
    limit: usize,
    catalogue: &Catalogue,
) -> tantivy::Result<()> {
    // The sort is stable: the hits of a segment stay in their order.
    top.sort_by_key(|hit| hit.entry.rank);
    if let Some(last) = limit.checked_sub(1).and_then(|last| top.get(last)) {
        let rank = last.entry.rank;
        top.truncate(top.partition_point(|hit| hit.entry.rank <= rank));
    }
    for alike in top.chunk_by_mut(|a, b| a.entry.rank == b.entry.rank) {
        if alike.iter().any(|hit| hit.address.segment_ord != alike[0].address.segment_ord) {
            let placed = alike.iter().map(|hit| Ok((hit.place(catalogue)?, *hit)));
            let mut placed = placed.collect::<tantivy::Result<Vec<(Place, Ranked)>>>()?;
            placed.sort_by(|a, b| a.0.cmp(&b.0));
            alike.iter_mut().zip(placed).for_each(|(hit, (_, placed))| *hit = placed);
        }
    }
    top.truncate(limit);
    Ok(())
}

/// The first hits of a segment.
pub(super) struct Ranking<'a> {
    values: &'a SegmentValues,
    order: Sort,
    limit: usize,
    border: Option<Border>,
    heap: BinaryHeap<Entry>,
    /// How many hits lie behind the place that was given.
    pub(super) behind: u64,
}

impl<'a> Ranking<'a> {
    /// The first `limit` hits of a segment behind a place.
    pub(super) fn new(
        values: &'a SegmentValues,
        order: Sort,
        limit: usize,
        after: Option<&Place>,
    ) -> tantivy::Result<Self> {
        let border = after.map(|place| Border::new(place, values)).transpose()?;
        let heap = BinaryHeap::with_capacity(limit.min(1024) + 1);
        Ok(Self { values, order, limit, border, heap, behind: 0 })
    }

    pub(super) fn take(&mut self, doc: DocId, score: Score) {
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

    pub(super) fn finish(self, segment: SegmentOrdinal) -> Vec<Ranked> {
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
