//! Can OpenRefine find the records that a column of names means?
//!
//! Its client's calls are replayed in their order: manifest, a batch of ten, suggestions, previews, data
//! extension. People and institutions are invented.

use axum::http::{Method, StatusCode};
use dossier_search::{
    domain::{Award, Contributor, Dossier, DossierKind, Institution, Paper, SourceInfo},
    store::NewDocument,
};
use serde_json::{Value, json};

use crate::service::{Answer, Service, encoded};

/// Two dossiers: 王三 is two people of two institutions, 陈一 one of both dossiers.
fn service() -> Service {
    let service = Service::empty();
    let contributor = |rank: u32, (name, institution): (&str, &str)| Contributor {
        rank: Some(rank),
        name: name.into(),
        institution: Some(institution.into()),
        contribution: Some("负责周跃之外的全部工作".into()),
        ..Contributor::default()
    };
    let dossier = |title: &str, year: u16, people: &[(&str, &str)]| Dossier {
        kind: DossierKind::Dossier,
        title: Some(title.into()),
        source: SourceInfo { path: format!("{title}.txt"), ..SourceInfo::default() },
        award: Some(Award { name: Some("某科技奖".into()), year: Some(year), ..Award::default() }),
        contributors: (1..).zip(people).map(|(rank, person)| contributor(rank, *person)).collect(),
        institutions: (1..)
            .zip([
                ("云川市胸科医院", "云川市胸科医院（云川胸科中心医院）牵头"),
                ("北岭大学第一医院", "提供病例"),
            ])
            .map(|(rank, (name, contribution))| Institution {
                rank: Some(rank),
                name: name.into(),
                contribution: Some(contribution.into()),
                ..Institution::default()
            })
            .collect(),
        papers: vec![Paper {
            title: "On thoracic examples".into(),
            journal: Some("Annals of Invented Medicine".into()),
            ..Paper::default()
        }],
        ..Dossier::default()
    };
    for dossier in [
        dossier("肺结节导航技术的建立", 2025, &[("陈一", "云川市胸科医院"), ("王三", "云川市胸科医院")]),
        dossier(
            "<b>骨</b>与软骨的修复",
            2026,
            &[("陈一", "云川市胸科医院"), ("王三", "北岭大学第一医院"), ("周跃", "北岭大学第一医院")],
        ),
    ] {
        let text = serde_json::to_string(&dossier).expect("JSON");
        let document = NewDocument { bytes: text.as_bytes(), text: &text, dossier: &dossier };
        service.archive.store().put(&document).expect("kept");
    }
    service.archive.catch_up().expect("indexed");
    service
}

async fn post(service: &Service, field: &str, value: &Value) -> Answer {
    let body = format!("{field}={}", encoded(&value.to_string()));
    service.form("/reconcile", body.into_bytes()).await
}

