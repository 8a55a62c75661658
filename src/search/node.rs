use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::{Term, query::Query, schema::Field};

use crate::analysis::{PhraseTerms, phrase_terms};

/// What is asked of records. A record that a node matches has a score above 0, unless the node is [`Node::Fixed`] at 0.
#[derive(Debug)]
pub(super) enum Node {
    /// Every record; it adds nothing.
    Every,
    /// A text in a recall field: scores by BM25.
    Phrase(Phrase),
    /// A dictionary word: scores by BM25.
    Word(Term),
    /// A whole value of a keyword field: scores 1.
    Value(Term),
    /// What the index library finds by itself; the number tells it from others.
    Library(Box<dyn Query>, u64),
    /// What the dossier of a record says of itself.
    OfDossier(Box<Node>),
    /// All of them; scores add up.
    All(Vec<Node>),
    /// One of them or more; scores add up.
    Any(Vec<Node>),
    /// So many of them or more; scores add up.
    AtLeast(usize, Vec<Node>),
    /// One of them or more; the best scores full, the others by the tie breaker.
    Best(Vec<Node>),
    /// Scores so many times as much.
    Times(Box<Node>, f32),
    /// Scores as much as that.
    Fixed(Box<Node>, f32),
}

/// A text as terms of one recall field.
#[derive(Debug)]
pub(super) struct Phrase {
    /// They stand at their distances from each other.
    pub(super) terms: Vec<(usize, Term)>,
    /// They stand wherever the phrase does.
    pub(super) between: Vec<Term>,
}

impl Node {
    /// A text as a phrase of one recall field; `None` where it holds nothing that can be searched.
    pub(super) fn phrase(text: &str, field: Field) -> Option<Self> {
        Self::phrase_of(&phrase_terms(text), field)
    }

    /// The terms of a text as a phrase of one recall field; `None` where there are none.
    pub(super) fn phrase_of(terms: &PhraseTerms, field: Field) -> Option<Self> {
        let term = |text: &str| Term::from_field_text(field, text);
        let between = terms.between.iter().map(|text| term(text)).collect();
        let terms: Vec<_> = terms.terms.iter().map(|(position, text)| (*position, term(text))).collect();
        (!terms.is_empty()).then_some(Self::Phrase(Phrase { terms, between }))
    }

    /// A whole value of a keyword field.
    pub(super) fn value(field: Field, value: &str) -> Self {
        Self::Value(Term::from_field_text(field, value))
    }

    /// What the index library finds by itself.
    pub(super) fn library(query: impl Query) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        Self::Library(Box::new(query), NUMBER.fetch_add(1, Ordering::Relaxed))
    }

    /// Scores so many times as much.
    pub(super) fn times(self, factor: f32) -> Self {
        Self::Times(Box::new(self), factor)
    }

    /// Scores as much as that.
    pub(super) fn fixed(self, score: f32) -> Self {
        Self::Fixed(Box::new(self), score)
    }

    /// Matches without a share in the order.
    pub(super) fn unranked(nodes: Vec<Node>) -> Self {
        Self::Any(nodes).fixed(0.0)
    }
}
