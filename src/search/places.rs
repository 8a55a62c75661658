use tantivy::{
    DocId, DocSet, InvertedIndexReader,
    directory::FileSlice,
    positions::PositionReader,
    postings::{Postings, SegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

use super::{
    kept::Measured,
    postings::{List, skipped},
};

/// Where a term stands in a segment.
///
/// Reading them takes 4 ns a place, asking the index for the positions in one document after another 37 ns a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) term: TermInfo,
    /// In rising order.
    places: Vec<Place>,
}

/// A document, and below it a position in it.
type Place = u64;

const POSITION_BITS: u32 = 32;

fn place(doc: DocId, position: u32) -> Place {
    Place::from(doc) << POSITION_BITS | Place::from(position)
}

const fn document(place: Place) -> DocId {
    (place >> POSITION_BITS) as DocId
}

const fn position(place: Place) -> u32 {
    place as u32
}

impl Places {
    /// Reads all of them, block by block; `positions` are those of the term's field.
    pub(super) fn read(
        index: &InvertedIndexReader,
        positions: &FileSlice,
        term: &TermInfo,
    ) -> tantivy::Result<Self> {
        let mut blocks = index.read_block_postings_from_terminfo(term, IndexRecordOption::WithFreqs)?;
        let mut reader = PositionReader::open(positions.slice(term.positions_range.clone()).read_bytes()?)?;
        let (mut read, mut steps) = (0, Vec::new());
        let mut places = Vec::with_capacity(term.doc_freq as usize);
        while blocks.block_len() > 0 {
            let (docs, times) = (blocks.docs(), &blocks.freqs()[..blocks.block_len()]);
            steps.resize(times.iter().sum::<u32>() as usize, 0);
            reader.read(read, &mut steps);
            read += steps.len() as u64;
            places.reserve(steps.len());
            let mut left = &steps[..];
            for (&doc, &times) in docs.iter().zip(times) {
                let (own, behind) = left.split_at(times as usize);
                left = behind;
                let mut at = place(doc, 0);
                places.extend(own.iter().map(|&step| {
                    at += Place::from(step);
                    at
                }));
            }
            blocks.advance();
        }
        places.shrink_to_fit();
        Ok(Self { term: term.clone(), places })
    }

    /// The documents, in rising order.
    pub(super) fn docs(&self) -> Vec<DocId> {
        let mut docs: Vec<DocId> = Vec::with_capacity(self.term.doc_freq as usize);
        docs.extend(self.places.iter().map(|&place| document(place)));
        docs.dedup();
        docs
    }
}

impl Measured for Places {
    fn bytes(&self) -> usize {
        size_of_val(&self.places[..])
    }
}

/// Where a phrase may begin, as far as some of its terms tell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Beginnings(Vec<Place>);

impl Beginnings {
    /// Where a phrase begins of which a term stands so far ahead of its beginning.
    pub(super) fn of(term: &Places, ahead: u32) -> Self {
        let places = term.places.iter().filter(|place| position(**place) >= ahead);
        Self(places.map(|place| place - Place::from(ahead)).collect())
    }

    /// The same, in some documents only.
    pub(super) fn within(docs: &[DocId], term: &Places, ahead: u32) -> Self {
        let (mut places, mut at) = (Vec::new(), 0);
        for &doc in docs {
            at += skipped(&term.places[at..], place(doc, ahead));
            let here = term.places[at..].iter().take_while(|place| document(**place) == doc);
            places.extend(here.map(|place| place - Place::from(ahead)));
        }
        Self(places)
    }

    /// The same, where the term's places are not read yet.
    pub(super) fn looked_up(docs: &[DocId], term: &mut SegmentPostings, ahead: u32) -> Self {
        let (mut places, mut positions) = (Vec::new(), Vec::new());
        for &doc in docs {
            if stands_in(term, doc) {
                term.positions(&mut positions);
                let here = positions.iter().filter(|position| **position >= ahead);
                places.extend(here.map(|position| place(doc, position - ahead)));
            }
        }
        Self(places)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Leaves those ahead of which another term stands as well.
    pub(super) fn keep(&mut self, term: &Places, ahead: u32) {
        let (ahead, places) = (Place::from(ahead), &term.places[..]);
        // Without a branch that depends on the numbers: no guess about them comes true often.
        let (mut at, mut other, mut kept) = (0, 0, 0);
        while let (Some(&beginning), Some(&place)) = (self.0.get(at), places.get(other)) {
            let wanted = beginning + ahead;
            self.0[kept] = beginning;
            kept += usize::from(wanted == place);
            at += usize::from(wanted <= place);
            other += usize::from(place <= wanted);
        }
        self.0.truncate(kept);
    }

    /// The same, where the term's places are not read yet.
    pub(super) fn keep_looked_up(&mut self, term: &mut SegmentPostings, ahead: u32) {
        let (mut positions, mut known) = (Vec::new(), None);
        self.0.retain(|&beginning| {
            let doc = document(beginning);
            if known != Some(doc) {
                known = Some(doc);
                positions.clear();
                if stands_in(term, doc) {
                    term.positions(&mut positions);
                }
            }
            positions.binary_search(&(position(beginning) + ahead)).is_ok()
        });
    }

    /// The documents, and how often the phrase stands in each.
    pub(super) fn list(&self) -> List {
        let mut list = List::default();
        for &beginning in &self.0 {
            match list.frequencies.last_mut() {
                Some(times) if list.docs.last() == Some(&document(beginning)) => *times += 1,
                _ => {
                    list.docs.push(document(beginning));
                    list.frequencies.push(1);
                }
            }
        }
        list.docs.shrink_to_fit();
        list.frequencies.shrink_to_fit();
        list
    }
}

/// Tells whether a term stands in a document that comes behind those asked before.
fn stands_in(term: &mut SegmentPostings, doc: DocId) -> bool {
    let at = if term.doc() < doc { term.seek(doc) } else { term.doc() };
    at == doc
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn places(of: &BTreeSet<(DocId, u32)>) -> Places {
        let doc_freq = of.iter().map(|(doc, _)| doc).collect::<BTreeSet<_>>().len() as u32;
        let term = TermInfo { doc_freq, ..TermInfo::default() };
        Places { term, places: of.iter().map(|&(doc, position)| place(doc, position)).collect() }
    }

    prop_compose! {
        fn standing()(of in prop::collection::btree_set((0..40_u32, 0..12_u32), 0..200)) -> BTreeSet<(DocId, u32)> {
            of
        }
    }

    proptest! {
        #[test]
        fn a_phrase_stands_where_all_its_terms_do(
            first in standing(), second in standing(), few in prop::collection::btree_set((0..40_u32, 0..12_u32), 0..4),
            within in prop::collection::btree_set(0..40_u32, 0..40), ahead in 0..4_u32,
        ) {
            for (lead, other) in [(&first, &second), (&few, &second), (&first, &few)] {
                let mut found = Beginnings::of(&places(lead), ahead);
                found.keep(&places(other), ahead + 2);
                let stands = |&&(doc, position): &&(DocId, u32)| {
                    position >= ahead && other.contains(&(doc, position + 2))
                };
                let want: Vec<(DocId, u32)> = lead.iter().filter(stands).copied().collect();
                let printed: Vec<Place> = want.iter().map(|&(doc, position)| place(doc, position - ahead)).collect();
                prop_assert_eq!(&found.0, &printed);
                let list = found.list();
                let docs: BTreeSet<DocId> = want.iter().map(|(doc, _)| *doc).collect();
                prop_assert_eq!(list.docs.iter().copied().collect::<BTreeSet<_>>(), docs);
                prop_assert_eq!(list.frequencies.iter().sum::<u32>() as usize, want.len());
                let docs: Vec<DocId> = within.iter().copied().collect();
                let mut some = Beginnings::within(&docs, &places(lead), ahead);
                some.keep(&places(other), ahead + 2);
                let want: Vec<Place> =
                    printed.into_iter().filter(|place| within.contains(&document(*place))).collect();
                prop_assert_eq!(some.0, want);
            }
        }
    }
}
