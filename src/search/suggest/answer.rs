use std::sync::Arc;

use serde_json::Value as Json;
use tantivy::DocAddress;

use super::{
    Names, SuggestKind, SuggestRequest, Suggestion,
    mark::marks,
    rank::{Asked, Place, Ranked, likeliest},
};
use crate::{
    analysis::Atoms,
    index::{Head, PayloadError, StoredRecord},
    search::SearchError,
    text::{fold_key, is_han},
};

impl Names {
    /// How what is being typed goes on, the likeliest first.
    pub(in crate::search) fn suggest(
        &self,
        searcher: &tantivy::Searcher,
        request: &SuggestRequest,
    ) -> Result<Vec<Suggestion>, SearchError> {
        let typed = fold_key(&request.q);
        if Atoms::new(&typed).is_empty() {
            return Ok(Vec::new());
        }
        let letters = letters(&request.q);
        let asked =
            Asked { typed: &typed, letters: letters.as_deref(), kind: request.kind, limit: request.limit };
        let is_gone = |segment: usize, doc: u32| searcher.segment_readers()[segment].is_deleted(doc);
        let likeliest = likeliest(self, &asked, is_gone).into_iter().map(|one| match one.place {
            Place::Topic(at) => Ok(topic(&self.topics.list[at], &asked)),
            Place::Record { segment, doc } => {
                let segment = u32::try_from(segment).unwrap_or(u32::MAX);
                record(searcher, &one, DocAddress::new(segment, doc), &asked)
            }
        });
        likeliest.collect()
    }
}

/// The letters and digits of a text without Han characters, without the points and hyphens between them.
fn letters(text: &str) -> Option<String> {
    let atoms = Atoms::new(text);
    let letters: String = (0..atoms.len()).map(|index| atoms.get(index).text).collect();
    Some(letters).filter(|letters| !letters.is_empty() && !letters.chars().any(is_han))
}

fn topic((label, count): &(Arc<str>, u32), asked: &Asked<'_>) -> Suggestion {
    Suggestion {
        kind: SuggestKind::Topic,
        text: label.to_string(),
        id: None,
        count: u64::from(*count),
        detail: None,
        marks: marks(label, asked.typed, asked.letters, false),
    }
}

fn record(
    searcher: &tantivy::Searcher,
    one: &Ranked,
    address: DocAddress,
    asked: &Asked<'_>,
) -> Result<Suggestion, SearchError> {
    let stored: StoredRecord = searcher.doc(address)?;
    let Head { id, title, display, .. } = stored.payload()?.head()?;
    let display: Json = serde_json::from_str(display.get()).map_err(PayloadError::from)?;
    let marks = marks(&title, asked.typed, asked.letters, one.kind == SuggestKind::Person);
    Ok(Suggestion {
        kind: one.kind,
        detail: detail(one.kind, &display, asked, marks.is_empty()),
        text: title,
        id: Some(id),
        count: u64::from(one.weight()),
        marks,
    })
}

/// What tells a record from others; of an institution that was met by another name, that one.
fn detail(kind: SuggestKind, display: &Json, asked: &Asked<'_>, by_other_name: bool) -> Option<String> {
    let text = |value: &Json| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    match kind {
        SuggestKind::Person => text(&display["institution"]["name"]),
        SuggestKind::Institution if by_other_name => {
            let aliases = display["aliases"].as_array().into_iter().flatten().filter_map(Json::as_str);
            let met = |alias: &&str| !marks(alias, asked.typed, asked.letters, false).is_empty();
            aliases.into_iter().find(met).map(str::to_owned)
        }
        SuggestKind::Dossier => {
            let year = display["year"].as_u64().map(|year| year.to_string());
            let parts: Vec<String> = [text(&display["award"]), year].into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        }
        SuggestKind::Institution | SuggestKind::Journal | SuggestKind::Topic => None,
    }
}
