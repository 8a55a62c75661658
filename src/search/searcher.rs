use std::{collections::BTreeMap, sync::Arc, time::Instant};

use tantivy::{IndexReader, TantivyDocument, schema::Value};

use super::{
    Hit, SearchError, SearchRequest, SearchResponse, Sort,
    collect::{Ranked, Survey, Surveyed},
    compile::{Compiler, Level},
    explain::{self, ScorePart, explanation},
    facets::{Counts, SegmentTable, Tables},
    filter::Filters,
    help::{Help, MAX_WORDS, WordHelp},
    matching::Pattern,
    name_forms::NameForms,
    plan::{Plan, Strictness, is_searchable},
    snippet::snippets,
    suggest::{NameTables, SuggestRequest, SuggestResponse},
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
    tables: Tables,
    names: NameTables,
}

impl Searcher {
    /// Makes a searcher that sees every commit of the index.
    pub fn new(index: &Index) -> Self {
        analysis::prepare();
        let shared = Shared {
            reader: index.reader(),
            fields: index.fields().clone(),
            tables: Tables::default(),
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
        let start = Instant::now();
        let searcher = self.shared.reader.searcher();
        let tables = self.shared.tables.of(&searcher)?;
        let fields = &self.shared.fields;
        let filters = Filters::read(&request.filters, fields, &tables)?;
        let query = Query::parse(&request.q);
        let names = self.shared.tables.names(&searcher, &tables);
        let plan = Plan::new(&query, request.synonyms, &names);
        let look = Look { searcher, fields, tables: &tables, filters, plan };

        let mut kinds = BTreeMap::new();
        for kind in Kind::ALL.into_iter().filter(|&kind| kind != request.kind) {
            kinds.insert(kind, look.answer(kind, Sort::Relevance, 0, false)?.found.total);
        }
        let top = if request.limit == 0 { 0 } else { request.offset.saturating_add(request.limit) };
        let answer = look.answer(request.kind, request.sort, top, true)?;
        kinds.insert(request.kind, answer.found.total);
        let patterns = look.plan.patterns(answer.strictness);
        let shown = answer.found.top.iter().skip(request.offset).take(request.limit);
        let mut hits = shown.map(|ranked| look.hit(ranked, &patterns)).collect::<Result<Vec<Hit>, _>>()?;
        if request.explain {
            let shown = answer.found.top.iter().skip(request.offset);
            for (hit, ranked) in hits.iter_mut().zip(shown) {
                hit.explain = Some(look.parts(request.kind, ranked, answer.strictness)?);
            }
        }
        let wanting = !query.is_empty() && (answer.found.total == 0 || answer.strictness != Strictness::All);
        let help = if wanting { Some(look.help(&query, request)?) } else { None };
        let met = answer.found.matched > 0 && answer.strictness == Strictness::All;
        let did_you_mean = if met { None } else { look.offer(&request.q, request.kind)? };
        let mut facets = BTreeMap::new();
        for (facet, counts) in Facet::ALL.into_iter().zip(answer.found.counts) {
            facets.insert(facet, counts.finish(facet, &tables));
        }
        Ok(SearchResponse {
            query: request.q.clone(),
            kind: request.kind,
            total: answer.found.total,
            relaxed: answer.strictness != Strictness::All,
            kinds,
            hits,
            facets,
            warnings: warnings(&query),
            did_you_mean,
            help,
            explain: request.explain.then(|| explanation(&query, &look.plan, answer.strictness)),
            synonyms: look.plan.expansions,
            took_ms: (start.elapsed().as_secs_f64() * 1e6).round() / 1e3,
        })
    }
}

/// One request against one state of the index.
pub(super) struct Look<'a> {
    pub(super) searcher: tantivy::Searcher,
    pub(super) fields: &'a Fields,
    pub(super) tables: &'a [Arc<SegmentTable>],
    pub(super) filters: Filters,
    pub(super) plan: Plan<'a>,
}

