use once_cell::sync::OnceCell;
use tantivy::Searcher;

use super::{facets::Catalogue, suggest::Names};
use crate::index::Fields;

/// One state of the index, and what of it is laid out to be asked.
///
/// To lay out takes longer than to answer. Who asks once and goes has laid out what is asked alone, when it is asked;
/// where more is to come, a state is laid out before anybody sees it: as much of it as of the one before.
pub(super) struct State {
    pub(super) searcher: Searcher,
    catalogue: OnceCell<Catalogue>,
    names: OnceCell<Names>,
}

impl State {
    pub(super) fn new(searcher: Searcher) -> Self {
        Self { searcher, catalogue: OnceCell::new(), names: OnceCell::new() }
    }

    /// The state that comes after this one, laid out as far as this one is; segments of both are not laid out again.
    pub(super) fn followed_by(&self, searcher: Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let next = Self::new(searcher);
        if let Some(last) = self.catalogue.get() {
            next.catalogue.get_or_try_init(|| Catalogue::of(&next.searcher, Some(last)))?;
        }
        if let Some(last) = self.names.get() {
            next.names
                .get_or_try_init(|| Names::of(&next.searcher, fields, next.catalogue()?, Some(last)))?;
        }
        Ok(next)
    }

    /// The values of all facets.
    pub(super) fn catalogue(&self) -> tantivy::Result<&Catalogue> {
        self.catalogue.get_or_try_init(|| Catalogue::of(&self.searcher, None))
    }

    /// The names that are suggested.
    pub(super) fn names(&self, fields: &Fields) -> tantivy::Result<&Names> {
        self.names.get_or_try_init(|| Names::of(&self.searcher, fields, self.catalogue()?, None))
    }

    /// Tells whether nobody has to wait for anything to be laid out.
    #[cfg(test)]
    pub(super) fn is_laid_out(&self) -> bool {
        self.catalogue.get().is_some() && self.names.get().is_some()
    }
}
