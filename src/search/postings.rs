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
    pub(super) fn of_phrase(
        segment: &SegmentReader,
        terms: &[(usize, Term)],
        between: &[Term],
    ) -> tantivy::Result<Self> {
        let [(_, first), _, ..] = terms else {
            return terms
                .first()
                .map_or_else(|| Ok(Self::default()), |(_, term)| Self::of_term(segment, term));
        };
        let index = segment.inverted_index(first.field())?;
        let mut known: Vec<(usize, TermInfo)> = Vec::with_capacity(terms.len());
        for (offset, term) in terms {
            let Some(info) = index.get_term_info(term)? else { return Ok(Self::default()) };
            known.push((*offset, info));
        }
        let mut rare: Option<TermInfo> = None;
        for term in between {
            let Some(info) = index.get_term_info(term)? else { return Ok(Self::default()) };
            rare = rare.filter(|rare| rare.doc_freq <= info.doc_freq).or(Some(info));
        }
        let last = terms.iter().map(|(offset, _)| *offset).max().unwrap_or_default();
        // The rarest leads: where it is not, no other is looked at.
        known.sort_by_key(|(_, info)| info.doc_freq);
        let rare = rare.filter(|rare| known.first().is_some_and(|(_, info)| rare.doc_freq < info.doc_freq));
        let rare = rare.map(|info| index.read_postings_from_terminfo(&info, IndexRecordOption::Basic));
        let mut standing = Vec::with_capacity(known.len());
        for (offset, info) in &known {
            let postings =
                index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
            standing.push(Standing { postings, ahead: (last - offset) as u32 });
        }
        Ok(together(rare.transpose()?, standing))
    }
}

/// A term with the distance to the last one of its phrase.
struct Standing {
    postings: SegmentPostings,
    ahead: u32,
}

/// Where the terms stand together, in documents that `rare` names if there is one.
fn together(mut rare: Option<SegmentPostings>, mut terms: Vec<Standing>) -> List {
    let mut list = List::default();
    let (mut places, mut further) = (Vec::new(), Vec::new());
    let mut next = 0;
    'documents: loop {
        let (mut doc, mut leads) = (next, true);
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
