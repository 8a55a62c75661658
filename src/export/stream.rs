use super::{ExportError, Format, Record, Selection, writer::Writer};
use crate::ingest::Archive;

/// How many records are looked up for one part of a file.
const RECORDS: usize = 50;

/// A file that is written part by part.
pub struct Export {
    selection: Selection,
    writer: Writer,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    Records,
    Done,
}

impl Export {
    /// Begins a file of the records selected.
    ///
    /// # Errors
    /// [`ExportError::Combination`] where the format has no form for them.
    pub fn new(selection: Selection, format: Format) -> Result<Self, ExportError> {
        let writer = Writer::new(format, selection.kind())?;
        Ok(Self { selection, writer, stage: Stage::Head })
    }

    /// Writes the next part, which is never empty; `None` at the end of the file.
    ///
    /// # Errors
    /// Where the archive fails; what was written before is then no whole file.
    pub fn next_part(&mut self, archive: &Archive) -> Result<Option<Vec<u8>>, ExportError> {
        let mut out = Vec::new();
        while out.is_empty() && self.stage != Stage::Done {
            if self.stage == Stage::Head {
                self.writer.head(&mut out)?;
                self.stage = Stage::Records;
            }
            let records = self.selection.next(archive, RECORDS)?;
            for record in &records {
                self.writer.record(record, &mut out)?;
            }
            if records.is_empty() {
                self.writer.tail(&mut out)?;
                self.stage = Stage::Done;
            }
        }
        Ok(Some(out).filter(|out| !out.is_empty()))
    }
}

/// Writes a file of one record.
///
/// # Errors
/// [`ExportError::Combination`] where the format has no form for it.
pub fn record_as(record: &Record, format: Format) -> Result<Vec<u8>, ExportError> {
    let mut writer = Writer::new(format, record.kind())?;
    let mut out = Vec::new();
    writer.head(&mut out)?;
    writer.record(record, &mut out)?;
    writer.tail(&mut out)?;
    Ok(out)
}
