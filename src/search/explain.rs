use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::DocAddress;
use utoipa::ToSchema;

use super::{
    engine::Engine,
    plan::Plan,
    strictness::Strictness,
    weights::{WEIGHTS, Weights},
};
use crate::{index::Family, query::Query};

/// How a query was understood and what its hits are ordered by.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Explanation {
    /// The query, printed back as it was understood.
    pub query: String,
    /// How much of it was asked for: `all`, `every_term`, `most_terms` or `some_terms`.
    pub level: &'static str,
    /// What was looked for at this level.
    pub terms: Vec<String>,
    /// The terms by which hits are ranked besides.
    pub ranking: Vec<String>,
    /// How much each part of a score counts.
    pub weights: BTreeMap<String, f32>,
}

/// A part of the score of a hit; all parts together are the score.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScorePart {
    /// What was found: `name`, `body`, `context`, `dossier` (what its dossier says of itself), `whole_name`, `identifier`, `identifier_start`, `words`,
    /// `body_word`, `context_word`, and of a name in Latin letters `printed_name`, `reading`, `other_reading` or
    /// `initials`; `coverage` for each word that is there at all.
    pub part: &'static str,
    /// The text that was found.
    pub text: String,
    /// What it adds to the score.
    pub score: f32,
}

/// Says how a query was understood.
pub(super) fn explanation(query: &Query, plan: &Plan<'_>, strictness: Strictness) -> Explanation {
    Explanation {
        query: query.to_string(),
        level: strictness.name(),
        terms: plan.terms(strictness),
        ranking: plan.ranking.clone(),
        weights: Weights::listed(),
    }
}

/// The parts of the score of a record, the greatest first.
pub(super) fn parts(
    engine: &Engine<'_>,
    address: DocAddress,
    plan: &Plan<'_>,
    strictness: Strictness,
    family: &Family,
) -> tantivy::Result<Vec<ScorePart>> {
    let mut parts = Vec::new();
    for ways in plan.scored(strictness, family) {
        let mut found: Vec<ScorePart> = Vec::new();
        for way in ways {
            let scores = engine.scores(&way.node, address.segment_ord as usize, &[address.doc_id])?;
            let found_here = scores.first().copied().filter(|score| *score > 0.0);
            found.extend(found_here.map(|score| ScorePart { part: way.part, text: way.text, score }));
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        // As in the query: the best way counts full.
        found.iter_mut().skip(1).for_each(|part| part.score *= WEIGHTS.tie_breaker);
        parts.extend(found);
    }
    parts.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(parts)
}
