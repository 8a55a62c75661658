use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc};

use super::{
    FacetCount,
    facets::{Catalogue, Value},
};
use crate::domain::Facet;

/// How many hits have each value.
pub(super) struct Counts<'a> {
    /// Empty as long as nothing was counted.
    counts: Vec<u32>,
    counted: Counted,
    catalogue: &'a Catalogue,
}

/// Which values there are any hits of.
enum Counted {
    /// These, each once.
    These(Vec<u32>),
    /// Any: there are so many that all values are looked at sooner than these noted one by one.
    Any,
}

/// What an answer says of one facet.
#[derive(Default)]
pub(super) struct FacetSummary {
    pub(super) shown: Vec<FacetCount>,
    /// How many values there are, shown or not.
    pub(super) values: u64,
    /// How many hits have no value.
    pub(super) missing: u64,
}

/// A segment has few of the values where it has less than one in so many.
const FEW: usize = 8;

impl<'a> Counts<'a> {
    pub(super) fn new(catalogue: &'a Catalogue) -> Self {
        Self { counts: Vec::new(), counted: Counted::These(Vec::new()), catalogue }
    }

    pub(super) fn add(&mut self, numbers: impl Iterator<Item = u32>) {
        numbers.for_each(|number| self.add_times(number, 1));
    }

    pub(super) fn add_times(&mut self, number: u32, times: u32) {
        if self.counts.is_empty() {
            self.counts = self.catalogue.zeros();
        }
        let count = &mut self.counts[number as usize];
        if let Counted::These(these) = &mut self.counted
            && *count == 0
        {
            these.push(number);
        }
        *count += times;
    }

    /// Counts values of a segment, all of them, those of which there are none too.
    pub(super) fn add_all(&mut self, all: impl ExactSizeIterator<Item = (u32, u32)>) {
        if self.counts.is_empty() {
            self.counts = self.catalogue.zeros();
        }
        // A segment that has few of the values is no reason to look at all.
        if all.len() < self.counts.len() / FEW {
            all.filter(|(_, times)| *times > 0).for_each(|(number, times)| self.add_times(number, times));
            return;
        }
        self.counted = Counted::Any;
        all.for_each(|(number, times)| self.counts[number as usize] += times);
    }

    /// Both together.
    pub(super) fn and(mut self, other: Self) -> Self {
        if let Counted::These(these) = &other.counted {
            these.iter().for_each(|&number| self.add_times(number, other.of(number)));
            return self;
        }
        if matches!(self.counted, Counted::These(_)) {
            return other.and(self);
        }
        self.counts.iter_mut().zip(&other.counts).for_each(|(own, other)| *own += other);
        self
    }

    fn of(&self, number: u32) -> u32 {
        self.counts.get(number as usize).copied().unwrap_or_default()
    }

    /// Sums up each facet, in the order of [`Facet::ALL`]: of the values that `sought` lets pass the first
    /// `limit`, the most frequent first, then by label; years the latest first.
    pub(super) fn summaries(
        &self,
        limit: usize,
        sought: impl Fn(Facet, &Value) -> bool,
    ) -> Vec<FacetSummary> {
        let catalogue = self.catalogue;
        let mut counted: Vec<Vec<u32>> = vec![Vec::new(); Facet::ALL.len()];
        if let Counted::These(these) = &self.counted {
            for &number in these {
                counted[catalogue.facet_of(number)].push(number);
            }
        }
        let summary = |(facet, these): (Facet, Vec<u32>)| {
            let range = catalogue.range(facet);
            let mut first = First::new(facet, limit);
            let is_sought = |number| sought(facet, catalogue.value(facet, number));
            let values = match self.counted {
                Counted::These(_) => {
                    let these = these.iter().filter(|number| range.contains(number));
                    these.inspect(|&&number| first.take(number, self.of(number), is_sought)).count()
                }
                Counted::Any => {
                    let counts = &self.counts[range.start as usize..range.end as usize];
                    first.take_all(range.start, counts, is_sought);
                    counts.iter().filter(|count| **count > 0).count()
                }
            };
            let shown = first.numbers().map(|number| {
                let Value { label, id, .. } = catalogue.value(facet, number);
                FacetCount { value: Arc::clone(label), id: id.clone(), count: self.of(number).into() }
            });
            let shown = shown.collect();
            FacetSummary { shown, values: values as u64, missing: self.of(range.end).into() }
        };
        Facet::ALL.into_iter().zip(counted).map(summary).collect()
    }
}

