use std::{io, path::PathBuf};

use rusqlite::ErrorCode;

use super::DecisionError;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The data directory is absent and cannot be made.
    #[error("cannot create the data directory {}: check its path and permissions", path.display())]
    Folder {
        /// The data directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The database file cannot be opened.
    #[error("cannot open the database {}: check that it is a database of dossier and may be written", path.display())]
    Open {
        /// The database file.
        path: PathBuf,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
    /// A newer program wrote the database.
    #[error(
        "the database {} has schema version {found}, this program knows versions up to {supported}: \
         use a newer dossier or another data directory", path.display()
    )]
    TooNew {
        /// The database file.
        path: PathBuf,
        /// The version it has.
        found: i64,
        /// The newest version this program knows.
        supported: i64,
    },
    /// An older database cannot be brought to the schema of this program.
    #[error(
        "cannot bring the database {} from schema version {found} to {supported}, it is left as it was: \
         restore a backup or use another data directory", path.display()
    )]
    Migration {
        /// The database file.
        path: PathBuf,
        /// The version it has.
        found: i64,
        /// The version that was to be reached.
        supported: i64,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
    /// A copy cannot be written.
    #[error("{}: the copy cannot be written: check the path, its permissions and the room left", path.display())]
    Copy {
        /// Where it was to stand.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file to restore from is no sound database of this program.
    #[error("{}: it is no whole backup: name a file that dossier backup wrote", path.display())]
    NotACopy {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
    /// What is there was not to be replaced.
    #[error("{}: the data directory holds a record already: --force replaces it", path.display())]
    Occupied {
        /// The data directory.
        path: PathBuf,
    },
    /// What is to be replaced is open.
    #[error("{}: the data directory is in use: stop the service and try again", path.display())]
    InUse {
        /// The data directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
    /// Another process is writing and did not finish in time.
    #[error("another process is writing to the data directory: try again when it is done")]
    Busy(#[source] rusqlite::Error),
    /// No room is left.
    #[error("the disk that holds the data directory is full: free some space and try again")]
    Full(#[source] rusqlite::Error),
    /// The database may be read only.
    #[error("the database may not be written: check the permissions of the data directory")]
    ReadOnly(#[source] rusqlite::Error),
    /// The file is not, or is no longer, a sound database.
    #[error("the database is damaged: restore a backup or index the documents into another data directory")]
    Damaged(#[source] rusqlite::Error),
    /// The disk failed.
    #[error("the disk that holds the data directory cannot be read or written: check it and try again")]
    Disk(#[source] rusqlite::Error),
    /// Any other answer of the database.
    #[error("the database could not answer")]
    Query(#[source] rusqlite::Error),
    /// A stored record is not what this program writes.
    #[error("a record of the database cannot be read or written as JSON: index its document anew")]
    Json(#[from] serde_json::Error),
    /// A decision was refused, or stands in the way.
    #[error(transparent)]
    Decision(#[from] DecisionError),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(error),
            Some(ErrorCode::DiskFull) => StoreError::Full(error),
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged(error),
            Some(ErrorCode::SystemIoFailure) => StoreError::Disk(error),
            _ => StoreError::Query(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, Error, ffi};

    use super::*;

    #[test]
    fn a_fault_of_the_disk_is_told_from_one_of_the_program() {
        let error = |code| StoreError::from(Error::SqliteFailure(ffi::Error::new(code), None));
        assert!(matches!(error(ffi::SQLITE_FULL), StoreError::Full(_)));
        assert!(matches!(error(ffi::SQLITE_BUSY), StoreError::Busy(_)));
        assert!(matches!(error(ffi::SQLITE_READONLY), StoreError::ReadOnly(_)));
        assert!(matches!(error(ffi::SQLITE_CORRUPT), StoreError::Damaged(_)));
        assert!(matches!(error(ffi::SQLITE_IOERR), StoreError::Disk(_)));
        assert!(matches!(error(ffi::SQLITE_CONSTRAINT), StoreError::Query(_)));
    }

    #[test]
    fn a_full_database_says_so() {
        let db = Connection::open_in_memory().expect("memory");
        db.pragma_update(None, "max_page_count", 2).expect("pragma");
        let error = db
            .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(100000));")
            .map_err(StoreError::from)
            .expect_err("no room");
        assert!(matches!(error, StoreError::Full(_)), "{error:?}");
    }
}
