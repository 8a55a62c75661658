use rusqlite::{Connection, params, params_from_iter};

use super::{
    JoinFilter,
    evidence::{mentions, places},
};
use crate::{
    domain::{EntityRef, IdentitySuggestion, Kind, SuggestedRecord},
    store::{Page, StoreError, condition::Condition, record},
};

/// Rows about two that are one, or that somebody decided are two, are no suggestions any more.
const ROWS: &str = "suggestion s JOIN identity_node a ON a.id = s.node_id
     LEFT JOIN identity_node b ON b.id = s.other_node
     WHERE (s.other_node IS NULL OR a.entity_id <> b.entity_id) AND NOT EXISTS (
         SELECT 1 FROM identity_decision x JOIN decision d ON d.id = x.decision_id
         JOIN identity_decision y ON y.decision_id = x.decision_id AND y.side <> x.side
         WHERE x.node_id = s.node_id AND y.node_id = s.other_node
             AND d.action = 'split' AND d.undone_at IS NULL)";

/// One suggestion for each two records, or record and name.
const EACH: &str = "GROUP BY s.kind, min(a.entity_id, ifnull(b.entity_id, a.entity_id)),
     max(a.entity_id, ifnull(b.entity_id, a.entity_id)), iif(s.other_node IS NULL, s.other_name, '')";

/// The suggestions that a filter asks for.
pub(in crate::store) fn suggested(
    db: &Connection,
    filter: &JoinFilter,
) -> Result<Page<IdentitySuggestion>, StoreError> {
    let mut condition = Condition::default();
    if let Some(kind) = filter.kind {
        condition.and("s.kind = ?", [kind.name().to_owned()]);
    }
    if let Some(id) = &filter.id {
        condition.and(
            "(s.node_id IN (SELECT id FROM identity_node WHERE entity_id = ?)
              OR s.other_node IN (SELECT id FROM identity_node WHERE entity_id = ?))",
            [id.clone(), id.clone()],
        );
    }
    if let Some(method) = &filter.method {
        condition.and("s.method = ?", [method.clone()]);
    }
    let sql = condition.sql();
    // Beside max(), the other columns are those of the row that has the most: of equally likely ones always
    // the same, whichever came first.
    let mut query = db.prepare_cached(&format!(
        "SELECT s.kind, a.entity_id, b.entity_id, s.other_name, s.method, s.score, s.token,
             s.node_id, s.other_node, s.document_id, s.field,
             max(printf('%.6f', s.score) || s.node_id || ifnull(s.other_node, s.document_id || s.field)) AS likeliest
         FROM {ROWS} AND {sql} {EACH} ORDER BY likeliest DESC, s.kind, a.entity_id, b.entity_id, s.other_name
         LIMIT ? OFFSET ?"
    ))?;
    let mut rows = query.query(params_from_iter(condition.values_within(filter.limit, filter.offset)))?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(0)?;
        let kind = if kind == Kind::Person.name() { Kind::Person } else { Kind::Institution };
        let (one, other): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        let other_name = match &other {
            Some(id) => name(db, id)?,
            None => row.get(3)?,
        };
        let mut suggestion = IdentitySuggestion {
            kind,
            record: EntityRef { name: name(db, &one)?, id: one },
            other: SuggestedRecord { id: other, name: other_name },
            method: row.get(4)?,
            score: row.get(5)?,
            ..IdentitySuggestion::default()
        };
        let nodes: (String, Option<String>) = (row.get(7)?, row.get(8)?);
        let printed: (Option<String>, Option<String>) = (row.get(9)?, row.get(10)?);
        if let (Some(document), Some(field)) = printed {
            let sql = format!("SELECT {}, ?2, ?3, NULL FROM document d WHERE d.id = ?1", record::DOSSIER_REF);
            suggestion.evidence = places(db, &sql, params![document, field, suggestion.other.name])?;
        }
        for node in [Some(nodes.0), nodes.1].into_iter().flatten() {
            suggestion.evidence.extend(mentions(db, &node, 2)?);
        }
        // The record that was asked for comes first.
        if filter.id.is_some()
            && suggestion.other.id == filter.id
            && let Some(id) = suggestion.other.id.take()
        {
            let asked = EntityRef { id, name: std::mem::take(&mut suggestion.other.name) };
            let EntityRef { id, name } = std::mem::replace(&mut suggestion.record, asked);
            suggestion.other = SuggestedRecord { id: Some(id), name };
        }
        items.push(suggestion);
    }
    let mut count =
        db.prepare_cached(&format!("SELECT count(*) FROM (SELECT 1 FROM {ROWS} AND {sql} {EACH})"))?;
    let total = count.query_row(params_from_iter(condition.values()), |row| record::number(row, 0))?;
    Ok(Page { total, items })
}

fn name(db: &Connection, entity: &str) -> Result<String, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT name FROM person WHERE id = ?1 UNION ALL SELECT name FROM institution WHERE id = ?1",
    )?;
    Ok(query.query_row([entity], |row| row.get(0))?)
}
