use axum::{Json, extract::State};

use crate::{
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{AffiliationParams, Params},
    },
    resolve::AffiliationMatches,
};

/// Finds the institutions that a printed affiliation may mean: department, address and numbers are told from
/// names, and names are looked up by rule, by the names that dossiers print and by a list of second names. One
/// is chosen where it is clear; an institution that only the list knows has no id.
#[utoipa::path(
    get, path = "/api/v1/match/institutions", tag = "search",
    params(Params<AffiliationParams>),
    responses(
        (status = 200, description = "Institutions that fit, the best first", body = AffiliationMatches),
        (status = 400, description = "The affiliation is missing or too long, or a parameter is unknown",
         body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many requests at a time; see Retry-After", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn institutions(
    State(state): State<AppState>,
    Params(AffiliationParams(affiliation)): Params<AffiliationParams>,
) -> Result<Json<AffiliationMatches>, ApiError> {
    state.ask(move |archive| archive.match_institutions(&affiliation)).await.map(Json)
}
