use std::collections::BTreeSet;

use crate::{
    domain::{DossierRef, Facet, Kind},
    text::Span,
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
    /// What its dossier says of itself; by that of the dossier all its records are found.
    pub around: Vec<TextSource>,
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextSource {
    /// `contributors[0].contribution`, …; empty for a text that is searched only.
    pub field: String,
    /// The text.
    pub text: String,
    /// Where its parts were printed, in order.
    pub pieces: Vec<Piece>,
}

/// The text from byte `at` is, byte for byte, what stands at `span` in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Byte of the text.
    pub at: usize,
    /// Byte range of the source.
    pub span: Span,
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
        printed(self.pieces.iter().copied(), start, end)
    }
}

/// Where a byte range of a text in pieces was printed.
pub(super) fn printed(pieces: impl Iterator<Item = Piece>, start: usize, end: usize) -> Option<Span> {
    let parts = pieces.filter_map(|piece| {
        let from = start.max(piece.at);
        let to = end.min(piece.at + (piece.span.end - piece.span.start));
        (from < to).then(|| {
            let first = piece.span.start + (from - piece.at);
            Span::new(first, first + (to - from))
        })
    });
    parts.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))
}

impl Record {
    /// The latest of its years.
    pub(super) fn year(&self) -> Option<u64> {
        let years = self.facets.iter().filter(|value| value.facet == Facet::Year);
        years.filter_map(|value| value.label.parse().ok()).max()
    }
}
