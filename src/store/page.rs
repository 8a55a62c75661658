use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{DossierRef, EntityRef};

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// How many items the whole list has.
    pub total: u64,
    /// Those of this part.
    pub items: Vec<T>,
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFilter {
    /// A part of the name; script, width, case and white space do not matter.
    pub name: Option<String>,
    /// How many items at most; 20 where nothing else is asked.
    pub limit: usize,
    /// How many items to pass over.
    pub offset: usize,
}

/// Which contributions are wanted; all that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContributionFilter {
    /// Id or name of the person.
    pub person: Option<String>,
    /// Id or one of the names of the institution or employer.
    pub institution: Option<String>,
    /// Number of a claim that is credited.
    pub claim: Option<u32>,
    /// Id of the dossier.
    pub dossier: Option<String>,
    /// How many items at most; 20 where nothing else is asked.
    pub limit: usize,
    /// How many items to pass over.
    pub offset: usize,
}

/// A record in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Listed {
    /// Stable address.
    pub id: String,
    /// As it is shown: a name, a title, a claim's heading.
    pub name: String,
    /// The institution that tells a person from others of the same name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<EntityRef>,
    /// The dossier that lists a paper, a right or a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<DossierRef>,
}

const LIMIT: usize = 20;

impl Default for ListFilter {
    fn default() -> Self {
        Self { name: None, limit: LIMIT, offset: 0 }
    }
}

impl Default for ContributionFilter {
    fn default() -> Self {
        Self { person: None, institution: None, claim: None, dossier: None, limit: LIMIT, offset: 0 }
    }
}
