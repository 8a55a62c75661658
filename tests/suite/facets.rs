//! Do counts, clicks, sums and pages agree, whatever is asked?

use std::sync::LazyLock;

use dossier_search::{
    domain::{Facet, Kind},
    search::{Cursor, NOT_PRINTED, SearchRequest, SearchResponse, Sort},
};
use proptest::prelude::*;

use crate::{corpus, service::Service};

static SERVICE: LazyLock<Service> = LazyLock::new(|| {
    let service = Service::empty();
    for n in 0..12 {
        service.archive.keep("invented.txt", corpus::dossier(n).as_bytes()).expect("kept");
        // Several segments, so that values and places have to meet across them.
        if n % 4 == 3 {
            service.archive.catch_up().expect("indexed");
        }
    }
    service
});

/// Facets of which a record of one dossier has one value at most.
const SINGLE: [Facet; 5] = [Facet::Type, Facet::Award, Facet::Category, Facet::Recommender, Facet::Year];
const OF_ONE_DOSSIER: [Kind; 5] = [Kind::Dossier, Kind::Paper, Kind::Ip, Kind::Claim, Kind::Contribution];

fn ask(request: &SearchRequest) -> SearchResponse {
    SERVICE.archive.search(request).expect("an answer")
}

fn ids(answer: &SearchResponse) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.as_str()).collect()
}

/// A search with up to three choices of values that the archive has, or of none.
fn requests() -> impl Strategy<Value = SearchRequest> {
    let q = prop_oneof![
        Just(String::new()),
        prop::sample::select(vec![
            "系统",
            "医院 创新点1",
            "-教授",
            "导航 OR 模型",
            "单位:中心医院",
            "怎样提高有效率"
        ])
        .prop_map(str::to_owned),
        (0..12u64, 0..8usize, 2..6usize).prop_map(|(n, from, length)| corpus::title(n)
            .chars()
            .skip(from)
            .take(length)
            .collect()),
    ];
    let choices = prop::collection::vec((0..Facet::ALL.len(), any::<prop::sample::Index>()), 0..4);
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let sort = prop::sample::select(Sort::ALL.to_vec());
    (q, kind, sort, choices).prop_map(|(q, kind, sort, choices)| {
        let mut request =
            SearchRequest { q, kind, sort, limit: 1000, facet_limit: 1000, ..Default::default() };
        let values = ask(&request).facets;
        for (facet, pick) in choices {
            let facet = Facet::ALL[facet];
            let mut labels: Vec<&str> = values[&facet].iter().map(|count| &*count.value).collect();
            labels.push(NOT_PRINTED);
            request.filters.push((facet, (*pick.get(&labels)).to_owned()));
        }
        request
    })
}

fn without(request: &SearchRequest, facet: Facet) -> SearchRequest {
    let filters = request.filters.iter().filter(|(of, _)| *of != facet).cloned().collect();
    SearchRequest { filters, limit: 1, ..request.clone() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn counts_clicks_sums_and_pages_agree(request in requests(), size in 1..40usize) {
        let answer = ask(&request);
        prop_assert_eq!(answer.hits.len() as u64, answer.total);
        for (facet, counts) in &answer.facets {
            let others = without(&request, *facet);
            let none = (NOT_PRINTED, answer.missing[facet]);
            let some = counts.iter().step_by(counts.len() / 4 + 1).map(|count| (&*count.value, count.count));
            for (value, count) in some.chain([none]) {
                let mut clicked = others.clone();
                clicked.filters.push((*facet, value.to_owned()));
                prop_assert_eq!(ask(&clicked).total, count, "{:?}", clicked);
            }
            if SINGLE.contains(facet) && OF_ONE_DOSSIER.contains(&request.kind) {
                let sum: u64 = counts.iter().map(|count| count.count).sum();
                prop_assert_eq!(sum + answer.missing[facet], ask(&others).total, "{} of {:?}", facet, others);
            }
        }
        let mut turned = request.clone();
        turned.filters.reverse();
        let same = ask(&turned);
        prop_assert_eq!(ids(&same), ids(&answer));
        prop_assert_eq!(&same.facets, &answer.facets);
        prop_assert_eq!(&same.kinds, &answer.kinds);

        let mut page = SearchRequest { limit: size, ..request };
        let mut paged = Vec::new();
        loop {
            let part = ask(&page);
            prop_assert_eq!(part.total, answer.total);
            paged.extend(part.hits.into_iter().map(|hit| hit.id));
            let Some(next) = part.next_cursor else { break };
            page.cursor = Some(Cursor::read(&next, &page).expect("a cursor of this search"));
        }
        prop_assert_eq!(paged, ids(&answer));
    }
}
