use std::{
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{DATABASE, Store, StoreError, schema};

impl Store {
    /// Writes a copy of one state of the database to the file `path`, also while others read and write. The
    /// file is there when it is whole and on the disk; one that was there before is replaced.
    ///
    /// # Errors
    /// Where the database cannot answer or the file cannot be written.
    pub fn backup(&self, path: &Path) -> Result<(), StoreError> {
        let part = beside(path, ".part");
        let written = |source| StoreError::Copy { path: path.to_owned(), source };
        remove_if_there(&part).map_err(written)?;
        let name = part.to_str().ok_or_else(|| written(io::Error::other("its name is not valid UTF-8")))?;
        self.pool.outside(|db| db.execute("VACUUM INTO ?1", [name]).map(drop))?;
        settle(&part, path).map_err(written)
    }
}

/// Puts a copy into the data directory `dir` as its database. A database that is there is replaced only where
/// `replace` says so, and only while nobody has it open. The copy becomes a record of its own, so that an
/// index derived from another one is built anew.
///
/// # Errors
/// [`StoreError::NotACopy`], [`StoreError::Occupied`], [`StoreError::InUse`]; where the file cannot be written.
/// What was in the directory is then as it was.
pub fn restore(copy: &Path, dir: &Path, replace: bool) -> Result<(), StoreError> {
    check(copy)?;
    fs::create_dir_all(dir).map_err(|source| StoreError::Folder { path: dir.to_owned(), source })?;
    let path = dir.join(DATABASE);
    if fs::symlink_metadata(&path).is_ok() {
        if !replace {
            return Err(StoreError::Occupied { path: dir.to_owned() });
        }
        close_log(&path, dir)?;
    }
    let written = |source| StoreError::Copy { path: path.clone(), source };
    let part = beside(&path, ".part");
    fs::copy(copy, &part).map_err(written)?;
    renew(&part)?;
    settle(&part, &path).map_err(written)?;
    for ending in ["-wal", "-shm"] {
        remove_if_there(&beside(&path, ending)).map_err(written)?;
    }
    Ok(())
}

/// Checks that a file is a sound database that this program knows.
fn check(copy: &Path) -> Result<(), StoreError> {
    let not_a_copy = |source| StoreError::NotACopy { path: copy.to_owned(), source };
    let db = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(not_a_copy)?;
    schema::check(&db, copy)?;
    let sound =
        db.query_row("SELECT origin FROM archive", [], |row| row.get::<_, String>(0)).and_then(|_| {
            db.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
                .map(|answer| answer == "ok")
        });
    match sound {
        Ok(true) => Ok(()),
        Ok(false) => Err(not_a_copy(rusqlite::Error::QueryReturnedNoRows)),
        Err(error) => Err(not_a_copy(error)),
    }
}

/// Leaves the database without a log that could be applied to the one that takes its place. To leave the
/// mode of write-ahead logging, SQLite must be alone with it.
fn close_log(path: &Path, dir: &Path) -> Result<(), StoreError> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    match db.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get::<_, String>(0)) {
        Ok(mode) if mode == "delete" => Ok(()),
        // SQLite may keep the mode without calling that an error.
        Ok(_) => {
            let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
            Err(StoreError::InUse {
                path: dir.to_owned(),
                source: rusqlite::Error::SqliteFailure(busy, None),
            })
        }
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Err(StoreError::InUse { path: dir.to_owned(), source: error })
            }
            // What is damaged is replaced all the more.
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Ok(()),
            _ => Err(error.into()),
        },
    }
}

/// Gives a database another name of origin.
fn renew(path: &Path) -> Result<(), StoreError> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    db.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    db.execute("UPDATE archive SET origin = lower(hex(randomblob(16)))", [])?;
    db.close().map_err(|(_, error)| error.into())
}

/// Puts a file that is whole in its place, for good.
fn settle(part: &Path, path: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, path)?;
    if cfg!(unix) {
        // Elsewhere a folder is no file that could be synced.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
