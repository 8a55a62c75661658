//! Does a dossier say the same in every format, and does a broken file say what is wrong with it?

use std::{
    fmt::Write as _,
    io::Write as _,
    time::{Duration, Instant},
};

use dossier_search::{
    extract::extract,
    ingest::{Archive, index_paths},
    source,
};
use serde_json::Value;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::corpus;

pub(crate) fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("started");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

/// The lines of a text, each with its cells; one cell is a paragraph.
fn lines(text: &str) -> Vec<Vec<&str>> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.split('\t').collect()).collect()
}

fn markdown(text: &str) -> String {
    let shown = lines(text).into_iter().map(|cells| match &cells[..] {
        [line] => format!("{line}\n\n"),
        cells => format!("| {} |\n", cells.join(" | ")),
    });
    shown.collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Puts rows that follow each other between `<table>` and `</table>`, or what stands for these.
fn marked_up(text: &str, table: [&str; 2], line: fn(&str) -> String, row: fn(&[&str]) -> String) -> String {
    let (mut out, mut within) = (String::new(), false);
    for cells in lines(text) {
        if within != (cells.len() > 1) {
            out.push_str(table[usize::from(within)]);
            within = !within;
        }
        out.push_str(&if within { row(&cells) } else { line(cells[0]) });
    }
    out.push_str(if within { table[1] } else { "" });
    out
}

pub(crate) fn html(text: &str) -> String {
    let row = |cells: &[&str]| {
        let cells = cells.iter().fold(String::new(), |row, cell| format!("{row}<td>{cell}</td>\n"));
        format!("<tr>{cells}</tr>")
    };
    let line = |line: &str| format!("<p>{}</p>\n", escaped(line));
    let body = marked_up(text, ["<table>", "</table>"], line, row);
    format!("<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>")
}

pub(crate) fn word(text: &str) -> Vec<u8> {
    fn paragraph(text: &str) -> String {
        format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text))
    }
    let row = |cells: &[&str]| {
        let mut row = String::new();
        for cell in cells {
            let paragraphs = cell.split("</p>").map(|part| part.trim_start_matches("<p>"));
            let paragraphs: String = paragraphs.map(paragraph).collect();
            let _ = write!(row, "<w:tc>{paragraphs}</w:tc>");
        }
        format!("<w:tr>{row}</w:tr>")
    };
    let body = marked_up(text, ["<w:tbl>", "</w:tbl>"], paragraph, row);
    let xml = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    zip_of(&[("word/document.xml", xml.as_bytes())])
}

/// What is understood of a file, without the places where it stands.
pub(crate) fn understood(name: &str, bytes: &[u8]) -> Value {
    fn without_spans(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|name, _| name != "span" && name != "spans");
                fields.values_mut().for_each(without_spans);
            }
            Value::Array(items) => items.iter_mut().for_each(without_spans),
            _ => {}
        }
    }
    let source = source::read(name, bytes).expect(name);
    let mut dossier = serde_json::to_value(extract(&source.blocks)).expect("JSON");
    without_spans(&mut dossier);
    dossier
}

#[test]
fn a_dossier_says_the_same_in_every_format() {
    for n in 0..12 {
        let text = corpus::dossier(n);
        let want = understood("a.txt", text.as_bytes());
        assert_eq!(want["title"], corpus::title(n));
        for (name, bytes) in [
            ("a.md", markdown(&text).into_bytes()),
            ("a.html", html(&text).into_bytes()),
            ("a.docx", word(&text)),
        ] {
            assert_eq!(understood(name, &bytes), want, "{name} of dossier {n}");
        }
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(understood("a.txt", &utf16), want);
    }
}

#[test]
fn broken_files_are_one_error_or_a_record() {
    let rows: String = (0..100_000).fold(String::new(), |rows, n| rows + &format!("{n}\t甲\n"));
    let pipes = rows.replace('\t', " | ");
    let long = format!("<w:document>{}</w:document>", " ".repeat(4 << 20));
    let gb18030 = [0xB1, 0xB1, 0xBE, 0xA9, 0xCA, 0xD0, 0xB5, 0xDA, 0xD2, 0xBB, 0xD2, 0xBD, 0xD4, 0xBA];
    let wrapped = format!("{}\n", "甲".repeat(30)).repeat(100_000);
    for (name, bytes, want) in [
        ("cut.txt", gb18030[..13].to_vec(), Some("byte 12 fits none of UTF-8")),
        ("whole.txt", gb18030.to_vec(), None),
        ("odd.txt", b"\xFF\xFE\x32\x75\x00".to_vec(), Some("ends within a character")),
        ("deep.html", "<table><tr><td>".repeat(100_000).into_bytes(), Some("nested more than")),
        ("deep.docx", zip_of(&[("word/document.xml", "<w:tbl>".repeat(50_000).as_bytes())]), Some("nested")),
        ("bomb.docx", zip_of(&[("word/document.xml", long.as_bytes())]), Some("200 times its size")),
        ("empty.zip", zip_of(&[]), Some("holds no document")),
        ("some.zip", zip_of(&[("a.txt", b"x"), ("b.txt", b"y")]), Some("zip of files")),
        ("noise.docx", b"PK\x03\x04 noise".to_vec(), Some("is damaged")),
        ("noise.pdf", b"%PDF-1.7 \xFF\0".to_vec(), Some("the PDF is damaged")),
        ("rows.txt", rows.clone().into_bytes(), None),
        ("rows.md", pipes.into_bytes(), None),
        ("rows.html", html(&rows).into_bytes(), None),
        ("rows.docx", word(&rows), None),
        ("wrapped.txt", wrapped.into_bytes(), None),
    ] {
        let started = Instant::now();
        let got = source::read(name, &bytes).err().map(|error| error.to_string());
        let took = started.elapsed();
        match (&got, want) {
            (Some(got), Some(want)) => assert!(got.contains(want), "{name}: {got}"),
            (got, want) => assert_eq!(got.as_deref(), want, "{name}"),
        }
        // Under 2 s on a quiet machine; what is not linear takes minutes.
        assert!(took < Duration::from_secs(60), "{name} took {took:?}");
    }
}

#[test]
fn folders_and_zips_are_taken_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in");
    std::fs::create_dir(&input).expect("a folder");
    let texts: Vec<String> = (0..5).map(corpus::dossier).collect();
    let zipped = zip_of(&[
        ("甲/3.html", html(&texts[3]).as_bytes()),
        ("4.txt", texts[4].as_bytes()),
        ("bad.txt", b"\xFF"),
    ]);
    for (name, bytes) in [
        ("0.MD", markdown(&texts[0]).into_bytes()),
        ("1.htm", html(&texts[1]).into_bytes()),
        ("2.docx", word(&texts[2])),
        ("more.zip", zipped),
        ("README.md", b"about this folder".to_vec()),
        ("empty.zip", zip_of(&[])),
    ] {
        std::fs::write(input.join(name), bytes).expect("written");
    }
    let archive = Archive::open(&folder.path().join("data")).expect("opened");
    let report = index_paths(&archive, &[input], |_, _| {}).expect("indexed");
    let failed: Vec<&str> = report.failed.iter().map(|failure| failure.path.as_str()).collect();
    assert_eq!(report.added, 5, "{failed:?}");
    assert!(
        matches!(&failed[..], [empty, bad] if empty.ends_with("empty.zip") && bad.ends_with("more.zip/bad.txt"))
    );
}
