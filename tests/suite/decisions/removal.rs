use std::collections::{BTreeSet, VecDeque};

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{add, decide, first_notice, notice, person, post, service, total, undo};
use crate::service::{Service, encoded};

const KINDS: [&str; 8] =
    ["dossier", "person", "institution", "journal", "paper", "ip", "claim", "contribution"];

fn removal(target: &str) -> Value {
    json!({"action": "remove", "target": target, "reason": "周延本人来函要求", "category": "request", "by": "周延"})
}

/// Every answer that a visitor can come to from the first pages and the lists, by its address.
async fn everything(service: &Service) -> Vec<(String, String)> {
    let mut queue: VecDeque<String> =
        ["/", "/?kind=person", "/?kind=contribution", "/?kind=paper"].map(str::to_owned).into();
    let lists = ["dossiers", "people", "institutions", "journals", "papers", "ip", "claims", "contributions"];
    queue.extend(lists.map(|list| format!("/api/v1/{list}?limit=100")));
    queue.extend(KINDS.map(|kind| format!("/api/v1/search?kind={kind}&limit=50")));
    queue.extend(
        ["dossier", "person", "paper", "contribution"]
            .map(|kind| format!("/api/v1/export?kind={kind}&format=jsonl")),
    );
    queue.extend(
        ["csv", "ris", "bibtex", "json-ld"]
            .map(|format| format!("/api/v1/export?kind=dossier&format={format}")),
    );
    queue.extend(["/api/v1/reuse".to_owned(), format!("/reconcile/suggest/entity?prefix={}", encoded("周"))]);
    queue.extend(["/api/v1/decisions".to_owned(), format!("/api/v1/suggest?q={}", encoded("甲"))]);
    let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
    let mut answers = Vec::new();
    while let Some(address) = queue.pop_front() {
        let answer = service.get(&address).await;
        let mut found: Vec<String> = Vec::new();
        let links = answer.body.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
        found.extend(links.filter(|link| link.starts_with('/')).map(|link| link.replace("&amp;", "&")));
        for item in answer.body.split("\"id\":\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let Some(folder) = folder(item) else { continue };
            found.push(format!("/api/v1/{folder}/{item}"));
            if ["dossiers", "people", "institutions"].contains(&folder) {
                found.push(format!("/api/v1/{folder}/{item}/history"));
                let ties = if folder == "dossiers" { "matrix" } else { "relations" };
                found.push(format!("/api/v1/{folder}/{item}/{ties}"));
                found.push(format!("/{folder}/{item}"));
            }
        }
        found.retain(|address| {
            !address.contains("assets") && !address.contains("openapi") && address.len() < 300
        });
        if seen.len() < 600 {
            queue.extend(found.into_iter().filter(|address| seen.insert(address.clone())));
        }
        answers.push((address, answer.body));
    }
    answers
}

fn folder(id: &str) -> Option<&'static str> {
    Some(match id.chars().next()? {
        'd' => "dossiers",
        'p' => "people",
        'i' => "institutions",
        'j' => "journals",
        'a' => "papers",
        'r' => "ip",
        'c' => "claims",
        'b' => "contributions",
        _ => return None,
    })
}

/// The addresses at which a name can be read, however it is spaced.
async fn named(service: &Service, name: &str) -> Vec<String> {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let answers = everything(service).await;
    assert!(answers.len() > 40, "only {} addresses", answers.len());
    answers.into_iter().filter(|(_, body)| plain(body).contains(name)).map(|(address, _)| address).collect()
}

