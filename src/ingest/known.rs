use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    domain::Facet,
    index::{DossierFacts, topics},
    store::{Change, DossierColumns, Store, StoreError},
};

/// How much of a kind is remembered: as many dossiers, and as many labels.
const REMEMBERED: usize = 100_000;

/// What is looked up for the index again and again: an institution is met with all its dossiers whenever one of
/// them changes, and a label with every record that bears its value.
#[derive(Default)]
pub(super) struct Known {
    dossiers: Mutex<Dossiers>,
    /// By what was printed. A label that was noted once never changes.
    labels: Mutex<HashMap<Facet, HashMap<String, String>>>,
}

#[derive(Default)]
struct Dossiers {
    /// The number of the last change that they follow.
    seq: u64,
    facts: HashMap<String, Arc<DossierFacts>>,
}

impl Known {
    /// Forgets what these changes, the next ones of the log, have changed; everything where some were missed.
    pub(super) fn follow(&self, changes: &[Change]) {
        let mut dossiers = self.dossiers.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return };
        if first.seq == dossiers.seq + 1 {
            for change in changes {
                dossiers.facts.remove(&change.document_id);
            }
        } else {
            dossiers.facts.clear();
        }
        dossiers.seq = last.seq;
    }

    /// What entities take from dossiers, by their addresses; each once, and none that is gone.
    pub(super) fn facts<'i>(
        &self,
        ids: impl Iterator<Item = &'i str>,
        store: &Store,
    ) -> Result<Vec<Arc<DossierFacts>>, StoreError> {
        let mut ids: Vec<&str> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        let mut dossiers = self.dossiers.lock().unwrap_or_else(PoisonError::into_inner);
        if dossiers.facts.len() >= REMEMBERED {
            dossiers.facts.clear();
        }
        let mut facts = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(known) = dossiers.facts.get(id) {
                facts.push(Arc::clone(known));
            } else if let Some(found) = facts_of(id, store)? {
                let found = Arc::new(found);
                dossiers.facts.insert(id.to_owned(), Arc::clone(&found));
                facts.push(found);
            }
        }
        Ok(facts)
    }

    /// The label under which a value is shown.
    pub(super) fn label(&self, facet: Facet, value: &str, store: &Store) -> Result<String, StoreError> {
        let mut labels = self.labels.lock().unwrap_or_else(PoisonError::into_inner);
        let labels = labels.entry(facet).or_default();
        if let Some(label) = labels.get(value) {
            return Ok(label.clone());
        }
        let label = store.label(facet, value)?;
        if labels.len() >= REMEMBERED {
            labels.clear();
        }
        labels.insert(value.to_owned(), label.clone());
        Ok(label)
    }
}

fn facts_of(id: &str, store: &Store) -> Result<Option<DossierFacts>, StoreError> {
    let Some(columns) = store.dossier_columns(id)? else { return Ok(None) };
    let DossierColumns { kind, title, title_key, award, citations } = columns;
    let topics = topics(kind, &title, &store.claims_in(id)?);
    Ok(Some(DossierFacts { id: id.to_owned(), kind, title, title_key, award, topics, citations }))
}
