use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};

use super::{List, record::record};
use crate::{
    domain::{Contribution, Kind},
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{ContributionParams, Params, RecordParams},
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
    params(("id" = String, Path, description = "Id of the contribution"), Params<RecordParams>),
    responses(
        (status = 200, description = "The contribution; a file in a format other than json", body = Contribution),
        (status = 404, description = "No such contribution", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RecordParams(format)): Params<RecordParams>,
) -> Result<Response, ApiError> {
    record(&state, Kind::Contribution, id, format, |store, id| store.contribution(id)).await
}
