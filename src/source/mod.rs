//! What does the file say, and in what shape?
//!
//! Answers with the decoded text and its blocks (headings, paragraphs, tables), each pointing at
//! its place in that text. One file a media type. Must not know any word of a dossier: what a
//! label means is the next room's business.

mod block;
mod charset;
mod lines;
mod markup;
mod text;

use thiserror::Error;

pub use block::{Block, Row};

/// Largest file that is read, in bytes: the longest real notice has 0.02 MB, a scan-free PDF 5 MB.
pub const MAX_BYTES: usize = 32 << 20;

/// A document as it was printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The decoded text, into which every span points.
    pub text: String,
    /// `text`.
    pub format: &'static str,
    /// `utf-8`.
    pub encoding: &'static str,
    /// Headings, paragraphs and tables, in order.
    pub blocks: Vec<Block>,
}

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
    /// Not UTF-8.
    #[error("byte {at} is not valid UTF-8; save the file as UTF-8 text")]
    NotUtf8 {
        /// Offset of the first byte that does not fit.
        at: usize,
    },
    /// NUL bytes: some other format.
    #[error("byte {at} is NUL, so this is not a text file; save it as UTF-8 text")]
    Binary {
        /// Offset of the first NUL.
        at: usize,
    },
}

/// Reads a file.
///
/// # Errors
/// Where it is empty, too large or not text in UTF-8.
pub fn read(bytes: &[u8]) -> Result<Source, SourceError> {
    if bytes.len() > MAX_BYTES {
        return Err(SourceError::TooLarge { found: bytes.len() });
    }
    let text = charset::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    let blocks = text::blocks(&text);
    Ok(Source { text, format: "text", encoding: "utf-8", blocks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_said_in_one_sentence() {
        for (bytes, want) in [
            (&b""[..], SourceError::Empty),
            (b" \n\t", SourceError::Empty),
            (b"ab\xFF", SourceError::NotUtf8 { at: 2 }),
            (b"a\0b", SourceError::Binary { at: 1 }),
        ] {
            assert_eq!(read(bytes).expect_err("unreadable"), want);
        }
        let large = vec![b'a'; MAX_BYTES + 1];
        assert_eq!(read(&large).expect_err("large"), SourceError::TooLarge { found: MAX_BYTES + 1 });
    }

    #[test]
    fn a_byte_order_mark_is_not_text() {
        assert_eq!(read("\u{FEFF}甲".as_bytes()).expect("readable").text, "甲");
    }
}
