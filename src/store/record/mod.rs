//! What does a record tell, with all that is tied to it?
//!
//! Assembles records from the rows of one state of the database. Must not change anything.

mod claim;
mod contribution;
mod institution;
mod journal;
mod paper;
mod person;
#[cfg(test)]
mod tests;
mod work;

use rusqlite::{Connection, OptionalExtension, Params, Row, types::Type};
use serde::de::DeserializeOwned;

use super::StoreError;
use crate::{
    domain::{Dossier, DossierRef, EntityRef, Provenance},
    resolve::Method,
    text::Span,
};

pub(super) use claim::claims;
pub(super) use contribution::{contributions, contributions_within};
pub(super) use institution::{institution, institution_aliases, institution_dossier};
pub(super) use journal::{journal, journal_aliases};
pub(super) use paper::{ips, listed_ips, listed_papers, papers};
pub(super) use person::{bare_person, person};
pub(super) use work::reused_work;

/// The columns that [`dossier_ref`] reads, of a document called `d`; they come first.
pub(super) const DOSSIER_REF: &str = "d.id, ifnull(d.title, ''), d.year";

/// A document as it was understood.
pub(super) fn dossier(db: &Connection, id: &str) -> Result<Option<Dossier>, StoreError> {
    let mut query = db.prepare_cached("SELECT dossier FROM document WHERE id = ?1")?;
    let json: Option<String> = query.query_row([id], |row| row.get(0)).optional()?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
}

/// The document of a row that begins with [`DOSSIER_REF`].
pub(super) fn dossier_ref(row: &Row<'_>) -> rusqlite::Result<DossierRef> {
    Ok(DossierRef { id: row.get(0)?, title: row.get(1)?, year: row.get(2)? })
}

/// Completing institutions of a document, by rank.
pub(super) fn completing(db: &Connection, document_id: &str) -> Result<Vec<EntityRef>, StoreError> {
    entities(
        db,
        "SELECT i.id, i.name FROM completing_institution k JOIN institution i ON i.id = k.institution_id
         WHERE k.document_id = ?1 ORDER BY k.rank IS NULL, k.rank, k.position",
        [document_id],
    )
}

/// What `sql` names by id and name.
pub(super) fn entities(
    db: &Connection,
    sql: &str,
    parameters: impl Params,
) -> Result<Vec<EntityRef>, StoreError> {
    let mut query = db.prepare_cached(sql)?;
    let found = query.query_map(parameters, |row| Ok(EntityRef { id: row.get(0)?, name: row.get(1)? }))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The first column of `sql`.
fn strings(db: &Connection, sql: &str, parameters: impl Params) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare_cached(sql)?;
    let found = query.query_map(parameters, |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// An id and a name in the columns `at` and after, where a row was joined.
pub(super) fn optional_ref(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<EntityRef>> {
    let id: Option<String> = row.get(at)?;
    id.map(|id| Ok(EntityRef { id, name: row.get(at + 1)? })).transpose()
}

/// The count or sequence number in column `at`.
pub(super) fn number<T: TryFrom<i64>>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let value: i64 = row.get(at)?;
    T::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, value))
}

/// The method in column `at`.
pub(super) fn method(row: &Row<'_>, at: usize) -> rusqlite::Result<Method> {
    let name: String = row.get(at)?;
    let unknown = || format!("unknown method '{name}'");
    Method::find(&name)
        .ok_or_else(|| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, unknown().into()))
}

/// The JSON in column `at`.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> Result<T, StoreError> {
    let text = row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(serde_json::from_str(text)?)
}

/// From the first to the last byte at which `field` was printed.
fn extent(provenance: &Provenance, field: &str) -> Option<Span> {
    let spans = provenance.spans.get(field)?;
    let start = spans.iter().map(|span| span.start).min()?;
    let end = spans.iter().map(|span| span.end).max()?;
    Some(Span::new(start, end))
}
