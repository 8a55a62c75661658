use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tantivy::{
    SegmentReader,
    columnar::{Column, StrColumn},
    index::SegmentId,
};

use super::{FacetCount, name_forms::NameForms};
use crate::{analysis::SEPARATOR, domain::Facet, text::fold_key};

/// The fast fields of a segment with the values of its facets decoded: decoding them for every search
/// costs more than counting.
pub(super) struct SegmentTable {
    pub(super) id: Option<StrColumn>,
    pub(super) title: Option<StrColumn>,
    pub(super) year: Option<Column<u64>>,
    facets: Vec<FacetTable>,
}

/// The values of a facet in one segment, by ordinal.
#[derive(Default)]
pub(super) struct FacetTable {
    pub(super) column: Option<StrColumn>,
    pub(super) values: Vec<Value>,
    /// By folded label; `None` where several entities bear it, empty where none that is known.
    entities: HashMap<String, Option<String>>,
}

pub(super) struct Value {
    pub(super) label: String,
    pub(super) key: String,
}

impl SegmentTable {
    fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let facets = Facet::ALL.iter().map(|&facet| FacetTable::new(segment, facet));
        Ok(Self {
            id: fast.str("id")?,
            title: fast.str("title")?,
            year: fast.column_opt::<u64>("year")?,
            facets: facets.collect::<tantivy::Result<_>>()?,
        })
    }

    /// The folded label of the entity at an address.
    pub(super) fn label_of(&self, facet: Facet, id: &str) -> Option<&str> {
        let entities = &self.facets[facet as usize].entities;
        let mut found = entities.iter().filter(|(_, entity)| entity.as_deref() == Some(id));
        found.next().map(|(key, _)| key.as_str())
    }

    pub(super) fn facet(&self, facet: Facet) -> &FacetTable {
        &self.facets[facet as usize]
    }
}

impl FacetTable {
    fn new(segment: &SegmentReader, facet: Facet) -> tantivy::Result<Self> {
        let column = segment.fast_fields().str(&format!("facet_{facet}"))?;
        let label = |label: String| Value { key: fold_key(&label), label };
        let values = decoded(column.as_ref())?.into_iter().map(label).collect();
        let mut entities = HashMap::new();
        for pair in decoded(segment.fast_fields().str(&format!("facet_{facet}_entity"))?.as_ref())? {
            if let Some((key, id)) = pair.split_once(SEPARATOR) {
                let entity = entities.entry(key.to_owned()).or_insert_with(|| Some(id.to_owned()));
                if entity.as_deref() != Some(id) {
                    *entity = None;
                }
            }
        }
        Ok(Self { column, values, entities })
    }
}

fn decoded(column: Option<&StrColumn>) -> tantivy::Result<Vec<String>> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let mut values = Vec::with_capacity(column.num_terms());
    let mut terms = column.dictionary().stream()?;
    while terms.advance() {
        values.push(String::from_utf8_lossy(terms.key()).into_owned());
    }
    Ok(values)
}

/// The tables of the segments in use.
#[derive(Default)]
pub(super) struct Tables {
    known: Mutex<HashMap<SegmentId, Arc<SegmentTable>>>,
    /// The names in those segments, made once for each state of the index.
    names: Mutex<Option<(Vec<SegmentId>, Arc<NameForms>)>>,
}

impl Tables {
    /// The tables of all segments of a searcher, in its order; those of other segments are forgotten.
    pub(super) fn of(&self, searcher: &tantivy::Searcher) -> tantivy::Result<Vec<Arc<SegmentTable>>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tables = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let table = match known.get(&segment.segment_id()) {
                Some(table) => table.clone(),
                None => Arc::new(SegmentTable::new(segment)?),
            };
            tables.push(table);
        }
        let used = searcher.segment_readers().iter().map(SegmentReader::segment_id);
        *known = used.zip(tables.iter().cloned()).collect();
        Ok(tables)
    }

    /// The names in the segments of a searcher, of which these are the tables.
    pub(super) fn names(&self, searcher: &tantivy::Searcher, tables: &[Arc<SegmentTable>]) -> Arc<NameForms> {
        let segments: Vec<SegmentId> =
            searcher.segment_readers().iter().map(SegmentReader::segment_id).collect();
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = names.as_ref().filter(|(of, _)| *of == segments) {
            return Arc::clone(known);
        }
        let made = Arc::new(NameForms::new(tables));
        *names = Some((segments, Arc::clone(&made)));
        made
    }
}

/// The counts of one facet over all segments.
#[derive(Default)]
pub(super) struct Counts(HashMap<String, (String, u64)>);

impl Counts {
    /// Adds the counts of a segment, by ordinal.
    pub(super) fn add(&mut self, table: &FacetTable, counts: &[u32]) {
        for (value, &count) in table.values.iter().zip(counts).filter(|(_, count)| **count > 0) {
            match self.0.get_mut(&value.key) {
                Some((label, sum)) => {
                    *sum += u64::from(count);
                    if value.label < *label {
                        label.clone_from(&value.label);
                    }
                }
                None => {
                    self.0.insert(value.key.clone(), (value.label.clone(), u64::from(count)));
                }
            }
        }
    }

    /// Most frequent first, then by value; years latest first.
    pub(super) fn finish(self, facet: Facet, tables: &[Arc<SegmentTable>]) -> Vec<FacetCount> {
        let mut counts: Vec<FacetCount> = self
            .0
            .into_iter()
            .map(|(key, (value, count))| FacetCount { value, id: entity(facet, &key, tables), count })
            .collect();
        match facet {
            Facet::Year => counts.sort_unstable_by(|a, b| b.value.cmp(&a.value)),
            _ => counts.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value))),
        }
        counts
    }
}

fn entity(facet: Facet, key: &str, tables: &[Arc<SegmentTable>]) -> Option<String> {
    let mut found: Option<&String> = None;
    for table in tables {
        match table.facet(facet).entities.get(key) {
            None => {}
            Some(None) => return None,
            Some(Some(id)) if found.is_none_or(|known| known == id) => found = Some(id),
            Some(Some(_)) => return None,
        }
    }
    found.filter(|id| !id.is_empty()).cloned()
}