#[tokio::test]
async fn a_removed_person_is_nowhere() {
    let (service, id) = service();
    add(
        &service,
        "news.txt",
        "甲医院开展新手术\n\n近日，甲医院周 延教授团队完成一例手术。周延表示，患者恢复良好。\n",
    );
    let person = person(&service, "周延").await;
    let contribution = service.api("contributions", &[("person", &person)]).await["items"][0]["id"].clone();
    let contribution = contribution.as_str().expect("an id").to_owned();
    assert!(named(&service, "周延").await.len() > 10, "the name stands in many places");
    decide(&service, &removal(&person)).await;

    for path in [format!("/api/v1/people/{person}"), format!("/people/{person}")] {
        let answer = service.get(&path).await;
        assert_eq!(answer.status, StatusCode::GONE, "{path}: {}", answer.body);
        assert!(
            answer.body.contains("removed by decision 1 of 20") && answer.body.contains("reason: request"),
            "{}",
            answer.body
        );
        let wanted =
            if path.starts_with("/api") { "application/problem+json" } else { "text/html; charset=utf-8" };
        assert_eq!(answer.kind, wanted);
    }
    assert_eq!(
        service.get(&format!("/api/v1/contributions/{contribution}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(named(&service, "周延").await, [""; 0]);

    for kind in KINDS {
        for q in ["周延", "\"周延\"", "zhouyan", "person:周延", "周延 甲医院", "周*"] {
            let found = service.api("search", &[("q", q), ("kind", kind)]).await;
            let hits =
                found["hits"].to_string() + &found["facets"].to_string() + &found["did_you_mean"].to_string();
            assert!(!hits.contains("周延"), "{q} {kind}: {hits}");
            if q != "周延 甲医院" {
                assert_eq!(found["total"], 0, "{q} {kind}");
            }
        }
        assert_eq!(total(&service, &[("person", "周延"), ("kind", kind)]).await, 0, "{kind}");
        assert_eq!(total(&service, &[("person", &person), ("kind", kind)]).await, 0, "{kind}");
    }
    for typed in ["周", "周延", "zhouy", "zy", "延"] {
        let found = service.api("suggest", &[("q", typed)]).await;
        assert!(!found["suggestions"].to_string().contains("周延"), "{found}");
    }
    let near = service.api("search", &[("q", "周廷"), ("kind", "person")]).await;
    assert!(!near["did_you_mean"].to_string().contains("周延"), "{near}");
    for (list, parameter) in [("people", "name"), ("contributions", "person")] {
        assert_eq!(service.api(list, &[(parameter, "周延")]).await["total"], 0, "{list}");
    }
    assert_eq!(service.api("contributions", &[("person", &person)]).await["total"], 0);

    let dossier = service.api(&format!("dossiers/{id}"), &[]).await;
    let row = &dossier["contributors"][0];
    assert_eq!((&row["name"], &row["rank"], &row["claims"]), (&"［已移除］".into(), &1.into(), &json!([1])));
    for field in ["institution", "employer", "post", "contribution"] {
        assert_eq!(row[field], Value::Null, "{field}");
    }
    assert_eq!((&row["titles"], &row["evidence"]), (&json!([]), &json!([])));
    assert_eq!(dossier["papers"][0]["authors"], json!(["［已移除］", "林佩", "何清"]));
    assert_eq!(dossier["contributors"][1]["contribution"], "林佩在创新点1中与［已移除］共同完成第2项试验。");
}

#[tokio::test]
async fn nobody_stands_in_the_place_of_a_removed_person() {
    let (service, _) = service();
    decide(&service, &removal(&person(&service, "周延").await)).await;
    assert_eq!(service.api("people", &[]).await["total"], 2);
    assert_eq!(service.api("people", &[("name", "移除")]).await["total"], 0);
    let found = service.api("search", &[("kind", "paper")]).await;
    assert!(!found["facets"]["person"].to_string().contains("移除"), "{}", found["facets"]["person"]);
    assert_eq!(service.api("suggest", &[("q", "已移除")]).await.to_string().matches("［已移除］").count(), 0);
    assert_eq!(total(&service, &[("q", "yiyichu"), ("kind", "dossier")]).await, 0);
}

#[tokio::test]
async fn spans_still_slice_what_they_are_of() {
    let (service, id) = service();
    decide(&service, &removal(&person(&service, "周延").await)).await;
    let source = service.get(&format!("/api/v1/dossiers/{id}/source")).await.body;
    let dossier = service.api(&format!("dossiers/{id}"), &[]).await;
    let slice = |object: &Value, field: &str| {
        let spans = object["spans"][field].as_array().unwrap_or_else(|| panic!("{field} in {object}"));
        let ends = |span: &Value| {
            (span[0].as_u64().expect("a byte") as usize, span[1].as_u64().expect("a byte") as usize)
        };
        spans.iter().map(ends).map(|(start, end)| &source[start..end]).collect::<String>()
    };
    assert_eq!(slice(&dossier, "title"), super::TITLE);
    assert_eq!(slice(&dossier["contributors"][0], "name"), "［已移除］");
    for row in &dossier["contributors"].as_array().expect("a list")[1..] {
        for field in ["name", "institution", "contribution"] {
            assert_eq!(slice(row, field), row[field].as_str().expect("text"), "{field}");
        }
    }
    assert_eq!(slice(&dossier["papers"][0], "authors"), "［已移除］林佩何清");
    assert_eq!(slice(&dossier["ip"][0], "title"), "一种导航装置");
    assert_eq!(slice(&dossier["institutions"][0], "contribution"), "甲医院提供平台。");
    let found = service.api("search", &[("q", "共同完成第2项"), ("kind", "dossier")]).await;
    let snippet = &found["hits"][0]["snippets"][0];
    let (start, end) =
        (snippet["span"][0].as_u64().expect("a byte"), snippet["span"][1].as_u64().expect("a byte"));
    assert!(source[start as usize..end as usize].contains("共同完成第2项"), "{snippet}");
}

#[tokio::test]
async fn undone_a_removal_leaves_nothing_but_its_history() {
    let (service, id) = service();
    let person = person(&service, "周延").await;
    let addresses = [
        format!("/api/v1/dossiers/{id}"),
        format!("/api/v1/dossiers/{id}/source"),
        format!("/api/v1/people/{person}"),
        format!("/api/v1/search?q={}&kind=person", encoded("周延")),
        format!("/api/v1/search?q={}&kind=dossier", encoded("共同完成")),
        "/api/v1/papers".to_owned(),
        "/api/v1/contributions".to_owned(),
    ];
    let mut before = Vec::new();
    for address in &addresses {
        before.push(timeless(&service.get(address).await.body));
    }
    let decision = decide(&service, &removal(&person)).await;
    undo(&service, decision).await;
    for (address, before) in addresses.iter().zip(before) {
        assert_eq!(timeless(&service.get(address).await.body), before, "{address}");
    }
    let history = service.api(&format!("people/{person}/history"), &[]).await;
    assert_eq!(history["decisions"].as_array().map(Vec::len), Some(1));
    assert!(!history.to_string().contains("周延"), "{history}");
}

fn timeless(body: &str) -> String {
    match serde_json::from_str::<Value>(body) {
        Ok(mut json) => {
            json.as_object_mut().map(|object| object.remove("took_ms"));
            json.to_string()
        }
        Err(_) => body.to_owned(),
    }
}

#[tokio::test]
async fn the_history_of_a_removed_person_does_not_name_them() {
    let (service, id) = service();
    let target = person(&service, "周延").await;
    let correction = json!({"action": "correct", "target": id, "field": "papers[0].authors[0]",
        "value": "周 延", "reason": "周延来函"});
    decide(&service, &correction).await;
    decide(&service, &removal(&target)).await;
    let history = service.api(&format!("people/{target}/history"), &[]).await;
    let told = &history["decisions"][0];
    assert_eq!(
        (&told["action"], &told["kind"], &told["reason"]),
        (&"remove".into(), &"person".into(), &"request".into())
    );
    assert!(told["at"].as_str().expect("a time").starts_with("20"), "{told}");
    assert_eq!((&told["detail"], &told["by"]), (&json!({"category": "request"}), &Value::Null));
    let history = service.api(&format!("dossiers/{id}/history"), &[]).await.to_string();
    assert!(history.contains("papers[0].authors[0]"), "{history}");
    for address in [
        "decisions".to_owned(),
        "decisions/1".into(),
        format!("dossiers/{id}/history"),
        format!("people/{target}/history"),
    ] {
        let told = service.get(&format!("/api/v1/{address}")).await.body;
        assert!(!told.contains("周延") && !told.contains("周 延"), "{told}");
    }
    let page = service.get(&format!("/dossiers/{id}")).await.body;
    assert!(page.contains("［已移除］") && !page.contains("周延"), "{page}");
}

#[tokio::test]
async fn later_versions_and_other_documents_do_not_bring_a_person_back() {
    let (service, id) = service();
    decide(&service, &removal(&person(&service, "周延").await)).await;
    let rows = [("林佩", "甲医院"), ("周 延", "甲醫院"), ("何清", "乙大学")];
    assert_eq!(add(&service, "second.txt", &notice("周延团队再历一年。", &rows)), id);
    assert_eq!(named(&service, "周延").await, [""; 0], "a new version");
    let other = first_notice().replace(super::TITLE, "另一术的建立与应用");
    assert_ne!(add(&service, "other.txt", &other), id);
    add(&service, "news.txt", "甲医院新闻\n\n甲医院的周延主任医师到访。\n");
    assert_eq!(named(&service, "周延").await, [""; 0], "other documents that say who is meant");
    assert_eq!(service.api("people", &[("name", "林佩")]).await["total"], 1);
}

#[tokio::test]
async fn a_person_does_not_come_back_under_another_institution() {
    let (service, id) = service();
    add(&service, "news.txt", "新手术开展顺利\n\n近日，甲医院周延教授团队完成一例手术。\n");
    let change = json!({"action": "correct", "target": id, "field": "contributors[0].name", "value": "周言", "reason": "误印"});
    let renamed = decide(&service, &change).await;
    decide(&service, &removal(&person(&service, "周言").await)).await;
    assert_eq!(named(&service, "周延").await, [""; 0], "the name that was printed");
    assert_eq!(named(&service, "周言").await, [""; 0], "the name that was shown");
    undo(&service, renamed).await;
    assert_eq!(named(&service, "周延").await, [""; 0], "the person is removed, whatever they are called");
    for (field, value) in [("name", "周彦"), ("institution", "丙医院")] {
        let change = json!({"action": "correct", "target": id, "field": format!("contributors[0].{field}"), "value": value, "reason": "误印"});
        let answer = post(&service, "decisions", &change).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    }
    add(&service, "second.txt", &notice("次版。", &[("林佩", "甲医院"), ("周延", "戊医院")]));
    add(&service, "news.txt", "新手术开展顺利\n\n近日，周延教授团队又完成一例手术。\n");
    assert_eq!(named(&service, "周延").await, [""; 0], "in a document in which the name was hidden before");
}

#[tokio::test]
async fn others_keep_their_names() {
    let (service, id) = service();
    let elsewhere =
        notice("周延团队。", &[("周延", "丙医院")]).replace(super::TITLE, "丙术").replace("甲医院", "丙医院");
    let elsewhere = add(&service, "elsewhere.txt", &elsewhere);
    let longer = [("周延", "甲医院"), ("周延庆", "甲医院"), ("周延", "丁大学")];
    add(&service, "second.txt", &notice("周延与周延庆。", &longer));
    let people = service.api("people", &[("name", "周延")]).await;
    let item = people["items"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|item| item["name"] == "周延" && item["institution"]["name"] == "甲医院");
    decide(&service, &removal(item.expect("there")["id"].as_str().expect("an id"))).await;

    let dossier = service.api(&format!("dossiers/{id}"), &[]).await;
    let names: Vec<&Value> = (0..3).map(|row| &dossier["contributors"][row]["name"]).collect();
    assert_eq!(names, ["［已移除］", "周延庆", "周延"], "a longer name, and another of the same name");
    assert!(
        dossier["summary"].as_str().expect("text").contains("［已移除］与周延庆"),
        "{}",
        dossier["summary"]
    );
    let left = service.api("people", &[("name", "周延")]).await;
    let mut left: Vec<String> = left["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| format!("{}{}", item["name"], item["institution"]["name"]).replace('"', ""))
        .collect();
    left.sort();
    assert_eq!(left, ["周延丁大学", "周延丙医院", "周延庆甲医院"]);
    let other = service.api(&format!("dossiers/{elsewhere}"), &[]).await.to_string();
    assert!(other.contains("周延") && !other.contains("移除"), "a name alone is nobody: {other}");
}

#[tokio::test]
async fn a_removed_dossier_is_gone_until_that_is_undone() {
    let (service, id) = service();
    let path = format!("/api/v1/dossiers/{id}");
    let before = service.get(&path).await.body;
    let body = json!({"action": "remove", "target": id, "reason": "单位撤回", "category": "legal"});
    let decision = decide(&service, &body).await;
    for path in [path.clone(), format!("{path}/source"), format!("/dossiers/{id}")] {
        assert_eq!(service.get(&path).await.status, StatusCode::GONE, "{path}");
    }
    assert_eq!(service.call(Method::DELETE, &path, Vec::new()).await.status, StatusCode::GONE);
    for list in ["dossiers", "people", "papers", "ip", "claims", "contributions", "institutions"] {
        assert_eq!(service.api(list, &[]).await["total"], 0, "{list}");
    }
    for kind in KINDS {
        assert_eq!(total(&service, &[("kind", kind)]).await, 0, "{kind}");
    }
    let same = first_notice();
    let version = same.replace("五年", "六年");
    for text in [&same, &version] {
        let refused =
            service.call(Method::POST, "/api/v1/dossiers?filename=a.txt", text.clone().into_bytes()).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert!(
            refused.json()["detail"].as_str().expect("text").contains(&format!("decision {decision}")),
            "{}",
            refused.body
        );
    }
    let history = service.api(&format!("dossiers/{id}/history"), &[]).await;
    assert_eq!(history["decisions"][0]["reason"], "单位撤回");
    assert!(history["added"].is_string(), "{history}");
    let twice = post(&service, "decisions", &body).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);

    undo(&service, decision).await;
    assert_eq!(service.get(&path).await.body, before);
    assert_eq!(service.api("people", &[("name", "周延")]).await["total"], 1);
    assert_eq!(add(&service, "a.txt", &version), id, "it can be added again");
}

#[tokio::test]
async fn only_what_is_there_can_be_removed() {
    let (service, _) = service();
    let institution = service.api("institutions", &[("name", "甲医院")]).await["items"][0]["id"].clone();
    for (status, body) in [
        (404, removal("p0")),
        (404, removal(institution.as_str().expect("an id"))),
        (400, json!({"action": "remove", "target": "p0", "reason": "因", "category": "whim"})),
        (400, json!({"action": "remove", "target": "p0", "reason": "因", "value": 1})),
    ] {
        let answer = post(&service, "decisions", &body).await;
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.body);
    }
    let target = person(&service, "周延").await;
    decide(&service, &removal(&target)).await;
    let twice = post(&service, "decisions", &removal(&target)).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);
    assert!(!twice.body.contains("周延"), "{}", twice.body);
}
