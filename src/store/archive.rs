use rusqlite::Connection;

use super::{Store, StoreError, derived, put, record};
use crate::resolve;

impl Store {
    /// Names this record: no other one, and no copy made anew, has the same.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn origin(&self) -> Result<String, StoreError> {
        self.pool.read(|db| Ok(db.query_row("SELECT origin FROM archive", [], |row| row.get(0))?))
    }

    /// Writes and ties all documents anew where another version of the program did, all or none.
    pub(super) fn derive_anew(&self) -> Result<(), StoreError> {
        let versions = (resolve::VERSION, derived::VERSION);
        let known = |db: &Connection| {
            db.query_row("SELECT resolver, derived FROM archive", [], |row| Ok((row.get(0)?, row.get(1)?)))
        };
        if self.pool.read(|db| Ok(known(db)?))? == versions {
            return Ok(());
        }
        let documents = self.document_ids()?;
        if !documents.is_empty() {
            tracing::info!("who is who is found anew in {} documents", documents.len());
        }
        self.pool.write(|tx| {
            // Read again under the lock: another process may have been faster.
            if known(tx)? == versions {
                return Ok(());
            }
            for id in &documents {
                if let Some(dossier) = record::dossier(tx, id)? {
                    put::tie(tx, &dossier)?;
                }
            }
            tx.execute("UPDATE archive SET resolver = ?1, derived = ?2", versions)?;
            Ok(())
        })
    }

    /// Tells whether nothing was ever kept, or the first documents were only begun.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn is_unseeded(&self) -> Result<bool, StoreError> {
        let begun: bool =
            self.pool.read(|db| Ok(db.query_row("SELECT seeding FROM archive", [], |row| row.get(0))?))?;
        Ok(begun || self.last_change()? == 0)
    }

    /// Notes that the first documents are being taken in, or that they are.
    ///
    /// # Errors
    /// Where the database cannot be written.
    pub fn set_seeding(&self, begun: bool) -> Result<(), StoreError> {
        self.pool.write(|tx| {
            tx.execute("UPDATE archive SET seeding = ?1", [begun])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seeding_that_was_broken_off_is_begun_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("opens");
        let origin = store.origin().expect("an answer");
        store.set_seeding(true).expect("noted");
        drop(store);
        let store = Store::open(folder.path()).expect("opens");
        assert!(store.is_unseeded().expect("an answer"));
        assert_eq!(store.origin().expect("an answer"), origin);
        let other = tempfile::tempdir().expect("a folder");
        assert_ne!(Store::open(other.path()).expect("opens").origin().expect("an answer"), origin);
    }
}
