use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tantivy::{
    DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, Term,
    fieldnorm::FieldNormReader,
    postings::Postings,
    query::{Bm25Weight, EnableScoring, Query},
    schema::{Field, IndexRecordOption},
};

use super::{
    bits::{Bits, Documents},
    columns::SegmentColumns,
    facets::Catalogue,
    node::{Node, Phrase},
    postings::{List, skipped},
    threads::Threads,
    weights::WEIGHTS,
};

/// Finds what nodes match, and scores it, in one state of the index.
///
/// First the documents of every kind are found as sets; then only the hits that are ranked are scored.
pub(super) struct Engine<'a> {
    searcher: Searcher,
    catalogue: &'a Catalogue,
    pub(super) threads: Threads,
    found: Mutex<HashMap<(usize, u64), Arc<Scored>>>,
    weights: Mutex<HashMap<Key, Bm25Weight>>,
}

/// The only documents that are asked; `None` where all are.
type Asked<'d> = Option<&'d Documents>;

/// Lists are made for what is left of the documents where it is less than one in so many.
const FEWER: usize = 8;

/// The dossiers of fewer documents are told one by one.
const MANY: usize = 256;

/// A term or a phrase: its terms with their distances.
type Key = Vec<(usize, Term)>;

/// What the index library found in a segment.
#[derive(Default)]
struct Scored {
    docs: Vec<DocId>,
    scores: Vec<Score>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(searcher: Searcher, catalogue: &'a Catalogue, threads: Threads) -> Self {
        Self { searcher, catalogue, threads, found: Mutex::default(), weights: Mutex::default() }
    }

    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(super) fn segments(&self) -> &[SegmentReader] {
        self.searcher.segment_readers()
    }

    /// The documents of a segment that are not deleted.
    pub(super) fn alive(&self, number: usize) -> &Bits {
        self.catalogue.segments()[number].alive(&self.segments()[number])
    }

    /// The documents of a segment that a node matches, deleted ones among them.
    ///
    /// Where only some documents are asked, `within`, whether others are among them means nothing.
    pub(super) fn matches(&self, node: &Node, number: usize, within: Asked<'_>) -> tantivy::Result<Bits> {
        let mut bits = Bits::none(self.segments()[number].max_doc());
        match node {
            Node::All(nodes) => return self.all(nodes, number, within),
            _ => self.add(node, number, within, &mut bits)?,
        }
        Ok(bits)
    }

    /// The documents that all nodes match; what the first ones leave is all that the next are asked for.
    pub(super) fn all(&self, nodes: &[Node], number: usize, within: Asked<'_>) -> tantivy::Result<Bits> {
        let documents = self.segments()[number].max_doc();
        let mut bits = within.map_or_else(|| Bits::all(documents), |within| within.set.clone());
        let mut left: Option<Documents> = None;
        for node in nodes {
            bits.and(&self.matches(node, number, left.as_ref().or(within))?);
            let before = left.as_ref().or(within).map_or(documents as usize, |asked| asked.docs.len());
            let count = bits.count();
            if count == 0 {
                break;
            }
            if count < before / FEWER {
                left = Some(bits.clone().into());
            }
        }
        Ok(bits)
    }

    /// Adds what a node matches; a list needs no set of its own.
    fn add(&self, node: &Node, number: usize, within: Asked<'_>, bits: &mut Bits) -> tantivy::Result<()> {
        let documents = self.segments()[number].max_doc();
        let docs = within.map(|within| &within.docs[..]);
        match node {
            Node::Every => *bits = Bits::all(documents),
            Node::Phrase(phrase) => bits.extend(&self.phrase(number, phrase, docs)?.docs),
            Node::Word(term) | Node::Value(term) => bits.extend(&self.term(number, term, docs)?.docs),
            Node::Library(query, of) => bits.extend(&self.library(number, query.as_ref(), *of)?.docs),
            Node::OfDossier(inner) => {
                let columns = self.columns(number);
                // Dossiers are few: all of them are sooner looked at than those of many records told.
                let few = within.filter(|within| within.docs.len() < MANY);
                let dossiers = few.map(|within| Documents::of(documents, columns.dossiers(&within.docs)));
                for dossier in self.matches(inner, number, dossiers.as_ref())?.iter() {
                    columns.parts(dossier).iter().for_each(|run| bits.insert_run(run.clone()));
                }
            }
            Node::Times(inner, _) | Node::Fixed(inner, _) => self.add(inner, number, within, bits)?,
            Node::Any(nodes) | Node::Best(nodes) => {
                for node in nodes {
                    self.add(node, number, within, bits)?;
                }
            }
            Node::All(nodes) => bits.or(&self.all(nodes, number, within)?),
            Node::AtLeast(needed, nodes) => {
                let sets = nodes.iter().map(|node| self.matches(node, number, within));
                let sets = sets.collect::<tantivy::Result<Vec<Bits>>>()?;
                bits.or(&Bits::at_least(*needed, documents, sets.into_iter()));
            }
        }
        Ok(())
    }

