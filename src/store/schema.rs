use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// The steps from an empty database to the schema of this program. A step that was released is
/// never edited: a change of the schema is one more step.
const MIGRATIONS: [&str; 5] = [
    include_str!("migrations/0001_documents.sql"),
    include_str!("migrations/0002_decisions.sql"),
    include_str!("migrations/0003_identity.sql"),
    include_str!("migrations/0004_works.sql"),
    include_str!("migrations/0005_journal_papers.sql"),
];

/// Brings the database at `path` to the schema of this program.
///
/// # Errors
/// [`StoreError::TooNew`] where a newer program wrote it, [`StoreError::Migration`] where a step
/// fails; the database is then as it was.
pub(super) fn migrate(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    migrate_by(db, path, &MIGRATIONS)
}

/// Checks that a database is not of a newer program.
///
/// # Errors
/// [`StoreError::TooNew`], [`StoreError::NotACopy`] where the file has no version.
pub(super) fn check(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let supported = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    match version(db) {
        Ok(found) if found > supported => Err(StoreError::TooNew { path: path.to_owned(), found, supported }),
        Ok(_) => Ok(()),
        Err(source) => Err(StoreError::NotACopy { path: path.to_owned(), source }),
    }
}

fn migrate_by(db: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let supported = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let opened = |source| StoreError::Open { path: path.to_owned(), source };
    let found = version(db).map_err(opened)?;
    if found == supported {
        return Ok(());
    }
    let failed = |source| StoreError::Migration { path: path.to_owned(), found, supported, source };
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(opened)?;
    // Read again under the lock: another process may have been faster.
    let found = version(&step).map_err(opened)?;
    let Some(missing) = usize::try_from(found).ok().and_then(|found| steps.get(found..)) else {
        return Err(StoreError::TooNew { path: path.to_owned(), found, supported });
    };
    for sql in missing {
        step.execute_batch(sql).map_err(failed)?;
    }
    step.pragma_update(None, "user_version", supported).map_err(failed)?;
    step.commit().map_err(failed)
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database(version: i64) -> Connection {
        let db = Connection::open_in_memory().expect("memory");
        db.pragma_update(None, "user_version", version).expect("pragma");
        db
    }

    #[test]
    fn a_database_of_version_zero_is_brought_up() {
        let mut db = database(0);
        migrate(&mut db, Path::new("a")).expect("migrated");
        assert_eq!(version(&db).expect("version"), MIGRATIONS.len() as i64);
        db.execute("DELETE FROM document", []).expect("the tables are there");
        migrate(&mut db, Path::new("a")).expect("nothing to do");
    }

    #[test]
    fn only_the_missing_steps_are_taken() {
        let steps = ["CREATE TABLE one (x)", "CREATE TABLE two (x)"];
        let mut db = database(0);
        migrate_by(&mut db, Path::new("a"), &steps[..1]).expect("migrated");
        migrate_by(&mut db, Path::new("a"), &steps).expect("migrated");
        assert_eq!(version(&db).expect("version"), 2);
        db.execute("DELETE FROM two", []).expect("the tables are there");
    }

    #[test]
    fn a_newer_database_is_left_alone() {
        for found in [9, -1] {
            let mut db = database(found);
            let error = migrate(&mut db, Path::new("data/dossier.sqlite")).expect_err("too new");
            assert_eq!(
                error.to_string(),
                format!(
                    "the database data/dossier.sqlite has schema version {found}, this program knows \
                     versions up to {}: use a newer dossier or another data directory",
                    MIGRATIONS.len()
                )
            );
            assert_eq!(version(&db).expect("version"), found);
        }
    }

    #[test]
    fn a_step_that_fails_changes_nothing() {
        let mut db = database(0);
        let steps = ["CREATE TABLE one (x)", "CREATE TABLE one (x)"];
        let error = migrate_by(&mut db, Path::new("a"), &steps).expect_err("the second fails");
        assert!(matches!(error, StoreError::Migration { found: 0, supported: 2, .. }), "{error:?}");
        assert_eq!(version(&db).expect("version"), 0);
        db.execute("SELECT * FROM one", []).expect_err("no table is left");
    }
}
