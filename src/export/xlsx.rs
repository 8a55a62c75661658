use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use quick_xml::escape::escape;
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::table::Cell;

/// The rows of a sheet, its head included, and the UTF-16 units of a cell: limits of Excel, which refuses
/// a file that goes beyond.
const ROWS: usize = 1_048_576;
const UNITS: usize = 32_767;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A workbook that is written row by row: only what is not yet taken is in memory. Texts stand in their
/// cells as strings, which no program calculates. A sheet that is full is followed by another.
pub(super) struct Workbook {
    zip: ZipWriter<StreamWriter<Written>>,
    written: Written,
    name: &'static str,
    labels: Vec<Cell>,
    sheets: usize,
    rows: usize,
}

/// What the zip file consists of so far, until it is taken.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self, out: &mut Vec<u8>) {
        out.append(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Workbook {
    /// Begins a workbook whose sheets have this name and these columns.
    pub(super) fn new(name: &'static str, labels: &[&'static str]) -> io::Result<Self> {
        let written = Written::default();
        let mut workbook = Self {
            zip: ZipWriter::new_stream(written.clone()),
            written,
            name,
            labels: labels.iter().map(|label| Cell::Text((*label).to_owned())).collect(),
            sheets: 0,
            rows: 0,
        };
        workbook.begin_sheet()?;
        Ok(workbook)
    }

    /// Writes a row.
    pub(super) fn row(&mut self, cells: &[Cell], out: &mut Vec<u8>) -> io::Result<()> {
        if self.rows == ROWS {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        self.write_row(cells, false)?;
        self.written.take(out);
        Ok(())
    }

    /// Ends the last sheet and writes the parts that name them all.
    pub(super) fn finish(mut self, out: &mut Vec<u8>) -> io::Result<()> {
        self.end_sheet()?;
        for (path, content) in parts(self.name, self.sheets) {
            self.begin(path)?;
            self.zip.write_all(content.as_bytes())?;
        }
        self.zip.finish()?;
        self.written.take(out);
        Ok(())
    }

    fn begin(&mut self, path: &str) -> io::Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        // The same records make the same file, whenever they are written.
        let options = options.last_modified_time(zip::DateTime::default());
        Ok(self.zip.start_file(path, options)?)
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        self.rows = 0;
        self.begin(&format!("xl/worksheets/sheet{}.xml", self.sheets))?;
        // The head stays in sight.
        write!(
            self.zip,
            "{XML}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
             <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView>\
             </sheetViews><sheetFormatPr defaultColWidth=\"18\" defaultRowHeight=\"15\"/><sheetData>"
        )?;
        let labels = std::mem::take(&mut self.labels);
        let written = self.write_row(&labels, true);
        self.labels = labels;
        written
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        self.zip.write_all(b"</sheetData></worksheet>")
    }

    fn write_row(&mut self, cells: &[Cell], bold: bool) -> io::Result<()> {
        self.rows += 1;
        write!(self.zip, "<row r=\"{}\">", self.rows)?;
        for (at, cell) in cells.iter().enumerate() {
            let place = format!("{}{}", column(at), self.rows);
            let style = if bold { " s=\"1\"" } else { "" };
            match cell {
                Cell::Empty => {}
                Cell::Number(number) => write!(self.zip, "<c r=\"{place}\"{style}><v>{number}</v></c>")?,
                Cell::Text(text) => write!(
                    self.zip,
                    "<c r=\"{place}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escape(printable(text))
                )?,
            }
        }
        write!(self.zip, "</row>")
    }
}

/// The letters of a column: A, …, Z, AA, ….
fn column(at: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    if at < 26 { letter.to_string() } else { format!("{}{letter}", column(at / 26 - 1)) }
}

/// Leaves out what XML cannot hold, cuts what no cell can, and writes an underscore that would begin an
/// escape such as `_x000D_` as one.
fn printable(text: &str) -> String {
    let allowed =
        |c: &char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || matches!(c, '\n' | '\t');
    let mut left = UNITS;
    let text: String = text
        .chars()
        .filter(allowed)
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        out.push(c);
        if c == '_' && is_escape(&text[at..]) {
            out.push_str("x005F_");
        }
    }
    out
}

fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// The parts of the package around its sheets.
fn parts(name: &str, sheets: usize) -> [(&'static str, String); 5] {
    let each = |make: &dyn Fn(usize) -> String| (1..=sheets).map(make).collect::<String>();
    let title = |n: usize| if n == 1 { name.to_owned() } else { format!("{name} {n}") };
    let office = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let style = sheets + 1;
    [
        (
            "xl/styles.xml",
            format!(
                "{XML}<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font><sz val=\"11\"/></font><font><b/>\
                 <sz val=\"11\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/>\
                 </fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\">\
                 <border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\">\
                 <xf xfId=\"0\"/><xf xfId=\"0\" fontId=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{}</sheets></workbook>",
                each(&|n| format!("<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>", title(n)))
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{}<Relationship Id=\"rId{style}\" \
                 Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/></Relationships>",
                each(&|n| format!(
                    "<Relationship Id=\"rId{n}\" Type=\"{RELATIONS}/worksheet\" \
                     Target=\"worksheets/sheet{n}.xml\"/>"
                ))
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "{XML}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "[Content_Types].xml",
            format!(
                "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{office}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{office}.styles+xml\"/>{}</Types>",
                each(&|n| format!(
                    "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{office}.worksheet+xml\"/>"
                ))
            ),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (at, want) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")] {
            assert_eq!(column(at), want);
        }
    }

    #[test]
    fn a_cell_holds_what_it_can() {
        for (text, want) in [
            ("甲\u{0}\u{B}乙\n丙", "甲乙\n丙"),
            ("_x000D_", "_x005F_x000D_"),
            ("a_x00_", "a_x00_"),
            ("_x汉字汉字_", "_x汉字汉字_"),
        ] {
            assert_eq!(printable(text), want);
        }
        assert_eq!(printable(&"甲".repeat(40_000)).chars().count(), UNITS);
        assert_eq!(printable(&"𠮷".repeat(40_000)).encode_utf16().count(), UNITS - 1);
    }
}
