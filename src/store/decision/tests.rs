use super::*;
use crate::store::sample::{Sample, empty_store, put};

fn new(action: DecisionAction, target: &str) -> NewDecision {
    NewDecision { action, target: target.into(), detail: Map::new(), reason: "因".into(), by: None }
}

/// Plants a decision that holds, of an action that changes nothing.
fn plant(store: &Store, target: &str) -> u64 {
    let id: i64 = store
        .pool
        .write(|tx| {
            Ok(tx.query_row(
                "INSERT INTO decision (action, kind, target, detail, reason, at, decided_by)
                 VALUES ('split', 'person', ?1, '{\"a\":1}', '因', ?2, '甲') RETURNING id",
                params![target, change::now(tx)?],
                |row| row.get(0),
            )?)
        })
        .expect("planted");
    u64::try_from(id).expect("positive")
}

#[test]
fn what_makes_no_sense_is_refused_and_not_kept() {
    let (_dir, store) = empty_store();
    put(&store, &Sample::new("甲术研究").person("陈一", "甲医院", &[]).build());
    let person = store.people(&crate::store::ListFilter::default()).expect("answer").items.remove(0).id;
    let place = store.institutions(&crate::store::ListFilter::default()).expect("answer").items.remove(0).id;
    let (merge, split, rename) = (DecisionAction::Merge, DecisionAction::Split, DecisionAction::Rename);
    for (action, target, detail, want) in [
        (merge, person.as_str(), serde_json::json!({}), "needs the id 'into'"),
        (merge, &person, serde_json::json!({"into": 1}), "needs the id 'into'"),
        (merge, &person, serde_json::json!({"into": "p0"}), "has the id 'p0'"),
        (merge, "p0", serde_json::json!({"into": person}), "has the id 'p0'"),
        (merge, &person, serde_json::json!({"into": place}), "cannot be one"),
        (merge, &person, serde_json::json!({"into": person}), "are one already"),
        (split, &person, serde_json::json!({"from": person}), "from itself"),
        (split, &person, serde_json::json!({"document": "d0"}), "does not mention"),
        (split, &person, serde_json::json!({"of": "d0"}), "needs the id 'document' or 'from'"),
        (rename, &person, serde_json::json!({"name": " "}), "'name' is empty"),
        (rename, &person, serde_json::json!({"name": "甲\n乙"}), "more than one line"),
        (rename, &person, serde_json::json!({"name": "甲", "to": "乙"}), "needs 'name'"),
    ] {
        let detail = detail.as_object().expect("an object").clone();
        let error = store.decide(&NewDecision { detail, ..new(action, target) }).expect_err("refused");
        assert!(error.to_string().contains(want), "{error}");
    }
    assert_eq!(store.decisions(&DecisionFilter::default()).expect("answer").total, 0);
}

#[test]
fn a_decision_is_taken_for_a_reason() {
    let (_dir, store) = empty_store();
    for reason in ["", "  ", "因\u{7}", &"因".repeat(MAX_REASON + 1)] {
        let reason = reason.to_owned();
        let error = store.decide(&NewDecision { reason, ..new(DecisionAction::Split, "p1") });
        let error = error.expect_err("no reason").to_string();
        assert!(error.starts_with("'reason' "), "{error}");
        assert!(store.undo(plant(&store, "p1"), "").is_err());
    }
}

#[test]
fn what_was_undone_is_known_and_holds_no_more() {
    let (_dir, store) = empty_store();
    let (one, two) = (plant(&store, "p1"), plant(&store, "p2"));
    let undone = store.undo(one, " 误 ").expect("undone");
    assert_eq!((undone.is_active(), undone.undone_reason.as_deref()), (false, Some("误")));
    assert!(undone.undone_at.is_some());
    assert_eq!(store.decision(one).expect("answer"), undone);
    let again = store.undo(one, "误").expect_err("undone before").to_string();
    assert!(again.contains(undone.undone_at.as_deref().expect("a time")), "{again}");
    assert!(store.undo(99, "误").expect_err("none").to_string().contains("99"));

    let ids = |filter: DecisionFilter| {
        let page = store.decisions(&filter).expect("answer");
        assert_eq!(page.total, page.items.len() as u64);
        page.items.iter().map(|decision| decision.id).collect::<Vec<_>>()
    };
    let all = DecisionFilter::default;
    assert_eq!(ids(all()), [two, one], "the last one first");
    assert_eq!(ids(DecisionFilter { active: Some(true), ..all() }), [two]);
    assert_eq!(ids(DecisionFilter { active: Some(false), ..all() }), [one]);
    assert_eq!(ids(DecisionFilter { target: Some("p2".into()), ..all() }), [two]);
    assert_eq!(ids(DecisionFilter { action: Some(DecisionAction::Merge), ..all() }), [] as [u64; 0]);
    let held = |target| store.active_decisions(DecisionAction::Split, target).expect("answer").len();
    assert_eq!((held("p1"), held("p2")), (0, 1));
}

#[test]
fn what_was_decided_about_a_removed_person_before_does_not_name_them() {
    let (_dir, store) = empty_store();
    put(&store, &Sample::new("甲术研究").person("陈一", "甲医院", &[]).build());
    let person = store.people(&crate::store::ListFilter::default()).expect("answer").items.remove(0).id;
    let before = plant(&store, &person);
    assert_eq!(store.decision(before).expect("answer").detail.len(), 1);
    let removal = store.decide(&new(DecisionAction::Remove, &person)).expect("removed");
    let told = store.decision(before).expect("answer");
    assert_eq!((told.detail.len(), told.by, told.reason.as_str()), (0, None, "not told"));
    store.undo(removal.id, "误").expect("undone");
    assert_eq!(store.decision(before).expect("answer").detail.len(), 1);
}

#[test]
fn a_removed_document_is_kept_elsewhere_and_brought_back_as_it_was() {
    let (_dir, store) = empty_store();
    let kept = put(&store, &Sample::new("甲术研究").person("陈一", "甲医院", &[]).build());
    let before = store.records_of(&kept.id).expect("answer");
    let counts = |table: &str| -> i64 {
        store
            .pool
            .read(|db| Ok(db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?))
            .expect("answer")
    };
    let removal = store.decide(&new(DecisionAction::Remove, &kept.id)).expect("removed");
    assert_eq!((counts("document"), counts("removed_document"), counts("person")), (0, 1, 0));
    store.undo(removal.id, "误").expect("undone");
    assert_eq!((counts("document"), counts("removed_document"), counts("reading")), (1, 0, 0));
    assert_eq!(store.records_of(&kept.id).expect("answer"), before);
    let changes = store.changes_since(kept.seq).expect("answer");
    let told: Vec<_> = changes.iter().map(|change| (change.removed, change.entities.len())).collect();
    assert_eq!(told, [(true, 2), (false, 2)], "the index learns of both");
}
