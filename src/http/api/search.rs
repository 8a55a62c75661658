use axum::extract::State;

use crate::{
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{Params, SearchParams},
        written::Written,
    },
    search::SearchResponse,
};

/// Searches records of one kind, with the totals of every kind and the facets.
#[utoipa::path(
    get, path = "/api/v1/search", tag = "search",
    params(Params<SearchParams>),
    responses(
        (status = 200, description = "Hits, totals and facets", body = SearchResponse),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
        (status = 503, description = "Too many requests at a time; see Retry-After", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn search(
    State(state): State<AppState>,
    Params(SearchParams(request)): Params<SearchParams>,
) -> Result<Written, ApiError> {
    state.ask_in_place(move |archive| Written::new(&archive.search(&request)?)).await
}
