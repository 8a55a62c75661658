use thiserror::Error;

use super::{MAX_BYTES, MAX_ENTRIES, MAX_NESTING, MAX_PAGES, MAX_PARTS, MAX_RATIO, MAX_UNPACKED};

/// Why a file cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SourceError {
    /// No byte, or white space only.
    #[error("the file holds no text")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file has {found} bytes, more than the {MAX_BYTES} that are read; split it")]
    TooLarge {
        /// Its size.
        found: usize,
    },
    /// More than [`MAX_PARTS`].
    #[error("the file has more than {MAX_PARTS} lines and table cells; split it")]
    TooManyParts,
    /// More than [`MAX_PAGES`].
    #[error("the PDF has {found} pages, more than the {MAX_PAGES} that are read; split it")]
    TooManyPages {
        /// Its pages.
        found: usize,
    },
    /// A PDF that is a picture on every page.
    #[error(
        "the PDF holds no text, only pictures of pages; run text recognition (OCR) over it and send the result"
    )]
    Scan,
    /// A PDF without the Unicode of its characters.
    #[error(
        "the fonts of the PDF do not say which characters they show; send the Word file it was made from, or its text as .txt"
    )]
    Garbled,
    /// A PDF that opens with a password only.
    #[error("the PDF is locked with a password; save it without one and send that")]
    Locked,
    /// A PDF with an encryption that is not known.
    #[error("the PDF is encrypted in a way that is not read; print it to a new PDF and send that")]
    UnknownLock,
    /// Tables within tables, or drawings within drawings, more than are read.
    #[error("tables are nested more than {MAX_NESTING} deep; save the file as plain text")]
    TooDeep,
    /// None of the encodings that are read.
    #[error("byte {at} fits none of UTF-8, UTF-16, GB18030 and Big5; save the file as UTF-8 text")]
    UnknownEncoding {
        /// Offset of the first byte that does not fit the encoding that goes furthest.
        at: usize,
    },
    /// UTF-16 with half a character at its end.
    #[error("the UTF-16 text ends within a character at byte {at}; get the whole file or save it as UTF-8")]
    CutUtf16 {
        /// Offset of the half.
        at: usize,
    },
    /// NUL bytes: some other format.
    #[error("byte {at} is NUL, so this is not a text file; save it as UTF-8 text")]
    Binary {
        /// Offset of the first NUL.
        at: usize,
    },
    /// A format that is known and not read.
    #[error("this is {format}, which is not read; save it as text (.txt) or as Word (.docx)")]
    Unsupported {
        /// With its article.
        format: &'static str,
    },
    /// A file that breaks the rules of its own format.
    #[error("the {what} is damaged; get it anew, or save its text as .txt")]
    Damaged {
        /// Its format.
        what: &'static str,
    },
    /// More than [`MAX_ENTRIES`] files in a zip file.
    #[error("the zip file lists more than {MAX_ENTRIES} files; split it")]
    TooManyEntries,
    /// A part that unpacks to more than [`MAX_UNPACKED`].
    #[error("a part unpacks to more than {MAX_UNPACKED} bytes; split the file")]
    UnpackedTooLarge,
    /// A part that unpacks to more than [`MAX_RATIO`] times its size: hardly a text.
    #[error("a part unpacks to more than {MAX_RATIO} times its size; unpack the file and send its text")]
    PackedTooTightly,
    /// A zip file that is no document itself.
    #[error("this is a zip of files and not one document; unpack it, or index it with 'dossier index'")]
    Archive,
    /// A zip file without a document in it.
    #[error("the zip file holds no document")]
    EmptyArchive,
    /// More time than a file is given.
    #[error("reading took more than {seconds} s; split the file, or save its text as .txt")]
    TooSlow {
        /// The time it was given.
        seconds: u64,
    },
    /// The process that read the file ended before it was done, or said what nobody understands.
    #[error("the reader of this file failed; save its text as .txt")]
    ReaderFailed,
    /// The sentence in which a reader in another process said one of the others.
    #[error("{0}")]
    Told(String),
    /// A zip file within a zip file.
    #[error("this is a zip file within a zip file; unpack the outer one first")]
    NestedArchive,
}
