use std::{collections::BTreeMap, sync::Arc, time::Instant};

use tantivy::{IndexReader, TantivyDocument, schema::Value};

use super::{
    Cursor, Hit, SearchError, SearchRequest, SearchResponse, Sort,
    collect::{Ranked, Survey, Surveyed},
    compile::{Compiler, Level, Plan, Strictness, is_searchable},
    facets::{Catalogue, Catalogues, Sought},
    filter::Filters,
    matching::Pattern,
    snippet::snippets,
};
use crate::{
    analysis,
    domain::{Facet, Kind},
    index::{Fields, Index, Payload},
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
}

impl Searcher {
    /// Makes a searcher that sees every commit of the index.
    pub fn new(index: &Index) -> Self {
        analysis::prepare();
        let shared = Shared {
            reader: index.reader(),
            fields: index.fields().clone(),
            catalogues: Catalogues::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Answers a request. A query never fails; a filter that cannot be read does.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, SearchError> {
        let start = Instant::now();
        let searcher = self.shared.reader.searcher();
        let catalogue = self.shared.catalogues.of(&searcher)?;
        let fields = &self.shared.fields;
        let filters = Filters::read(&request.filters, fields, &catalogue)?;
        let query = Query::parse(&request.q);
        let look = Look { searcher, fields, catalogue: &catalogue, filters, plan: Plan::new(&query) };

        let Answer { found, strictness, kinds } = look.answer(request)?;
        let patterns = look.plan.patterns(strictness);
        let shown = found.top.get(request.offset..).unwrap_or_default();
        let hits = shown.iter().map(|ranked| look.hit(ranked, &patterns)).collect::<Result<Vec<_>, _>>()?;
        let more = found.behind > (request.offset + hits.len()) as u64;
        let last = shown.last().filter(|_| more);
        let next_cursor = last.map(|last| Cursor::new(request, last.place.clone()).to_string());
        let sought = Sought::new(&request.facet_q);
        let summaries = found
            .counts
            .summaries(&catalogue, request.facet_limit, |facet, value| sought.passes(facet, value));
        let (mut facets, mut facet_values, mut missing) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (facet, summary) in Facet::ALL.into_iter().zip(summaries) {
            facets.insert(facet, summary.shown);
            facet_values.insert(facet, summary.values);
            missing.insert(facet, summary.missing);
        }
        Ok(SearchResponse {
            query: request.q.clone(),
            kind: request.kind,
            total: kinds.get(&request.kind).copied().unwrap_or_default(),
            relaxed: strictness != Strictness::All,
            kinds,
            hits,
            facets,
            facet_values,
            missing,
            next_cursor,
            warnings: warnings(&query),
            did_you_mean: None,
            took_ms: (start.elapsed().as_secs_f64() * 1e6).round() / 1e3,
        })
    }
}

/// One request against one state of the index.
struct Look<'a> {
    searcher: tantivy::Searcher,
    fields: &'a Fields,
    catalogue: &'a Catalogue,
    filters: Filters,
    plan: Plan<'a>,
}

struct Answer {
    /// Of the kind that was asked for.
    found: Surveyed,
    strictness: Strictness,
    kinds: BTreeMap<Kind, u64>,
}

impl Look<'_> {
    /// Takes for each kind the first level at which anything of it matches, whatever the filters: so a filter
    /// never changes what the query means.
    fn answer(&self, request: &SearchRequest) -> Result<Answer, SearchError> {
        let records = usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX);
        let top =
            if request.limit == 0 { 0 } else { request.offset.saturating_add(request.limit).min(records) };
        let mut answer = None;
        let mut kinds: BTreeMap<Kind, u64> = Kind::ALL.into_iter().map(|kind| (kind, 0)).collect();
        let together = if self.plan.depends_on_kind() { 1 } else { Kind::ALL.len() };
        for group in Kind::ALL.chunks(together) {
            let mut open = group.to_vec();
            for strictness in self.plan.levels() {
                let shown = open.contains(&request.kind).then_some(request.kind);
                let compiler = Compiler { fields: self.fields, catalogue: self.catalogue, kinds: &open };
                let ranked = shown.is_some() && top > 0;
                let kind = shown.unwrap_or(open[0]);
                let Level { query, ranks } = compiler.level(&self.plan, kind, strictness, ranked);
                let survey = Survey {
                    filters: &self.filters,
                    catalogue: self.catalogue,
                    kinds: Kind::ALL.map(|kind| open.contains(&kind)),
                    shown,
                    order: if request.sort == Sort::Relevance && !ranks { Sort::Year } else { request.sort },
                    top,
                    after: request.cursor.as_ref().map(Cursor::place),
                };
                let found = survey.of(&query, &self.searcher)?;
                let matched = |kind: &Kind| found.matched[*kind as usize] > 0;
                open.iter().filter(|kind| matched(kind)).for_each(|&kind| {
                    kinds.insert(kind, found.totals[kind as usize]);
                });
                open.retain(|kind| !matched(kind));
                if shown.is_some_and(|kind| matched(&kind)) {
                    answer = Some((found, strictness));
                }
                if open.is_empty() {
                    break;
                }
            }
        }
        let (found, strictness) =
            answer.unwrap_or_else(|| (Surveyed::nothing(self.catalogue), Strictness::All));
        Ok(Answer { found, strictness, kinds })
    }

    fn hit(&self, ranked: &Ranked, patterns: &[Pattern]) -> Result<Hit, SearchError> {
        let document: TantivyDocument = self.searcher.doc(ranked.address)?;
        let stored = document.get_first(self.fields.payload);
        let text = stored.as_ref().and_then(|value| value.as_str()).unwrap_or_default();
        let payload: Payload = serde_json::from_str(text).map_err(SearchError::Record)?;
        let snippets = snippets(&payload, patterns);
        Ok(Hit {
            id: payload.id,
            kind: payload.kind,
            title: payload.title,
            score: ranked.score,
            dossier: payload.dossier,
            snippets,
            record: payload.display,
        })
    }
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
