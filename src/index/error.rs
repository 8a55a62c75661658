use std::path::PathBuf;

/// Why the index cannot be opened or changed.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The folder cannot be created, read or cleared.
    #[error("cannot use the index folder {}: check its permissions and the free space", path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Another process writes to the same index.
    #[error("the index {} is being written by another process: stop it first", path.display())]
    Locked {
        /// Which folder.
        path: PathBuf,
    },
    /// A record cannot be written as JSON.
    #[error("cannot write the record {id} as JSON")]
    Record {
        /// Which record.
        id: String,
        /// What the writer said.
        #[source]
        source: serde_json::Error,
    },
    /// The index library failed.
    #[error("the index failed: if this happens again, delete its folder, it is built anew at the next start")]
    Tantivy(#[from] tantivy::TantivyError),
}
