//! Do counts, clicks and tabs agree?

use std::{collections::BTreeMap, path::Path};

use dossier_search::{
    domain::{Facet, Kind},
    search::{NOT_PRINTED, SearchRequest, SearchResponse},
};

use crate::{senseless, service::Service};

fn ask(service: &Service, kind: Kind, q: &str, filters: &[(Facet, String)]) -> SearchResponse {
    let (q, filters) = (q.to_owned(), filters.to_vec());
    let request = SearchRequest { q, kind, filters, limit: 1, facet_limit: 1000, ..Default::default() };
    service.archive.search(&request).expect("an answer")
}

/// Chooses every value of every facet, and in what is then shown every value again.
#[test]
fn every_count_is_the_total_after_the_click_two_levels_deep() {
    let service = Service::over_documents();
    let mut clicks = 0;
    for kind in Kind::ALL {
        clicks += walk(&service, kind, "", &[], 2) + walk(&service, kind, "创新点", &[], 1);
    }
    println!("{clicks} clicks");
    assert!(clicks > 1_000, "only {clicks} values were chosen");
}

fn walk(service: &Service, kind: Kind, q: &str, chosen: &[(Facet, String)], depth: usize) -> usize {
    let answer = ask(service, kind, q, chosen);
    assert_eq!(answer.kinds[&kind], answer.total, "the tab of {kind} after {chosen:?}");
    let mut clicks = 0;
    for (facet, counts) in &answer.facets {
        // The order of two clicks does not matter, so each pair of facets is walked one way.
        if chosen.last().is_some_and(|(last, _)| last >= facet) {
            continue;
        }
        for count in counts {
            let mut filters = chosen.to_vec();
            filters.push((*facet, count.value.to_string()));
            let after = ask(service, kind, q, &filters);
            assert_eq!(after.total, count.count, "{kind} '{q}' {filters:?}");
            clicks += 1;
        }
        let mut none = chosen.to_vec();
        none.push((*facet, NOT_PRINTED.to_owned()));
        assert_eq!(ask(service, kind, q, &none).total, answer.missing[facet], "{kind} '{q}' {none:?}");
        assert_eq!(answer.facet_values[facet], counts.len() as u64);
        if depth > 1 {
            for count in counts {
                let mut filters = chosen.to_vec();
                filters.push((*facet, count.value.to_string()));
                clicks += walk(service, kind, q, &filters, depth - 1);
            }
        }
    }
    clicks
}

#[test]
fn two_values_of_one_facet_are_either_and_two_facets_are_both() {
    let service = Service::over(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
    let all = ask(&service, Kind::Contribution, "", &[]);
    let counts: BTreeMap<&str, u64> =
        all.facets[&Facet::Institution].iter().map(|count| (&*count.value, count.count)).collect();
    let (first, second) = {
        let mut names = counts.keys();
        (names.next().expect("a value").to_string(), names.next().expect("another").to_string())
    };
    let pick = |values: &[&str]| -> Vec<(Facet, String)> {
        values.iter().map(|value| (Facet::Institution, (*value).to_owned())).collect()
    };
    let either = ask(&service, Kind::Contribution, "", &pick(&[&first, &second]));
    assert_eq!(either.total, counts[first.as_str()] + counts[second.as_str()]);
    assert_eq!(
        either.facets[&Facet::Institution],
        all.facets[&Facet::Institution],
        "its own list does not shrink"
    );
    let other_order = ask(&service, Kind::Contribution, "", &pick(&[&second, &first]));
    let ids = |answer: &SearchResponse| answer.hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&either), ids(&other_order));
    assert_eq!(either.facets, other_order.facets);
}

/// `cargo bench --bench any_query` asks a hundred thousand and says how long the worst takes.
#[tokio::test]
async fn a_senseless_question_is_answered_or_refused() {
    let service = Service::over(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
    for (number, q) in senseless::questions(400).enumerate() {
        let answer = service.get(&senseless::address(&q, number)).await;
        assert!([200, 400].contains(&answer.status.as_u16()), "{} for {q:?}: {}", answer.status, answer.body);
    }
}

#[test]
fn every_tab_holds_what_it_says() {
    let service = Service::over_documents();
    for q in ["", "手术", "创新点1", "ECMO 专利", "没有这样的词"] {
        let totals = ask(&service, Kind::Dossier, q, &[]).kinds;
        for kind in Kind::ALL {
            assert_eq!(ask(&service, kind, q, &[]).total, totals[&kind], "'{q}' {kind}");
        }
    }
}
