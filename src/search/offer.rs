use std::collections::HashSet;

use super::{
    SearchError, SearchRequest, look::Look, name_forms::NameForms, near_han::near_han,
    near_latin::near_latin, plan::Plan, sought::Sought, strictness::Strictness, text_query::anywhere,
};
use crate::{
    domain::Kind,
    query::Query,
    text::{fold_key, is_han},
};

/// More unknown words than these are not looked at, nor more offers tried for one.
const MAX_WORDS: usize = 4;
const MAX_OFFERS: usize = 5;

impl Look<'_> {
    /// The query with one word, or every unknown one, replaced by a near one that is known, where the whole
    /// then finds something under the same filters. Only a word that stands nowhere is taken for a slip.
    pub(super) fn offer(&self, request: &SearchRequest) -> Result<Option<String>, SearchError> {
        let (q, kind) = (request.q.as_str(), request.kind);
        let mut seen = HashSet::new();
        let (mut unknown, mut all) = (0, q.to_owned());
        for word in self.plan.typed_words().filter(|word| q.contains(word) && seen.insert(*word)) {
            if unknown == MAX_WORDS {
                break;
            }
            if self.is_known(word)? {
                continue;
            }
            unknown += 1;
            let near = self.near(word)?;
            for near in near.iter().take(MAX_OFFERS) {
                let offered = q.replacen(word, near, 1);
                if self.finds(&offered, kind)? {
                    return Ok(Some(offered));
                }
            }
            if let Some(nearest) = near.first() {
                all = all.replacen(word, nearest, 1);
            }
        }
        let several = unknown > 1 && all != q && self.finds(&all, kind)?;
        Ok(several.then_some(all))
    }

    fn near(&self, word: &str) -> Result<Vec<String>, SearchError> {
        let key = fold_key(word);
        Ok(match key.chars().all(is_han) {
            true => near_han(&key, self.catalogue),
            false => near_latin(&key, self.engine.searcher(), self.fields)?,
        })
    }

    /// Tells whether a word stands anywhere, in records of whatever kind.
    fn is_known(&self, word: &str) -> Result<bool, SearchError> {
        // The fields for recall are those of all kinds.
        let family = self.fields.family(Kind::Dossier);
        let Some(query) = anywhere(&Sought::only(word), &family) else { return Ok(true) };
        for number in 0..self.engine.segments().len() {
            let mut found = self.engine.matches(&query, number, None)?;
            found.and(self.engine.alive(number));
            if !found.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Tells whether something of the kind holds every word of a query.
    fn finds(&self, q: &str, kind: Kind) -> Result<bool, SearchError> {
        let query = Query::parse(q);
        let plan = Plan::new(&query, false, &NameForms::default());
        for strictness in [Strictness::All, Strictness::EveryUnit] {
            if self.count(&plan, kind, strictness, &self.filters)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
