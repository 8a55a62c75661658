use std::sync::Arc;

use tantivy::{DocId, SegmentReader, Term};

use super::{
    kept::Kept,
    phrases::{Phrases, key},
    postings::{Found, List},
};

/// In which documents of a segment terms and phrases stand, each found once while there is room.
///
/// Questions share names and words, and a further page, another order or a filter asks the same one again.
pub(super) struct Lists {
    lists: Kept<List>,
    phrases: Phrases,
}

/// Room for lists, and as much for places, in bytes for each document of a segment.
const ROOM: usize = 256;
/// No segment has more room for either, in bytes.
const MOST_ROOM: usize = 64 << 20;

impl Lists {
    /// Makes room for lists of a segment.
    pub(super) fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let room = (segment.max_doc() as usize).saturating_mul(ROOM).min(MOST_ROOM);
        Ok(Self { lists: Kept::within(room), phrases: Phrases::new(segment, room)? })
    }

    /// Finds terms of one field that stand at their distances in the segment; `between` are others that then stand
    /// there as well. Where only documents `within` are asked, the list may hold others too, and need not.
    pub(super) fn of(
        &self,
        segment: &SegmentReader,
        terms: &[(usize, Term)],
        between: &[Term],
        within: Option<&[DocId]>,
    ) -> tantivy::Result<Arc<List>> {
        let key = key(terms.iter().map(|(distance, term)| (*distance, term)));
        if let Some(known) = self.lists.get(&key) {
            return Ok(known);
        }
        let found = match terms {
            [] => Found::default(),
            [(_, term)] => List::of_term_within(segment, term, within)?,
            [(_, first), ..] => {
                let index = segment.inverted_index(first.field())?;
                self.phrases.find(&index, terms, between, within)?
            }
        };
        match found {
            Found::Part(list) => Ok(Arc::new(list)),
            Found::Whole(list) => {
                let list = Arc::new(list);
                self.lists.keep(&key, &list);
                Ok(list)
            }
        }
    }
}
