use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{
    Store, StoreError, decision,
    put::{self, Dates},
};
use crate::{
    domain::{Decision, DecisionAction, Dossier},
    resolve::resolve,
    revision::{Redaction, correct, redact},
};

/// A document as it is shown: as it was read, and as decisions would have it.
pub(super) struct Shown {
    pub(super) dossier: Dossier,
    pub(super) text: String,
    /// What is hidden in it, where anything is.
    redaction: Option<Redaction>,
    /// The decisions about it that hold, and those of them that find nothing to change.
    corrections: Vec<Decision>,
    stale: BTreeSet<u64>,
}

/// A document as it was read.
struct Reading {
    dossier: Dossier,
    text: String,
}

impl Store {
    /// Finds the decoded text of a document as it was read, together with what is hidden in it; `None`
    /// where nothing is.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn redaction(&self, id: &str) -> Result<Option<(String, Redaction)>, StoreError> {
        self.pool.read(|db| redaction(db, id))
    }
}

fn redaction(db: &Connection, id: &str) -> Result<Option<(String, Redaction)>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT text, redaction FROM reading WHERE document_id = ?1 AND redaction IS NOT NULL",
    )?;
    let found: Option<(String, String)> = query.query_row([id], pair).optional()?;
    let read = |(text, redaction): (String, String)| Ok((text, serde_json::from_str(&redaction)?));
    found.map(read).transpose()
}

/// Makes a document look as the decisions that hold now would have it.
pub(super) fn show(tx: &Transaction<'_>, read: &Dossier, text: &str) -> Result<Shown, StoreError> {
    let corrections = decision::active(tx, DecisionAction::Correct, &read.id)?;
    let (dossier, stale) = correct(read, &decision::corrections(&corrections)?)?;
    let removed = decision::removed_people(tx)?;
    let redacted = if removed.is_empty() {
        None
    } else {
        let before = redaction(tx, &read.id)?.map(|(_, redaction)| redaction);
        redact(&dossier, text, &resolve(&dossier), &removed, before.as_ref())?
    };
    Ok(match redacted {
        Some((dossier, text, redaction)) => {
            Shown { dossier, text, redaction: Some(redaction), corrections, stale }
        }
        None => Shown { dossier, text: text.to_owned(), redaction: None, corrections, stale },
    })
}

/// Keeps a document as it was read beside the one that is shown, where the two differ.
pub(super) fn keep_reading(
    tx: &Transaction<'_>,
    read: &Dossier,
    text: &str,
    shown: &Shown,
) -> Result<(), StoreError> {
    for correction in &shown.corrections {
        let mut note = tx.prepare_cached("UPDATE decision SET stale = ?2 WHERE id = ?1 AND stale <> ?2")?;
        let id = i64::try_from(correction.id).unwrap_or(i64::MAX);
        note.execute(params![id, shown.stale.contains(&correction.id)])?;
    }
    if shown.dossier == *read && shown.redaction.is_none() {
        tx.execute("DELETE FROM reading WHERE document_id = ?1", [&read.id])?;
        return Ok(());
    }
    let redaction = shown.redaction.as_ref().map(serde_json::to_string).transpose()?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO reading (document_id, redaction, dossier, text) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (document_id) DO UPDATE SET (redaction, dossier, text)
         = (excluded.redaction, excluded.dossier, excluded.text)",
    )?;
    insert.execute(params![read.id, redaction, serde_json::to_string(read)?, text])?;
    Ok(())
}

/// Shows a document as the decisions that hold now would have it, or takes it out, or brings it back.
pub(super) fn renew(tx: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
    let removed = !decision::active(tx, DecisionAction::Remove, id)?.is_empty();
    match reading(tx, id)? {
        Some(_) if removed => take_out(tx, id),
        Some(reading) => write(tx, &reading),
        None if removed => Ok(()),
        None => bring_back(tx, id),
    }
}

/// A kept document as it was read.
pub(super) fn read_dossier(db: &Connection, id: &str) -> Result<Option<Dossier>, StoreError> {
    Ok(reading(db, id)?.map(|reading| reading.dossier))
}

fn reading(db: &Connection, id: &str) -> Result<Option<Reading>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT ifnull(r.dossier, d.dossier), ifnull(r.text, d.text)
         FROM document d LEFT JOIN reading r ON r.document_id = d.id WHERE d.id = ?1",
    )?;
    let found: Option<(String, String)> = query.query_row([id], pair).optional()?;
    Ok(found.map(read_from).transpose()?)
}

fn pair(row: &Row<'_>) -> rusqlite::Result<(String, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

fn read_from((dossier, text): (String, String)) -> Result<Reading, serde_json::Error> {
    Ok(Reading { dossier: serde_json::from_str(&dossier)?, text })
}

fn write(tx: &Transaction<'_>, reading: &Reading) -> Result<(), StoreError> {
    let id = &reading.dossier.id;
    let (identity, bytes, dates) =
        tx.query_row("SELECT identity, bytes, added, updated FROM document WHERE id = ?1", [id], |row| {
            let dates = Dates { added: row.get(2)?, updated: row.get(3)? };
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?, dates))
        })?;
    settle(tx, reading, &bytes, &identity, &dates)
}

fn settle(
    tx: &Transaction<'_>,
    reading: &Reading,
    bytes: &[u8],
    identity: &str,
    dates: &Dates,
) -> Result<(), StoreError> {
    let shown = show(tx, &reading.dossier, &reading.text)?;
    put::write_document(tx, &shown, bytes, identity, dates)?;
    keep_reading(tx, &reading.dossier, &reading.text, &shown)?;
    put::tie(tx, &shown.dossier)?;
    Ok(())
}

/// Puts a document that was removed by a decision where it is kept and not shown.
fn take_out(tx: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO removed_document (id, identity, sha256, added, updated, dossier, text, bytes)
         SELECT d.id, d.identity, d.sha256, d.added, d.updated, ifnull(r.dossier, d.dossier),
             ifnull(r.text, d.text), d.bytes
         FROM document d LEFT JOIN reading r ON r.document_id = d.id WHERE d.id = ?1",
        [id],
    )?;
    put::take_out(tx, id)?;
    Ok(())
}

/// Brings a document back that was removed by a decision, where it was.
fn bring_back(tx: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT dossier, text, identity, bytes, added, updated FROM removed_document WHERE id = ?1",
    )?;
    let kept = query.query_row([id], |row| {
        let dates = Dates { added: row.get(4)?, updated: row.get(5)? };
        Ok((pair(row)?, row.get::<_, String>(2)?, row.get::<_, Vec<u8>>(3)?, dates))
    });
    let Some((read, identity, bytes, dates)) = kept.optional()? else { return Ok(()) };
    settle(tx, &read_from(read)?, &bytes, &identity, &dates)?;
    tx.execute("DELETE FROM removed_document WHERE id = ?1", [id])?;
    Ok(())
}

/// The day on which a document came and the one of its present version, whether it is shown or not.
pub(super) fn dates(db: &Connection, id: &str) -> Result<Option<(String, String)>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT added, updated FROM document WHERE id = ?1
         UNION ALL SELECT added, updated FROM removed_document WHERE id = ?1",
    )?;
    Ok(query.query_row([id], pair).optional()?)
}

/// Lists the documents in which somebody is hidden.
pub(super) fn redacted(tx: &Transaction<'_>) -> Result<BTreeSet<String>, StoreError> {
    let mut query = tx.prepare_cached("SELECT document_id FROM reading WHERE redaction IS NOT NULL")?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
