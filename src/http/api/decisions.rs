use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::List;
use crate::{
    domain::{Decision, DecisionAction},
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{DecisionParams, NoParams, Params},
        statement::Statement,
    },
    store::NewDecision,
};

/// A decision to be taken, with what its action needs besides: `field`, `value` and `expected` of a
/// correction, `category` of a removal.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Proposal {
    /// What is to be done.
    action: DecisionAction,
    /// The address of the record.
    target: String,
    /// Why; everybody can read it, but for the removal of a person.
    reason: String,
    /// Who decides.
    #[serde(default)]
    by: Option<String>,
    /// What the action needs besides.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    detail: Map<String, Value>,
}

/// Why a decision is undone.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Undoing {
    /// In a sentence.
    reason: String,
}

/// Lists decisions, the last one first.
#[utoipa::path(
    get, path = "/api/v1/decisions", tag = "decisions",
    params(Params<DecisionParams>),
    responses(
        (status = 200, description = "A page of the list", body = List<Decision>),
        (status = 400, description = "A parameter is unknown or out of range", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    Params(DecisionParams(filter)): Params<DecisionParams>,
) -> Result<Json<List<Decision>>, ApiError> {
    let offset = filter.offset;
    let page = state.ask(move |archive| archive.store().decisions(&filter)).await?;
    Ok(Json(List::new(page, offset)))
}

/// Corrects a field, or removes a person or a document; holds when answered, and for later versions.
#[utoipa::path(
    post, path = "/api/v1/decisions", tag = "decisions",
    request_body = Proposal,
    responses(
        (status = 201, description = "It holds", body = Decision),
        (status = 400, description = "It makes no sense", body = Problem,
         content_type = "application/problem+json"),
        (status = 401, description = "The key is missing or wrong", body = Problem,
         content_type = "application/problem+json"),
        (status = 403, description = "Changes are not taken from there", body = Problem,
         content_type = "application/problem+json"),
        (status = 404, description = "No such record", body = Problem,
         content_type = "application/problem+json"),
        (status = 409, description = "Another decision holds, or the field says something else", body = Problem,
         content_type = "application/problem+json"),
    ),
    security(("bearer" = []), ("key" = []), ())
)]
pub(crate) async fn decide(
    State(state): State<AppState>,
    Statement(proposal): Statement<Proposal>,
) -> Result<impl IntoResponse, ApiError> {
    let Proposal { action, target, reason, by, detail } = proposal;
    let new = NewDecision { action, target, detail, reason, by };
    let decision = state.change(move |archive| archive.decide(&new)).await?;
    let location = format!("/api/v1/decisions/{}", decision.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(decision)))
}

/// Shows a decision.
#[utoipa::path(
    get, path = "/api/v1/decisions/{id}", tag = "decisions",
    params(("id" = u64, Path, description = "Number of the decision")),
    responses(
        (status = 200, description = "The decision", body = Decision),
        (status = 404, description = "No such decision", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<Decision>, ApiError> {
    let id = number(&id)?;
    state.ask(move |archive| archive.store().decision(id)).await.map(Json)
}

/// Undoes a decision: all is as if it had never been taken, except that it is known.
#[utoipa::path(
    post, path = "/api/v1/decisions/{id}/undo", tag = "decisions",
    params(("id" = u64, Path, description = "Number of the decision")),
    request_body = Undoing,
    responses(
        (status = 200, description = "It holds no more", body = Decision),
        (status = 401, description = "The key is missing or wrong", body = Problem,
         content_type = "application/problem+json"),
        (status = 403, description = "Changes are not taken from there", body = Problem,
         content_type = "application/problem+json"),
        (status = 404, description = "No such decision", body = Problem,
         content_type = "application/problem+json"),
        (status = 409, description = "It was undone before", body = Problem,
         content_type = "application/problem+json"),
    ),
    security(("bearer" = []), ("key" = []), ())
)]
pub(crate) async fn undo(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Statement(Undoing { reason }): Statement<Undoing>,
) -> Result<Json<Decision>, ApiError> {
    let id = number(&id)?;
    state.change(move |archive| archive.undo(id, &reason)).await.map(Json)
}

fn number(id: &str) -> Result<u64, ApiError> {
    id.parse().map_err(|_| ApiError::not_found("decision", id))
}
