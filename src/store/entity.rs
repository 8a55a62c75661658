use std::collections::BTreeSet;

use rusqlite::{Transaction, params};

use super::{StoreError, id::id_of, label};
use crate::{
    domain::{Facet, Kind},
    resolve::JournalLink,
    text::fold_key,
};

/// The people, institutions and journals that a document is tied to.
pub(super) fn tied_to(
    tx: &Transaction<'_>,
    document_id: &str,
) -> Result<BTreeSet<(Kind, String)>, StoreError> {
    let mut tied = BTreeSet::new();
    for (kind, sql) in [
        (Kind::Person, "SELECT person_id FROM contribution WHERE document_id = ?1"),
        (
            Kind::Institution,
            "SELECT institution_id FROM completing_institution WHERE document_id = ?1
             UNION SELECT institution_id FROM contribution WHERE document_id = ?1 AND institution_id IS NOT NULL
             UNION SELECT employer_id FROM contribution WHERE document_id = ?1 AND employer_id IS NOT NULL",
        ),
        (Kind::Journal, "SELECT journal_id FROM paper WHERE document_id = ?1 AND journal_id IS NOT NULL"),
    ] {
        let mut query = tx.prepare_cached(sql)?;
        for id in query.query_map([document_id], |row| row.get(0))? {
            tied.insert((kind, id?));
        }
    }
    Ok(tied)
}

/// Deletes those of `entities` that no document is tied to any more.
pub(super) fn remove_untied(
    tx: &Transaction<'_>,
    entities: &BTreeSet<(Kind, String)>,
) -> Result<(), StoreError> {
    // People first: an institution stays as long as a person is told from others by it.
    for (kind, sql) in [
        (
            Kind::Person,
            "DELETE FROM person WHERE id = ?1
                 AND NOT EXISTS (SELECT 1 FROM contribution WHERE person_id = ?1)",
        ),
        (
            Kind::Institution,
            "DELETE FROM institution WHERE id = ?1
                 AND NOT EXISTS (SELECT 1 FROM completing_institution WHERE institution_id = ?1)
                 AND NOT EXISTS (SELECT 1 FROM contribution WHERE institution_id = ?1)
                 AND NOT EXISTS (SELECT 1 FROM contribution WHERE employer_id = ?1)
                 AND NOT EXISTS (SELECT 1 FROM person WHERE institution_id = ?1)",
        ),
        (
            Kind::Journal,
            "DELETE FROM journal WHERE id = ?1
                 AND NOT EXISTS (SELECT 1 FROM paper WHERE journal_id = ?1)",
        ),
    ] {
        let mut delete = tx.prepare_cached(sql)?;
        for (_, id) in entities.iter().filter(|(of, _)| *of == kind) {
            delete.execute([id])?;
        }
    }
    Ok(())
}

/// Gives the id of a journal, which is made where not known.
pub(super) fn journal(tx: &Transaction<'_>, link: &JournalLink) -> Result<String, StoreError> {
    let id = id_of(Kind::Journal, &link.key);
    let name = label::note(tx, Facet::Journal, &link.name)?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO journal (id, key, name, name_key) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key) DO NOTHING",
    )?;
    insert.execute(params![id, link.key, name, fold_key(&name)])?;
    Ok(id)
}
