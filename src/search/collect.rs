use std::borrow::Cow;

use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::{
    Sort,
    bits::{Bits, Documents},
    columns::SegmentColumns,
    compile::Level,
    counts::Counts,
    cursor::Place,
    engine::Engine,
    facets::Catalogue,
    filter::{Filters, Passed, SegmentFilters},
    ranking::{Ranked, Ranking, in_one_order},
    segment_values::SegmentValues,
};
use crate::domain::Kind;

/// Finds totals of several kinds and, of one of them, the first hits and the counts of all facets, in one pass.
///
/// A document that fails no filter is a hit and counts for every facet; one that fails the choice of a
/// single facet counts for that facet alone, which is what its list shows without its own choice.
pub(super) struct Survey<'s, 'a> {
    pub(super) filters: &'s Filters,
    pub(super) catalogue: &'a Catalogue,
    /// Which kinds to count, by their place in [`Kind::ALL`].
    pub(super) kinds: [bool; Kind::ALL.len()],
    /// Which kind to rank and to count by facets.
    pub(super) shown: Option<Kind>,
    pub(super) order: Sort,
    /// How many hits to rank.
    pub(super) top: usize,
    /// Only hits behind this place are ranked.
    pub(super) after: Option<&'s Place>,
}

/// What was found.
pub(super) struct Surveyed<'a> {
    /// Documents of each kind that match the query, whatever the filters.
    pub(super) matched: [u64; Kind::ALL.len()],
    /// Those that pass the filters as well.
    pub(super) totals: [u64; Kind::ALL.len()],
    pub(super) top: Vec<Ranked>,
    /// How many hits lie behind the place that was given.
    pub(super) behind: u64,
    pub(super) counts: Counts<'a>,
}

impl<'a> Surveyed<'a> {
    pub(super) fn nothing(catalogue: &'a Catalogue) -> Self {
        Self {
            matched: [0; Kind::ALL.len()],
            totals: [0; Kind::ALL.len()],
            top: Vec::new(),
            behind: 0,
            counts: Counts::new(catalogue),
        }
    }

    /// Counts the values of a kind's documents by facet; gives those that pass all choices.
    fn count(&mut self, mut documents: Vec<DocId>, kind: Kind, matched: &Matched<'_>) -> Vec<DocId> {
        let Matched { matching, segment, values, filters } = matched;
        if filters.is_empty() && documents.len() > values.columns.of_kind(kind).docs.len() / 2 {
            let mut others = values.alive_of_kind(kind, segment);
            others.and_not(matching);
            values.count_all_but(&others, kind, segment, &mut self.counts);
            return documents;
        }
        if !filters.is_empty() {
            documents.retain(|&doc| match filters.passed(doc) {
                Passed::All => true,
                Passed::AllBut(facet) => {
                    self.counts.add(values.of_facet(doc, facet));
                    false
                }
                Passed::Less => false,
            });
        }
        values.count(&documents, &mut self.counts);
        documents
    }

    /// Both together; the first hits of each still stand apart.
    fn and(mut self, other: Self) -> Self {
        let add =
            |own: &mut [u64], other: &[u64]| own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        add(&mut self.matched, &other.matched);
        add(&mut self.totals, &other.totals);
        self.top.extend(other.top);
        self.behind += other.behind;
        self.counts = self.counts.and(other.counts);
        self
    }
}

/// What a level finds in a segment, and what is asked of it besides.
struct Matched<'s> {
    matching: Bits,
    segment: &'s SegmentReader,
    values: &'s SegmentValues,
    filters: SegmentFilters<'s>,
}

/// Fewer documents than one in so many are looked at one by one.
const SPARSE: usize = 32;
/// Kinds with less than one in so many of all documents are looked up by themselves.
const FEW: usize = 2;

