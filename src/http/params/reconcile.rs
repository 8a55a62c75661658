use super::{Form, Known, Pairs, QueryParams, search::within};
use crate::{
    domain::Kind,
    http::error::ApiError,
    reconcile::{Batch, ExtensionQuery, type_named},
};

/// The longest text, in characters: who has typed more is past any name.
const MAX_TYPED: usize = 200;
const CURSOR: Known = Known {
    name: "cursor",
    about: "How many suggestions to pass over",
    form: Form::Number { min: 0, max: 100, default: Some(0) },
};
const LIMIT: Known = Known {
    name: "limit",
    about: "How many properties",
    form: Form::Number { min: 1, max: 100, default: Some(100) },
};

const fn text(name: &'static str, about: &'static str) -> Known {
    Known { name, about, form: Form::Text }
}

const TYPE: Known = text("type", "Only of this type: person, institution, journal or dossier");

/// What a client of reconciliation asks.
pub(crate) enum ReconcileParams {
    /// What the service is.
    Manifest,
    /// Which records names mean.
    Queries(Batch),
    /// Values of properties.
    Extend(ExtensionQuery),
}

impl QueryParams for ReconcileParams {
    fn known() -> Vec<Known> {
        vec![
            text("queries", "Questions, a JSON object; at most 50"),
            text("extend", "Records and properties whose values are asked for, a JSON object"),
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        match (pairs.one("queries")?, pairs.one("extend")?) {
            (None, None) => Ok(Self::Manifest),
            (Some(json), None) => Ok(Self::Queries(Batch::read(json)?)),
            (None, Some(json)) => Ok(Self::Extend(ExtensionQuery::read(json)?)),
            (Some(_), Some(_)) => {
                Err(ApiError::bad("'queries' and 'extend' are both given; give one of them"))
            }
        }
    }
}

/// What is being typed into a field of a client.
pub(crate) struct TypedParams {
    pub(crate) prefix: String,
    pub(crate) kind: Option<Kind>,
    pub(crate) skip: usize,
}

impl QueryParams for TypedParams {
    fn known() -> Vec<Known> {
        vec![
            text("prefix", "What was typed so far"),
            CURSOR,
            TYPE,
            // What clients that were made for other services send along.
            text("schema", "As 'type'"),
            text("type_strict", "Taken as 'any'; a record has one type"),
            text("filter", "Not looked at"),
            text("key", "Not looked at"),
            text("lang", "Not looked at"),
        ]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let prefix = pairs.one("prefix")?.unwrap_or_default();
        within("prefix", prefix, MAX_TYPED)?;
        let kind = match pairs.one("type")? {
            Some(name) => Some(name),
            None => pairs.one("schema")?,
        };
        let kind = kind.map(type_named).transpose()?;
        Ok(Self { prefix: prefix.to_owned(), kind, skip: pairs.number(&CURSOR)?.unwrap_or(0) })
    }
}

/// Of which type properties are asked for.
pub(crate) struct ProposeParams {
    pub(crate) kind: Option<Kind>,
    pub(crate) limit: usize,
}

impl QueryParams for ProposeParams {
    fn known() -> Vec<Known> {
        vec![TYPE, LIMIT]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let kind = pairs.one("type")?.map(type_named).transpose()?;
        Ok(Self { kind, limit: pairs.number(&LIMIT)?.unwrap_or(100) })
    }
}

/// Which record a preview or a view is of.
pub(crate) struct IdParams(pub(crate) String);

impl QueryParams for IdParams {
    fn known() -> Vec<Known> {
        vec![text("id", "Id of the record")]
    }

    fn read(pairs: &Pairs) -> Result<Self, ApiError> {
        let id = pairs.one("id")?.ok_or_else(|| ApiError::bad("'id' is missing: give the id of a record"))?;
        Ok(Self(id.to_owned()))
    }
}
