use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{TITLE, add, decide, first_notice, notice, post, service, total, undo};

fn proposal(target: &str, field: &str, value: impl Into<Value>) -> Value {
    json!({"action": "correct", "target": target, "field": field, "value": value.into(), "reason": "据单位来函"})
}

#[tokio::test]
async fn a_correction_is_shown_linked_and_found() {
    let (service, id) = service();
    let path = format!("dossiers/{id}");
    let before = service.api(&path, &[]).await;
    assert_eq!(before["contributors"][2]["institution"], "乙大学", "{before}");
    let mut body = proposal(&id, "contributors[2].institution", "丙研究所");
    body["expected"] = "乙大学".into();
    body["by"] = "秘书处".into();
    let decision = decide(&service, &body).await;

    let after = service.api(&path, &[]).await;
    let row = &after["contributors"][2];
    assert_eq!((&row["institution"], &row["printed"]["institution"]), (&"丙研究所".into(), &"乙大学".into()));
    let warnings = after["warnings"].as_array().expect("a list");
    let warning = warnings.iter().find(|warning| warning["code"] == "corrected").expect("a warning");
    assert_eq!(warning["field"], "contributors[2].institution");
    assert!(warning["message"].as_str().expect("text").contains(&decision.to_string()), "{warning}");
    let people = service.api("people", &[("name", "何清")]).await;
    assert_eq!(people["items"][0]["institution"]["name"], "丙研究所", "{people}");
    assert_eq!(service.api("institutions", &[("name", "丙研究所")]).await["total"], 1);
    for kind in ["dossier", "person", "contribution", "institution"] {
        assert_eq!(total(&service, &[("q", "丙研究所"), ("kind", kind)]).await, 1, "{kind}");
    }
    assert_eq!(total(&service, &[("institution", "丙研究所")]).await, 1, "as a facet");

    let history = service.api(&format!("{path}/history"), &[]).await;
    let told = &history["decisions"][0];
    assert_eq!(
        (&told["action"], &told["reason"], &told["by"]),
        (&"correct".into(), &"据单位来函".into(), &"秘书处".into())
    );
    assert_eq!(
        (&told["detail"]["expected"], &told["detail"]["value"]),
        (&"乙大学".into(), &"丙研究所".into())
    );
    assert!(history["added"].is_string() && history["updated"].is_string(), "{history}");
    let page = service.get(&format!("/dossiers/{id}")).await.body;
    assert!(page.contains("据单位来函"), "the page shows the history");

    undo(&service, decision).await;
    assert_eq!(service.api(&path, &[]).await, before, "all is as it was");
    assert_eq!(total(&service, &[("q", "丙研究所"), ("kind", "institution")]).await, 0);
    let again = post(&service, &format!("decisions/{decision}/undo"), &json!({"reason": "误"})).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    let list = service.api("decisions", &[("target", &id), ("active", "false"), ("action", "correct")]).await;
    assert_eq!((&list["total"], &list["items"][0]["undone_reason"]), (&1.into(), &"误".into()));
    assert_eq!(service.api("decisions", &[("active", "true")]).await["total"], 0);
}

#[tokio::test]
async fn every_form_of_field_can_be_corrected() {
    let (service, id) = service();
    for (field, value) in [
        ("title", json!("某术的推广")),
        ("summary", json!("另一简介。\n第二段。")),
        ("award.year", json!(2025)),
        ("award.recommender", Value::Null),
        ("claims[0].heading", json!("提出另一方法。")),
        ("contributors[0].titles", json!(["教授"])),
        ("contributors[0].claims", json!([1, 2])),
        ("contributors[0].rank", json!(9)),
        ("papers[0].impact_factor", json!(3)),
        ("papers[0].authors[1]", json!("林珮")),
        ("papers[0].citations", json!(7)),
        ("papers[0].foreign_corresponding", json!(true)),
        ("ip[0].grant_date", json!("2018年4月")),
        ("institutions[0].name", json!("丁医院")),
    ] {
        let decision = decide(&service, &proposal(&id, field, value.clone())).await;
        let dossier = service.api(&format!("dossiers/{id}"), &[]).await;
        let pointer = format!("/{}", field.replace(['.', '['], "/").replace(']', ""));
        let want = if field.ends_with("date") { json!("2018-04") } else { value };
        let shown = dossier.pointer(&pointer).expect(field);
        assert!(*shown == want || shown.as_f64() == want.as_f64(), "{field}: {shown}");
        assert!(dossier["warnings"].to_string().contains(field), "{field}");
        undo(&service, decision).await;
    }
}

#[tokio::test]
async fn the_address_stays_whatever_is_corrected() {
    let (service, id) = service();
    decide(&service, &proposal(&id, "title", "某术的推广")).await;
    assert_eq!(service.api("dossiers", &[("name", "某术的推广")]).await["items"][0]["id"], id.as_str());
    let next = first_notice().replace("321 例", "322 例");
    assert_eq!(add(&service, "next.txt", &next), id, "the notice is known by what it prints");
    assert_eq!(service.api(&format!("dossiers/{id}"), &[]).await["title"], "某术的推广");
}

