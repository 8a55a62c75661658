use std::{collections::HashMap, ops::Range, sync::Arc};

use tantivy::{
    DocId, SegmentReader, TERMINATED, Term,
    columnar::{Column, StrColumn},
    index::SegmentId,
    schema::Field,
};

use super::{
    bits::{Bits, Documents},
    lists::Lists,
    postings::List,
    segment_names::SegmentNames,
};
use crate::{
    analysis::SEPARATOR,
    domain::{Facet, Kind},
    text::fold_key,
};

/// What is asked of every hit of a segment, read once: looking it up in the index for each search costs more
/// than counting.
pub(super) struct SegmentColumns {
    pub(super) segment: SegmentId,
    pub(super) id: Option<StrColumn>,
    pub(super) title: Option<StrColumn>,
    pub(super) year: Option<Column<u64>>,
    pub(super) citations: Option<Column<u64>>,
    pub(super) rank: Option<Column<u64>>,
    /// The documents of each kind, in the order of [`Kind::ALL`].
    kinds: Vec<Documents>,
    /// The place in [`Kind::ALL`] of each document's kind.
    kind_of: Vec<u8>,
    dossiers: Vec<DocId>,
    /// Where the parts of each document begin among `parts`.
    part_starts: Vec<u32>,
    /// Runs of documents: what is indexed together stands together.
    parts: Vec<Range<DocId>>,
    facets: Vec<FacetColumn>,
    /// Of its institutions, journals and people.
    pub(super) names: Arc<SegmentNames>,
    /// The place of each document among all, kind by kind: hits are of one kind, and what stands together is read sooner.
    place_of: Vec<u32>,
    /// Where the values of the document at each place begin.
    starts: Vec<u32>,
    /// The values of the documents one after another, each a number: those of a facet stand together, the last
    /// of them stands for having none.
    values: Vec<u32>,
    pub(super) lists: Lists,
}

struct FacetColumn {
    labels: Vec<Label>,
    start: u32,
}

/// A value of a facet as a segment has it.
pub(super) struct Label {
    pub(super) text: Arc<str>,
    /// Folded.
    pub(super) key: Arc<str>,
    pub(super) bearer: Bearer,
}

/// The entity that bears a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bearer {
    /// Nobody has said.
    Unknown,
    /// The one with this address; one without an address where it is empty.
    One(Arc<str>),
    /// There is more than one.
    Several,
}

impl Bearer {
    /// Who bears it, where somebody else has said this too.
    pub(super) fn and(self, other: &Self) -> Self {
        match (self, other) {
            (one, Self::Unknown) => one,
            (Self::Unknown, other) => other.clone(),
            (Self::One(one), Self::One(other)) if one == *other => Self::One(one),
            _ => Self::Several,
        }
    }
}

/// Lays out the names of a segment, given the columns of all its facets.
fn names(facets: &[FacetColumn]) -> SegmentNames {
    let labels = |facet: Facet| facets[facet as usize].labels.iter().map(|label| &*label.text);
    SegmentNames::of(labels(Facet::Institution), labels(Facet::Journal), labels(Facet::Person))
}

impl SegmentColumns {
    pub(super) fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let (mut facets, mut columns) = (Vec::new(), Vec::new());
        let mut start = 0;
        for facet in Facet::ALL {
            let column = fast.str(&format!("facet_{facet}"))?;
            let bearers = bearers(decoded(fast.str(&format!("facet_{facet}_entity"))?.as_ref())?);
            let labels = decoded(column.as_ref())?.into_iter().map(|text| label(text, &bearers));
            let labels: Vec<Label> = labels.collect();
            let missing = start + labels.len() as u32;
            columns.push((start, missing, column));
            facets.push(FacetColumn { labels, start });
            start = missing + 1;
        }
        let kinds = kinds(segment)?;
        let (mut starts, mut values) = (vec![0], Vec::new());
        let mut place_of = vec![u32::MAX; segment.max_doc() as usize];
        for &doc in kinds.iter().flat_map(|of_kind| &of_kind.docs) {
            place_of[doc as usize] = starts.len() as u32 - 1;
            for (start, missing, column) in &columns {
                let before = values.len();
                if let Some(column) = column {
                    values.extend(column.term_ords(doc).map(|ordinal| start + ordinal as u32));
                }
                if values.len() == before {
                    values.push(*missing);
                }
            }
            starts.push(values.len() as u32);
        }
        let dossiers =
            dossiers(fast.str("document")?.as_ref(), &kinds[Kind::Dossier as usize].set, segment.max_doc());
        let (part_starts, parts) = parts(&dossiers);
        let mut kind_of = vec![u8::MAX; segment.max_doc() as usize];
        for (kind, of_kind) in (0..).zip(&kinds) {
            of_kind.docs.iter().for_each(|&doc| kind_of[doc as usize] = kind);
        }
        Ok(Self {
            kind_of,
            place_of,
            dossiers,
            part_starts,
            parts,
            segment: segment.segment_id(),
            id: fast.str("id")?,
            title: fast.str("title")?,
            year: fast.column_opt("year")?,
            citations: fast.column_opt("citations")?,
            rank: fast.column_opt("rank")?,
            kinds,
            names: Arc::new(names(&facets)),
            facets,
            starts,
            values,
            lists: Lists::new(segment)?,
        })
    }

    pub(super) fn labels(&self, facet: Facet) -> &[Label] {
        &self.facets[facet as usize].labels
    }

    /// How many documents there are, deleted ones among them.
    pub(super) fn documents(&self) -> DocId {
        self.dossiers.len() as DocId
    }

    /// The documents of a kind.
    pub(super) fn of_kind(&self, kind: Kind) -> &Documents {
        &self.kinds[kind as usize]
    }

    /// The kind of a document.
    pub(super) fn kind(&self, doc: DocId) -> Option<Kind> {
        Kind::ALL.get(usize::from(self.kind_of[doc as usize])).copied()
    }

    /// The dossier that a document is a part of.
    pub(super) fn dossier(&self, doc: DocId) -> Option<DocId> {
        Some(self.dossiers[doc as usize]).filter(|dossier| *dossier != TERMINATED)
    }

    /// The dossiers that documents are parts of, in rising order.
    pub(super) fn dossiers(&self, docs: &[DocId]) -> Vec<DocId> {
        let mut dossiers: Vec<DocId> = docs.iter().filter_map(|&doc| self.dossier(doc)).collect();
        dossiers.sort_unstable();
        dossiers.dedup();
        dossiers
    }

    /// The parts of a dossier: papers, rights, claims and contributions.
    pub(super) fn parts(&self, dossier: DocId) -> &[Range<DocId>] {
        let at = dossier as usize;
        &self.parts[self.part_starts[at] as usize..self.part_starts[at + 1] as usize]
    }

    /// All values of a document, by facet.
    pub(super) fn values(&self, doc: DocId) -> &[u32] {
        &self.values[self.place_of_values(doc)]
    }

    /// How many values documents have, those that are the same counted again.
    pub(super) fn count_values(&self, docs: &[DocId]) -> usize {
        docs.iter().map(|&doc| self.place_of_values(doc).len()).sum()
    }

    fn place_of_values(&self, doc: DocId) -> Range<usize> {
        let at = self.place_of[doc as usize] as usize;
        self.starts[at] as usize..self.starts[at + 1] as usize
    }

    /// A document's values of a facet.
    pub(super) fn values_of(&self, doc: DocId, facet: Facet) -> &[u32] {
        let values = self.values(doc);
        let before = |start: u32| values.iter().take_while(|value| **value < start).count();
        let from = before(self.facets[facet as usize].start);
        let to = self.facets.get(facet as usize + 1).map_or(values.len(), |next| before(next.start));
        &values[from..to]
    }
}

