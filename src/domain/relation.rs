use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DossierRef, EntityRef};

/// Somebody, or an institution, that stands in the same dossiers as another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Relation {
    /// The other person or institution.
    pub partner: EntityRef,
    /// The institution of the other person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<EntityRef>,
    /// How many dossiers they share.
    pub count: usize,
    /// The same by award year; a dossier without a year counts under none.
    pub years: BTreeMap<u16, usize>,
    /// The dossiers they share, by year and title.
    pub dossiers: Vec<SharedDossier>,
}

/// A dossier behind a relation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SharedDossier {
    /// Which one.
    #[serde(flatten)]
    pub dossier: DossierRef,
    /// Its award.
    pub award: Option<String>,
    /// The printed rank of the one in question.
    pub rank: Option<u32>,
    /// The printed rank of the partner.
    pub partner_rank: Option<u32>,
}
