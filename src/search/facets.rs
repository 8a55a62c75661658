use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use tantivy::{Searcher, index::SegmentId};

use super::{
    columns::{Bearer, Label, SegmentColumns},
    name_forms::NameForms,
    segment_values::SegmentValues,
};
use crate::{domain::Facet, resolve::canonical_name, text::fold_key};

/// The values of all facets in one state of the index.
///
/// Values are numbered through: those of a facet stand together in the order of their labels, and behind them
/// one that stands for having none. So a count is a place in one array, and no string is looked at before the
/// values to show are known.
pub(super) struct Catalogue {
    values: Vec<Vec<Value>>,
    numbers: Vec<HashMap<Arc<str>, u32>>,
    starts: Vec<u32>,
    segments: Vec<SegmentValues>,
    names: NameForms,
    /// Counts that are all 0 again: making new ones takes longer than counting.
    spare: Mutex<Vec<Vec<u32>>>,
}

/// A value of a facet, however it is spelt.
pub(super) struct Value {
    pub(super) label: Arc<str>,
    pub(super) key: Arc<str>,
    /// The address of the entity of this name, where there is exactly one.
    pub(super) id: Option<Arc<str>>,
}

/// The values of one facet over all segments.
#[derive(Default)]
struct Merged {
    values: Vec<Value>,
    numbers: HashMap<Arc<str>, u32>,
    /// By segment, the number of each of its own values.
    own: Vec<Vec<u32>>,
}

impl Catalogue {
    /// The catalogue of what a searcher sees; of segments that the last one knew nothing is read again.
    pub(super) fn of(searcher: &Searcher, last: Option<&Catalogue>) -> tantivy::Result<Self> {
        let segments = last.into_iter().flat_map(|last| &last.segments);
        let known: HashMap<SegmentId, &Arc<SegmentColumns>> =
            segments.map(|segment| (segment.columns.segment, &segment.columns)).collect();
        let columns =
            searcher.segment_readers().iter().map(|segment| match known.get(&segment.segment_id()) {
                Some(&columns) => Ok(Arc::clone(columns)),
                None => SegmentColumns::new(segment).map(Arc::new),
            });
        Ok(Self::new(columns.collect::<tantivy::Result<_>>()?))
    }

    fn new(columns: Vec<Arc<SegmentColumns>>) -> Self {
        let (mut starts, mut values, mut numbers) = (vec![0], Vec::new(), Vec::new());
        let mut own = vec![Vec::new(); columns.len()];
        for facet in Facet::ALL {
            let start = starts.last().copied().unwrap_or_default();
            let merged = Merged::new(facet, &columns, start);
            let missing = start + merged.values.len() as u32;
            for (all, own) in own.iter_mut().zip(merged.own) {
                all.extend(own);
                all.push(missing);
            }
            starts.push(missing + 1);
            values.push(merged.values);
            numbers.push(merged.numbers);
        }
        let names = NameForms::new(columns.iter().map(|columns| Arc::clone(&columns.names)).collect());
        let segments = columns.into_iter().zip(own);
        let segments = segments.map(|(columns, numbers)| SegmentValues::new(columns, numbers)).collect();
        Self { values, numbers, starts, segments, names, spare: Mutex::default() }
    }

