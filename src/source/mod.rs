//! What does the file say, and in what shape?
//!
//! Answers with the decoded text and its blocks (headings, paragraphs, tables), each pointing at
//! its place in that text. One file a media type. Must not know any word of a dossier: what a
//! label means is the next room's business.

mod aligned;
mod archive;
mod assemble;
mod block;
mod charset;
mod counted;
mod docx;
mod error;
mod flow;
mod format;
mod frame;
mod html;
mod laid;
mod lines;
mod markdown;
mod markup;
mod numbering;
mod package;
mod pdf;
mod pipes;
mod ruled;
mod side;
mod tagged;
mod text;

pub use archive::{Archive, Member, is_document_name};
use assemble::Part;
pub use block::{Block, Row};
pub use error::SourceError;
use format::Format;
pub use format::ending;
pub use frame::{Frame, Output};

use crate::domain::Warning;

/// Largest file that is read, in bytes: the longest real notice has 0.02 MB, a PDF without scans 5 MB.
pub const MAX_BYTES: usize = 32 << 20;

/// Most lines and table cells that are read of one file: a real notice has some hundreds, and each
/// takes about a hundred bytes of memory.
pub const MAX_PARTS: usize = 2_000_000;

/// Largest part of a packed file, in bytes.
pub const MAX_UNPACKED: usize = 64 << 20;

/// How many times its packed size a part may have; the text of a Word document has about 10.
pub const MAX_RATIO: u64 = 200;

/// Most entries of a zip file that is opened.
pub const MAX_ENTRIES: usize = 10_000;

/// Most pages of a PDF that is read.
pub const MAX_PAGES: usize = 2_000;

/// How deep tables may be nested in each other.
pub const MAX_NESTING: usize = 32;

/// A document as it was printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The text, into which every span points: as decoded, or, of a page, a Word document or a PDF, as a
    /// reader sees it.
    pub text: String,
    /// `text`, `markdown`, `html`, `docx` or `pdf`.
    pub format: &'static str,
    /// `utf-8`, `utf-16le`, `utf-16be`, `gb18030` or `big5`.
    pub encoding: &'static str,
    /// Headings, paragraphs and tables, in order.
    pub blocks: Vec<Block>,
    /// What could not be read.
    pub warnings: Vec<Warning>,
}

/// Reads a file; its content, then the ending of `name` decide on the format.
///
/// # Errors
/// Where it is empty, too large, or of a format or an encoding that is not read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Source, SourceError> {
    if bytes.len() > MAX_BYTES {
        return Err(SourceError::TooLarge { found: bytes.len() });
    }
    let format = Format::of(name, bytes)?;
    let mut warnings = Vec::new();
    let (text, encoding, parts) = match format {
        Format::Text => plain(bytes, markdown::is_marked)?,
        Format::Markdown => plain(bytes, |_| true)?,
        Format::Html => {
            let (page, encoding) = html::decode(bytes)?;
            let (text, parts) = html::parts(&page)?;
            (text, encoding, parts)
        }
        Format::Zip => {
            let (text, parts) = word(bytes)?;
            (text, "utf-8", parts)
        }
        Format::Pdf => {
            let (text, parts, unread) = pdf::parts(bytes)?;
            warnings = unread;
            (text, "utf-8", parts)
        }
    };
    if text.trim().is_empty() {
        return Err(SourceError::Empty);
    }
    let blocks = match format {
        Format::Pdf => assemble::blocks_of_paragraphs(parts),
        _ => assemble::blocks(parts),
    };
    Ok(Source { text, format: format.name(), encoding, blocks, warnings })
}

/// Tells whether a file is of a format that is better read in a process of its own.
pub fn is_hostile(name: &str, bytes: &[u8]) -> bool {
    // What is too large is refused at once.
    bytes.len() <= MAX_BYTES && Format::of(name, bytes).is_ok_and(Format::is_hostile)
}

/// Reads a file or, where `within` is set, each document of a zip file of documents, and hands over what
/// it found as it is found.
///
/// # Errors
/// Where it cannot be handed over.
pub fn read_all<E>(
    name: &str,
    bytes: &[u8],
    within: bool,
    mut each: impl FnMut(Frame) -> Result<(), E>,
) -> Result<(), E> {
    let archive = if within && bytes.len() <= MAX_BYTES { Archive::open(bytes) } else { Ok(None) };
    let members = archive.and_then(|archive| match archive {
        Some(mut archive) => archive.members().map(|members| Some((archive, members))),
        None => Ok(None),
    });
    match members {
        Ok(Some((mut archive, members))) => {
            for member in members {
                let bytes = archive.read(&member);
                each(Frame::Member { name: member.name, bytes })?;
            }
            Ok(())
        }
        Ok(None) => each(Frame::Document(read(name, bytes))),
        Err(error) => each(Frame::Document(Err(error))),
    }
}

/// Reads a zip file that is a Word document.
fn word(bytes: &[u8]) -> Result<(String, Vec<Part>), SourceError> {
    let mut package = package::open(bytes)?;
    if package.index_for_name(docx::DOCUMENT).is_some() {
        return docx::parts(&mut package);
    }
    Err(match package.len() {
        0 => SourceError::EmptyArchive,
        _ if package.index_for_name("[Content_Types].xml").is_some() => {
            SourceError::Unsupported { format: "a spreadsheet or a presentation" }
        }
        _ => SourceError::Archive,
    })
}

/// Decodes and cuts a text that is its own rendering; where it is set in Markdown, without the marks.
fn plain(
    bytes: &[u8],
    is_marked: impl Fn(&str) -> bool,
) -> Result<(String, &'static str, Vec<Part>), SourceError> {
    let (text, encoding) = charset::decode(bytes)?;
    let parts = text::parts(&text)?;
    let parts = if is_marked(&text) {
        parts.into_iter().map(markdown::without_marks).filter_map(markdown::without_picture).collect()
    } else {
        parts
    };
    Ok((text, encoding, parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_said_in_one_sentence() {
        for (bytes, want) in [
            (&b""[..], SourceError::Empty),
            (b" \n\t", SourceError::Empty),
            (b"\xFF\xFE", SourceError::Empty),
            (b"ab\xFF", SourceError::UnknownEncoding { at: 2 }),
            (b"a\0b", SourceError::Binary { at: 1 }),
            (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", SourceError::EmptyArchive),
            (b"PK\x03\x04 and then nothing", SourceError::Damaged { what: "zip file" }),
            (b"%PDF-1.4\n\0\xFF", SourceError::Damaged { what: "PDF" }),
        ] {
            assert_eq!(read("a.txt", bytes).expect_err("unreadable"), want);
        }
        let large = vec![b'a'; MAX_BYTES + 1];
        assert_eq!(read("a.txt", &large).expect_err("large"), SourceError::TooLarge { found: MAX_BYTES + 1 });
        let cells = vec![b'\t'; MAX_PARTS + 1];
        assert_eq!(read("a.txt", &[b"x", &cells[..]].concat()).expect_err("many"), SourceError::TooManyParts);
    }

    #[test]
    fn a_byte_order_mark_is_not_text() {
        assert_eq!(read("a.txt", "\u{FEFF}甲".as_bytes()).expect("readable").text, "甲");
    }
}
