use axum::{extract::State, response::Response};

use crate::{
    export::Export,
    http::{
        AppState, download,
        error::{ApiError, Problem},
        params::{ExportParams, Params},
    },
};

/// Writes all records of a kind, or those that a search finds, as one file.
#[utoipa::path(
    get, path = "/api/v1/export", tag = "export",
    params(Params<ExportParams>),
    responses(
        (status = 200, description = "The file, streamed", body = String,
         content_type = "application/jsonl; charset=utf-8"),
        (status = 400, description = "A parameter is unknown, or the format has no form for the kind",
         body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn export(
    State(state): State<AppState>,
    Params(ExportParams { selection, format }): Params<ExportParams>,
) -> Result<Response, ApiError> {
    let name = format!("dossier-{}", selection.kind());
    let export = Export::new(selection, format)?;
    download::streamed(state, export, format, &name).await
}
