use axum::{Json, extract::State};

use super::List;
use crate::{
    domain::{IdentitySuggestion, Join},
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{JoinParams, Params},
    },
};

/// Lists why mentions are one record: by which method, how surely, and what is printed for it.
#[utoipa::path(
    get, path = "/api/v1/joins", tag = "records",
    params(Params<JoinParams>),
    responses(
        (status = 200, description = "Joins, by record", body = List<Join>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn joins(
    State(state): State<AppState>,
    Params(JoinParams(filter)): Params<JoinParams>,
) -> Result<Json<List<Join>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().joins(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Lists records that may be one and were not made one.
#[utoipa::path(
    get, path = "/api/v1/suggestions", tag = "records",
    params(Params<JoinParams>),
    responses(
        (status = 200, description = "Suggestions, the likeliest first", body = List<IdentitySuggestion>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn suggestions(
    State(state): State<AppState>,
    Params(JoinParams(filter)): Params<JoinParams>,
) -> Result<Json<List<IdentitySuggestion>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().identity_suggestions(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}