async fn batch(service: &Service, queries: &Value) -> Value {
    let answer = post(service, "queries", queries).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

/// Checks an answer against the schema of the specification.
fn is_result(result: &Value) {
    for candidate in result["result"].as_array().expect("candidates") {
        assert!(candidate["id"].is_string() && candidate["name"].is_string(), "{candidate}");
        assert!((0.0..=100.0).contains(&candidate["score"].as_f64().expect("a score")), "{candidate}");
        assert!(candidate["match"].is_boolean() && candidate["type"][0]["id"].is_string(), "{candidate}");
        for feature in candidate["features"].as_array().expect("features") {
            assert!(feature["id"].is_string() && feature["value"].is_number(), "{feature}");
        }
    }
}

/// `name score! ` for each candidate, the exclamation mark for a match.
fn shown(result: &Value) -> String {
    let candidates = result["result"].as_array().expect("candidates").iter().map(|candidate| {
        let mark = if candidate["match"] == true { "!" } else { "" };
        format!("{} {}{mark}", candidate["name"].as_str().expect("a name"), candidate["score"])
    });
    candidates.collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn the_client_of_openrefine_is_answered() {
    let service = service();
    let manifest = service.get("/reconcile").await;
    assert_eq!(manifest.open_to, "*", "pages of other sites may read it");
    let manifest = manifest.json();
    assert_eq!(manifest["versions"], json!(["0.2"]));
    for field in ["name", "identifierSpace", "schemaSpace"] {
        assert!(manifest[field].is_string(), "{field}");
    }
    let types: Vec<&str> = manifest["defaultTypes"]
        .as_array()
        .expect("types")
        .iter()
        .filter_map(|kind| kind["id"].as_str())
        .collect();
    assert_eq!(types, ["person", "institution", "journal", "dossier"]);
    let here = |template: &Value, id: &str| {
        let address = template.as_str().expect("an address").replace("{{id}}", id);
        address.strip_prefix("http://127.0.0.1:8080").expect("where it was asked").to_owned()
    };

    let queries = json!({
        "q0": {"query": "陈一", "type": "person", "limit": 5, "type_strict": "should"},
        "q1": {"query": "王三", "type": "person"},
        "q2": {"query": "王三", "type": "person", "properties": [{"pid": "institution", "v": "云川市胸科医院"}]},
        "q3": {"query": "王三", "type": "person", "properties": [{"pid": "year", "v": 2026}]},
        "q4": {"query": "云川胸科中心医院", "type": "institution"},
        "q5": {"query": "云川市胸科医院心外科", "type": "institution"},
        "q6": {"query": "ANNALS of invented medicine", "type": "journal"},
        "q7": {"query": "肺结节导航技术的建立", "type": "dossier", "properties": [{"pid": "year", "v": ["2025"]}]},
        "q8": {"query": "Zhou Yue", "type": "person"},
        "q9": {"query": "查无此人", "type": ["person", "institution"]},
    });
    let answer = batch(&service, &queries).await;
    assert_eq!(answer.as_object().expect("answers").len(), 10);
    answer.as_object().expect("answers").values().for_each(is_result);
    for (query, want) in [
        ("q0", "陈一 100.0!"),
        ("q1", "王三 100.0, 王三 100.0"),
        ("q3", "王三 100.0!, 王三 60.0"),
        ("q6", "Annals of Invented Medicine 100.0!"),
        ("q7", "肺结节导航技术的建立 100.0!"),
        ("q8", "周跃 85.0"),
        ("q9", ""),
    ] {
        assert_eq!(shown(&answer[query]), want, "{query}");
    }
    let first = |query: &str| answer[query]["result"][0].clone();
    assert_eq!((&first("q2")["match"], &first("q2")["score"]), (&json!(true), &json!(100.0)));
    assert_eq!(answer["q2"]["result"][1]["match"], false);
    assert_eq!(
        (&first("q4")["name"], &first("q4")["match"]),
        (&json!("云川市胸科医院"), &json!(true)),
        "another name"
    );
    assert_eq!((&first("q5")["name"], &first("q5")["match"]), (&json!("云川市胸科医院"), &json!(false)));
    // A cell that was reconciled before is sent by its id.
    let institution = &first("q4")["id"];
    let again = json!({"q0": {"query": "王三", "type": "person",
        "properties": [{"pid": "institution", "v": {"id": institution, "name": "x"}}]}});
    assert_eq!(batch(&service, &again).await["q0"]["result"][0]["id"], first("q2")["id"]);
    let by_address = service.get(&format!("/reconcile?queries={}", encoded(&queries.to_string()))).await;
    assert_eq!(by_address.json(), answer, "by GET as by POST");

    let suggest = |of: &str, query: &str| {
        let service_at = &manifest["suggest"][of];
        format!(
            "{}{}?{query}",
            here(&service_at["service_url"], ""),
            service_at["service_path"].as_str().expect("a path")
        )
    };
    let names = |answer: &Value| -> Vec<String> {
        let result = answer["result"].as_array().expect("a result").iter();
        result.map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
    };
    let typed = service.get(&suggest("entity", "prefix=%E7%8E%8B")).await.json();
    assert_eq!(names(&typed), ["王三", "王三"]);
    assert!(typed["result"][0]["description"].is_string(), "what tells namesakes apart");
    assert_eq!(names(&service.get(&suggest("entity", "prefix=%E7%8E%8B&cursor=1")).await.json()), ["王三"]);
    let pinyin = service.get(&suggest("entity", "prefix=zhouyue&type=person&type_strict=any")).await;
    assert_eq!(names(&pinyin.json()), ["周跃"]);
    assert_eq!(names(&service.get(&suggest("type", "prefix=per")).await.json()), ["完成人"]);
    assert_eq!(
        names(&service.get(&suggest("property", "prefix=&schema=person")).await.json()),
        ["单位", "年份", "奖项"]
    );

    let id = first("q0")["id"].as_str().expect("an id").to_owned();
    let preview = service.get(&here(&manifest["preview"]["url"], &id)).await;
    assert!(preview.body.contains("陈一") && preview.body.contains("云川市胸科医院"), "{}", preview.body);
    assert!(!preview.body.contains("<b>骨</b>") && preview.body.contains("骨"), "titles are escaped");
    assert!(preview.policy.contains("frame-ancestors *"), "{}", preview.policy);
    let view = service.get(&here(&manifest["view"]["url"], &id)).await;
    assert_eq!((view.status, view.location), (StatusCode::SEE_OTHER, format!("/people/{id}")));

    let proposed = service.get("/reconcile/properties?type=person").await.json();
    assert_eq!(proposed["properties"][1], json!({"id": "year", "name": "年份"}));
    let extend = json!({"ids": [id, "p000000000000"], "properties": [{"id": "institution"}, {"id": "year"}]});
    let extended = post(&service, "extend", &extend).await.json();
    assert_eq!(extended["meta"][0], json!({"id": "institution", "name": "单位"}));
    assert_eq!(extended["rows"][&id]["year"], json!([{"int": 2025}, {"int": 2026}]));
    assert_eq!(extended["rows"][&id]["institution"][0]["name"], "云川市胸科医院");
    assert_eq!(extended["rows"]["p000000000000"], json!({"institution": [], "year": []}));
}

#[tokio::test]
async fn names_alone_are_compared() {
    let service = service();
    // Every contribution names 周跃 in its text; only one person bears the name.
    let answer = batch(&service, &json!({"q0": {"query": "周跃"}})).await;
    assert_eq!(shown(&answer["q0"]), "周跃 100.0!");
}

#[tokio::test]
async fn what_cannot_be_answered_says_why() {
    let service = service();
    let many: serde_json::Map<String, Value> =
        (0..51).map(|n| (format!("q{n}"), json!({"query": "陈一"}))).collect();
    for (field, value, says) in [
        ("queries", Value::Object(many), "the limit is 50"),
        ("queries", json!([1]), "'queries'"),
        ("queries", json!({"q0": {"query": "甲", "type": "planet"}}), "planet"),
        ("extend", json!({"ids": ["p0"], "properties": [{"id": "size"}]}), "size"),
        ("frobnicate", json!(1), "frobnicate"),
    ] {
        let answer = post(&service, field, &value).await;
        assert_eq!((answer.status, answer.open_to.as_str()), (StatusCode::BAD_REQUEST, "*"), "{value}");
        assert!(answer.body.contains(says), "{}", answer.body);
    }
    let no_form = service.call(Method::POST, "/reconcile", b"{}".to_vec()).await;
    assert_eq!(no_form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for id in ["", "x1", "p000000000000", "a37qmw4ordsz5"] {
        let answer = service.get(&format!("/reconcile/preview?id={id}")).await;
        assert!(answer.status.is_client_error(), "{id}: {}", answer.status);
    }
}
