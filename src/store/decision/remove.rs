use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction};
use serde_json::Map;

use super::{Checked, DecisionError, NewDecision, active, allow, told};
use crate::{
    domain::{Decision, DecisionAction, Kind},
    revision::RemovedPerson,
    store::{Store, StoreError, shown},
    text::fold_key,
};

/// Why a record was removed, as far as its history tells: the first word is what is meant where none is
/// given.
const CATEGORIES: [&str; 4] = ["other", "request", "legal", "error"];

impl Store {
    /// Finds the decision by which a record was removed, where one holds.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn removal(&self, id: &str) -> Result<Option<Decision>, StoreError> {
        self.pool.read(|db| {
            let held = active(db, DecisionAction::Remove, id)?.pop();
            held.map(|decision| told(db, decision)).transpose()
        })
    }
}

/// Checks that there is a person or a document of that address.
pub(super) fn check(tx: &Transaction<'_>, new: &NewDecision) -> Result<Checked, StoreError> {
    allow(new, &["category"])?;
    if let Some(held) = active(tx, DecisionAction::Remove, &new.target)?.first() {
        let problem = format!("'{}' was removed by decision {} already", new.target, held.id);
        return Err(DecisionError::Conflict(problem).into());
    }
    let mut detail = Map::new();
    detail.insert("category".to_owned(), category(new)?.into());
    if shown::read_dossier(tx, &new.target)?.is_some() {
        return Ok(Checked { kind: Kind::Dossier, detail });
    }
    let person = person(tx, &new.target)?
        .ok_or_else(|| DecisionError::NoTarget { action: new.action, target: new.target.clone() })?;
    detail.insert("person".to_owned(), serde_json::to_value(person)?);
    Ok(Checked { kind: Kind::Person, detail })
}

/// Lists the document itself; of a person, those to which they contribute, those in which somebody is
/// hidden, and those whose text names them.
pub(super) fn documents(tx: &Transaction<'_>, decision: &Decision) -> Result<BTreeSet<String>, StoreError> {
    let Some(person) = removed_person(decision)? else {
        return Ok(BTreeSet::from([decision.target.clone()]));
    };
    let mut documents = shown::redacted(tx)?;
    let mut tied = tx.prepare_cached("SELECT document_id FROM contribution WHERE person_id = ?1")?;
    for id in tied.query_map([&decision.target], |row| row.get(0))? {
        documents.insert(id?);
    }
    // Every text is looked at: a removal is rare, and a name that is passed over is shown.
    let mut texts = tx.prepare_cached("SELECT id, text FROM document")?;
    let mut rows = texts.query([])?;
    while let Some(row) = rows.next()? {
        let folded = fold_key(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        if person.names.iter().any(|name| folded.contains(name.as_str())) {
            documents.insert(row.get(0)?);
        }
    }
    Ok(documents)
}

/// The people who are not to be shown.
pub(in crate::store) fn removed_people(db: &Connection) -> Result<Vec<RemovedPerson>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT json_extract(detail, '$.person') FROM decision
         WHERE action = 'remove' AND kind = 'person' AND undone_at IS NULL ORDER BY id",
    )?;
    let mut rows = query.query([])?;
    let mut people = Vec::new();
    while let Some(row) = rows.next()? {
        people.push(crate::store::record::json(row, 0)?);
    }
    Ok(people)
}

/// Refuses a document that was removed by a decision; `column` says by what it is known again.
pub(in crate::store) fn refuse_removed(
    tx: &Transaction<'_>,
    column: &'static str,
    value: &str,
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT d.id, d.at FROM removed_document r JOIN decision d ON d.target = r.id
         WHERE r.{column} = ?1 AND d.action = 'remove' AND d.undone_at IS NULL"
    );
    let mut query = tx.prepare_cached(&sql)?;
    let found: Option<(i64, String)> =
        query.query_row([value], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match found {
        Some((id, at)) => {
            Err(DecisionError::Removed { id: u64::try_from(id).unwrap_or_default(), at }.into())
        }
        None => Ok(()),
    }
}

/// What a decision keeps of the person it removes; `None` where it removes something else.
fn removed_person(decision: &Decision) -> Result<Option<RemovedPerson>, StoreError> {
    Ok(decision.detail.get("person").map(|person| serde_json::from_value(person.clone())).transpose()?)
}

fn category(new: &NewDecision) -> Result<&'static str, DecisionError> {
    let Some(given) = new.detail.get("category") else { return Ok(CATEGORIES[0]) };
    let known = CATEGORIES.into_iter().find(|known| given.as_str() == Some(*known));
    known
        .ok_or_else(|| DecisionError::Invalid(format!("'category' must be one of {}", CATEGORIES.join(", "))))
}

/// By what a person is known again in other versions and other documents.
fn person(tx: &Transaction<'_>, id: &str) -> Result<Option<RemovedPerson>, StoreError> {
    let mut query = tx.prepare_cached("SELECT key, name_key FROM person WHERE id = ?1")?;
    let found: Option<(String, String)> =
        query.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((key, name)) = found else { return Ok(None) };
    let strings = |sql: &str| -> Result<BTreeSet<String>, StoreError> {
        let mut query = tx.prepare_cached(sql)?;
        Ok(query.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let names = strings(
        "SELECT json_extract(contributor, '$.name') FROM contribution WHERE person_id = ?1
         UNION SELECT json_extract(contributor, '$.printed.name') FROM contribution
         WHERE person_id = ?1 AND json_type(contributor, '$.printed.name') = 'text'",
    )?;
    let names = names.iter().map(|name| fold_key(name)).chain([name]).collect();
    let institutions = strings(
        "WITH own (id) AS (
             SELECT institution_id FROM person WHERE id = ?1
             UNION SELECT institution_id FROM contribution WHERE person_id = ?1)
         SELECT i.name_key FROM own JOIN institution i ON i.id = own.id
         UNION SELECT i.key FROM own JOIN institution i ON i.id = own.id
         UNION SELECT a.name_key FROM own JOIN institution_alias a ON a.institution_id = own.id",
    )?;
    let dossiers = strings(
        "SELECT document_id FROM contribution own WHERE person_id = ?1 AND NOT EXISTS (
             SELECT 1 FROM contribution other JOIN person p ON p.id = other.person_id
             WHERE other.document_id = own.document_id AND p.id <> ?1
                 AND p.name_key = (SELECT name_key FROM person WHERE id = ?1))",
    )?;
    Ok(Some(RemovedPerson { key, names, institutions, dossiers }))
}
