use axum::{
    Json,
    extract::{Path, State},
};

use super::List;
use crate::{
    domain::{ClaimRecord, InstitutionRecord, IpRecord, JournalRecord, PaperRecord, PersonRecord},
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{ListParams, NoParams, Params},
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
    params(("id" = String, Path, description = "Id of the person")),
    responses(
        (status = 200, description = "The record", body = PersonRecord),
        (status = 301, description = "The person was made one with another, whose address is given"),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn person(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<PersonRecord>, ApiError> {
    state.find_or_follow("person", "/api/v1/people", id, |store, id| store.person(id)).await.map(Json)
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
    params(("id" = String, Path, description = "Id of the institution")),
    responses(
        (status = 200, description = "The record", body = InstitutionRecord),
        (status = 301, description = "The institution was made one with another, whose address is given"),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn institution(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<InstitutionRecord>, ApiError> {
    let folder = "/api/v1/institutions";
    state.find_or_follow("institution", folder, id, |store, id| store.institution(id)).await.map(Json)
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
    params(("id" = String, Path, description = "Id of the journal")),
    responses(
        (status = 200, description = "The record", body = JournalRecord),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn journal(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<JournalRecord>, ApiError> {
    state.find("journal", id, |store, id| store.journal(id)).await.map(Json)
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
    params(("id" = String, Path, description = "Id of the paper")),
    responses(
        (status = 200, description = "The record", body = PaperRecord),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn paper(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<PaperRecord>, ApiError> {
    state.find("paper", id, |store, id| store.paper(id)).await.map(Json)
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
    params(("id" = String, Path, description = "Id of the intellectual property")),
    responses(
        (status = 200, description = "The record", body = IpRecord),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn ip(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<IpRecord>, ApiError> {
    state.find("intellectual property", id, |store, id| store.ip(id)).await.map(Json)
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
    params(("id" = String, Path, description = "Id of the claim")),
    responses(
        (status = 200, description = "The record", body = ClaimRecord),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn claim(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<ClaimRecord>, ApiError> {
    state.find("claim", id, |store, id| store.claim(id)).await.map(Json)
}
