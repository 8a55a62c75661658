use std::ops::Range;

use tantivy::DocId;

/// A set of the documents of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// None of so many documents.
    pub(super) fn none(documents: DocId) -> Self {
        Self(vec![0; documents.div_ceil(64) as usize])
    }

    /// All of so many documents.
    pub(super) fn all(documents: DocId) -> Self {
        let mut bits = Self(vec![u64::MAX; documents.div_ceil(64) as usize]);
        if let Some(last) = bits.0.last_mut().filter(|_| !documents.is_multiple_of(64)) {
            *last = (1 << (documents % 64)) - 1;
        }
        bits
    }

    /// These of so many documents.
    pub(super) fn of(documents: DocId, docs: &[DocId]) -> Self {
        let mut bits = Self::none(documents);
        bits.extend(docs);
        bits
    }

    pub(super) fn insert(&mut self, doc: DocId) {
        self.0[(doc / 64) as usize] |= 1 << (doc % 64);
    }

    /// Inserts documents that follow each other.
    pub(super) fn insert_run(&mut self, run: Range<DocId>) {
        let Some(last) = run.end.checked_sub(1).filter(|last| *last >= run.start) else { return };
        let (first_word, last_word) = ((run.start / 64) as usize, (last / 64) as usize);
        let (from, to) = (u64::MAX << (run.start % 64), u64::MAX >> (63 - last % 64));
        if first_word == last_word {
            self.0[first_word] |= from & to;
            return;
        }
        self.0[first_word] |= from;
        self.0[first_word + 1..last_word].fill(u64::MAX);
        self.0[last_word] |= to;
    }

    pub(super) fn contains(&self, doc: DocId) -> bool {
        self.0[(doc / 64) as usize] >> (doc % 64) & 1 == 1
    }

    pub(super) fn extend(&mut self, docs: &[DocId]) {
        docs.iter().for_each(|&doc| self.insert(doc));
    }

    pub(super) fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    pub(super) fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    pub(super) fn and_not(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= !other);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many are in another set as well.
    pub(super) fn count_common(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(own, other)| (own & other).count_ones() as usize).sum()
    }

    /// What is in so many of the sets or more, and in one at least.
    pub(super) fn at_least(needed: usize, documents: DocId, sets: impl Iterator<Item = Self>) -> Self {
        // The nth holds what is in n + 1 of the sets seen so far.
        let mut seen = vec![Self::none(documents); needed.max(1)];
        for set in sets {
            for at in (1..seen.len()).rev() {
                let mut more = seen[at - 1].clone();
                more.and(&set);
                seen[at].or(&more);
            }
            seen[0].or(&set);
        }
        seen.pop().unwrap_or_else(|| Self::none(documents))
    }

    /// In rising order.
    pub(super) fn iter(&self) -> impl Iterator<Item = DocId> {
        (0..).zip(&self.0).filter(|(_, word)| **word != 0).flat_map(|(at, &word): (DocId, _)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let next = (left != 0).then(|| at * 64 + left.trailing_zeros());
                left &= left.wrapping_sub(1);
                next
            })
        })
    }
}

/// Documents of a segment, as a set and one by one.
#[derive(Debug, Clone)]
pub(super) struct Documents {
    pub(super) set: Bits,
    /// In rising order.
    pub(super) docs: Vec<DocId>,
}

impl Documents {
    /// These of so many documents.
    pub(super) fn of(documents: DocId, docs: Vec<DocId>) -> Self {
        Self { set: Bits::of(documents, &docs), docs }
    }
}

impl From<Bits> for Documents {
    fn from(set: Bits) -> Self {
        let docs = set.iter().collect();
        Self { set, docs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_combined_document_by_document() {
        for documents in [1, 63, 64, 65, 130] {
            let all = Bits::all(documents);
            assert_eq!(all.iter().collect::<Vec<_>>(), (0..documents).collect::<Vec<_>>());
            let mut third = Bits::none(documents);
            assert!(third.is_empty());
            third.extend(&(0..documents).step_by(3).collect::<Vec<_>>());
            let mut rest = all.clone();
            rest.and_not(&third);
            assert!((0..documents).all(|doc| rest.contains(doc) != third.contains(doc)));
            let mut both = rest.clone();
            both.or(&third);
            assert_eq!(both, all);
            both.and(&rest);
            assert_eq!(both, rest);
            assert_eq!(all.count_common(&rest), rest.count());
            assert_eq!(third.count_common(&rest), 0);
        }
    }

    #[test]
    fn a_run_is_what_its_documents_are() {
        for run in [0..0, 0..1, 3..9, 0..64, 63..65, 5..200, 64..128, 199..200] {
            let mut bits = Bits::none(200);
            bits.insert_run(run.clone());
            assert_eq!(bits, Bits::of(200, &run.collect::<Vec<_>>()));
        }
    }

    #[test]
    fn what_is_in_enough_sets_is_found() {
        let sets = [2, 3, 5].map(|step| Bits::of(100, &(0..100).step_by(step).collect::<Vec<_>>()));
        for needed in 1..=4 {
            let found = Bits::at_least(needed, 100, sets.iter().cloned());
            let want =
                (0..100).filter(|doc| [2, 3, 5].iter().filter(|step| doc % *step == 0).count() >= needed);
            assert_eq!(found.iter().collect::<Vec<_>>(), want.collect::<Vec<_>>(), "{needed}");
        }
    }
}
