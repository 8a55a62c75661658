use serde::Serialize;
use utoipa::ToSchema;

use super::{ReconcileError, TYPES};
use crate::{
    domain::Kind,
    ingest::Archive,
    search::{SuggestKind, SuggestRequest},
};

/// What is being typed goes on so.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Suggested {
    /// Stable address, or the identifier of a type or a property.
    pub id: String,
    /// As it is shown.
    pub name: String,
    /// What tells it from others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it is.
    #[schema(value_type = Vec<Object>)]
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_types")]
    pub notable: Option<Kind>,
}

fn as_types<S: serde::Serializer>(kind: &Option<Kind>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer
        .collect_seq(kind.iter().map(|kind| serde_json::json!({"id": kind.name(), "name": kind.label()})))
}

/// Finds records whose names begin so, of one type or of any; passes over the first `skip`.
///
/// # Errors
/// Where the index cannot answer.
pub fn entities(
    archive: &Archive,
    prefix: &str,
    kind: Option<Kind>,
    skip: usize,
    limit: usize,
) -> Result<Vec<Suggested>, ReconcileError> {
    let kinds = kind.map_or(TYPES.to_vec(), |kind| vec![kind]);
    let mut found = Vec::new();
    for kind in kinds {
        let suggested = SuggestKind::ALL.into_iter().find(|suggested| suggested.name() == kind.name());
        let request = SuggestRequest { q: prefix.to_owned(), kind: suggested, limit: skip + limit };
        found.extend(archive.suggest(&request)?.suggestions.into_iter().map(|one| (kind, one)));
    }
    // The records behind which most stands come first, as within one kind.
    if kind.is_none() {
        found.sort_by_key(|(_, one)| std::cmp::Reverse(one.count));
    }
    let shown = found.into_iter().filter_map(|(kind, one)| {
        Some(Suggested { id: one.id?, name: one.text, description: one.detail, notable: Some(kind) })
    });
    Ok(shown.skip(skip).take(limit).collect())
}
