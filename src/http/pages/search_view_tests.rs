use std::collections::BTreeMap;

use super::*;
use crate::{domain::DossierRef, search::Snippet};

fn answer(hits: Vec<Hit>, total: u64) -> SearchResponse {
    SearchResponse {
        query: "微创".into(),
        kind: Kind::Dossier,
        total,
        took_ms: 0.5,
        relaxed: false,
        kinds: BTreeMap::from([(Kind::Dossier, total), (Kind::Paper, 7)]),
        hits,
        facets: BTreeMap::new(),
        facet_values: BTreeMap::new(),
        missing: BTreeMap::new(),
        next_cursor: None,
        warnings: Vec::new(),
        did_you_mean: None,
        synonyms: Vec::new(),
        help: None,
        explain: None,
    }
}

fn a_hit(kind: Kind, title: &str) -> Hit {
    Hit {
        id: "x1".into(),
        kind,
        title: title.into(),
        score: 1.0,
        dossier: None,
        snippets: Vec::new(),
        record: Box::default(),
        explain: None,
    }
}

fn count(value: &str, count: u64) -> FacetCount {
    FacetCount { value: value.into(), id: None, count }
}

fn html(request: &SearchRequest, answer: &SearchResponse) -> String {
    SearchPage::new(request, answer).render().expect("rendered")
}

#[test]
fn text_of_documents_and_readers_is_escaped_and_marks_survive() {
    let mut hit = a_hit(Kind::Dossier, "<script>alert(1)</script>");
    hit.snippets = vec![Snippet {
        field: "summary".into(),
        text: "<b>微创</b>手术".into(),
        marks: vec![[3, 5]],
        span: None,
    }];
    let request = SearchRequest {
        q: "\"><script>alert(2)</script>".into(),
        filters: vec![(Facet::Person, "\"><img src=x>".into())],
        ..SearchRequest::default()
    };
    let mut answer = answer(vec![hit], 1);
    answer.warnings = vec!["<i>".into()];
    answer.facets.insert(Facet::Person, vec![count("\"><img src=x>", 1)]);
    let html = html(&request, &answer);
    for raw in ["<script", "<img", "<b>", "<i>"] {
        assert!(!html.contains(raw), "{raw}: {html}");
    }
    assert!(html.contains("<mark>微创</mark>"), "{html}");
    assert!(html.contains("alert(1)") && html.contains("alert(2)"));
}

#[test]
fn a_facet_link_chooses_and_a_chip_lets_go() {
    let request = SearchRequest {
        q: "微创".into(),
        filters: vec![(Facet::Award, "甲奖".into()), (Facet::Year, "2020..2026".into())],
        offset: 40,
        ..SearchRequest::default()
    };
    let mut answer = answer(vec![a_hit(Kind::Dossier, "一")], 41);
    answer.facets.insert(Facet::Award, vec![count("乙奖", 5), count("甲奖", 3)]);
    let page = SearchPage::new(&request, &answer);
    assert!(
        page.chips.iter().all(|chip| !chip.without.contains("offset")),
        "a new choice begins at the first page"
    );
    assert_eq!(page.chips.len(), 2);
    assert!(!page.chips[0].without.contains("award") && page.chips[0].without.contains("year=2020..2026"));
    assert!(!page.clear.contains("award") && page.clear.contains("q="));
    let links = &page.facets[0].links;
    assert_eq!(links.iter().map(|link| link.chosen).collect::<Vec<_>>(), [true, false], "the chosen leads");
    assert_eq!(links[1].href.matches("award=").count(), 2, "values of one facet add up: {}", links[1].href);
    assert_eq!(links[0].href, page.chips[0].without);
    assert_eq!(page.previous.as_deref().map(|href| href.contains("offset=20")), Some(true));
    assert_eq!(page.next, None);
}

