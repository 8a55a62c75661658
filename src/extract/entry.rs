use super::lexicon::Field;
use crate::text::{Passage, fold_key};

/// A record as it was printed: its fields before they are understood.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    fields: Vec<(Field, Passage)>,
    /// Put together from rows that a page break cut.
    pub(super) merged: bool,
    /// Its cells did not stand under their columns.
    pub(super) shifted: bool,
}

impl Entry {
    pub(super) fn get(&self, field: Field) -> Option<&Passage> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, passage)| passage)
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.get(field).is_some_and(|passage| !passage.is_blank())
    }

    /// Tells whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.iter().all(|(_, value)| value.is_blank())
    }

    /// Sets the field, or appends the rest of a value that was cut.
    pub(super) fn add(&mut self, field: Field, value: &Passage) {
        self.put(field, value.clone());
    }

    /// The same of a value that nobody else needs.
    pub(super) fn put(&mut self, field: Field, value: Passage) {
        match self.fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, passage)) => passage.append_wrapped(&value),
            None => self.fields.push((field, value)),
        }
    }

    /// Sets the field where nothing is known of it.
    pub(super) fn supply(&mut self, field: Field, value: &Passage) {
        if !self.has(field) && !value.is_blank() {
            self.replace(field, value.clone());
        }
    }

    pub(super) fn supply_all(&mut self, other: &Entry) {
        other.fields.iter().for_each(|(field, value)| self.supply(*field, value));
    }

    /// Tells whether no field of the other says anything else.
    pub(super) fn agrees(&self, other: &Entry) -> bool {
        other.fields.iter().all(|(field, value)| {
            let same = |own: &Passage| fold_key(own.text()) == fold_key(value.text());
            value.is_blank() || !self.has(*field) || self.get(*field).is_some_and(same)
        })
    }

    pub(super) fn replace(&mut self, field: Field, value: Passage) {
        match self.fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, passage)) => *passage = value,
            None => self.fields.push((field, value)),
        }
    }

    /// Appends a paragraph to the field.
    pub(super) fn add_paragraph(&mut self, field: Field, value: &Passage) {
        match self.fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, passage)) => passage.append("\n", value),
            None => self.fields.push((field, value.clone())),
        }
    }
}
