use askama::Template;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{Redirect, Response},
};

use super::{layout, layout::Layout, link};
use crate::{
    domain::{Award, Kind},
    export::Record,
    http::{
        AppState,
        error::ApiError,
        params::{IdParams, Params},
    },
    reconcile::TYPES,
    store::kind_of,
};

/// A preview is shown within pages of other programs; it brings nothing but the style sheet.
const FRAMED: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
);
/// How many names a line shows.
const NAMES: usize = 6;

#[derive(Template)]
#[template(path = "preview.html", config = "src/http/askama.toml")]
struct Preview {
    layout: Layout,
    kind: &'static str,
    name: String,
    href: String,
    lines: Vec<String>,
}

/// Shows in a few lines what a record is, for the frame of another program.
#[utoipa::path(
    get, path = "/reconcile/preview", tag = "reconcile",
    params(Params<IdParams>),
    responses(
        (status = 200, description = "A small page", body = String, content_type = "text/html; charset=utf-8"),
        (status = 404, description = "No such record"),
    )
)]
pub(crate) async fn preview(
    State(state): State<AppState>,
    Params(IdParams(id)): Params<IdParams>,
) -> Result<Response, ApiError> {
    let (kind, href) = place(&id)?;
    let record = state.find(kind.name(), id, move |store, id| Record::find(store, kind, id)).await?;
    let (name, lines) = shown(record);
    let page = Preview { layout: Layout::default(), kind: kind.label(), name, href, lines };
    let mut response = layout::page(&page)?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, FRAMED);
    Ok(response)
}

/// Leads to the page of a record.
#[utoipa::path(
    get, path = "/reconcile/view", tag = "reconcile",
    params(Params<IdParams>),
    responses(
        (status = 303, description = "The page of the record"),
        (status = 404, description = "No such kind of record"),
    )
)]
pub(crate) async fn view(Params(IdParams(id)): Params<IdParams>) -> Result<Redirect, ApiError> {
    Ok(Redirect::to(&place(&id)?.1))
}

/// The type and the page that an id tells.
fn place(id: &str) -> Result<(Kind, String), ApiError> {
    let kind = kind_of(id).filter(|kind| TYPES.contains(kind));
    let place = kind.and_then(|kind| Some((kind, link::record(kind, id)?)));
    place.ok_or_else(|| ApiError::not_found("record", id))
}

/// The name of a record, and what tells it from others.
fn shown(record: Record) -> (String, Vec<String>) {
    let some = |names: &mut dyn Iterator<Item = String>| names.take(NAMES).collect::<Vec<_>>().join("、");
    let (name, lines) = match record {
        Record::Person(person) => {
            let institution = person.institution.map(|institution| institution.name);
            let dossiers = &mut person.contributions.into_iter().map(|part| part.dossier.title);
            (
                person.name,
                vec![institution.unwrap_or_default(), some(&mut person.titles.into_iter()), some(dossiers)],
            )
        }
        Record::Institution(institution) => {
            let aliases = some(&mut institution.aliases.into_iter().map(|alias| alias.name));
            let dossiers = some(&mut institution.dossiers.into_iter().map(|part| part.dossier.title));
            (institution.name, vec![aliases, dossiers])
        }
        Record::Journal(journal) => {
            let papers = some(&mut journal.papers.into_iter().map(|paper| paper.paper.title));
            (journal.name, vec![papers])
        }
        Record::Dossier(parts) => {
            let dossier = parts.dossier;
            let Award { name, category, year, .. } = dossier.award.unwrap_or_default();
            let award = [name, category, year.map(|year| year.to_string())].into_iter().flatten();
            let people = some(&mut dossier.contributors.into_iter().map(|person| person.name));
            let institutions =
                some(&mut dossier.institutions.into_iter().map(|institution| institution.name));
            (
                dossier.title.unwrap_or_default(),
                vec![award.collect::<Vec<_>>().join(" "), people, institutions],
            )
        }
        _ => (String::new(), Vec::new()),
    };
    let name = if name.is_empty() { "无标题".to_owned() } else { name };
    (name, lines.into_iter().filter(|line| !line.is_empty()).collect())
}
