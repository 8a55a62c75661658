use rusqlite::{Connection, Params, params};

use super::{DOSSIER_REF, dossier_ref, extent, json, optional_ref, strings};
use crate::{
    domain::{ClaimRef, Contribution, Contributor, EntityRef},
    store::StoreError,
    text::Span,
};

/// The order of contributions `b` of documents `d`: by dossier, then as it ranks its contributors.
pub(in crate::store) const BY_RANK: &str = "d.title_key, d.id, b.rank IS NULL, b.rank, b.position";

/// The contributions `b` for which `condition` holds, in the order of [`BY_RANK`].
pub(in crate::store) fn contributions(
    db: &Connection,
    condition: &str,
    parameters: impl Params,
) -> Result<Vec<Contribution>, StoreError> {
    contributions_within(db, condition, "", parameters)
}

/// As [`contributions`], and only those within `limit`.
pub(in crate::store) fn contributions_within(
    db: &Connection,
    condition: &str,
    limit: &str,
    parameters: impl Params,
) -> Result<Vec<Contribution>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {DOSSIER_REF}, b.id, p.id, p.name, i.id, i.name, b.contributor
         FROM contribution b JOIN document d ON d.id = b.document_id JOIN person p ON p.id = b.person_id
         LEFT JOIN institution i ON i.id = b.institution_id
         WHERE {condition} ORDER BY {BY_RANK} {limit}"
    ))?;
    let mut rows = query.query(parameters)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let contributor: Contributor = json(row, 8)?;
        let contribution = Contribution {
            id: row.get(3)?,
            person: EntityRef { id: row.get(4)?, name: row.get(5)? },
            rank: contributor.rank,
            dossier: dossier_ref(row)?,
            institution: optional_ref(row, 6)?,
            titles: contributor.titles,
            post: contributor.post,
            claims: Vec::new(),
            text: contributor.contribution.unwrap_or_default(),
            span: extent(&contributor.provenance, "contribution"),
            evidence: contributor.evidence,
            roles: Vec::new(),
            papers: Vec::new(),
            ip: Vec::new(),
        };
        found.push(contribution);
    }
    for contribution in &mut found {
        let (person, document) = (contribution.person.id.as_str(), contribution.dossier.id.as_str());
        contribution.claims = credited_claims(db, &contribution.id, document)?;
        contribution.roles = strings(
            db,
            "SELECT role FROM contribution_role WHERE contribution_id = ?1 AND source = 'work' ORDER BY role",
            [&contribution.id],
        )?;
        contribution.papers = strings(
            db,
            "SELECT a.id FROM paper_person x JOIN paper a ON a.id = x.paper_id
             WHERE x.person_id = ?1 AND a.document_id = ?2 ORDER BY a.position",
            params![person, document],
        )?;
        contribution.ip = strings(
            db,
            "SELECT r.id FROM ip_person x JOIN ip r ON r.id = x.ip_id
             WHERE x.person_id = ?1 AND r.document_id = ?2 ORDER BY r.position",
            params![person, document],
        )?;
    }
    Ok(found)
}

/// The claims credited by a contribution; a number that two claims bear has the heading of the first.
fn credited_claims(db: &Connection, contribution: &str, document: &str) -> Result<Vec<ClaimRef>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT k.number, ifnull((SELECT c.name FROM claim c WHERE c.document_id = ?2
             AND c.number = k.number ORDER BY c.position LIMIT 1), ''),
             k.sentence, k.span_start, k.span_end
         FROM contribution_claim k WHERE k.contribution_id = ?1 ORDER BY k.number",
    )?;
    let claims = query.query_map([contribution, document], |row| {
        let bound = |at: usize| {
            Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(at)?.and_then(|at| at.try_into().ok()))
        };
        let span = match (bound(3)?, bound(4)?) {
            (Some(start), Some(end)) if start <= end => Some(Span::new(start, end)),
            _ => None,
        };
        Ok(ClaimRef { number: row.get(0)?, heading: row.get(1)?, text: row.get(2)?, span })
    })?;
    Ok(claims.collect::<Result<_, _>>()?)
}
