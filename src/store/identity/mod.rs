//! Which mentions of all documents are one entity?
//!
//! Answers from nodes and what they have in common. A **node** is what equal keys make one by themselves
//! (one name at one institution); its id is a hash of the key. A **bond** is something printed of several
//! nodes (a paper, a patent, another name) or a decision. Nodes that bonds tie together are one entity, whose
//! address is the id of one of them, chosen by what it is and never by when it came; so the same documents
//! and decisions give the same entities in whatever order they came, and what goes takes its bonds along.
//!
//! - Only nodes are looked at that a change can reach: by name and thing, by other name, by decision, each
//!   an indexed look-up, and the nodes they were one with before.
//! - An address that was given away leads on for ever: by its node, or by the table of redirects where the
//!   node is gone.
//!
//! Must not know how a key is made or a pair of names compared (that is `resolve`), nor how joins are shown.

mod company;
mod decision;
mod document;
mod institution;
mod near;
mod node;
mod person;
mod redirect;
mod settle;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use rusqlite::Transaction;

use super::{StoreError, change, entity};
use crate::domain::Kind;

pub(super) use decision::{decided, mentioned, stands_alone};
pub(super) use document::{Tied, follow, write};
pub(super) use node::{Tie, institution, person};
pub(super) use redirect::present;

/// What a change of identity reaches beside the document that brought it.
#[derive(Debug, Default)]
pub(super) struct Affected {
    /// Documents that name an entity which is another one now, or has another name.
    documents: BTreeSet<String>,
    /// Entities that were or are named there.
    pub(super) entities: BTreeSet<(Kind, String)>,
}

impl Affected {
    fn extend(&mut self, other: Affected) {
        self.documents.extend(other.documents);
        self.entities.extend(other.entities);
    }

    /// Deletes what nothing is tied to any more, and notes a change for every document that is reached,
    /// `but` the one that has a change of its own.
    pub(super) fn note(&self, tx: &Transaction<'_>, but: Option<&str>) -> Result<(), StoreError> {
        entity::remove_untied(tx, &self.entities)?;
        for id in self.documents.iter().filter(|id| Some(id.as_str()) != but) {
            let touched = &self.entities | &entity::tied_to(tx, id)?;
            change::note(tx, id, false, &touched)?;
        }
        Ok(())
    }
}
