use tantivy::{
    DocId, DocSet, InvertedIndexReader, SegmentReader, Term,
    postings::{Postings, TermInfo},
    schema::IndexRecordOption,
};

use super::kept::Measured;

/// The documents of a segment in which something stands, in rising order, and how often it stands in each.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    pub(super) docs: Vec<DocId>,
    pub(super) frequencies: Vec<u32>,
}

impl List {
    /// Finds a term.
    pub(super) fn of_term(segment: &SegmentReader, term: &Term) -> tantivy::Result<Self> {
        let index = segment.inverted_index(term.field())?;
        index.get_term_info(term)?.map_or_else(|| Ok(Self::default()), |info| Self::read(&index, &info))
    }

    /// Reads the list of a term.
    pub(super) fn read(index: &InvertedIndexReader, term: &TermInfo) -> tantivy::Result<Self> {
        let mut blocks = index.read_block_postings_from_terminfo(term, IndexRecordOption::WithFreqs)?;
        let many = term.doc_freq as usize;
        let mut list = Self { docs: Vec::with_capacity(many), frequencies: Vec::with_capacity(many) };
        while blocks.block_len() > 0 {
            list.docs.extend_from_slice(blocks.docs());
            list.frequencies.extend((0..blocks.block_len()).map(|at| blocks.freq(at)));
            blocks.advance();
        }
        Ok(list)
    }

    /// Finds a term; where only some documents are asked, `within`, and they are far fewer than it has, only they are
    /// looked at, and the list is a [`Found::Part`].
    pub(super) fn of_term_within(
        segment: &SegmentReader,
        term: &Term,
        within: Option<&[DocId]>,
    ) -> tantivy::Result<Found> {
        let index = segment.inverted_index(term.field())?;
        let Some(info) = index.get_term_info(term)? else { return Ok(Found::default()) };
        let Some(within) = within.filter(|within| within.len() < info.doc_freq as usize / TERM_SEEK) else {
            return Self::read(&index, &info).map(Found::Whole);
        };
        let mut postings = index.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
        let mut list = Self::default();
        for &doc in within {
            let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            if at == doc {
                list.docs.push(doc);
                list.frequencies.push(postings.term_freq());
            }
        }
        Ok(Found::Part(list))
    }
}

/// Looking for one document in a list takes as long as reading so many.
const TERM_SEEK: usize = 64;

impl Measured for List {
    fn bytes(&self) -> usize {
        size_of_val(&self.docs[..]) + size_of_val(&self.frequencies[..])
    }
}

/// A list, and whether it is that of a whole segment.
#[derive(Debug)]
pub(super) enum Found {
    /// Of every document.
    Whole(List),
    /// Of those that were asked.
    Part(List),
}

impl Default for Found {
    fn default() -> Self {
        Self::Whole(List::default())
    }
}

/// How many numbers, which are in rising order, stand before one; looks further ahead with every step.
pub(super) fn skipped<N: Ord + Copy>(numbers: &[N], wanted: N) -> usize {
    let mut step = 1;
    let mut from = 0;
    while numbers.get(from + step - 1).is_some_and(|&next| next < wanted) {
        from += step;
        step *= 2;
    }
    let to = numbers.len().min(from + step);
    from + numbers[from..to].partition_point(|&next| next < wanted)
}
