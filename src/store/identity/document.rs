use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};

use super::{Affected, near, node, person, redirect, settle::settle};
use crate::{
    domain::{Contributor, Dossier, Institution, Kind},
    resolve::{Method, Resolution},
    store::{StoreError, id::id_of, record},
    text::fold_key,
};

/// What a document ties, at one moment.
#[derive(Debug, Default)]
pub(in crate::store) struct Tied {
    people: BTreeSet<String>,
    institutions: BTreeSet<String>,
    /// Tokens of facts, with the node of whom they are printed.
    facts: BTreeSet<(String, String)>,
    /// Nodes of institutions, with those of the names they claim.
    claims: BTreeSet<(String, String)>,
    /// Completing institutions, each on its own.
    completing: BTreeSet<String>,
    /// Nodes by the name printed in a row; `None` where two rows print it.
    printed: BTreeMap<(Kind, String), Option<String>>,
}

impl Tied {
    /// Gathers what a document ties now.
    pub(in crate::store) fn of(tx: &Transaction<'_>, document: &str) -> Result<Tied, StoreError> {
        let mut tied = Tied::default();
        let mut query = tx.prepare_cached(
            "SELECT contributor, person_id, person_node, institution_node, employer_node FROM contribution
             WHERE document_id = ?1",
        )?;
        let mut rows = query.query([document])?;
        while let Some(row) = rows.next()? {
            let contributor: Contributor = record::json(row, 0)?;
            let (entity, person): (String, String) = (row.get(1)?, row.get(2)?);
            let places: [Option<String>; 2] = [row.get(3)?, row.get(4)?];
            tied.institutions.extend(places.into_iter().flatten());
            tied.print(Kind::Person, &contributor.name, &person, &entity);
            tied.people.insert(person);
        }
        let mut query = tx.prepare_cached(
            "SELECT institution, institution_id, institution_node FROM completing_institution
             WHERE document_id = ?1",
        )?;
        let mut rows = query.query([document])?;
        while let Some(row) = rows.next()? {
            let institution: Institution = record::json(row, 0)?;
            let (entity, node): (String, String) = (row.get(1)?, row.get(2)?);
            tied.print(Kind::Institution, &institution.name, &node, &entity);
            tied.completing.insert(node.clone());
            tied.institutions.insert(node);
        }
        tied.facts = pairs(tx, "SELECT token, node_id FROM identity_fact WHERE document_id = ?1", document)?;
        let sql = "SELECT institution_node, alias_node FROM institution_alias WHERE document_id = ?1";
        tied.claims = pairs(tx, sql, document)?;
        Ok(tied)
    }

