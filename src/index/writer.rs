use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tantivy::{
    IndexReader, IndexSettings, IndexWriter, ReloadPolicy, SegmentMeta, TantivyError, Term,
    directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory},
    indexer::UserOperation,
    store::Compressor,
};

use super::{Fields, IndexError, Record, document, schema};

/// Counted up whenever the same records would be indexed differently and the schema does not show it.
const VERSION: u32 = 15;
const WRITER_MEMORY: usize = 50_000_000;
const FOLDER: &str = "tantivy";
/// So many records at once are worth putting segments together for.
const MANY: usize = 2_000;
/// A segment is small that has less than one in so many of the records of the largest.
const SMALL: u32 = 4;

/// The index on disk.
///
/// Reading needs no lock; the writer, of which there is one for all processes, is opened at the first
/// change.
pub struct Index {
    path: PathBuf,
    fields: Fields,
    index: tantivy::Index,
    reader: IndexReader,
    writer: Option<IndexWriter>,
    origin: String,
    last_seq: u64,
    /// How many records came since the last commit.
    added: usize,
}

/// What was found when an index was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenOutcome {
    /// It holds every change up to this number.
    Ready {
        /// The last change taken in.
        seq: u64,
    },
    /// There was none, or one that was damaged, outdated or derived from another record, which was
    /// cleared: it is empty.
    NeedsRebuild,
}

/// Changes that are applied together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Batch<'a> {
    /// Documents whose own records (dossier, papers, ip, claims, contributions) go.
    pub documents: &'a [String],
    /// Records that go, by their addresses.
    pub ids: &'a [String],
    /// Records that come; one of the same address is replaced.
    pub records: &'a [Record],
}

#[derive(Serialize, Deserialize)]
struct CommitNote {
    version: u32,
    /// The record that the index was derived from.
    origin: String,
    seq: u64,
}

impl Index {
    /// Opens the index of a data directory, or makes an empty one where there is none that can be used
    /// for the record named `origin`, whose last change is `last`.
    pub fn open(data: &Path, origin: &str, last: u64) -> Result<(Index, OpenOutcome), IndexError> {
        let path = data.join(FOLDER);
        let fields = Fields::new();
        let known = usable(&path, &fields, origin).filter(|&(.., seq)| seq <= last);
        let (index, reader, last_seq, outcome) = match known {
            Some((index, reader, seq)) => (index, reader, seq, OpenOutcome::Ready { seq }),
            None => {
                let (index, reader) = empty(&path, &fields)?;
                (index, reader, 0, OpenOutcome::NeedsRebuild)
            }
        };
        let origin = origin.to_owned();
        let index = Index { path, fields, index, reader, writer: None, origin, last_seq, added: 0 };
        Ok((index, outcome))
    }

    /// The fields of the index.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// A reader that sees every commit of this index.
    pub fn reader(&self) -> IndexReader {
        self.reader.clone()
    }

    /// The last change that was committed; 0 for none.
    pub fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// Takes in changes, which are seen and kept after [`Self::commit`].
    pub fn apply(&mut self, batch: Batch<'_>) -> Result<(), IndexError> {
        let fields = self.fields.clone();
        let writer = self.writer()?;
        for document in batch.documents {
            writer.delete_term(Term::from_field_text(fields.document, document));
        }
        let replaced = batch.records.iter().map(|record| &record.id);
        for id in batch.ids.iter().chain(replaced) {
            writer.delete_term(Term::from_field_text(fields.id, id));
        }
        // The records of a document come into one segment, where its dossier answers for all of them.
        let of_one = |a: &Record, b: &Record| a.document.is_some() && a.document == b.document;
        for records in batch.records.chunk_by(of_one) {
            let added =
                records.iter().map(|record| document::document(&fields, record).map(UserOperation::Add));
            writer.run(added.collect::<Result<Vec<_>, _>>()?)?;
        }
        self.added += batch.records.len();
        Ok(())
    }

    /// Makes what was applied durable and visible, as everything up to the change `seq`.
    pub fn commit(&mut self, seq: u64) -> Result<(), IndexError> {
        let note = serde_json::to_string(&CommitNote { version: VERSION, origin: self.origin.clone(), seq })
            .map_err(|source| IndexError::Record { id: "commit".to_owned(), source })?;
        let mut commit = self.writer()?.prepare_commit()?;
        commit.set_payload(&note);
        commit.commit()?;
        self.reader.reload()?;
        self.last_seq = seq;
        if std::mem::take(&mut self.added) >= MANY {
            self.settle()?;
            self.reader.reload()?;
        }
        Ok(())
    }

    /// Puts the small segments together that many records leave behind: a search takes its time in each of them.
    fn settle(&mut self) -> Result<(), IndexError> {
        if let Some(writer) = self.writer.take() {
            writer.wait_merging_threads()?;
        }
        let segments = self.index.searchable_segment_metas()?;
        let largest = segments.iter().map(SegmentMeta::num_docs).max().unwrap_or_default();
        let small = segments.iter().filter(|segment| segment.num_docs() < largest / SMALL);
        let small: Vec<_> = small.map(SegmentMeta::id).collect();
        if small.len() > 1 {
            self.writer()?.merge(&small).wait()?;
        }
        Ok(())
    }

