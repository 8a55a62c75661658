//! Is every route described, and strict?

use std::collections::BTreeSet;

use super::service;
use crate::http::openapi;

/// The addresses of `router.rs` with their methods.
fn routes() -> Vec<(String, Vec<&'static str>)> {
    let lines = include_str!("../router.rs").lines().filter_map(|line| line.trim().strip_prefix(".route(\""));
    let route = |line: &str| {
        let (path, handlers) = line.split_once('"').expect("a closed string");
        let methods = ["get", "post", "put", "patch", "delete"];
        let methods = methods.into_iter().filter(|method| handlers.contains(&format!("{method}(")));
        (path.to_owned(), methods.collect())
    };
    lines.map(route).collect()
}

fn is_interface(path: &str) -> bool {
    path.starts_with("/api/")
        || path.starts_with("/reconcile")
        || ["/openapi.json", "/healthz", "/readyz"].contains(&path)
}

#[test]
fn the_description_holds_every_route_and_no_other() {
    let served: BTreeSet<(String, &str)> = routes()
        .into_iter()
        .filter(|(path, _)| is_interface(path))
        .flat_map(|(path, methods)| methods.into_iter().map(move |method| (path.clone(), method)))
        .collect();
    let document = serde_json::to_value(openapi()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let described: BTreeSet<(String, &str)> = paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().expect("an item").keys().map(move |key| (path.clone(), key.as_str()))
        })
        .collect();
    assert!(served.len() > 20, "the routes were found");
    assert_eq!(served, described);
}

#[test]
fn the_description_refers_to_nothing_that_it_lacks() {
    fn references<'a>(value: &'a serde_json::Value, found: &mut BTreeSet<&'a str>) {
        match value {
            serde_json::Value::Object(object) => {
                found.extend(object.get("$ref").and_then(serde_json::Value::as_str));
                object.values().for_each(|value| references(value, found));
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = serde_json::to_value(openapi()).expect("JSON");
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("within the document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn every_route_names_a_parameter_that_it_does_not_know() {
    let service = service();
    for (path, methods) in routes().into_iter().filter(|(_, methods)| methods.contains(&"get")) {
        assert!(!methods.is_empty());
        let path = path.replace("{id}", "x1");
        let answer = service.get(&format!("{path}?frobnicate=1")).await;
        assert_eq!(answer.status(), 400, "{path}: {}", answer.body);
        assert!(answer.body.contains("frobnicate"), "{path}: {}", answer.body);
        let half = service.get(&format!("{path}?q=%E5%BF")).await;
        assert_eq!(half.status(), 400, "{path}: half a character");
    }
}
