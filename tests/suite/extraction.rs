//! How well are the real documents read?

use std::{collections::BTreeMap, fs, path::Path};

use dossier_search::{
    domain::Dossier,
    evaluation::evaluate,
    extract::extract,
    source,
    text::{Passage, Span},
};
use serde_json::Value;

use crate::{
    real_documents,
    score::{Score, forms, plain, texts},
};

/// The product's name of a field and the key's.
type Names = [(&'static str, &'static str)];

const CONTRIBUTOR: &Names = &[
    ("rank", "rank"),
    ("name", "name"),
    ("institution", "institution_completing"),
    ("employer", "institution_employer"),
    ("titles", "titles"),
    ("post", "post"),
    ("contribution", "contribution"),
    ("claims", "claims"),
    ("evidence", "evidence"),
];
const INSTITUTION: &Names =
    &[("rank", "rank"), ("name", "name"), ("contribution", "contribution"), ("claims", "claims")];
const CLAIM: &Names = &[("number", "number"), ("heading", "heading"), ("text", "text")];
const PAPER: &Names = &[
    ("number", "number"),
    ("title", "title"),
    ("journal", "journal"),
    ("year", "year"),
    ("locator", "volume_issue_pages"),
    ("impact_factor", "impact_factor"),
    ("authors", "authors"),
    ("corresponding_authors", "corresponding"),
    ("database", "database"),
    ("citations", "citations"),
    ("foreign_corresponding", "foreign_corresponding_unit"),
];
const IP: &Names = &[
    ("number", "number"),
    ("category", "category"),
    ("country", "country"),
    ("grant_number", "grant_number"),
    ("grant_date", "grant_date"),
    ("title", "title"),
    ("holders", "holders"),
];

fn read(path: &Path) -> (String, Dossier) {
    let bytes = fs::read(path).expect("a readable file");
    let source = source::read(&path.to_string_lossy(), &bytes).expect("a readable document");
    (source.text, extract(&source.blocks))
}

/// Every document with its key, by name.
fn documents(shared: &Path) -> BTreeMap<String, (String, Dossier, Value)> {
    let mut documents = BTreeMap::new();
    for entry in fs::read_dir(shared.join("seeds")).expect("the folder of documents") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let key = shared.join("key").join(format!("{name}.json"));
        if let Ok(key) = fs::read_to_string(key) {
            let key = serde_json::from_str(&key).expect("a key in JSON");
            let (text, dossier) = read(&path);
            documents.insert(name[..3].to_owned(), (text, dossier, key));
        }
    }
    assert!(!documents.is_empty(), "no document has a key");
    documents
}

#[test]
fn sections_of_the_real_documents_are_found() {
    let Some(shared) = real_documents() else { return };
    let found: Vec<String> = documents(&shared)
        .iter()
        .map(|(name, (_, d, _))| {
            let counts =
                [d.contributors.len(), d.institutions.len(), d.claims.len(), d.papers.len(), d.ip.len()];
            format!("{name} {} {counts:?}", d.kind.name())
        })
        .collect();
    let want = [
        "000 dossier [12, 5, 4, 10, 10]",
        "001 dossier [8, 3, 3, 5, 8]",
        "002 article [0, 0, 0, 0, 0]",
        "003 article [0, 0, 0, 0, 0]",
        "004 dossier [15, 2, 4, 0, 0]",
    ];
    assert_eq!(found, want);
}

#[test]
fn fields_of_the_real_documents_are_read() {
    let Some(shared) = real_documents() else { return };
    let mut score = Score::default();
    for (name, (_, dossier, key)) in documents(&shared) {
        let found = serde_json::to_value(&dossier).expect("JSON");
        if key["kind"] == "award_dossier" {
            dossier_fields(&mut score, &name, &found, &key);
        } else {
            article_fields(&mut score, &name, &found, &key);
        }
    }
    println!("{score}");
    score.faults.iter().for_each(|fault| println!("{fault}"));
    let total = score.total().f1();
    assert!(total >= 0.97, "F1 over all fields is {total:.3}");
}