    /// Sees what another process has committed; nothing changes where this one writes.
    pub fn refresh(&mut self) -> Result<(), IndexError> {
        if self.writer.is_some() {
            return Ok(());
        }
        let payload = self.index.load_metas()?.payload;
        let note = payload.and_then(|payload| serde_json::from_str::<CommitNote>(&payload).ok());
        if let Some(note) = note.filter(|note| note.origin == self.origin && note.seq != self.last_seq) {
            self.reader.reload()?;
            self.last_seq = note.seq;
        }
        Ok(())
    }

    /// Forgets what was applied since the last commit.
    pub fn rollback(&mut self) -> Result<(), IndexError> {
        self.added = 0;
        if let Some(writer) = &mut self.writer {
            writer.rollback()?;
        }
        Ok(())
    }

    fn writer(&mut self) -> Result<&mut IndexWriter, IndexError> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => self.index.writer_with_num_threads(1, WRITER_MEMORY).map_err(|error| match error {
                TantivyError::LockFailure(..) => IndexError::Locked { path: self.path.clone() },
                other => IndexError::Tantivy(other),
            })?,
        };
        Ok(self.writer.insert(writer))
    }
}

/// Opens what stands in the folder, where it is whole and was written by this version.
fn usable(path: &Path, fields: &Fields, origin: &str) -> Option<(tantivy::Index, IndexReader, u64)> {
    let mut index = tantivy::Index::open_in_dir(path).ok()?;
    if index.schema() != fields.schema {
        return None;
    }
    let note: CommitNote = serde_json::from_str(&index.load_metas().ok()?.payload?).ok()?;
    let whole = index.validate_checksum().is_ok_and(|damaged| damaged.is_empty());
    if note.version != VERSION || note.origin != origin || !whole {
        return None;
    }
    index.set_tokenizers(schema::analyzers());
    let reader = reader(&index).ok()?;
    Some((index, reader, note.seq))
}

/// Makes an empty one in the place of what stands in the folder.
fn empty(path: &Path, fields: &Fields) -> Result<(tantivy::Index, IndexReader), IndexError> {
    clear(path)?;
    let directory = MmapDirectory::open(path).map_err(TantivyError::from)?;
    // Lists read one record here and one there: unpacking its neighbours with it would take most of an answer.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_blocksize: STORED_BLOCK,
        ..IndexSettings::default()
    };
    let mut index = tantivy::Index::create(directory, fields.schema.clone(), settings)?;
    index.set_tokenizers(schema::analyzers());
    let reader = reader(&index)?;
    Ok((index, reader))
}

/// How much of the stored records is read at a time, in bytes.
const STORED_BLOCK: usize = 4096;
/// Blocks of stored records that are kept in memory, by segment.
const CACHED_BLOCKS: usize = 512;

fn reader(index: &tantivy::Index) -> Result<IndexReader, IndexError> {
    let builder = index.reader_builder().doc_store_cache_num_blocks(CACHED_BLOCKS);
    Ok(builder.reload_policy(ReloadPolicy::Manual).try_into()?)
}

