use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{ReconcileError, TYPES, type_named};
use crate::domain::Kind;

/// The most questions of one batch.
pub const MAX_BATCH: usize = 50;
/// Candidates of a question that does not say how many it wants, and the most it gets.
const LIMIT: usize = 10;
const MAX_LIMIT: usize = 50;
/// Values that a question may compare.
const MAX_PROPERTIES: usize = 20;

/// Questions, each under the name that its answer is to have.
#[derive(Debug)]
pub struct Batch(pub BTreeMap<String, Query>);

/// A name, and what is known beside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The name; empty where only properties were given.
    pub name: String,
    /// Of which types candidates are.
    pub types: Vec<Kind>,
    /// How many candidates at most.
    pub limit: usize,
    /// What is known beside the name.
    pub properties: Vec<PropertyValue>,
}

/// A value, or several of which any may be meant, of a property.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyValue {
    /// The identifier of the property.
    pub property: String,
    /// Texts, and addresses of records that were chosen before.
    pub values: Vec<String>,
}

#[derive(Deserialize)]
struct Asked {
    query: Option<String>,
    #[serde(rename = "type")]
    types: Option<OneOrMany<String>>,
    limit: Option<f64>,
    properties: Option<Vec<AskedProperty>>,
}

#[derive(Deserialize)]
struct AskedProperty {
    pid: String,
    v: OneOrMany<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    Many(Vec<T>),
    One(T),
}

impl<T> OneOrMany<T> {
    fn into_vec(self) -> Vec<T> {
        match self {
            OneOrMany::Many(values) => values,
            OneOrMany::One(value) => vec![value],
        }
    }
}

impl Batch {
    /// Reads the JSON object of a batch.
    ///
    /// # Errors
    /// Where it is no such object, asks too much, or a question asks nothing or of an unknown type.
    pub fn read(json: &str) -> Result<Self, ReconcileError> {
        let asked: BTreeMap<String, Asked> = parsed("queries", json)?;
        if asked.len() > MAX_BATCH {
            let asked = asked.len();
            return Err(ReconcileError::Query(format!(
                "'queries' has {asked} questions, the limit is {MAX_BATCH}; send them in several batches"
            )));
        }
        let queries = asked.into_iter().map(|(name, asked)| {
            let query = asked.read();
            let name_of = |error| ReconcileError::Query(format!("the question '{name}' {error}"));
            Ok((name.clone(), query.map_err(name_of)?))
        });
        queries.collect::<Result<_, ReconcileError>>().map(Self)
    }
}

impl Asked {
    fn read(self) -> Result<Query, String> {
        let properties = self.properties.unwrap_or_default();
        if self.query.is_none() && properties.is_empty() {
            return Err("asks nothing: give 'query'".to_owned());
        }
        if properties.len() > MAX_PROPERTIES {
            return Err(format!("has {} properties, the limit is {MAX_PROPERTIES}", properties.len()));
        }
        let types = self.types.map(OneOrMany::into_vec).unwrap_or_default();
        let types = types.iter().map(|name| type_named(name));
        let types = types.collect::<Result<Vec<_>, _>>().map_err(|error| format!("has an {error}"))?;
        // A cast from a float saturates, so that a limit without sense is one of the bounds.
        let limit = self.limit.map_or(LIMIT, |limit| limit as usize).clamp(1, MAX_LIMIT);
        Ok(Query {
            name: self.query.unwrap_or_default().trim().to_owned(),
            types: if types.is_empty() { TYPES.into() } else { types },
            limit,
            properties: properties.into_iter().map(AskedProperty::read).collect(),
        })
    }
}

impl AskedProperty {
    fn read(self) -> PropertyValue {
        let values = self.v.into_vec().into_iter().flat_map(|value| match value {
            Value::String(text) => vec![text],
            Value::Number(number) => vec![number.to_string()],
            Value::Object(entity) => ["id", "name"]
                .iter()
                .filter_map(|field| Some(entity.get(*field)?.as_str()?.to_owned()))
                .collect(),
            _ => Vec::new(),
        });
        PropertyValue { property: self.pid, values: values.filter(|text| !text.trim().is_empty()).collect() }
    }
}

/// Reads a parameter that is JSON; the error says where it is not.
pub(super) fn parsed<T: DeserializeOwned>(parameter: &str, json: &str) -> Result<T, ReconcileError> {
    serde_json::from_str(json).map_err(|error| {
        ReconcileError::Query(format!("'{parameter}' is not the JSON that is expected: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_read_in_every_form_of_the_specification() {
        let Batch(queries) = Batch::read(
            r#"{"q0": {"query": " 陈一 ", "type": "person", "limit": 3, "type_strict": "should", "properties":
                 [{"pid": "institution", "v": {"id": "i1", "name": "甲医院"}}, {"pid": "year", "v": [2026, "2025"]}]},
               "q1": {"query": "甲", "type": ["person", "journal"], "limit": 1e9},
               "q2": {"query": "乙"}}"#,
        )
        .expect("readable");
        let property = |property: &str, values: &[&str]| PropertyValue {
            property: property.into(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let want = Query {
            name: "陈一".into(),
            types: vec![Kind::Person],
            limit: 3,
            properties: vec![property("institution", &["i1", "甲医院"]), property("year", &["2026", "2025"])],
        };
        assert_eq!(queries["q0"], want);
        assert_eq!(
            (queries["q1"].types.as_slice(), queries["q1"].limit),
            (&[Kind::Person, Kind::Journal][..], 50)
        );
        assert_eq!((queries["q2"].types.as_slice(), queries["q2"].limit), (&TYPES[..], 10));
    }

    #[test]
    fn what_cannot_be_asked_says_why() {
        let many: Vec<String> = (0..51).map(|n| format!("\"q{n}\": {{\"query\": \"甲\"}}")).collect();
        for (json, says) in [
            ("[1]".to_owned(), "'queries'"),
            ("{\"q0\": {\"query\": 3}}".to_owned(), "'queries'"),
            ("{\"q0\": {}}".to_owned(), "'q0' asks nothing"),
            ("{\"q0\": {\"query\": \"甲\", \"type\": \"planet\"}}".to_owned(), "unknown type 'planet'"),
            (format!("{{{}}}", many.join(",")), "the limit is 50"),
        ] {
            let error = Batch::read(&json).expect_err(&json).to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
