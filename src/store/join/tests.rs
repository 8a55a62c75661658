use crate::{
    domain::{DecisionAction, Dossier, Join, JoinEvidence},
    store::{
        JoinFilter, ListFilter, NewDecision, NewDocument, Store,
        sample::{Sample, empty_store, put},
    },
    text::Span,
};

const TITLE: &str = "A long enough title of a paper on nothing in particular at all";

fn joins(store: &Store, method: &str) -> Vec<Join> {
    let filter = JoinFilter { method: Some(method.into()), ..JoinFilter::default() };
    let page = store.joins(&filter).expect("answer");
    assert_eq!(page.total, page.items.len() as u64);
    page.items
}

fn printed(evidence: &[JoinEvidence]) -> Vec<(&str, &str, &str)> {
    evidence
        .iter()
        .map(|place| (place.dossier.title.as_str(), place.field.as_str(), place.printed.as_str()))
        .collect()
}

#[test]
fn every_join_has_its_method_its_score_and_what_is_printed() {
    let (_dir, store) = empty_store();
    let one = Sample::new("一术")
        .institution("甲大学医院", "甲大学医院（乙桥医院）牵头。其余", &[])
        .person("周跃", "乙桥医院", &[])
        .paper(TITLE, "Journal A", &["外人", "Zhou Yue"]);
    let two = Sample::new("二术").person("周跃", "丙医院", &[]).paper(TITLE, "Journal A", &["周跃"]);
    let three = Sample::new("三术").person("周跃", "丙医院", &[]).person("许一", "乙桥医院", &[]);
    for dossier in [one, two, three] {
        put(&store, &dossier.build());
    }

    let [latin] = &joins(&store, "latin-name")[..] else { panic!("one name in Latin letters") };
    assert_eq!(
        (latin.record.name.as_str(), latin.score, latin.shared.as_deref()),
        ("周跃", 0.9, Some(TITLE))
    );
    assert_eq!(printed(&latin.evidence), [("一术", "papers[0].authors", "Zhou Yue")]);

    let [paper] = &joins(&store, "same-name-and-paper")[..] else { panic!("one paper") };
    assert_eq!((paper.score, paper.documents, paper.shared.as_deref()), (0.9, 2, Some(TITLE)));
    let both = [("一术", "papers[0].authors", "Zhou Yue"), ("二术", "papers[0].authors", "周跃")];
    assert_eq!(printed(&paper.evidence), both);

    let [place] = &joins(&store, "same-name-and-institution")[..] else { panic!("one institution") };
    assert_eq!((place.documents, place.shared.as_deref()), (2, Some("丙医院")));
    assert_eq!(place.record, paper.record);

    let aliases = joins(&store, "printed-alias");
    let across = aliases.iter().find(|join| join.evidence.len() > 1).expect("a join of two dossiers");
    let place = &across.evidence[0];
    assert_eq!(
        (place.printed.as_str(), place.text.as_deref()),
        ("乙桥医院", Some("甲大学医院（乙桥医院）牵头。"))
    );
    assert_eq!(across.evidence[1].dossier.title, "三术");
    assert_eq!(across.record.name, "甲大学医院");

    let person = store.person(&paper.record.id).expect("answer").expect("there");
    let methods: Vec<_> = person.joins.iter().map(|join| join.method.as_str()).collect();
    assert_eq!(methods, ["latin-name", "same-name-and-paper", "same-name-and-institution"]);
    let institution = store.institution(&across.record.id).expect("answer").expect("there");
    assert!(institution.joins.contains(across));
}

#[test]
fn a_name_is_shown_where_it_stands() {
    let (_dir, store) = empty_store();
    let mut dossier: Dossier =
        Sample::new("一术").person("周跃", "甲医院", &[]).paper("On A", "Journal A", &["Zhou Yue"]).build();
    let text = "前言 作者：外人; Zhou Yue; 尾";
    let field = Span::new("前言 作者：".len(), text.len());
    dossier.papers[0].provenance.spans = [("authors".to_owned(), vec![field])].into();
    store.put(&NewDocument { bytes: b"1", text, dossier: &dossier }).expect("kept");
    let [join] = &joins(&store, "latin-name")[..] else { panic!("one join") };
    let span = join.evidence[0].span.expect("known");
    assert_eq!(&text[span.start..span.end], "Zhou Yue");
}

#[test]
fn a_decision_is_a_join_with_its_reason() {
    let (_dir, store) = empty_store();
    for place in ["甲医院", "乙医院"] {
        put(&store, &Sample::new(&format!("{place}术")).person("陈一", place, &[]).build());
    }
    let people = store.people(&ListFilter::default()).expect("answer").items;
    let detail = [("into".to_owned(), serde_json::Value::from(people[1].id.as_str()))].into_iter().collect();
    let (action, target) = (DecisionAction::Merge, people[0].id.clone());
    let decision = store
        .decide(&NewDecision { action, target: target.clone(), detail, reason: "调动".into(), by: None })
        .expect("decided");
    let filter = JoinFilter { id: Some(target), ..JoinFilter::default() };
    let held = store.joins(&filter).expect("answer").items;
    let [join] = &held[..] else { panic!("one join, asked for by the address that was given away") };
    assert_eq!((join.decision, join.shared.as_deref(), join.score), (Some(decision.id), Some("调动"), 1.0));
    assert_eq!(join.record.id, people[1].id);
}

#[test]
fn suggestions_have_both_sides_and_go_with_a_decision() {
    let (_dir, store) = empty_store();
    put(
        &store,
        &Sample::new("一术").person("许美林", "甲医院", &[]).paper(TITLE, "Journal A", &["许美玲"]).build(),
    );
    put(&store, &Sample::new("二术").person("许美玲", "甲医院", &[]).build());
    let all = |id: Option<String>| {
        let page = store.identity_suggestions(&JoinFilter { id, ..JoinFilter::default() }).expect("answer");
        assert_eq!(page.total, page.items.len() as u64);
        page.items
    };
    let found = all(None);
    let [record, name] = &found[..] else { panic!("a record and a name: {found:?}") };
    let (record, name) = if record.other.id.is_some() { (record, name) } else { (name, record) };
    assert_eq!(record.evidence.len(), 2);
    assert_eq!(
        (name.record.name.as_str(), name.other.name.as_str(), &name.other.id),
        ("许美林", "许美玲", &None)
    );
    assert_eq!(printed(&name.evidence)[0], ("一术", "papers[0].authors", "许美玲"));
    let other = record.other.id.clone().expect("a record");
    assert_eq!(all(Some(other.clone()))[0].record.id, other, "who was asked for comes first");
    let person = store.person(&name.record.id).expect("answer").expect("there");
    assert_eq!(person.suggestions.len(), 2);

    let detail = [("from".to_owned(), serde_json::Value::from(other.as_str()))].into_iter().collect();
    let (action, target) = (DecisionAction::Split, record.record.id.clone());
    store.decide(&NewDecision { action, target, detail, reason: "两人".into(), by: None }).expect("decided");
    assert_eq!(all(None).len(), 1);
}
