//! What follows from the rows of a document?
//!
//! Works that several rows list, the names of journals, the roles of contributors and the sentences that
//! credit them are derived with the rows, and anew where another version of the program derived them.
//! Must not change what was read, nor the rows themselves.

mod credit;
mod journal_name;
mod work;

use rusqlite::Transaction;

use super::StoreError;
use crate::{domain::Dossier, resolve::Resolution};

/// How this program derives: what was derived by another version is derived anew.
pub(super) const VERSION: u32 = 2;

/// Derives all that follows from a document whose rows are written.
pub(super) fn write(
    tx: &Transaction<'_>,
    dossier: &Dossier,
    resolution: &Resolution,
) -> Result<(), StoreError> {
    let mut query = tx.prepare_cached("SELECT text FROM document WHERE id = ?1")?;
    let text: String = query.query_row([&dossier.id], |row| row.get(0))?;
    work::write(tx, dossier)?;
    journal_name::write(tx, dossier, resolution)?;
    credit::write(tx, dossier, resolution, &text)
}

/// Forgets all that followed from a document; what is tied to others only remains theirs.
pub(super) fn clear(tx: &Transaction<'_>, document_id: &str) -> Result<(), StoreError> {
    work::clear(tx, document_id)?;
    journal_name::clear(tx, document_id)
}

#[cfg(test)]
mod tests;
