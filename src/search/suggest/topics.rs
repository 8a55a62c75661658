use std::sync::Arc;

use tantivy::Searcher;

use super::names::{Form, Keys};
use crate::{
    domain::{Facet, Kind},
    search::facets::Catalogue,
};

/// What dossiers are about.
pub(super) struct Topics {
    /// As they are shown, with the number of dossiers, which may be none.
    pub(super) list: Vec<(Arc<str>, u32)>,
    pub(super) keys: Arc<Keys>,
}

impl Topics {
    /// Counts the topics of all dossiers. Where there are no others than the last ones, their readings are not looked
    /// up again.
    pub(super) fn new(searcher: &Searcher, catalogue: &Catalogue, last: Option<&Topics>) -> Self {
        let numbers = catalogue.range(Facet::Topic);
        let mut counts = vec![0; numbers.len()];
        for (segment, values) in searcher.segment_readers().iter().zip(catalogue.segments()) {
            for doc in values.alive_of_kind(Kind::Dossier, segment).iter() {
                let topics = values.of_facet(doc, Facet::Topic).filter(|number| numbers.contains(number));
                topics.for_each(|number| counts[(number - numbers.start) as usize] += 1);
            }
        }
        let values = catalogue.values(Facet::Topic);
        let list: Vec<_> = values.iter().map(|value| Arc::clone(&value.label)).zip(counts).collect();
        let same = last
            .filter(|last| last.list.iter().map(|(label, _)| label).eq(list.iter().map(|(label, _)| label)));
        let keys = same.map_or_else(
            || Arc::new(keys(values.iter().map(|value| &*value.key))),
            |same| Arc::clone(&same.keys),
        );
        Self { list, keys }
    }
}

fn keys<'k>(folded: impl Iterator<Item = &'k str>) -> Keys {
    let mut keys = Keys::default();
    for (at, key) in folded.enumerate() {
        keys.add(key, at, Form::Name);
        keys.add_sounds(key, at, false);
    }
    keys.sort();
    keys
}
