use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::{Block, Format, MAX_UNPACKED, Source, SourceError, charset};
use crate::{
    domain::Warning,
    text::{Passage, Run},
};

/// What a reader in a process of its own hands over: a document, or one of a zip file of them.
#[derive(Debug, PartialEq)]
pub enum Frame {
    /// The file itself.
    Document(Result<Source, SourceError>),
    /// A file within it.
    Member {
        /// Its path in the zip file, without steps upwards.
        name: String,
        /// Unpacked.
        bytes: Result<Vec<u8>, SourceError>,
    },
}

/// What is read of the other process: a frame, or that there are no more of them.
pub type Output = Option<Frame>;

// A frame is one of these bytes, then its fields: the length of each in eight bytes, and so many bytes.
const DOCUMENT: u8 = b'D';
const REFUSED: u8 = b'R';
const MEMBER: u8 = b'M';
const REFUSED_MEMBER: u8 = b'N';
const END: u8 = b'.';

/// The text of a document once, and twenty bytes for each of its lines and cells.
const MAX_DOCUMENT: usize = 4 * MAX_UNPACKED;
const MAX_NAME: usize = 1 << 16;
/// The longest sentence of an error.
const MAX_SENTENCE: usize = 400;

impl Frame {
    /// Writes a frame.
    ///
    /// # Errors
    /// Where nobody reads any more.
    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        match self {
            Frame::Document(Ok(source)) => {
                put(to, DOCUMENT, &[&serde_json::to_vec(&Sheet::of(source))?])?;
            }
            Frame::Document(Err(error)) => put(to, REFUSED, &[error.to_string().as_bytes()])?,
            Frame::Member { name, bytes: Ok(bytes) } => put(to, MEMBER, &[name.as_bytes(), bytes])?,
            Frame::Member { name, bytes: Err(error) } => {
                put(to, REFUSED_MEMBER, &[name.as_bytes(), error.to_string().as_bytes()])?;
            }
        }
        to.flush()
    }

    /// Writes that there are no more frames.
    ///
    /// # Errors
    /// Where nobody reads any more.
    pub fn write_end(to: &mut impl Write) -> io::Result<()> {
        to.write_all(&[END])?;
        to.flush()
    }

    /// Reads a frame of a process that may be in the hands of the file it read: nothing of it is trusted.
    ///
    /// # Errors
    /// Where it ends too early or is no frame.
    pub fn read(from: &mut impl Read) -> io::Result<Output> {
        let mut kind = [0];
        from.read_exact(&mut kind)?;
        Ok(Some(match kind[0] {
            DOCUMENT => {
                let sheet: Sheet = serde_json::from_slice(&field(from, MAX_DOCUMENT)?)?;
                Frame::Document(Ok(sheet.source().ok_or(io::ErrorKind::InvalidData)?))
            }
            REFUSED => Frame::Document(Err(told(from)?)),
            MEMBER => Frame::Member { name: name(from)?, bytes: Ok(field(from, MAX_UNPACKED)?) },
            REFUSED_MEMBER => Frame::Member { name: name(from)?, bytes: Err(told(from)?) },
            END => return Ok(None),
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }))
    }
}

fn put(to: &mut impl Write, kind: u8, fields: &[&[u8]]) -> io::Result<()> {
    to.write_all(&[kind])?;
    for field in fields {
        to.write_all(&(field.len() as u64).to_le_bytes())?;
        to.write_all(field)?;
    }
    Ok(())
}

