//! What is known, and what has changed?
//!
//! Answers from one SQLite database, the system of record: the documents as they came, what was
//! read from them, the people, institutions and journals they are tied to, and a numbered log of
//! changes from which a derived index catches up.
//!
//! - A change is on the disk when the call that made it returns, whole or not at all.
//! - A record's address depends on what it is, never on the order in which documents came. Nor does who is
//!   who: `identity` finds it from nodes, what they have in common, and decisions. An address that was given
//!   away leads on for ever.
//! - What people decide about a record is kept apart from what was read, and holds for later versions.
//! - A person, an institution or a journal exists as long as a document is tied to it.
//!
//! Must not know how a document is read, nor how what is kept is searched or shown.

mod archive;
mod backup;
mod change;
mod condition;
mod contribution;
mod decision;
mod derived;
mod directory;
mod entity;
mod error;
mod id;
mod identity;
mod indexed;
mod join;
mod label;
mod list;
mod matrix;
mod page;
mod pool;
mod put;
mod record;
mod relation;
mod reuse;
mod row;
#[cfg(test)]
mod sample;
mod schema;
mod shown;
mod tie;

use std::{fs, path::Path};

use rusqlite::OptionalExtension;

use crate::domain::{
    ClaimRecord, Contribution, Dossier, InstitutionRecord, IpRecord, JournalRecord, Kind, PaperRecord,
    PersonRecord,
};

pub use backup::restore;
pub use change::{Change, DocumentRecords};
pub use decision::{DecisionError, DecisionFilter, NewDecision};
pub use error::StoreError;
pub use id::{document_id, kind_of};
pub use indexed::{Credits, DossierColumns, JournalPaper};
pub use join::JoinFilter;
pub use page::{ContributionFilter, ListFilter, Listed, Page, ReuseFilter};
pub use put::{NewDocument, Put, PutStatus};
pub use relation::RelationFilter;

/// The file of the database in a data directory.
const DATABASE: &str = "dossier.sqlite";

/// The database of a data directory, open for one writer and several readers at a time.
#[derive(Debug)]
pub struct Store {
    pool: pool::Pool,
}

impl Store {
    /// Opens the database `dossier.sqlite` of the data directory `dir`; makes what is not there. What an
    /// older resolver tied is tied anew, which the log of changes tells.
    ///
    /// # Errors
    /// Where the folder or the file cannot be opened or written, or a newer program wrote it.
    pub fn open(dir: &Path) -> Result<Store, StoreError> {
        fs::create_dir_all(dir).map_err(|source| StoreError::Folder { path: dir.to_owned(), source })?;
        let store = Store { pool: pool::Pool::open(&dir.join(DATABASE))? };
        store.derive_anew()?;
        Ok(store)
    }

    /// Finds a document as it was understood, corrected and without those who are not to be shown.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn dossier(&self, id: &str) -> Result<Option<Dossier>, StoreError> {
        self.pool.read(|db| record::dossier(db, id))
    }

    /// Finds the decoded text of a document, into which its spans point.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn source_text(&self, id: &str) -> Result<Option<String>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached("SELECT text FROM document WHERE id = ?1")?;
            Ok(query.query_row([id], |row| row.get(0)).optional()?)
        })
    }

    /// Finds the file of a document, byte for byte as it came: also what is hidden in its text, so that it
    /// is for reading the document anew and not for showing.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn source_bytes(&self, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached("SELECT bytes FROM document WHERE id = ?1")?;
            Ok(query.query_row([id], |row| row.get(0)).optional()?)
        })
    }

    /// Finds a person with all that is tied to them.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn person(&self, id: &str) -> Result<Option<PersonRecord>, StoreError> {
        self.pool.read(|db| {
            let Some(mut person) = record::person(db, id)? else { return Ok(None) };
            let about = JoinFilter { kind: Some(Kind::Person), ..JoinFilter::of(id) };
            person.joins = join::held(db, &about)?.items;
            person.suggestions = join::suggested(db, &about)?.items;
            Ok(Some(person))
        })
    }

    /// Finds a person without co-contributors, without where else papers and rights are listed, and without the
    /// reasons why the mentions are one.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn bare_person(&self, id: &str) -> Result<Option<PersonRecord>, StoreError> {
        self.pool.read_again(|db| record::bare_person(db, id))
    }

    /// Finds an institution with all that is tied to it.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn institution(&self, id: &str) -> Result<Option<InstitutionRecord>, StoreError> {
        self.pool.read(|db| {
            let Some(mut institution) = record::institution(db, id)? else { return Ok(None) };
            let about = JoinFilter { kind: Some(Kind::Institution), ..JoinFilter::of(id) };
            institution.joins = join::held(db, &about)?.items;
            institution.suggestions = join::suggested(db, &about)?.items;
            Ok(Some(institution))
        })
    }

    /// Finds a journal with its papers.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn journal(&self, id: &str) -> Result<Option<JournalRecord>, StoreError> {
        self.pool.read(|db| record::journal(db, id))
    }

    /// Finds a paper as one dossier lists it.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn paper(&self, id: &str) -> Result<Option<PaperRecord>, StoreError> {
        self.pool.read(|db| Ok(record::papers(db, "a.id = ?1", "", id)?.pop()))
    }

    /// Finds a patent or another right as one dossier lists it.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn ip(&self, id: &str) -> Result<Option<IpRecord>, StoreError> {
        self.pool.read(|db| Ok(record::ips(db, "r.id = ?1", "", id)?.pop()))
    }

    /// Finds an innovation claim with those credited for it.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn claim(&self, id: &str) -> Result<Option<ClaimRecord>, StoreError> {
        self.pool.read(|db| Ok(record::claims(db, "c.id = ?1", id)?.pop()))
    }

    /// Finds what one person did in one dossier.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn contribution(&self, id: &str) -> Result<Option<Contribution>, StoreError> {
        self.pool.read(|db| Ok(record::contributions(db, "b.id = ?1", [id])?.pop()))
    }
}
