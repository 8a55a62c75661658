use std::{collections::BTreeMap, sync::Arc};

use tantivy::{BitSet, DocSet, SegmentReader, TERMINATED, Term, schema::IndexRecordOption};

use super::{SearchError, facets::SegmentTable};
use crate::{domain::Facet, index::Fields, query::YearRange, text::fold_key};

/// The choices of a request: of each facet the terms one of which a hit bears.
#[derive(Clone, Default)]
pub(super) struct Filters {
    pub(super) facets: Vec<(Facet, Vec<Term>)>,
}

impl Filters {
    /// Reads the values of a request; of a year also ranges.
    pub(super) fn read(
        chosen: &[(Facet, String)],
        fields: &Fields,
        tables: &[Arc<SegmentTable>],
    ) -> Result<Self, SearchError> {
        let mut facets: BTreeMap<Facet, Vec<Term>> = BTreeMap::new();
        for (facet, value) in chosen {
            let terms = facets.entry(*facet).or_default();
            if *facet == Facet::Year {
                let range =
                    value.parse().map_err(|reason| SearchError::BadFilter { facet: *facet, reason })?;
                terms.extend(year_terms(range, fields, tables));
            } else {
                let key = fold_key(value);
                let mut keys = vec![key.as_str()];
                // The same institution or journal bears its name also where its address is not noted.
                if matches!(facet, Facet::Institution | Facet::Journal) && !key.is_empty() {
                    keys.extend(tables.iter().filter_map(|table| table.label_of(*facet, &key)));
                }
                let reference = fields.facet(*facet).reference;
                terms.extend(keys.into_iter().map(|key| Term::from_field_text(reference, key)));
            }
        }
        Ok(Self { facets: facets.into_iter().collect() })
    }

    /// The documents of a segment that each facet lets pass.
    pub(super) fn passing(&self, segment: &SegmentReader) -> tantivy::Result<Vec<(Facet, BitSet)>> {
        let mut passing = Vec::with_capacity(self.facets.len());
        for (facet, terms) in &self.facets {
            let mut documents = BitSet::with_max_value(segment.max_doc());
            for term in terms {
                let index = segment.inverted_index(term.field())?;
                let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
                    continue;
                };
                while postings.doc() != TERMINATED {
                    documents.insert(postings.doc());
                    postings.advance();
                }
            }
            passing.push((*facet, documents));
        }
        Ok(passing)
    }
}

/// The years of the index that lie within a range.
pub(super) fn year_terms(range: YearRange, fields: &Fields, tables: &[Arc<SegmentTable>]) -> Vec<Term> {
    let within = |key: &str| key.parse().is_ok_and(|year| range.contains(year));
    facet_terms(Facet::Year, within, fields, tables)
}

/// The values of a facet whose folded label the test lets pass.
pub(super) fn facet_terms(
    facet: Facet,
    passes: impl Fn(&str) -> bool,
    fields: &Fields,
    tables: &[Arc<SegmentTable>],
) -> Vec<Term> {
    let values = tables.iter().flat_map(|table| &table.facet(facet).values);
    let mut keys: Vec<&str> = values.map(|value| value.key.as_str()).filter(|key| passes(key)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(|key| Term::from_field_text(fields.facet(facet).reference, key)).collect()
}