    /// Rows that were written before there were nodes are known by their entity.
    fn print(&mut self, kind: Kind, name: &str, node: &str, entity: &str) {
        let node = if node.is_empty() { entity } else { node };
        self.printed
            .entry((kind, fold_key(name)))
            .and_modify(|known| {
                if known.as_deref() != Some(node) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(node.to_owned()));
    }

    fn nodes(&self) -> BTreeSet<String> {
        &self.people | &self.institutions
    }
}

fn pairs(tx: &Transaction<'_>, sql: &str, document: &str) -> Result<BTreeSet<(String, String)>, StoreError> {
    let mut query = tx.prepare_cached(sql)?;
    let found = query.query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Writes what may make the contributors of a document one with those of others, and the names that are
/// almost theirs.
pub(in crate::store) fn write(
    tx: &Transaction<'_>,
    dossier: &Dossier,
    resolution: &Resolution,
) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT OR REPLACE INTO identity_fact
             (token, node_id, document_id, field, method, score, printed, institution_node)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for fact in &resolution.facts {
        let institution =
            (fact.method == Method::SameNameAndInstitution).then(|| id_of(Kind::Institution, &fact.thing));
        let thing = institution.as_deref().unwrap_or(&fact.thing);
        insert.execute(params![
            person::token(&fact.name_key, fact.method, thing),
            id_of(Kind::Person, &fact.person),
            dossier.id,
            fact.field,
            fact.method.name(),
            fact.score,
            fact.printed,
            institution,
        ])?;
    }
    let project = fold_key(dossier.title.as_deref().unwrap_or_default());
    for (row, links) in dossier.contributors.iter().zip(&resolution.contributors) {
        let Some(person) = &links.person else { continue };
        let institution = links.institution.as_ref().map(|link| id_of(Kind::Institution, &link.key));
        let node = id_of(Kind::Person, &person.key);
        near::write(tx, &dossier.id, &node, &fold_key(&row.name), institution.as_deref(), &project)?;
    }
    let mut insert = tx.prepare_cached(
        "INSERT INTO suggestion (kind, node_id, other_name, method, score, document_id, field)
         VALUES ('person', ?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for near in &resolution.near {
        let Some(person) = &resolution.contributors[near.contributor].person else { continue };
        let node = id_of(Kind::Person, &person.key);
        insert.execute(params![
            node,
            near.name,
            Method::NearName.name(),
            near.score,
            dossier.id,
            near.field
        ])?;
    }
    Ok(())
}

/// Follows a document that ties other nodes now, or the same for other reasons.
pub(in crate::store) fn follow(
    tx: &Transaction<'_>,
    document: &str,
    before: &Tied,
    after: &Tied,
) -> Result<Affected, StoreError> {
    count(tx, &before.nodes(), &after.nodes())?;
    let institutions = restless_institutions(tx, before, after)?;
    let affected = settle(tx, &institutions, &restless_people(tx, document, before, after)?)?;
    near::renew(tx, &(&before.people | &after.people))?;
    for ((kind, name), node) in &before.printed {
        let (Some(old), Some(Some(new))) = (node, after.printed.get(&(*kind, name.clone()))) else {
            continue;
        };
        // Read anew, a row may lead to another node: its address leads there too, where nobody else has it.
        if old != new
            && redirect::present(tx, old)?.is_none()
            && let Some(entity) = node::load(tx, new)?.map(|node| node.entity)
        {
            redirect::lead(tx, old, &entity)?;
        }
    }
    Ok(affected)
}

/// Counts in how many documents nodes are mentioned.
fn count(
    tx: &Transaction<'_>,
    before: &BTreeSet<String>,
    after: &BTreeSet<String>,
) -> Result<(), StoreError> {
    let mut add = tx.prepare_cached("UPDATE identity_node SET documents = documents + ?2 WHERE id = ?1")?;
    for (nodes, step) in [(after - before, 1), (before - after, -1)] {
        for node in &nodes {
            add.execute(params![node, step])?;
        }
    }
    Ok(())
}

/// People who came or went, or of whom something is or was printed that is printed of others too.
fn restless_people(
    tx: &Transaction<'_>,
    document: &str,
    before: &Tied,
    after: &Tied,
) -> Result<BTreeSet<String>, StoreError> {
    let mut restless = &before.people ^ &after.people;
    // What another document prints of a node as well changes nothing; nor does what is printed of nobody
    // else. The nodes of one institution have a token each, so that one of those is always looked at.
    let mut reaches = tx.prepare_cached(
        "SELECT NOT EXISTS (SELECT 1 FROM identity_fact
                 WHERE token = ?1 AND node_id = ?2 AND document_id <> ?3)
             AND (?4 OR EXISTS (SELECT 1 FROM identity_fact WHERE token = ?1 AND node_id <> ?2))",
    )?;
    for (token, node) in &before.facts ^ &after.facts {
        let of_institution = person::names_institution(&token);
        if !restless.contains(&node)
            && reaches.query_row(params![token, node, document, of_institution], |row| row.get(0))?
        {
            restless.insert(node);
        }
    }
    // Those of one name whom a document lists side by side must not be one; nor need they stay two.
    for tied in [before, after] {
        let twice = tied.printed.iter().filter(|((kind, _), node)| *kind == Kind::Person && node.is_none());
        let names: BTreeSet<&String> = twice.map(|((_, name), _)| name).collect();
        if names.is_empty() {
            continue;
        }
        for id in &tied.people {
            if node::load(tx, id)?.is_some_and(|node| names.contains(&fold_key(&node.name))) {
                restless.insert(id.clone());
            }
        }
    }
    Ok(restless)
}

/// Institutions that came or went, claim another name, or stand beside what they are one with, or were
/// kept apart from.
fn restless_institutions(
    tx: &Transaction<'_>,
    before: &Tied,
    after: &Tied,
) -> Result<BTreeSet<String>, StoreError> {
    let mut restless = &before.institutions ^ &after.institutions;
    let mut elsewhere = tx.prepare_cached(
        "SELECT count(*) > ?3 FROM (SELECT 1 FROM institution_alias
             WHERE alias_node = ?1 AND institution_node = ?2 LIMIT ?3 + 1)",
    )?;
    for claim in &before.claims ^ &after.claims {
        let own = i64::from(after.claims.contains(&claim));
        let (claimant, name) = claim;
        if !elsewhere.query_row(params![name, claimant, own], |row| row.get(0))? {
            restless.insert(claimant);
        }
    }
    let mut near = tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM suggestion WHERE node_id = ?1 AND other_node = ?2
             UNION ALL SELECT 1 FROM suggestion WHERE node_id = ?2 AND other_node = ?1)
             OR (SELECT count(DISTINCT entity_id) FROM identity_node WHERE id IN (?1, ?2)) = 1",
    )?;
    let completing: Vec<&String> = before.completing.union(&after.completing).collect();
    for (at, &one) in completing.iter().enumerate() {
        for &other in &completing[at + 1..] {
            if near.query_row([one, other], |row| row.get(0))? {
                restless.extend([one.clone(), other.clone()]);
            }
        }
    }
    Ok(restless)
}
