//! Who is who: how well are people told apart and put together, and what becomes of their addresses?
//!
//! `tests/fixtures/identity/dossiers.tsv` labels invented people: namesakes, moves with and without
//! something that shows them, names in Latin letters, near names, misprints, second names of institutions.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use dossier_search::{
    domain::{Award, Contributor, DecisionAction, Dossier, DossierKind, Institution, Ip, Paper},
    resolve::resolve,
    store::{ContributionFilter, JoinFilter, ListFilter, NewDecision, NewDocument, Store},
};
use serde_json::Value;

use crate::{real_documents, service::Service};

const LABELLED: &str = include_str!("../fixtures/identity/dossiers.tsv");

/// A dossier, and who is meant by its contributors and by the authors and holders of its papers and rights.
#[derive(Default)]
struct Labelled {
    dossier: Dossier,
    people: Vec<String>,
    authors: Vec<Vec<String>>,
    holders: Vec<Vec<String>>,
}

fn labelled() -> Vec<Labelled> {
    let mut all: Vec<Labelled> = Vec::new();
    for line in LABELLED.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let kind = columns.next().expect("a kind");
        let mut next = || columns.next().unwrap_or_default().to_owned();
        if kind == "dossier" {
            let (title, award, year) = (next(), next(), next());
            let award = Award { name: Some(award), year: year.parse().ok(), ..Award::default() };
            let dossier = Dossier {
                kind: DossierKind::Dossier,
                title: Some(title),
                award: Some(award),
                ..Dossier::default()
            };
            all.push(Labelled { dossier, ..Labelled::default() });
            continue;
        }
        let last = all.last_mut().expect("a dossier first");
        match kind {
            "unit" => {
                let (name, contribution) = (next(), Some(next()));
                last.dossier.institutions.push(Institution { name, contribution, ..Institution::default() });
            }
            "person" => {
                last.people.push(next());
                let (name, institution, employer) = (next(), Some(next()), Some(next()));
                last.dossier.contributors.push(Contributor {
                    rank: u32::try_from(last.people.len()).ok(),
                    name,
                    institution,
                    employer: employer.filter(|name| !name.is_empty()),
                    ..Contributor::default()
                });
            }
            "paper" => {
                let (title, journal, year, locator) = (next(), next(), next(), next());
                let (authors, labels) = people_of(&next());
                last.authors.push(labels);
                last.dossier.papers.push(Paper {
                    title,
                    journal: Some(journal),
                    year: year.parse().ok(),
                    locator: Some(locator),
                    authors,
                    ..Paper::default()
                });
            }
            "right" => {
                let (number, title) = (next(), next());
                let (holders, labels) = people_of(&next());
                last.holders.push(labels);
                let (category, country) = (Some("中国发明专利".into()), Some("中国".into()));
                last.dossier.ip.push(Ip {
                    title,
                    category,
                    country,
                    grant_number: Some(number),
                    holders,
                    ..Ip::default()
                });
            }
            other => panic!("unknown kind '{other}'"),
        }
    }
    all
}

fn people_of(list: &str) -> (Vec<String>, Vec<String>) {
    let pairs = list.split('|').map(|item| item.split_once('=').expect("a label"));
    pairs.map(|(name, label)| (name.to_owned(), label.to_owned())).unzip()
}

/// A store that was given the dossiers in an order, and the address of each.
fn filled<'l>(all: impl Iterator<Item = &'l Labelled>) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("opens");
    for one in all {
        let text = serde_json::to_string(&one.dossier).expect("json");
        store.put(&NewDocument { bytes: text.as_bytes(), text: &text, dossier: &one.dossier }).expect("kept");
    }
    (folder, store)
}

