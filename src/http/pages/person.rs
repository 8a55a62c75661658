use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    history::HistoryView,
    identity, layout,
    layout::Layout,
    link,
    relation_table::{RelationTable, SHOWN},
};
use crate::{
    domain::{Kind, PersonRecord},
    http::{
        AppState,
        error::ApiError,
        params::{NoParams, Params},
    },
    store::{RelationFilter, Store, StoreError},
};

#[derive(Template)]
#[template(path = "person.html", config = "src/http/askama.toml")]
struct PersonPage {
    layout: Layout,
    person: PersonRecord,
    history: HistoryView,
    relations: RelationTable,
}

/// Shows a person: contributions by dossier, papers, rights, and with whom.
pub(crate) async fn person(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Response, ApiError> {
    layout::page(&state.find_or_follow("person", "/people", id, look_up).await?)
}

fn look_up(store: &Store, id: &str) -> Result<Option<PersonPage>, StoreError> {
    let Some(person) = store.person(id)? else { return Ok(None) };
    let filter = RelationFilter { limit: SHOWN, ..RelationFilter::default() };
    let related = store.co_contributors(&person.id, &filter)?;
    let relations = related.map(|(_, page)| RelationTable::new(&page, link::person)).unwrap_or_default();
    let history = store.history(Kind::Person, id)?.unwrap_or_default().into();
    Ok(Some(PersonPage { layout: Layout::default(), person, history, relations }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            ClaimRef, Contribution, DossierRef, EntityRef, IdentitySuggestion, Join, Relation, SharedDossier,
            SuggestedRecord,
        },
        store::Page,
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
                claims: vec![ClaimRef { number: 3, heading: "某法".into(), ..ClaimRef::default() }],
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
            ..PersonRecord::default()
        };
        let relation = Relation {
            partner: named("p2", "丙"),
            count: 1,
            dossiers: vec![SharedDossier {
                dossier: DossierRef { id: "d1".into(), title: "某项目".into(), year: Some(2026) },
                ..SharedDossier::default()
            }],
            ..Relation::default()
        };
        let relations = RelationTable::new(&Page { total: 1, items: vec![relation] }, link::person);
        let html =
            PersonPage { layout: Layout::default(), person, history: HistoryView::default(), relations }
                .render()
                .expect("rendered");
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
