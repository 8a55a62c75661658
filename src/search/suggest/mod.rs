//! How does what is being typed go on?
//!
//! Answers with names that begin with it, contain it, or are read or abbreviated so in Latin letters:
//! people, institutions under all their names, journals, topics and titles of dossiers. The names of a
//! segment of the index are laid out once, see `state`.

mod answer;
mod mark;
mod names;
mod rank;
#[cfg(test)]
mod tests;
mod topics;

use serde::Serialize;
use utoipa::ToSchema;

pub(super) use names::Names;

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestRequest {
    /// The text so far.
    pub q: String,
    /// Of which kind suggestions are; `None` for any.
    pub kind: Option<SuggestKind>,
    /// How many at most.
    pub limit: usize,
}

/// What a suggestion names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SuggestKind {
    /// A contributor (完成人).
    Person,
    /// A completing institution or employer (单位).
    Institution,
    /// A journal (期刊).
    Journal,
    /// A topic of dossiers (主题).
    Topic,
    /// A dossier by its title (项目).
    Dossier,
}

impl SuggestKind {
    /// All kinds.
    pub const ALL: [SuggestKind; 5] = [
        SuggestKind::Person,
        SuggestKind::Institution,
        SuggestKind::Journal,
        SuggestKind::Topic,
        SuggestKind::Dossier,
    ];

    /// The name in addresses and answers.
    pub const fn name(self) -> &'static str {
        match self {
            SuggestKind::Person => "person",
            SuggestKind::Institution => "institution",
            SuggestKind::Journal => "journal",
            SuggestKind::Topic => "topic",
            SuggestKind::Dossier => "dossier",
        }
    }
}

/// The answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SuggestResponse {
    /// The text as it was given.
    pub query: String,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// The likeliest first.
    pub suggestions: Vec<Suggestion>,
}

/// One way to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// What it names.
    pub kind: SuggestKind,
    /// The name as it is shown and searched.
    pub text: String,
    /// Stable address; absent on topics.
    pub id: Option<String>,
    /// How many dossiers stand behind it.
    pub count: u64,
    /// What tells it from others: of a person the institution, of an institution the other name that was
    /// met, of a dossier award and year.
    pub detail: Option<String>,
    /// What of the text was typed: ranges of its characters.
    pub marks: Vec<[usize; 2]>,
}
