use axum::{
    Router,
    middleware::from_fn,
    routing::{get, post},
};
use tower_http::catch_panic::CatchPanicLayer;

use super::{AppState, api, error::ApiError, headers, openapi, pages, reconcile};

/// Lists every address of the service.
pub fn router(state: AppState) -> Router {
    let reconcile = Router::new()
        .route("/reconcile", get(reconcile::get).post(reconcile::post))
        .route("/reconcile/suggest/entity", get(reconcile::entity))
        .route("/reconcile/suggest/type", get(reconcile::kind))
        .route("/reconcile/suggest/property", get(reconcile::property))
        .route("/reconcile/properties", get(reconcile::properties))
        .route("/reconcile/preview", get(pages::preview))
        .route("/reconcile/view", get(pages::view))
        .route_layer(from_fn(headers::open_to_all));
    Router::new()
        .merge(reconcile)
        .route("/", get(pages::search))
        .route("/dossiers/{id}", get(pages::dossier))
        .route("/people/{id}", get(pages::person))
        .route("/institutions/{id}", get(pages::institution))
        .route("/journals/{id}", get(pages::journal))
        .route("/assets/style.css", get(pages::style))
        .route("/assets/icon.svg", get(pages::icon))
        .route("/api/v1/search", get(api::search::search))
        .route("/api/v1/suggest", get(api::suggest::suggest))
        .route("/api/v1/export", get(api::export::export))
        .route("/api/v1/match/institutions", get(api::matching::institutions))
        .route("/api/v1/dossiers", get(api::dossiers::list).post(api::dossiers::add))
        .route("/api/v1/dossiers/{id}", get(api::dossiers::show).delete(api::dossiers::remove))
        .route("/api/v1/dossiers/{id}/source", get(api::dossiers::source))
        .route("/api/v1/people", get(api::entities::people))
        .route("/api/v1/people/{id}", get(api::entities::person))
        .route("/api/v1/institutions", get(api::entities::institutions))
        .route("/api/v1/institutions/{id}", get(api::entities::institution))
        .route("/api/v1/journals", get(api::entities::journals))
        .route("/api/v1/journals/{id}", get(api::entities::journal))
        .route("/api/v1/papers", get(api::entities::papers))
        .route("/api/v1/papers/{id}", get(api::entities::paper))
        .route("/api/v1/ip", get(api::entities::ips))
        .route("/api/v1/ip/{id}", get(api::entities::ip))
        .route("/api/v1/claims", get(api::entities::claims))
        .route("/api/v1/claims/{id}", get(api::entities::claim))
        .route("/api/v1/contributions", get(api::contributions::list))
        .route("/api/v1/contributions/{id}", get(api::contributions::show))
        .route("/api/v1/decisions", get(api::decisions::list).post(api::decisions::decide))
        .route("/api/v1/decisions/{id}", get(api::decisions::show))
        .route("/api/v1/decisions/{id}/undo", post(api::decisions::undo))
        .route("/api/v1/dossiers/{id}/history", get(api::history::dossier))
        .route("/api/v1/people/{id}/history", get(api::history::person))
        .route("/api/v1/institutions/{id}/history", get(api::history::institution))
        .route("/api/v1/reuse", get(api::reuse::list))
        .route("/api/v1/dossiers/{id}/matrix", get(api::relations::matrix))
        .route("/api/v1/people/{id}/relations", get(api::relations::of_person))
        .route("/api/v1/institutions/{id}/relations", get(api::relations::of_institution))
        .route("/api/v1/openapi.json", get(openapi::document))
        .route("/openapi.json", get(openapi::document_at_root))
        .route("/healthz", get(api::health::alive))
        .route("/readyz", get(api::health::ready))
        .fallback(headers::no_route)
        .layer(CatchPanicLayer::custom(ApiError::of_panic))
        .layer(from_fn(headers::edge))
        .with_state(state)
}