impl<'a> Survey<'_, 'a> {
    /// Surveys the segments side by side.
    pub(super) fn of(&self, level: &Level, engine: &Engine<'_>) -> tantivy::Result<Surveyed<'a>> {
        let numbers = (0..engine.segments().len()).collect();
        let parts = engine.threads.each(numbers, |number| self.part(level, engine, number))?;
        let mut found =
            parts.into_iter().reduce(Surveyed::and).unwrap_or_else(|| Surveyed::nothing(self.catalogue));
        in_one_order(&mut found.top, self.top, self.catalogue)?;
        Ok(found)
    }

    /// Surveys a segment.
    fn part(&self, level: &Level, engine: &Engine<'_>, number: usize) -> tantivy::Result<Surveyed<'a>> {
        let (segment, values) = (&engine.segments()[number], &self.catalogue.segments()[number]);
        let mut found = Surveyed::nothing(self.catalogue);
        let matching = matching(level, engine, number, self.asked(&values.columns).as_deref())?;
        let count = matching.count();
        let filters = self.filters.within(segment, values, count)?;
        let matched = Matched { matching, segment, values, filters };
        let documents = if count < segment.max_doc() as usize / SPARSE {
            self.one_by_one(&matched, &mut found)
        } else {
            self.kind_by_kind(&matched, &mut found)
        };
        let Some(shown) = self.shown else { return Ok(found) };
        let hits = found.count(documents, shown, &matched);
        found.totals[shown as usize] += hits.len() as u64;
        let mut scores = vec![0.0; hits.len()];
        if self.top > 0 && self.order == Sort::Relevance {
            for node in level.all.iter().chain(&level.ranking) {
                engine.score(node, number, &hits, &mut scores)?;
            }
        }
        let mut ranking = Ranking::new(values, self.order, self.top, self.after)?;
        hits.iter().zip(&scores).for_each(|(&doc, &score)| ranking.take(doc, score));
        found.behind = ranking.behind;
        found.top = ranking.finish(number as SegmentOrdinal);
        Ok(found)
    }

    /// Counts few documents by kind; gives those of the kind that is shown.
    fn one_by_one(&self, matched: &Matched<'_>, found: &mut Surveyed<'_>) -> Vec<DocId> {
        let Matched { matching, values, filters, .. } = matched;
        let mut documents = Vec::new();
        for doc in matching.iter() {
            let Some(kind) = values.columns.kind(doc).filter(|kind| self.kinds[*kind as usize]) else {
                continue;
            };
            found.matched[kind as usize] += 1;
            if self.shown == Some(kind) {
                documents.push(doc);
            } else if filters.passed(doc) == Passed::All {
                found.totals[kind as usize] += 1;
            }
        }
        documents
    }

    /// Counts many documents by kind; gives those of the kind that is shown.
    fn kind_by_kind(&self, matched: &Matched<'_>, found: &mut Surveyed<'_>) -> Vec<DocId> {
        let Matched { matching, values, filters, .. } = matched;
        let mut documents = Vec::new();
        for kind in Kind::ALL.into_iter().filter(|kind| self.kinds[*kind as usize]) {
            let of_kind = &values.columns.of_kind(kind).set;
            let matched = matching.count_common(of_kind) as u64;
            found.matched[kind as usize] += matched;
            if matched == 0 {
                continue;
            }
            if self.shown != Some(kind) && filters.is_empty() {
                found.totals[kind as usize] += matched;
                continue;
            }
            let mut common = of_kind.clone();
            common.and(matching);
            if self.shown == Some(kind) {
                documents = common.iter().collect();
            } else {
                found.totals[kind as usize] += filters.count(&common) as u64;
            }
        }
        documents
    }

    /// The documents of the kinds that are counted, where they are few.
    fn asked<'c>(&self, columns: &'c SegmentColumns) -> Option<Cow<'c, Documents>> {
        let counted: Vec<&Documents> = Kind::ALL
            .into_iter()
            .filter(|kind| self.kinds[*kind as usize])
            .map(|kind| columns.of_kind(kind))
            .collect();
        let many = counted.iter().map(|documents| documents.docs.len()).sum::<usize>();
        (many < columns.documents() as usize / FEW).then(|| match counted[..] {
            [one] => Cow::Borrowed(one),
            _ => {
                let mut asked = Bits::none(columns.documents());
                counted.iter().for_each(|documents| asked.or(&documents.set));
                Cow::Owned(asked.into())
            }
        })
    }
}

/// The documents of a segment that a level finds; of those that are not asked it may be any.
fn matching(
    level: &Level,
    engine: &Engine<'_>,
    number: usize,
    asked: Option<&Documents>,
) -> tantivy::Result<Bits> {
    if level.all.is_empty() {
        return Ok(Bits::none(engine.segments()[number].max_doc()));
    }
    let mut matching = engine.all(&level.all, number, asked)?;
    for node in &level.none {
        if matching.is_empty() {
            break;
        }
        matching.and_not(&engine.matches(node, number, asked)?);
    }
    matching.and(engine.alive(number));
    Ok(matching)
}
