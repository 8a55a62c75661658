use axum::{Json, extract::State};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::manifest::named;
use crate::{
    http::{
        AppState,
        error::ApiError,
        params::{Params, ProposeParams, TypedParams},
    },
    reconcile::{Property, PropertyRef, Suggested, TYPES, entities},
    text::fold_key,
};

/// Suggestions of one answer; a client asks on with 'cursor'.
const PAGE: usize = 10;

/// What is being typed goes on so.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    result: Vec<Suggested>,
}

/// Suggests records while a name is being typed.
#[utoipa::path(
    get, path = "/reconcile/suggest/entity", tag = "reconcile",
    params(Params<TypedParams>),
    responses((status = 200, description = "Records whose names go on so", body = Suggestions))
)]
pub(crate) async fn entity(
    State(state): State<AppState>,
    Params(TypedParams { prefix, kind, skip }): Params<TypedParams>,
) -> Result<Json<Suggestions>, ApiError> {
    let result = state.ask(move |archive| entities(archive, &prefix, kind, skip, PAGE)).await?;
    Ok(Json(Suggestions { result }))
}

/// Suggests types while one is being typed.
#[utoipa::path(
    get, path = "/reconcile/suggest/type", tag = "reconcile",
    params(Params<TypedParams>),
    responses((status = 200, description = "Types that are called so", body = Suggestions))
)]
pub(crate) async fn kind(Params(typed): Params<TypedParams>) -> Json<Suggestions> {
    let called = TYPES.into_iter().map(|kind| (kind.name(), kind.label()));
    Json(typed.suggestions(called))
}

/// Suggests properties while one is being typed, of a type or of any.
#[utoipa::path(
    get, path = "/reconcile/suggest/property", tag = "reconcile",
    params(Params<TypedParams>),
    responses((status = 200, description = "Properties that are called so", body = Suggestions))
)]
pub(crate) async fn property(Params(typed): Params<TypedParams>) -> Json<Suggestions> {
    let of_type = |property: &Property| typed.kind.is_none_or(|kind| property.is_of(kind));
    let called =
        Property::ALL.into_iter().filter(of_type).map(|property| (property.name(), property.label()));
    Json(typed.suggestions(called))
}

/// Proposes the properties that records of a type have, for data extension.
#[utoipa::path(
    get, path = "/reconcile/properties", tag = "reconcile",
    params(Params<ProposeParams>),
    responses((status = 200, description = "The properties", body = Object))
)]
pub(crate) async fn properties(Params(ProposeParams { kind, limit }): Params<ProposeParams>) -> Json<Value> {
    let of_type = Property::ALL.into_iter().filter(|property| kind.is_none_or(|kind| property.is_of(kind)));
    let properties: Vec<PropertyRef> = of_type.take(limit).map(Into::into).collect();
    Json(json!({"type": kind.map(named), "properties": properties, "limit": limit}))
}

impl TypedParams {
    /// Those of a few things whose identifier or name holds what was typed.
    fn suggestions(&self, called: impl Iterator<Item = (&'static str, &'static str)>) -> Suggestions {
        let typed = fold_key(&self.prefix);
        let meets =
            |(id, name): &(&str, &str)| fold_key(id).contains(&typed) || fold_key(name).contains(&typed);
        let suggested = called.filter(meets).skip(self.skip).take(PAGE).map(|(id, name)| Suggested {
            id: id.to_owned(),
            name: name.to_owned(),
            description: None,
            notable: None,
        });
        Suggestions { result: suggested.collect() }
    }
}