/// Of each mention who it is and whom it was taken for: contributors, and authors and holders who are
/// contributors, or were taken for one.
fn mentions(all: &[Labelled], store: &Store) -> Vec<(String, String)> {
    let mut mentions = Vec::new();
    for (number, one) in all.iter().enumerate() {
        let id = dossier_search::store::document_id(&one.dossier);
        let filter = ContributionFilter { dossier: Some(id), limit: 100, ..ContributionFilter::default() };
        let rows = store.contributions(&filter).expect("answer").items;
        let person = |at: usize| {
            let rank = u32::try_from(at).ok().map(|at| at + 1);
            rows.iter().find(|row| row.rank == rank).expect("a contribution").person.id.clone()
        };
        mentions.extend(one.people.iter().enumerate().map(|(at, label)| (label.clone(), person(at))));
        let resolution = resolve(&one.dossier);
        let papers = one.authors.iter().zip(resolution.papers.iter().map(|links| &links.people));
        let lists = papers.chain(one.holders.iter().zip(&resolution.ip));
        for (list, (labels, found)) in lists.enumerate() {
            for (at, label) in labels.iter().enumerate() {
                let taken = found.iter().find(|appearance| appearance.position == at);
                let nobody = format!("{number} {list} {at}");
                match taken {
                    Some(appearance) if label == "-" => {
                        mentions.push((nobody, person(appearance.contributor)));
                    }
                    Some(appearance) => mentions.push((label.clone(), person(appearance.contributor))),
                    None if label == "-" => {}
                    None => mentions.push((label.clone(), nobody)),
                }
            }
        }
    }
    mentions
}

/// Precision and recall.
struct Quality {
    precision: f64,
    recall: f64,
}

impl Quality {
    fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall)
    }
}

/// Of pairs of mentions.
fn pairwise(mentions: &[(String, String)]) -> Quality {
    let (mut both, mut taken, mut meant) = (0.0, 0.0, 0.0);
    for (at, one) in mentions.iter().enumerate() {
        for other in &mentions[at + 1..] {
            let (same, as_one) = (one.0 == other.0, one.1 == other.1);
            both += f64::from(u8::from(same && as_one));
            taken += f64::from(u8::from(as_one));
            meant += f64::from(u8::from(same));
        }
    }
    Quality { precision: both / taken, recall: both / meant }
}

/// B³: of the mentions around each mention.
fn b_cubed(mentions: &[(String, String)]) -> Quality {
    let (mut precision, mut recall) = (0.0, 0.0);
    for one in mentions {
        let count = |keep: &dyn Fn(&(String, String)) -> bool| {
            mentions.iter().filter(|other| keep(other)).count() as f64
        };
        let both = count(&|other| other == one);
        precision += both / count(&|other| other.1 == one.1);
        recall += both / count(&|other| other.0 == one.0);
    }
    let all = mentions.len() as f64;
    Quality { precision: precision / all, recall: recall / all }
}

#[test]
fn identity_of_people_is_measured() {
    let all = labelled();
    let (_folder, store) = filled(all.iter());
    let mentions = mentions(&all, &store);
    let people: BTreeSet<&String> = all.iter().flat_map(|one| &one.people).collect();
    println!("{} people in {} dossiers, {} mentions", people.len(), all.len(), mentions.len());
    assert!(people.len() >= 60 && all.len() >= 40);
    for (name, quality) in [("pairwise", pairwise(&mentions)), ("B³", b_cubed(&mentions))] {
        let (precision, recall) = (quality.precision, quality.recall);
        println!("{name:9} precision {precision:.4} recall {recall:.4} F1 {:.4}", quality.f1());
    }
    let mut wrong: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (label, taken) in &mentions {
        wrong.entry(taken).or_default().insert(label);
    }
    for (taken, labels) in wrong.iter().filter(|(_, labels)| labels.len() > 1) {
        println!("taken for one: {taken} {labels:?}");
    }
    let pairs = pairwise(&mentions);
    assert!(pairs.precision >= 0.99, "{}", pairs.precision);
    assert!(pairs.recall >= 0.9, "{}", pairs.recall);
}

#[test]
fn identity_does_not_depend_on_the_order() {
    let all = labelled();
    let taken = |store: &Store| mentions(&all, store).into_iter().map(|(_, taken)| taken).collect::<Vec<_>>();
    let (_one, forth) = filled(all.iter());
    let (_two, back) = filled(all.iter().rev());
    assert_eq!(taken(&forth), taken(&back));
    let filter = JoinFilter { limit: 1000, ..JoinFilter::default() };
    assert_eq!(forth.joins(&filter).expect("answer"), back.joins(&filter).expect("answer"));
    let suggestions = |store: &Store| store.identity_suggestions(&filter).expect("answer");
    assert_eq!(suggestions(&forth), suggestions(&back));
    assert!(suggestions(&forth).total > 0);
}

