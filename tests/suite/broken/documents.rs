//! Pages, Word documents and zip files that were made to harm, or broke on their way.

use super::{Article, Case, Dossier, Error, many, members};
use crate::{
    corpus,
    formats::{word, zip_of},
};

const DAMAGED: &str = "the Word document is damaged";
const DEEP: &str = "tables are nested more than 32 deep";
const TIGHT: &str = "a part unpacks to more than 200 times its size";

/// A Word document by its XML.
fn xml(text: &str) -> Vec<u8> {
    zip_of(&[("word/document.xml", text.as_bytes())])
}

/// Does not pack: hexadecimal digits that never repeat.
fn noise(length: usize) -> String {
    (0..length / 16).map(|n| format!("{:016x}", (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect()
}

pub(super) fn broken() -> Vec<Case> {
    let repeated = |part: &str, times: usize| part.repeat(many(times));
    let page = |part: &str, times: usize| repeated(part, times).into_bytes();
    let attributes: String = (0..many(1_000_000)).map(|n| format!(" a{n}=1")).collect();
    let whole = word(&corpus::dossier(1));
    let entities: String =
        (1..30).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))).collect();
    vec![
        ("tables.html", page("<table><tr><td>", 10_000), Error(DEEP)),
        (
            "divs.html",
            format!("{}甲{}", repeated("<div>", 100_000), repeated("</div>", 100_000)).into_bytes(),
            Article,
        ),
        ("attributes.html", format!("<p{attributes}>甲</p>").into_bytes(), Article),
        ("unclosed.html", page("<b>甲<p", 100_000), Article),
        ("tag.html", page("<p", 100_000), Error("the file holds no text")),
        ("comments.html", page("<!--", 100_000), Error("the file holds no text")),
        ("script.html", format!("甲<script>{}", repeated("</scrip", 100_000)).into_bytes(), Article),
        ("hidden.html", page("<div hidden>甲", 100_000), Error("the file holds no text")),
        (
            "ends.html",
            format!("{}甲{}", "<div>".repeat(128), repeated("</p>", 200_000)).into_bytes(),
            Article,
        ),
        ("entities.html", page("&amp&#0;&#xFFFFFFFF;&nothing;", 50_000), Article),
        (
            "spans.html",
            format!("<table>{}", repeated("<tr><td colspan=200 rowspan=65534>甲", 20_000)).into_bytes(),
            Error("the file has more than 2000000 lines"),
        ),
        (
            "spans-endless.html",
            b"<table><tr><td colspan=99999999999999 rowspan=-1>\xE7\x94\xB2".to_vec(),
            Article,
        ),
        ("lines.html", page("<table><tr><td>甲<br>乙</table>", 20_000), Article),
        ("half.docx", whole[..whole.len() / 2].to_vec(), Error("the zip file is damaged")),
        ("head.docx", b"PK\x03\x04".to_vec(), Error("the zip file is damaged")),
        ("flipped.docx", flipped(&whole, b"word/document.xml", 40), Error("the zip file is damaged")),
        ("empty.docx", xml(""), Error("the file holds no text")),
        ("unclosed.docx", xml("<w:document><w:p>"), Error("the file holds no text")),
        ("crossed.docx", xml("<w:p><w:r></w:p></w:r>"), Error(DAMAGED)),
        ("cut.docx", xml("<w:document><w:p><w:r><w:t>甲</w:t></w:r></w"), Error(DAMAGED)),
        ("binary.docx", xml("\0\0\0"), Error(DAMAGED)),
        ("tables.docx", xml(&repeated("<w:tbl><w:tr><w:tc>", 10_000)), Error(DEEP)),
        (
            "cells.docx",
            xml(&format!(
                "<w:tbl><w:tr>{}",
                repeated("<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>", 30_000)
            )),
            Article,
        ),
        (
            "before.docx",
            xml(&format!(
                "<w:tbl><w:tr>{}<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
                "<w:gridBefore w:val=\"99999999\"/>".repeat(500)
            )),
            Article,
        ),
        (
            "laughs.docx",
            xml(&format!(
                "<!DOCTYPE a [<!ENTITY a0 \"ha\">{entities}]><w:p><w:r><w:t>甲{}</w:t></w:r></w:p>",
                "&a29;".repeat(100)
            )),
            Article,
        ),
        (
            "outside.docx",
            xml(
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:p><w:r><w:t>甲&x;</w:t></w:r></w:p>",
            ),
            Article,
        ),
        ("references.docx", xml("<w:p><w:r><w:t>&#x110000;&#0;</w:t></w:r></w:p>"), Error(DAMAGED)),
        (
            "attributes.docx",
            xml(&format!(
                "<w:p{}><w:r><w:t>{}甲</w:t></w:r></w:p>",
                attributes.replace("=1", "=\"1\""),
                noise(100_000)
            )),
            Article,
        ),
        ("bomb.docx", xml(&format!("<w:document>{}", " ".repeat(20 << 20))), Error(TIGHT)),
        ("lying.docx", told_size(&whole, b"word/document.xml", 32), Dossier),
        ("understating.docx", told_size(&whole, b"word/document.xml", -32), Error("the zip file is damaged")),
        ("sheet.xlsx", zip_of(&[("[Content_Types].xml", b"x")]), Error("this is a spreadsheet")),
        ("files.zip", zip_of(&[("a.txt", b"x")]), Error("this is a zip of files")),
    ]
}