pub(super) struct Answer {
    pub(super) found: Surveyed,
    pub(super) strictness: Strictness,
}

impl Look<'_> {
    /// Takes the first level at which anything of the kind matches, whatever the filters: so a filter
    /// never changes what the query means.
    pub(super) fn answer(
        &self,
        kind: Kind,
        sort: Sort,
        top: usize,
        facets: bool,
    ) -> Result<Answer, SearchError> {
        let compiler = Compiler { fields: self.fields, tables: self.tables };
        let top = top.min(usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX));
        for strictness in self.plan.levels() {
            let Level { query, ranks } = compiler.level(&self.plan, kind, strictness, top > 0);
            let order = if sort == Sort::Relevance && !ranks { Sort::Year } else { sort };
            let survey = Survey { filters: &self.filters, tables: self.tables, order, top, facets };
            let found = self.searcher.search(&query, &survey)?;
            if found.matched > 0 {
                return Ok(Answer { found, strictness });
            }
        }
        let mut found = Surveyed::default();
        if facets {
            found.counts.resize_with(Facet::ALL.len(), Counts::default);
        }
        Ok(Answer { found, strictness: Strictness::All })
    }

    /// What every word of a query that finds too little does to the answer.
    fn help(&self, query: &Query, request: &SearchRequest) -> Result<Help, SearchError> {
        let count = |clauses: Vec<Clause>, filters: &Filters| -> Result<u64, SearchError> {
            let query = Query { clauses, notices: Vec::new() };
            let plan = Plan::new(&query, request.synonyms, &NameForms::default());
            let compiler = Compiler { fields: self.fields, tables: self.tables };
            let level = compiler.level(&plan, request.kind, Strictness::All, false);
            let survey =
                Survey { filters, tables: self.tables, order: Sort::Relevance, top: 0, facets: false };
            Ok(self.searcher.search(&level.query, &survey)?.total)
        };
        let mut help = Help::default();
        for (at, clause) in query.clauses.iter().enumerate().take(MAX_WORDS) {
            if matches!(clause, Clause::Not(_)) {
                continue;
            }
            let mut rest = query.clauses.clone();
            let one = rest.remove(at);
            let printed =
                |clauses: &[Clause]| Query { clauses: clauses.to_vec(), notices: Vec::new() }.to_string();
            help.words.push(WordHelp {
                word: printed(std::slice::from_ref(&one)),
                alone: count(vec![one], &self.filters)?,
                rest: printed(&rest),
                without: if rest.is_empty() { 0 } else { count(rest, &self.filters)? },
            });
        }
        // The sort is stable: words without which as much is left keep their order.
        help.words.sort_by_key(|word| std::cmp::Reverse(word.without));
        if !request.filters.is_empty() {
            help.without_filters = Some(count(query.clauses.clone(), &Filters::default())?);
        }
        Ok(help)
    }

    fn parts(
        &self,
        kind: Kind,
        ranked: &Ranked,
        strictness: Strictness,
    ) -> Result<Vec<ScorePart>, SearchError> {
        let family = self.fields.family(kind);
        Ok(explain::parts(&self.searcher, ranked.address, &self.plan, strictness, &family)?)
    }

    fn hit(&self, ranked: &Ranked, patterns: &[Pattern]) -> Result<Hit, SearchError> {
        let document: TantivyDocument = self.searcher.doc(ranked.address)?;
        let stored = document.get_first(self.fields.payload);
        let bytes = stored.as_ref().and_then(|value| value.as_bytes()).unwrap_or_default();
        let payload: Payload = serde_json::from_slice(bytes).map_err(SearchError::Record)?;
        let spelt = self.plan.names.patterns(&payload);
        let snippets = snippets(&payload, &[patterns, &spelt].concat());
        Ok(Hit {
            id: payload.id,
            kind: payload.kind,
            title: payload.title,
            score: ranked.score,
            dossier: payload.dossier,
            snippets,
            record: payload.display,
            explain: None,
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
