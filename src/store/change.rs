use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};

use super::{Store, StoreError, record};
use crate::domain::{ClaimRecord, Contribution, Dossier, EntityRef, IpRecord, Kind, PaperRecord};

/// A document that came, took another form or went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// 1 and up, in the order of the changes.
    pub seq: u64,
    /// The document.
    pub document_id: String,
    /// It went.
    pub removed: bool,
    /// People, institutions and journals whose records changed, those that are gone included.
    pub entities: Vec<(Kind, String)>,
}

/// All records that a document has a part in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DocumentRecords {
    /// The document; `None` where it is gone, and all it listed with it.
    pub dossier: Option<Dossier>,
    /// Its completing institutions, in order.
    pub institutions: Vec<EntityRef>,
    /// Its contributions, in order.
    pub contributions: Vec<Contribution>,
    /// Its claims, in order.
    pub claims: Vec<ClaimRecord>,
    /// Its papers, in order.
    pub papers: Vec<PaperRecord>,
    /// Its rights, in order.
    pub ip: Vec<IpRecord>,
    /// People, institutions and journals it is or once was tied to; some of them may be gone.
    pub entities: Vec<(Kind, String)>,
}

impl Store {
    /// Gives the number of the last change; 0 where nothing was ever kept.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn last_change(&self) -> Result<u64, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached("SELECT ifnull(max(seq), 0) FROM change")?;
            Ok(query.query_row([], |row| record::number(row, 0))?)
        })
    }

    /// Lists the changes after the one numbered `seq`, in their order.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn changes_since(&self, seq: u64) -> Result<Vec<Change>, StoreError> {
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        self.pool.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT seq, document_id, removed, entities FROM change WHERE seq > ?1 ORDER BY seq",
            )?;
            let mut rows = query.query([seq])?;
            let mut changes = Vec::new();
            while let Some(row) = rows.next()? {
                changes.push(Change {
                    seq: record::number(row, 0)?,
                    document_id: row.get(1)?,
                    removed: row.get(2)?,
                    entities: record::json(row, 3)?,
                });
            }
            Ok(changes)
        })
    }

    /// Gathers what a document says and whom it touches or has ever touched.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn records_of(&self, document_id: &str) -> Result<DocumentRecords, StoreError> {
        self.pool.read(|db| {
            Ok(DocumentRecords {
                papers: record::papers(db, "a.document_id = ?1", "", document_id)?,
                ip: record::ips(db, "r.document_id = ?1", "", document_id)?,
                ..bare_records_of(db, document_id)?
            })
        })
    }

    /// As [`Self::records_of`], without where else papers and rights are listed.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn bare_records_of(&self, document_id: &str) -> Result<DocumentRecords, StoreError> {
        self.pool.read_again(|db| bare_records_of(db, document_id))
    }

    /// Lists the ids of all documents, in the order in which they first came.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn document_ids(&self) -> Result<Vec<String>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached("SELECT id FROM document ORDER BY rowid")?;
            Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }
}

fn bare_records_of(db: &Connection, document_id: &str) -> Result<DocumentRecords, StoreError> {
    Ok(DocumentRecords {
        dossier: record::dossier(db, document_id)?,
        institutions: record::completing(db, document_id)?,
        contributions: record::contributions(db, "b.document_id = ?1", [document_id])?,
        claims: record::claims(db, "c.document_id = ?1", document_id)?,
        papers: record::listed_papers(db, "a.document_id = ?1", "", document_id)?,
        ip: record::listed_ips(db, "r.document_id = ?1", "", document_id)?,
        entities: touched_by(db, document_id)?.into_iter().collect(),
    })
}

/// Appends to the log; answers with the number of the change.
pub(super) fn note(
    tx: &Transaction<'_>,
    document_id: &str,
    removed: bool,
    entities: &BTreeSet<(Kind, String)>,
) -> Result<u64, StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO change (document_id, removed, entities, at) VALUES (?1, ?2, ?3, ?4) RETURNING seq",
    )?;
    let entities = serde_json::to_string(entities)?;
    Ok(insert.query_row(params![document_id, removed, entities, now(tx)?], |row| record::number(row, 0))?)
}

/// The number of the last change of a document; 0 where there is none.
pub(super) fn last_of(db: &Connection, document_id: &str) -> Result<u64, StoreError> {
    let mut query = db.prepare_cached("SELECT ifnull(max(seq), 0) FROM change WHERE document_id = ?1")?;
    Ok(query.query_row([document_id], |row| record::number(row, 0))?)
}

/// The time of the present statement, ISO 8601, UTC.
pub(super) fn now(db: &Connection) -> Result<String, StoreError> {
    let mut query = db.prepare_cached("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

fn touched_by(db: &Connection, document_id: &str) -> Result<BTreeSet<(Kind, String)>, StoreError> {
    let mut query = db.prepare_cached("SELECT entities FROM change WHERE document_id = ?1")?;
    let mut rows = query.query([document_id])?;
    let mut touched = BTreeSet::new();
    while let Some(row) = rows.next()? {
        touched.extend(record::json::<Vec<(Kind, String)>>(row, 0)?);
    }
    Ok(touched)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, empty_store, put};

    #[test]
    fn the_log_tells_every_change_in_order() {
        let (_dir, store) = empty_store();
        assert_eq!(store.last_change().expect("answer"), 0);
        let one = put(&store, &Sample::new("甲").person("陈一", "甲医院", &[]).build());
        let two = put(&store, &Sample::new("乙").paper("On A", "Journal A", &[]).build());
        store.remove(&one.id).expect("removed");

        let changes = store.changes_since(0).expect("answer");
        let told: Vec<_> =
            changes.iter().map(|change| (change.seq, change.document_id.as_str(), change.removed)).collect();
        assert_eq!(
            told,
            [(1, one.id.as_str(), false), (2, two.id.as_str(), false), (3, one.id.as_str(), true)]
        );
        let kinds = |change: &Change| change.entities.iter().map(|(kind, _)| *kind).collect::<Vec<_>>();
        assert_eq!(kinds(&changes[0]), [Kind::Person, Kind::Institution]);
        assert_eq!(kinds(&changes[1]), [Kind::Journal]);
        assert_eq!(changes[2].entities, changes[0].entities, "those that are gone are named");
        assert_eq!(store.changes_since(2).expect("answer"), changes[2..]);
        assert_eq!(store.changes_since(u64::MAX).expect("answer"), []);
    }

    #[test]
    fn records_of_a_document_are_those_found_one_by_one() {
        let (_dir, store) = empty_store();
        let dossier = Sample::new("甲")
            .claim(1, "首创")
            .person("陈一", "甲医院", &[1])
            .paper("On A", "Journal A", &["陈一"])
            .ip("一种甲", &["陈一"])
            .build();
        let kept = put(&store, &dossier);
        let records = store.records_of(&kept.id).expect("answer");
        assert_eq!(records.dossier, store.dossier(&kept.id).expect("answer"));
        assert_eq!(records.claims, [store.claim(&records.claims[0].id).expect("answer").expect("there")]);
        assert_eq!(records.papers, [store.paper(&records.papers[0].id).expect("answer").expect("there")]);
        assert_eq!(records.ip, [store.ip(&records.ip[0].id).expect("answer").expect("there")]);
        let contribution = store.contribution(&records.contributions[0].id).expect("answer");
        assert_eq!(records.contributions, [contribution.expect("there")]);
        assert_eq!(store.records_of("d0").expect("answer"), DocumentRecords::default());
    }
}
