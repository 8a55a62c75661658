//! Does a notice say the same as a PDF of any program, and is what cannot be read said?

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use dossier_search::{ingest, source};

use crate::formats::understood;

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf");
    fs::read(folder.join(name)).expect(name)
}

/// A PDF of one page with this content and these further objects, the first of which has number 4.
fn pdf(content: &str, resources: &str, objects: &[&str]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let page =
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{resources}>>>>");
    let stream = format!("<</Length {}>>stream\n{content}\nendstream", content.len());
    let first = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", &page, &stream];
    let mut places = Vec::new();
    for (at, object) in first.iter().chain(objects).enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", places.len() + 1);
    out.into_bytes()
}

const FONT: &str = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";

#[test]
fn a_notice_says_the_same_in_every_pdf() {
    let text = String::from_utf8(fixture("notice.txt")).expect("UTF-8");
    let without_warnings = |name: &str, bytes: &[u8]| {
        let mut dossier = understood(name, bytes);
        dossier.as_object_mut().expect("an object").remove("warnings");
        dossier
    };
    let want = without_warnings("a.txt", text.as_bytes());
    assert_eq!(want["papers"].as_array().map(Vec::len), Some(8));
    for name in
        ["writer.pdf", "browser.pdf", "unicode-codes.pdf", "gbk-codes.pdf", "protected.pdf", "partly.pdf"]
    {
        let got = without_warnings(name, &fixture(name));
        for (field, want) in want.as_object().expect("an object") {
            assert_eq!(&got[field], want, "{field} of {name}");
        }
    }
}

#[test]
fn spans_lie_in_the_text() {
    let source = source::read("a.pdf", &fixture("browser.pdf")).expect("readable");
    assert_eq!((source.format, source.encoding), ("pdf", "utf-8"));
    for block in &source.blocks {
        let passages = match block {
            source::Block::Heading { text, .. } | source::Block::Paragraph { text, .. } => vec![text],
            source::Block::Table(rows) => rows.iter().flatten().collect(),
        };
        for passage in passages {
            let printed: String =
                passage.spans().iter().map(|span| &source.text[span.start..span.end]).collect();
            assert_eq!(
                printed.chars().count(),
                passage.text().replace('\n', "").chars().count(),
                "{printed}"
            );
        }
    }
    assert!(!source.text.contains("file:///"), "headers and footers are left out");
}

#[test]
fn what_cannot_be_read_is_said() {
    let partly = ingest::read("partly.pdf", &fixture("partly.pdf")).expect("readable").dossier;
    let unread: Vec<&str> = partly
        .warnings
        .iter()
        .filter(|warning| warning.code == "page-unread")
        .map(|warning| warning.message.as_str())
        .collect();
    assert!(matches!(unread[..], [message] if message.starts_with("page 4 ")), "{unread:?}");
    let unknown = "/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>>>";
    let whole = fixture("writer.pdf");
    for (name, bytes, want) in [
        ("scan.pdf", fixture("scan.pdf"), "run text recognition (OCR)"),
        ("locked.pdf", fixture("locked.pdf"), "locked with a password"),
        ("noise.pdf", [&b"%PDF-1.7\n"[..], &[0xFF; 5000]].concat(), "the PDF is damaged"),
        ("cut.pdf", whole[..400].to_vec(), "the PDF is damaged"),
        (
            "garbled.pdf",
            pdf("BT /F1 9 Tf 50 700 Td <00010002> Tj ET", unknown, &[]),
            "do not say which characters",
        ),
        ("empty.pdf", pdf("", "", &[]), "holds no text"),
    ] {
        let error = source::read(name, &bytes).expect_err(name).to_string();
        assert!(error.contains(want), "{name}: {error}");
    }
    let text = pdf("BT /F1 9 Tf 50 700 Td (plain words) Tj ET", FONT, &[]);
    assert_eq!(source::read("a.pdf", &text).expect("readable").text, "plain words\n");
    let after_a_line = [&b"\r\n"[..], &text].concat();
    assert_eq!(source::read("a.pdf", &after_a_line).expect("readable").format, "pdf");
}

#[test]
fn hostile_files_take_little_time() {
    let lines = |n: usize| {
        (0..n).fold(String::new(), |mut lines, at| {
            let _ = writeln!(lines, "{} {} m {} {} l S", at % 600, at / 200, at % 600 + 9, at / 200);
            lines
        })
    };
    let words = (0..100_000).fold(String::from("BT /F1 1 Tf "), |mut words, at| {
        let _ = writeln!(words, "1 0 0 1 {} {} Tm (word) Tj", at % 599, at / 150);
        words
    });
    let form = |content: &str| {
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length {}>>stream\n{content}\nendstream",
            content.len()
        )
    };
    let doubling = form("/X Do /X Do");
    let states =
        format!("{}BT /F1 9 Tf 50 700 Td (word) Tj ET{}", "q ".repeat(500_000), "Q ".repeat(500_000));
    let x = "/XObject<</X 5 0 R>>";
    for (name, bytes) in [
        ("lines", pdf(&lines(100_000), "", &[])),
        ("words", pdf(&words, FONT, &[])),
        ("states", pdf(&states, FONT, &[])),
        ("forms", pdf("/X Do", x, &[&doubling])),
        (
            "numbers",
            pdf(
                "BT /F1 1e308 Tf 1e308 0 0 1e308 1e308 1e308 Tm (word) Tj ET 1e308 1e308 1e308 1e308 re f",
                FONT,
                &[],
            ),
        ),
        (
            "damaged",
            fixture("writer.pdf")
                .iter()
                .enumerate()
                .map(|(at, byte)| if at % 97 == 0 { byte ^ 0x55 } else { *byte })
                .collect(),
        ),
    ] {
        let started = Instant::now();
        let read = source::read("a.pdf", &bytes).map(|source| source.text.len());
        let took = started.elapsed();
        // Under 2 s on a quiet machine; what is not linear takes minutes.
        assert!(took < Duration::from_secs(20), "{name} took {took:?}: {read:?}");
    }
}
