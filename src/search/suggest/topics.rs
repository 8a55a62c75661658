use std::collections::BTreeMap;

use tantivy::{DocSet, TERMINATED, Term, schema::IndexRecordOption};

use super::names::Keys;
use crate::{
    domain::{Facet, Kind},
    index::Fields,
    search::suggest::names::Form,
    text::fold_key,
};

/// What dossiers are about.
pub(super) struct Topics {
    /// As they are shown, with the number of dossiers.
    pub(super) list: Vec<(String, u32)>,
    pub(super) keys: Keys,
}

impl Topics {
    /// Counts the topics of all dossiers.
    pub(super) fn new(searcher: &tantivy::Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let mut counted: BTreeMap<String, (String, u32)> = BTreeMap::new();
        for segment in searcher.segment_readers() {
            let Some(column) = segment.fast_fields().str(&format!("facet_{}", Facet::Topic))? else {
                continue;
            };
            let mut counts = vec![0_u32; column.num_terms()];
            let of_kind = Term::from_field_text(fields.kind, Kind::Dossier.name());
            let index = segment.inverted_index(fields.kind)?;
            let Some(mut dossiers) = index.read_postings(&of_kind, IndexRecordOption::Basic)? else {
                continue;
            };
            while dossiers.doc() != TERMINATED {
                let doc = dossiers.doc();
                if !segment.is_deleted(doc) {
                    column.term_ords(doc).for_each(|ordinal| counts[ordinal as usize] += 1);
                }
                dossiers.advance();
            }
            let mut label = String::new();
            for (ordinal, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                label.clear();
                column.ord_to_str(ordinal as u64, &mut label)?;
                counted.entry(fold_key(&label)).or_insert_with(|| (label.clone(), 0)).1 += count;
            }
        }
        let (mut list, mut keys) = (Vec::with_capacity(counted.len()), Keys::default());
        for (key, topic) in counted {
            keys.add(&key, list.len(), Form::Name);
            keys.add_sounds(&key, list.len(), false);
            list.push(topic);
        }
        keys.sort();
        Ok(Self { list, keys })
    }
}
