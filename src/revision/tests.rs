use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::{
    domain::{
        Award, Contributor, Dossier, InnovationClaim, Institution, Ip, Mentions, Paper, PersonMention,
        Provenance, REMOVED,
    },
    resolve::resolve,
    text::{Passage, Span},
};

/// One object of every kind, empty.
fn full() -> Dossier {
    Dossier {
        award: Some(Award::default()),
        claims: vec![InnovationClaim::default()],
        contributors: vec![Contributor::default()],
        institutions: vec![Institution::default()],
        papers: vec![Paper::default()],
        ip: vec![Ip::default()],
        mentions: Mentions { people: vec![PersonMention::default()], ..Mentions::default() },
        ..Dossier::default()
    }
}

#[test]
fn every_field_that_can_be_corrected_is_there() {
    let json = serde_json::to_value(full()).expect("JSON");
    let error = "x".parse::<FieldPath>().expect_err("no field");
    let known: Vec<&str> = error.rsplit("those are ").next().expect("a list").split(", ").collect();
    assert!(known.len() > 35, "{error}");
    for field in known {
        let path: FieldPath = field.parse().expect(field);
        assert!(path.value(&json).is_some(), "{field}");
        assert_eq!(path.to_string(), field);
    }
}

#[test]
fn a_path_is_read_as_it_is_written() {
    for (text, known) in [
        ("title", true),
        ("mentions.people[2].name", true),
        ("papers[0].authors[12]", true),
        ("mentions.institutions[1]", true),
        ("papers[0].title[0]", false),
        ("papers.title", false),
        ("papers[].title", false),
        ("papers[99999].title", false),
        ("papers[0]", false),
        ("contributors[0].name ", false),
        ("contributors[+1].name", false),
        ("[0].name", false),
        ("", false),
        ("source.path", false),
    ] {
        assert_eq!(text.parse::<FieldPath>().is_ok(), known, "{text}");
    }
}

#[test]
fn a_value_that_was_repaired_stays_printed_as_it_was() {
    let mut dossier = full();
    dossier.papers[0].title = "On A".into();
    dossier.papers[0].provenance.repaired("title", crate::domain::Printed::Text("0n A".into()));
    let correction = Correction::new(&dossier, "papers[0].title", &json!("On B"), None).expect("sound");
    let (shown, stale) = correct(&dossier, &[(1, "因".into(), correction)]).expect("JSON");
    assert_eq!((shown.papers[0].title.as_str(), stale.len()), ("On B", 0));
    let printed = serde_json::to_value(&shown.papers[0]).expect("JSON")["printed"].clone();
    assert_eq!(printed, json!({"title": "0n A"}));
}

#[test]
fn of_two_rows_that_read_alike_none_is_taken_for_the_other() {
    let row = |rank| Contributor { rank: Some(rank), name: "陈一".into(), ..Contributor::default() };
    let before = Dossier { contributors: vec![row(1)], ..Dossier::default() };
    let correction = Correction::new(&before, "contributors[0].post", &json!("院长"), None).expect("sound");
    let other = Contributor { name: "林二".into(), ..Contributor::default() };
    let after = Dossier { contributors: vec![other, row(1), row(2)], ..Dossier::default() };
    let (shown, stale) = correct(&after, &[(7, "因".into(), correction)]).expect("JSON");
    assert_eq!(stale, BTreeSet::from([7]));
    assert!(shown.contributors.iter().all(|row| row.post.is_none()));
}

/// A dossier of one contributor, whose text is given.
fn dossier(name: &str, authors: &[&str]) -> Dossier {
    Dossier {
        id: "d1".into(),
        contributors: vec![Contributor {
            name: name.into(),
            institution: Some("甲医院".into()),
            ..Contributor::default()
        }],
        papers: vec![Paper {
            authors: authors.iter().map(|&author| author.to_owned()).collect(),
            ..Paper::default()
        }],
        ..Dossier::default()
    }
}

fn removed(name: &str) -> RemovedPerson {
    RemovedPerson {
        key: format!("{name}\u{1f}甲医院"),
        names: BTreeSet::from([name.to_owned()]),
        institutions: BTreeSet::from(["甲医院".to_owned()]),
        dossiers: BTreeSet::new(),
    }
}

fn redacted(dossier: &Dossier, text: &str, name: &str) -> Option<(Dossier, String, Redaction)> {
    redact(dossier, text, &resolve(dossier), &[removed(name)], None).expect("JSON")
}