/// The dossier of every document; `TERMINATED` where it is a part of none.
fn dossiers(column: Option<&StrColumn>, own: &Bits, max_doc: DocId) -> Vec<DocId> {
    let mut dossiers = vec![TERMINATED; max_doc as usize];
    let Some(column) = column else { return dossiers };
    let mut of_document = vec![TERMINATED; column.num_terms()];
    let documents: Vec<Option<u64>> = (0..max_doc).map(|doc| column.term_ords(doc).next()).collect();
    for dossier in own.iter() {
        if let Some(document) = documents[dossier as usize] {
            of_document[document as usize] = dossier;
        }
    }
    for (doc, (dossier, document)) in (0..).zip(dossiers.iter_mut().zip(&documents)) {
        if let Some(document) = document.filter(|_| !own.contains(doc)) {
            *dossier = of_document[document as usize];
        }
    }
    dossiers
}

/// The parts of every document in runs, one after another, and where those of each begin.
fn parts(dossiers: &[DocId]) -> (Vec<u32>, Vec<Range<DocId>>) {
    let mut runs: Vec<(DocId, Range<DocId>)> = Vec::new();
    for (doc, &dossier) in (0..).zip(dossiers).filter(|(_, dossier)| **dossier != TERMINATED) {
        match runs.last_mut() {
            Some((of, run)) if *of == dossier && run.end == doc => run.end += 1,
            _ => runs.push((dossier, doc..doc + 1)),
        }
    }
    // The sort is stable: the parts of a dossier stay in rising order.
    runs.sort_by_key(|(dossier, _)| *dossier);
    let mut starts = vec![0_u32; dossiers.len() + 1];
    runs.iter().for_each(|(dossier, _)| starts[*dossier as usize + 1] += 1);
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    (starts, runs.into_iter().map(|(_, run)| run).collect())
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

fn label(text: String, bearers: &HashMap<String, Bearer>) -> Label {
    let key = fold_key(&text);
    let bearer = bearers.get(&key).cloned().unwrap_or(Bearer::Unknown);
    let text: Arc<str> = text.into();
    let key = if *key == *text { Arc::clone(&text) } else { key.into() };
    Label { text, key, bearer }
}

/// By folded label.
fn bearers(pairs: Vec<String>) -> HashMap<String, Bearer> {
    let mut bearers: HashMap<String, Bearer> = HashMap::new();
    for pair in pairs {
        if let Some((key, id)) = pair.split_once(SEPARATOR) {
            let bearer = bearers.entry(key.to_owned()).or_insert(Bearer::Unknown);
            *bearer = std::mem::replace(bearer, Bearer::Unknown).and(&Bearer::One(id.into()));
        }
    }
    bearers
}

fn kinds(segment: &SegmentReader) -> tantivy::Result<Vec<Documents>> {
    let field: Field = segment.schema().get_field("kind")?;
    let kinds = Kind::ALL.into_iter().map(|kind| {
        let docs = List::of_term(segment, &Term::from_field_text(field, kind.name()))?.docs;
        Ok(Documents::of(segment.max_doc(), docs))
    });
    kinds.collect()
}
