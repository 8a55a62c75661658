use rusqlite::OptionalExtension;

use super::{DecisionFilter, row, told};
use crate::{
    domain::{History, Kind},
    store::{Store, StoreError, shown},
};

impl Store {
    /// Tells what was decided about a document, a person or an institution; also about one that was
    /// removed. `None` where there never was such a record, as far as is known.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn history(&self, kind: Kind, id: &str) -> Result<Option<History>, StoreError> {
        self.pool.read(|db| {
            let filter =
                DecisionFilter { target: Some(id.to_owned()), limit: usize::MAX, ..Default::default() };
            let decided = row::listed(db, &filter)?.items.into_iter().filter(|one| one.kind == kind);
            let decisions = decided.map(|one| told(db, one)).collect::<Result<Vec<_>, _>>()?;
            let dates = if kind == Kind::Dossier { shown::dates(db, id)? } else { None };
            let exists = match kind {
                Kind::Person => "SELECT 1 FROM person WHERE id = ?1",
                Kind::Institution => "SELECT 1 FROM institution WHERE id = ?1",
                _ => "SELECT 1 FROM document WHERE id = ?1",
            };
            let exists = db.prepare_cached(exists)?.query_row([id], |_| Ok(())).optional()?.is_some();
            let known = exists || dates.is_some() || !decisions.is_empty();
            let (added, updated) = dates.unzip();
            Ok(known.then_some(History { id: id.to_owned(), added, updated, decisions }))
        })
    }
}