#[tokio::test]
async fn identity_on_the_real_documents() {
    let Some(shared) = real_documents() else { return };
    let service = Service::over(&shared.join("seeds"));
    let named = |name: &str| {
        let list = ListFilter { name: Some(name.into()), ..ListFilter::default() };
        service.archive.store().people(&list).expect("answer").items.remove(0).id
    };
    let person = service.api(&format!("people/{}", named("周跃")), &[]).await;
    let rights = person["ip"].as_array().expect("rights");
    assert!(rights.iter().any(|right| right["ip"]["holders"][0] == "Zhou Yue"), "{rights:?}");
    let joins = person["joins"].as_array().expect("joins");
    let latin = joins.iter().find(|join| join["method"] == "latin-name").expect("a join");
    let evidence = &latin["evidence"][0];
    assert_eq!((latin["score"].as_f64(), evidence["printed"].as_str()), (Some(0.9), Some("Zhou Yue")));
    let id = evidence["dossier"]["id"].as_str().expect("an id");
    let source = service.archive.store().source_text(id).expect("answer").expect("there");
    let at = |end: usize| usize::try_from(evidence["span"][end].as_u64().expect("an end")).expect("small");
    assert_eq!(&source[at(0)..at(1)], "Zhou Yue");

    let near = service.api("suggestions", &[("id", &named("徐美林"))]).await;
    let others: Vec<&str> = near["items"]
        .as_array()
        .expect("suggestions")
        .iter()
        .filter_map(|one| one["other"]["name"].as_str())
        .collect();
    assert_eq!(others, ["徐美玲"]);
}

#[tokio::test]
async fn identity_that_was_given_away_leads_on() {
    let service = Service::empty();
    let store = service.archive.store();
    let keep = |title: &str, place: &str| {
        let contributor =
            Contributor { name: "陈一".into(), institution: Some(place.into()), ..Contributor::default() };
        let dossier = Dossier {
            kind: DossierKind::Dossier,
            title: Some(title.into()),
            contributors: vec![contributor],
            ..Dossier::default()
        };
        store.put(&NewDocument { bytes: title.as_bytes(), text: title, dossier: &dossier }).expect("kept");
    };
    for (title, place) in [("一术", "甲医院"), ("二术", "乙医院"), ("三术", "丙医院")] {
        keep(title, place);
    }
    let ids: Vec<String> =
        store.people(&ListFilter::default()).expect("answer").items.into_iter().map(|one| one.id).collect();
    let merge = |one: &str, into: &str| {
        let detail = [("into".to_owned(), Value::from(into))].into_iter().collect();
        let new = NewDecision {
            action: DecisionAction::Merge,
            target: one.to_owned(),
            detail,
            reason: "调动".into(),
            by: None,
        };
        store.decide(&new).expect("decided")
    };
    merge(&ids[0], &ids[1]);
    let last = merge(&ids[1], &ids[2]);
    service.archive.catch_up().expect("indexed");
    for folder in ["/api/v1/people", "/people"] {
        for gone in &ids[..2] {
            let answer = service.call(Method::GET, &format!("{folder}/{gone}"), Vec::new()).await;
            assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
            assert_eq!(answer.location, format!("{folder}/{}", ids[2]));
        }
        assert_eq!(service.get(&format!("{folder}/{}", ids[2])).await.status, StatusCode::OK);
        assert_eq!(service.get(&format!("{folder}/p0")).await.status, StatusCode::NOT_FOUND);
    }
    let found = service.api("search", &[("q", "陈一"), ("kind", "person")]).await;
    assert_eq!(found["total"], 1, "the index follows");
    let contributions = service.api("contributions", &[("person", &ids[0])]).await;
    assert_eq!(contributions["total"], 3, "asked for by the address that was given away");
    let joins = service.api("joins", &[("id", &ids[0]), ("method", "decision")]).await;
    assert_eq!(joins["total"], 2);

    store.undo(last.id, "误").expect("undone");
    service.archive.catch_up().expect("indexed");
    assert_eq!(service.get(&format!("/people/{}", ids[1])).await.status, StatusCode::OK, "it lives again");
    assert_eq!(service.api("search", &[("q", "陈一"), ("kind", "person")]).await["total"], 2);
}
