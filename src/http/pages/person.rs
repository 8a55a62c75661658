use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{history::HistoryView, layout, layout::Layout, link};
use crate::{
    domain::{Kind, PersonRecord},
    http::{
        AppState,
        error::ApiError,
        params::{NoParams, Params},
    },
    store::{Store, StoreError},
};

#[derive(Template)]
#[template(path = "person.html", config = "src/http/askama.toml")]
struct PersonPage {
    layout: Layout,
    person: PersonRecord,
    history: HistoryView,
}

/// Shows a person: contributions by dossier, papers, rights, and with whom.
pub(crate) async fn person(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Response, ApiError> {
    let look_up = |store: &Store, id: &str| {
        let Some(person) = store.person(id)? else { return Ok(None) };
        let history = store.history(Kind::Person, id)?.unwrap_or_default().into();
        Ok::<_, StoreError>(Some(PersonPage { layout: Layout::default(), person, history }))
    };
    layout::page(&state.find("person", id, look_up).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClaimRef, CoContributor, Contribution, DossierRef, EntityRef};

    #[test]
    fn a_person_is_shown_with_what_they_did_and_with_whom() {
        let named = |id: &str, name: &str| EntityRef { id: id.into(), name: name.into() };
        let person = PersonRecord {
            name: "甲<b>乙".into(),
            institution: Some(named("i1", "某医院")),
            contributions: vec![Contribution {
                rank: Some(2),
                dossier: DossierRef { id: "d1".into(), title: "某项目".into(), year: Some(2026) },
                claims: vec![ClaimRef { number: 3, heading: "某法".into() }],
                text: "提出某法".into(),
                ..Contribution::default()
            }],
            co_contributors: vec![CoContributor { person: named("p2", "丙"), dossiers: 1 }],
            ..PersonRecord::default()
        };
        let html = PersonPage { layout: Layout::default(), person, history: HistoryView::default() }
            .render()
            .expect("rendered");
        for part in ["/dossiers/d1", "/institutions/i1", "/people/p2", "提出某法", "某法", "2026", "#claim-3"]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("甲<b>"), "names are escaped");
    }
}
