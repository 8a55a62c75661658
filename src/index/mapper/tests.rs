use std::sync::Arc;

use super::*;
use crate::{
    domain::*,
    index::{Record, TextSource},
    text::Span,
};

fn mapped(bundle: &DocumentBundle, person: &PersonRecord) -> Record {
    let row = ContributorRow {
        contribution: "b1".to_owned(),
        employer: bundle.dossier.contributors[0].employer.clone(),
        other_employer: bundle.dossier.contributors[0].employer.clone(),
        claims: vec![(0, bundle.dossier.claims[0].text.clone())],
    };
    let labels = |_: Facet, value: &str| value.to_owned();
    person_record(person, &[Arc::new(DossierFacts::of(&bundle.dossier))], &[row], &labels)
}

/// A dossier with one record of each kind, and the person who did everything.
fn sample() -> (DocumentBundle, PersonRecord) {
    let text = "项目名称 某种导航技术\n一、首创导航。提出光学导航方法。\n张某某 某甲医院 在创新点1中提出方法，附件4.1-3。";
    let place = |field: &str, printed: &str| {
        let at = text.find(printed).expect("printed");
        let mut provenance = Provenance::default();
        provenance.spans.insert(field.to_owned(), vec![Span::new(at, at + printed.len())]);
        provenance
    };
    let reference =
        DossierRef { id: "d1".to_owned(), title: "某种导航技术".to_owned(), year: Some(2026) };
    let entity = |id: &str, name: &str| EntityRef { id: id.to_owned(), name: name.to_owned() };
    let claim = InnovationClaim {
        number: 1,
        heading: "首创导航。".to_owned(),
        text: "首创导航。提出光学导航方法。".to_owned(),
        provenance: place("text", "首创导航。提出光学导航方法。"),
    };
    let said = "在创新点1中提出方法，附件4.1-3。";
    let dossier = Dossier {
        id: "d1".to_owned(),
        kind: DossierKind::Dossier,
        title: Some("某种导航技术".to_owned()),
        award: Some(Award { name: Some("某奖".to_owned()), year: Some(2026), ..Award::default() }),
        claims: vec![claim.clone()],
        contributors: vec![Contributor {
            rank: Some(1),
            name: "张某某".to_owned(),
            employer: Some("某乙大学".to_owned()),
            contribution: Some(said.to_owned()),
            provenance: place("contribution", said),
            ..Contributor::default()
        }],
        ..Dossier::default()
    };
    let contribution = Contribution {
        id: "b1".to_owned(),
        person: entity("p1", "张某某"),
        rank: Some(1),
        dossier: reference.clone(),
        institution: Some(entity("i1", "某甲医院")),
        titles: vec!["主任医师".to_owned()],
        claims: vec![ClaimRef { number: 1, heading: claim.heading.clone(), ..ClaimRef::default() }],
        text: said.to_owned(),
        evidence: vec!["4.1-3".to_owned()],
        ..Contribution::default()
    };
    let person = PersonRecord {
        id: "p1".to_owned(),
        name: "张某某".to_owned(),
        contributions: vec![contribution.clone()],
        ..PersonRecord::default()
    };
    let paper = Paper {
        title: "On navigation".to_owned(),
        year: Some(2020),
        authors: vec!["张某某".to_owned(), "李某".to_owned()],
        ..Paper::default()
    };
    let ip = Ip {
        grant_number: Some("ZL201610900003.3".to_owned()),
        grant_date: Some("2018-12".to_owned()),
        category: Some("发明专利".to_owned()),
        title: "一种导航装置".to_owned(),
        holders: vec!["李某".to_owned(), "某甲医院".to_owned()],
        ..Ip::default()
    };
    let ranked =
        RankedPerson { person: entity("p1", "张某某"), dossier: reference.clone(), rank: Some(1) };
    let bundle = DocumentBundle {
        text: text.to_owned(),
        passages: vec![crate::text::Passage::new(text, 0)],
        institutions: vec![entity("i1", "某甲医院")],
        contributions: vec![contribution],
        papers: vec![PaperRecord {
            id: "a1".to_owned(),
            dossier: reference.clone(),
            paper,
            journal: Some(entity("j1", "Spine")),
            people: vec![entity("p1", "张某某")],
            ..PaperRecord::default()
        }],
        ip: vec![IpRecord {
            id: "r1".to_owned(),
            dossier: reference.clone(),
            ip,
            people: Vec::new(),
            reuse: None,
        }],
        claims: vec![ClaimRecord {
            id: "c1".to_owned(),
            dossier: reference,
            claim,
            contributors: vec![ranked],
            institutions: Vec::new(),
        }],
        dossier,
    };
    (bundle, person)
}

