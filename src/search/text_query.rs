use tantivy::{
    Term,
    query::{
        BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
    },
    schema::{Field, IndexRecordOption},
};

use crate::{
    analysis::{Atoms, phrase_terms, query_identifier},
    index::Family,
    text::fold_key,
};

const NAME_BOOST: f32 = 8.0;
const CONTEXT_BOOST: f32 = 0.3;
const WORD_BOOST: f32 = 0.4;
const CONTEXT_WORD_BOOST: f32 = 0.1;
/// Above what any phrase in a name reaches.
const WHOLE_NAME_SCORE: f32 = 200.0;
const IDENTIFIER_SCORE: f32 = 300.0;
const TIE_BREAKER: f32 = 0.1;
/// To how many words the start of one may be completed.
const MAX_COMPLETIONS: u32 = 10_000;

/// Matches records in whose name, body or context the text stands as a phrase, or that it identifies.
/// `None` where the text holds nothing that can be searched.
pub(super) fn anywhere(text: &str, family: &Family) -> Option<Box<dyn Query>> {
    let mut ways: Vec<Box<dyn Query>> = vec![
        boosted(phrase(text, family.name)?, NAME_BOOST),
        phrase(text, family.body)?,
        boosted(phrase(text, family.context)?, CONTEXT_BOOST),
        constant(Box::new(keyword(family.key, &fold_key(text))), WHOLE_NAME_SCORE),
    ];
    if let Some(key) = query_identifier(text) {
        ways.push(constant(Box::new(keyword(family.identifier, &key)), IDENTIFIER_SCORE));
    }
    Some(Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER)))
}

/// Matches records that have words starting with the text, in their name, body or context.
pub(super) fn starting(text: &str, family: &Family) -> Option<Box<dyn Query>> {
    let atoms = Atoms::new(text);
    if atoms.is_empty() || atoms.get(atoms.len() - 1).han {
        return anywhere(text, family);
    }
    let ways: Vec<Box<dyn Query>> = vec![
        boosted(prefix(text, family.name)?, NAME_BOOST),
        prefix(text, family.body)?,
        boosted(prefix(text, family.context)?, CONTEXT_BOOST),
    ];
    Some(Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER)))
}

/// Ranks records by a dictionary word in their body and context.
pub(super) fn ranking(word: &str, family: &Family) -> [Box<dyn Query>; 2] {
    [(family.body_word, WORD_BOOST), (family.context_word, CONTEXT_WORD_BOOST)].map(|(field, boost)| {
        let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
        boosted(Box::new(term), boost)
    })
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
    Box::new(BoostQuery::new(query, boost))
}