fn dossier_fields(score: &mut Score, name: &str, found: &Value, key: &Value) {
    for field in ["name", "category", "year", "recommender"] {
        let wanted = forms(&key["award"], field);
        score.compare(name, &format!("award.{field}"), &wanted, &texts(&found["award"][field]));
    }
    score.compare(name, "title", &forms(key, "project_title"), &texts(&found["title"]));
    let entities = [
        ("contributors", "people", "rank", CONTRIBUTOR),
        ("institutions", "institutions", "rank", INSTITUTION),
        ("claims", "claims", "number", CLAIM),
        ("papers", "papers", "number", PAPER),
        ("ip", "ip", "number", IP),
    ];
    for (entity, in_key, number, fields) in entities {
        records(score, name, entity, (&found[entity], &key[in_key]), number, fields);
    }
    metrics(score, name, found, key);
}

/// Compares records of one number field by field; one that is missing misses all of its values.
fn records(
    score: &mut Score,
    name: &str,
    entity: &str,
    (found, key): (&Value, &Value),
    number: &str,
    fields: &Names,
) {
    let none = Vec::new();
    let (found, key) = (found.as_array().unwrap_or(&none), key.as_array().unwrap_or(&none));
    for wanted in key {
        let same = found.iter().find(|record| record[number] == wanted[number]).unwrap_or(&Value::Null);
        let place = format!("{name} {entity} {}", wanted[number]);
        for (ours, theirs) in fields {
            let values = texts(&same[*ours]);
            score.compare(&place, &format!("{entity}.{ours}"), &forms(wanted, theirs), &values);
        }
    }
    for extra in found.iter().filter(|record| key.iter().all(|wanted| wanted[number] != record[number])) {
        for (ours, _) in fields {
            let place = format!("{name} {entity} {}", extra[number]);
            score.compare(&place, &format!("{entity}.{ours}"), &[], &texts(&extra[*ours]));
        }
    }
}

fn metrics(score: &mut Score, name: &str, found: &Value, key: &Value) {
    let figure = |metric: &Value| {
        let number = |field: &str| metric[field].as_f64().map_or(String::new(), |value| value.to_string());
        // Letters, because values are compared without punctuation.
        let unit = metric["unit"].as_str().unwrap_or_default().replace('%', "percent");
        format!("{}to{}{unit}", number("value"), number("value_max")).replace('.', "point")
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let wanted: Vec<Vec<String>> = list(&key["metrics"]).iter().map(|metric| vec![figure(metric)]).collect();
    let found: Vec<String> = list(&found["metrics"]).iter().map(figure).collect();
    score.compare(name, "metrics", &wanted, &found);
}

fn article_fields(score: &mut Score, name: &str, found: &Value, key: &Value) {
    score.compare(name, "article.title", &forms(key, "title"), &texts(&found["title"]));
    let people = |list: &Value| -> Vec<String> {
        let people = list.as_array().cloned().unwrap_or_default();
        people.iter().filter_map(|person| person["name"].as_str().map(str::to_owned)).collect()
    };
    let wanted: Vec<Vec<String>> =
        people(&key["people_mentioned"]).into_iter().map(|name| vec![name]).collect();
    score.compare(name, "mentions.people", &wanted, &people(&found["mentions"]["people"]));
    let wanted: Vec<Vec<String>> =
        texts(&key["institutions_mentioned"]).into_iter().map(|name| vec![name]).collect();
    let found = texts(&found["mentions"]["institutions"]);
    score.compare(name, "mentions.institutions", &wanted, &found);
}

/// The figure is held by every family of notices that was read once.
#[test]
fn every_family_of_notices_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts");
    let report = evaluate(&folder, &folder).expect("an evaluation");
    report.all.faults.iter().for_each(|fault| println!("{fault}"));
    keep_table(&report.to_string());
    for (name, score) in &report.documents {
        let f1 = score.total().1.f1();
        assert!(f1 >= 0.97, "{name} is read with F1 {f1:.3}");
    }
    let (_, all) = report.all.total();
    assert!(all.f1() >= 0.99, "F1 over all is {:.3}", all.f1());
}

