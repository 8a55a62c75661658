//! Do the pages hold together without a script?

use std::collections::{BTreeSet, VecDeque};

use axum::http::StatusCode;

use crate::{
    corpus,
    service::{Service, encoded},
};

/// The addresses of this service that a page links to.
fn links(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = links.filter(|link| link.starts_with('/') || link.starts_with('?'));
    own.map(|link| link.split('#').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&"))
        .collect()
}

#[tokio::test]
async fn every_link_of_the_first_pages_leads_somewhere() {
    let service = Service::over_documents();
    let mut seen = BTreeSet::new();
    let mut queue = VecDeque::from(["/".to_owned(), format!("/?q={}", encoded("手术"))]);
    let (mut pages, mut records) = (0, BTreeSet::new());
    while let Some(address) = queue.pop_front() {
        if pages >= 150 {
            break;
        }
        let answer = service.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        pages += 1;
        if answer.kind.starts_with("text/html") {
            assert!(!answer.body.contains("<script"), "{address}");
            for link in links(&answer.body) {
                let link = if link.starts_with('?') { format!("/{link}") } else { link };
                records.extend(
                    link.split('/').nth(1).filter(|_| link.matches('/').count() > 1).map(str::to_owned),
                );
                if seen.insert(link.clone()) {
                    queue.push_back(link);
                }
            }
        }
    }
    for kind in ["dossiers", "people", "institutions"] {
        assert!(records.contains(kind), "no link to {kind} among {records:?}");
    }
}

#[tokio::test]
async fn found_words_are_marked_and_nothing_is_run() {
    let service = Service::empty();
    let text = corpus::dossier(4).replace("有效率", "<script>alert(1)</script>有效率");
    service.archive.add("hostile.txt", text.as_bytes()).expect("added");
    let page = service.get(&format!("/?q={}", encoded("有效率"))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<mark>有效率</mark>"), "{}", page.body);
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
}

#[tokio::test]
async fn a_missing_page_says_so() {
    let service = Service::empty();
    for address in ["/people/pnobody", "/nothing"] {
        let page = service.get(address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        assert!(page.kind.starts_with("text/html"), "{address}");
    }
}
