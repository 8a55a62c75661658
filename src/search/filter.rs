use std::collections::BTreeMap;

use tantivy::{BitSet, DocId, DocSet, SegmentReader, TERMINATED, Term, schema::IndexRecordOption};

use super::{
    NOT_PRINTED, SearchError,
    facets::{Catalogue, SegmentValues},
};
use crate::{domain::Facet, index::Fields, query::YearRange, text::fold_key};

/// The choices of a request.
#[derive(Clone, Default)]
pub(super) struct Filters {
    choices: Vec<Choice>,
}

/// Of a facet the values one of which a hit has, or the addresses one of which it names.
#[derive(Clone)]
struct Choice {
    facet: Facet,
    /// Numbers of the catalogue.
    values: Vec<u32>,
    addresses: Vec<Term>,
}

/// The choices of a request within one segment.
pub(super) struct SegmentFilters<'a> {
    choices: Vec<(&'a Choice, Option<BitSet>)>,
    values: &'a SegmentValues,
}

/// Which choices a document fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passed {
    All,
    /// All but that of one facet.
    AllBut(Facet),
    Less,
}

impl Filters {
    /// Reads the values of a request; of a year also ranges.
    pub(super) fn read(
        chosen: &[(Facet, String)],
        fields: &Fields,
        catalogue: &Catalogue,
    ) -> Result<Self, SearchError> {
        let mut choices: BTreeMap<Facet, Choice> = BTreeMap::new();
        for (facet, value) in chosen {
            let facet = *facet;
            let new = || Choice { facet, values: Vec::new(), addresses: Vec::new() };
            let choice = choices.entry(facet).or_insert_with(new);
            if value == NOT_PRINTED {
                choice.values.push(catalogue.missing(facet));
            } else if facet == Facet::Year {
                let range: YearRange =
                    value.parse().map_err(|reason| SearchError::BadFilter { facet, reason })?;
                let within = |key: &str| key.parse().is_ok_and(|year| range.contains(year));
                choice.values.extend(catalogue.numbers(facet, |value| within(&value.key)));
            } else {
                let key = fold_key(value);
                match catalogue.number(facet, &key) {
                    Some(number) => choice.values.push(number),
                    None if facet == Facet::Institution && !key.is_empty() => {
                        choice.values.extend(catalogue.same_institution(value).map(|(number, _)| number));
                    }
                    None => {}
                }
                // The same institution or journal bears its name also where its address is not noted.
                if matches!(facet, Facet::Institution | Facet::Journal) && !key.is_empty() {
                    choice.values.extend(catalogue.numbers(facet, |value| value.is_entity(&key)));
                }
                if key.is_ascii() {
                    let reference = fields.facet(facet).reference;
                    choice.addresses.push(Term::from_field_text(reference, &key));
                }
            }
        }
        Ok(Self { choices: choices.into_values().collect() })
    }

    /// The choices within a segment.
    pub(super) fn within<'a>(
        &'a self,
        segment: &SegmentReader,
        values: &'a SegmentValues,
    ) -> tantivy::Result<SegmentFilters<'a>> {
        let choices = self.choices.iter().map(|choice| Ok((choice, choice.naming(segment)?)));
        Ok(SegmentFilters { choices: choices.collect::<tantivy::Result<_>>()?, values })
    }
}

impl Choice {
    /// The documents of a segment that name one of the addresses.
    fn naming(&self, segment: &SegmentReader) -> tantivy::Result<Option<BitSet>> {
        let mut documents = None;
        for term in &self.addresses {
            let index = segment.inverted_index(term.field())?;
            let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { continue };
            let documents = documents.get_or_insert_with(|| BitSet::with_max_value(segment.max_doc()));
            while postings.doc() != TERMINATED {
                documents.insert(postings.doc());
                postings.advance();
            }
        }
        Ok(documents)
    }
}

impl SegmentFilters<'_> {
    pub(super) fn passed(&self, doc: DocId) -> Passed {
        let passes = |(choice, naming): &&(&Choice, Option<BitSet>)| {
            self.values.of_facet(doc, choice.facet).any(|number| choice.values.contains(&number))
                || naming.as_ref().is_some_and(|documents| documents.contains(doc))
        };
        let mut failed = self.choices.iter().filter(|choice| !passes(choice));
        match (failed.next(), failed.next()) {
            (None, _) => Passed::All,
            (Some((choice, _)), None) => Passed::AllBut(choice.facet),
            (Some(_), Some(_)) => Passed::Less,
        }
    }
}

/// The years of the index that lie within a range.
pub(super) fn year_terms(range: YearRange, fields: &Fields, catalogue: &Catalogue) -> Vec<Term> {
    let within = |key: &str| key.parse().is_ok_and(|year| range.contains(year));
    facet_terms(Facet::Year, within, fields, catalogue)
}

/// The values of a facet whose folded label the test lets pass.
pub(super) fn facet_terms(
    facet: Facet,
    passes: impl Fn(&str) -> bool,
    fields: &Fields,
    catalogue: &Catalogue,
) -> Vec<Term> {
    let keys = catalogue.values(facet).iter().map(|value| value.key.as_str()).filter(|key| passes(key));
    keys.map(|key| Term::from_field_text(fields.facet(facet).reference, key)).collect()
}