/// Empties the folder of an index that cannot be used, unless another process writes to it.
fn clear(path: &Path) -> Result<(), IndexError> {
    let folder = |source: io::Error| IndexError::Folder { path: path.to_owned(), source };
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => {
            let directory = MmapDirectory::open(path).map_err(TantivyError::from)?;
            let lock = directory
                .acquire_lock(&INDEX_WRITER_LOCK)
                .map_err(|_| IndexError::Locked { path: path.to_owned() })?;
            drop(lock);
            drop(directory);
            fs::remove_dir_all(path).map_err(folder)?;
        }
        Ok(_) => fs::remove_file(path).map_err(folder)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(folder(error)),
    }
    fs::create_dir_all(path).map_err(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Kind, index::TextSource};

    fn record(id: &str) -> Record {
        let names = vec![TextSource::shown("name", "某甲")];
        Record {
            kind: Kind::Person,
            id: id.to_owned(),
            document: Some("d1".to_owned()),
            names,
            ..Record::default()
        }
    }

    fn fill(folder: &Path) {
        let (mut index, outcome) = Index::open(folder, "r1", 9).expect("opens");
        assert_eq!(outcome, OpenOutcome::NeedsRebuild);
        index.apply(Batch { records: &[record("p1"), record("p2")], ..Batch::default() }).expect("applies");
        index.commit(7).expect("commits");
        assert_eq!(index.reader().searcher().num_docs(), 2);
    }

    #[test]
    fn a_reopened_index_knows_the_last_change() {
        let folder = tempfile::tempdir().expect("a folder");
        fill(folder.path());
        let (mut index, outcome) = Index::open(folder.path(), "r1", 9).expect("opens");
        assert_eq!((outcome, index.last_seq()), (OpenOutcome::Ready { seq: 7 }, 7));
        let again = [record("p1")];
        index.apply(Batch { records: &again, ..Batch::default() }).expect("applies");
        index.apply(Batch { records: &again, ..Batch::default() }).expect("applies");
        index.commit(8).expect("commits");
        assert_eq!(index.reader().searcher().num_docs(), 2, "the same change twice is one change");
        index.apply(Batch { documents: &["d1".to_owned()], ..Batch::default() }).expect("applies");
        index.rollback().expect("rolls back");
        index.commit(8).expect("commits");
        assert_eq!(index.reader().searcher().num_docs(), 2);
        index.apply(Batch { documents: &["d1".to_owned()], ..Batch::default() }).expect("applies");
        index.commit(9).expect("commits");
        assert_eq!(index.reader().searcher().num_docs(), 0);
    }

    #[test]
    fn small_segments_are_put_together_when_many_records_came() {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut index, _) = Index::open(folder.path(), "r1", 9).expect("opens");
        for (seq, id) in (1..).zip(["p1", "p2", "p3"]) {
            index.apply(Batch { records: &[record(id)], ..Batch::default() }).expect("applies");
            index.commit(seq).expect("commits");
        }
        let segments = |index: &Index| index.reader().searcher().segment_readers().len();
        assert_eq!(segments(&index), 3);
        let many: Vec<Record> = (0..MANY).map(|number| record(&format!("m{number}"))).collect();
        index.apply(Batch { records: &many, ..Batch::default() }).expect("applies");
        index.commit(4).expect("commits");
        assert_eq!((segments(&index), index.reader().searcher().num_docs()), (2, MANY as u64 + 3));
        let (index, outcome) = Index::open(folder.path(), "r1", 9).expect("opens");
        assert_eq!((outcome, segments(&index)), (OpenOutcome::Ready { seq: 4 }, 2));
    }

    #[test]
    fn a_damaged_index_is_built_anew() {
        type Damage = fn(&Path);
        let damages: [(&str, Damage); 5] = [
            ("no list of segments", |path| fs::remove_file(path.join("meta.json")).expect("removes")),
            ("a broken list", |path| fs::write(path.join("meta.json"), b"{").expect("writes")),
            ("a missing file", |path| fs::remove_file(of_type(path, "term")).expect("removes")),
            ("a changed byte", |path| {
                let file = of_type(path, "store");
                let mut bytes = fs::read(&file).expect("reads");
                bytes[3] ^= 1;
                fs::write(file, bytes).expect("writes");
            }),
            ("another version", |path| {
                let meta = fs::read_to_string(path.join("meta.json")).expect("reads");
                let other = meta.replace(&format!(r#"\"version\":{VERSION}"#), r#"\"version\":0"#);
                assert_ne!(meta, other);
                fs::write(path.join("meta.json"), other).expect("writes");
            }),
        ];
        for (name, damage) in damages {
            let folder = tempfile::tempdir().expect("a folder");
            fill(folder.path());
            damage(&folder.path().join(FOLDER));
            fill(folder.path());
            let (_, outcome) = Index::open(folder.path(), "r1", 9).expect("opens");
            assert_eq!(outcome, OpenOutcome::Ready { seq: 7 }, "{name}");
        }
    }

    #[test]
    fn an_index_of_another_record_is_built_anew() {
        for (origin, last) in [("r2", 9), ("r1", 6)] {
            let folder = tempfile::tempdir().expect("a folder");
            fill(folder.path());
            let (index, outcome) = Index::open(folder.path(), origin, last).expect("opens");
            assert_eq!((outcome, index.last_seq()), (OpenOutcome::NeedsRebuild, 0), "{origin} {last}");
        }
    }

    #[test]
    fn an_index_of_another_schema_is_built_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FOLDER);
        fs::create_dir_all(&path).expect("creates");
        let mut builder = tantivy::schema::Schema::builder();
        builder.add_text_field("id", tantivy::schema::STRING);
        tantivy::Index::create_in_dir(&path, builder.build()).expect("creates");
        fill(folder.path());
    }

    #[test]
    fn a_second_writer_is_refused_and_readers_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        fill(folder.path());
        let (mut first, _) = Index::open(folder.path(), "r1", 9).expect("opens");
        first.apply(Batch::default()).expect("takes the lock");
        let (mut second, outcome) = Index::open(folder.path(), "r1", 9).expect("opens for reading");
        assert_eq!(outcome, OpenOutcome::Ready { seq: 7 });
        assert!(matches!(second.apply(Batch::default()), Err(IndexError::Locked { .. })));
    }

    fn of_type(path: &Path, extension: &str) -> PathBuf {
        let mut entries = fs::read_dir(path).expect("reads").map(|entry| entry.expect("an entry").path());
        entries.find(|path| path.extension().is_some_and(|e| e == extension)).expect("such a file")
    }
}
