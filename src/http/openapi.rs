use std::sync::LazyLock;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{
    api::{
        audit, contributions, decisions, dossiers, entities, export, health, history, joins, matching,
        relations, reuse, search, suggest,
    },
    pages,
    params::{NoParams, Params},
    reconcile,
};

/// The interface as the code has it.
#[derive(OpenApi)]
#[openapi(
    info(title = "dossier", description = "Who contributed what, in medical-award dossiers"),
    paths(
        search::search, suggest::suggest, export::export, matching::institutions,
        dossiers::list, dossiers::show, dossiers::source, dossiers::add, dossiers::remove,
        entities::people, entities::person,
        entities::institutions, entities::institution,
        entities::journals, entities::journal,
        entities::papers, entities::paper,
        entities::ips, entities::ip,
        entities::claims, entities::claim,
        contributions::list, contributions::show,
        decisions::list, decisions::decide, decisions::show, decisions::undo,
        history::dossier, history::person, history::institution,
        reuse::list, relations::matrix, relations::of_person, relations::of_institution,
        reconcile::get, reconcile::post, reconcile::entity, reconcile::kind, reconcile::property,
        reconcile::properties, pages::preview, pages::view,
        joins::joins, joins::suggestions,
        audit::list,
        document, document_at_root, health::alive, health::ready,
    ),
    modifiers(&Keys),
    tags(
        (name = "search", description = "Find records of one kind"),
        (name = "dossiers", description = "Documents: read, add, remove"),
        (name = "records", description = "People, institutions, journals, papers, rights, claims, contributions"),
        (name = "decisions", description = "Corrections and removals: what was decided, when and why"),
        (name = "export", description = "Files for other programs"),
        (name = "reconcile", description = "Which record a name means: Reconciliation Service API 0.2"),
        (name = "service", description = "This description, and how the service is"),
    )
)]
struct Document;

struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let key = ApiKey::Header(ApiKeyValue::new("X-API-Key"));
        components.add_security_scheme("key", SecurityScheme::ApiKey(key));
    }
}

/// Describes the interface as OpenAPI.
pub fn openapi() -> openapi::OpenApi {
    Document::openapi()
}

/// Answers this description.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", tag = "service",
    responses((status = 200, description = "OpenAPI", body = serde_json::Value))
)]
pub(crate) async fn document(_: Params<NoParams>) -> Response {
    static TEXT: LazyLock<String> = LazyLock::new(|| serde_json::to_string(&openapi()).unwrap_or_default());
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response()
}

/// Answers this description, where tools look for it.
#[utoipa::path(
    get, path = "/openapi.json", tag = "service",
    responses((status = 200, description = "OpenAPI", body = serde_json::Value))
)]
pub(crate) async fn document_at_root(parameters: Params<NoParams>) -> Response {
    document(parameters).await
}
