//! How do other programs ask which record a name means?
//!
//! By the addresses of the Reconciliation Service API 0.2: the service itself (its manifest, batches of
//! questions, data extension), suggestions while somebody types, and the properties of a type. Its previews
//! and views are pages. Pages of other sites may read all of it, as the specification asks.
//! Must not decide which record is meant.

mod manifest;
mod service;
mod suggest;

pub(crate) use service::{__path_get, __path_post, get, post};
pub(crate) use suggest::{
    __path_entity, __path_kind, __path_properties, __path_property, entity, kind, properties, property,
};
