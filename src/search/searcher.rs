use std::{collections::BTreeMap, sync::Arc, time::Instant};

use tantivy::{IndexReader, Term};

use super::{
    Cursor, SearchError, SearchRequest, SearchResponse,
    engine::Engine,
    explain::explanation,
    facets::{Catalogues, FacetTexts},
    filter::Filters,
    look::{Answer, Look},
    plan::{Plan, is_searchable},
    strictness::Strictness,
    suggest::{NameTables, SuggestRequest, SuggestResponse},
    threads::Threads,
};
use crate::{
    analysis,
    domain::Facet,
    index::{Fields, Index},
    query::{Clause, Query},
};

/// Answers searches on an index, also while it changes. Cheap to clone.
#[derive(Clone)]
pub struct Searcher {
    shared: Arc<Shared>,
}

struct Shared {
    reader: IndexReader,
    fields: Fields,
    catalogues: Catalogues,
    names: NameTables,
}

/// From so many records on several threads answer sooner than one where what is asked stands in many; to wait for them
/// takes longer than to find a name.
const SIDE_BY_SIDE: u64 = 20_000;

impl Searcher {
    /// Makes a searcher that sees every commit of the index.
    pub fn new(index: &Index) -> Self {
        analysis::prepare();
        let shared = Shared {
            reader: index.reader(),
            fields: index.fields().clone(),
            catalogues: Catalogues::default(),
            names: NameTables::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Answers what is being typed.
    pub fn suggest(&self, request: &SuggestRequest) -> Result<SuggestResponse, SearchError> {
        self.shared.names.suggest(&self.shared.reader.searcher(), &self.shared.fields, request)
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
        let searcher = self.shared.reader.searcher();
        let catalogue = self.shared.catalogues.of(&searcher)?;
        let fields = &self.shared.fields;
        let filters = Filters::read(&request.filters, fields, &catalogue)?;
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
        let engine = Engine::new(searcher, &catalogue, threads);
        let look = Look { engine, fields, catalogue: &catalogue, filters, plan };
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
        took_ms: (start.elapsed().as_secs_f64() * 1e6).round() / 1e3,
    })
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
