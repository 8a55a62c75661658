use tantivy::{
    DocId, DocSet, SegmentReader, TERMINATED, Term,
    postings::{Postings, SegmentPostings, TermInfo},
    schema::IndexRecordOption,
};

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
        let mut list = Self::default();
        let Some(mut blocks) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? else {
            return Ok(list);
        };
        list.docs.reserve(blocks.doc_freq() as usize);
        list.frequencies.reserve(blocks.doc_freq() as usize);
        while blocks.block_len() > 0 {
            list.docs.extend_from_slice(blocks.docs());
            list.frequencies.extend((0..blocks.block_len()).map(|at| blocks.freq(at)));
            blocks.advance();
        }
        Ok(list)
    }

    /// Finds terms of one field that stand at their distances from each other, and `between` with them.
    ///
    /// Where only some documents are asked, `within`, and they are far fewer than those with the rarest of the terms,
    /// only they are looked at, and the list is a [`Found::Part`].
    pub(super) fn of_phrase(
        segment: &SegmentReader,
        terms: &[(usize, Term)],
        between: &[Term],
        within: Option<&[DocId]>,
    ) -> tantivy::Result<Found> {
        let [(_, first), _, ..] = terms else {
            let [(_, term)] = terms else { return Ok(Found::default()) };
            return Self::of_term_within(segment, term, within);
        };
        let index = segment.inverted_index(first.field())?;
        let mut known: Vec<(usize, TermInfo)> = Vec::with_capacity(terms.len());
        for (offset, term) in terms {
            let Some(info) = index.get_term_info(term)? else { return Ok(Found::default()) };
            known.push((*offset, info));
        }
        let mut rare: Option<TermInfo> = None;
        for term in between {
            let Some(info) = index.get_term_info(term)? else { return Ok(Found::default()) };
            rare = rare.filter(|rare| rare.doc_freq <= info.doc_freq).or(Some(info));
        }
        let last = terms.iter().map(|(offset, _)| *offset).max().unwrap_or_default();
        // The rarest leads: where it is not, no other is looked at.
        known.sort_by_key(|(_, info)| info.doc_freq);
        let rare = rare.filter(|rare| known.first().is_some_and(|(_, info)| rare.doc_freq < info.doc_freq));
        let rarest = rare.iter().chain(known.first().map(|(_, info)| info)).map(|info| info.doc_freq).min();
        let within =
            within.filter(|within| rarest.is_some_and(|rarest| within.len() < rarest as usize / PHRASE_SEEK));
        let rare = rare.filter(|_| within.is_none());
        let rare = rare.map(|info| index.read_postings_from_terminfo(&info, IndexRecordOption::Basic));
        let mut standing = Vec::with_capacity(known.len());
        for (offset, info) in &known {
            let postings =
                index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
            standing.push(Standing { postings, ahead: (last - offset) as u32 });
        }
        let found = together(within, rare.transpose()?, standing);
        Ok(if within.is_some() { Found::Part(found) } else { Found::Whole(found) })
    }

    fn of_term_within(
        segment: &SegmentReader,
        term: &Term,
        within: Option<&[DocId]>,
    ) -> tantivy::Result<Found> {
        let index = segment.inverted_index(term.field())?;
        let Some(info) = index.get_term_info(term)? else { return Ok(Found::default()) };
        let Some(within) = within.filter(|within| within.len() < info.doc_freq as usize / TERM_SEEK) else {
            return Self::of_term(segment, term).map(Found::Whole);
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

/// A whole list is kept for the next question: that is worth looking at two documents for each that is asked.
const PHRASE_SEEK: usize = 2;
/// Looking for one document in a list takes as long as reading so many.
const TERM_SEEK: usize = 64;

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

/// A term with the distance to the last one of its phrase.
struct Standing {
    postings: SegmentPostings,
    ahead: u32,
}

/// Where the terms stand together, in documents that `within` and `rare` name if they are there.
fn together(within: Option<&[DocId]>, mut rare: Option<SegmentPostings>, mut terms: Vec<Standing>) -> List {
    let mut list = List::default();
    let (mut places, mut further) = (Vec::new(), Vec::new());
    let (mut next, mut asked) = (0, 0);
    'documents: loop {
        let (mut doc, mut leads) = (next, true);
        if let Some(within) = within {
            asked += skipped(&within[asked..], next);
            let Some(&first) = within.get(asked) else { return list };
            (doc, leads) = (first, false);
        }
        for postings in rare.iter_mut().chain(terms.iter_mut().map(|term| &mut term.postings)) {
            let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            if at == TERMINATED {
                return list;
            }
            if at != doc && !leads {
                next = at;
                continue 'documents;
            }
            (doc, leads) = (at, false);
        }
        next = doc + 1;
        for (number, term) in terms.iter_mut().enumerate() {
            if number == 0 {
                term.postings.positions_with_offset(term.ahead, &mut places);
                continue;
            }
            term.postings.positions_with_offset(term.ahead, &mut further);
            keep_common(&mut places, &further);
            if places.is_empty() {
                continue 'documents;
            }
        }
        list.docs.push(doc);
        list.frequencies.push(places.len() as u32);
    }
}

/// How many documents, which are in rising order, stand before one; looks further ahead with every step.
pub(super) fn skipped(docs: &[DocId], doc: DocId) -> usize {
    let mut step = 1;
    let mut from = 0;
    while docs.get(from + step - 1).is_some_and(|&next| next < doc) {
        from += step;
        step *= 2;
    }
    let to = docs.len().min(from + step);
    from + docs[from..to].partition_point(|&next| next < doc)
}

/// Keeps of numbers in rising order those that are among others.
fn keep_common(numbers: &mut Vec<u32>, others: &[u32]) {
    let mut others = others.iter().copied().peekable();
    numbers.retain(|number| {
        while others.next_if(|other| other < number).is_some() {}
        others.peek() == Some(number)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_numbers_are_kept() {
        for (numbers, others, want) in [
            (vec![1, 3, 5], vec![2, 3, 4, 5], vec![3, 5]),
            (vec![1], vec![], vec![]),
            (vec![2, 9], vec![9], vec![9]),
            (vec![4, 5], vec![1, 2], vec![]),
        ] {
            let mut kept = numbers.clone();
            keep_common(&mut kept, &others);
            assert_eq!(kept, want, "{numbers:?} {others:?}");
        }
    }
}