    /// A count of 0 for every value.
    pub(super) fn zeros(&self) -> Vec<u32> {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| vec![0; self.starts.last().copied().unwrap_or_default() as usize])
    }

    /// Keeps counts that are all 0 again for the next ones.
    pub(super) fn keep_zeros(&self, counts: Vec<u32>) {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(counts);
    }

    pub(super) fn segments(&self) -> &[SegmentValues] {
        &self.segments
    }

    /// The values of a facet, by label.
    pub(super) fn values(&self, facet: Facet) -> &[Value] {
        &self.values[facet as usize]
    }

    /// The names of institutions and journals by their short forms.
    pub(super) fn names(&self) -> &NameForms {
        &self.names
    }

    /// The number of the value of a folded label.
    pub(super) fn number(&self, facet: Facet, key: &str) -> Option<u32> {
        self.numbers[facet as usize].get(key).copied()
    }

    /// The values that name the institution meant by any of its names; none where only one is asked as it is shown.
    pub(super) fn same_institution(&self, name: &str) -> impl Iterator<Item = (u32, &Value)> {
        let names = self.names().with_key(&canonical_name(name).key);
        let numbers = names.iter().filter_map(|name| self.number(Facet::Institution, &name.key));
        let mut numbers: Vec<u32> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| (number, self.value(Facet::Institution, number)))
    }

    /// The numbers of the values of a facet that the test lets pass.
    pub(super) fn numbers(&self, facet: Facet, passes: impl Fn(&Value) -> bool) -> impl Iterator<Item = u32> {
        let values = self.values(facet).iter().zip(self.starts[facet as usize]..);
        values.filter(move |(value, _)| passes(value)).map(|(_, number)| number)
    }

    /// The number that stands for having no value of the facet.
    pub(super) fn missing(&self, facet: Facet) -> u32 {
        self.starts[facet as usize + 1] - 1
    }

    /// The folded label of a value; `None` of the number that stands for having none.
    pub(super) fn key(&self, facet: Facet, number: u32) -> Option<&str> {
        self.range(facet).contains(&number).then(|| &*self.value(facet, number).key)
    }

    /// The place in [`Facet::ALL`] of the facet that a number belongs to.
    pub(super) fn facet_of(&self, number: u32) -> usize {
        self.starts.partition_point(|&start| start <= number) - 1
    }

    /// The numbers of the values of a facet; the one behind them stands for having none.
    pub(super) fn range(&self, facet: Facet) -> Range<u32> {
        self.starts[facet as usize]..self.missing(facet)
    }

    pub(super) fn value(&self, facet: Facet, number: u32) -> &Value {
        &self.values(facet)[(number - self.starts[facet as usize]) as usize]
    }
}

impl Value {
    pub(super) fn is_entity(&self, id: &str) -> bool {
        self.id.as_deref() == Some(id)
    }
}

impl Merged {
    /// Puts the values of a facet together under their first label, numbered from `start` on; printings that fold
    /// alike are one.
    fn new(facet: Facet, columns: &[Arc<SegmentColumns>], start: u32) -> Self {
        let mut places: HashMap<Arc<str>, u32> = HashMap::new();
        let mut found: Vec<(&Label, Bearer)> = Vec::new();
        let mut own: Vec<Vec<u32>> = Vec::with_capacity(columns.len());
        for columns in columns {
            let places = columns.labels(facet).iter().map(|label| {
                let at = *places.entry(Arc::clone(&label.key)).or_insert_with(|| {
                    found.push((label, Bearer::Unknown));
                    found.len() as u32 - 1
                });
                let (first, bearer) = &mut found[at as usize];
                *bearer = std::mem::replace(bearer, Bearer::Several).and(&label.bearer);
                if label.text < first.text {
                    *first = label;
                }
                at
            });
            own.push(places.collect());
        }
        let mut order: Vec<u32> = (0..found.len() as u32).collect();
        order.sort_unstable_by_key(|&at| &found[at as usize].0.text);
        let mut numbers = vec![0; found.len()];
        (start..).zip(&order).for_each(|(number, &at)| numbers[at as usize] = number);
        places.values_mut().chain(own.iter_mut().flatten()).for_each(|at| *at = numbers[*at as usize]);
        let values = order.into_iter().map(|at| {
            let (label, bearer) = &found[at as usize];
            let id = match bearer {
                Bearer::One(id) if !id.is_empty() => Some(Arc::clone(id)),
                _ => None,
            };
            Value { label: Arc::clone(&label.text), key: Arc::clone(&label.key), id }
        });
        Self { values: values.collect(), numbers: places, own }
    }
}

/// What the values of facets to be listed contain.
pub(super) struct FacetTexts(Vec<(Facet, String)>);

impl FacetTexts {
    pub(super) fn new(texts: &[(Facet, String)]) -> Self {
        Self(texts.iter().map(|(facet, text)| (*facet, fold_key(text))).collect())
    }

    pub(super) fn passes(&self, facet: Facet, value: &Value) -> bool {
        let mut texts = self.0.iter().filter(|(of, _)| *of == facet).peekable();
        texts.peek().is_none() || texts.any(|(_, text)| value.key.contains(text.as_str()))
    }
}
