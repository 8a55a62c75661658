//! Does the right record come first?
//!
//! Graded queries run on the real documents and on the invented notices; what came first, what was missed and the
//! figures are kept in `relevance.txt`, so that a change of the ranking is a change of that file. Run with
//! `DOSSIER_UPDATE=1` to write it anew. docs/relevance.md says how the figures are meant.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use serde_json::Value;

use crate::{real_documents, score::plain, service::Service};

/// As far as hits count as found.
const DEPTH: usize = 50;
/// The hits whose order is weighed.
const TOP: usize = 10;

/// What the key says of one document.
struct Keyed {
    id: String,
    key: Value,
}

/// A question and its answers.
struct Query {
    q: String,
    group: String,
    /// Kind, document and key of the record that has to come first.
    first: Option<(String, String, String)>,
    /// The same of every record that answers, with its grade: 3 is what was asked, 2 is useful, 1 is marginal.
    graded: Vec<((String, String, String), u32)>,
}

#[derive(Default)]
struct Figures {
    firsts: usize,
    wanted_firsts: usize,
    reciprocal: f64,
    found: usize,
    wanted: usize,
    gains: Vec<f64>,
}

#[tokio::test]
async fn queries_find_what_they_should() {
    let Some(shared) = real_documents() else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (layouts, queries) = (root.join("tests/fixtures/layouts"), root.join("tests/fixtures/queries"));
    let real = Service::over(&shared.join("seeds"));
    let real_key = documents(&real, &shared.join("key"), |stem| stem[..3].to_owned()).await;
    let invented = Service::over(&layouts);
    let invented_key = documents(&invented, &layouts, str::to_owned).await;
    let notices = root.join("tests/fixtures/asked");
    let asked = Service::over(&notices);
    let asked_key = documents(&asked, &notices, str::to_owned).await;

    let mut report = String::new();
    for (name, service, key, file) in [
        ("sample", &real, &real_key, shared.join("key/queries.json")),
        ("real documents", &real, &real_key, queries.join("real.json")),
        ("real documents, asked later", &real, &real_key, queries.join("real_later.json")),
        ("real documents, asked last", &real, &real_key, queries.join("real_last.json")),
        ("real documents, the newest", &real, &real_key, queries.join("real_newest.json")),
        ("invented notices", &invented, &invented_key, queries.join("invented.json")),
        ("invented notices, asked later", &invented, &invented_key, queries.join("later.json")),
        ("invented notices, the newest", &invented, &invented_key, queries.join("newest.json")),
        ("notices that others wrote with their questions", &asked, &asked_key, queries.join("asked.json")),
    ] {
        let _ = writeln!(report, "# {name}");
        evaluate(service, key, &read(&file), &mut report).await;
    }
    println!("{report}");

    let golden = root.join("tests/suite/relevance.txt");
    if std::env::var_os("DOSSIER_UPDATE").is_some() {
        fs::write(&golden, &report).expect("written");
    }
    let committed = fs::read_to_string(&golden).expect("the committed figures");
    assert_eq!(report, committed, "the ranking changed: look at it, then run with DOSSIER_UPDATE=1");
}

fn read(file: &Path) -> Vec<Query> {
    let queries: Vec<Value> =
        serde_json::from_str(&fs::read_to_string(file).expect("the queries")).expect("JSON");
    let record = |text: &str| {
        let mut parts = text.splitn(3, ':').map(str::to_owned);
        let (kind, doc) = (parts.next().expect("a kind"), parts.next().expect("a document"));
        let key = parts.next().unwrap_or_else(|| doc.clone());
        (kind, doc, key)
    };
    let query = |query: &Value| Query {
        q: text(&query["q"]).to_owned(),
        group: text(&query["group"]).to_owned(),
        first: query["must_be_first"].is_object().then(|| {
            let first = &query["must_be_first"];
            let key = text(&first["key"]).rsplit('#').next().expect("a part");
            (text(&first["kind"]).to_owned(), text(&first["doc"]).to_owned(), key.to_owned())
        }),
        graded: match &query["graded"] {
            Value::Object(graded) => graded
                .iter()
                .map(|(name, grade)| {
                    (record(name), u32::try_from(grade.as_u64().expect("a grade")).expect("small"))
                })
                .collect(),
            _ => query["relevant_records"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|one| (record(text(one)), 3))
                .collect(),
        },
    };
    queries.iter().map(query).collect()
}

