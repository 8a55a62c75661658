//! Which records answer, in which order, and why?
//!
//! Answers with the hits of one kind, the totals of all kinds, the counts of every facet and the
//! passages that match.
//!
//! Invariants: the count of a facet's value is the total after choosing it (a facet's own choice does
//! not shrink its list); how far a query is relaxed depends on the query and the kind alone, never on
//! filters; equal scores are ordered by address. Must not know SQL, HTTP or how a document was read.

mod collect;
mod columns;
mod compile;
mod cursor;
mod error;
mod facets;
mod filter;
mod matching;
mod request;
mod searcher;
mod snippet;
#[cfg(test)]
mod tests;
mod text_query;

pub use cursor::Cursor;
pub use error::SearchError;
pub use request::{FacetCount, Hit, NOT_PRINTED, SearchRequest, SearchResponse, Snippet, Sort};
pub use searcher::Searcher;
