use axum::{Json, extract::State};

use super::List;
use crate::{
    domain::ReusedWork,
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{Params, ReuseParams},
    },
};

/// Lists papers and rights that several dossiers list, or one dossier more than once.
#[utoipa::path(
    get, path = "/api/v1/reuse", tag = "records",
    params(Params<ReuseParams>),
    responses(
        (status = 200, description = "Works with every listing of them", body = List<ReusedWork>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    Params(ReuseParams(filter)): Params<ReuseParams>,
) -> Result<Json<List<ReusedWork>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().reuse(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}