async fn evaluate(service: &Service, key: &BTreeMap<String, Keyed>, queries: &[Query], report: &mut String) {
    let mut groups: BTreeMap<&str, Figures> = BTreeMap::new();
    for query in queries {
        let mut lines = String::new();
        let kinds: BTreeSet<&str> = query.graded.iter().map(|((kind, ..), _)| kind.as_str()).collect();
        let mut answers = BTreeMap::new();
        for kind in kinds.into_iter().chain(query.first.as_ref().map(|(kind, ..)| kind.as_str())) {
            let limit = DEPTH.to_string();
            let answer = service.api("search", &[("q", &query.q), ("kind", kind), ("limit", &limit)]).await;
            answers.insert(kind, answer["hits"].as_array().expect("hits").clone());
        }
        let place = |(kind, doc, record): &(String, String, String)| {
            let of = key.get(doc).unwrap_or_else(|| panic!("no document {doc}"));
            answers[kind.as_str()].iter().position(|hit| is_wanted(hit, of, kind, record)).map(|at| at + 1)
        };
        let figures = groups.entry(&query.group).or_default();
        if let Some(first) = &query.first {
            let place = place(first);
            figures.wanted_firsts += 1;
            figures.firsts += usize::from(place == Some(1));
            figures.reciprocal += place.map_or(0.0, |place| 1.0 / place as f64);
            if place != Some(1) {
                let place = place.map_or("not found".to_owned(), |place| place.to_string());
                let _ = writeln!(lines, "    first: {} {} at {place}", first.0, first.2);
            }
        }
        let mut placed: BTreeMap<&str, Vec<(u32, Option<usize>)>> = BTreeMap::new();
        for (record, grade) in &query.graded {
            let place = place(record);
            let of_kind = placed.entry(&record.0).or_default();
            // A record that several documents speak of is one hit.
            if place.is_none() || of_kind.iter().all(|(_, known)| *known != place) {
                of_kind.push((*grade, place));
            }
            if *grade >= 2 {
                figures.wanted += 1;
                figures.found += usize::from(place.is_some());
                if place.is_none() {
                    let _ = writeln!(lines, "    missed: {}:{}:{}", record.0, record.1, record.2);
                }
            }
        }
        let gains: Vec<f64> = placed.values().map(|kind| gain(kind)).collect();
        figures.gains.push(gains.iter().sum::<f64>() / gains.len().max(1) as f64);
        if !lines.is_empty() {
            let _ = write!(report, "{}\n{lines}", query.q);
        }
    }
    let mut all = Figures::default();
    for (group, figures) in groups {
        let _ = writeln!(report, "{}", figures.line(group));
        all.add(figures);
    }
    let _ = writeln!(report, "{}\n", all.line("all"));
}

/// The normalized discounted cumulative gain of the first hits of one kind.
fn gain(placed: &[(u32, Option<usize>)]) -> f64 {
    let worth = |grade: u32, place: usize| (f64::from(2_u32.pow(grade)) - 1.0) / (place as f64 + 1.0).log2();
    let got: f64 = placed
        .iter()
        .filter_map(|&(grade, place)| Some(worth(grade, place.filter(|&place| place <= TOP)?)))
        .sum();
    let mut grades: Vec<u32> = placed.iter().map(|(grade, _)| *grade).collect();
    grades.sort_by_key(|grade| std::cmp::Reverse(*grade));
    let best: f64 = grades.iter().take(TOP).enumerate().map(|(at, &grade)| worth(grade, at + 1)).sum();
    got / best
}

impl Figures {
    fn line(&self, name: &str) -> String {
        let share = |part: f64, whole: usize| if whole == 0 { 1.0 } else { part / whole as f64 };
        format!(
            "{name}: first {}/{} = {:.3}, recall {}/{} = {:.3}, MRR {:.3}, nDCG@{TOP} {:.3}",
            self.firsts,
            self.wanted_firsts,
            share(self.firsts as f64, self.wanted_firsts),
            self.found,
            self.wanted,
            share(self.found as f64, self.wanted),
            share(self.reciprocal, self.wanted_firsts),
            share(self.gains.iter().sum(), self.gains.len()),
        )
    }

    fn add(&mut self, other: Figures) {
        self.firsts += other.firsts;
        self.wanted_firsts += other.wanted_firsts;
        self.reciprocal += other.reciprocal;
        self.found += other.found;
        self.wanted += other.wanted;
        self.gains.extend(other.gains);
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// The documents of the service by the name of their key.
async fn documents(
    service: &Service,
    folder: &Path,
    name: impl Fn(&str) -> String,
) -> BTreeMap<String, Keyed> {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut cursor: Option<String> = None;
    loop {
        let page: Vec<(&str, &str)> = cursor.iter().map(|cursor| ("cursor", cursor.as_str())).collect();
        let list = service.api("dossiers", &page).await;
        for item in list["items"].as_array().expect("items") {
            ids.insert(plain(item["title"].as_str().unwrap_or_default()), text(&item["id"]).to_owned());
        }
        match list["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => break,
        }
    }
    let mut documents = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the key") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if path.extension().is_some_and(|kind| kind == "json") && stem != "queries" {
            let key: Value = serde_json::from_str(&fs::read_to_string(path).expect("a key")).expect("JSON");
            let title = key["project_title"].as_str().or(key["title"].as_str()).unwrap_or_default();
            // Of a notice that states no title nothing can be asked by its key.
            if let Some(id) = ids.get(&plain(title)) {
                documents.insert(name(&stem), Keyed { id: id.clone(), key });
            }
        }
    }
    documents
}

/// Tells whether a hit is the record that a key names.
fn is_wanted(hit: &Value, of: &Keyed, kind: &str, record: &str) -> bool {
    let number = record.parse::<u32>().map_or(Value::Null, Value::from);
    match kind {
        "dossier" => hit["id"] == of.id.as_str(),
        "person" => {
            let contributions = hit["record"]["contributions"].as_array().into_iter().flatten();
            hit["title"] == record
                && contributions.into_iter().any(|one| one["dossier"]["id"] == of.id.as_str())
        }
        "institution" => {
            let listed = of.key["institutions"].as_array().expect("a list").iter();
            let mut ranked = listed.filter(|one| one["rank"] == number).map(|one| text(&one["name"]));
            hit["title"] == ranked.next().unwrap_or(record)
        }
        "journal" => plain(text(&hit["title"])) == plain(record),
        "contribution" => hit["dossier"]["id"] == of.id.as_str() && hit["title"] == record,
        _ => {
            let shown = &hit["record"];
            hit["dossier"]["id"] == of.id.as_str()
                && (shown["number"] == number
                    || shown["grant_number"].as_str().is_some_and(|printed| plain(printed) == plain(record)))
        }
    }
}
