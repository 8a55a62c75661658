use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{List, record::record};
use crate::{
    domain::{Dossier, DossierSummary, Kind},
    http::{
        AppState,
        access::MayWrite,
        error::{ApiError, Problem},
        params::{ListParams, NoParams, Params, RecordParams, UploadParams},
        upload::Upload,
    },
    store::PutStatus,
};

/// What became of an uploaded file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Added {
    /// The address of the document.
    id: String,
    /// `added`, `updated` or `unchanged`.
    status: PutStatus,
}

/// Lists documents.
#[utoipa::path(
    get, path = "/api/v1/dossiers", tag = "dossiers",
    params(Params<ListParams>),
    responses(
        (status = 200, description = "A page of the list", body = List<DossierSummary>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    Params(ListParams(filter)): Params<ListParams>,
) -> Result<Json<List<DossierSummary>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().dossiers(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Shows a document as it was understood.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{id}", tag = "dossiers",
    params(("id" = String, Path, description = "Id of the document"), Params<RecordParams>),
    responses(
        (status = 200, description = "The document; a file in a format other than json", body = Dossier),
        (status = 404, description = "No such document", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "Removed by a decision", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RecordParams(format)): Params<RecordParams>,
) -> Result<Response, ApiError> {
    record(&state, Kind::Dossier, id, format, |store, id| store.dossier(id)).await
}

/// Shows the stored text that all spans of a document point into.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{id}/source", tag = "dossiers",
    params(("id" = String, Path, description = "Id of the document")),
    responses(
        (status = 200, description = "The text", body = String, content_type = "text/plain; charset=utf-8"),
        (status = 404, description = "No such document", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "Removed by a decision", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn source(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<impl IntoResponse, ApiError> {
    let text = state.find("dossier", id, |store, id| store.source_text(id)).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text))
}

/// Reads a file, keeps it and makes it searchable; durable when answered.
#[utoipa::path(
    post, path = "/api/v1/dossiers", tag = "dossiers",
    params(Params<UploadParams>),
    request_body(content = String, content_type = "application/octet-stream",
                 description = "The file itself; Content-Type or 'filename' tells its format"),
    responses(
        (status = 201, description = "Kept and searchable", body = Added),
        (status = 401, description = "The key is missing or wrong", body = Problem,
         content_type = "application/problem+json"),
        (status = 403, description = "Changes are not taken from there", body = Problem,
         content_type = "application/problem+json"),
        (status = 409, description = "The document was removed by a decision", body = Problem,
         content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem,
         content_type = "application/problem+json"),
        (status = 415, description = "This type of body is not read", body = Problem,
         content_type = "application/problem+json"),
        (status = 422, description = "The file cannot be read", body = Problem,
         content_type = "application/problem+json"),
    ),
    security(("bearer" = []), ("key" = []), ())
)]
pub(crate) async fn add(
    State(state): State<AppState>,
    upload: Upload,
) -> Result<impl IntoResponse, ApiError> {
    let put = state.change(move |archive| archive.add(&upload.name, &upload.bytes)).await?;
    let location = format!("/api/v1/dossiers/{}", put.id);
    let added = Added { id: put.id, status: put.status };
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(added)))
}

/// Removes a document and what only it said.
#[utoipa::path(
    delete, path = "/api/v1/dossiers/{id}", tag = "dossiers",
    params(("id" = String, Path, description = "Id of the document")),
    responses(
        (status = 204, description = "Removed"),
        (status = 401, description = "The key is missing or wrong", body = Problem,
         content_type = "application/problem+json"),
        (status = 403, description = "Changes are not taken from there", body = Problem,
         content_type = "application/problem+json"),
        (status = 404, description = "No such document", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "Removed by a decision", body = Problem,
         content_type = "application/problem+json"),
    ),
    security(("bearer" = []), ("key" = []), ())
)]
pub(crate) async fn remove(
    State(state): State<AppState>,
    _: MayWrite,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<StatusCode, ApiError> {
    state
        .change(move |archive| match archive.remove(&id)? {
            true => Ok(StatusCode::NO_CONTENT),
            false => Err(ApiError::absent(archive.store(), "dossier", &id)),
        })
        .await
}
