use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DossierRef, EntityRef, Kind};
use crate::text::Span;

/// Why several mentions are one record (同一依据).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Join {
    /// Person or institution.
    pub kind: Kind,
    /// The record.
    pub record: EntityRef,
    /// `same-name-and-institution`, `printed-alias`, `latin-name`, …
    pub method: String,
    /// How sure it is, 0 to 1.
    pub score: f64,
    /// What the mentions have in common: an institution, the title of a paper, of a right or of a project; of a
    /// decision, its reason.
    pub shared: Option<String>,
    /// The decision that it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<u64>,
    /// In how many documents that is printed.
    pub documents: u64,
    /// Where it is printed; of many documents, some.
    pub evidence: Vec<JoinEvidence>,
}

/// Where something is printed that makes mentions one, or nearly.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JoinEvidence {
    /// In which document.
    pub dossier: DossierRef,
    /// In which field: `papers[3].authors`.
    pub field: String,
    /// The name as printed there.
    pub printed: String,
    /// The sentence that says so, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where in the source the sentence stands, else the name, else the field.
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
}

/// Two that may be one and were not made one (近似提示).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IdentitySuggestion {
    /// Person or institution.
    pub kind: Kind,
    /// The record.
    pub record: EntityRef,
    /// The other one.
    pub other: SuggestedRecord,
    /// `near-name`, …
    pub method: String,
    /// How likely they are one, 0 to 1.
    pub score: f64,
    /// What they have in common besides.
    pub shared: Option<String>,
    /// Where both are printed.
    pub evidence: Vec<JoinEvidence>,
}

/// A record, or a name that has none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SuggestedRecord {
    /// Stable address; `null` for a name among the authors or holders of a document.
    pub id: Option<String>,
    /// As printed.
    pub name: String,
}
