use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};

use super::{List, record::record};
use crate::{
    domain::{ClaimRecord, InstitutionRecord, IpRecord, JournalRecord, Kind, PaperRecord, PersonRecord},
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{ListParams, Params, RecordParams},
    },
    store::Listed,
};

/// Lists people.
#[utoipa::path(
    get, path = "/api/v1/people", tag = "records",
    params(Params<ListParams>),
    responses(
        (status = 200, description = "A page of the list", body = List<Listed>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn people(
    State(state): State<AppState>,
    Params(ListParams(filter)): Params<ListParams>,
) -> Result<Json<List<Listed>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().people(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Shows a person with contributions, papers, rights and co-contributors.
#[utoipa::path(
    get, path = "/api/v1/people/{id}", tag = "records",
    params(("id" = String, Path, description = "Id of the person"), Params<RecordParams>),
    responses(
        (status = 200, description = "The record; a file in a format other than json", body = PersonRecord),
        (status = 301, description = "The person was made one with another, whose address is given"),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
        (status = 410, description = "Removed by a decision", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn person(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RecordParams(format)): Params<RecordParams>,
) -> Result<Response, ApiError> {
    record(&state, Kind::Person, id, format, |store, id| store.person(id)).await
}

/// Lists institutions.
#[utoipa::path(
    get, path = "/api/v1/institutions", tag = "records",
    params(Params<ListParams>),
    responses(
        (status = 200, description = "A page of the list", body = List<Listed>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn institutions(
    State(state): State<AppState>,
    Params(ListParams(filter)): Params<ListParams>,
) -> Result<Json<List<Listed>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().institutions(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Shows an institution with its other names, dossiers and people.
#[utoipa::path(
    get, path = "/api/v1/institutions/{id}", tag = "records",
    params(("id" = String, Path, description = "Id of the institution"), Params<RecordParams>),
    responses(
        (status = 200, description = "The record; a file in a format other than json", body = InstitutionRecord),
        (status = 301, description = "The institution was made one with another, whose address is given"),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn institution(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RecordParams(format)): Params<RecordParams>,
) -> Result<Response, ApiError> {
    record(&state, Kind::Institution, id, format, |store, id| store.institution(id)).await
}

/// Lists journals.
#[utoipa::path(
    get, path = "/api/v1/journals", tag = "records",
    params(Params<ListParams>),
    responses(
        (status = 200, description = "A page of the list", body = List<Listed>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn journals(
    State(state): State<AppState>,
    Params(ListParams(filter)): Params<ListParams>,
) -> Result<Json<List<Listed>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().journals(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Shows a journal with its papers.
#[utoipa::path(
    get, path = "/api/v1/journals/{id}", tag = "records",
    params(("id" = String, Path, description = "Id of the journal"), Params<RecordParams>),
    responses(
        (status = 200, description = "The record; a file in a format other than json", body = JournalRecord),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn journal(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RecordParams(format)): Params<RecordParams>,
) -> Result<Response, ApiError> {
    record(&state, Kind::Journal, id, format, |store, id| store.journal(id)).await
}

/// Lists papers.
#[utoipa::path(
    get, path = "/api/v1/papers", tag = "records",
    params(Params<ListParams>),
    responses(
        (status = 200, description = "A page of the list", body = List<Listed>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn papers(
    State(state): State<AppState>,
    Params(ListParams(filter)): Params<ListParams>,
) -> Result<Json<List<Listed>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().papers(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Shows a paper as one dossier lists it.
#[utoipa::path(
    get, path = "/api/v1/papers/{id}", tag = "records",
    params(("id" = String, Path, description = "Id of the paper"), Params<RecordParams>),
    responses(
        (status = 200, description = "The record; a file in a format other than json", body = PaperRecord),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn paper(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RecordParams(format)): Params<RecordParams>,
) -> Result<Response, ApiError> {
    record(&state, Kind::Paper, id, format, |store, id| store.paper(id)).await
}

/// Lists intellectual property.
#[utoipa::path(
    get, path = "/api/v1/ip", tag = "records",
    params(Params<ListParams>),
    responses(
        (status = 200, description = "A page of the list", body = List<Listed>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn ips(
    State(state): State<AppState>,
    Params(ListParams(filter)): Params<ListParams>,
) -> Result<Json<List<Listed>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().ips(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Shows a right as one dossier lists it.
#[utoipa::path(
    get, path = "/api/v1/ip/{id}", tag = "records",
    params(("id" = String, Path, description = "Id of the intellectual property"), Params<RecordParams>),
    responses(
        (status = 200, description = "The record; a file in a format other than json", body = IpRecord),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn ip(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RecordParams(format)): Params<RecordParams>,
) -> Result<Response, ApiError> {
    record(&state, Kind::Ip, id, format, |store, id| store.ip(id)).await
}

/// Lists claims.
#[utoipa::path(
    get, path = "/api/v1/claims", tag = "records",
    params(Params<ListParams>),
    responses(
        (status = 200, description = "A page of the list", body = List<Listed>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn claims(
    State(state): State<AppState>,
    Params(ListParams(filter)): Params<ListParams>,
) -> Result<Json<List<Listed>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().claims(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Shows a claim with those credited for it.
#[utoipa::path(
    get, path = "/api/v1/claims/{id}", tag = "records",
    params(("id" = String, Path, description = "Id of the claim"), Params<RecordParams>),
    responses(
        (status = 200, description = "The record; a file in a format other than json", body = ClaimRecord),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn claim(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RecordParams(format)): Params<RecordParams>,
) -> Result<Response, ApiError> {
    record(&state, Kind::Claim, id, format, |store, id| store.claim(id)).await
}
