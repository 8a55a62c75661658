use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{List, graphml::graph};
use crate::{
    domain::{EntityRef, Matrix, Relation},
    http::{
        AppState,
        error::{ApiError, Problem},
        params::{NoParams, Params, RelationForm, RelationParams},
    },
    store::Page,
};

/// Who stands in the same dossiers as the one in question.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Relations {
    /// The one in question.
    of: EntityRef,
    /// The partners, those of most shared dossiers first.
    #[serde(flatten)]
    partners: List<Relation>,
}

/// Lists with whom a person contributed, with the dossiers behind; as JSON or GraphML.
#[utoipa::path(
    get, path = "/api/v1/people/{id}/relations", tag = "records",
    params(("id" = String, Path, description = "Id of the person"), Params<RelationParams>),
    responses(
        (status = 200, description = "Co-contributors", content(
            (Relations = "application/json"), (String = "application/graphml+xml"))),
        (status = 404, description = "No such person", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn of_person(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RelationParams { filter, form }): Params<RelationParams>,
) -> Result<Response, ApiError> {
    let offset = filter.offset;
    let found = state.find("person", id, move |store, id| store.co_contributors(id, &filter)).await?;
    answer("person", found, form, offset)
}

/// Lists with which others an institution stands in the same dossiers; as JSON or GraphML.
#[utoipa::path(
    get, path = "/api/v1/institutions/{id}/relations", tag = "records",
    params(("id" = String, Path, description = "Id of the institution"), Params<RelationParams>),
    responses(
        (status = 200, description = "Partners", content(
            (Relations = "application/json"), (String = "application/graphml+xml"))),
        (status = 404, description = "No such institution", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn of_institution(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Params(RelationParams { filter, form }): Params<RelationParams>,
) -> Result<Response, ApiError> {
    let offset = filter.offset;
    let found = state.find("institution", id, move |store, id| store.partners(id, &filter)).await?;
    answer("institution", found, form, offset)
}

/// Ties the claims of a dossier to contributors, institutions, papers and rights, and marks what nothing is tied to.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{id}/matrix", tag = "dossiers",
    params(("id" = String, Path, description = "Id of the document")),
    responses(
        (status = 200, description = "The matrix", body = Matrix),
        (status = 404, description = "No such document", body = Problem,
         content_type = "application/problem+json"),
    )
)]
pub(crate) async fn matrix(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Json<Matrix>, ApiError> {
    state.find("dossier", id, |store, id| store.matrix(id)).await.map(Json)
}

fn answer(
    kind: &'static str,
    (of, page): (EntityRef, Page<Relation>),
    form: RelationForm,
    offset: usize,
) -> Result<Response, ApiError> {
    match form {
        RelationForm::Json => Ok(Json(Relations { of, partners: List::new(page, offset) }).into_response()),
        RelationForm::GraphMl => graph(kind, &of, &page.items),
    }
}
