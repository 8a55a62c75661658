//! Does what goes in come out, in files that other programs read?
//!
//! Each format is read by a reader that is not ours; where there is none (RIS, CSL-JSON), against the list of
//! its fields. The dossiers are full of what each format could trip over.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

use biblatex::{Bibliography, ChunksExt, Person};
use calamine::{Data, Reader, Xlsx};
use dossier_search::{
    domain::{
        Award, Contributor, Dossier, DossierKind, InnovationClaim, Institution, Ip, Kind, Paper, SourceInfo,
    },
    export::{Export, Format, Record, Selection, record_as},
    ingest::Archive,
    search::SearchRequest,
    store::NewDocument,
};
use oxjsonld::JsonLdParser;
use serde_json::Value;
use tempfile::TempDir;

use crate::service::Service;

/// What some format would take for its own: TeX, quotes, the end of a line, formulas, tags, markup, escapes.
const NASTY: [&str; 8] = [
    "{甲} & \"乙\" 100% \\frac{x_1}{y} #3 ~a^b $5",
    "} and { 陈一 and 李二",
    "=HYPERLINK(\"http://x.example\",\"y\")",
    "第一行\nER  - \n第三行, 逗号",
    "<script>alert('&amp;')</script>",
    "_x000D_ 与 _x41_",
    "-3.5",
    "@甲",
];

fn dossier(n: usize, papers: usize) -> Dossier {
    let nasty = |at: usize| NASTY[at % NASTY.len()].to_owned();
    let paper = |at: usize| Paper {
        number: u32::try_from(at).ok(),
        title: format!("{} ({n}.{at})", nasty(at)),
        journal: Some(format!("A & B {}", at % 3)),
        year: Some(2015),
        locator: Some(
            ["7(1): 1-12", "24:100478", "9卷1120-1133页", "在线, 10.1000/ab_c.1"][at % 4].to_owned(),
        ),
        impact_factor: Some(1.5),
        authors: ["陈一", "Zheng QS", "Irena Kowal", "O'Brien, Seán", "A & B Study Group"]
            .map(Into::into)
            .into(),
        citations: Some(17),
        doi: at.is_multiple_of(4).then(|| format!("10.1000/s0140_6736({n}){at}")),
        ..Paper::default()
    };
    let right = |at: usize| Ip {
        number: u32::try_from(at).ok(),
        category: Some(["中国发明专利", "计算机软件著作权", "团体标准"][at % 3].to_owned()),
        grant_number: Some(format!("ZL20151062974{at}.0")),
        grant_date: Some("2017-03-01".to_owned()),
        title: nasty(at),
        holders: ["陈一", "甲医院"].map(Into::into).into(),
        ..Ip::default()
    };
    let person = |at: usize, name: &str| Contributor {
        rank: u32::try_from(at + 1).ok(),
        name: name.to_owned(),
        institution: Some("甲医院".to_owned()),
        contribution: Some(nasty(at + 2)),
        claims: vec![1],
        ..Contributor::default()
    };
    Dossier {
        kind: DossierKind::Dossier,
        title: Some(format!("{}（第{n}号）", nasty(n))),
        source: SourceInfo { path: format!("{n}.txt"), ..SourceInfo::default() },
        award: Some(Award { name: Some("某奖".to_owned()), year: Some(2026), ..Award::default() }),
        summary: Some(nasty(3)),
        claims: vec![InnovationClaim { number: 1, heading: nasty(4), text: nasty(5), ..Default::default() }],
        contributors: ["陈一", "周跃", "李二"]
            .iter()
            .enumerate()
            .map(|(at, name)| person(at, name))
            .collect(),
        institutions: vec![Institution { rank: Some(1), name: "甲医院".to_owned(), ..Default::default() }],
        papers: (0..papers).map(paper).collect(),
        ip: (0..NASTY.len()).map(right).collect(),
        ..Dossier::default()
    }
}

fn put(archive: &Archive, dossier: &Dossier) -> String {
    let text = serde_json::to_string(dossier).expect("JSON");
    archive.store().put(&NewDocument { bytes: text.as_bytes(), text: &text, dossier }).expect("kept").id
}

