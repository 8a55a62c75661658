//! Is a paper known by its DOI, wherever a notice prints it and wherever it is looked for?

use axum::http::StatusCode;
use dossier_search::{domain::Dossier, store::ReuseFilter};
use serde_json::{Value, json};

use crate::service::Service;

const HEAD: &str = "拟推荐 2026 年中华医学科技奖候选项目公示内容\n\n推荐奖种\t医学科学技术奖\n";

/// A notice that prints DOIs in a column, within the locator, and in neither.
fn table() -> String {
    format!(
        "{HEAD}项目名称\t甲术的建立与应用\n\n代表性论文目录\n\n\
         序号\t论文名称\t刊名\t年,卷(期)及页码\tDOI号\t全部作者\n\
         1\tNavigation in invented surgery\tImaging Letters\t2019, 12(3): 45-50\thttps://doi.org/10.1000/S0140-6736(20)ABC.7\t陈一\n\
         2\tPlates for invented knees\tMock Cardiology\t2020, 13(1): 1-9. DOI: 10.1000/xyz.8\t/\t李二\n\
         3\tScrews for invented knees\tMock Cardiology\t2021, 14(1): 10-19\t见附件\t李二\n"
    )
}

/// One that prints them behind citations.
fn citations() -> String {
    format!(
        "{HEAD}项目名称\t乙术的建立与应用\n\n代表性论文目录\n\n\
         1. Chen Y, Li E*. Navigating in surgery (short title). Imaging Letters. 2019;12(3):45-50. doi: 10.1000/s0140-6736(20)abc.7; IF=10.6, 他引34次\n\n\
         2. Chen Y, Li E. Screws for invented knees. Mock Cardiology. 2021;14(1):10-19. https://dx.doi.org/10.1000/abc.9\n"
    )
}

fn kept(service: &Service, name: &str, text: &str) -> (String, Dossier) {
    let id = service.archive.add(name, text.as_bytes()).expect("added").id;
    let dossier = service.archive.store().dossier(&id).expect("answer").expect("there");
    (id, dossier)
}

fn dois(dossier: &Dossier) -> Vec<Option<&str>> {
    dossier.papers.iter().map(|paper| paper.doi.as_deref()).collect()
}

#[test]
fn a_doi_is_read_in_one_form_with_its_place() {
    let service = Service::empty();
    let (_, dossier) = kept(&service, "table.txt", &table());
    let want = [Some("10.1000/s0140-6736(20)abc.7"), Some("10.1000/xyz.8"), None];
    assert_eq!(dois(&dossier), want, "{dossier:#?}");
    let text = table();
    let printed = |dossier: &Dossier, text: &str, at: usize| -> String {
        let spans = &dossier.papers[at].provenance.spans["doi"];
        spans.iter().map(|span| &text[span.start..span.end]).collect()
    };
    assert_eq!(printed(&dossier, &text, 0), "10.1000/S0140-6736(20)ABC.7");
    assert_eq!(printed(&dossier, &text, 1), "10.1000/xyz.8");
    assert_eq!(
        serde_json::to_value(&dossier.papers[0].provenance.printed["doi"]).expect("JSON"),
        "10.1000/S0140-6736(20)ABC.7"
    );
    assert!(!dossier.papers[1].provenance.printed.contains_key("doi"), "it is printed as it is kept");
    assert_eq!(dossier.papers[1].locator.as_deref(), Some("13(1): 1-9"));
    let doubts: Vec<_> = dossier.warnings.iter().filter_map(|warning| warning.field.as_deref()).collect();
    assert_eq!(doubts, ["papers[2].doi"], "{:?}", dossier.warnings);

    let (_, dossier) = kept(&service, "citations.txt", &citations());
    assert_eq!(dois(&dossier), [Some("10.1000/s0140-6736(20)abc.7"), Some("10.1000/abc.9")], "{dossier:#?}");
    assert_eq!(printed(&dossier, &citations(), 1), "10.1000/abc.9");
    let first = &dossier.papers[0];
    assert_eq!((first.impact_factor, first.citations), (Some(10.6), Some(34)), "{first:?}");
    assert_eq!(first.locator.as_deref(), Some("12(3):45-50"));
}

#[test]
fn papers_are_tied_by_their_doi_and_not_by_title_against_it() {
    let service = Service::empty();
    kept(&service, "table.txt", &table());
    kept(&service, "citations.txt", &citations());
    let works = service.archive.store().reuse(&ReuseFilter::default()).expect("answer").items;
    let told: Vec<_> = works
        .iter()
        .map(|work| (work.dossiers, work.uses[0].method.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        told,
        [(2, "same-doi"), (2, "same-title-year-and-locator")],
        "one DOI is printed alone: {works:#?}"
    );
}

#[tokio::test]
async fn a_paper_is_found_and_shown_by_its_doi() {
    let service = Service::empty();
    let (id, _) = kept(&service, "table.txt", &table());
    for (q, kind, want) in [
        ("10.1000/s0140-6736(20)abc.7", "paper", 1),
        ("https://doi.org/10.1000/S0140-6736(20)ABC.7", "paper", 1),
        ("10.1000/xyz*", "paper", 1),
        ("10.1000/xyz.8", "dossier", 1),
        ("10.1000/xyz.9", "paper", 0),
    ] {
        let found = service.api("search", &[("q", q), ("kind", kind)]).await;
        assert_eq!(found["total"], want, "{q}: {found}");
    }
    let page = service.get(&format!("/dossiers/{id}")).await;
    assert!(page.body.contains(">DOI 10.1000/xyz.8</a>"), "{}", page.body);
    assert!(page.body.contains("href=\"https://doi.org/10.1000/s0140-6736%2820%29abc.7\""), "{}", page.body);
    let csv = service.get("/api/v1/export?kind=paper&format=csv").await;
    assert!(csv.body.contains(",10.1000/xyz.8,"), "{}", csv.body);
}

#[tokio::test]
async fn a_doi_can_be_corrected() {
    let service = Service::empty();
    let (id, _) = kept(&service, "table.txt", &table());
    let correction = json!({
        "action": "correct", "target": id, "field": "papers[2].doi", "value": "10.1000/abc.9",
        "reason": "printed on the certificate",
    });
    let path = "/api/v1/decisions";
    let answer = service.call(axum::http::Method::POST, path, correction.to_string().into_bytes()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let found: Value = service.api("search", &[("q", "10.1000/abc.9"), ("kind", "paper")]).await;
    assert_eq!(found["total"], 1, "{found}");
}
