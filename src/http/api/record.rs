use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    domain::Kind,
    export::{Format, Record, record_as},
    http::{AppState, download, error::ApiError},
    store::{Store, StoreError},
};

/// Answers a record as JSON, or as a file in the format asked for.
pub(super) async fn record<T: Serialize + Send + 'static>(
    state: &AppState,
    kind: Kind,
    id: String,
    format: Option<Format>,
    look_up: impl FnOnce(&Store, &str) -> Result<Option<T>, StoreError> + Send + 'static,
) -> Result<Response, ApiError> {
    let (what, folder) = address(kind);
    let Some(format) = format else {
        return Ok(Json(state.find_or_follow(what, folder, id, look_up).await?).into_response());
    };
    let name = id.clone();
    let written = state.find_or_follow(what, folder, id, move |store, id| {
        let found = Record::find(store, kind, id)?;
        found.map(|record| record_as(&record, format)).transpose().map_err(ApiError::from)
    });
    Ok(download::file(written.await?, format, &name))
}

/// How a record of a kind is called, and the address before its id.
const fn address(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Dossier => ("dossier", "/api/v1/dossiers"),
        Kind::Person => ("person", "/api/v1/people"),
        Kind::Institution => ("institution", "/api/v1/institutions"),
        Kind::Journal => ("journal", "/api/v1/journals"),
        Kind::Paper => ("paper", "/api/v1/papers"),
        Kind::Ip => ("intellectual property", "/api/v1/ip"),
        Kind::Claim => ("claim", "/api/v1/claims"),
        Kind::Contribution => ("contribution", "/api/v1/contributions"),
    }
}