fn archive() -> (TempDir, Archive) {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = Archive::open(folder.path()).expect("opens");
    for n in 0..3 {
        put(&archive, &dossier(n, NASTY.len()));
    }
    archive.catch_up().expect("indexed");
    (folder, archive)
}

fn written(archive: &Archive, selection: Selection, format: Format) -> Vec<u8> {
    let mut export = Export::new(selection, format).expect("possible");
    std::iter::from_fn(|| export.next_part(archive).expect("written")).flatten().collect()
}

fn all(archive: &Archive, kind: Kind, format: Format) -> String {
    String::from_utf8(written(archive, Selection::all(kind), format)).expect("UTF-8")
}

/// Every record of a kind, as the store gives it.
fn records(archive: &Archive, kind: Kind) -> Vec<Record> {
    let ids = archive.store().ids_after(kind, "", 10_000).expect("ids");
    ids.iter().map(|id| Record::find(archive.store(), kind, id).expect("asked").expect("there")).collect()
}

fn papers(archive: &Archive) -> BTreeMap<String, Paper> {
    let paper = |record: Record| match record {
        Record::Paper(paper) => Some((paper.id, paper.paper)),
        _ => None,
    };
    records(archive, Kind::Paper).into_iter().filter_map(paper).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn bibtex_reads_back() {
    let (_folder, archive) = archive();
    let bibliography = Bibliography::parse(&all(&archive, Kind::Paper, Format::Bibtex)).expect("BibTeX");
    let papers = papers(&archive);
    assert_eq!(bibliography.len(), papers.len());
    for (id, paper) in &papers {
        let entry = bibliography.get(id).expect("its address is its key");
        let field = |name: &str| entry.get(name).map(|chunks| chunks.format_verbatim()).unwrap_or_default();
        assert_eq!(field("title"), one_line(&paper.title));
        assert_eq!(field("journal") + &field("journaltitle"), paper.journal.clone().unwrap_or_default());
        let number: usize = paper.number.expect("numbered") as usize;
        let want = [("7", "1", "1--12", ""), ("24", "", "100478", ""), ("9", "", "1120--1133", "")];
        let (volume, issue, pages, doi) =
            want.get(number % 4).copied().unwrap_or(("", "", "", "10.1000/ab_c.1"));
        let doi = paper.doi.as_deref().unwrap_or(doi);
        assert_eq!(
            (field("volume"), field("number"), field("doi")),
            (volume.into(), issue.into(), doi.into())
        );
        assert_eq!(field("pages").replace('–', "--"), pages);
        let authors: Vec<Person> = entry.author().expect("authors");
        let names: Vec<_> = authors.iter().map(|name| format!("{}|{}", name.name, name.given_name)).collect();
        assert_eq!(names, ["陈一|", "Zheng|Q. S.", "Kowal|Irena", "O'Brien|Seán", "A & B Study Group|"]);
    }
    let rights = Bibliography::parse(&all(&archive, Kind::Ip, Format::Bibtex)).expect("BibTeX");
    assert_eq!(rights.iter().filter(|entry| entry.entry_type.to_string() == "patent").count(), 9);
    let of_dossiers = Bibliography::parse(&all(&archive, Kind::Dossier, Format::Bibtex)).expect("BibTeX");
    assert_eq!(of_dossiers.len(), bibliography.len() + rights.len(), "what dossiers list");
}

#[test]
fn tables_read_back_cell_by_cell() {
    let (_folder, archive) = archive();
    for kind in Kind::ALL {
        let text = all(&archive, kind, Format::Csv);
        let text = text.strip_prefix('\u{FEFF}').expect("a byte-order mark");
        assert_eq!(text.matches("\r\n").count(), records(&archive, kind).len() + 1, "{kind}: rows end so");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let names = reader.headers().expect("names").clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        let bytes = written(&archive, Selection::all(kind), Format::Xlsx);
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        assert_eq!(workbook.sheet_names(), [kind.label()]);
        let sheet = workbook.worksheet_range(kind.label()).expect("a sheet");
        assert_eq!((sheet.height(), sheet.width()), (rows.len() + 1, names.len()), "{kind}");
        for (row, cells) in rows.iter().zip(sheet.rows().skip(1)) {
            for ((name, field), cell) in names.iter().zip(row).zip(cells) {
                let plain = field.strip_prefix('\'').unwrap_or(field);
                match cell {
                    Data::Empty => assert_eq!(field, "", "{name}"),
                    Data::String(text) => assert_eq!(text, plain, "{name}"),
                    Data::Float(number) => assert_eq!(Ok(*number), field.parse(), "{name}"),
                    other => panic!("{name}: {other:?}"),
                }
                let formula = field.starts_with(['=', '+', '-', '@']) && field.parse::<f64>().is_err();
                assert!(!formula, "{name}: {field}");
            }
        }
        let formulas = rows.iter().flatten().any(|field| field.starts_with("'=HYPERLINK"));
        assert!(formulas || !matches!(kind, Kind::Paper | Kind::Ip | Kind::Contribution), "{kind}");
    }
}

#[test]
fn ris_keeps_to_its_tags() {
    const TAGS: [&str; 20] = [
        "TY", "ID", "AU", "TI", "T2", "VL", "IS", "SP", "EP", "DO", "DB", "SN", "M1", "M3", "CY", "N1", "PY",
        "DA", "ER", "",
    ];
    let (_folder, archive) = archive();
    let text = all(&archive, Kind::Dossier, Format::Ris);
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    let mut open = false;
    for line in text.split("\r\n").filter(|line| !line.is_empty()) {
        let (tag, _) = line.split_once("  - ").expect(line);
        assert!(TAGS.contains(&tag), "{line}");
        assert_eq!(open, tag != "TY", "{line}");
        open = tag != "ER";
    }
    assert!(!open);
    for (id, paper) in papers(&archive) {
        let reference =
            text.split("ER  - ").find(|text| text.contains(&format!("ID  - {id}\r\n"))).expect("there");
        for line in [
            "TY  - JOUR".to_owned(),
            format!("TI  - {}", one_line(&paper.title)),
            "AU  - 陈一".to_owned(),
            "AU  - Zheng, Q. S.".to_owned(),
            "AU  - Kowal, Irena".to_owned(),
            "PY  - 2015".to_owned(),
        ] {
            assert!(reference.contains(&format!("{line}\r\n")), "{line}: {reference}");
        }
        let printed = paper.doi.iter().all(|doi| reference.contains(&format!("DO  - {doi}\r\n")));
        assert!(printed, "{reference}");
    }
    assert!(text.contains("TY  - PAT\r\n") && text.contains("SN  - ZL201510629740.0\r\n"));
    assert!(text.contains("DA  - 2017/03/01/\r\n"));
}

#[test]
fn csl_items_have_the_fields_of_the_schema() {
    const FIELDS: [&str; 15] = [
        "id",
        "type",
        "title",
        "author",
        "issued",
        "container-title",
        "volume",
        "issue",
        "page",
        "DOI",
        "source",
        "number",
        "genre",
        "jurisdiction",
        "note",
    ];
    const TYPES: [&str; 5] = ["article-journal", "patent", "software", "standard", "document"];
    let (_folder, archive) = archive();
    let items: Vec<Value> =
        serde_json::from_str(&all(&archive, Kind::Dossier, Format::CslJson)).expect("JSON");
    let (papers, mut met) = (papers(&archive), 0);
    for item in &items {
        let fields = item.as_object().expect("an item");
        assert!(fields.keys().all(|name| FIELDS.contains(&name.as_str())), "{item}");
        assert!(TYPES.contains(&item["type"].as_str().expect("a type")), "{item}");
        let Some(paper) = papers.get(item["id"].as_str().expect("an id")) else { continue };
        met += 1;
        assert_eq!(item["title"], paper.title.as_str());
        assert_eq!(item["issued"]["date-parts"], serde_json::json!([[2015]]));
        assert!(paper.doi.is_none() || item["DOI"].as_str() == paper.doi.as_deref(), "{item}");
        assert_eq!(item["author"][0], serde_json::json!({"literal": "陈一"}));
        assert_eq!(item["author"][1], serde_json::json!({"family": "Zheng", "given": "Q. S."}));
    }
    assert_eq!(met, papers.len());
    let patent = items.iter().find(|item| item["type"] == "patent").expect("a patent");
    assert_eq!(patent["issued"]["date-parts"], serde_json::json!([[2017, 3, 1]]));
    let none = written(&archive, Selection::found(search("zzzzqqqq", Kind::Ip)), Format::CslJson);
    assert_eq!(serde_json::from_slice::<Vec<Value>>(&none).expect("an empty list"), Vec::<Value>::new());
}

#[test]
fn json_ld_is_a_graph_of_schema_org() {
    let (_folder, archive) = archive();
    for (kind, class, count) in [
        (Kind::Dossier, "CreativeWork", 3),
        (Kind::Person, "Person", 3),
        (Kind::Institution, "Organization", 1),
        (Kind::Journal, "Periodical", 3),
        (Kind::Paper, "ScholarlyArticle", 24),
        (Kind::Ip, "CreativeWork", 24),
        (Kind::Claim, "CreativeWork", 3),
        (Kind::Contribution, "Role", 9),
    ] {
        let text = all(&archive, kind, Format::JsonLd);
        let graph: Value = serde_json::from_str(&text).expect("JSON");
        let nodes = graph["@graph"].as_array().expect("a graph");
        assert_eq!(nodes.len(), records(&archive, kind).len(), "{kind}");
        assert!(nodes.len() >= count && nodes.iter().any(|node| node["@type"] == class), "{kind}");
        let quads: Vec<_> = JsonLdParser::new().for_slice(&text).map(|quad| quad.expect("JSON-LD")).collect();
        let ids: BTreeSet<String> = quads.iter().map(|quad| quad.subject.to_string()).collect();
        for node in nodes {
            assert!(ids.contains(&format!("<{}>", node["@id"].as_str().expect("an address"))), "{node}");
        }
        let predicates: BTreeSet<&str> = quads.iter().map(|quad| quad.predicate.as_str()).collect();
        let foreign = |predicate: &&&str| !predicate.starts_with("https://schema.org/");
        let foreign: Vec<_> = predicates.iter().filter(foreign).collect();
        assert_eq!(foreign, [&"http://www.w3.org/1999/02/22-rdf-syntax-ns#type"], "{kind}");
        if kind == Kind::Paper {
            let numbered =
                nodes.iter().find(|node| node["pageStart"] == "1").expect("the first form of locator");
            let issue = &numbered["isPartOf"];
            assert_eq!(
                (&issue["issueNumber"], &issue["isPartOf"]["volumeNumber"]),
                (&"1".into(), &"7".into())
            );
            assert_eq!(issue["isPartOf"]["isPartOf"]["@type"], "Periodical");
            let doi = numbered["identifier"][1]["value"].as_str().expect("a DOI");
            assert!(doi.starts_with("10.1000/s0140_6736("), "{doi}");
            let author = &numbered["author"][0];
            assert_eq!((&author["name"], author["@id"].is_string()), (&"陈一".into(), true), "a contributor");
        }
        if kind == Kind::Ip {
            assert_eq!(nodes[0]["author"][1]["@type"], "Organization");
        }
        if matches!(kind, Kind::Dossier | Kind::Person | Kind::Contribution | Kind::Claim) {
            assert!(predicates.contains("https://schema.org/position"), "{kind}: ranks");
        }
    }
}

#[test]
fn lines_of_json_are_what_the_addresses_answer() {
    let (_folder, archive) = archive();
    let text = all(&archive, Kind::Dossier, Format::Jsonl);
    let lines: Vec<Dossier> =
        text.lines().map(|line| serde_json::from_str(line).expect("a dossier")).collect();
    let ids = archive.store().ids_after(Kind::Dossier, "", 10).expect("ids");
    let stored = ids.iter().map(|id| archive.store().dossier(id).expect("asked").expect("there"));
    assert_eq!(lines, stored.collect::<Vec<_>>());
    for kind in Kind::ALL {
        assert_eq!(
            all(&archive, kind, Format::Jsonl).lines().count(),
            records(&archive, kind).len(),
            "{kind}"
        );
    }
}

#[test]
fn one_record_is_a_file_as_well() {
    let (_folder, archive) = archive();
    for kind in Kind::ALL {
        let record = records(&archive, kind).remove(0);
        for format in Format::ALL {
            let file = record_as(&record, format);
            assert_eq!(file.is_ok(), format.takes(kind), "{kind} as {format}");
            assert!(file.map_or(true, |file| !file.is_empty()));
        }
    }
}

fn search(q: &str, kind: Kind) -> SearchRequest {
    SearchRequest { q: q.to_owned(), kind, ..SearchRequest::default() }
}

#[test]
fn what_a_search_finds_is_written_in_its_order() {
    let (_folder, archive) = archive();
    let request = search("script", Kind::Paper);
    let answer = archive.search(&request).expect("answers");
    let ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!((ids.len(), ids.len() as u64), (3, answer.total));
    let text = String::from_utf8(written(&archive, Selection::found(request), Format::Jsonl)).expect("UTF-8");
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["id"].clone());
    assert_eq!(lines.collect::<Vec<_>>(), ids);
}

