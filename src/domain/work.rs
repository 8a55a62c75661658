use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DossierRef, Kind};
use crate::text::Span;

/// One paper or right that several dossiers list, or one dossier more than once.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReusedWork {
    /// Stable as long as the work keeps its keys.
    pub id: String,
    /// `paper` or `ip`.
    pub kind: Kind,
    /// As the first of its listings prints it.
    pub title: String,
    /// How many dossiers list it.
    pub dossiers: usize,
    /// One neutral sentence: what is printed, not what it means.
    pub note: String,
    /// Every listing, by year and dossier.
    pub uses: Vec<WorkUse>,
}

/// One listing of a work.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WorkUse {
    /// Id of the paper or right as this dossier lists it.
    pub id: String,
    /// The dossier.
    pub dossier: DossierRef,
    /// Its award.
    pub award: Option<String>,
    /// 推荐奖种.
    pub category: Option<String>,
    /// 序号 in its list.
    pub number: Option<u32>,
    /// As printed there.
    pub title: String,
    /// Journal, year, locator and DOI of a paper; number and date of a right.
    pub printed: Vec<String>,
    /// Why it is the same work as another of the listings: `same-doi`, …
    pub method: Option<String>,
    /// Where the title stands in the source of the dossier.
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
}
