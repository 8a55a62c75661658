use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Property, ReconcileError, property::Known, query::parsed};
use crate::{ingest::Archive, store::kind_of};

/// The most records of one question, and the most properties.
const MAX_IDS: usize = 50;
const MAX_PROPERTIES: usize = 20;

/// Of which records which properties are asked for.
#[derive(Debug, Deserialize)]
pub struct ExtensionQuery {
    ids: Vec<String>,
    properties: Vec<AskedProperty>,
}

#[derive(Debug, Deserialize)]
struct AskedProperty {
    id: String,
}

/// The values of properties, by record.
#[derive(Debug, Serialize, ToSchema)]
pub struct Extension {
    /// The properties, in the order in which they were asked for.
    pub meta: Vec<PropertyRef>,
    /// For each record and each property its values.
    #[schema(value_type = Object)]
    pub rows: BTreeMap<String, BTreeMap<String, Vec<Value>>>,
}

/// A property by its identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PropertyRef {
    /// Identifier.
    pub id: &'static str,
    /// As it is shown.
    pub name: &'static str,
}

impl From<Property> for PropertyRef {
    fn from(property: Property) -> Self {
        Self { id: property.name(), name: property.label() }
    }
}

impl ExtensionQuery {
    /// Reads the JSON object of a question.
    ///
    /// # Errors
    /// Where it is no such object, asks too much or for an unknown property.
    pub fn read(json: &str) -> Result<Self, ReconcileError> {
        let query: Self = parsed("extend", json)?;
        let (ids, properties) = (query.ids.len(), query.properties.len());
        if ids > MAX_IDS || properties > MAX_PROPERTIES {
            return Err(ReconcileError::Query(format!(
                "'extend' asks for {properties} properties of {ids} records, the limits are {MAX_PROPERTIES} of \
                 {MAX_IDS}; ask several times"
            )));
        }
        Ok(query)
    }
}

/// Looks the values of properties up; a record that is not there has none.
///
/// # Errors
/// Where a property is unknown, or the record cannot answer.
pub fn extend(archive: &Archive, query: &ExtensionQuery) -> Result<Extension, ReconcileError> {
    let known = |asked: &AskedProperty| {
        Property::named(&asked.id).ok_or_else(|| {
            let known = Property::ALL.map(Property::name).join(", ");
            let id: String = asked.id.chars().take(60).collect();
            ReconcileError::Query(format!("unknown property '{id}', expected one of {known}"))
        })
    };
    let properties = query.properties.iter().map(known).collect::<Result<Vec<_>, _>>()?;
    let mut rows = BTreeMap::new();
    for id in &query.ids {
        let mut row = BTreeMap::new();
        for &property in &properties {
            let values = match kind_of(id) {
                Some(kind) => property.of(archive.store(), kind, id)?,
                None => Vec::new(),
            };
            let shown = values.into_iter().map(|value| shown(property, value)).collect();
            row.insert(property.name().to_owned(), shown);
        }
        rows.insert(id.clone(), row);
    }
    Ok(Extension { meta: properties.into_iter().map(Into::into).collect(), rows })
}

fn shown(property: Property, value: Known) -> Value {
    match (value.id, property) {
        (Some(id), _) => json!({"id": id, "name": value.text}),
        (None, Property::Year) => value.text.parse::<i64>().map_or(Value::Null, |year| json!({"int": year})),
        (None, _) => json!({"str": value.text}),
    }
}
