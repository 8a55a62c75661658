use std::collections::{BTreeMap, btree_map::Entry};

use tantivy::Term;

use super::{
    Cursor, Help, Hit, SearchError, SearchRequest, Sort, WordHelp,
    collect::{Survey, Surveyed},
    compile::Compiler,
    engine::Engine,
    explain,
    facets::Catalogue,
    filter::Filters,
    help::MAX_WORDS,
    matching::Patterns,
    plan::Plan,
    ranking::Ranked,
    snippet::snippets,
    strictness::Strictness,
};
use crate::{
    domain::Kind,
    index::{Fields, Head, StoredRecord},
    query::{Clause, Query},
};

/// One request against one state of the index.
pub(super) struct Look<'a> {
    pub(super) engine: Engine<'a>,
    pub(super) fields: &'a Fields,
    pub(super) catalogue: &'a Catalogue,
    pub(super) filters: Filters,
    pub(super) plan: Plan<'a>,
}

pub(super) struct Answer<'a> {
    /// Of the kind that was asked for.
    pub(super) found: Surveyed<'a>,
    pub(super) strictness: Strictness,
    pub(super) kinds: BTreeMap<Kind, u64>,
}

/// So many records that have all content words are enough: those that have only most of them are left out.
const ENOUGH: u64 = 10;

