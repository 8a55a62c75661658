use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{layout, layout::Layout, link};
use crate::{
    domain::{JournalRecord, Kind},
    http::{
        AppState,
        error::ApiError,
        params::{NoParams, Params},
    },
};

#[derive(Template)]
#[template(path = "journal.html", config = "src/http/askama.toml")]
struct JournalPage {
    layout: Layout,
    journal: JournalRecord,
}

/// Shows a journal with its papers.
pub(crate) async fn journal(
    State(state): State<AppState>,
    Path(id): Path<String>,
    _: Params<NoParams>,
) -> Result<Response, ApiError> {
    let journal = state.find("journal", id, |store, id| store.journal(id)).await?;
    layout::page(&JournalPage { layout: Layout::default(), journal })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DossierRef, EntityRef, Paper, PaperRecord};

    #[test]
    fn a_journal_is_shown_with_its_papers() {
        let journal = JournalRecord {
            name: "某杂志".into(),
            papers: vec![PaperRecord {
                dossier: DossierRef { id: "d1".into(), title: "某项目".into(), year: None },
                paper: Paper {
                    number: Some(7),
                    title: "论<i>某</i>".into(),
                    year: Some(2015),
                    locator: Some("7(1): 1-12".into()),
                    authors: vec!["甲".into(), "乙".into()],
                    ..Paper::default()
                },
                people: vec![EntityRef { id: "p1".into(), name: "甲".into() }],
                ..PaperRecord::default()
            }],
            ..JournalRecord::default()
        };
        let html = JournalPage { layout: Layout::default(), journal }.render().expect("rendered");
        for part in ["某杂志", "/dossiers/d1#paper-7", "2015", "7(1): 1-12", "/people/p1", "乙"] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("<i>"), "titles are escaped");
    }
}
