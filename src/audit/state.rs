use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    Outcome, Severity,
    holdings::{Held, Holdings},
};

/// Where more than one of so many have changed, all are asked again.
const MANY: usize = 8;

/// A finding without what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) outcome: Outcome,
    pub(super) severity: Severity,
    /// Index among the rules.
    pub(super) rule: u16,
    /// Place among the holdings.
    pub(super) dossier: u32,
    /// Which of the rule's findings in the dossier.
    pub(super) nth: u16,
}

/// What is remembered of one state of the record.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The number of the last change taken in.
    seq: u64,
    holdings: Holdings,
    /// Dossiers that are to be asked again, since the change that called for it.
    pending: BTreeMap<String, u64>,
    by_dossier: HashMap<String, Vec<Mark>>,
    /// All marks in their order.
    sorted: Vec<Mark>,
}

impl State {
    pub(super) fn seq(&self) -> u64 {
        self.seq
    }

    pub(super) fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    pub(super) fn marks(&self) -> &[Mark] {
        &self.sorted
    }

    pub(super) fn is_settled(&self) -> bool {
        self.pending.is_empty()
    }

    pub(super) fn pending(&self) -> Vec<(String, u64)> {
        self.pending.iter().map(|(id, seq)| (id.clone(), *seq)).collect()
    }

    /// Takes changed dossiers in, `None` for those that are gone; whoever shares something with them, before
    /// or after, is to be asked again.
    pub(super) fn take_in(&mut self, changed: Vec<(String, Option<Held>)>, seq: u64) {
        let ids: Vec<String> = changed.iter().map(|(id, _)| id.clone()).collect();
        // Where many have changed, to ask all costs less than to find out whom.
        let few = ids.len() * MANY < self.holdings.len();
        let mut touched = if few { self.near(&ids) } else { HashSet::new() };
        for (id, held) in changed {
            match held {
                Some(held) => self.holdings.put(held),
                None => {
                    self.holdings.remove(&id);
                }
            }
        }
        touched.extend(if few { self.near(&ids) } else { self.holdings.ids().map(str::to_owned).collect() });
        touched.extend(ids);
        self.pending.extend(touched.into_iter().map(|id| (id, seq)));
        self.seq = seq;
    }

    /// Those that share something with dossiers as they are held now.
    fn near(&self, ids: &[String]) -> HashSet<String> {
        let held = ids.iter().filter_map(|id| self.holdings.get(id));
        held.flat_map(|held| self.holdings.neighbours(held)).collect()
    }

    /// Remembers what was found in pending dossiers, those that have changed meanwhile left out.
    pub(super) fn settle(&mut self, asked: Vec<(String, u64, Vec<Mark>)>) {
        for (id, seq, marks) in asked {
            if self.pending.get(&id) != Some(&seq) {
                continue;
            }
            self.pending.remove(&id);
            if marks.is_empty() {
                self.by_dossier.remove(&id);
            } else {
                self.by_dossier.insert(id, marks);
            }
        }
        self.sorted = self.by_dossier.values().flatten().copied().collect();
        self.sorted.sort_unstable();
    }
}
