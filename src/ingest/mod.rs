//! How does a file become something that can be found?
//!
//! Read this file first. A file's bytes become a `Source` (decoded text and blocks), the blocks a
//! `Dossier`, the dossier is committed to the store, which is the record, and then applied to the
//! index, which is derived from it and catches up whenever it is behind. Must not know HTTP or the
//! command line.

mod audit;
mod files;
mod reader;

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Mutex, PoisonError},
    thread::sleep,
    time::Duration,
};

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::{
    audit::{AuditError, Auditor},
    domain::{Dossier, Facet, Kind, SourceInfo},
    extract::extract,
    index::{
        Batch, DocumentBundle, Index, IndexError, Record, document_records, institution_record,
        journal_record, person_record,
    },
    search::{SearchError, SearchRequest, SearchResponse, Searcher, SuggestRequest, SuggestResponse},
    source::{Block, Source, SourceError},
    store::{Change, NewDocument, Put, Store, StoreError, document_id},
    text::Passage,
};

pub use audit::audit_by_itself;
pub use files::{Failure, Report, index_paths, load_file, seed};
pub use reader::{Reader, TIME_LIMIT, serve as serve_reader};

/// How often, and how long apart, another process is asked whether it has taken a change in.
const PATIENCE: usize = 30;
const BREATH: Duration = Duration::from_millis(100);

/// Changes that are applied to the index before the next ones are looked at.
const CHUNK: usize = 256;

/// Why a file could not be taken in, or a question not be answered.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// The file itself is at fault.
    #[error("{0}")]
    Unreadable(#[source] SourceError),
    /// A reader met a file that its author did not think of.
    #[error("the reader failed on this file; please report it with the file")]
    ReaderFailed,
    /// The process that reads hostile files cannot be started.
    #[error("cannot start the process that reads this file: {0}")]
    ReaderNotStarted(#[source] std::io::Error),
    /// The record failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// What is kept cannot be audited now.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The question cannot be answered.
    #[error(transparent)]
    Search(#[from] SearchError),
}

impl ArchiveError {
    /// Tells whether one file failed, so that others may still succeed.
    fn is_of_file(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::ReaderFailed | Self::ReaderNotStarted(_))
    }
}

/// A file as it was read and understood, stored nowhere.
#[derive(Debug)]
pub struct Reading {
    /// The decoded text, into which the spans point.
    pub text: String,
    /// What it states.
    pub dossier: Dossier,
}

/// Reads and understands a file in this process; `name` is kept as its path.
///
/// # Errors
/// Where the file is not a text that can be read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading, ArchiveError> {
    read_by(&Reader::in_process(), name, bytes)
}

/// Reads and understands a file by a reader; `name` is kept as its path.
///
/// # Errors
/// Where the file is not a text that can be read, or the reader fails.
pub fn read_by(reader: &Reader, name: &str, bytes: &[u8]) -> Result<Reading, ArchiveError> {
    understand(name, bytes, reader.read(name, bytes)?)
}

fn understand(name: &str, bytes: &[u8], source: Source) -> Result<Reading, ArchiveError> {
    let Source { text, format, encoding, blocks, warnings } = source;
    let understood = catch_unwind(AssertUnwindSafe(|| extract(&blocks)));
    let mut dossier = understood.map_err(|_| ArchiveError::ReaderFailed)?;
    dossier.warnings.splice(0..0, warnings);
    dossier.source = SourceInfo {
        path: name.to_owned(),
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        format: format.to_owned(),
        encoding: encoding.to_owned(),
    };
    dossier.id = document_id(&dossier);
    Ok(Reading { text, dossier })
}

/// What is kept in a data directory: the record, and the index derived from it.
pub struct Archive {
    store: Store,
    index: Mutex<Index>,
    searcher: Searcher,
    auditor: Auditor,
    reader: Reader,
}

impl Archive {
    /// Opens a data directory whose files are read in this process, see [`Self::open_with`].
    ///
    /// # Errors
    /// Where the directory cannot be used.
    pub fn open(dir: &Path) -> Result<Archive, ArchiveError> {
        Self::open_with(dir, Reader::in_process())
    }

