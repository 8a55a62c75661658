use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;
use tantivy::{DocId, SegmentReader, Term};

use super::postings::{Found, List};

/// Where terms and phrases stand in a segment, each found once while there is room.
///
/// Questions share names and words, and a further page, another order or a filter asks the same one again. A segment
/// never changes, deleted documents stay in its lists, so nothing in here goes out of date.
pub(super) struct Lists {
    kept: Mutex<Kept>,
    /// In bytes.
    room: usize,
}

struct Kept {
    lists: LruCache<Box<[u8]>, Arc<List>>,
    bytes: usize,
}

/// Room for lists, in bytes for each document of a segment.
const ROOM: usize = 256;
/// No segment has more room, in bytes.
const MOST_ROOM: usize = 64 << 20;
/// What a list takes besides its documents and its key, in bytes.
const OVERHEAD: usize = 128;

impl Lists {
    /// Makes room for lists of a segment of so many documents.
    pub(super) fn new(documents: usize) -> Self {
        Self::within(documents.saturating_mul(ROOM).min(MOST_ROOM))
    }

    fn within(room: usize) -> Self {
        Self { kept: Mutex::new(Kept { lists: LruCache::unbounded(), bytes: 0 }), room }
    }

    /// Finds terms that stand at their distances in the segment; `between` are others that then stand there as well.
    /// Where only documents `within` are asked, the list may hold others too, and need not.
    pub(super) fn of(
        &self,
        segment: &SegmentReader,
        terms: &[(usize, Term)],
        between: &[Term],
        within: Option<&[DocId]>,
    ) -> tantivy::Result<Arc<List>> {
        let key = key(terms);
        if let Some(known) = self.kept().lists.get(&key[..]) {
            return Ok(Arc::clone(known));
        }
        // Not while others wait.
        match List::of_phrase(segment, terms, between, within)? {
            Found::Part(list) => Ok(Arc::new(list)),
            Found::Whole(list) => {
                let list = Arc::new(list);
                self.keep(key, &list);
                Ok(list)
            }
        }
    }

    fn keep(&self, key: Vec<u8>, list: &Arc<List>) {
        let mut kept = self.kept();
        kept.bytes += size(&key, list);
        if let Some((key, list)) = kept.lists.push(key.into(), Arc::clone(list)) {
            // Two requests found the same.
            kept.bytes -= size(&key, &list);
        }
        while kept.bytes > self.room
            && let Some((key, list)) = kept.lists.pop_lru()
        {
            kept.bytes -= size(&key, &list);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(key: &[u8], list: &List) -> usize {
    OVERHEAD + key.len() + size_of_val(&list.docs[..]) + size_of_val(&list.frequencies[..])
}

/// Tells phrases apart: the field of each term, its distance and its length stand before it.
fn key(terms: &[(usize, Term)]) -> Vec<u8> {
    let mut key = Vec::with_capacity(terms.len() * 24);
    for (distance, term) in terms {
        let value = term.serialized_value_bytes();
        for number in [term.field().field_id(), *distance as u32, value.len() as u32] {
            key.extend(number.to_le_bytes());
        }
        key.extend(value);
    }
    key
}

#[cfg(test)]
mod tests {
    use tantivy::schema::Field;

    use super::*;

    fn list(documents: u32) -> Arc<List> {
        Arc::new(List { docs: (0..documents).collect(), frequencies: vec![1; documents as usize] })
    }

    #[test]
    fn what_was_asked_longest_ago_makes_room() {
        let lists = Lists::within(3 * (OVERHEAD + 1 + 80));
        for name in [b"a", b"b", b"c", b"a", b"d"] {
            lists.keep(name.to_vec(), &list(10));
        }
        let kept = lists.kept();
        let names: Vec<&[u8]> = kept.lists.iter().map(|(key, _)| &key[..]).collect();
        assert_eq!(names, [b"d", b"a", b"c"]);
        assert_eq!(kept.bytes, lists.room);
    }

    #[test]
    fn one_that_is_too_long_is_not_kept() {
        let lists = Lists::within(1000);
        lists.keep(b"a".to_vec(), &list(1000));
        let kept = lists.kept();
        assert_eq!((kept.lists.len(), kept.bytes), (0, 0));
    }

    #[test]
    fn every_phrase_has_a_key_of_its_own() {
        let term = |field, text| Term::from_field_text(Field::from_field_id(field), text);
        let phrases = [
            vec![(0, term(1, "甲乙")), (2, term(1, "丙"))],
            vec![(0, term(1, "甲乙")), (1, term(1, "丙"))],
            vec![(0, term(2, "甲乙")), (2, term(2, "丙"))],
            vec![(0, term(1, "甲乙丙"))],
            vec![(0, term(1, "甲")), (2, term(1, "乙丙"))],
        ];
        let keys: std::collections::BTreeSet<_> = phrases.iter().map(|phrase| key(phrase)).collect();
        assert_eq!(keys.len(), phrases.len());
    }
}
