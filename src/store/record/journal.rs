use rusqlite::{Connection, OptionalExtension};

use super::papers;
use crate::{domain::JournalRecord, store::StoreError};

/// A journal with its papers.
pub(in crate::store) fn journal(db: &Connection, id: &str) -> Result<Option<JournalRecord>, StoreError> {
    let mut query = db.prepare_cached("SELECT name FROM journal WHERE id = ?1")?;
    let Some(name) = query.query_row([id], |row| row.get(0)).optional()? else {
        return Ok(None);
    };
    let papers = papers(db, "a.journal_id = ?1", "", id)?;
    Ok(Some(JournalRecord { id: id.to_owned(), name, papers }))
}
