//! What does a PDF show, and in what shape?
//!
//! Answers with the text as a reader sees it, lines joined to paragraphs and cells to tables, and with
//! warnings of pages that cannot be read. A PDF has no paragraphs: all is taken from where characters
//! and ruling lines stand. Must not know any word of a dossier.

mod budget;
mod columns;
mod content;
mod font;
mod furniture;
mod geometry;
mod habits;
mod layout;
mod line;
mod page;
mod rulings;
mod sets;
mod table;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::{content::Reader, font::UNKNOWN, habits::Habits, layout::Layout, page::Page};
use super::{MAX_PAGES, Part, SourceError, flow::Flow};
use crate::{domain::Warning, text::Passage};

/// A page is garbled where more of its characters than one in so many are not known.
const GARBLED: usize = 3;

/// Reads a PDF: its text, the parts of it, and what had to be left out.
pub(super) fn parts(bytes: &[u8]) -> Result<(String, Vec<Part>, Vec<Warning>), SourceError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => SourceError::Locked,
        LoadPdfError::Decryption(_) => SourceError::UnknownLock,
        LoadPdfError::Invalid => SourceError::Damaged { what: "PDF" },
    })?;
    let sheets = pdf.pages();
    if sheets.len() > MAX_PAGES {
        return Err(SourceError::TooManyPages { found: sheets.len() });
    }
    let mut reader = Reader::new();
    let pages = sheets.iter().map(|sheet| reader.page(sheet)).collect::<Result<Vec<Page>, SourceError>>()?;
    let (mut layout, mut warnings) = (Layout::new(Habits::of(&pages)), Vec::new());
    let (mut unread, mut garbled, mut read) = (0, 0, 0);
    for (at, page) in pages.into_iter().enumerate() {
        match state_of(&page) {
            State::Blank => {}
            State::Unread => {
                unread += 1;
                warnings.push(warning(
                    "page-unread",
                    format!("page {} has no text that can be read, only a picture; run text recognition (OCR) over the PDF, or send the Word file it was made from", at + 1),
                ));
            }
            State::Garbled => {
                garbled += 1;
                warnings.push(warning(
                    "page-garbled",
                    format!("the fonts of page {} do not say which characters they show; send the Word file the PDF was made from, or its text as .txt", at + 1),
                ));
            }
            State::Read => read += 1,
        }
        layout.take(page)?;
    }
    match (read, garbled, unread) {
        (0, 0, 1..) => return Err(SourceError::Scan),
        (0, 1.., _) => return Err(SourceError::Garbled),
        _ => {}
    }
    let mut flow = Flow::default();
    for page in layout.flow(&mut flow)? {
        warnings.push(warning(
            "row-merged",
            format!(
                "a row of the table that goes on at page {} was cut by the page break and is put together",
                page + 1
            ),
        ));
    }
    let (text, parts) = flow.finish();
    // The text keeps them as they are; what is understood of it is the same as of any other file.
    let parts = parts.into_iter().map(|part| match part {
        Part::Heading { level, text } => Part::Heading { level, text: text.with_ideographs() },
        Part::Line { text, indent } => Part::Line { text: text.with_ideographs(), indent },
        Part::Row(row) => Part::Row(row.into_iter().map(Passage::with_ideographs).collect()),
    });
    Ok((text, parts.collect(), warnings))
}

enum State {
    Blank,
    Unread,
    Garbled,
    Read,
}

fn state_of(page: &Page) -> State {
    let printed = page.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace());
    let (all, unknown) =
        printed.fold((0, 0), |(all, unknown), glyph| (all + 1, unknown + usize::from(glyph.c == UNKNOWN)));
    match all {
        0 if page.has_picture => State::Unread,
        0 => State::Blank,
        _ if unknown * GARBLED > all => State::Garbled,
        _ => State::Read,
    }
}

fn warning(code: &str, message: String) -> Warning {
    Warning { code: code.to_owned(), message, field: None }
}
