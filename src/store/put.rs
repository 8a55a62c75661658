use rusqlite::{OptionalExtension, Transaction, named_params};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Store, StoreError, change, decision, derived, entity, id, identity, label, row, shown, shown::Shown,
};
use crate::{
    domain::{Dossier, Kind},
    resolve::resolve,
    text::fold_key,
};

/// A document to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewDocument<'a> {
    /// The file, as it came.
    pub bytes: &'a [u8],
    /// Its decoded text, into which the dossier's spans point.
    pub text: &'a str,
    /// What was read from it; `id` and `source.sha256` are set by the store.
    pub dossier: &'a Dossier,
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Put {
    /// Address of the document.
    pub id: String,
    /// Whether anything changed.
    pub status: PutStatus,
    /// Number of the change that brought the document to its present state.
    pub seq: u64,
}

/// Whether a document was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PutStatus {
    /// It was not known.
    Added,
    /// It is a new version of a known document and takes its place.
    Updated,
    /// The same bytes were known.
    Unchanged,
}

impl Store {
    /// Keeps a document, in place of its earlier version if there is one; the decisions about it hold for
    /// the new version too.
    ///
    /// It is on the disk when this returns.
    ///
    /// # Errors
    /// Where the document was removed by a decision, another process does not stop writing within 5 s,
    /// the disk is full or fails; nothing is changed then.
    pub fn put(&self, document: &NewDocument<'_>) -> Result<Put, StoreError> {
        let mut dossier = document.dossier.clone();
        dossier.source.sha256 = id::sha256_hex(document.bytes);
        self.pool.write(|tx| {
            if let Some(id) = same_bytes(tx, &dossier.source.sha256)? {
                let seq = change::last_of(tx, &id)?;
                return Ok(Put { id, status: PutStatus::Unchanged, seq });
            }
            decision::refuse_removed(tx, "sha256", &dossier.source.sha256)?;
            let identity = id::identity(&dossier);
            decision::refuse_removed(tx, "identity", &identity)?;
            let known = known_as(tx, &identity)?;
            let status = if known.is_some() { PutStatus::Updated } else { PutStatus::Added };
            dossier.id = match known {
                Some(id) => id,
                None => free_id(tx, &identity)?,
            };
            let shown = shown::show(tx, &dossier, document.text)?;
            let dates = Dates { added: change::now(tx)?, updated: change::now(tx)? };
            write_document(tx, &shown, document.bytes, &identity, &dates)?;
            shown::keep_reading(tx, &dossier, document.text, &shown)?;
            let seq = tie(tx, &shown.dossier)?;
            Ok(Put { id: dossier.id, status, seq })
        })
    }

    /// Forgets a document and what is tied to nothing else; `false` where there is no such document.
    ///
    /// # Errors
    /// As for [`Store::put`].
    pub fn remove(&self, id: &str) -> Result<bool, StoreError> {
        self.pool.write(|tx| take_out(tx, id))
    }
}

/// Writes all that a kept document lists and ties it, in place of what it listed before, and notes the
/// change; answers with its number.
pub(super) fn tie(tx: &Transaction<'_>, dossier: &Dossier) -> Result<u64, StoreError> {
    let (before, nodes) = (entity::tied_to(tx, &dossier.id)?, identity::Tied::of(tx, &dossier.id)?);
    derived::clear(tx, &dossier.id)?;
    row::clear(tx, &dossier.id)?;
    label::note_all(tx, dossier)?;
    let alone = identity::stands_alone(tx, &dossier.id)?;
    let is_alone = |kind, key: &str| alone.contains(&id::id_of(kind, key));
    let resolution = resolve(dossier).with_alone(is_alone, &dossier.id);
    row::write(tx, dossier, &resolution)?;
    derived::write(tx, dossier, &resolution)?;
    let affected = identity::follow(tx, &dossier.id, &nodes, &identity::Tied::of(tx, &dossier.id)?)?;
    entity::remove_untied(tx, &before)?;
    affected.note(tx, Some(&dossier.id))?;
    let touched = &(&before | &affected.entities) | &entity::tied_to(tx, &dossier.id)?;
    change::note(tx, &dossier.id, false, &touched)
}

/// Deletes a document and what is tied to nothing else, and notes the change; `false` where there is none.
pub(super) fn take_out(tx: &Transaction<'_>, id: &str) -> Result<bool, StoreError> {
    let (before, nodes) = (entity::tied_to(tx, id)?, identity::Tied::of(tx, id)?);
    derived::clear(tx, id)?;
    if tx.execute("DELETE FROM document WHERE id = ?1", [id])? == 0 {
        return Ok(false);
    }
    let affected = identity::follow(tx, id, &nodes, &identity::Tied::default())?;
    entity::remove_untied(tx, &before)?;
    affected.note(tx, Some(id))?;
    change::note(tx, id, true, &(&before | &affected.entities))?;
    Ok(true)
}