    /// Adds to the scores of hits, which are in rising order, what a node says of each.
    pub(super) fn score(
        &self,
        node: &Node,
        number: usize,
        hits: &[DocId],
        scores: &mut [Score],
    ) -> tantivy::Result<()> {
        if hits.is_empty() {
            return Ok(());
        }
        match node {
            Node::Every => {}
            Node::Phrase(phrase) => {
                let (list, terms) = (self.phrase(number, phrase, Some(hits))?, &phrase.terms);
                let mut common = common(hits, &list.docs).peekable();
                let Some((_, first)) = terms.first().filter(|_| common.peek().is_some()) else {
                    return Ok(());
                };
                let (weight, norms) = (self.weight(terms)?, self.norms(number, first.field())?);
                for (hit, at) in common {
                    scores[hit] += weight.score(norms.fieldnorm_id(hits[hit]), list.frequencies[at]);
                }
            }
            Node::Word(term) => self.score_word(term, number, hits, scores)?,
            Node::Value(term) => {
                let list = self.term(number, term, Some(hits))?;
                common(hits, &list.docs).for_each(|(hit, _)| scores[hit] += 1.0);
            }
            Node::Library(query, of) => {
                let found = self.library(number, query.as_ref(), *of)?;
                common(hits, &found.docs).for_each(|(hit, at)| scores[hit] += found.scores[at]);
            }
            Node::OfDossier(inner) => {
                let columns = self.columns(number);
                if hits.len() >= MANY && self.matches(inner, number, None)?.is_empty() {
                    return Ok(());
                }
                let dossiers = columns.dossiers(hits);
                let own = self.scores(inner, number, &dossiers)?;
                for (&hit, score) in hits.iter().zip(scores) {
                    let at = columns.dossier(hit).and_then(|dossier| dossiers.binary_search(&dossier).ok());
                    *score += at.map_or(0.0, |at| own[at]);
                }
            }
            Node::Any(nodes) | Node::AtLeast(_, nodes) => {
                for node in nodes {
                    self.score(node, number, hits, scores)?;
                }
            }
            Node::All(nodes) => {
                let mut sums = vec![0.0; hits.len()];
                for node in nodes {
                    self.score(node, number, hits, &mut sums)?;
                }
                // Of nodes that have to match together, one alone says nothing.
                let asked = Documents::of(self.segments()[number].max_doc(), hits.to_vec());
                let matching = self.matches(node, number, Some(&asked))?;
                let sums = hits.iter().zip(&sums).zip(scores);
                sums.filter(|((hit, _), _)| matching.contains(**hit))
                    .for_each(|((_, sum), score)| *score += sum);
            }
            Node::Best(nodes) => {
                let (mut best, mut sums) = (vec![0.0_f32; hits.len()], vec![0.0; hits.len()]);
                let mut own = vec![0.0; hits.len()];
                for node in nodes {
                    own.fill(0.0);
                    self.score(node, number, hits, &mut own)?;
                    for ((best, sum), own) in best.iter_mut().zip(&mut sums).zip(&own) {
                        *best = best.max(*own);
                        *sum += own;
                    }
                }
                for ((best, sum), score) in best.iter().zip(&sums).zip(scores) {
                    *score += best + WEIGHTS.tie_breaker * (sum - best);
                }
            }
            Node::Times(inner, factor) => {
                let own = self.scores(inner, number, hits)?;
                own.iter().zip(scores).for_each(|(own, score)| *score += own * factor);
            }
            Node::Fixed(_, 0.0) => {}
            Node::Fixed(inner, fixed) => {
                let own = self.scores(inner, number, hits)?;
                own.iter().zip(scores).filter(|(own, _)| **own > 0.0).for_each(|(_, score)| *score += fixed);
            }
        }
        Ok(())
    }

