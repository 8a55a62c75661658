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
    let what = if kind == Kind::Ip { "intellectual property" } else { kind.name() };
    let Some(format) = format else {
        return Ok(Json(state.find(what, id, look_up).await?).into_response());
    };
    let name = id.clone();
    let written = state.find(what, id, move |store, id| {
        let found = Record::find(store, kind, id)?;
        found.map(|record| record_as(&record, format)).transpose().map_err(ApiError::from)
    });
    Ok(download::file(written.await?, format, &name))
}
