use std::collections::BTreeMap;

use tantivy::{DocId, SegmentReader, Term};

use super::{NOT_PRINTED, SearchError, bits::Bits, facets::Catalogue, segment_values::SegmentValues};
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
    /// The same as terms of the index; `None` where one of them is to have no value, of which the index keeps
    /// no list.
    terms: Option<Vec<Term>>,
    addresses: Vec<Term>,
}

/// The choices of a request within one segment.
pub(super) struct SegmentFilters<'a> {
    choices: Vec<SegmentChoice<'a>>,
    /// The documents that pass all of them, where each is known for the whole segment.
    passing: Option<Bits>,
    values: &'a SegmentValues,
}

struct SegmentChoice<'a> {
    choice: &'a Choice,
    /// The documents that name one of the addresses.
    naming: Option<Bits>,
    /// All documents that pass, where so many are asked that this is sooner known.
    passing: Option<Bits>,
}

/// Where one document in so many is asked, a choice is looked up once for the whole segment.
const MANY: usize = 64;

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
            let new = || Choice { facet, values: Vec::new(), terms: None, addresses: Vec::new() };
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
        let mut choices: Vec<Choice> = choices.into_values().collect();
        for choice in &mut choices {
            let reference = fields.facet(choice.facet).reference;
            let keys = choice.values.iter().map(|&number| catalogue.key(choice.facet, number));
            choice.terms = keys.map(|key| key.map(|key| Term::from_field_text(reference, key))).collect();
        }
        Ok(Self { choices })
    }

    /// The choices within a segment, of which so many documents will be asked.
    pub(super) fn within<'a>(
        &'a self,
        segment: &SegmentReader,
        values: &'a SegmentValues,
        documents: usize,
    ) -> tantivy::Result<SegmentFilters<'a>> {
        let choices = self.choices.iter().map(|choice| {
            let naming = having(&choice.addresses, segment, values)?;
            let passing = match &choice.terms {
                Some(terms) if documents > segment.max_doc() as usize / MANY => {
                    let passing = having(terms, segment, values)?;
                    let mut passing = passing.unwrap_or_else(|| Bits::none(segment.max_doc()));
                    naming.iter().for_each(|naming| passing.or(naming));
                    Some(passing)
                }
                _ => None,
            };
            Ok(SegmentChoice { choice, naming, passing })
        });
        let choices = choices.collect::<tantivy::Result<Vec<SegmentChoice<'a>>>>()?;
        let sets: Option<Vec<&Bits>> = choices.iter().map(|choice| choice.passing.as_ref()).collect();
        let passing = sets.and_then(|sets| {
            let (first, others) = sets.split_first()?;
            let mut passing = (*first).clone();
            others.iter().for_each(|set| passing.and(set));
            Some(passing)
        });
        Ok(SegmentFilters { choices, passing, values })
    }
}

/// The documents of a segment that have one of the terms; `None` where none is asked.
fn having(terms: &[Term], segment: &SegmentReader, values: &SegmentValues) -> tantivy::Result<Option<Bits>> {
    let mut documents = None;
    for term in terms {
        let list = values.columns.lists.of(segment, &[(0, term.clone())], &[], None)?;
        documents.get_or_insert_with(|| Bits::none(segment.max_doc())).extend(&list.docs);
    }
    Ok(documents)
}

impl SegmentFilters<'_> {
    /// Tells whether every document passes.
    pub(super) fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// How many of the documents pass all choices.
    pub(super) fn count(&self, documents: &Bits) -> usize {
        match &self.passing {
            _ if self.is_empty() => documents.count(),
            Some(passing) => documents.count_common(passing),
            None => documents.iter().filter(|&doc| self.passed(doc) == Passed::All).count(),
        }
    }

    pub(super) fn passed(&self, doc: DocId) -> Passed {
        let passes = |one: &&SegmentChoice<'_>| match &one.passing {
            Some(passing) => passing.contains(doc),
            None => {
                let mut numbers = self.values.of_facet(doc, one.choice.facet);
                numbers.any(|number| one.choice.values.contains(&number))
                    || one.naming.as_ref().is_some_and(|documents| documents.contains(doc))
            }
        };
        let mut failed = self.choices.iter().filter(|choice| !passes(choice));
        match (failed.next(), failed.next()) {
            (None, _) => Passed::All,
            (Some(failed), None) => Passed::AllBut(failed.choice.facet),
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
    let keys = catalogue.values(facet).iter().map(|value| &*value.key).filter(|key| passes(key));
    keys.map(|key| Term::from_field_text(fields.facet(facet).reference, key)).collect()
}
