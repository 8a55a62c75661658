use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{identity, layout, layout::Layout, link};
use crate::{
    domain::{InstitutionRecord, Kind},
    http::{
        AppState,
        error::ApiError,
        params::{NoParams, Params},
    },
};

#[derive(Template)]
#[template(path = "institution.html", config = "src/http/askama.toml")]
struct InstitutionPage {
    layout: Layout,
    institution: InstitutionRecord,
}

/// Shows an institution: its other names, its dossiers and its people.
pub(crate) async fn institution(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Response, ApiError> {
    let institution =
        state.find_or_follow("institution", "/institutions", id, |store, id| store.institution(id)).await?;
    layout::page(&InstitutionPage { layout: Layout::default(), institution })
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
                dossier: "d1".into(),
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
        let html = InstitutionPage { layout: Layout::default(), institution }.render().expect("rendered");
        for part in ["甲大学附属医院", "乙医院", "以下简称乙医院", "/dossiers/d1", "/people/p1", "某项目"]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