impl<'a> Look<'a> {
    /// Takes for each kind the first level at which anything of it matches, whatever the filters: so a filter
    /// never changes what the query means. By relevance, where few records have every content word, those that have most
    /// of them follow; in another order they would stand among them.
    pub(super) fn answer(&self, request: &SearchRequest) -> Result<Answer<'a>, SearchError> {
        let records = usize::try_from(self.engine.searcher().num_docs()).unwrap_or(usize::MAX);
        let top =
            if request.limit == 0 { 0 } else { request.offset.saturating_add(request.limit).min(records) };
        let mut answer = None;
        let mut kinds: BTreeMap<Kind, u64> = Kind::ALL.into_iter().map(|kind| (kind, 0)).collect();
        let mut settle = |found: Surveyed<'a>, settled: &[Kind], strictness: Strictness| {
            settled.iter().for_each(|&kind| {
                kinds.insert(kind, found.totals[kind as usize]);
            });
            if settled.contains(&request.kind) {
                answer = Some((found, strictness));
            }
        };
        let together = if self.plan.depends_on_kind() { 1 } else { Kind::ALL.len() };
        for group in Kind::ALL.chunks(together) {
            let mut open = group.to_vec();
            for strictness in self.plan.levels() {
                if open.is_empty() {
                    break;
                }
                let found = self.survey(&open, strictness, request, top)?;
                let matched = |kind: &Kind| found.matched[*kind as usize];
                let may_miss_some = strictness == Strictness::EveryUnit
                    && request.sort == Sort::Relevance
                    && self.plan.may_miss_some();
                let is_few = |kind: &Kind| may_miss_some && (1..ENOUGH).contains(&matched(kind));
                let few: Vec<Kind> = open.iter().copied().filter(is_few).collect();
                let met: Vec<Kind> =
                    open.iter().copied().filter(|kind| matched(kind) > 0 && !is_few(kind)).collect();
                open.retain(|kind| matched(kind) == 0);
                settle(found, &met, strictness);
                if !few.is_empty() {
                    settle(
                        self.survey(&few, Strictness::MostUnits, request, top)?,
                        &few,
                        Strictness::MostUnits,
                    );
                }
            }
        }
        let (found, strictness) =
            answer.unwrap_or_else(|| (Surveyed::nothing(self.catalogue), Strictness::All));
        Ok(Answer { found, strictness, kinds })
    }

    /// What of several kinds a level finds.
    fn survey(
        &self,
        kinds: &[Kind],
        strictness: Strictness,
        request: &SearchRequest,
        top: usize,
    ) -> Result<Surveyed<'a>, SearchError> {
        let shown = kinds.contains(&request.kind).then_some(request.kind);
        let compiler = Compiler { fields: self.fields, catalogue: self.catalogue };
        let ranked = shown.is_some() && top > 0;
        let kind = shown.unwrap_or(kinds[0]);
        if ranked && strictness.is_partial() {
            let searcher = self.engine.searcher();
            let found = |term: &Term| searcher.doc_freq(term);
            self.plan.weigh(&self.fields.family(kind), searcher.num_docs(), found)?;
        }
        let level = compiler.level(&self.plan, kind, strictness, ranked);
        let survey = Survey {
            filters: &self.filters,
            catalogue: self.catalogue,
            kinds: Kind::ALL.map(|kind| kinds.contains(&kind)),
            shown,
            order: if request.sort == Sort::Relevance && !level.ranks { Sort::Year } else { request.sort },
            top,
            after: request.cursor.as_ref().map(Cursor::place),
        };
        Ok(survey.of(&level, &self.engine)?)
    }

    /// The records that are shown, with their passages.
    pub(super) fn hits(
        &self,
        shown: &[Ranked],
        request: &SearchRequest,
        strictness: Strictness,
    ) -> Result<Vec<Hit>, SearchError> {
        let patterns = Patterns::new(self.plan.patterns(strictness));
        let family = self.fields.family(request.kind);
        let hit = |ranked: &Ranked| {
            let mut hit = self.hit(ranked, &patterns)?;
            // Hits in another order have no score.
            if request.explain && request.sort == Sort::Relevance {
                let parts = explain::parts(&self.engine, ranked.address, &self.plan, strictness, &family)?;
                hit.explain = Some(parts);
            }
            Ok(hit)
        };
        self.engine.threads.each(shown.iter().collect(), hit)
    }

    fn hit(&self, ranked: &Ranked, patterns: &Patterns) -> Result<Hit, SearchError> {
        let stored: StoredRecord = self.engine.searcher().doc(ranked.address)?;
        let payload = stored.payload()?;
        let spelt = self.plan.names.patterns(&payload);
        let snippets = if spelt.is_empty() {
            snippets(&payload, patterns)
        } else {
            snippets(&payload, &Patterns::new([patterns.list(), &spelt].concat()))
        };
        let Head { id, kind, title, dossier, display } = payload.head().map_err(SearchError::Record)?;
        Ok(Hit { id, kind, title, score: ranked.score(), dossier, snippets, record: display, explain: None })
    }

    /// What every word of a query that finds too little does to the answer.
    pub(super) fn help(&self, query: &Query, request: &SearchRequest) -> Result<Help, SearchError> {
        let printed =
            |clauses: &[Clause]| Query { clauses: clauses.to_vec(), notices: Vec::new() }.to_string();
        let count = |clauses: Vec<Clause>, filters: &Filters| -> Result<u64, SearchError> {
            let query = Query { clauses, notices: Vec::new() };
            let plan = Plan::new(&query, request.synonyms, self.catalogue.names());
            self.count(&plan, request.kind, Strictness::All, filters)
        };
        // Of two words each is the rest of the other.
        let mut known: BTreeMap<String, u64> = BTreeMap::new();
        let mut count_once = |clauses: Vec<Clause>| -> Result<u64, SearchError> {
            Ok(match known.entry(printed(&clauses)) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => *new.insert(count(clauses, &self.filters)?),
            })
        };
        let mut help = Help::default();
        for (at, clause) in query.clauses.iter().enumerate().take(MAX_WORDS) {
            if matches!(clause, Clause::Not(_)) {
                continue;
            }
            let mut rest = query.clauses.clone();
            let one = rest.remove(at);
            help.words.push(WordHelp {
                word: printed(std::slice::from_ref(&one)),
                alone: count_once(vec![one])?,
                rest: printed(&rest),
                without: if rest.is_empty() { 0 } else { count_once(rest)? },
            });
        }
        // The sort is stable: words without which as much is left keep their order.
        help.words.sort_by_key(|word| std::cmp::Reverse(word.without));
        if !request.filters.is_empty() {
            help.without_filters = Some(count(query.clauses.clone(), &Filters::default())?);
        }
        Ok(help)
    }

    /// How many records of a kind answer a plan at one level.
    pub(super) fn count(
        &self,
        plan: &Plan<'_>,
        kind: Kind,
        strictness: Strictness,
        filters: &Filters,
    ) -> Result<u64, SearchError> {
        let compiler = Compiler { fields: self.fields, catalogue: self.catalogue };
        let level = compiler.level(plan, kind, strictness, false);
        let survey = Survey {
            filters,
            catalogue: self.catalogue,
            kinds: Kind::ALL.map(|one| one == kind),
            shown: None,
            order: Sort::Relevance,
            top: 0,
            after: None,
        };
        Ok(survey.of(&level, &self.engine)?.totals[kind as usize])
    }
}
