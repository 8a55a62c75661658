use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::{
    JoinFilter,
    evidence::{SHOWN, mentions, places, value},
};
use crate::{
    domain::{EntityRef, Join, JoinEvidence, Kind},
    resolve::Method,
    store::{Page, StoreError, condition::Condition, record},
};

/// A row of the view `joined`.
struct Row {
    entity: String,
    method: String,
    form: String,
    subject: String,
}

/// The joins that a filter asks for.
pub(in crate::store) fn held(db: &Connection, filter: &JoinFilter) -> Result<Page<Join>, StoreError> {
    let mut condition = Condition::default();
    if let Some(kind) = filter.kind {
        condition.and("j.kind = ?", [kind.name().to_owned()]);
    }
    if let Some(id) = &filter.id {
        condition.and("j.entity_id = ?", [id.clone()]);
    }
    if let Some(method) = &filter.method {
        condition.and("j.method = ?", [method.clone()]);
    }
    let sql = condition.sql();
    let mut query = db.prepare_cached(&format!(
        "SELECT j.kind, j.entity_id, j.method, j.form, j.subject,
             ifnull((SELECT name FROM person WHERE id = j.entity_id),
                 ifnull((SELECT name FROM institution WHERE id = j.entity_id), ''))
         FROM joined j WHERE {sql} ORDER BY j.kind, j.entity_id, j.form, j.method, j.subject LIMIT ? OFFSET ?"
    ))?;
    let mut rows = query.query(params_from_iter(condition.values_within(filter.limit, filter.offset)))?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(0)?;
        let kind = if kind == Kind::Person.name() { Kind::Person } else { Kind::Institution };
        let name: String = row.get(5)?;
        let row = Row { entity: row.get(1)?, method: row.get(2)?, form: row.get(3)?, subject: row.get(4)? };
        items.push(join(db, kind, name, &row)?);
    }
    let mut count = db.prepare_cached(&format!("SELECT count(*) FROM joined j WHERE {sql}"))?;
    let total = count.query_row(params_from_iter(condition.values()), |row| record::number(row, 0))?;
    Ok(Page { total, items })
}

fn join(db: &Connection, kind: Kind, name: String, row: &Row) -> Result<Join, StoreError> {
    let method = Method::find(&row.method);
    let mut join = Join {
        kind,
        record: EntityRef { id: row.entity.clone(), name },
        method: row.method.clone(),
        score: method.map_or(0.0, Method::score),
        documents: 1,
        ..Join::default()
    };
    match (row.form.as_str(), method) {
        ("mentions", _) => {
            let about = "SELECT n.documents, i.name FROM identity_node n
                 LEFT JOIN identity_node i ON i.id = n.institution_node WHERE n.id = ?1";
            (join.documents, join.shared) =
                db.query_row(about, [&row.subject], |row| Ok((record::number(row, 0)?, row.get(1)?)))?;
            join.evidence = mentions(db, &row.subject, SHOWN)?;
        }
        ("bond", Some(Method::Decision)) => {
            let reason = "SELECT reason FROM decision WHERE id = ?1";
            join.shared = db.query_row(reason, [&row.subject], |row| row.get(0)).optional()?;
            join.decision = row.subject.parse().ok();
            join.documents = 0;
        }
        ("bond", _) if kind == Kind::Institution => alias(db, row, &mut join)?,
        ("bond", _) => facts(db, row, &mut join)?,
        ("author", _) => listed(db, row, &mut join, "paper", "papers", "authors")?,
        ("holder", _) => listed(db, row, &mut join, "ip", "ip", "holders")?,
        ("completing", _) => {
            let sql = named(
                "completing_institution",
                "k.document_id || '/' || k.position = ?1",
                "institutions",
                "name",
            );
            join.evidence = places(db, &sql, [&row.subject])?;
        }
        _ => {
            let sql = named("contribution", "k.id = ?1", "contributors", "institution");
            join.evidence = places(db, &sql, [&row.subject])?;
        }
    }
    Ok(join)
}

