//! Which records answer, in which order, and why?
//!
//! Answers with the hits of one kind, the totals of all kinds, the counts of every facet and the
//! passages that match.
//!
//! Invariants: the count of a facet's value is the total after choosing it (a facet's own choice does
//! not shrink its list); how far a query is relaxed depends on the query and the kind alone, never on
//! filters; equal scores are ordered by address. Must not know SQL, HTTP or how a document was read.

mod bits;
mod called;
mod collect;
mod columns;
mod company_name;
mod compile;
mod counts;
mod cursor;
mod engine;
mod english_name;
mod error;
mod explain;
mod facets;
mod filter;
mod help;
mod kept;
mod lists;
mod look;
mod matching;
mod name_forms;
mod name_readings;
mod near_han;
mod near_latin;
mod node;
mod offer;
#[cfg(test)]
mod offer_tests;
mod phrases;
mod places;
mod plan;
mod postings;
mod ranking;
mod request;
mod searcher;
mod segment_names;
mod segment_values;
mod snippet;
mod sought;
mod spelled;
#[cfg(test)]
mod spelled_tests;
mod spelling;
mod state;
mod strictness;
mod suggest;
#[cfg(test)]
mod tests;
mod text_query;
mod threads;
#[cfg(test)]
mod understanding_tests;
mod units;
mod weights;

pub use cursor::Cursor;
pub use error::SearchError;
pub use explain::{Explanation, ScorePart};
pub use help::{Help, WordHelp};
pub use request::{FacetCount, Hit, NOT_PRINTED, SearchRequest, SearchResponse, Snippet, Sort};
pub use searcher::Searcher;
pub use sought::Expansion;
pub use suggest::{SuggestKind, SuggestRequest, SuggestResponse, Suggestion};