/// Nobody looks at the faults of these, so the figure is that of layouts which are new.
#[test]
fn unseen_notices_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/unseen");
    let report = evaluate(&folder, &folder).expect("an evaluation");
    let f1 = report.all.total().1.f1();
    println!("F1 {f1:.3} over {} notices", report.documents.len());
    assert!(report.documents.len() >= 10 && f1 >= 0.95, "F1 {f1:.3} over {}", report.documents.len());
}

/// Compares the table of `docs/extraction.md` with what it is now, or writes it anew.
fn keep_table(table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/extraction.md");
    let page = fs::read_to_string(&path).expect("the page");
    let (head, rest) = page.split_once("```text\n").expect("the table");
    let (kept, foot) = rest.split_once("```").expect("the end of the table");
    if std::env::var_os("DOSSIER_UPDATE").is_some() {
        let page = format!("{head}```text\n{table}```{foot}");
        return fs::write(&path, page).expect("the page is written");
    }
    assert!(kept == table, "docs/extraction.md holds another table; see there how to write it anew\n{table}");
}

/// White space and punctuation between the pieces of a value are the layout's; of a PDF, radicals are read as
/// the ideographs they look like.
fn squeezed(text: &str) -> String {
    let ideographs = Passage::new(text, 0).with_ideographs();
    ideographs.text().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn every_span_holds_what_was_printed() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![own.join("seeds"), own.join("tests/fixtures/layouts")];
    folders.extend(real_documents().map(|shared| shared.join("seeds")));
    let mut checked = 0;
    for folder in folders {
        for entry in fs::read_dir(folder).expect("a folder of documents") {
            let path = entry.expect("an entry").path();
            let is_notice = path.file_name().is_some_and(|name| name != "README.md")
                && path.extension().is_some_and(|extension| extension != "json");
            if is_notice {
                let (text, dossier) = read(&path);
                let json = serde_json::to_value(&dossier).expect("JSON");
                checked += spans_of(&text, &json, "");
            }
        }
    }
    assert!(checked > 500, "only {checked} spans");
}

/// Checks the spans of an object and of those within; returns how many fields were checked.
fn spans_of(text: &str, object: &Value, path: &str) -> usize {
    let mut checked = 0;
    if let Value::Array(items) = object {
        return items
            .iter()
            .enumerate()
            .map(|(at, item)| spans_of(text, item, &format!("{path}[{at}]")))
            .sum();
    }
    let Value::Object(fields) = object else { return 0 };
    // What a list does not number is numbered as it stands.
    for (field, value) in fields.iter().filter(|(field, _)| *field != "spans" && *field != "printed") {
        let place = format!("{path}.{field}");
        checked += spans_of(text, value, &place);
        let Some(spans) = object["spans"].get(field) else {
            let from_source = !matches!(field.as_str(), "warnings" | "source" | "kind" | "id" | "encoding");
            let bare = value.is_string() || value.is_number();
            assert!(
                !(bare && from_source && object.get("spans").is_some())
                    || path.contains("mentions")
                    || matches!(field.as_str(), "number" | "rank") && path.contains('['),
                "{place} has a value and no span"
            );
            continue;
        };
        let spans: Vec<Span> = serde_json::from_value(spans.clone()).expect("spans");
        let sliced: String = spans.iter().map(|span| &text[span.start..span.end]).collect();
        if field == "claims" || field == "people" || field == "metrics" {
            continue; // Ranges such as 1-4 stand for the numbers between; mentions are objects.
        }
        let printed = object["printed"].get(field).unwrap_or(value);
        let printed = match printed {
            Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
            other => texts(other).concat(),
        };
        let (want, got) = (plain(&squeezed(&printed)), plain(&squeezed(&sliced)));
        // Numbers are printed with or without a fraction; a month may lack its zero.
        assert!(
            got == want || is_number_like(value) || field == "grant_date",
            "{place}: '{sliced}' is not '{printed}'"
        );
        checked += 1;
    }
    checked
}

fn is_number_like(value: &Value) -> bool {
    value.is_number()
}