#[tokio::test]
async fn a_correction_holds_for_later_versions_as_long_as_they_print_the_same() {
    let (service, id) = service();
    let decision = decide(&service, &proposal(&id, "contributors[2].institution", "丙研究所")).await;
    let rows = [("林佩", "甲医院"), ("何清", "乙大学"), ("周延", "甲医院"), ("高明", "乙大学")];
    assert_eq!(add(&service, "second.txt", &notice("次版。", &rows)), id);
    let second = service.api(&format!("dossiers/{id}"), &[]).await;
    assert_eq!(second["contributors"][1]["institution"], "丙研究所", "the row has moved: {second}");
    assert_eq!(second["contributors"][2]["institution"], "甲医院", "another row stands in its place");

    let rows = [("林佩", "甲医院"), ("何清", "戊大学")];
    assert_eq!(add(&service, "third.txt", &notice("三版。", &rows)), id);
    let third = service.api(&format!("dossiers/{id}"), &[]).await;
    assert_eq!(third["contributors"][1]["institution"], "戊大学", "not applied blindly");
    let codes: Vec<&Value> =
        third["warnings"].as_array().expect("a list").iter().map(|warning| &warning["code"]).collect();
    assert!(codes.contains(&&json!("correction-stale")), "{codes:?}");
    let told = service.api(&format!("decisions/{decision}"), &[]).await;
    assert_eq!((&told["stale"], &told["undone_at"]), (&true.into(), &Value::Null));

    add(&service, "fourth.txt", &first_notice().replace("五年", "六年"));
    let fourth = service.api(&format!("dossiers/{id}"), &[]).await;
    assert_eq!(fourth["contributors"][2]["institution"], "丙研究所", "it is printed again");
    assert_eq!(service.api(&format!("decisions/{decision}"), &[]).await["stale"], false);
}

#[tokio::test]
async fn a_correction_outlives_the_document() {
    let (service, id) = service();
    decide(&service, &proposal(&id, "papers[0].journal", "示例外科杂志")).await;
    assert!(service.archive.remove(&id).expect("removed"));
    assert_eq!(add(&service, "notice.txt", &first_notice()), id);
    assert_eq!(service.api(&format!("dossiers/{id}"), &[]).await["papers"][0]["journal"], "示例外科杂志");
    assert_eq!(total(&service, &[("q", "示例外科杂志"), ("kind", "journal")]).await, 1);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_in_a_sentence() {
    let (service, id) = service();
    let with = |field: &str, value: Value| proposal(&id, field, value);
    let cases = [
        (400, "contributors[0].age", with("contributors[0].age", json!(5))),
        (400, "contributors[99]", with("contributors[99].name", json!("甲"))),
        (400, "id", with("id", json!("d1"))),
        (400, "spans", with("papers[0].spans", json!({}))),
        (400, "no items", with("title[0]", json!("甲"))),
        (400, "is no field", with("contributors[-1].name", json!("甲"))),
        (400, "1900 to 2100", with("award.year", json!(26))),
        (400, "1900 to 2100", with("award.year", json!("2026"))),
        (400, "of one line", with("contributors[0].name", json!(""))),
        (400, "of one line", with("contributors[0].name", json!("甲\n乙"))),
        (400, "of one line", with("contributors[0].name", Value::Null)),
        (400, "of one line", with("contributors[0].name", json!("［已移除］"))),
        (400, "list of", with("contributors[0].titles", json!("教授"))),
        (400, "true or false", with("papers[0].foreign_corresponding", json!("否"))),
        (400, "a date", with("ip[0].grant_date", json!("2018-02-30"))),
        (400, "already", with("title", json!(TITLE))),
        (
            409,
            "expected",
            json!({"action": "correct", "target": id, "field": "title", "value": "甲",
            "expected": "乙", "reason": "因"}),
        ),
        (404, "d0", proposal("d0", "title", json!("甲"))),
        (
            400,
            "reason",
            json!({"action": "correct", "target": id, "field": "title", "value": "甲", "reason": " "}),
        ),
        (400, "reason", json!({"action": "correct", "target": id, "field": "title", "value": "甲"})),
        (400, "value", json!({"action": "correct", "target": id, "field": "title", "reason": "因"})),
        (400, "field", json!({"action": "correct", "target": id, "value": "甲", "reason": "因"})),
        (
            400,
            "colour",
            json!({"action": "correct", "target": id, "field": "title", "value": "甲",
            "colour": 1, "reason": "因"}),
        ),
        (400, "burn", json!({"action": "burn", "target": id, "reason": "因"})),
        (400, "JSON", json!([])),
    ];
    for (status, word, body) in cases {
        let answer = post(&service, "decisions", &body).await;
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.body);
        assert_eq!(answer.kind, "application/problem+json");
        assert!(
            answer.json()["detail"].as_str().expect("a sentence").contains(word),
            "{body}: {}",
            answer.body
        );
    }
    assert_eq!(service.api("decisions", &[]).await["total"], 0, "nothing was kept");
    assert_eq!(
        post(&service, "decisions/7/undo", &json!({"reason": "误"})).await.status,
        StatusCode::NOT_FOUND
    );
    let garbage = service.call(Method::POST, "/api/v1/decisions", b"{".to_vec()).await;
    assert_eq!(garbage.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_field_is_corrected_once() {
    let (service, id) = service();
    let first = decide(&service, &proposal(&id, "papers[0].authors[0]", "周言")).await;
    for field in ["papers[0].authors", "papers[0].authors[0]"] {
        let value = if field.ends_with(']') { json!("周研") } else { json!(["周研"]) };
        let answer = post(&service, "decisions", &proposal(&id, field, value)).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{field}: {}", answer.body);
        assert!(answer.body.contains(&format!("decision {first}")), "{}", answer.body);
    }
    decide(&service, &proposal(&id, "papers[0].authors[1]", "林珮")).await;
    let paper = &service.api(&format!("dossiers/{id}"), &[]).await["papers"][0];
    assert_eq!(paper["authors"], json!(["周言", "林珮", "何清"]));
    assert_eq!(paper["printed"]["authors"], json!(["周延", "林佩", "何清"]));
}
