use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{DossierRef, EntityRef, Kind};

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
    /// Printed ranks.
    pub ranks: Option<RangeInclusive<u32>>,
    /// A title, a part of a post, or what papers and rights print: `corresponding`, `first-author`, `inventor`, …
    pub role: Option<String>,
    /// Years of the award.
    pub years: Option<RangeInclusive<u16>>,
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

/// Which works of the ledger are wanted; all that is given must hold of one of its listings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReuseFilter {
    /// Papers or rights only.
    pub kind: Option<Kind>,
    /// So many dossiers at least, or so many listings in one of them; 2 where nothing else is asked.
    pub min: usize,
    /// Id of a dossier that lists it.
    pub dossier: Option<String>,
    /// Name of the award of a dossier that lists it.
    pub award: Option<String>,
    /// Years of the award of a dossier that lists it.
    pub years: Option<RangeInclusive<u16>>,
    /// How many items at most; 20 where nothing else is asked.
    pub limit: usize,
    /// How many items to pass over.
    pub offset: usize,
}

impl Default for ReuseFilter {
    fn default() -> Self {
        Self { kind: None, min: 2, dossier: None, award: None, years: None, limit: LIMIT, offset: 0 }
    }
}

const LIMIT: usize = 20;

impl Default for ListFilter {
    fn default() -> Self {
        Self { name: None, limit: LIMIT, offset: 0 }
    }
}

impl Default for ContributionFilter {
    fn default() -> Self {
        Self {
            person: None,
            institution: None,
            claim: None,
            dossier: None,
            ranks: None,
            role: None,
            years: None,
            limit: LIMIT,
            offset: 0,
        }
    }
}
