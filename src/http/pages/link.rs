use crate::{
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
