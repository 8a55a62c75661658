use axum::{Json, extract::State};

use crate::{
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{Params, SuggestParams},
    },
    search::SuggestResponse,
};

/// Completes what is being typed: people, institutions, journals, topics and dossiers, each with the
/// number of dossiers that stand behind it.
#[utoipa::path(
    get, path = "/api/v1/suggest", tag = "search",
    params(Params<SuggestParams>),
    responses(
        (status = 200, description = "Suggestions, the likeliest first", body = SuggestResponse),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
        (status = 503, description = "Too many requests at a time; see Retry-After", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn suggest(
    State(state): State<AppState>,
    Params(SuggestParams(request)): Params<SuggestParams>,
) -> Result<Json<SuggestResponse>, ApiError> {
    state.ask_in_place(move |archive| archive.suggest(&request)).await.map(Json)
}