fn same_bytes(tx: &Transaction<'_>, sha256: &str) -> Result<Option<String>, StoreError> {
    let mut query = tx.prepare_cached("SELECT id FROM document WHERE sha256 = ?1")?;
    Ok(query.query_row([sha256], |row| row.get(0)).optional()?)
}

fn known_as(tx: &Transaction<'_>, identity: &str) -> Result<Option<String>, StoreError> {
    let mut query = tx.prepare_cached("SELECT id FROM document WHERE identity = ?1")?;
    Ok(query.query_row([identity], |row| row.get(0)).optional()?)
}

/// The id of a new document: that of its identity, or another one where a different document has it.
fn free_id(tx: &Transaction<'_>, identity: &str) -> Result<String, StoreError> {
    let mut taken = tx.prepare_cached(
        "SELECT 1 FROM document WHERE id = ?1 UNION ALL SELECT 1 FROM removed_document WHERE id = ?1",
    )?;
    let mut key = identity.to_owned();
    loop {
        let id = id::id_of(Kind::Dossier, &key);
        if !taken.exists([&id])? {
            return Ok(id);
        }
        key.push('\u{1f}');
    }
}

/// When a document came and when it last took another form.
pub(super) struct Dates {
    pub(super) added: String,
    pub(super) updated: String,
}

