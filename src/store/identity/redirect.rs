use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::store::{Store, StoreError};

impl Store {
    /// Tells where the record of a person or an institution is now whose address was given away when it was
    /// made one with another; `None` where the address is nobody's, or still its own.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn moved_to(&self, id: &str) -> Result<Option<String>, StoreError> {
        self.pool.read(|db| Ok(present(db, id)?.filter(|now| now != id)))
    }
}

/// The entity that an address leads to, over as many steps as there are.
pub(in crate::store) fn present(db: &Connection, id: &str) -> Result<Option<String>, StoreError> {
    let mut lives = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1) OR EXISTS (SELECT 1 FROM institution WHERE id = ?1)",
    )?;
    let mut next = db.prepare_cached(
        "SELECT entity_id FROM identity_node WHERE id = ?1
         UNION ALL SELECT target FROM redirect WHERE id = ?1",
    )?;
    let (mut id, mut seen) = (id.to_owned(), BTreeSet::new());
    while seen.insert(id.clone()) {
        if lives.query_row([&id], |row| row.get(0))? {
            return Ok(Some(id));
        }
        match next.query_row([&id], |row| row.get(0)).optional()? {
            Some(target) => id = target,
            None => return Ok(None),
        }
    }
    Ok(None)
}

/// Notes where an address leads from now on; the target is alive and leads nowhere else.
pub(super) fn lead(tx: &Transaction<'_>, id: &str, target: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM redirect WHERE id = ?1")?.execute([target])?;
    tx.prepare_cached(
        "INSERT INTO redirect (id, target) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET target = ?2",
    )?
    .execute([id, target])?;
    Ok(())
}
