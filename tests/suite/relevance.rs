//! Does the right record come first?
//!
//! The hand-made queries run on the real documents; what came first, what was missed and the figures
//! are kept in `relevance.txt`, so that a change of the ranking is a change of that file. Run with
//! `DOSSIER_UPDATE=1` to write it anew.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use serde_json::Value;

use crate::{real_documents, score::plain, service::Service};

/// What the key says of one document.
struct Keyed {
    id: String,
    key: Value,
}

#[tokio::test]
async fn queries_find_what_they_should() {
    let Some(shared) = real_documents() else { return };
    let service = Service::over(&shared.join("seeds"));
    let documents = documents(&service, &shared).await;
    let queries = fs::read_to_string(shared.join("key/queries.json")).expect("the queries");
    let queries: Vec<Value> = serde_json::from_str(&queries).expect("JSON");

    let (mut report, mut firsts, mut wanted_firsts) = (String::new(), 0, 0);
    let (mut found, mut wanted, mut reciprocal) = (0, 0, 0.0);
    for query in &queries {
        let q = query["q"].as_str().expect("a query");
        let _ = writeln!(report, "{q}");
        if let Value::Object(first) = &query["must_be_first"] {
            let kind = first["kind"].as_str().expect("a kind");
            let record = first["key"].as_str().expect("a key").rsplit('#').next().expect("a part");
            let place = place(&service, &documents, q, (kind, text(&first["doc"]), record)).await;
            wanted_firsts += 1;
            firsts += usize::from(place == Some(1));
            reciprocal += place.map_or(0.0, |place| 1.0 / place as f64);
            let place = place.map_or("not found".to_owned(), |place| place.to_string());
            let _ = writeln!(report, "    first: {kind} {record} at {place}");
        }
        for relevant in query["relevant_records"].as_array().expect("a list") {
            let mut parts = text(relevant).splitn(3, ':');
            let (kind, doc) = (parts.next().expect("a kind"), parts.next().expect("a document"));
            let place = place(&service, &documents, q, (kind, doc, parts.next().unwrap_or(doc))).await;
            wanted += 1;
            found += usize::from(place.is_some());
            if place.is_none() {
                let _ = writeln!(report, "    missed: {}", text(relevant));
            }
        }
    }
    let _ =
        writeln!(report, "\nfirst {firsts}/{wanted_firsts} = {:.3}", firsts as f64 / wanted_firsts as f64);
    let _ = writeln!(report, "recall {found}/{wanted} = {:.3}", found as f64 / wanted as f64);
    let _ = writeln!(report, "MRR {:.3}", reciprocal / wanted_firsts as f64);
    println!("{report}");

    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/relevance.txt");
    if std::env::var_os("DOSSIER_UPDATE").is_some() {
        fs::write(&golden, &report).expect("written");
    }
    let committed = fs::read_to_string(&golden).expect("the committed figures");
    assert_eq!(report, committed, "the ranking changed: look at it, then run with DOSSIER_UPDATE=1");
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// The documents of the service by the number of their key.
async fn documents(service: &Service, shared: &Path) -> BTreeMap<String, Keyed> {
    let list = service.api("dossiers", &[("limit", "100")]).await;
    let ids: BTreeMap<String, String> = list["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| (plain(text(&item["title"])), text(&item["id"]).to_owned()))
        .collect();
    let mut documents = BTreeMap::new();
    for entry in fs::read_dir(shared.join("key")).expect("the key") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            let key: Value = serde_json::from_str(&fs::read_to_string(path).expect("a key")).expect("JSON");
            let title = key["project_title"].as_str().or(key["title"].as_str()).expect("a title");
            let id =
                ids.get(&plain(title)).unwrap_or_else(|| panic!("no document is called {title}")).clone();
            documents.insert(name[..3].to_owned(), Keyed { id, key });
        }
    }
    documents
}

/// At which place, from 1, the wanted record stands among the first 50 of its kind.
async fn place(
    service: &Service,
    documents: &BTreeMap<String, Keyed>,
    q: &str,
    (kind, doc, record): (&str, &str, &str),
) -> Option<usize> {
    let answer = service.api("search", &[("q", q), ("kind", kind), ("limit", "50")]).await;
    let of = &documents[doc];
    let number = record.parse::<u32>().map_or(Value::Null, Value::from);
    let is_wanted = |hit: &Value| match kind {
        "dossier" => hit["id"] == of.id.as_str(),
        "person" => hit["title"] == record,
        "institution" => {
            let listed = of.key["institutions"].as_array().expect("a list").iter();
            let mut ranked = listed.filter(|one| one["rank"] == number).map(|one| text(&one["name"]));
            hit["title"] == ranked.next().unwrap_or(record)
        }
        _ => {
            let shown = &hit["record"];
            hit["dossier"]["id"] == of.id.as_str()
                && (shown["number"] == number || shown["grant_number"] == record)
        }
    };
    answer["hits"].as_array().expect("hits").iter().position(is_wanted).map(|at| at + 1)
}