/// The first values of a facet.
struct First {
    facet: Facet,
    limit: usize,
    heap: BinaryHeap<(Place, u32)>,
    /// Once there are enough, the place of the last one.
    last: Option<Place>,
}

/// The place of a value among those of its facet.
type Place = (Reverse<u32>, u32);

/// So many counts are compared at a time with the last one that is shown.
const AT_A_TIME: usize = 64;

impl First {
    fn new(facet: Facet, limit: usize) -> Self {
        Self { facet, limit, heap: BinaryHeap::new(), last: None }
    }

    fn take(&mut self, number: u32, count: u32, is_sought: impl Fn(u32) -> bool) {
        let place = match self.facet {
            Facet::Year => (Reverse(0), u32::MAX - number),
            _ => (Reverse(count), number),
        };
        if self.last.is_some_and(|last| place > last) || !is_sought(number) {
            return;
        }
        self.heap.push((place, number));
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
        if self.heap.len() == self.limit {
            self.last = self.heap.peek().map(|(place, _)| *place);
        }
    }

    /// Takes the values from a number on that are counted at all; most are passed over many at a time.
    fn take_all(&mut self, start: u32, counts: &[u32], is_sought: impl Fn(u32) -> bool) {
        for (at, counts) in (start..).step_by(AT_A_TIME).zip(counts.chunks(AT_A_TIME)) {
            // Of equals the one before stays, and no later year is passed over.
            let floor = self.last.map_or(0, |(Reverse(count), _)| count);
            if counts.iter().copied().max().is_some_and(|most| most > floor) {
                let counted = (at..).zip(counts).filter(|(_, count)| **count > 0);
                counted.for_each(|(number, &count)| self.take(number, count, &is_sought));
            }
        }
    }

    /// In their order.
    fn numbers(self) -> impl Iterator<Item = u32> {
        self.heap.into_sorted_vec().into_iter().map(|(_, number)| number)
    }
}

impl Drop for Counts<'_> {
    fn drop(&mut self) {
        if !self.counts.is_empty() {
            match &self.counted {
                Counted::These(these) => these.iter().for_each(|&number| self.counts[number as usize] = 0),
                Counted::Any => self.counts.fill(0),
            }
            self.catalogue.keep_zeros(std::mem::take(&mut self.counts));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one_by_one(facet: Facet, limit: usize, start: u32, counts: &[u32]) -> Vec<u32> {
        let mut first = First::new(facet, limit);
        let counted = (start..).zip(counts).filter(|(_, count)| **count > 0);
        counted.for_each(|(number, &count)| first.take(number, count, |number| number % 7 != 3));
        first.numbers().collect()
    }

    proptest! {
        #[test]
        fn many_at_a_time_are_the_same_as_one_by_one(
            counts in prop::collection::vec(prop_oneof![Just(0_u32), 0..4_u32, 0..300_u32], 0..400),
            limit in 0..12_usize,
            facet in prop::sample::select(vec![Facet::Person, Facet::Year]),
        ) {
            let mut first = First::new(facet, limit);
            first.take_all(5, &counts, |number| number % 7 != 3);
            let found: Vec<u32> = first.numbers().collect();
            prop_assert_eq!(&found, &one_by_one(facet, limit, 5, &counts));
            let sought: Vec<u32> = (5..).zip(&counts).filter(|(n, c)| **c > 0 && n % 7 != 3).map(|(n, _)| n).collect();
            let mut want = sought;
            match facet {
                Facet::Year => want.reverse(),
                _ => want.sort_by_key(|n| Reverse(counts[*n as usize - 5])),
            }
            want.truncate(limit);
            prop_assert_eq!(found, want);
        }
    }
}