    /// What a node says of each hit.
    pub(super) fn scores(&self, node: &Node, number: usize, hits: &[DocId]) -> tantivy::Result<Vec<Score>> {
        let mut scores = vec![0.0; hits.len()];
        self.score(node, number, hits, &mut scores)?;
        Ok(scores)
    }

    fn score_word(
        &self,
        term: &Term,
        number: usize,
        hits: &[DocId],
        scores: &mut [Score],
    ) -> tantivy::Result<()> {
        let index = self.segments()[number].inverted_index(term.field())?;
        let Some(mut postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? else {
            return Ok(());
        };
        let mut weighed = None;
        let mut doc = postings.doc();
        for (&hit, score) in hits.iter().zip(scores) {
            if doc < hit {
                doc = postings.seek(hit);
            }
            if doc == TERMINATED {
                break;
            }
            if doc == hit {
                let (weight, norms) = match &weighed {
                    Some(weighed) => weighed,
                    None => weighed
                        .insert((self.weight(&[(0, term.clone())])?, self.norms(number, term.field())?)),
                };
                *score += weight.score(norms.fieldnorm_id(hit), postings.term_freq());
            }
        }
        Ok(())
    }

    fn columns(&self, number: usize) -> &SegmentColumns {
        &self.catalogue.segments()[number].columns
    }

    fn phrase(&self, number: usize, phrase: &Phrase, within: Option<&[DocId]>) -> tantivy::Result<Arc<List>> {
        self.columns(number).lists.of(&self.segments()[number], &phrase.terms, &phrase.between, within)
    }

    fn term(&self, number: usize, term: &Term, within: Option<&[DocId]>) -> tantivy::Result<Arc<List>> {
        self.columns(number).lists.of(&self.segments()[number], &[(0, term.clone())], &[], within)
    }

    fn library(&self, number: usize, query: &dyn Query, of: u64) -> tantivy::Result<Arc<Scored>> {
        if let Some(known) = locked(&self.found).get(&(number, of)) {
            return Ok(Arc::clone(known));
        }
        let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let mut scorer = weight.scorer(&self.segments()[number], 1.0)?;
        let mut found = Scored::default();
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            found.docs.push(doc);
            found.scores.push(scorer.score());
            doc = scorer.advance();
        }
        let found = Arc::new(found);
        locked(&self.found).insert((number, of), Arc::clone(&found));
        Ok(found)
    }

    fn weight(&self, terms: &[(usize, Term)]) -> tantivy::Result<Bm25Weight> {
        if let Some(known) = locked(&self.weights).get(terms) {
            return Ok(known.clone());
        }
        let alone: Vec<Term> = terms.iter().map(|(_, term)| term.clone()).collect();
        let weight = Bm25Weight::for_terms(&self.searcher, &alone)?;
        locked(&self.weights).insert(terms.to_vec(), weight.clone());
        Ok(weight)
    }

    fn norms(&self, number: usize, field: Field) -> tantivy::Result<FieldNormReader> {
        self.segments()[number].get_fieldnorms_reader(field)
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The places in two lists, both in rising order, of what stands in both.
fn common<'l>(hits: &'l [DocId], docs: &'l [DocId]) -> impl Iterator<Item = (usize, usize)> + 'l {
    let mut at = 0;
    hits.iter().enumerate().filter_map(move |(hit, &doc)| {
        at += skipped(&docs[at..], doc);
        (docs.get(at) == Some(&doc)).then_some((hit, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_both_lists_is_found_once() {
        let docs: Vec<DocId> = (0..400).map(|n| n * 3).collect();
        for hits in [vec![], vec![0], vec![1, 2, 3], (0..1300).collect(), vec![1197, 1198], vec![5000]] {
            let want: Vec<DocId> = hits.iter().copied().filter(|doc| doc % 3 == 0 && *doc < 1200).collect();
            let found: Vec<DocId> = common(&hits, &docs)
                .map(|(hit, at)| {
                    assert_eq!(hits[hit], docs[at]);
                    docs[at]
                })
                .collect();
            assert_eq!(found, want, "{hits:?}");
        }
    }
}