/// With a bit of the list of files changed that stands before the last printing of `name`: `back` from its
/// length field on, 24 is the unpacked size, 40 the place of the file.
fn flipped(zip: &[u8], name: &[u8], field: usize) -> Vec<u8> {
    let mut zip = zip.to_vec();
    let at = zip.windows(name.len()).rposition(|window| window == name).expect("in the list");
    // The entry of the list begins 46 bytes before its name.
    zip[at - 46 + field + usize::from(field == 40) * 2] ^= 0x20;
    zip
}

/// With another unpacked size of `name` in the list of files than it has, by so many bytes.
fn told_size(zip: &[u8], name: &[u8], more: i32) -> Vec<u8> {
    let mut zip = zip.to_vec();
    let at = zip.windows(name.len()).rposition(|window| window == name).expect("in the list") - 46 + 24;
    let size = u32::from_le_bytes(zip[at..at + 4].try_into().expect("four bytes"));
    zip[at..at + 4].copy_from_slice(&size.saturating_add_signed(more).to_le_bytes());
    zip
}

#[test]
fn zip_files_give_what_can_be_read() {
    let inner = zip_of(&[("a.txt", b"x")]);
    let bomb = vec![b'a'; 20 << 20];
    let many: Vec<(String, &[u8])> = (0..10_001).map(|n| (format!("{n}.txt"), &b"x"[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let odd = zip_of(&[
        ("../../a.txt", b"x"),
        ("/etc/b.txt", b"x"),
        ("C:\\..\\c.txt", b"x"),
        ("-\n\u{202E}d.txt", b"x"),
    ]);
    let lying = flipped(&zip_of(&[("a.txt", b"x"), ("b.txt", b"xy")]), b"b.txt", 24);
    for (bytes, want) in [
        (
            zip_of(&[("a.txt", b"x"), ("in.zip", &inner), ("b.txt", &inner)]),
            vec!["a.txt 1", "in.zip: this is a zip file within", "b.txt: this is a zip file within"],
        ),
        (
            zip_of(&[("bomb.txt", &bomb), ("a.txt", b"x")]),
            vec!["bomb.txt: a part unpacks to more than 200", "a.txt 1"],
        ),
        (odd, vec!["a.txt 1", "etc/b.txt 1", "C:/c.txt 1", "-\n\u{202E}d.txt 1"]),
        (lying, vec!["a.txt 1", "b.txt 2"]),
        (zip_of(&many), vec!["the zip file lists more than 10000 files"]),
        (zip_of(&[]), vec!["the zip file holds no document"]),
        (inner[..inner.len() - 30].to_vec(), vec!["the zip file is damaged"]),
    ] {
        let got = members(&bytes);
        assert_eq!(got.len(), want.len(), "{got:?}");
        assert!(got.iter().zip(&want).all(|(got, want)| got.starts_with(want)), "{got:?}");
    }
}
