use axum::{Json, extract::State};

use super::List;
use crate::{
    audit::Finding,
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{AuditParams, Params},
    },
};

/// Lists what a reviewer should look at, in one dossier or in all: by outcome, severity and rule.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "records",
    params(Params<AuditParams>),
    responses(
        (status = 200, description = "Findings", body = List<Finding>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
        (status = 404, description = "No such dossier", body = Problem,
         content_type = "application/problem+json"),
        (status = 503, description = "Many dossiers have changed and are being compared", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    Params(AuditParams(filter)): Params<AuditParams>,
) -> Result<Json<List<Finding>>, ApiError> {
    let offset = filter.offset;
    let missing = ApiError::not_found("dossier", filter.dossier.as_deref().unwrap_or_default());
    let page = state.ask(move |archive| archive.findings(&filter)).await?.ok_or(missing)?;
    Ok(Json(List::new(page, offset)))
}
