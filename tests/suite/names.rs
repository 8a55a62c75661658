//! Are people, institutions and topics found by what one types of them, in Han or in Latin letters?

use serde_json::Value;

use crate::{corpus, real_documents, service::Service};

fn invented(count: u64) -> Service {
    let service = Service::empty();
    for n in 0..count {
        service.archive.keep("invented.txt", corpus::dossier(n).as_bytes()).expect("kept");
    }
    service.archive.catch_up().expect("indexed");
    service
}

fn texts<'a>(answer: &'a Value, list: &str, field: &str) -> Vec<&'a str> {
    answer[list].as_array().expect("a list").iter().filter_map(|one| one[field].as_str()).collect()
}

#[tokio::test]
async fn suggestions_lead_to_what_they_name() {
    let service = invented(12);
    let mut seen = 0;
    for typed in ["欧", "ouyang", "zh", "中心", "云川", "yunchuan", "z", "医院", "xinzang"] {
        let answer = service.api("suggest", &[("q", typed), ("limit", "50")]).await;
        assert_eq!(answer["query"], typed);
        assert!(answer["took_ms"].as_f64().expect("a time") >= 0.0);
        for one in answer["suggestions"].as_array().expect("a list") {
            seen += 1;
            let text = one["text"].as_str().expect("a text");
            let length = text.chars().count() as u64;
            assert!(one["count"].as_u64().expect("a count") > 0, "{one}");
            for mark in one["marks"].as_array().expect("marks") {
                let (from, to) = (mark[0].as_u64().expect("from"), mark[1].as_u64().expect("to"));
                assert!(from < to && to <= length, "{one}");
            }
            let kind = one["kind"].as_str().expect("a kind");
            match one["id"].as_str() {
                None => {
                    assert_eq!(kind, "topic");
                    let found = service.api("search", &[("topic", text)]).await;
                    assert_eq!(found["total"], one["count"], "{one}");
                }
                Some(id) => {
                    let path = if kind == "person" { "people".to_owned() } else { format!("{kind}s") };
                    let record = service.api(&format!("{path}/{id}"), &[]).await;
                    assert_eq!(record["name"].as_str().or(record["title"].as_str()), Some(text));
                }
            }
        }
    }
    assert!(seen > 50, "{seen} suggestions");
    let only = service.api("suggest", &[("q", "云"), ("kind", "institution"), ("limit", "1")]).await;
    assert!(texts(&only, "suggestions", "kind").iter().all(|kind| *kind == "institution"));
    assert_eq!(only["suggestions"].as_array().expect("a list").len(), 1);
}

#[tokio::test]
async fn suggestions_follow_what_comes_and_goes() {
    let service = Service::empty();
    let suggested = async |typed: &str| {
        let answer = service.api("suggest", &[("q", typed)]).await;
        answer["suggestions"].as_array().expect("a list").len()
    };
    assert_eq!(suggested("a").await, 0);
    let put = service.archive.add("invented.txt", corpus::dossier(3).as_bytes()).expect("added");
    let people = service.api("people", &[]).await;
    let name = people["items"][0]["name"].as_str().expect("a name");
    assert_eq!(suggested(name).await, 1);
    assert!(service.archive.remove(&put.id).expect("removed"));
    assert_eq!(suggested(name).await, 0);
}

#[tokio::test]
async fn what_the_real_documents_name_is_found_in_latin_letters() {
    let Some(shared) = real_documents() else { return };
    let service = Service::over(&shared.join("seeds"));
    for (q, kind, want) in [
        ("Zhou Yue", "person", "周跃"),
        ("zhouyue", "person", "周跃"),
        ("xubaoshan", "person", "徐宝山"),
        ("Xu Bao-Shan", "person", "徐宝山"),
        ("xbs 创新点2", "person", "徐宝山"),
    ] {
        let answer = service.api("search", &[("q", q), ("kind", kind)]).await;
        assert_eq!(texts(&answer, "hits", "title").first(), Some(&want), "{q}");
    }
    let papers = service.api("search", &[("q", "Li Changqing"), ("kind", "paper")]).await;
    let numbers: Vec<&Value> =
        papers["hits"].as_array().expect("hits").iter().map(|hit| &hit["record"]["number"]).collect();
    assert_eq!((numbers.len(), papers["relaxed"].as_bool()), (2, Some(false)));
    for hit in papers["hits"].as_array().expect("hits") {
        let marked = hit["snippets"].as_array().expect("snippets").iter().any(|snippet| {
            let text: Vec<char> = snippet["text"].as_str().expect("a text").chars().collect();
            let bound = |mark: &Value, at: usize| mark[at].as_u64().expect("a bound") as usize;
            let marks = snippet["marks"].as_array().expect("marks").iter();
            marks
                .map(|mark| text[bound(mark, 0)..bound(mark, 1)].iter().collect::<String>())
                .any(|mark| mark == "李长青")
        });
        assert!(marked, "{hit}");
    }
    for (typed, kind, want) in [
        ("xbs", "person", "徐宝山"),
        ("徐", "person", "徐宝山"),
        ("新桥", "institution", "陆军军医大学第二附属医院"),
        ("european sp", "journal", "European Spine Journal"),
    ] {
        let answer = service.api("suggest", &[("q", typed), ("kind", kind)]).await;
        assert!(texts(&answer, "suggestions", "text").contains(&want), "{typed} {answer}");
    }
    let answer = service.api("search", &[("q", "徐宝杉"), ("kind", "person")]).await;
    assert_eq!(answer["did_you_mean"], "徐宝山");
}

/// Over more dossiers: `DOSSIER_MANY=10000 cargo test --release suggestions_are_quick -- --nocapture`.
#[tokio::test]
async fn suggestions_are_quick() {
    let many = std::env::var("DOSSIER_MANY").ok().and_then(|many| many.parse().ok());
    let service = invented(many.unwrap_or(60));
    let typed = [
        "z",
        "zh",
        "zhang",
        "zab",
        "张",
        "欧阳",
        "医院",
        "云川",
        "yc",
        "y",
        "心脏",
        "bone",
        "中心医院",
        "zzzz",
    ];
    let mut worst: (f64, &str) = (0.0, "");
    service.api("suggest", &[("q", "a")]).await;
    for typed in typed {
        let answer = service.api("suggest", &[("q", typed)]).await;
        let took = answer["took_ms"].as_f64().expect("a time");
        println!(
            "{typed}: {took} ms, {} suggestions",
            answer["suggestions"].as_array().expect("a list").len()
        );
        worst = if took > worst.0 { (took, typed) } else { worst };
    }
    println!("slowest: {worst:?}");
    assert!(worst.0 < 250.0, "{worst:?}");
}
