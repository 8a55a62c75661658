use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};

use super::{IndexError, Piece, Record, TextSource, record::printed};
use crate::{
    analysis::SEPARATOR,
    domain::{DossierRef, Kind},
    text::{Span, fold, fold_key, is_han},
};

/// What the index keeps of a record to show it as a hit, read in place: of a hit's many texts few are shown.
///
/// Parts stand one after another, each behind its length: the [`Head`] as JSON; names of people; places; one line for
/// each text; then the texts, with [`SEPARATOR`] between them.
#[derive(Debug, Clone, Copy)]
pub struct Payload<'a> {
    head: &'a str,
    people: &'a str,
    places: &'a str,
    directory: &'a str,
    texts: &'a str,
}

/// A record as the index keeps it.
#[derive(Debug, Clone, Default)]
pub struct StoredRecord(String);

impl StoredRecord {
    /// Reads what is kept of it.
    ///
    /// # Errors
    /// Where its parts do not fit together.
    pub fn payload(&self) -> Result<Payload<'_>, PayloadError> {
        Payload::read(&self.0)
    }
}

impl DocumentDeserialize for StoredRecord {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut deserializer: D) -> Result<Self, DeserializeError> {
        // The payload is the one field that is stored.
        let stored = deserializer.next_field::<String>()?;
        Ok(Self(stored.map(|(_, text)| text).unwrap_or_default()))
    }
}

/// What is shown of every hit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Head {
    /// Stable address.
    pub id: String,
    /// What it is about.
    pub kind: Kind,
    /// As a list shows it.
    pub title: String,
    /// The dossier it belongs to.
    pub dossier: Option<DossierRef>,
    /// The fields that a list shows, ready to be sent.
    pub display: Box<RawValue>,
}

/// A text from which snippets are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredText<'a> {
    /// `contributors[0].contribution`, …
    pub field: &'a str,
    /// The text.
    pub text: &'a str,
    /// Where it begins among all texts of the record.
    pub at: usize,
    /// Whether its letters, digits and Han characters are printed as they are folded.
    pub plain: bool,
    pieces: &'a str,
}

/// Why a stored record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PayloadError {
    /// Its parts do not fit together.
    #[error("the parts of a stored record do not fit together")]
    Parts,
    /// What is shown of it is no JSON.
    #[error("what is shown of a stored record cannot be read")]
    Head(#[from] serde_json::Error),
}

impl<'a> Payload<'a> {
    /// Reads the parts.
    ///
    /// # Errors
    /// Where they do not fit together.
    pub fn read(stored: &'a str) -> Result<Self, PayloadError> {
        let mut rest = stored;
        let mut part = || -> Option<&'a str> {
            let (length, behind) = rest.split_once(':')?;
            let (part, behind) = behind.split_at_checked(length.parse().ok()?)?;
            rest = behind;
            Some(part)
        };
        let parts = [part(), part(), part(), part(), part()];
        let [Some(head), Some(people), Some(places), Some(directory), Some(texts)] = parts else {
            return Err(PayloadError::Parts);
        };
        Ok(Self { head, people, places, directory, texts })
    }

    /// What is shown of the hit.
    ///
    /// # Errors
    /// Where it is no JSON.
    pub fn head(&self) -> Result<Head, PayloadError> {
        Ok(serde_json::from_str(self.head)?)
    }

    /// Names in Han of people that it bears, which a question may spell in Latin letters.
    pub fn people(&self) -> impl Iterator<Item = &'a str> {
        self.people.split(SEPARATOR).filter(|name| !name.is_empty())
    }

    /// Named stretches of the source.
    pub fn places(&self) -> impl Iterator<Item = (&'a str, Span)> {
        self.places.lines().filter_map(|line| {
            let mut parts = line.splitn(3, ' ');
            let (start, end) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            Some((parts.next()?, Span::new(start, end)))
        })
    }

    /// All texts of the record, one behind another.
    pub fn texts(&self) -> &'a str {
        self.texts
    }

    /// The texts that snippets are taken from.
    pub fn sources(&self) -> impl Iterator<Item = StoredText<'a>> {
        let Self { directory, texts, .. } = *self;
        let mut at = 0;
        directory.lines().filter_map(move |line| {
            let mut parts = line.splitn(4, ' ');
            let length: usize = parts.next()?.parse().ok()?;
            let plain = parts.next()? == "=";
            let (field, pieces) = (parts.next()?, parts.next()?);
            let text = texts.get(at..at + length)?;
            let source = StoredText { field, text, at, plain, pieces };
            at += length + SEPARATOR.len_utf8();
            Some(source)
        })
    }
}

