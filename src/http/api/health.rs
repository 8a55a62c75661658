use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{NoParams, Params},
    },
    search::SearchRequest,
};

/// How the service is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok` or `ready`.
    status: &'static str,
}

/// Says that the process is alive; asks neither store nor index.
#[utoipa::path(
    get, path = "/healthz", tag = "service",
    responses((status = 200, description = "Alive", body = Health))
)]
pub(crate) async fn alive(_: Params<NoParams>) -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Says whether store and index answer.
#[utoipa::path(
    get, path = "/readyz", tag = "service",
    responses(
        (status = 200, description = "Store and index answer", body = Health),
        (status = 503, description = "They do not, or the queue is full", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn ready(
    State(state): State<AppState>,
    _: Params<NoParams>,
) -> Result<Json<Health>, ApiError> {
    let request = SearchRequest { limit: 1, ..SearchRequest::default() };
    let answer = state.ask(move |archive| -> Result<(), ApiError> {
        archive.store().last_change()?;
        archive.search(&request)?;
        Ok(())
    });
    answer.await.map_err(|error| ApiError::NotReady(Box::new(error)))?;
    Ok(Json(Health { status: "ready" }))
}