/// Writes a document as it is shown; of one that is there, the day on which it came stays.
pub(super) fn write_document(
    tx: &Transaction<'_>,
    shown: &Shown,
    bytes: &[u8],
    identity: &str,
    dates: &Dates,
) -> Result<(), StoreError> {
    let dossier = &shown.dossier;
    let award = dossier.award.as_ref();
    let mut insert = tx.prepare_cached(
        "INSERT INTO document (id, identity, kind, title, title_key, award, category, year, recommender,
             sha256, path, format, encoding, added, updated, dossier, text, bytes)
         VALUES (:id, :identity, :kind, :title, :title_key, :award, :category, :year, :recommender,
             :sha256, :path, :format, :encoding, :added, :updated, :dossier, :text, :bytes)
         ON CONFLICT (id) DO UPDATE SET (kind, title, title_key, award, category, year, recommender,
             sha256, path, format, encoding, updated, dossier, text, bytes)
         = (excluded.kind, excluded.title, excluded.title_key, excluded.award, excluded.category,
             excluded.year, excluded.recommender, excluded.sha256, excluded.path, excluded.format,
             excluded.encoding, excluded.updated, excluded.dossier, excluded.text, excluded.bytes)",
    )?;
    insert.execute(named_params! {
        ":id": dossier.id,
        ":identity": identity,
        ":kind": dossier.kind.name(),
        ":title": dossier.title,
        ":title_key": fold_key(dossier.title.as_deref().unwrap_or_default()),
        ":award": award.and_then(|award| award.name.as_deref()),
        ":category": award.and_then(|award| award.category.as_deref()),
        ":year": award.and_then(|award| award.year),
        ":recommender": award.and_then(|award| award.recommender.as_deref()),
        ":sha256": dossier.source.sha256,
        ":path": dossier.source.path,
        ":format": dossier.source.format,
        ":encoding": dossier.source.encoding,
        ":added": dates.added,
        ":updated": dates.updated,
        ":dossier": serde_json::to_string(dossier)?,
        ":text": shown.text,
        ":bytes": bytes,
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::SourceInfo,
        store::{
            ListFilter, document_id,
            sample::{Sample, empty_store, put},
        },
    };

    fn first() -> Sample {
        Sample::new("甲术研究")
            .institution("甲医院", "甲医院（甲市乙医院）牵头。", &[1])
            .person("陈一", "甲医院", &[1])
            .person("林二", "丙医院", &[1])
            .paper("On A", "Journal A", &["陈一"])
    }

    #[test]
    fn what_was_put_is_there_as_it_was() {
        let (_dir, store) = empty_store();
        let dossier = first().build();
        let kept = put(&store, &dossier);
        assert_eq!(kept, Put { id: document_id(&dossier), status: PutStatus::Added, seq: 1 });

        let text = serde_json::to_string(&dossier).expect("json");
        let source = SourceInfo { sha256: id::sha256_hex(text.as_bytes()), ..dossier.source.clone() };
        let want = Dossier { id: kept.id.clone(), source, ..dossier };
        assert_eq!(store.dossier(&kept.id).expect("answer"), Some(want));
        assert_eq!(store.source_bytes(&kept.id).expect("answer"), Some(text.clone().into_bytes()));
        assert_eq!(store.source_text(&kept.id).expect("answer"), Some(text));
        assert_eq!(store.dossier("d0").expect("answer"), None);
        assert_eq!(store.source_text("d0").expect("answer"), None);
    }

    #[test]
    fn the_same_bytes_change_nothing() {
        let (_dir, store) = empty_store();
        let dossier = first().build();
        let kept = put(&store, &dossier);
        put(&store, &Sample::new("乙术研究").build());
        let again = put(&store, &dossier);
        assert_eq!(again, Put { status: PutStatus::Unchanged, ..kept });
        assert_eq!(store.last_change().expect("answer"), 2);
    }

    #[test]
    fn a_new_version_takes_the_place_of_the_old_one() {
        let (_dir, store) = empty_store();
        let old = put(&store, &first().build());
        let before = store.records_of(&old.id).expect("answer");
        let version = Sample::new("甲術 研究").institution("甲醫院", "", &[]).person("陳一", "甲醫院", &[2]);
        let new = put(&store, &version.build());
        assert_eq!((&new.id, new.status, new.seq), (&old.id, PutStatus::Updated, 2));

        let people = store.people(&ListFilter::default()).expect("answer").items;
        let names: Vec<_> = people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["陈一"], "the printing seen first stays");
        let institutions = store.institutions(&ListFilter::default()).expect("answer").items;
        assert_eq!(institutions.len(), 1);
        let institution = store.institution(&institutions[0].id).expect("answer").expect("there");
        assert_eq!(institution.aliases, [], "the alias was printed by the old version only");
        assert_eq!(store.papers(&ListFilter::default()).expect("answer").total, 0);

        let gone: Vec<_> = before.entities.iter().filter(|(kind, _)| *kind == Kind::Journal).collect();
        let change = store.changes_since(1).expect("answer").pop().expect("a change");
        assert_eq!(gone.len(), 1);
        assert!(change.entities.contains(gone[0]), "{change:?}");
        assert_eq!(
            change.entities, before.entities,
            "林二, 丙医院 and the journal are gone, the others changed"
        );
        assert_eq!(store.journal(&gone[0].1).expect("answer"), None);
        assert_eq!(store.records_of(&old.id).expect("answer").entities, before.entities);
    }

    #[test]
    fn what_only_a_removed_document_was_tied_to_goes_with_it() {
        let (_dir, store) = empty_store();
        let one = put(&store, &first().build());
        let two = put(&store, &Sample::new("乙术研究").person("陈一", "甲医院", &[]).build());
        assert!(store.remove(&one.id).expect("removed"));
        assert!(!store.remove(&one.id).expect("answer"), "it is gone");
        assert_eq!(store.document_ids().expect("answer"), [two.id]);
        let counts: Vec<u64> = store.counts().expect("answer").into_values().collect();
        assert_eq!(counts, [1, 1, 1, 0, 0, 0, 0, 1], "陈一 of 甲医院 contributes elsewhere too");
        let records = store.records_of(&one.id).expect("answer");
        assert_eq!(records.dossier, None);
        assert_eq!(records.entities.len(), 5, "the index learns of all that changed");

        let back = put(&store, &first().build());
        assert_eq!(
            (back.id, back.status),
            (one.id, PutStatus::Added),
            "an address does not depend on the past"
        );
    }

    #[test]
    fn two_documents_never_share_an_id() {
        let (_dir, store) = empty_store();
        let kept = put(&store, &Sample::new("甲术研究").build());
        let taken = "UPDATE document SET identity = 'another'";
        store.pool.write(|tx| Ok(tx.execute(taken, [])?)).expect("planted");
        let version = Sample::new("甲术研究").claim(1, "甲").build();
        let other = put(&store, &version);
        assert_eq!(other.status, PutStatus::Added);
        assert_ne!(other.id, kept.id);
        let again = put(&store, &Sample::new("甲术研究").claim(1, "乙").build());
        assert_eq!((again.id, again.status), (other.id, PutStatus::Updated));
    }

    #[test]
    fn documents_without_a_title_are_known_by_their_bytes() {
        let (_dir, store) = empty_store();
        let put_bytes = |bytes: &[u8]| {
            let dossier = Dossier::default();
            store.put(&NewDocument { bytes, text: "", dossier: &dossier }).expect("kept")
        };
        let one = put_bytes(b"1");
        let two = put_bytes(b"2");
        assert_ne!(one.id, two.id);
        assert_eq!((one.status, two.status), (PutStatus::Added, PutStatus::Added));
        assert_eq!(put_bytes(b"1").status, PutStatus::Unchanged);
    }

    #[test]
    fn a_row_without_a_name_does_not_fail_the_document() {
        let (_dir, store) = empty_store();
        let dossier = Sample::new("甲术研究")
            .institution("", "", &[1])
            .person("", "甲医院", &[1])
            .person("陈一", " ", &[1, 1])
            .person("陈一", " ", &[2])
            .paper("", "", &["", "陈一"])
            .ip("", &["陈一", "陈一"])
            .build();
        let kept = put(&store, &dossier);
        let records = store.records_of(&kept.id).expect("answer");
        assert_eq!(records.contributions.len(), 2);
        assert_eq!(records.entities.len(), 1, "{:?}", records.entities);
        assert_eq!(records.dossier.map(|dossier| dossier.contributors.len()), Some(3));
    }
}
