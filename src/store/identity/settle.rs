use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, Transaction, params};

use super::{
    Affected,
    company::{Company, Ties, gather},
    institution::{self, InstitutionTies},
    near,
    node::Node,
    person::{self, PersonTies},
    redirect,
};
use crate::{
    domain::Kind,
    resolve::{Bond, Claimed, Question, cluster},
    store::StoreError,
};

/// How sure a claim is that another institution makes too.
const CLAIMED_BY_TWO: f64 = 0.5;
/// How sure one is that rests on a name which many places have.
const LOCAL_NAME: f64 = 0.4;

/// What became of nodes.
#[derive(Debug, Default)]
struct Settled {
    affected: Affected,
    /// Nodes that are another entity now.
    moved: BTreeSet<String>,
}

/// Makes one what is one and two what is two, as far as a change of these nodes reaches; institutions
/// first, as people are told apart by them.
pub(super) fn settle(
    tx: &Transaction<'_>,
    institutions: &BTreeSet<String>,
    people: &BTreeSet<String>,
) -> Result<Affected, StoreError> {
    let places = settle_kind(tx, Kind::Institution, institutions, InstitutionTies::default)?;
    let mut reached = BTreeSet::new();
    for node in &places.moved {
        reached.extend(institution::people(tx, node)?);
    }
    let mut affected = places.affected;
    affected.extend(settle_kind(tx, Kind::Person, &(people | &reached), PersonTies::default)?.affected);
    near::renew(tx, &reached)?;
    Ok(affected)
}

fn settle_kind<T: Ties>(
    tx: &Transaction<'_>,
    kind: Kind,
    start: &BTreeSet<String>,
    ties: impl Fn() -> T,
) -> Result<Settled, StoreError> {
    let mut settled = Settled::default();
    let mut left = start.clone();
    while let Some(first) = left.pop_first() {
        let company = gather(tx, &[first].into(), &mut ties())?;
        for node in company.nodes.iter().chain(&company.gone) {
            left.remove(&node.id);
        }
        settle_company(tx, kind, &company, &mut settled)?;
    }
    Ok(settled)
}

fn settle_company(
    tx: &Transaction<'_>,
    kind: Kind,
    company: &Company,
    settled: &mut Settled,
) -> Result<(), StoreError> {
    let question = question(tx, kind, company)?;
    let answer = cluster(&question);
    forget(tx, company)?;
    let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, &one_with) in answer.one_with.iter().enumerate() {
        clusters.entry(one_with).or_default().push(at);
    }
    let mut now: BTreeMap<&str, &str> = BTreeMap::new();
    for members in clusters.values() {
        let survivor = survivor(company, members);
        let name = given_name(tx, company, members)?.unwrap_or_else(|| survivor.name.clone());
        let changed = match kind {
            Kind::Institution => institution::write(tx, survivor, &name)?,
            _ => person::write(tx, survivor, &name)?,
        };
        for &at in members {
            let node = &company.nodes[at];
            now.insert(&node.id, &survivor.id);
            let moves = node.entity != survivor.id;
            if moves {
                give(tx, kind, node, &survivor.id)?;
                settled.moved.insert(node.id.clone());
                settled.affected.entities.insert((kind, node.entity.clone()));
            }
            if moves || changed {
                settled.affected.entities.insert((kind, survivor.id.clone()));
                settled.affected.documents.extend(documents(tx, kind, &node.id)?);
            }
        }
        keep_bonds(tx, kind, company, members, &survivor.id)?;
    }
    suggest(tx, kind, company, &question, &answer.refused)?;
    for gone in &company.gone {
        // An address that was given away leads on to those that were one with it.
        let heir =
            company.nodes.iter().find(|node| node.entity == gone.entity).map(|node| now[node.id.as_str()]);
        if let Some(heir) = heir.filter(|heir| *heir != gone.id) {
            redirect::lead(tx, &gone.id, heir)?;
        }
        settled.moved.insert(gone.id.clone());
        settled.affected.entities.insert((kind, gone.entity.clone()));
        tx.prepare_cached("DELETE FROM identity_node WHERE id = ?1")?.execute([&gone.id])?;
    }
    Ok(())
}

fn question(tx: &Transaction<'_>, kind: Kind, company: &Company) -> Result<Question, StoreError> {
    let number: BTreeMap<&str, usize> =
        company.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
    // Of several decisions about one pair, the last one holds.
    let mut decided: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for decision in company.decisions.values() {
        let [own, others] = &decision.sides;
        for one in own.iter().filter_map(|id| number.get(id.as_str())) {
            for other in others.iter().filter_map(|id| number.get(id.as_str())) {
                decided.insert((*one.min(other), *one.max(other)), decision.is_merge);
            }
        }
    }
    let pairs =
        |merge| decided.iter().filter(move |(_, is_merge)| **is_merge == merge).map(|(pair, _)| *pair);
    Ok(Question {
        mentions: company.nodes.len(),
        decided_one: pairs(true).collect(),
        decided_two: pairs(false).collect(),
        side_by_side: side_by_side(tx, kind, company)?,
        bonds: company.bonds.iter().map(|common| common.bond.clone()).collect(),
    })
}

fn side_by_side(
    tx: &Transaction<'_>,
    kind: Kind,
    company: &Company,
) -> Result<BTreeSet<(usize, usize)>, StoreError> {
    let nodes = &company.nodes;
    let mut pairs = BTreeSet::new();
    if nodes.len() < 2 {
        return Ok(pairs);
    }
    let listed = match kind {
        Kind::Institution => Vec::new(),
        _ => nodes.iter().map(|node| person::documents(tx, &node.id)).collect::<Result<Vec<_>, _>>()?,
    };
    for one in 0..nodes.len() {
        for other in one + 1..nodes.len() {
            let apart = match kind {
                Kind::Institution => institution::side_by_side(tx, &nodes[one].id, &nodes[other].id)?,
                _ => !listed[one].is_disjoint(&listed[other]),
            };
            if apart {
                pairs.insert((one, other));
            }
        }
    }
    Ok(pairs)
}