#[test]
fn a_name_is_hidden_however_it_is_printed() {
    for (name, authors, text, want) in [
        ("陈一", &[][..], "陈一、陳 一和陈\n一。", "□、□和□。"),
        ("陈一", &["陈一鸣"], "陈一鸣与陈一", "陈一鸣与□"),
        ("陈一", &["陈一鸣"], "陈 一 鸣", "陈 一 鸣"),
        ("chenyi", &[], "Chen Yi, CHEN  YI; Chen Ying; kitchenyi", "□, □; Chen Ying; kitchenyi"),
        ("⻢一", &[], "马一", "□"),
    ] {
        let printed = if name.is_ascii() { "Chen Yi" } else { name };
        let key = crate::text::fold_key(name);
        let (_, shown, _) = redacted(&dossier(printed, authors), text, &key).expect("hidden");
        assert_eq!(shown.replace(REMOVED, "□"), want, "{text}");
    }
}

#[test]
fn who_is_not_meant_is_not_hidden() {
    let text = "乙医院的陈一。";
    let other = Dossier { contributors: Vec::new(), ..dossier("", &[]) };
    assert!(redacted(&other, text, "陈一").is_none(), "a name alone");
    assert!(redacted(&other, "甲医院的陈一。", "陈一").is_some());
    let mut namesake = dossier("陈一", &[]);
    namesake.contributors[0].institution = Some("乙医院".into());
    assert!(redacted(&namesake, "甲医院。乙医院的陈一。", "陈一").is_none(), "another person");
}

#[test]
fn spans_move_with_the_words_they_are_of() {
    let text = "姓名：陈一，林二。陈一做了甲事。后记";
    let at = |part: &str| {
        let start = text.find(part).expect("printed");
        Span::new(start, start + part.len())
    };
    let mut read = dossier("陈一", &[]);
    let said = "陈一做了甲事";
    read.contributors[0].contribution = Some(said.into());
    read.contributors[0].provenance = Provenance {
        spans: [("name".to_owned(), vec![at("陈一")]), ("contribution".to_owned(), vec![at(said)])].into(),
        ..Provenance::default()
    };
    read.provenance.spans.insert("summary".to_owned(), vec![at("林二"), at("后记"), at("一，林")]);
    let (shown, text, redaction) = redacted(&read, text, "陈一").expect("hidden");
    assert_eq!(text, format!("姓名：{REMOVED}，林二。{REMOVED}。后记"));
    let slices = |spans: &[Span]| spans.iter().map(|span| &text[span.start..span.end]).collect::<Vec<_>>();
    assert_eq!(slices(&shown.provenance.spans["summary"]), ["林二", "后记", &format!("{REMOVED}，林")]);
    assert_eq!(slices(&shown.contributors[0].provenance.spans["name"]), [REMOVED]);
    assert!(!shown.contributors[0].provenance.spans.contains_key("contribution"));
    assert_eq!(redaction.line("陈一，林二"), format!("{REMOVED}，林二"));
}

#[test]
fn a_passage_says_what_the_text_says() {
    let text = "前\n陈一在\n页码 3\n后 林陈\n页码 4\n一";
    let (_, shown, redaction) = redacted(&dossier("陈一", &[]), text, "陈一").expect("hidden");
    assert_eq!(shown.matches(REMOVED).count(), 1, "{shown}");
    let piece = |part: &str| Passage::new(part, text.find(part).expect("printed"));
    let mut passage = piece("前\n陈一在");
    passage.append("\n", &piece("后 林陈"));
    passage.append("", &Passage::new("一", text.rfind('一').expect("printed")));
    let passage = redaction.passage(&passage);
    // The text as it is kept has a page number within the second name; the passage has put it together.
    assert_eq!(passage.text(), format!("前\n{REMOVED}在\n后 林{REMOVED}"));
    for (at, span) in passage.pieces() {
        assert_eq!(passage.text()[at..at + (span.end - span.start)], shown[span.start..span.end]);
    }
}

#[test]
fn file_names_and_values_about_the_document_are_hidden_too() {
    let mut read = dossier("陈一", &["陈一", "林二"]);
    read.source.path = "陈一.txt".into();
    read.source.sha256 = "0".into();
    let (shown, _, redaction) = redacted(&read, "陈一", "陈一").expect("hidden");
    assert_eq!(shown.source.path, format!("{REMOVED}.txt"));
    assert_eq!(shown.papers[0].authors, [REMOVED, "林二"]);
    assert_eq!(shown.contributors[0], Contributor { name: REMOVED.into(), ..Contributor::default() });
    let mut value: Value = json!({"value": ["陈一"], "spans": 1});
    redaction.value(&mut value);
    assert_eq!(value["value"], json!([REMOVED]));
    assert!(!serde_json::to_string(&shown).expect("JSON").contains("陈一"));
}
