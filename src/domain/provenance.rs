use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::{Passage, Span};

/// Where the fields of an object were printed and, for repaired ones, how.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Provenance {
    /// Repaired fields as they were printed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub printed: BTreeMap<String, Printed>,
    /// Byte ranges in the stored source text, for every field that was read from it.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Vec<[usize; 2]>>)]
    pub spans: BTreeMap<String, Vec<Span>>,
}

/// A value as it was printed: one text, or one for each item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Printed {
    /// Of a single field.
    Text(String),
    /// Of a list.
    List(Vec<String>),
}

impl Provenance {
    /// Notes where `field` was printed.
    pub fn place(&mut self, field: &str, passage: &Passage) {
        let spans = passage.spans();
        match self.spans.get_mut(field) {
            _ if spans.is_empty() => {}
            Some(known) => known.extend(spans),
            None => {
                self.spans.insert(field.to_owned(), spans);
            }
        }
    }

    /// Notes that `field` was repaired and how it was printed.
    pub fn repaired(&mut self, field: &str, printed: Printed) {
        self.printed.insert(field.to_owned(), printed);
    }
}
