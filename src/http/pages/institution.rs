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
    domain::{InstitutionRecord, Kind},
    http::{
        AppState,
        error::ApiError,
        params::{NoParams, Params},
    },
    store::{RelationFilter, Store, StoreError},
};

#[derive(Template)]
#[template(path = "institution.html", config = "src/http/askama.toml")]
struct InstitutionPage {
    layout: Layout,
    institution: InstitutionRecord,
    history: HistoryView,
    relations: RelationTable,
}

/// Shows an institution: its other names, its dossiers and its people.
pub(crate) async fn institution(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Response, ApiError> {
    layout::page(&state.find_or_follow("institution", "/institutions", id, look_up).await?)
}

fn look_up(store: &Store, id: &str) -> Result<Option<InstitutionPage>, StoreError> {
    let Some(institution) = store.institution(id)? else { return Ok(None) };
    let filter = RelationFilter { limit: SHOWN, ..RelationFilter::default() };
    let related = store.partners(&institution.id, &filter)?;
    let relations = related.map(|(_, page)| RelationTable::new(&page, link::institution)).unwrap_or_default();
    let history = store.history(Kind::Institution, id)?.unwrap_or_default().into();
    Ok(Some(InstitutionPage { layout: Layout::default(), institution, history, relations }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Alias, DossierRef, EntityRef, InstitutionDossier, RankedPerson};

    #[test]
    fn an_institution_is_shown_under_all_its_names() {
        let dossier = DossierRef { id: "d1".into(), title: "某项目".into(), year: None };
        let institution = InstitutionRecord {
            name: "甲大学附属医院".into(),
            aliases: vec![Alias {
                name: "乙医院".into(),
                evidence: "以下简称乙医院".into(),
                dossier: Some("d1".into()),
            }],
            dossiers: vec![InstitutionDossier {
                dossier: dossier.clone(),
                rank: Some(1),
                ..Default::default()
            }],
            people: vec![RankedPerson {
                person: EntityRef { id: "p1".into(), name: "丙".into() },
                dossier,
                rank: Some(4),
            }],
            ..InstitutionRecord::default()
        };
        let relations = RelationTable::default();
        let html = InstitutionPage {
            layout: Layout::default(),
            institution,
            history: HistoryView::default(),
            relations,
        }
        .render()
        .expect("rendered");
        for part in ["甲大学附属医院", "乙医院", "以下简称乙医院", "/dossiers/d1", "/people/p1", "某项目"]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
