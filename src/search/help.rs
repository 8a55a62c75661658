use serde::Serialize;
use utoipa::ToSchema;

/// Why nothing has all that was asked, word by word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Help {
    /// The words, phrases and fields of the query, those first without which most is left.
    pub words: Vec<WordHelp>,
    /// How many records would answer without the chosen values of facets; absent where none is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_filters: Option<u64>,
}

/// What one word of a query does to its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WordHelp {
    /// As it was typed.
    pub word: String,
    /// How many records it finds alone; 0 means that it stands nowhere.
    pub alone: u64,
    /// How many records have all the rest of the query.
    pub without: u64,
    /// The rest of the query.
    pub rest: String,
}

/// The words looked at; each costs two searches.
pub(super) const MAX_WORDS: usize = 8;
