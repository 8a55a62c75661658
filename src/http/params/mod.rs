//! How is a query string read?
//!
//! Strictly: a parameter that the route does not know, one given twice that may stand once, a number out
//! of its range, text that is not UTF-8 – each is refused with a sentence that names it. An empty value
//! is as good as none, because forms send those. Each set of parameters is described once, for reading
//! and for the interface description alike.
//!
//! Must not know what the parameters are used for.

mod audit;
mod export;
mod joins;
mod list;
mod matching;
mod pairs;
mod reconcile;
mod search;
mod suggest;

use axum::{extract::FromRequestParts, http::request::Parts};
use utoipa::{
    IntoParams,
    openapi::{
        RefOr, Required, Schema,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{ArrayBuilder, ObjectBuilder, Type},
    },
};

pub(crate) use audit::AuditParams;
pub(crate) use export::{ExportParams, RecordParams};
pub(crate) use joins::JoinParams;
pub(crate) use list::{
    ContributionParams, DecisionParams, ListParams, NoParams, RelationForm, RelationParams, ReuseParams,
    StyleParams, UploadParams,
};
pub(crate) use matching::AffiliationParams;
pub(crate) use pairs::{Pairs, encode};
pub(crate) use reconcile::{IdParams, ProposeParams, ReconcileParams, TypedParams};
pub(crate) use search::{MAX_OFFSET, SearchParams, to_query};
pub(crate) use suggest::SuggestParams;

use super::error::ApiError;

/// One parameter of a route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) form: Form,
}

/// What values a parameter takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// One text.
    Text,
    /// Any number of texts.
    Texts,
    /// A whole number.
    Number { min: usize, max: usize, default: Option<usize> },
    /// One of a few words, the first of which is the default.
    Word(&'static [&'static str]),
    /// One of a few words, or none.
    OneOf(&'static [&'static str]),
}

/// A set of parameters that a route takes.
pub(crate) trait QueryParams: Sized {
    /// Everything that may stand in the query string.
    fn known() -> Vec<Known>;

    /// Reads the pairs, all of which are known.
    fn read(pairs: &Pairs) -> Result<Self, ApiError>;
}

/// Extracts the parameters of a route from its query string.
pub(crate) struct Params<T>(pub(crate) T);

impl<S: Sync, T: QueryParams> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let pairs = Pairs::parse(parts.uri.query().unwrap_or_default())?;
        pairs.refuse_unknown(&T::known())?;
        T::read(&pairs).map(Self)
    }
}

impl<T: QueryParams> IntoParams for Params<T> {
    fn into_params(_in: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        T::known().into_iter().map(parameter).collect()
    }
}

fn parameter(known: Known) -> Parameter {
    ParameterBuilder::new()
        .name(known.name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(known.about))
        .schema(Some(schema(known.form)))
        .build()
}

fn schema(form: Form) -> RefOr<Schema> {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    match form {
        Form::Text => text().into(),
        Form::Texts => ArrayBuilder::new().items(text()).into(),
        Form::Number { min, max, default } => ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(min))
            .maximum(Some(max))
            .default(default.map(Into::into))
            .into(),
        Form::OneOf(words) => text().enum_values(Some(words.iter().copied())).into(),
        Form::Word(words) => text()
            .enum_values(Some(words.iter().copied()))
            .default(words.first().map(|&word| word.into()))
            .into(),
    }
}