fn field(from: &mut impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > limit as u64 {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = Vec::new();
    let read = from.take(length).read_to_end(&mut bytes)?;
    if read as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn text(from: &mut impl Read, limit: usize) -> io::Result<String> {
    String::from_utf8(field(from, limit)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// A path that stays below where it is put.
fn name(from: &mut impl Read) -> io::Result<String> {
    let name = text(from, MAX_NAME)?;
    let is_within = name.split(['/', '\\']).all(|step| !matches!(step, "" | "." | ".."));
    if is_within { Ok(name) } else { Err(io::ErrorKind::InvalidData.into()) }
}

fn told(from: &mut impl Read) -> io::Result<SourceError> {
    let sentence = text(from, MAX_SENTENCE)?;
    let is_one = !sentence.is_empty() && !sentence.contains(char::is_control);
    if is_one { Ok(SourceError::Told(sentence)) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// A source on its way: its text once, and the blocks as stretches of it.
#[derive(Serialize, Deserialize)]
struct Sheet {
    text: String,
    format: String,
    encoding: String,
    blocks: Vec<Shape>,
    warnings: Vec<Warning>,
}

#[derive(Serialize, Deserialize)]
enum Shape {
    #[serde(rename = "h")]
    Heading(u8, Vec<Run>),
    #[serde(rename = "p")]
    Paragraph(bool, Vec<Run>),
    #[serde(rename = "t")]
    Table(Vec<Vec<Vec<Run>>>),
}

impl Sheet {
    fn of(source: &Source) -> Sheet {
        let blocks = source.blocks.iter().map(|block| match block {
            Block::Heading { level, text } => Shape::Heading(*level, text.runs()),
            Block::Paragraph { text, continues } => Shape::Paragraph(*continues, text.runs()),
            Block::Table(rows) => {
                Shape::Table(rows.iter().map(|row| row.iter().map(Passage::runs).collect()).collect())
            }
        });
        Sheet {
            text: source.text.clone(),
            format: source.format.to_owned(),
            encoding: source.encoding.to_owned(),
            blocks: blocks.collect(),
            warnings: source.warnings.clone(),
        }
    }

    fn source(self) -> Option<Source> {
        let Sheet { text, format, encoding, blocks, warnings } = self;
        let format = Format::named(&format)?;
        // Runs are places in the text: how a PDF's radicals are understood is known to this side as well.
        let passage = |runs: Vec<Run>| {
            let passage = Passage::of_runs(&text, &runs)?;
            Some(if format == Format::Pdf { passage.with_ideographs() } else { passage })
        };
        let row = |cells: Vec<Vec<Run>>| cells.into_iter().map(passage).collect::<Option<Vec<_>>>();
        let block = |shape| {
            Some(match shape {
                Shape::Heading(level, runs) => {
                    Block::Heading { level: level.clamp(1, 6), text: passage(runs)? }
                }
                Shape::Paragraph(continues, runs) => Block::Paragraph { text: passage(runs)?, continues },
                Shape::Table(rows) => Block::Table(rows.into_iter().map(row).collect::<Option<_>>()?),
            })
        };
        let blocks = blocks.into_iter().map(block).collect::<Option<_>>()?;
        Some(Source { format: format.name(), encoding: charset::named(&encoding)?, blocks, text, warnings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(frame: &Frame) -> Output {
        let mut bytes = Vec::new();
        frame.write(&mut bytes).expect("written");
        Frame::read(&mut &bytes[..]).expect("a frame")
    }

    #[test]
    fn a_source_is_the_same_after_its_journey() {
        let page = "<h2>题</h2><p>甲 <b>乙</b></p><table><tr><td><p>丙</p><p>丁</p></td><td></td></table>尾";
        for (name, text) in [("a.html", page), ("a.md", "# **题**\n**甲** 乙\n"), ("a.txt", "甲\t乙\n\n丙")]
        {
            let frame = Frame::Document(super::super::read(name, text.as_bytes()));
            assert_eq!(sent(&frame), Some(frame), "{name}");
        }
    }

    #[test]
    fn errors_arrive_as_their_sentences() {
        let member = |bytes| Frame::Member { name: "甲/a.txt".to_owned(), bytes };
        assert_eq!(sent(&member(Ok(b"x".to_vec()))), Some(member(Ok(b"x".to_vec()))));
        let told = || SourceError::Told(SourceError::NestedArchive.to_string());
        assert_eq!(sent(&member(Err(SourceError::NestedArchive))), Some(member(Err(told()))));
        assert_eq!(
            sent(&Frame::Document(Err(SourceError::NestedArchive))),
            Some(Frame::Document(Err(told())))
        );
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        let member = |name: &str| {
            let mut bytes = Vec::new();
            Frame::Member { name: name.to_owned(), bytes: Ok(Vec::new()) }
                .write(&mut bytes)
                .expect("written");
            bytes
        };
        let sentence = |text: String| {
            let mut bytes = Vec::new();
            Frame::Document(Err(SourceError::Told(text))).write(&mut bytes).expect("written");
            bytes
        };
        let document = |json: &str| {
            let mut bytes = Vec::new();
            put(&mut bytes, DOCUMENT, &[json.as_bytes()]).expect("written");
            bytes
        };
        let sheet = |format: &str, blocks: &str| {
            document(&format!(
                "{{\"text\":\"甲\",\"format\":\"{format}\",\"encoding\":\"utf-8\",\"blocks\":[{blocks}],\"warnings\":[]}}"
            ))
        };
        assert!(Frame::read(&mut &sheet("docx", "{\"p\":[false,[[0,3]]]}")[..]).is_ok());
        for bytes in [
            Vec::new(),
            b"hello".to_vec(),
            [&[MEMBER][..], &[0xFF; 8]].concat(),
            [&[REFUSED, 9][..], &[0; 7], b"short"].concat(),
            member("../a.txt"),
            member("/a.txt"),
            sentence("two\nlines".to_owned()),
            sentence("long".repeat(1000)),
            document("[]"),
            sheet("docx", "{\"p\":[false,[[0,2]]]}"),
            sheet("docx", "{\"p\":[false,[[3,0]]]}"),
            sheet("exe", ""),
        ] {
            assert!(Frame::read(&mut &bytes[..]).is_err(), "{bytes:?}");
        }
    }
}
