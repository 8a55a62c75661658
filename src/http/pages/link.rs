use crate::{
    audit::{Evidence, FindingFilter},
    domain::{Facet, Kind},
    export::Format,
    http::params::{encode, to_query},
    search::SearchRequest,
};

/// The address of a search.
pub(super) fn search(request: &SearchRequest) -> String {
    match to_query(request) {
        query if query.is_empty() => "/".to_owned(),
        query => format!("/?{query}"),
    }
}

/// The address of the page of a search that begins behind a cursor.
pub(super) fn behind(first: &SearchRequest, cursor: &str) -> String {
    let query = to_query(first);
    let joint = if query.is_empty() { "" } else { "&" };
    format!("/?{query}{joint}cursor={}", encode(cursor))
}

/// The address of a file of all hits of a search.
pub(super) fn export(request: &SearchRequest, format: Format) -> String {
    let all = SearchRequest {
        q: request.q.clone(),
        kind: request.kind,
        filters: request.filters.clone(),
        sort: request.sort,
        synonyms: request.synonyms,
        ..SearchRequest::default()
    };
    let query = to_query(&all);
    let joint = if query.is_empty() { "" } else { "&" };
    format!("/api/v1/export?{query}{joint}format={format}")
}

/// The address of all records of a kind with a value of a facet: for a name whose record is not known.
pub(super) fn filtered(kind: Kind, facet: Facet, value: &str) -> String {
    let filters = vec![(facet, value.to_owned())];
    search(&SearchRequest { kind, filters, ..SearchRequest::default() })
}

/// The address of a record's page; `None` where the kind has no page of its own.
pub(super) fn record(kind: Kind, id: &str) -> Option<String> {
    let folder = match kind {
        Kind::Dossier => "dossiers",
        Kind::Person => "people",
        Kind::Institution => "institutions",
        Kind::Journal => "journals",
        Kind::Paper | Kind::Ip | Kind::Claim | Kind::Contribution => return None,
    };
    Some(format!("/{folder}/{}", encode(id)))
}

/// The address of the page of a dossier.
pub(super) fn dossier(id: &str) -> String {
    format!("/dossiers/{}", encode(id))
}

/// The address of the page of a person.
pub(super) fn person(id: &str) -> String {
    format!("/people/{}", encode(id))
}

/// The address of the page of an institution.
pub(super) fn institution(id: &str) -> String {
    format!("/institutions/{}", encode(id))
}

/// The address of the page of a journal.
pub(super) fn journal(id: &str) -> String {
    format!("/journals/{}", encode(id))
}

/// The address of a page of findings.
pub(super) fn audit(filter: &FindingFilter) -> String {
    let pairs = [
        ("dossier", filter.dossier.clone()),
        ("rule", filter.rule.clone()),
        ("severity", filter.severity.map(|severity| severity.name().to_owned())),
        ("outcome", filter.outcome.map(|outcome| outcome.name().to_owned())),
        ("limit", Some(filter.limit.to_string()).filter(|_| filter.limit != FindingFilter::default().limit)),
        ("cursor", Some(filter.offset.to_string()).filter(|_| filter.offset > 0)),
    ];
    let pairs =
        pairs.iter().filter_map(|(name, value)| Some(format!("{name}={}", encode(value.as_deref()?))));
    match pairs.collect::<Vec<_>>().join("&") {
        query if query.is_empty() => "/audit".to_owned(),
        query => format!("/audit?{query}"),
    }
}

/// The section of a dossier's page that shows the field of a place.
pub(super) fn section(place: &Evidence) -> String {
    let list = place.field.split(['[', '.']).next().unwrap_or_default();
    match list {
        "contributors" | "institutions" | "papers" | "ip" | "claims" | "summary" => {
            format!("{}#{list}", dossier(&place.dossier))
        }
        "metrics" => format!("{}#summary", dossier(&place.dossier)),
        _ => dossier(&place.dossier),
    }
}

/// The source text at the words of a place, which browsers look for and mark.
pub(super) fn source(place: &Evidence) -> String {
    let line = place.quote.lines().next().unwrap_or_default();
    let words: String = line.split('\t').next().unwrap_or_default().trim().chars().take(MARKED).collect();
    // A hyphen stands between the parts of such an address.
    let words = encode(&words).replace('-', "%2D");
    format!("/api/v1/dossiers/{}/source#:~:text={words}", encode(&place.dossier))
}

/// So many characters tell a place.
const MARKED: usize = 24;
