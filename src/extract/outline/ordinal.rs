use super::{Open, Walker};
use crate::{
    extract::{
        entry::Entry,
        lexicon::{Entity, Field},
        sentence::{counted, ordinal_heading},
        spaced::{gaps, has_gap},
    },
    text::Passage,
};

/// Lines that only count a record.
impl Walker {
    /// `第二完成人`, `知识产权1`: opens the record that the following lines fill.
    pub(super) fn ordinal_heading(&mut self, text: &Passage) -> bool {
        let counted = || {
            Some((self.current, counted(text).filter(|_| self.name_field().is_some() || self.is_listing())?))
        };
        // `第1完成人　　第2完成人` above what is told of them.
        let several =
            || gaps(text).len() > 1 && gaps(text).iter().all(|cell| ordinal_heading(cell).is_some());
        if text.text().trim_start().starts_with(['第', '完']) && has_gap(text.text()) && several() {
            return true;
        }
        let Some((entity, number)) = ordinal_heading(text).or_else(counted) else { return false };
        self.finish_item();
        let mut entry = Entry::default();
        let counts = if matches!(entity, Entity::Contributor | Entity::Institution) {
            Field::Rank
        } else {
            Field::Number
        };
        entry.add(counts, &number);
        self.list(entity).push(entry);
        (self.open, self.current, self.columns) = (Open::Nothing, entity, None);
        true
    }
}
