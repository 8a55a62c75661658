use tantivy::TantivyDocument;

use super::{Fields, IndexError, Record, TextSource, payload::payload};
use crate::{
    analysis::{SEPARATOR, full_keys, identifier_keys, name_keys},
    domain::{Facet, Kind, REMOVED},
    text::fold_key,
};

/// Sorting needs no more of a title.
const SORTED_CHARS: usize = 64;

/// Writes a record as a document of the index.
pub(super) fn document(fields: &Fields, record: &Record) -> Result<TantivyDocument, IndexError> {
    let family = fields.family(record.kind);
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, &record.id);
    document.add_text(fields.kind, record.kind.name());
    if let Some(of) = &record.document {
        document.add_text(fields.document, of);
    }
    if let Some(year) = record.year() {
        document.add_u64(fields.year, year);
    }
    if let Some(citations) = record.citations {
        document.add_u64(fields.citations, citations);
    }
    if let Some(rank) = record.rank {
        document.add_u64(fields.rank, rank.into());
    }
    let title: String = fold_key(&record.title).chars().take(SORTED_CHARS).collect();
    document.add_text(fields.title, title);
    document.add_u64(fields.weight, record.weight);
    // Text, not bytes: tantivy reads stored bytes one by one.
    document.add_text(fields.payload, payload(record)?);

    document.add_text(family.name, joined(&record.names));
    let names = record.names.iter().map(|name| &name.text).chain(&record.keys);
    for key in distinct(names.map(|name| fold_key(name))) {
        document.add_text(family.key, key);
    }
    let (body, context) = (joined(&record.body), joined(&record.context));
    document.add_text(family.body_word, &body);
    document.add_text(family.body, body);
    let around = joined(&record.around);
    document.add_text(family.context_word, format!("{context}{SEPARATOR}{around}"));
    document.add_text(family.context, context);
    // Its records are found by it too, and each of them need not be looked at.
    if record.kind == Kind::Dossier {
        document.add_text(family.around, around);
    }
    for key in distinct(record.identifiers.iter().flat_map(|canonical| identifier_keys(canonical))) {
        document.add_text(family.identifier, key);
    }
    for key in pinyin_keys(record) {
        document.add_text(family.pinyin, key);
    }
    for value in &record.facets {
        let facet = fields.facet(value.facet);
        let key = fold_key(&value.label);
        document.add_text(facet.label, &value.label);
        for id in &value.ids {
            document.add_text(facet.reference, id);
            document.add_text(facet.entity, format!("{key}{SEPARATOR}{id}"));
        }
        // Institutions and journals of one name are one; a person of the same name may be another.
        if value.ids.is_empty() && value.facet == Facet::Person {
            document.add_text(facet.entity, format!("{key}{SEPARATOR}"));
        }
        document.add_text(facet.reference, key);
    }
    Ok(document)
}

/// The readings of the names that a record bears. Initials are anybody's: they find the person, not
/// whatever bears the name.
fn pinyin_keys(record: &Record) -> Vec<String> {
    let people = || record.people.iter().filter(|name| !name.contains(REMOVED));
    match record.kind {
        Kind::Person => distinct(
            people().map(|name| name_keys(name)).flat_map(|keys| keys.full.into_iter().chain(keys.short)),
        ),
        _ => distinct(people().flat_map(|name| full_keys(name))),
    }
}

fn joined(sources: &[TextSource]) -> String {
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    texts.join(SEPARATOR.encode_utf8(&mut [0; 4]))
}

fn distinct(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
    values.sort_unstable();
    values.dedup();
    values
}
