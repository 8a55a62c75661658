//! Why are these mentions one, and which others may be?
//!
//! Lists the joins that hold and what was only nearly joined, each with what is printed for it. Must not
//! change anything, nor decide who is who: that is `identity`.

mod evidence;
mod held;
mod suggested;
#[cfg(test)]
mod tests;

use super::{Page, Store, StoreError, identity};
use crate::domain::{IdentitySuggestion, Join, Kind};

pub(super) use held::held;
pub(super) use suggested::suggested;

/// Which joins or suggestions are wanted; all that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinFilter {
    /// Person or institution.
    pub kind: Option<Kind>,
    /// Address of the record; one that was given away leads to the present one.
    pub id: Option<String>,
    /// `same-name-and-paper`, …
    pub method: Option<String>,
    /// How many items at most; 20 where nothing else is asked.
    pub limit: usize,
    /// How many items to pass over.
    pub offset: usize,
}

impl Default for JoinFilter {
    fn default() -> Self {
        Self { kind: None, id: None, method: None, limit: 20, offset: 0 }
    }
}

impl JoinFilter {
    /// Asks for what concerns one record, as far as a page shows it.
    pub(super) fn of(id: &str) -> Self {
        Self { id: Some(id.to_owned()), limit: 50, ..Self::default() }
    }
}

impl Store {
    /// Lists why mentions are one record, by record.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn joins(&self, filter: &JoinFilter) -> Result<Page<Join>, StoreError> {
        self.pool.read(|db| held(db, &present(db, filter)?))
    }

    /// Lists records that may be one, the likeliest first.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn identity_suggestions(&self, filter: &JoinFilter) -> Result<Page<IdentitySuggestion>, StoreError> {
        self.pool.read(|db| suggested(db, &present(db, filter)?))
    }
}

fn present(db: &rusqlite::Connection, filter: &JoinFilter) -> Result<JoinFilter, StoreError> {
    let mut filter = filter.clone();
    if let Some(id) = &filter.id
        && let Some(now) = identity::present(db, id)?
    {
        filter.id = Some(now);
    }
    Ok(filter)
}
