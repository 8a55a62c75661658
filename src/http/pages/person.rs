use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{identity, layout, layout::Layout, link};
use crate::{
    domain::{Kind, PersonRecord},
    http::{
        AppState,
        error::ApiError,
        params::{NoParams, Params},
    },
};

#[derive(Template)]
#[template(path = "person.html", config = "src/http/askama.toml")]
struct PersonPage {
    layout: Layout,
    person: PersonRecord,
}

/// Shows a person: contributions by dossier, papers, rights, and with whom.
pub(crate) async fn person(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Response, ApiError> {
    let person = state.find_or_follow("person", "/people", id, |store, id| store.person(id)).await?;
    layout::page(&PersonPage { layout: Layout::default(), person })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ClaimRef, CoContributor, Contribution, DossierRef, EntityRef, IdentitySuggestion, Join,
        SuggestedRecord,
    };

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
            joins: vec![Join {
                kind: Kind::Person,
                method: "same-name-and-paper".into(),
                score: 0.97,
                shared: Some("某论文".into()),
                documents: 2,
                ..Join::default()
            }],
            suggestions: vec![IdentitySuggestion {
                kind: Kind::Person,
                other: SuggestedRecord { id: Some("p3".into()), name: "丁<i>".into() },
                method: "near-name".into(),
                score: 0.6,
                ..IdentitySuggestion::default()
            }],
            co_contributors: vec![CoContributor { person: named("p2", "丙"), dossiers: 1 }],
            ..PersonRecord::default()
        };
        let html = PersonPage { layout: Layout::default(), person }.render().expect("rendered");
        for part in [
            "/dossiers/d1",
            "/institutions/i1",
            "/people/p2",
            "提出某法",
            "某法",
            "2026",
            "#claim-3",
            "为何视为同一人",
            "姓名与论文相同",
            "0.97",
            "/people/p3",
            "一字形近或音近",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("甲<b>") && !html.contains("丁<i>"), "names are escaped");
    }
}
