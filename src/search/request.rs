use std::{collections::BTreeMap, fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{Cursor, Expansion, Explanation, Help, ScorePart, SearchError};
use crate::{
    domain::{DossierRef, Facet, Kind},
    index::PayloadError,
    text::Span,
};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// The query; empty asks for everything.
    pub q: String,
    /// Of which kind hits are.
    pub kind: Kind,
    /// Values of one facet are alternatives, facets are conditions. A value is a label or an address;
    /// of the year also a range.
    pub filters: Vec<(Facet, String)>,
    /// In which order.
    pub sort: Sort,
    /// How many hits at most.
    pub limit: usize,
    /// How many to pass over.
    pub offset: usize,
    /// Whether words stand for other forms of the same thing as well.
    pub synonyms: bool,
    /// Whether to say how hits are ordered.
    pub explain: bool,
    /// The place behind which the page begins, instead of `offset`.
    pub cursor: Option<Cursor>,
    /// How many values of a facet at most.
    pub facet_limit: usize,
    /// Only values that contain the text are listed; their counts are the same.
    pub facet_q: Vec<(Facet, String)>,
}

/// The value of a facet that stands for having none.
pub const NOT_PRINTED: &str = "-";

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            q: String::new(),
            kind: Kind::Dossier,
            filters: Vec::new(),
            sort: Sort::Relevance,
            limit: 20,
            offset: 0,
            synonyms: true,
            explain: false,
            cursor: None,
            facet_limit: 100,
            facet_q: Vec::new(),
        }
    }
}

/// The order of hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best first; the latest year first where nothing is asked that could rank.
    #[default]
    Relevance,
    /// Latest year first, then by title.
    Year,
    /// By title.
    Title,
    /// Most cited first: papers by their citations, other records by those of the papers tied to them.
    Citations,
    /// By the printed rank of contributions, people and institutions, the first one first.
    Rank,
}

impl Sort {
    /// All orders.
    pub const ALL: [Sort; 5] = [Sort::Relevance, Sort::Year, Sort::Title, Sort::Citations, Sort::Rank];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Year => "year",
            Sort::Title => "title",
            Sort::Citations => "citations",
            Sort::Rank => "rank",
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Sort {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Sort::ALL.into_iter().find(|sort| sort.name() == name).ok_or_else(|| {
            let known: Vec<_> = Sort::ALL.iter().map(|sort| sort.name()).collect();
            format!("unknown sort '{name}', expected one of {}", known.join(", "))
        })
    }
}

/// The answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SearchResponse {
    /// The query as it was given.
    pub query: String,
    /// Of which kind hits are.
    pub kind: Kind,
    /// How many records answer.
    pub total: u64,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// Whether nothing has all that was asked and these hits have a part of it.
    pub relaxed: bool,
    /// Totals of every kind for the same query and filters.
    #[schema(value_type = BTreeMap<String, u64>)]
    pub kinds: BTreeMap<Kind, u64>,
    /// The records of this page.
    pub hits: Vec<Hit>,
    /// What else the hits could be narrowed to.
    #[schema(value_type = BTreeMap<String, Vec<FacetCount>>)]
    pub facets: BTreeMap<Facet, Vec<FacetCount>>,
    /// How many values each facet has in all; `facets` lists the first of them.
    #[schema(value_type = BTreeMap<String, u64>)]
    pub facet_values: BTreeMap<Facet, u64>,
    /// How many hits have no value of a facet: the total after choosing `-`.
    #[schema(value_type = BTreeMap<String, u64>)]
    pub missing: BTreeMap<Facet, u64>,
    /// Give it as `cursor` to get the next page; `null` at the end.
    pub next_cursor: Option<String>,
    /// What could not be read as it was written.
    pub warnings: Vec<String>,
    /// A likely other spelling.
    pub did_you_mean: Option<String>,
    /// Words that were searched in other forms as well; `synonyms=false` leaves that out.
    pub synonyms: Vec<Expansion>,
    /// What each word does, where nothing has all that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Help>,
    /// How the query was understood, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Explanation>,
}

/// A record that answers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hit {
    /// Stable address.
    pub id: String,
    /// What it is about.
    pub kind: Kind,
    /// As a list shows it.
    pub title: String,
    /// Higher is better, within one answer.
    pub score: f32,
    /// The dossier it belongs to; absent on dossiers, persons, institutions and journals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dossier: Option<DossierRef>,
    /// Why it answers.
    pub snippets: Vec<Snippet>,
    /// The fields that a list shows.
    #[schema(value_type = Object)]
    pub record: Box<RawValue>,
    /// The parts of the score, the greatest first, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Vec<ScorePart>>,
}

impl Hit {
    /// Reads the fields that a list shows.
    ///
    /// # Errors
    /// Where what the index keeps is no JSON.
    pub fn shown(&self) -> Result<serde_json::Value, SearchError> {
        Ok(serde_json::from_str(self.record.get()).map_err(PayloadError::from)?)
    }
}

/// A passage that matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Snippet {
    /// Where it is from: `contributors[0].contribution`, `text`, …
    pub field: String,
    /// The passage as printed.
    pub text: String,
    /// What matches: ranges of characters of `text`.
    pub marks: Vec<[usize; 2]>,
    /// Byte range in the source text, where it is known.
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
}

/// How many hits have a value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetCount {
    /// As it is shown and as it is asked for.
    #[serde(serialize_with = "text")]
    #[schema(value_type = String)]
    pub value: Arc<str>,
    /// The entity's address, where there is exactly one of this name.
    #[serde(serialize_with = "optional_text")]
    #[schema(value_type = Option<String>)]
    pub id: Option<Arc<str>>,
    /// The total after choosing it.
    pub count: u64,
}

fn text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

fn optional_text<S: Serializer>(text: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    text.as_deref().serialize(serializer)
}