/// A name that one institution claims and another bears as its own.
fn alias(db: &Connection, row: &Row, join: &mut Join) -> Result<(), StoreError> {
    let claims = format!(
        "SELECT {}, x.field, x.name, x.evidence FROM institution_alias x JOIN document d ON d.id = x.document_id
         WHERE x.alias_node = ?1 AND x.institution_id = ?2 ORDER BY d.title_key, d.id LIMIT ?3",
        record::DOSSIER_REF
    );
    join.evidence = places(db, &claims, params![row.subject, row.entity, shown()])?;
    join.shared = join.evidence.first().map(|place| place.printed.clone());
    let count = "SELECT count(DISTINCT document_id) FROM institution_alias
         WHERE alias_node = ?1 AND institution_id = ?2";
    join.documents = db.query_row(count, [&row.subject, &row.entity], |row| record::number(row, 0))?;
    join.evidence.extend(mentions(db, &row.subject, 1)?);
    Ok(())
}

/// Something that is printed of people of one name.
fn facts(db: &Connection, row: &Row, join: &mut Join) -> Result<(), StoreError> {
    // The token of an institution names the record; the facts have one for each of its nodes.
    const OF: &str = "(f.token = ?1 OR f.token IN (
             SELECT substr(?1, 1, length(?1) - length(i.entity_id)) || i.id FROM identity_node i
             WHERE i.kind = 'institution' AND i.entity_id = substr(?1, -13)))
         AND f.node_id IN (SELECT id FROM identity_node WHERE entity_id = ?2)";
    let sql = format!(
        "SELECT {}, f.field, f.printed, NULL FROM identity_fact f JOIN document d ON d.id = f.document_id
         WHERE {OF} GROUP BY f.node_id, d.id ORDER BY d.title_key, d.id LIMIT ?3",
        record::DOSSIER_REF
    );
    join.evidence = places(db, &sql, params![row.subject, row.entity, shown()])?;
    let sum = format!(
        "SELECT min(surest), sum(documents) FROM (
             SELECT max(f.score) AS surest, count(DISTINCT f.document_id) AS documents
             FROM identity_fact f WHERE {OF} GROUP BY f.node_id)"
    );
    (join.score, join.documents) =
        db.query_row(&sum, [&row.subject, &row.entity], |row| Ok((row.get(0)?, record::number(row, 1)?)))?;
    if let Some(place) = join.evidence.first() {
        join.shared = Some(shared_by(db, place)?.unwrap_or_else(|| place.printed.clone()));
    }
    Ok(())
}

/// The title of the paper or right in whose list a name stands.
fn shared_by(db: &Connection, place: &JoinEvidence) -> Result<Option<String>, StoreError> {
    match place.field.rsplit_once('.') {
        Some((object, "authors" | "holders")) => value(db, &place.dossier.id, &format!("$.{object}.title")),
        _ => Ok(None),
    }
}

/// A name in the other script among authors or holders.
fn listed(
    db: &Connection,
    row: &Row,
    join: &mut Join,
    table: &str,
    list: &str,
    field: &str,
) -> Result<(), StoreError> {
    let Some((work, node)) = row.subject.split_once('/') else { return Ok(()) };
    let sql = format!(
        "SELECT {}, '{list}[' || w.position || '].{field}', x.printed, NULL FROM {table}_person x
         JOIN {table} w ON w.id = x.{table}_id JOIN document d ON d.id = w.document_id
         WHERE x.{table}_id = ?1 AND x.person_node = ?2",
        record::DOSSIER_REF
    );
    join.evidence = places(db, &sql, [work, node])?;
    let about = format!(
        "SELECT x.score, w.name FROM {table}_person x JOIN {table} w ON w.id = x.{table}_id
         WHERE x.{table}_id = ?1 AND x.person_node = ?2"
    );
    (join.score, join.shared) = db.query_row(&about, [work, node], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(())
}

/// Where a row `k` prints another name of its institution, and the sentence of its dossier that says so.
fn named(table: &str, condition: &str, list: &str, field: &str) -> String {
    let printed = if table == "contribution" {
        "ifnull(k.contributor ->> '$.institution', k.contributor ->> '$.employer')"
    } else {
        "k.institution ->> '$.name'"
    };
    format!(
        "SELECT {}, '{list}[' || k.position || '].{field}', {printed},
             (SELECT min(x.evidence) FROM institution_alias x
              WHERE x.document_id = k.document_id AND x.institution_node = k.institution_node)
         FROM {table} k JOIN document d ON d.id = k.document_id WHERE {condition}",
        record::DOSSIER_REF
    )
}

fn shown() -> i64 {
    i64::try_from(SHOWN).unwrap_or(i64::MAX)
}
