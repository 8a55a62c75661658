use rusqlite::{Transaction, params};

use crate::{
    domain::{Dossier, Kind},
    resolve::Resolution,
    store::{StoreError, id::id_of},
    text::fold_key,
};

/// Writes the names under which a document prints its journals.
pub(super) fn write(
    tx: &Transaction<'_>,
    dossier: &Dossier,
    resolution: &Resolution,
) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO journal_name (journal_id, name_key, document_id, name, address)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for link in resolution.papers.iter().filter_map(|links| links.journal.as_ref()) {
        let name_key = fold_key(&link.name);
        let journal = id_of(Kind::Journal, &link.key);
        insert
            .execute(params![journal, name_key, dossier.id, link.name, id_of(Kind::Journal, &name_key),])?;
    }
    Ok(())
}

/// Forgets the names that a document prints.
pub(super) fn clear(tx: &Transaction<'_>, document_id: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM journal_name WHERE document_id = ?1")?.execute([document_id])?;
    Ok(())
}
