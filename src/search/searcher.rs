use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
    time::Instant,
};

use tantivy::{IndexReader, Term};

use super::{
    Cursor, SearchError, SearchRequest, SearchResponse,
    engine::Engine,
    explain::explanation,
    facets::FacetTexts,
    filter::Filters,
    look::{Answer, Look},
    plan::{Plan, is_searchable},
    state::State,
    strictness::Strictness,
    suggest::{SuggestRequest, SuggestResponse},
    threads::Threads,
};
use crate::{
    analysis,
    domain::Facet,
    index::{Fields, Index},
    query::{Clause, Query},
};

/// Answers searches on an index, also while it changes.
pub struct Searcher {
    reader: IndexReader,
    fields: Fields,
    /// What answers; the next one is made beside it.
    state: RwLock<Arc<State>>,
}

/// From so many records on several threads answer sooner than one where what is asked stands in many; to wait for them
/// takes longer than to find a name.
const SIDE_BY_SIDE: u64 = 20_000;

impl Searcher {
    /// Makes a searcher of the index as it is now, see [`Self::refresh`].
    pub fn new(index: &Index) -> Self {
        analysis::prepare();
        let reader = index.reader();
        let state = RwLock::new(Arc::new(State::new(reader.searcher())));
        Self { reader, fields: index.fields().clone(), state }
    }

    /// Answers from the last commit of the index on. Until its state is laid out, as far as the one before was, the
    /// one before answers.
    pub fn refresh(&self) -> Result<(), SearchError> {
        let (last, searcher) = (self.state(), self.reader.searcher());
        let generation = |searcher: &tantivy::Searcher| searcher.generation().generation_id();
        if generation(&searcher) > generation(&last.searcher) {
            let next = Arc::new(last.followed_by(searcher, &self.fields)?);
            *self.state.write().unwrap_or_else(PoisonError::into_inner) = next;
        }
        Ok(())
    }

    /// Lays out everything that is asked, so that the first who asks does not wait for it, nor the first after a change.
    pub fn lay_out(&self) -> Result<(), SearchError> {
        let state = self.state();
        state.catalogue()?;
        state.names(&self.fields)?;
        Ok(())
    }

    fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Answers what is being typed.
    pub fn suggest(&self, request: &SuggestRequest) -> Result<SuggestResponse, SearchError> {
        let start = Instant::now();
        let state = self.state();
        let suggestions = state.names(&self.fields)?.suggest(&state.searcher, request)?;
        let took_ms = took(start);
        Ok(SuggestResponse { query: request.q.clone(), took_ms, suggestions })
    }

    /// Answers a request. A query never fails; a filter that cannot be read does.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        self.search_on(request, None)
    }

    /// Answers on these threads; where none are named, on those that answer sooner.
    pub(super) fn search_on(
        &self,
        request: &SearchRequest,
        threads: Option<Threads>,
    ) -> Result<SearchResponse, SearchError> {
        let start = Instant::now();
        let state = self.state();
        let (searcher, fields, catalogue) = (&state.searcher, &self.fields, state.catalogue()?);
        let filters = Filters::read(&request.filters, fields, catalogue)?;
        let query = Query::parse(&request.q);
        let plan = Plan::new(&query, request.synonyms, catalogue.names());
        let frequency = |term: &Term| searcher.doc_freq(term);
        let several = || -> Result<bool, SearchError> {
            Ok(searcher.num_docs() >= SIDE_BY_SIDE
                && plan.stands_in_many(&fields.family(request.kind), frequency)?)
        };
        let threads = match threads {
            Some(threads) => threads,
            None if several()? => Threads::Several,
            None => Threads::Own,
        };
        let engine = Engine::new(searcher.clone(), catalogue, threads);
        let look = Look { engine, fields, catalogue, filters, plan };
        answer(look, &query, request, start)
    }
}

