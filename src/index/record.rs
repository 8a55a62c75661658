use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{DossierRef, Facet, Kind},
    text::{Span, fold_key, is_han},
};

/// A record as it is searched and shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// What it is about.
    pub kind: Kind,
    /// Stable address.
    pub id: String,
    /// As a list shows it.
    pub title: String,
    /// The dossier it belongs to, a dossier to itself; `None` on persons, institutions and journals.
    pub dossier: Option<DossierRef>,
    /// The document that it stands and falls with; `None` where several documents speak of it.
    pub document: Option<String>,
    /// Its names: the first one and others.
    pub names: Vec<TextSource>,
    /// What it says itself.
    pub body: Vec<TextSource>,
    /// What stands around it and helps to find it.
    pub context: Vec<TextSource>,
    /// Further words that name it as a whole, as `创新点2` names a claim.
    pub keys: Vec<String>,
    /// Canonical numbers of patents, copyrights and publications.
    pub identifiers: Vec<String>,
    /// Names of people that it bears.
    pub people: BTreeSet<String>,
    /// How many dossiers stand behind it.
    pub weight: u64,
    /// How often its papers were cited in all; `None` where that is not printed.
    pub citations: Option<u64>,
    /// Its printed rank, the best one where there are several; the first is 1.
    pub rank: Option<u32>,
    /// By which it is counted and filtered.
    pub facets: Vec<FacetValue>,
    /// Named stretches of the source, for the snippets of a text that is searched as a whole.
    pub places: Vec<(String, Span)>,
    /// The fields that a list shows.
    pub display: serde_json::Value,
}

/// A value of a facet on one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// Of which facet.
    pub facet: Facet,
    /// As it is shown; labels that fold to the same key are one value.
    pub label: String,
    /// Addresses of the entities it names.
    pub ids: Vec<String>,
}

/// A text that is searched and, where it has a field, shown in snippets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSource {
    /// `contributors[0].contribution`, …; empty for a text that is searched only.
    pub field: String,
    /// The text.
    pub text: String,
    /// Where its parts were printed, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
}

/// The text from byte `at` is, byte for byte, what stands at `span` in the source. Stored as three numbers: a hit has
/// as many pieces as lines, and all are read to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(usize, usize, usize)", into = "(usize, usize, usize)")]
pub struct Piece {
    /// Byte of the text.
    pub at: usize,
    /// Byte range of the source.
    pub span: Span,
}

impl TryFrom<(usize, usize, usize)> for Piece {
    type Error = &'static str;

    fn try_from((at, start, end): (usize, usize, usize)) -> Result<Self, Self::Error> {
        Ok(Self { at, span: Span::try_from((start, end))? })
    }
}

impl From<Piece> for (usize, usize, usize) {
    fn from(piece: Piece) -> Self {
        (piece.at, piece.span.start, piece.span.end)
    }
}

/// What the index keeps of a record to show it as a hit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Payload {
    /// Stable address.
    pub id: String,
    /// What it is about.
    pub kind: Kind,
    /// As a list shows it.
    pub title: String,
    /// The dossier it belongs to.
    pub dossier: Option<DossierRef>,
    /// The fields that a list shows.
    pub display: serde_json::Value,
    /// The texts that snippets are taken from.
    pub sources: Vec<TextSource>,
    /// Named stretches of the source.
    pub places: Vec<(String, Span)>,
    /// Names in Han of people that it bears, which a question may spell in Latin letters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
}

impl TextSource {
    /// Makes a text that is searched and never shown.
    pub fn hidden(text: impl Into<String>) -> Self {
        Self { field: String::new(), text: text.into(), pieces: Vec::new() }
    }

    /// Makes a text whose place in the source is not known.
    pub fn shown(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self { field: field.into(), text: text.into(), pieces: Vec::new() }
    }

    /// Where a byte range of the text was printed: from the first byte to the last. `None` where no
    /// part of it was.
    pub fn printed(&self, start: usize, end: usize) -> Option<Span> {
        let parts = self.pieces.iter().filter_map(|piece| {
            let from = start.max(piece.at);
            let to = end.min(piece.at + (piece.span.end - piece.span.start));
            (from < to).then(|| {
                let first = piece.span.start + (from - piece.at);
                Span::new(first, first + (to - from))
            })
        });
        parts.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))
    }
}

impl Record {
    /// What is kept to show the record.
    pub(super) fn payload(&self) -> Payload {
        let sources = self.body.iter().chain(&self.context).chain(&self.names);
        Payload {
            id: self.id.clone(),
            kind: self.kind,
            title: self.title.clone(),
            dossier: self.dossier.clone(),
            display: self.display.clone(),
            sources: sources.filter(|source| !source.field.is_empty()).cloned().collect(),
            places: self.places.clone(),
            people: self.people.iter().filter(|name| fold_key(name).chars().all(is_han)).cloned().collect(),
        }
    }

    /// The latest of its years.
    pub(super) fn year(&self) -> Option<u64> {
        let years = self.facets.iter().filter(|value| value.facet == Facet::Year);
        years.filter_map(|value| value.label.parse().ok()).max()
    }
}