fn values(record: &Record, facet: Facet) -> String {
    let values = record.facets.iter().filter(|value| value.facet == facet);
    values.map(|value| format!("{}{:?}", value.label, value.ids)).collect::<Vec<_>>().join(" ")
}

fn texts(sources: &[TextSource]) -> Vec<&str> {
    sources.iter().map(|source| source.text.as_str()).collect()
}

#[test]
fn every_record_is_counted_by_its_own_values_and_those_of_its_dossier() {
    let labels = |_: Facet, value: &str| value.to_owned();
    let (bundle, person) = sample();
    let mut records = document_records(&bundle, &labels);
    records.push(mapped(&bundle, &person));
    for (kind, facet, want) in [
        (Kind::Dossier, Facet::Institution, r#"某甲医院["i1"] 某乙大学[]"#),
        (Kind::Dossier, Facet::Journal, r#"Spine["j1"]"#),
        (Kind::Dossier, Facet::IpCategory, "发明专利[]"),
        (Kind::Dossier, Facet::Year, "2026[]"),
        (Kind::Paper, Facet::Year, "2020[]"),
        (Kind::Paper, Facet::Person, r#"张某某["p1"] 李某[]"#),
        (Kind::Paper, Facet::Institution, r#"某甲医院["i1"]"#),
        (Kind::Ip, Facet::Year, "2018[]"),
        (Kind::Ip, Facet::Person, "李某[]"),
        (Kind::Claim, Facet::Person, r#"张某某["p1"]"#),
        (Kind::Claim, Facet::Institution, r#"某甲医院["i1"]"#),
        (Kind::Contribution, Facet::Title, "主任医师[]"),
        (Kind::Contribution, Facet::Institution, r#"某甲医院["i1"] 某乙大学[]"#),
        (Kind::Person, Facet::Institution, r#"某甲医院["i1"] 某乙大学[]"#),
        (Kind::Person, Facet::Year, "2026[]"),
    ] {
        let record = records.iter().find(|record| record.kind == kind).expect("one of each");
        assert_eq!(values(record, facet), want, "{kind} {facet}");
        assert_eq!(values(record, Facet::Award), "某奖[]", "{kind}");
        assert_eq!(values(record, Facet::Type), "dossier[]", "{kind}");
    }
}

#[test]
fn people_are_found_by_what_they_are_credited_for() {
    let labels = |_: Facet, value: &str| value.to_owned();
    let (bundle, person) = sample();
    let person = mapped(&bundle, &person);
    let records = document_records(&bundle, &labels);
    let contribution = records.iter().find(|record| record.kind == Kind::Contribution).expect("one");
    for record in [&person, contribution] {
        let context = texts(&record.context);
        for word in ["创新点1", "附件4.1-3", "附件4.2", "主要完成人", "首创导航。提出光学导航方法。"]
        {
            assert!(context.contains(&word), "{} {word} {context:?}", record.kind);
        }
    }
    assert!(texts(&person.body).contains(&"某乙大学"));
}

#[test]
fn rights_are_found_by_the_name_that_is_settled_for_their_holder() {
    let labels = |_: Facet, value: &str| value.to_owned();
    let (mut bundle, _) = sample();
    bundle.ip[0].ip.holders = vec!["某申医院".to_owned()];
    let context = |bundle: &DocumentBundle| {
        let records = document_records(bundle, &labels);
        let ip = records.into_iter().find(|record| record.kind == Kind::Ip).expect("one");
        ip.context.into_iter().map(|source| source.text).collect::<Vec<_>>()
    };
    assert!(!context(&bundle).contains(&"某甲医院".to_owned()), "another institution");
    bundle.dossier.contributors[0].institution = Some("某申医院".to_owned());
    assert!(context(&bundle).contains(&"某甲医院".to_owned()), "the one a row has with the same fault");
}

#[test]
fn rights_are_found_by_what_their_row_prints_besides() {
    let labels = |_: Facet, value: &str| value.to_owned();
    let (mut bundle, _) = sample();
    bundle.text = "1\t一种装置\t某乙公司\tZL1\t陈一；某丙所有\n2\t别的".to_owned();
    let spans = ["一种装置", "ZL1", "陈一"].map(|text| {
        let at = bundle.text.find(text).expect("printed");
        (text.to_owned(), vec![Span::new(at, at + text.len())])
    });
    bundle.ip[0].ip.provenance.spans = spans.into();
    let records = document_records(&bundle, &labels);
    let ip = records.iter().find(|record| record.kind == Kind::Ip).expect("one");
    let context = texts(&ip.context);
    assert!(context.contains(&"某乙公司") && context.contains(&"；某丙所有"), "{context:?}");
    assert!(!context.iter().any(|text| text.contains("一种装置") || text.contains("别的")), "{context:?}");
}

#[test]
fn what_prints_a_name_otherwise_is_found_by_the_persons_own() {
    let labels = |_: Facet, value: &str| value.to_owned();
    let (mut bundle, _) = sample();
    let person = EntityRef { id: "p1".to_owned(), name: "张某某".to_owned() };
    for (printed, wanted) in [("Zhang Moumou", true), ("张某某", false)] {
        (bundle.ip[0].ip.holders, bundle.ip[0].people) = (vec![printed.to_owned()], vec![person.clone()]);
        (bundle.papers[0].paper.authors, bundle.papers[0].people) =
            (vec![printed.to_owned()], vec![person.clone()]);
        bundle.papers[0].paper.corresponding_authors.clear();
        let records = document_records(&bundle, &labels);
        for record in records.iter().filter(|record| matches!(record.kind, Kind::Ip | Kind::Paper)) {
            assert_eq!(texts(&record.context).contains(&"张某某"), wanted, "{printed}: {:?}", record.kind);
        }
    }
}

#[test]
fn texts_of_a_document_point_at_their_place() {
    let (bundle, _) = sample();
    let labels = |_: Facet, value: &str| value.to_owned();
    let records = document_records(&bundle, &labels);
    let placed = |kind: Kind, field: &str| {
        let record = records.iter().find(|record| record.kind == kind).expect("one of each");
        let found = record.body.iter().find(|source| source.field == field).expect(field);
        let span = found.printed(0, found.text.len()).expect("a place");
        assert_eq!(&bundle.text[span.start..span.end], found.text);
    };
    placed(Kind::Dossier, "text");
    placed(Kind::Claim, "claims[0].text");
    placed(Kind::Contribution, "contributors[0].contribution");
    let ip = records.iter().find(|record| record.kind == Kind::Ip).expect("one");
    assert_eq!(ip.identifiers, ["zl201610900003.3"]);
    assert_eq!(records[0].identifiers, ["zl201610900003.3"]);
}

#[test]
fn what_many_dossiers_say_alike_is_indexed_once() {
    let labels = |_: Facet, value: &str| value.to_owned();
    let (bundle, _) = sample();
    let journal = JournalRecord { id: "j1".into(), name: "Spine".into(), ..Default::default() };
    let (title, year) = (bundle.papers[0].paper.title.clone(), bundle.papers[0].paper.year);
    let papers = vec![PaperRow { title, year, citations: Some(2) }; 3];
    let facts = Arc::new(DossierFacts::of(&bundle.dossier));
    let record = journal_record(&journal, &papers, &[facts.clone(), facts], &labels);
    assert_eq!(record.citations, Some(6));
    assert_eq!(texts(&record.context), ["期刊", "On navigation", "某奖\u{1E}2026"]);
    assert_eq!(record.context[1].field, "papers[0].title");
    assert_eq!(values(&record, Facet::Year), "2020[]");
}
