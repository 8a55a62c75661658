use axum::{Json, extract::State};
use serde_json::Value;

use super::manifest::manifest;
use crate::{
    http::{
        AppState,
        error::{ApiError, Problem},
        form::Form,
        origin::Origin,
        params::{Params, ReconcileParams},
    },
    reconcile::{answers, extend},
};

/// Describes the service; answers 'queries' or 'extend' where one is given.
#[utoipa::path(
    get, path = "/reconcile", tag = "reconcile",
    params(Params<ReconcileParams>),
    responses(
        (status = 200, description = "The manifest, candidates by question, or values by record", body = Object),
        (status = 400, description = "A question cannot be understood, or there are too many", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn get(
    State(state): State<AppState>,
    origin: Origin,
    Params(asked): Params<ReconcileParams>,
) -> Result<Json<Value>, ApiError> {
    answer(&state, &origin, asked).await
}

/// Answers 'queries' or 'extend', sent as a form.
#[utoipa::path(
    post, path = "/reconcile", tag = "reconcile",
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
                 description = "'queries' or 'extend', a JSON object as the specification has it"),
    responses(
        (status = 200, description = "Candidates by question, or values by record", body = Object),
        (status = 400, description = "A question cannot be understood, or there are too many", body = Problem,
         content_type = "application/problem+json"),
        (status = 413, description = "The form is too large", body = Problem,
         content_type = "application/problem+json"),
        (status = 415, description = "The body is no form", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn post(
    State(state): State<AppState>,
    origin: Origin,
    Form(asked): Form<ReconcileParams>,
) -> Result<Json<Value>, ApiError> {
    answer(&state, &origin, asked).await
}

async fn answer(state: &AppState, origin: &Origin, asked: ReconcileParams) -> Result<Json<Value>, ApiError> {
    let answer = match asked {
        ReconcileParams::Manifest => return Ok(Json(manifest(origin))),
        ReconcileParams::Queries(batch) => {
            serde_json::to_value(state.ask(move |archive| answers(archive, &batch)).await?)
        }
        ReconcileParams::Extend(query) => {
            serde_json::to_value(state.ask(move |archive| extend(archive, &query)).await?)
        }
    };
    answer.map(Json).map_err(|error| ApiError::Internal(Box::new(error)))
}