fn answer(
    look: Look<'_>,
    query: &Query,
    request: &SearchRequest,
    start: Instant,
) -> Result<SearchResponse, SearchError> {
    let catalogue = look.catalogue;
    let Answer { found, strictness, kinds } = look.answer(request)?;
    let total = kinds.get(&request.kind).copied().unwrap_or_default();
    let shown = found.top.get(request.offset..).unwrap_or_default();
    let hits = look.hits(shown, request, strictness)?;
    let more = found.behind > (request.offset + hits.len()) as u64;
    let last = shown.last().filter(|_| more);
    let next_cursor = match last {
        Some(last) => Some(Cursor::new(request, last.place(catalogue)?).to_string()),
        None => None,
    };
    let met = found.matched[request.kind as usize] > 0 && strictness == Strictness::All;
    let asked = !query.is_empty();
    let texts = FacetTexts::new(&request.facet_q);
    let summaries = found.counts.summaries(request.facet_limit, |facet, value| texts.passes(facet, value));
    let (mut facets, mut facet_values, mut missing) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (facet, summary) in Facet::ALL.into_iter().zip(summaries) {
        facets.insert(facet, summary.shown);
        facet_values.insert(facet, summary.values);
        missing.insert(facet, summary.missing);
    }
    Ok(SearchResponse {
        query: request.q.clone(),
        kind: request.kind,
        total,
        relaxed: strictness != Strictness::All,
        kinds,
        hits,
        facets,
        facet_values,
        missing,
        next_cursor,
        warnings: warnings(query),
        did_you_mean: if met { None } else { look.offer(request)? },
        help: if asked && (total == 0 || !met) { Some(look.help(query, request)?) } else { None },
        explain: request.explain.then(|| explanation(query, &look.plan, strictness)),
        synonyms: look.plan.expansions,
        took_ms: took(start),
    })
}

/// The time since then, in milliseconds with three places.
fn took(start: Instant) -> f64 {
    (start.elapsed().as_secs_f64() * 1e6).round() / 1e3
}

fn warnings(query: &Query) -> Vec<String> {
    let mut warnings = query.notices.clone();
    let parts = query.clauses.iter().flat_map(|clause| match clause {
        Clause::Must(part) | Clause::Not(part) => std::slice::from_ref(part),
        Clause::Any(parts) => parts.as_slice(),
    });
    for part in parts.filter(|part| !is_searchable(part)) {
        warnings.push(format!("'{}' holds nothing that can be searched; it was left out", part.text));
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::Kind,
        index::{Batch, Record},
        search::tests::record,
    };

    fn found(searcher: &Searcher, q: &str) -> (u64, usize) {
        let found = SearchRequest { q: q.to_owned(), kind: Kind::Person, ..SearchRequest::default() };
        let typed = SuggestRequest { q: q.to_owned(), kind: None, limit: 10 };
        let suggested = searcher.suggest(&typed).expect("answers").suggestions.len();
        (searcher.search(&found).expect("answers").total, suggested)
    }

    #[test]
    fn a_state_is_laid_out_before_it_answers() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut index, _) = Index::open(folder.path(), "r1", 9).expect("opens");
        let mut commit = |seq: u64, records: &[Record]| {
            index.apply(Batch { records, ..Batch::default() }).expect("applies");
            index.commit(seq).expect("commits");
            Searcher::new(&index)
        };
        let person = |id| record(Kind::Person, id, "许一", "");
        let served = commit(1, &[person("p1")]);
        served.lay_out().expect("laid out");
        assert_eq!(found(&served, "许"), (1, 1));
        let asked_once = commit(2, &[person("p2")]);
        assert_eq!(found(&served, "许"), (1, 1), "until the next state is laid out the one before answers");
        assert!(!asked_once.state().is_laid_out(), "who may ask nothing waits for nothing");

        served.refresh().expect("seen");
        assert!(served.state().is_laid_out(), "nobody waits after a change");
        assert_eq!(found(&served, "许"), (2, 2));
        commit(3, &[person("p3")]);
        asked_once.refresh().expect("seen");
        assert!(!asked_once.state().is_laid_out());
        assert_eq!(found(&asked_once, "许"), (3, 3));
    }
}
