use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::papers;
use crate::{
    domain::{JournalAlias, JournalRecord},
    resolve::{JournalMethod, same_journal},
    store::StoreError,
    text::fold_key,
};

/// A journal with its papers; also by the address it would have by one of its other names alone.
pub(in crate::store) fn journal(db: &Connection, id: &str) -> Result<Option<JournalRecord>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, name FROM journal WHERE id = ?1
             OR id = (SELECT journal_id FROM journal_name WHERE address = ?1 LIMIT 1)
         ORDER BY id <> ?1 LIMIT 1",
    )?;
    let found = query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((id, name)): Option<(String, String)> = found else {
        return Ok(None);
    };
    let papers = papers(db, "a.journal_id = ?1", "", &id)?;
    let aliases = aliases(db, &id, &name)?;
    Ok(Some(JournalRecord { id, name, aliases, papers }))
}

/// Each other printing once, with the reason and the first dossier that prints it.
fn aliases(db: &Connection, id: &str, name: &str) -> Result<Vec<JournalAlias>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT name_key, name, document_id FROM journal_name WHERE journal_id = ?1
         ORDER BY name_key, document_id",
    )?;
    let mut found: BTreeMap<String, JournalAlias> = BTreeMap::new();
    let own = fold_key(name);
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        let (key, printed, dossier): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if key == own || found.contains_key(&key) {
            continue;
        }
        let method = same_journal(name, &printed).map_or("", JournalMethod::name).to_owned();
        found.insert(key, JournalAlias { name: printed, method, dossier });
    }
    Ok(found.into_values().collect())
}