#[test]
fn long_facets_end_with_a_link_to_the_rest_and_to_what_is_not_printed() {
    let mut answer = answer(vec![a_hit(Kind::Dossier, "一")], 1);
    answer.facets.insert(Facet::Person, (0..SHORT).map(|n| count(&format!("甲{n}"), 1)).collect());
    answer.facet_values.insert(Facet::Person, 30);
    answer.missing = BTreeMap::from([(Facet::Person, 5), (Facet::Award, 9)]);
    let request = SearchPage::asked(SearchRequest::default());
    assert_eq!(request.facet_limit, SHORT);
    let page = SearchPage::new(&SearchRequest::default(), &answer);
    assert_eq!(page.facets.len(), 1, "a facet without values is not shown");
    let group = &page.facets[0];
    let last = group.links.last().expect("links");
    assert_eq!((last.value.as_str(), last.count, group.links.len()), ("未印", 5, SHORT + 1));
    assert!(last.href.contains("person=-"), "{}", last.href);
    let (besides, href) = group.more.as_ref().expect("more");
    assert!(*besides == 18 && href.contains("facet_limit=1000"), "{href}");
    let chosen = SearchRequest { filters: vec![(Facet::Award, "-".into())], ..SearchRequest::default() };
    let page = SearchPage::new(&chosen, &answer);
    assert!(page.facets.iter().any(|group| group.label == Facet::Award.label() && group.links[0].chosen));
}

#[test]
fn hits_without_a_page_lead_into_their_dossier() {
    let dossier = DossierRef { id: "d9".into(), title: "某项目".into(), year: None };
    for (kind, record, want) in [
        (Kind::Dossier, serde_json::json!({}), "/dossiers/x1"),
        (Kind::Person, serde_json::json!({}), "/people/x1"),
        (Kind::Institution, serde_json::json!({}), "/institutions/x1"),
        (Kind::Journal, serde_json::json!({}), "/journals/x1"),
        (Kind::Paper, serde_json::json!({"number": 3}), "/dossiers/d9#paper-3"),
        (Kind::Ip, serde_json::json!({"number": 4}), "/dossiers/d9#ip-4"),
        (Kind::Claim, serde_json::json!({"number": 2}), "/dossiers/d9#claim-2"),
        (Kind::Contribution, serde_json::json!({"rank": 1}), "/dossiers/d9#contribution-1"),
        (Kind::Paper, serde_json::json!(null), "/dossiers/d9"),
    ] {
        let mut found = a_hit(kind, "某");
        found.record = serde_json::value::to_raw_value(&record).expect("JSON");
        found.dossier = Some(dossier.clone());
        assert_eq!(hit(&found).href, want);
    }
}

#[test]
fn the_page_says_what_the_search_had_to_do() {
    let request = SearchRequest { q: "徽创".into(), ..SearchRequest::default() };
    let mut nothing = answer(Vec::new(), 0);
    nothing.did_you_mean = Some("微创".into());
    let empty = html(&request, &nothing);
    assert!(empty.contains("没有找到") && empty.contains("您要找的是不是"));
    let mut relaxed = answer(vec![a_hit(Kind::Dossier, "一")], 1);
    relaxed.relaxed = true;
    relaxed.warnings = vec!["少了一个引号".into()];
    let relaxed = html(&request, &relaxed);
    assert!(
        relaxed.contains("只含其中一部分")
            && relaxed.contains("少了一个引号")
            && !relaxed.contains("没有找到")
    );
}

#[test]
fn pages_go_on_by_number_and_then_by_cursor() {
    let mut answer = answer(vec![a_hit(Kind::Dossier, "一")], 1_000_000);
    let at = |offset, answer: &SearchResponse| {
        let request = SearchRequest { offset, ..SearchRequest::default() };
        SearchPage::new(&request, answer).next
    };
    assert_eq!(at(0, &answer), None);
    answer.next_cursor = Some("abc".into());
    assert!(at(0, &answer).is_some_and(|href| href.contains("offset=20")));
    assert!(
        at(MAX_OFFSET, &answer).is_some_and(|href| href.contains("cursor=abc") && !href.contains("offset"))
    );
}
