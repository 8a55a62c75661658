use super::lexicon::Field;
use crate::text::Passage;

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

    /// Sets the field, or appends the rest of a value that was cut.
    pub(super) fn add(&mut self, field: Field, value: &Passage) {
        match self.fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, passage)) => passage.append_wrapped(value),
            None => self.fields.push((field, value.clone())),
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
