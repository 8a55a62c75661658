use tantivy::{
    Term,
    query::{
        BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur,
        PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

use super::{sought::Sought, weights::WEIGHTS};
use crate::{
    analysis::{Atoms, phrase_terms, query_identifier},
    index::Family,
    text::fold_key,
};

/// To how many words the start of one may be completed.
const MAX_COMPLETIONS: u32 = 10_000;

/// One way in which a text may be found in a record.
pub(super) struct Way {
    /// What is found: the name of a weight.
    pub(super) part: &'static str,
    /// The text.
    pub(super) text: String,
    /// Scores as much as this way counts.
    pub(super) query: Box<dyn Query>,
}

impl Way {
    fn new(part: &'static str, text: &str, query: Box<dyn Query>) -> Self {
        Self { part, text: text.to_owned(), query }
    }
}

/// Matches records in whose name, body or context what is sought stands, or that it identifies. `None` where it
/// holds nothing that can be searched.
pub(super) fn anywhere(sought: &Sought, family: &Family) -> Option<Box<dyn Query>> {
    best(ways(sought, family))
}

/// Scores by the best of the ways, and by the others in part; `None` where there are none.
fn best(ways: Vec<Way>) -> Option<Box<dyn Query>> {
    let ways: Vec<_> = ways.into_iter().map(|way| way.query).collect();
    (!ways.is_empty())
        .then(|| Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, WEIGHTS.tie_breaker)) as Box<dyn Query>)
}

/// All ways in which what is sought may be found.
pub(super) fn ways(sought: &Sought, family: &Family) -> Vec<Way> {
    let mut ways = match sought.words.as_slice() {
        [text] => ways_of(text, family),
        words => {
            let all = words.iter().filter_map(|word| anywhere(&Sought::only(word), family));
            let all: Vec<_> = all.map(|query| (Occur::Must, query)).collect();
            if all.is_empty() {
                Vec::new()
            } else {
                vec![Way::new("words", &sought.text(), Box::new(BooleanQuery::new(all)))]
            }
        }
    };
    for form in &sought.forms {
        ways.extend(
            ways_of(form, family)
                .into_iter()
                .map(|way| Way { query: boosted(way.query, WEIGHTS.synonym), ..way }),
        );
    }
    ways
}

fn ways_of(text: &str, family: &Family) -> Vec<Way> {
    let phrases = [
        ("name", family.name, WEIGHTS.name),
        ("body", family.body, WEIGHTS.body),
        ("context", family.context, WEIGHTS.context),
    ];
    let mut ways: Vec<Way> = phrases
        .into_iter()
        .filter_map(|(part, field, weight)| Some(Way::new(part, text, boosted(phrase(text, field)?, weight))))
        .collect();
    if ways.is_empty() {
        return ways;
    }
    let whole = keyword(family.key, &fold_key(text));
    ways.push(Way::new("whole_name", text, constant(Box::new(whole), WEIGHTS.whole_name)));
    if let Some(key) = query_identifier(text) {
        let known = keyword(family.identifier, &key);
        ways.push(Way::new("identifier", text, constant(Box::new(known), WEIGHTS.identifier)));
        let begun = FuzzyTermQuery::new_prefix(Term::from_field_text(family.identifier, &key), 0, false);
        ways.push(Way::new("identifier_start", text, constant(Box::new(begun), WEIGHTS.identifier_start)));
    }
    ways
}

/// Matches records that have words starting with the text, in their name, body or context.
pub(super) fn starting(text: &str, family: &Family) -> Option<Box<dyn Query>> {
    best(starting_ways(text, family))
}

/// All ways in which words starting with the text may be found; a start that ends in Han is found like any text.
pub(super) fn starting_ways(text: &str, family: &Family) -> Vec<Way> {
    let atoms = Atoms::new(text);
    if atoms.is_empty() || atoms.get(atoms.len() - 1).han {
        return ways_of(text, family);
    }
    let starts = [
        ("name", family.name, WEIGHTS.name),
        ("body", family.body, WEIGHTS.body),
        ("context", family.context, WEIGHTS.context),
    ];
    let way = |(part, field, weight)| Some(Way::new(part, text, boosted(prefix(text, field)?, weight)));
    starts.into_iter().filter_map(way).collect()
}

/// Ranks records by a dictionary word in their body and context.
pub(super) fn ranking(word: &str, family: &Family) -> [Way; 2] {
    let fields = [
        ("body_word", family.body_word, WEIGHTS.body_word),
        ("context_word", family.context_word, WEIGHTS.context_word),
    ];
    fields.map(|(part, field, weight)| {
        let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
        Way::new(part, word, boosted(Box::new(term), weight))
    })
}

/// Adds a fixed score where what is sought stands anywhere.
pub(super) fn coverage(sought: &Sought, family: &Family) -> Option<Way> {
    let query = constant(anywhere(sought, family)?, WEIGHTS.coverage);
    Some(Way { part: "coverage", text: sought.text(), query })
}

/// Matches a text as a phrase of one recall field.
pub(super) fn phrase(text: &str, field: Field) -> Option<Box<dyn Query>> {
    let mut terms = terms(text, field);
    match terms.len() {
        0 => None,
        1 => Some(Box::new(TermQuery::new(terms.remove(0).1, IndexRecordOption::WithFreqs))),
        _ => Some(Box::new(PhraseQuery::new_with_offset(terms))),
    }
}

fn prefix(text: &str, field: Field) -> Option<Box<dyn Query>> {
    let terms = terms(text, field);
    if terms.is_empty() {
        return None;
    }
    let mut query = PhrasePrefixQuery::new_with_offset(terms);
    query.set_max_expansions(MAX_COMPLETIONS);
    Some(Box::new(query))
}

fn terms(text: &str, field: Field) -> Vec<(usize, Term)> {
    let terms = phrase_terms(text).into_iter();
    terms.map(|(position, term)| (position, Term::from_field_text(field, &term))).collect()
}

/// Matches a whole value of a keyword field.
pub(super) fn keyword(field: Field, value: &str) -> TermQuery {
    TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic)
}

/// Matches without a share in the order, or with a fixed one.
pub(super) fn constant(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}

fn boosted(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    if boost == 1.0 {
        return query;
    }
    Box::new(BoostQuery::new(query, boost))
}
