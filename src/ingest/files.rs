use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use serde::Serialize;

use super::{Archive, ArchiveError, understand};
use crate::{
    domain::Kind,
    index::IndexError,
    source::{Frame, MAX_BYTES, SourceError, is_document_name},
    store::{Put, PutStatus},
};

/// What became of the files that were to be indexed.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// New documents.
    pub added: usize,
    /// New versions of known documents.
    pub updated: usize,
    /// Files whose bytes were known.
    pub unchanged: usize,
    /// Files that could not be read.
    pub failed: Vec<Failure>,
    /// What was kept is found only once the process that writes the index has taken it in.
    pub pending: bool,
    /// How many records of each kind there are now.
    pub records: BTreeMap<Kind, u64>,
    /// Wall-clock time in milliseconds.
    pub took_ms: u64,
}

impl Report {
    /// Counts a file that was taken in or could not be read; what is not its fault is handed back.
    fn note(&mut self, path: &str, put: Result<Put, ArchiveError>) -> Result<(), ArchiveError> {
        match put {
            Ok(put) => match put.status {
                PutStatus::Added => self.added += 1,
                PutStatus::Updated => self.updated += 1,
                PutStatus::Unchanged => self.unchanged += 1,
            },
            Err(error) if error.is_of_file() => self.fail(path, error.to_string()),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn fail(&mut self, path: &str, error: String) {
        self.failed.push(Failure { path: path.to_owned(), error });
    }
}

/// A file that could not be read, and why.
#[derive(Debug, Serialize)]
pub struct Failure {
    /// As it was given or found.
    pub path: String,
    /// One sentence.
    pub error: String,
}

/// Indexes files, folders and zip files of documents; what fails is reported and stops nothing else.
/// `progress` is told how many files are done and how many there are.
///
/// # Errors
/// Where the record or the index fails, as opposed to a file.
pub fn index_paths(
    archive: &Archive,
    paths: &[PathBuf],
    mut progress: impl FnMut(usize, usize),
) -> Result<Report, ArchiveError> {
    let started = Instant::now();
    let mut report = Report::default();
    let files = files(paths, &mut report.failed);
    for (done, (path, name)) in files.iter().enumerate() {
        progress(done, files.len());
        keep_file(archive, path, name, &mut report)?;
    }
    report.pending = match archive.catch_up() {
        Ok(()) => false,
        Err(ArchiveError::Index(IndexError::Locked { .. })) => true,
        Err(error) => return Err(error),
    };
    progress(files.len(), files.len());
    report.records = archive.store().counts()?;
    report.took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(report)
}

/// Indexes the documents that an empty archive starts from, where it is empty; broken off, it is begun
/// again at the next start.
///
/// # Errors
/// Where the record or the index fails, as opposed to a file.
pub fn seed(
    archive: &Archive,
    folder: &Path,
    progress: impl FnMut(usize, usize),
) -> Result<Option<Report>, ArchiveError> {
    if !folder.is_dir() || !archive.store().is_unseeded()? {
        return Ok(None);
    }
    archive.store().set_seeding(true)?;
    let mut report = index_paths(archive, &[folder.to_owned()], progress)?;
    archive.store().set_seeding(false)?;
    // An empty folder is as good a start as any.
    report.failed.retain(|failure| Path::new(&failure.path) != folder);
    Ok(Some(report))
}

/// Takes a file, or each document of a zip file, into the record. What is the file's fault is noted;
/// the error is ours.
fn keep_file(archive: &Archive, path: &Path, name: &str, report: &mut Report) -> Result<(), ArchiveError> {
    let shown = path.to_string_lossy();
    let bytes = match load_file(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            report.fail(&shown, error);
            return Ok(());
        }
    };
    let read = archive.reader.read_all(name, &bytes, &mut |frame| match frame {
        Frame::Document(document) => {
            let document = document.map_err(ArchiveError::Unreadable);
            let reading = document.and_then(|source| understand(name, &bytes, source));
            report.note(&shown, reading.and_then(|reading| archive.put(&bytes, &reading)))
        }
        Frame::Member { name: member, bytes } => {
            let bytes = bytes.map_err(ArchiveError::Unreadable);
            let put = bytes.and_then(|bytes| archive.keep(&format!("{name}/{member}"), &bytes));
            report.note(&format!("{shown}/{member}"), put)
        }
    });
    match read {
        Err(error) if error.is_of_file() => report.fail(&shown, error.to_string()),
        read => read?,
    }
    Ok(())
}

/// Reads a file's bytes, unless it is a folder, too large or not there.
///
/// # Errors
/// One sentence that says which of these it is.
pub fn load_file(path: &Path) -> Result<Vec<u8>, String> {
    let why = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission to read it is denied".to_owned(),
        _ => error.to_string(),
    };
    let found = fs::metadata(path).map_err(why)?;
    if found.is_dir() {
        return Err("this is a folder; name a file".to_owned());
    }
    if !found.is_file() {
        return Err("this is neither a file nor a folder".to_owned());
    }
    let size = usize::try_from(found.len()).unwrap_or(usize::MAX);
    if size > MAX_BYTES {
        return Err(SourceError::TooLarge { found: size }.to_string());
    }
    fs::read(path).map_err(why)
}

/// The files named, and in folders those with the ending of a format that is read, each with the name
/// it is kept under: below the folder that was given, as where that folder stands is nobody's business.
fn files(paths: &[PathBuf], failed: &mut Vec<Failure>) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            files.push((path.clone(), name));
            continue;
        }
        let (mut found, before) = (Vec::new(), failed.len());
        walk(path, &mut found, failed);
        if found.is_empty() && failed.len() == before {
            let error =
                "the folder holds no document (.txt .md .html .docx .pdf) and no .zip of them".to_owned();
            failed.push(Failure { path: path.display().to_string(), error });
        }
        files.extend(found.into_iter().map(|file| {
            let name = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().into_owned();
            (file, name)
        }));
    }
    files
}

/// Links to folders are not followed, so that no loop has no end.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, failed: &mut Vec<Failure>) {
    let mut entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            return failed.push(Failure { path: folder.display().to_string(), error: error.to_string() });
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let kind = entry.file_type();
        if hidden || kind.is_err() {
            continue;
        }
        if kind.is_ok_and(|kind| kind.is_dir()) {
            walk(&path, files, failed);
        } else if is_document_name(&entry.file_name().to_string_lossy())
            || path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
        {
            files.push(path);
        }
    }
}