impl StoredText<'_> {
    /// Where a byte range of the text was printed: from the first byte to the last. `None` where no
    /// part of it was.
    pub fn printed(&self, start: usize, end: usize) -> Option<Span> {
        let pieces = self.pieces.split_ascii_whitespace().filter_map(|piece| {
            let mut numbers = piece.split(',').map(str::parse);
            let mut next = || numbers.next()?.ok();
            let at = next()?;
            Some(Piece { at, span: Span::new(next()?, next()?) })
        });
        printed(pieces, start, end)
    }
}

/// What would be kept of a record, for tests of those who read it.
#[cfg(test)]
pub(crate) fn stored(record: &Record) -> String {
    payload(record).expect("written")
}

/// Writes what is kept to show a record.
pub(super) fn payload(record: &Record) -> Result<String, IndexError> {
    let failed = |source| IndexError::Record { id: record.id.clone(), source };
    let display = serde_json::value::to_raw_value(&record.display).map_err(failed)?;
    let head = Head {
        id: record.id.clone(),
        kind: record.kind,
        title: record.title.clone(),
        dossier: record.dossier.clone(),
        display,
    };
    let head = serde_json::to_string(&head).map_err(failed)?;
    let people = record.people.iter().filter(|name| fold_key(name).chars().all(is_han));
    let separator = SEPARATOR.to_string();
    let people: Vec<&str> = people.map(String::as_str).collect();
    let mut places = String::new();
    for (name, span) in &record.places {
        let _ = writeln!(places, "{} {} {name}", span.start, span.end);
    }
    let sources = record.body.iter().chain(&record.context).chain(&record.names);
    let sources: Vec<&TextSource> = sources.filter(|source| !source.field.is_empty()).collect();
    let mut directory = String::new();
    for source in &sources {
        let plain = if is_plain(&source.text) { '=' } else { '~' };
        let _ = write!(directory, "{} {plain} {} ", source.text.len(), source.field);
        for Piece { at, span } in &source.pieces {
            let _ = write!(directory, "{at},{},{} ", span.start, span.end);
        }
        directory.push('\n');
    }
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    let mut stored = String::new();
    for part in [head, people.join(&separator), places, directory, texts.join(&separator)] {
        let _ = write!(stored, "{}:{part}", part.len());
    }
    Ok(stored)
}

fn is_plain(text: &str) -> bool {
    fold(text).all(|folded| {
        let printed = &text[folded.start..folded.end];
        !printed.chars().any(char::is_alphanumeric) || printed == folded.c.encode_utf8(&mut [0; 4])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_in_place() {
        let body = TextSource {
            field: "text".to_owned(),
            text: "甲乙\n，丙".to_owned(),
            pieces: vec![Piece { at: 0, span: Span::new(7, 13) }, Piece { at: 10, span: Span::new(20, 23) }],
        };
        let record = Record {
            id: "d1".to_owned(),
            title: "一: \"二\"".to_owned(),
            names: vec![TextSource::shown("title", "國1"), TextSource::hidden("不见")],
            body: vec![body.clone()],
            people: ["陈一".to_owned(), "Chen Yi".to_owned()].into(),
            places: vec![("claims[0].text".to_owned(), Span::new(7, 20))],
            display: serde_json::json!({"a": [1, "b"]}),
            ..Record::default()
        };
        let stored = payload(&record).expect("written");
        let read = Payload::read(&stored).expect("read");
        let head = read.head().expect("JSON");
        assert_eq!((head.id.as_str(), head.title.as_str()), ("d1", "一: \"二\""));
        assert_eq!(head.display.get(), r#"{"a":[1,"b"]}"#);
        assert_eq!(read.people().collect::<Vec<_>>(), ["陈一"]);
        assert_eq!(read.places().collect::<Vec<_>>(), [("claims[0].text", Span::new(7, 20))]);
        let sources: Vec<StoredText<'_>> = read.sources().collect();
        let shown: Vec<_> = sources.iter().map(|one| (one.field, one.text, one.plain)).collect();
        assert_eq!(shown, [("text", "甲乙\n，丙", true), ("title", "國1", false)]);
        for one in &sources {
            assert_eq!(&read.texts()[one.at..one.at + one.text.len()], one.text);
        }
        for (start, end) in [(0, 3), (3, 13), (6, 10)] {
            assert_eq!(sources[0].printed(start, end), body.printed(start, end), "{start} {end}");
        }
        assert!(Payload::read(&stored[..stored.len() - 1]).is_err());
        assert!(Payload::read("").is_err());
    }
}
