//! Does a printed affiliation lead to the institution it means, and to none where that is not clear?
//!
//! The labelled set is our own: `tests/fixtures/identity`. The service holds the institutions of `known.tsv`, each
//! in a dossier of its own.

use std::collections::BTreeMap;

use dossier_search::{
    domain::{Dossier, Institution},
    store::NewDocument,
    text::fold_key,
};

use crate::service::Service;

const KNOWN: &str = include_str!("../fixtures/identity/known.tsv");
const LABELLED: &str = include_str!("../fixtures/identity/institutions.tsv");
/// No institution is to be chosen.
const NONE: &str = "-";

#[derive(Default)]
struct Tally {
    right: u32,
    wrong: u32,
    missed: u32,
    /// Rows without an institution, of which none was chosen.
    refused: u32,
}

impl Tally {
    fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    fn f_half(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        1.25 * precision * recall / (0.25 * precision + recall).max(f64::MIN_POSITIVE)
    }
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn service() -> Service {
    let service = Service::empty();
    for (number, row) in rows(KNOWN).enumerate() {
        let [name, contribution] = row[..] else { panic!("two columns: {row:?}") };
        let institution = Institution {
            name: name.to_owned(),
            rank: Some(1),
            contribution: Some(contribution.to_owned()),
            ..Institution::default()
        };
        let title = Some(format!("第{number}项研究"));
        let dossier = Dossier { title, institutions: vec![institution], ..Dossier::default() };
        let text = format!("{number} {name} {contribution}");
        service
            .archive
            .store()
            .put(&NewDocument { bytes: text.as_bytes(), text: &text, dossier: &dossier })
            .expect("kept");
    }
    service.archive.catch_up().expect("indexed");
    service
}

#[tokio::test]
async fn institutions_match_the_labelled_set() {
    let service = service();
    let mut classes: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    let (mut rows_read, mut faults) = (0, Vec::new());
    for row in rows(LABELLED) {
        let [affiliation, want, class] = row[..] else { panic!("three columns: {row:?}") };
        rows_read += 1;
        let text = affiliation.replace("\\n", "\n");
        let items = if text.is_empty() {
            Vec::new()
        } else {
            let answer = service.api("match/institutions", &[("affiliation", &text)]).await;
            answer["items"].as_array().expect("a list").clone()
        };
        let chosen: Vec<&str> = items
            .iter()
            .filter(|item| item["chosen"] == true)
            .map(|item| item["institution"]["name"].as_str().expect("a name"))
            .collect();
        assert!(chosen.len() <= 1, "{affiliation}: {chosen:?}");
        for item in &items {
            let bound = |at: usize| item["span"][at].as_u64().expect("a bound") as usize;
            let part = text.get(bound(0)..bound(1)).expect("the span slices the text");
            let substring = item["substring"].as_str().expect("a text");
            let printed = fold_key(part);
            let mut rest = printed.chars();
            let stands = fold_key(substring).chars().all(|c| rest.any(|printed| printed == c));
            assert!(stands, "{substring} is not in {part}");
            assert!((0.0..=1.0).contains(&item["score"].as_f64().expect("a score")));
        }
        let chosen = chosen.first().copied();
        let right = chosen.is_some_and(|chosen| fold_key(chosen) == fold_key(want));
        for tally in [&mut all, classes.entry(class).or_default()] {
            tally.right += u32::from(right);
            tally.wrong += u32::from(chosen.is_some() && !right);
            tally.missed += u32::from(want != NONE && !right);
            tally.refused += u32::from(want == NONE && chosen.is_none());
        }
        if !right && (want != NONE || chosen.is_some()) {
            faults.push(format!("{affiliation} → {} (wanted {want})", chosen.unwrap_or(NONE)));
        }
    }
    println!("{:12} right wrong missed refused precision recall", "class");
    for (class, tally) in classes.iter().chain([(&"all", &all)]) {
        let Tally { right, wrong, missed, refused } = tally;
        let (precision, recall) = (tally.precision(), tally.recall());
        println!("{class:12} {right:5} {wrong:5} {missed:6} {refused:7} {precision:9.4} {recall:6.4}");
    }
    println!("{rows_read} affiliations, F0.5 {:.4}; faults:\n{}", all.f_half(), faults.join("\n"));
    assert!(rows_read >= 300, "{rows_read}");
    assert!(all.precision() >= 0.99, "precision {}", all.precision());
    assert!(all.recall() >= 0.9, "recall {}", all.recall());
}

#[tokio::test]
async fn a_match_says_why() {
    let service = service();
    for (affiliation, matching, department, has_record) in [
        ("云川市中心医院心内科", "EXACT", Some("心内科"), true),
        ("江临大学第一附属医院", "FORM", None, true),
        ("望江医院", "ALIAS", None, true),
        ("新桥医院骨科", "AUTHORITY", Some("骨科"), true),
        ("西京医院", "AUTHORITY", None, false),
        ("江临昊瀚生物技术有限公司", "LOOK_ALIKE", None, true),
        ("云川市中心医院心血管病研究所", "PARENT", None, true),
        ("芜湖市江临市传染病医院", "PHRASE", None, true),
    ] {
        let answer = service.api("match/institutions", &[("affiliation", affiliation)]).await;
        let first = &answer["items"][0];
        assert_eq!(first["matching_type"], matching, "{affiliation}: {answer}");
        assert_eq!(first["department"].as_str(), department, "{affiliation}");
        assert_eq!(first["institution"]["id"].is_string(), has_record, "{affiliation}");
        let told = first["evidence"].is_string();
        assert_eq!(told, matches!(matching, "ALIAS" | "AUTHORITY"), "{affiliation}: {first}");
    }
}