    /// Opens a data directory; makes what is not there and brings the index up to the record.
    ///
    /// # Errors
    /// Where the directory cannot be used.
    pub fn open_with(dir: &Path, reader: Reader) -> Result<Archive, ArchiveError> {
        let store = Store::open(dir)?;
        let (index, _) = Index::open(dir, &store.origin()?, store.last_change()?)?;
        let searcher = Searcher::new(&index);
        let auditor = Auditor::default();
        let archive = Archive { store, index: Mutex::new(index), searcher, auditor, reader };
        match archive.catch_up() {
            // The process that writes the index will take in what is missing.
            Ok(()) | Err(ArchiveError::Index(IndexError::Locked { .. })) => Ok(archive),
            Err(error) => Err(error),
        }
    }

    /// The record.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Takes a file in: durable and searchable when it returns.
    ///
    /// # Errors
    /// Where the file cannot be read, the record cannot be written or the index is closed to us.
    pub fn add(&self, name: &str, bytes: &[u8]) -> Result<Put, ArchiveError> {
        let put = self.keep(name, bytes)?;
        self.follow();
        Ok(put)
    }

    /// Takes a file into the record: durable when it returns, searchable after [`Self::catch_up`].
    ///
    /// # Errors
    /// Where the file cannot be read or the record cannot be written.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> Result<Put, ArchiveError> {
        self.put(bytes, &read_by(&self.reader, name, bytes)?)
    }

    fn put(&self, bytes: &[u8], reading: &Reading) -> Result<Put, ArchiveError> {
        let Reading { text, dossier } = reading;
        Ok(self.store.put(&NewDocument { bytes, text, dossier })?)
    }

    /// Brings the index up after a change that is kept already: what goes wrong here is no failure of the
    /// change, so it is logged, and the index catches up later. Another process that writes the index is
    /// given a moment to take the change in.
    fn follow(&self) {
        for _ in 0..PATIENCE {
            match self.catch_up() {
                Ok(()) => return,
                Err(ArchiveError::Index(IndexError::Locked { .. })) => sleep(BREATH),
                Err(error) => return tracing::error!("the index is behind the record: {error}"),
            }
        }
        tracing::warn!("the process that writes the index has not yet taken the last change in");
    }

    /// Takes a document out; `false` where there is none.
    ///
    /// # Errors
    /// Where the record or the index cannot be written.
    pub fn remove(&self, id: &str) -> Result<bool, ArchiveError> {
        let removed = self.store.remove(id)?;
        self.follow();
        Ok(removed)
    }

    /// Answers a search.
    ///
    /// # Errors
    /// Where a filter cannot be understood or the index fails.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, ArchiveError> {
        Ok(self.searcher.search(request)?)
    }

    /// Answers what is being typed.
    ///
    /// # Errors
    /// Where the index fails.
    pub fn suggest(&self, request: &SuggestRequest) -> Result<SuggestResponse, ArchiveError> {
        Ok(self.searcher.suggest(request)?)
    }

    /// Applies to the index what the record holds and the index does not.
    ///
    /// An index that was lost is behind by every change there ever was, so it is rebuilt the same way.
    ///
    /// # Errors
    /// Where the record cannot be read or the index cannot be written.
    pub fn catch_up(&self) -> Result<(), ArchiveError> {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        index.refresh()?;
        let changes = self.store.changes_since(index.last_seq())?;
        let Some(last) = changes.last().map(|change| change.seq) else { return Ok(()) };
        let applied = self.apply(&mut index, &changes).and_then(|()| Ok(index.commit(last)?));
        if applied.is_err() {
            index.rollback()?;
        }
        applied
    }

    fn apply(&self, index: &mut Index, changes: &[Change]) -> Result<(), ArchiveError> {
        let documents: BTreeSet<&String> = changes.iter().map(|change| &change.document_id).collect();
        let documents: Vec<String> = documents.into_iter().cloned().collect();
        for chunk in documents.chunks(CHUNK) {
            let mut records = Vec::new();
            for id in chunk {
                records.extend(self.of_document(id)?);
            }
            index.apply(Batch { documents: chunk, records: &records, ..Batch::default() })?;
        }
        let entities: BTreeSet<&(Kind, String)> =
            changes.iter().flat_map(|change| &change.entities).collect();
        let entities: Vec<&(Kind, String)> = entities.into_iter().collect();
        for chunk in entities.chunks(CHUNK) {
            let (mut gone, mut records) = (Vec::new(), Vec::new());
            for (kind, id) in chunk {
                match self.of_entity(*kind, id)? {
                    Some(record) => records.push(record),
                    None => gone.push(id.clone()),
                }
            }
            index.apply(Batch { ids: &gone, records: &records, ..Batch::default() })?;
        }
        Ok(())
    }

    /// The records that stand and fall with a document; none where it is gone.
    fn of_document(&self, id: &str) -> Result<Vec<Record>, ArchiveError> {
        let records = self.store.records_of(id)?;
        let (Some(dossier), Some(text)) = (records.dossier, self.store.source_text(id)?) else {
            return Ok(Vec::new());
        };
        let bytes = self.store.source_bytes(id)?.unwrap_or_default();
        let bundle = DocumentBundle {
            passages: self.passages(&dossier.source.path, &bytes, &text),
            dossier,
            text,
            institutions: records.institutions,
            contributions: records.contributions,
            papers: records.papers,
            ip: records.ip,
            claims: records.claims,
        };
        self.labelled(|labels| document_records(&bundle, labels))
    }

    /// The record of a person, an institution or a journal; `None` where it is gone.
    fn of_entity(&self, kind: Kind, id: &str) -> Result<Option<Record>, ArchiveError> {
        let dossiers = |ids: BTreeSet<&str>| -> Result<Vec<Dossier>, StoreError> {
            ids.into_iter().filter_map(|id| self.store.dossier(id).transpose()).collect()
        };
        let record = match kind {
            Kind::Person => match self.store.person(id)? {
                Some(person) => {
                    let of = dossiers(person.contributions.iter().map(|c| c.dossier.id.as_str()).collect())?;
                    Some(self.labelled(|labels| person_record(&person, &of, labels))?)
                }
                None => None,
            },
            Kind::Institution => match self.store.institution(id)? {
                Some(institution) => {
                    let of = dossiers(institution.dossiers.iter().map(|d| d.dossier.id.as_str()).collect())?;
                    Some(self.labelled(|labels| institution_record(&institution, &of, labels))?)
                }
                None => None,
            },
            Kind::Journal => match self.store.journal(id)? {
                Some(journal) => {
                    let of = dossiers(journal.papers.iter().map(|p| p.dossier.id.as_str()).collect())?;
                    Some(self.labelled(|labels| journal_record(&journal, &of, labels))?)
                }
                None => None,
            },
            _ => None,
        };
        Ok(record)
    }

    /// Maps with the labels of the record; a label that cannot be looked up fails the whole.
    fn labelled<T>(&self, map: impl FnOnce(&dyn Fn(Facet, &str) -> String) -> T) -> Result<T, ArchiveError> {
        let failed = Mutex::new(None);
        let mapped = map(&|facet, value| {
            self.store.label(facet, value).unwrap_or_else(|error| {
                *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                value.to_owned()
            })
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error.into()),
            None => Ok(mapped),
        }
    }

    /// The passages of a stored document; where its bytes can no longer be read, the text as a whole.
    fn passages(&self, name: &str, bytes: &[u8], text: &str) -> Vec<Passage> {
        let source = match self.reader.read(name, bytes) {
            Ok(source) if source.text == text => source,
            Ok(_) | Err(ArchiveError::Unreadable(_)) => return vec![Passage::new(text, 0)],
            Err(error) => {
                tracing::warn!("{name} is indexed as one passage: {error}");
                return vec![Passage::new(text, 0)];
            }
        };
        let mut passages = Vec::new();
        for block in source.blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph { text, .. } => passages.push(text),
                Block::Table(rows) => {
                    passages.extend(rows.into_iter().flatten().filter(|cell| !cell.is_blank()));
                }
            }
        }
        passages
    }
}
