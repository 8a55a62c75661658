//! What must hold of every file that is read, whatever its bytes.

use dossier_search::{
    extract::extract,
    source::{self, Block, Source, SourceError},
    text::{Passage, Span},
};
use serde_json::Value;

/// Reads a file; checks that its passages stand in its text, or that its error is one short sentence.
pub fn read(name: &str, bytes: &[u8]) -> Option<Source> {
    let source = source::read(name, bytes).inspect_err(check_error).ok()?;
    for block in &source.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => check_passage(&source.text, text),
            Block::Table(rows) => rows.iter().flatten().for_each(|cell| check_passage(&source.text, cell)),
        }
    }
    Some(source)
}

/// Checks that an error is one short sentence without what only its author understands.
pub fn check_error(error: &SourceError) {
    let text = error.to_string();
    assert!(!text.contains('\n') && text.len() < 300 && !text.contains("Error"), "{text}");
}

fn check_passage(text: &str, passage: &Passage) {
    for (at, span) in passage.pieces() {
        let printed = text.get(span.start..span.end).expect("a span on character boundaries");
        // Of a PDF, radicals are understood as the ideographs they look like.
        let read = Passage::new(printed, 0).with_ideographs();
        let rest = &passage.text()[at..];
        assert!(rest.starts_with(printed) || rest.starts_with(read.text()), "{printed:?} in {:?}", passage.text());
    }
}

/// Understands a source; checks every place that is noted.
pub fn understand(source: &Source) {
    let dossier = serde_json::to_value(extract(&source.blocks)).expect("JSON");
    check_spans(&source.text, &dossier);
}

fn check_spans(text: &str, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| check_spans(text, item)),
        Value::Object(fields) => {
            for (field, value) in fields {
                match field.as_str() {
                    "spans" => {
                        for spans in value.as_object().expect("spans by field").values() {
                            let spans: Vec<Span> = serde_json::from_value(spans.clone()).expect("spans");
                            spans.iter().for_each(|span| check_span(text, *span));
                        }
                    }
                    "span" if !value.is_null() => {
                        check_span(text, serde_json::from_value(value.clone()).expect("a span"));
                    }
                    _ => check_spans(text, value),
                }
            }
        }
        _ => {}
    }
}

fn check_span(text: &str, span: Span) {
    assert!(span.start < span.end, "{span:?} is empty");
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is cut within a character");
}
