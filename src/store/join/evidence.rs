use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::{
    domain::JoinEvidence,
    store::{StoreError, record},
    text::Span,
};

/// Of so many documents at most it is shown where something is printed.
pub(super) const SHOWN: usize = 12;

/// The places that `sql` finds: a document `d` as [`record::DOSSIER_REF`], a field, a printed name and a
/// sentence or NULL.
pub(super) fn places(
    db: &Connection,
    sql: &str,
    parameters: impl Params,
) -> Result<Vec<JoinEvidence>, StoreError> {
    let mut query = db.prepare_cached(sql)?;
    let found = query.query_map(parameters, place)?.collect::<Result<Vec<_>, _>>()?;
    found.into_iter().map(|evidence| located(db, evidence)).collect()
}

fn place(row: &Row<'_>) -> rusqlite::Result<JoinEvidence> {
    Ok(JoinEvidence {
        dossier: record::dossier_ref(row)?,
        field: row.get(3)?,
        printed: row.get(4)?,
        text: row.get(5)?,
        span: None,
    })
}

/// Finds where the sentence or the name stands in the source; where neither stands there as printed, as
/// when it was repaired, the field does.
fn located(db: &Connection, mut evidence: JoinEvidence) -> Result<JoinEvidence, StoreError> {
    let document = evidence.dossier.id.as_str();
    let spans = spans(db, document, &evidence.field)?;
    let sought: Vec<String> = evidence.text.iter().chain([&evidence.printed]).cloned().collect();
    for wanted in sought.iter().filter(|wanted| !wanted.is_empty()) {
        for span in &spans {
            let within = source(db, document, *span)?;
            if let Some(at) = within.find(wanted.as_str()) {
                let start = span.start + at;
                evidence.span = Some(Span::new(start, start + wanted.len()));
                return Ok(evidence);
            }
        }
    }
    let start = spans.iter().map(|span| span.start).min();
    evidence.span =
        start.zip(spans.iter().map(|span| span.end).max()).map(|(start, end)| Span::new(start, end));
    Ok(evidence)
}

/// Where a field of a document was printed.
fn spans(db: &Connection, document: &str, field: &str) -> Result<Vec<Span>, StoreError> {
    let path = match field.rsplit_once('.') {
        Some((object, name)) => format!("$.{object}.spans.{name}"),
        None => format!("$.spans.{field}"),
    };
    let mut query = db.prepare_cached("SELECT json_extract(dossier, ?2) FROM document WHERE id = ?1")?;
    let json: Option<String> = query.query_row([document, &path], |row| row.get(0)).optional()?.flatten();
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
}

fn source(db: &Connection, document: &str, span: Span) -> Result<String, StoreError> {
    let mut query =
        db.prepare_cached("SELECT substr(CAST(text AS BLOB), ?2, ?3) FROM document WHERE id = ?1")?;
    let (from, length) = (as_number(span.start + 1), as_number(span.end.saturating_sub(span.start)));
    let bytes: Option<Vec<u8>> =
        query.query_row(params![document, from, length], |row| row.get(0)).optional()?;
    Ok(String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default())
}

fn as_number(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// The text that a document has at a path of its JSON.
pub(super) fn value(db: &Connection, document: &str, path: &str) -> Result<Option<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT json_extract(dossier, ?2) FROM document WHERE id = ?1")?;
    let found: Option<Option<String>> = query.query_row([document, path], |row| row.get(0)).optional()?;
    Ok(found.flatten().filter(|text| !text.is_empty()))
}

/// The mentions of a node: of a person its rows, of an institution the rows that name it.
pub(super) fn mentions(db: &Connection, node: &str, limit: usize) -> Result<Vec<JoinEvidence>, StoreError> {
    let sql = format!(
        "SELECT {}, x.field, x.printed, NULL FROM (
             SELECT document_id, 'contributors[' || position || '].name' AS field,
                 contributor ->> '$.name' AS printed FROM contribution WHERE person_node = ?1
             UNION ALL SELECT document_id, 'institutions[' || position || '].name', institution ->> '$.name'
                 FROM completing_institution WHERE institution_node = ?1
             UNION ALL SELECT document_id, 'contributors[' || position || '].' || iif(
                     contributor ->> '$.institution' IS NULL, 'employer', 'institution'),
                 ifnull(contributor ->> '$.institution', contributor ->> '$.employer')
                 FROM contribution WHERE institution_node = ?1
             UNION ALL SELECT document_id, 'contributors[' || position || '].employer',
                 contributor ->> '$.employer' FROM contribution WHERE employer_node = ?1
         ) x JOIN document d ON d.id = x.document_id
         GROUP BY d.id ORDER BY d.title_key, d.id LIMIT ?2",
        record::DOSSIER_REF
    );
    places(db, &sql, params![node, as_number(limit)])
}
