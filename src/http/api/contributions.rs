use axum::{
    Json,
    extract::{Path, State},
};

use super::List;
use crate::{
    domain::Contribution,
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{ContributionParams, NoParams, Params},
    },
};

/// Lists who contributed what, by dossier and rank.
#[utoipa::path(
    get, path = "/api/v1/contributions", tag = "records",
    params(Params<ContributionParams>),
    responses(
        (status = 200, description = "Contributions", body = List<Contribution>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    Params(ContributionParams(filter)): Params<ContributionParams>,
) -> Result<Json<List<Contribution>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().contributions(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Shows one contribution.
#[utoipa::path(
    get, path = "/api/v1/contributions/{id}", tag = "records",
    params(("id" = String, Path, description = "Id of the contribution")),
    responses(
        (status = 200, description = "The contribution", body = Contribution),
        (status = 404, description = "No such contribution", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<Contribution>, ApiError> {
    state.find("contribution", id, |store, id| store.contribution(id)).await.map(Json)
}
