use super::{Store, StoreError, put, record};
use crate::resolve;

impl Store {
    /// Names this record: no other one, and no copy made anew, has the same.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn origin(&self) -> Result<String, StoreError> {
        self.pool.read(|db| Ok(db.query_row("SELECT origin FROM archive", [], |row| row.get(0))?))
    }

    /// Ties all documents anew where another resolver tied them, all or none.
    pub(super) fn resolve_anew(&self) -> Result<(), StoreError> {
        let resolver = "SELECT resolver FROM archive";
        let by: u32 = self.pool.read(|db| Ok(db.query_row(resolver, [], |row| row.get(0))?))?;
        if by == resolve::VERSION {
            return Ok(());
        }
        let documents = self.document_ids()?;
        if !documents.is_empty() {
            tracing::info!("who is who is found anew in {} documents", documents.len());
        }
        self.pool.write(|tx| {
            for id in &documents {
                if let Some(dossier) = record::dossier(tx, id)? {
                    put::tie(tx, &dossier)?;
                }
            }
            tx.execute("UPDATE archive SET resolver = ?1", [resolve::VERSION])?;
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