/// The node whose address all have: what a decision merged the others into; else one that names itself
/// rather than being named by another, and has an institution; else the first by its key.
fn survivor<'c>(company: &'c Company, members: &[usize]) -> &'c Node {
    let borne: BTreeSet<usize> = company
        .bonds
        .iter()
        .filter(|common| common.bond.members.iter().any(|one| members.contains(one)))
        .filter_map(|common| match common.bond.claimed {
            Some(Claimed::Of(own)) => Some(own),
            _ => None,
        })
        .collect();
    let within = |side: &BTreeSet<String>, at: usize| side.contains(&company.nodes[at].id);
    let chosen = company
        .decisions
        .values()
        .rev()
        .filter(|decision| decision.is_merge)
        .find(|decision| decision.sides.iter().all(|side| members.iter().any(|&at| within(side, at))));
    let into = |at: usize| chosen.is_some_and(|decision| within(&decision.sides[1], at));
    let rank = |&&at: &&usize| {
        let node = &company.nodes[at];
        (!into(at), borne.contains(&at), node.institution.is_none(), at)
    };
    &company.nodes[members.iter().min_by_key(rank).copied().unwrap_or_default()]
}

/// The name that a decision gave to one of the nodes; the last one given holds.
fn given_name(
    tx: &Transaction<'_>,
    company: &Company,
    members: &[usize],
) -> Result<Option<String>, StoreError> {
    let mut query = tx.prepare_cached(
        "SELECT d.id, d.detail ->> 'name' FROM identity_decision x JOIN decision d ON d.id = x.decision_id
         WHERE x.node_id = ?1 AND d.action = 'rename' AND d.undone_at IS NULL ORDER BY d.id DESC LIMIT 1",
    )?;
    let mut last: Option<(i64, String)> = None;
    for &at in members {
        let given =
            query.query_row([&company.nodes[at].id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        last = last.max(given);
    }
    Ok(last.map(|(_, name)| name))
}

fn give(tx: &Transaction<'_>, kind: Kind, node: &Node, entity: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE identity_node SET entity_id = ?2 WHERE id = ?1")?
        .execute([&node.id, entity])?;
    match kind {
        Kind::Institution => institution::give(tx, &node.id, entity),
        _ => person::give(tx, &node.id, entity),
    }
}

fn documents(tx: &Transaction<'_>, kind: Kind, node: &str) -> Result<BTreeSet<String>, StoreError> {
    match kind {
        Kind::Institution => institution::documents(tx, node),
        _ => person::documents(tx, node),
    }
}

/// Forgets what was found of these nodes before.
fn forget(tx: &Transaction<'_>, company: &Company) -> Result<(), StoreError> {
    let mut bonds = tx.prepare_cached("DELETE FROM identity_bond WHERE entity_id = ?1 OR entity_id = ?2")?;
    let mut suggestions = tx.prepare_cached(
        "DELETE FROM suggestion WHERE (node_id = ?1 OR other_node = ?1) AND document_id IS NULL
             AND method <> 'near-name'",
    )?;
    for node in company.nodes.iter().chain(&company.gone) {
        bonds.execute([&node.entity, &node.id])?;
        suggestions.execute([&node.id])?;
    }
    Ok(())
}

/// Keeps why several nodes are one.
fn keep_bonds(
    tx: &Transaction<'_>,
    kind: Kind,
    company: &Company,
    members: &[usize],
    entity: &str,
) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO identity_bond (entity_id, kind, method, token) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let is_in = |at: &usize| members.contains(at);
    for common in &company.bonds {
        let Bond { members: having, claimed, .. } = &common.bond;
        let own = match claimed {
            Some(Claimed::Of(own)) => Some(own),
            _ => None,
        };
        let holds = match claimed {
            None => having.iter().filter(|at| is_in(at)).count() > 1,
            Some(Claimed::Of(_)) => own.is_some_and(is_in) && having.iter().any(is_in),
            Some(Claimed::OfNone | Claimed::Local(_)) => false,
        };
        if holds {
            insert.execute([entity, kind.name(), common.method.name(), &common.token])?;
        }
    }
    for (id, decision) in &company.decisions {
        let mut sides = decision.sides.iter();
        let both = sides.all(|side| members.iter().any(|&at| side.contains(&company.nodes[at].id)));
        if decision.is_merge && both {
            insert.execute(params![entity, kind.name(), "decision", id.to_string()])?;
        }
    }
    Ok(())
}

/// Keeps what has something in common and was not made one for it, the surest reason of each pair.
fn suggest(
    tx: &Transaction<'_>,
    kind: Kind,
    company: &Company,
    question: &Question,
    refused: &[(usize, usize, usize)],
) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO suggestion (kind, node_id, other_node, other_name, method, score, token)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut seen = BTreeSet::new();
    for &(bond, one, other) in refused {
        let known_two = question.decided_two.contains(&(one, other))
            || (kind == Kind::Person && question.side_by_side.contains(&(one, other)));
        if known_two || !seen.insert((one, other)) {
            continue;
        }
        let common = &company.bonds[bond];
        let score = match common.bond.claimed {
            Some(Claimed::Local(_)) => LOCAL_NAME,
            _ => CLAIMED_BY_TWO,
        };
        let (one, other) = (&company.nodes[one], &company.nodes[other]);
        let method = common.method.name();
        insert.execute(params![kind.name(), one.id, other.id, other.name, method, score, common.token])?;
    }
    Ok(())
}
