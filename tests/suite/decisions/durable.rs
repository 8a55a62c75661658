use std::{fs, path::Path};

use dossier_search::{
    domain::{DecisionAction, Kind},
    ingest::Archive,
    search::SearchRequest,
    store::{ListFilter, NewDecision},
};
use serde_json::{Value, json};

use super::{first_notice, notice};
use crate::durability::{Served, call};

fn new(action: DecisionAction, target: &str, detail: Value) -> NewDecision {
    let Value::Object(detail) = detail else { panic!("an object") };
    NewDecision { action, target: target.into(), detail, reason: "因".into(), by: None }
}

fn found(archive: &Archive, text: &str, kind: Kind) -> u64 {
    let request = SearchRequest { q: text.into(), kind, ..SearchRequest::default() };
    archive.search(&request).expect("an answer").total
}

/// Corrects a journal, and removes 周延.
fn decided(archive: &Archive) -> String {
    let id = archive.add("notice.txt", first_notice().as_bytes()).expect("added").id;
    let filter = ListFilter { name: Some("周延".into()), ..ListFilter::default() };
    let person = archive.store().people(&filter).expect("a list").items.remove(0).id;
    let detail = json!({"field": "papers[0].journal", "value": "示例外科杂志"});
    archive.decide(&new(DecisionAction::Correct, &id, detail)).expect("corrected");
    archive.decide(&new(DecisionAction::Remove, &person, json!({}))).expect("removed");
    person
}

fn assert_decided(archive: &Archive, person: &str) {
    assert_eq!(archive.store().person(person).expect("an answer"), None);
    for kind in Kind::ALL {
        assert_eq!(found(archive, "周延", kind), 0, "{kind}");
        assert_eq!(found(archive, "zhouyan", kind), 0, "{kind}");
    }
    assert_eq!(found(archive, "示例外科杂志", Kind::Journal), 1);
    assert_eq!(found(archive, "\"示例骨科杂志\"", Kind::Journal), 0);
    assert_eq!(found(archive, "林佩", Kind::Person), 1);
}

#[test]
fn decisions_hold_when_the_index_is_built_anew() {
    let data = tempfile::tempdir().expect("a folder");
    let person = decided(&Archive::open(data.path()).expect("opens"));
    assert_decided(&Archive::open(data.path()).expect("opens"), &person);
    fs::remove_dir_all(data.path().join("tantivy")).expect("removed");
    let archive = Archive::open(data.path()).expect("opens");
    assert_decided(&archive, &person);
    let rows = [("何清", "乙大学"), ("周延", "甲医院"), ("林佩", "甲医院")];
    archive.add("notice.txt", notice("次版。", &rows).as_bytes()).expect("added");
    assert_decided(&archive, &person);
    drop(archive);
    fs::remove_dir_all(data.path().join("tantivy")).expect("removed");
    assert_decided(&Archive::open(data.path()).expect("opens"), &person);
}

#[test]
fn a_decision_that_was_answered_outlives_a_kill() {
    let data = tempfile::tempdir().expect("a folder");
    let served = Served::start(data.path());
    let added = call(&served.addr, "POST", "/api/v1/dossiers?filename=a.txt", &first_notice());
    assert_eq!(added.expect("answered").0, 201);
    let name: String = "周延".bytes().map(|byte| format!("%{byte:02X}")).collect();
    let people = call(&served.addr, "GET", &format!("/api/v1/people?name={name}"), "").expect("answered").1;
    let people: Value = serde_json::from_str(&people).expect("JSON");
    let person = people["items"][0]["id"].as_str().expect("an id").to_owned();
    let body = json!({"action": "remove", "target": person, "reason": "因"}).to_string();
    assert_eq!(call(&served.addr, "POST", "/api/v1/decisions", &body).expect("answered").0, 201);
    served.kill();
    // The index as it may have been left: behind, or not there at all.
    for lost in [false, true] {
        if lost {
            fs::remove_dir_all(data.path().join("tantivy")).expect("removed");
        }
        let served = Served::start(data.path());
        assert_eq!(status(&served, &format!("/api/v1/people/{person}")), 410);
        let found = call(&served.addr, "GET", &format!("/api/v1/search?q={name}&kind=person"), "");
        let found: Value = serde_json::from_str(&found.expect("answered").1).expect("JSON");
        assert_eq!(found["total"], 0, "{found}");
        served.kill();
    }
    assert!(Path::new(data.path()).join("dossier.sqlite").is_file());
}

fn status(served: &Served, path: &str) -> u16 {
    call(&served.addr, "GET", path, "").expect("answered").0
}
