use super::{
    ExportError, Format, Record, bibtex, csl, csv, json_ld, jsonl, ris,
    table::{self, row},
    work::works,
    xlsx::Workbook,
};
use crate::domain::Kind;

/// Writes records of one kind in one format.
pub(super) struct Writer {
    format: Format,
    kind: Kind,
    workbook: Option<Workbook>,
    /// Tells whether something stands before what comes next.
    begun: bool,
}

impl Writer {
    pub(super) fn new(format: Format, kind: Kind) -> Result<Self, ExportError> {
        if !format.takes(kind) {
            return Err(ExportError::Combination { kind, format });
        }
        let workbook = (format == Format::Xlsx).then(|| Workbook::new(kind.label(), &table::labels(kind)));
        Ok(Self { format, kind, workbook: workbook.transpose()?, begun: false })
    }

    pub(super) fn head(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        match self.format {
            Format::Csv => csv::head(&table::names(self.kind), out),
            Format::CslJson => out.push(b'['),
            Format::JsonLd => json_ld::head(out),
            Format::Jsonl | Format::Xlsx | Format::Bibtex | Format::Ris => {}
        }
        Ok(())
    }

    pub(super) fn record(&mut self, record: &Record, out: &mut Vec<u8>) -> Result<(), ExportError> {
        match self.format {
            Format::Jsonl => jsonl::line(record, out)?,
            Format::Csv => csv::row(&row(record), out),
            Format::Xlsx => {
                if let Some(workbook) = &mut self.workbook {
                    workbook.row(&row(record), out)?;
                }
            }
            Format::Bibtex => works(record).iter().for_each(|work| bibtex::entry(work, out)),
            Format::Ris => works(record).iter().for_each(|work| ris::reference(work, out)),
            Format::CslJson => {
                for work in works(record) {
                    self.element(&csl::item(&work), out)?;
                }
            }
            Format::JsonLd => self.element(&json_ld::node(record), out)?,
        }
        Ok(())
    }

    pub(super) fn tail(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        match self.format {
            Format::CslJson => out.extend_from_slice(b"\n]\n"),
            Format::JsonLd => json_ld::tail(out),
            Format::Xlsx => {
                if let Some(workbook) = self.workbook.take() {
                    workbook.finish(out)?;
                }
            }
            Format::Jsonl | Format::Csv | Format::Bibtex | Format::Ris => {}
        }
        Ok(())
    }

    /// Writes one more element of a JSON array, on a line of its own.
    fn element(&mut self, value: &serde_json::Value, out: &mut Vec<u8>) -> Result<(), ExportError> {
        out.extend_from_slice(if self.begun { b",\n" } else { b"\n" });
        self.begun = true;
        Ok(serde_json::to_writer(out, value)?)
    }
}
