use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::{StoreError, schema};

/// How long a write waits for another process.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many idle readers are kept.
const READERS: usize = 4;
/// How much of the database the connection that writes keeps in memory, in KiB.
const KEPT: i64 = 64 * 1024;
/// How many prepared statements a connection keeps: about as many as the program has.
const STATEMENTS: usize = 96;

/// The connections to one database: one that writes, and readers opened as they are needed.
#[derive(Debug)]
pub(super) struct Pool {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Pool {
    /// Opens the database at `path`, making it where it is absent, and brings its schema up.
    pub(super) fn open(path: &Path) -> Result<Pool, StoreError> {
        let mut writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        schema::migrate(&mut writer, path)?;
        // After the schema: a newer program's file is not touched.
        let tuned = writer
            .pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
            .and_then(|()| writer.pragma_update(None, "synchronous", "FULL"))
            .and_then(|()| writer.pragma_update(None, "cache_size", -KEPT));
        tuned.map_err(|source| StoreError::Open { path: path.to_owned(), source })?;
        Ok(Pool { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// Answers from one state of the database: no change comes between two queries of `answer`.
    pub(super) fn read<T>(
        &self,
        answer: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
        };
        let state = reader.transaction()?;
        let answer = answer(&state)?;
        state.finish()?;
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS {
            readers.push(reader);
        }
        Ok(answer)
    }

    /// Answers as [`Self::read`], by the connection that writes: it still has in memory what it read for earlier
    /// changes, while a reader forgets all pages whenever another connection has written. Writes wait meanwhile.
    pub(super) fn read_again<T>(
        &self,
        answer: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let state = writer.transaction()?;
        let answer = answer(&state)?;
        state.finish()?;
        Ok(answer)
    }

    /// Asks by a connection of its own and outside a transaction, for what SQLite does in none.
    pub(super) fn outside(
        &self,
        ask: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        Ok(ask(&connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)?)
    }

    /// Makes a change, which is on the disk when this returns; an error leaves nothing of it.
    pub(super) fn write<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = change(&transaction)?;
        transaction.commit()?;
        Ok(answer)
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    // One thread at a time holds a connection: SQLite's own lock is not needed.
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .and_then(|db| db.busy_timeout(PATIENCE).map(|()| db))
        .and_then(|db| db.pragma_update(None, "foreign_keys", "ON").map(|()| db))
        .map_err(|source| StoreError::Open { path: path.to_owned(), source })?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use super::*;
    use crate::store::{
        Store,
        sample::{Sample, empty_store, put},
    };

    #[test]
    fn a_store_is_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Store>();

        let (_dir, store) = empty_store();
        thread::scope(|scope| {
            for writer in ["甲", "乙"] {
                let store = &store;
                scope.spawn(move || {
                    for number in 0..10 {
                        let title = format!("{writer}{number}");
                        let dossier = Sample::new(&title).person("陈一", "甲医院", &[]).build();
                        let kept = put(store, &dossier);
                        assert!(store.dossier(&kept.id).expect("answer").is_some(), "read what was written");
                    }
                });
            }
        });
        assert_eq!(store.last_change().expect("answer"), 20);
        assert!(store.pool.readers.lock().expect("sound").len() <= READERS);
    }

    #[test]
    fn what_was_acknowledged_is_there_when_opened_again() {
        let (dir, store) = empty_store();
        let kept = put(&store, &Sample::new("甲术研究").person("陈一", "甲医院", &[]).build());
        let records = store.records_of(&kept.id).expect("answer");
        drop(store);
        let store = Store::open(dir.path()).expect("opened");
        assert_eq!(store.records_of(&kept.id).expect("answer"), records);
        assert_eq!(store.last_change().expect("answer"), kept.seq);
    }

    #[test]
    fn a_write_waits_for_another_process() {
        let (dir, store) = empty_store();
        let (started, start) = mpsc::channel();
        let path = dir.path().join("dossier.sqlite");
        thread::scope(|scope| {
            scope.spawn(move || {
                let other = Connection::open(path).expect("opened");
                other.execute_batch("BEGIN IMMEDIATE").expect("locked");
                started.send(()).expect("awaited");
                thread::sleep(Duration::from_millis(200));
                other.execute_batch("COMMIT").expect("unlocked");
            });
            start.recv().expect("locked");
            assert_eq!(put(&store, &Sample::new("甲术研究").build()).seq, 1);
        });
    }

    #[test]
    fn patience_ends_with_a_clear_error() {
        let (dir, store) = empty_store();
        let other = Connection::open(dir.path().join("dossier.sqlite")).expect("opened");
        other.execute_batch("BEGIN IMMEDIATE").expect("locked");
        let writer = store.pool.writer.lock().expect("sound");
        writer.busy_timeout(Duration::from_millis(20)).expect("set");
        drop(writer);
        let error = store.remove("d0").expect_err("locked");
        assert_eq!(
            error.to_string(),
            "another process is writing to the data directory: try again when it is done"
        );
    }

    #[test]
    fn every_commit_reaches_the_disk() {
        let (_dir, store) = empty_store();
        let pragma = |name| {
            store.pool.write(|tx| {
                Ok(tx.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))?)
            })
        };
        assert_eq!(pragma("journal_mode").expect("answer"), "wal".to_owned().into());
        assert_eq!(pragma("synchronous").expect("answer"), 2.into(), "FULL");
        assert_eq!(pragma("foreign_keys").expect("answer"), 1.into());
    }

    #[test]
    fn a_file_that_is_no_database_is_named() {
        let dir = tempfile::TempDir::new().expect("folder");
        let path = dir.path().join("dossier.sqlite");
        std::fs::write(&path, "no database, however long one reads on in it ".repeat(100)).expect("written");
        let error = Store::open(dir.path()).expect_err("no database");
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        let inside = path.join("further");
        assert!(matches!(Store::open(&inside), Err(StoreError::Folder { .. })));
    }

    #[test]
    fn a_database_of_a_newer_program_is_refused_untouched() {
        let dir = tempfile::TempDir::new().expect("folder");
        let path = dir.path().join("dossier.sqlite");
        let newer = Connection::open(&path).expect("opened");
        newer.pragma_update(None, "user_version", 9).expect("set");
        drop(newer);
        let bytes = std::fs::read(&path).expect("read");
        let error = Store::open(dir.path()).expect_err("too new");
        assert!(matches!(error, StoreError::TooNew { found: 9, .. }), "{error}");
        assert_eq!(std::fs::read(&path).expect("read"), bytes);
    }
}