#[test]
fn a_change_in_between_loses_nothing_and_doubles_nothing() {
    let (_folder, archive) = archive();
    let large = put(&archive, &dossier(7, 1200));
    archive.catch_up().expect("indexed");
    for selection in [Selection::all(Kind::Paper), Selection::found(search("", Kind::Paper))] {
        let gone = put(&archive, &dossier(8, 900));
        archive.catch_up().expect("indexed");
        let stays: BTreeSet<String> = archive
            .store()
            .records_of(&large)
            .expect("asked")
            .papers
            .into_iter()
            .map(|paper| paper.id)
            .collect();
        let mut export = Export::new(selection, Format::Jsonl).expect("possible");
        let (mut text, mut parts) = (Vec::new(), 0);
        while let Some(part) = export.next_part(&archive).expect("written") {
            text.extend(part);
            parts += 1;
            match parts {
                3 => assert!(archive.remove(&gone).expect("removed")),
                5 => drop(put(&archive, &dossier(9, 300))),
                6 => archive.catch_up().expect("indexed"),
                _ => {}
            }
        }
        assert!(parts > 20, "{parts} parts");
        let text = String::from_utf8(text).expect("UTF-8");
        let ids: Vec<String> = text
            .lines()
            .map(|line| {
                serde_json::from_str::<Value>(line).expect("JSON")["id"].as_str().expect("id").to_owned()
            })
            .collect();
        let distinct: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(ids.len(), distinct.len(), "none twice");
        assert!(stays.is_subset(&distinct), "all that stayed");
    }
}

