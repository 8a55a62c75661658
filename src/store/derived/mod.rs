//! What follows from the rows of a document?
//!
//! Works that several rows list, the names of journals, the roles of contributors and the sentences that
//! credit them are derived with the rows, and anew where another version of the program derived them.
//! Must not change what was read, nor the rows themselves.

mod credit;
mod journal_name;
mod work;

use rusqlite::{Connection, Transaction, params};

use super::{Store, StoreError, change, entity, record};
use crate::{
    domain::Dossier,
    resolve::{Resolution, resolve},
};

/// How this program derives: what was derived by another version is derived anew.
const VERSION: i64 = 1;

/// Derives all that follows from a document whose rows are written.
pub(super) fn write(
    tx: &Transaction<'_>,
    dossier: &Dossier,
    resolution: &Resolution,
    text: &str,
) -> Result<(), StoreError> {
    work::write(tx, dossier)?;
    journal_name::write(tx, dossier, resolution)?;
    credit::write(tx, dossier, resolution, text)
}

/// Forgets all that followed from a document; what is tied to others only remains theirs.
pub(super) fn clear(tx: &Transaction<'_>, document_id: &str) -> Result<(), StoreError> {
    work::clear(tx, document_id)?;
    journal_name::clear(tx, document_id)
}

/// Derives anew what another version of the program derived, or an older one did not.
pub(super) fn bring_up(store: &Store) -> Result<(), StoreError> {
    if store.pool.read(version)? == VERSION {
        return Ok(());
    }
    store.pool.write(|tx| {
        // Read again under the lock: another process may have been faster.
        if version(tx)? == VERSION {
            return Ok(());
        }
        for id in documents(tx)? {
            bring_up_document(tx, &id)?;
        }
        tx.execute("UPDATE archive SET derived = ?1", [VERSION])?;
        Ok(())
    })
}

fn version(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.query_row("SELECT derived FROM archive", [], |row| row.get(0))?)
}

fn documents(tx: &Transaction<'_>) -> Result<Vec<String>, StoreError> {
    let mut query = tx.prepare_cached("SELECT id FROM document ORDER BY id")?;
    let ids = query.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn bring_up_document(tx: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
    let Some(dossier) = record::dossier(tx, id)? else { return Ok(()) };
    let mut query = tx.prepare_cached("SELECT text FROM document WHERE id = ?1")?;
    let text: String = query.query_row([id], |row| row.get(0))?;
    let resolution = resolve(&dossier);
    let before = entity::tied_to(tx, id)?;
    clear(tx, id)?;
    let mut tie =
        tx.prepare_cached("UPDATE paper SET journal_id = ?3 WHERE document_id = ?1 AND position = ?2")?;
    for (position, links) in resolution.papers.iter().enumerate() {
        let journal = links.journal.as_ref().map(|link| entity::journal(tx, link)).transpose()?;
        tie.execute(params![id, i64::try_from(position).unwrap_or(i64::MAX), journal])?;
    }
    write(tx, &dossier, &resolution, &text)?;
    entity::remove_untied(tx, &before)?;
    let after = entity::tied_to(tx, id)?;
    // Records show sentences and names that they did not before: the index learns of all of them.
    change::note(tx, id, false, &(&before | &after))?;
    Ok(())
}

#[cfg(test)]
mod tests;
