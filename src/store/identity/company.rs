use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Transaction;

use super::node::{self, Node};
use crate::{
    resolve::{Bond, Claimed, Method},
    store::StoreError,
};

/// The nodes that a change can reach, with all that may make them one.
#[derive(Debug, Default)]
pub(super) struct Company {
    /// Those that documents mention, in the order of their keys.
    pub(super) nodes: Vec<Node>,
    /// Those that no document mentions any more.
    pub(super) gone: Vec<Node>,
    /// What several nodes have in common, the surest first.
    pub(super) bonds: Vec<Common>,
    /// Decisions about them that hold.
    pub(super) decisions: BTreeMap<i64, Decided>,
}

/// Something that several nodes have in common.
#[derive(Debug, Clone)]
pub(super) struct Common {
    pub(super) method: Method,
    pub(super) token: String,
    pub(super) bond: Bond,
}

/// A decision that two records are one or two; which nodes it is about, on both sides.
#[derive(Debug, Clone, Default)]
pub(super) struct Decided {
    pub(super) is_merge: bool,
    pub(super) sides: [BTreeSet<String>; 2],
}

/// What the nodes of one kind have in common.
pub(super) trait Ties {
    /// Names the things of a node that others may have too, and lists everybody who has them.
    fn things(&mut self, tx: &Transaction<'_>, node: &Node) -> Result<Vec<Thing>, StoreError>;
}

/// Something that a node has, and the nodes that have it.
pub(super) struct Thing {
    pub(super) method: Method,
    pub(super) token: String,
    pub(super) members: Vec<String>,
    pub(super) firm: bool,
    pub(super) claimed: Option<Claim>,
}

/// A name that the members of a [`Thing`] claim.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    /// The node of the name.
    pub(super) of: String,
    /// Many places have this name.
    pub(super) local: bool,
}

/// Gathers everything that can be reached from some nodes.
pub(super) fn gather(
    tx: &Transaction<'_>,
    start: &BTreeSet<String>,
    ties: &mut impl Ties,
) -> Result<Company, StoreError> {
    let mut company = Company::default();
    let (mut queue, mut seen): (Vec<String>, BTreeSet<String>) = Default::default();
    let mut things: BTreeMap<(Method, String), Thing> = BTreeMap::new();
    queue.extend(start.iter().cloned());
    while let Some(id) = queue.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let Some(found) = node::load(tx, &id)? else { continue };
        queue.extend(node::of_entity(tx, &found.entity)?);
        if found.documents == 0 {
            company.gone.push(found);
            continue;
        }
        decisions(tx, &id, &mut company.decisions)?;
        queue.extend(company.decisions.values().flat_map(|one| one.sides.iter().flatten()).cloned());
        for thing in ties.things(tx, &found)? {
            queue.extend(thing.members.iter().chain(thing.claimed.iter().map(|claim| &claim.of)).cloned());
            things.insert((thing.method, thing.token.clone()), thing);
        }
        company.nodes.push(found);
    }
    company.nodes.sort_by(|a, b| a.key.cmp(&b.key));
    let number: BTreeMap<&str, usize> =
        company.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
    company.bonds = things.into_values().filter_map(|thing| common(&number, thing)).collect();
    Ok(company)
}

fn common(number: &BTreeMap<&str, usize>, thing: Thing) -> Option<Common> {
    let mut members: Vec<usize> =
        thing.members.iter().filter_map(|id| number.get(id.as_str()).copied()).collect();
    members.sort_unstable();
    members.dedup();
    let claimed = thing.claimed.map(|claim| match number.get(claim.of.as_str()) {
        Some(&own) if claim.local => Claimed::Local(own),
        Some(&own) => Claimed::Of(own),
        None => Claimed::OfNone,
    });
    let ties = members.len() + usize::from(!matches!(claimed, None | Some(Claimed::OfNone))) > 1;
    let bond = Bond { members, firm: thing.firm, claimed };
    ties.then_some(Common { method: thing.method, token: thing.token, bond })
}

fn decisions(tx: &Transaction<'_>, node: &str, known: &mut BTreeMap<i64, Decided>) -> Result<(), StoreError> {
    let mut about = tx.prepare_cached(
        "SELECT DISTINCT d.id, d.action = 'merge' FROM identity_decision x JOIN decision d ON d.id = x.decision_id
         WHERE x.node_id = ?1 AND x.document_id IS NULL AND d.undone_at IS NULL
             AND d.action IN ('merge', 'split')",
    )?;
    let mut sides =
        tx.prepare_cached("SELECT side, node_id FROM identity_decision WHERE decision_id = ?1")?;
    let found = about.query_map([node], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (id, is_merge) in found.collect::<Result<Vec<(i64, bool)>, _>>()? {
        if known.contains_key(&id) {
            continue;
        }
        let mut decided = Decided { is_merge, ..Decided::default() };
        let mut rows = sides.query([id])?;
        while let Some(row) = rows.next()? {
            let is_other: bool = row.get(0)?;
            decided.sides[usize::from(is_other)].insert(row.get(1)?);
        }
        known.insert(id, decided);
    }
    Ok(())
}