#[tokio::test]
async fn the_service_hands_files_out() {
    let service = Service::empty();
    put(&service.archive, &dossier(1, 700));
    service.archive.catch_up().expect("indexed");
    let answer = service.get("/api/v1/export?kind=paper&format=ris").await;
    assert_eq!(answer.kind, Format::Ris.media_type());
    assert_eq!(answer.body, all(&service.archive, Kind::Paper, Format::Ris), "whole, over many parts");
    assert_eq!(service.get("/api/v1/export").await.body, all(&service.archive, Kind::Dossier, Format::Jsonl));
    let found = service.get("/api/v1/export?kind=contribution&format=csv&person=%E9%99%88%E4%B8%80").await;
    assert_eq!(found.body.lines().filter(|line| line.contains("陈一")).count(), 1, "{}", found.body);
    let id = &service.archive.store().ids_after(Kind::Paper, "", 1).expect("ids")[0];
    let entry = service.get(&format!("/api/v1/papers/{id}?format=bibtex")).await;
    assert!(entry.body.starts_with(&format!("@article{{{id},")), "{}", entry.body);
    assert_eq!(service.get(&format!("/api/v1/papers/{id}?format=json")).await.json()["id"], id.as_str());
    for (address, status, says) in [
        ("/api/v1/export?kind=person&format=bibtex", 400, "dossier, paper, ip"),
        ("/api/v1/export?format=pdf", 400, "json-ld"),
        ("/api/v1/papers/a0?format=bibtex", 404, "a0"),
    ] {
        let answer = service.get(address).await;
        assert_eq!(answer.status, status, "{address}");
        assert!(answer.body.contains(says), "{address}: {}", answer.body);
    }
}
