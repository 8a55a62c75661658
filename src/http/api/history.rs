use axum::{
    Json,
    extract::{Path, State},
};

use crate::{
    domain::{History, Kind},
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{NoParams, Params},
    },
};

/// Tells what was decided about a document, and when it came.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{id}/history", tag = "decisions",
    params(("id" = String, Path, description = "Id of the dossier")),
    responses(
        (status = 200, description = "What was decided, when and why", body = History),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn dossier(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<History>, ApiError> {
    state.find("dossier", id, |store, id| store.history(Kind::Dossier, id)).await.map(Json)
}

/// Tells what was decided about a person; a removed one is not named.
#[utoipa::path(
    get, path = "/api/v1/people/{id}/history", tag = "decisions",
    params(("id" = String, Path, description = "Id of the person")),
    responses(
        (status = 200, description = "What was decided, when and why", body = History),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn person(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<History>, ApiError> {
    state.find("person", id, |store, id| store.history(Kind::Person, id)).await.map(Json)
}

/// Tells what was decided about an institution.
#[utoipa::path(
    get, path = "/api/v1/institutions/{id}/history", tag = "decisions",
    params(("id" = String, Path, description = "Id of the institution")),
    responses(
        (status = 200, description = "What was decided, when and why", body = History),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn institution(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<History>, ApiError> {
    state.find("institution", id, |store, id| store.history(Kind::Institution, id)).await.map(Json)
}
