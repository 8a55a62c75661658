//! How does a file become something that can be found?
//!
//! Read this file first. A file's bytes become a `Source` (decoded text and blocks), the blocks a
//! `Dossier`, the dossier is committed to the store, which is the record, and then applied to the
//! index, which is derived from it and catches up whenever it is behind. Must not know HTTP or the
//! command line.

mod audit;
mod files;
mod known;
mod matching;
mod reader;
mod records;

use std::{
    borrow::Cow,
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
    domain::{Decision, Dossier, Facet, SourceInfo},
    extract::extract,
    index::{Index, IndexError},
    search::{SearchError, SearchRequest, SearchResponse, Searcher, SuggestRequest, SuggestResponse},
    source::{Source, SourceError},
    store::{DecisionError, NewDecision, NewDocument, Put, Store, StoreError, document_id},
};

pub use audit::audit_by_itself;
pub use files::{Failure, Report, index_paths, load_file, seed};
use known::Known;
pub use reader::{Reader, TIME_LIMIT, serve as serve_reader};
use records::Mapping;

/// How often, and how long apart, another process is asked whether it has taken a change in.
const PATIENCE: usize = 30;
const BREATH: Duration = Duration::from_millis(100);

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
        matches!(
            self,
            Self::Unreadable(_)
                | Self::ReaderFailed
                | Self::ReaderNotStarted(_)
                | Self::Store(StoreError::Decision(DecisionError::Removed { .. }))
        )
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
    known: Known,
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
        let (auditor, known) = (Auditor::default(), Known::default());
        let archive = Archive { store, index: Mutex::new(index), searcher, auditor, reader, known };
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

    /// Takes a decision about a record: it holds, and is found to hold, when this returns.
    ///
    /// # Errors
    /// Where the decision is refused or the record cannot be written.
    pub fn decide(&self, new: &NewDecision) -> Result<Decision, ArchiveError> {
        let decision = self.store.decide(new)?;
        self.follow();
        Ok(decision)
    }

    /// Undoes a decision.
    ///
    /// # Errors
    /// Where there is none that holds or the record cannot be written.
    pub fn undo(&self, id: u64, reason: &str) -> Result<Decision, ArchiveError> {
        let decision = self.store.undo(id, reason)?;
        self.follow();
        Ok(decision)
    }

    /// Answers a search.
    ///
    /// # Errors
    /// Where a filter cannot be understood or the index fails.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, ArchiveError> {
        let request = self.under_labels(request)?;
        Ok(self.searcher.search(&request)?)
    }

    /// A journal is chosen by any of its names; the index knows it by its label.
    fn under_labels<'r>(&self, request: &'r SearchRequest) -> Result<Cow<'r, SearchRequest>, ArchiveError> {
        let mut asked = Cow::Borrowed(request);
        for (at, (facet, value)) in request.filters.iter().enumerate() {
            if *facet != Facet::Journal {
                continue;
            }
            if let Some(label) = self.store.known_label(*facet, value)?.filter(|label| label != value) {
                asked.to_mut().filters[at].1 = label;
            }
        }
        Ok(asked)
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
        let caught_up = self.bring_up(&mut index);
        // What another process has committed is to be seen also where the index is closed to this one.
        self.searcher.refresh()?;
        caught_up
    }

    fn bring_up(&self, index: &mut Index) -> Result<(), ArchiveError> {
        index.refresh()?;
        let changes = self.store.changes_since(index.last_seq())?;
        let Some(last) = changes.last().map(|change| change.seq) else { return Ok(()) };
        let mapping = Mapping::new(&self.store, &self.reader, &self.known);
        let applied = mapping.apply(index, &changes).and_then(|()| Ok(index.commit(last)?));
        if applied.is_err() {
            index.rollback()?;
        }
        applied
    }

    /// Lays out what searches and suggestions ask, so that nobody waits for it, also after changes.
    ///
    /// # Errors
    /// Where the index fails.
    pub fn lay_out(&self) -> Result<(), ArchiveError> {
        Ok(self.searcher.lay_out()?)
    }
}
