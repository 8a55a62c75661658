use std::collections::{BTreeMap, BTreeSet};

use proptest::{collection::vec, prelude::*, sample::subsequence};
use serde_json::{Map, Value};

use crate::{
    domain::{DecisionAction, Dossier, Kind},
    store::{
        ContributionFilter, ListFilter, NewDecision, Store,
        sample::{Sample, empty_store, put},
    },
};

/// Who is who: of each entity, its address and name and the rows that are tied to it.
type World = BTreeMap<(Kind, String), (String, BTreeSet<String>)>;

fn world(store: &Store) -> World {
    let sql = "SELECT 'person', p.id, p.name || ' ' || ifnull(p.institution_id, ''), b.id
               FROM person p LEFT JOIN contribution b ON b.person_id = p.id
               UNION ALL SELECT 'person', p.id, p.name || ' ' || ifnull(p.institution_id, ''), x.paper_id
               FROM person p JOIN paper_person x ON x.person_id = p.id
               UNION ALL SELECT 'institution', i.id, i.name, b.id || ' contributor'
               FROM institution i LEFT JOIN contribution b ON b.institution_id = i.id
               UNION ALL SELECT 'institution', i.id, i.name, b.id || ' employee'
               FROM institution i LEFT JOIN contribution b ON b.employer_id = i.id
               UNION ALL SELECT 'institution', i.id, i.name, k.document_id || ' ' || k.position
               FROM institution i LEFT JOIN completing_institution k ON k.institution_id = i.id
               UNION ALL SELECT kind, entity_id, 'joined', method || ' ' || form || ' ' || subject FROM joined
               UNION ALL SELECT kind, node_id, 'near', ifnull(other_node, other_name) || ' ' || method || score
               FROM suggestion";
    let rows: Vec<(String, String, String, Option<String>)> = store
        .pool
        .read(|db| {
            let mut query = db.prepare(sql)?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .expect("answer");
    let mut world = World::new();
    for (kind, id, name, row) in rows {
        let kind: Kind = kind.parse().expect("a kind");
        let entity = world.entry((kind, format!("{id} {name}"))).or_default();
        entity.0 = name;
        entity.1.extend(row);
    }
    world
}

/// The people of a name: of each, the dossiers and the institution beside the name.
fn people(store: &Store, name: &str) -> Vec<(String, Vec<String>)> {
    let list = ListFilter { name: Some(name.into()), ..ListFilter::default() };
    let mut people: Vec<(String, Vec<String>)> = store
        .people(&list)
        .expect("answer")
        .items
        .into_iter()
        .map(|person| {
            let record = store.person(&person.id).expect("answer").expect("there");
            (person.id, record.contributions.into_iter().map(|one| one.dossier.title).collect())
        })
        .collect();
    people.sort_by(|a, b| a.1.cmp(&b.1));
    people
}

fn dossiers(people: &[(String, Vec<String>)]) -> Vec<String> {
    people.iter().map(|(_, dossiers)| dossiers.join("+")).collect()
}

fn institutions(store: &Store) -> Vec<String> {
    store
        .institutions(&ListFilter::default())
        .expect("answer")
        .items
        .into_iter()
        .map(|one| one.name)
        .collect()
}

fn decide(store: &Store, action: DecisionAction, target: &str, name: &str, value: &str) -> u64 {
    let detail: Map<String, Value> = [(name.to_owned(), Value::from(value))].into_iter().collect();
    let new = NewDecision { action, target: target.into(), detail, reason: "因".into(), by: None };
    store.decide(&new).expect("decided").id
}

#[test]
fn an_alias_of_one_dossier_leads_to_the_institution_in_another() {
    let (_dir, store) = empty_store();
    let one =
        Sample::new("一术").institution("甲大学第二附属医院", "甲大学第二附属医院（乙桥医院）牵头", &[]);
    let two = Sample::new("二术").institution("乙桥医院", "", &[]).person("陈一", "乙桥医院", &[]);
    let three = Sample::new("三术").person("陈一", "甲大学第二附属医院", &[]);
    put(&store, &two.build());
    assert_eq!(institutions(&store), ["乙桥医院"]);
    let old = store.institutions(&ListFilter::default()).expect("answer").items.remove(0).id;
    let one = put(&store, &one.build());
    assert_eq!(institutions(&store), ["甲大学第二附属医院"]);
    let now = store.institutions(&ListFilter::default()).expect("answer").items.remove(0).id;
    assert_eq!(store.moved_to(&old).expect("answer"), Some(now));
    put(&store, &three.build());
    assert_eq!(dossiers(&people(&store, "陈一")), ["一术".replace('一', "三") + "+二术"]);
    let named =
        ContributionFilter { institution: Some("乙桥医院".into()), ..ContributionFilter::default() };
    assert_eq!(store.contributions(&named).expect("answer").total, 2);

    store.remove(&one.id).expect("removed");
    assert_eq!(dossiers(&people(&store, "陈一")), ["三术", "二术"], "nothing says so any more");
    assert_eq!(store.moved_to(&old).expect("answer"), None, "it lives again");
}

#[test]
fn an_alias_that_two_institutions_claim_or_that_many_bear_joins_nothing() {
    let (_dir, store) = empty_store();
    for (title, own) in [("一术", "甲大学附属医院"), ("二术", "丙大学附属医院")] {
        put(&store, &Sample::new(title).institution(own, &format!("{own}（乙桥医院）牵头"), &[]).build());
    }
    put(&store, &Sample::new("三术").institution("乙桥医院", "", &[]).build());
    put(&store, &Sample::new("四术").institution("丁市一院", "丁市一院（以下简称市一院）", &[]).build());
    put(&store, &Sample::new("五术").institution("市一院", "", &[]).build());
    assert_eq!(institutions(&store).len(), 5, "{:?}", institutions(&store));
}

#[test]
fn two_that_one_dossier_lists_side_by_side_are_two() {
    let (_dir, store) = empty_store();
    let both = Sample::new("一术").institution("甲医院", "", &[]).institution("乙桥医院", "", &[]);
    put(&store, &Sample::new("二术").institution("甲医院", "甲医院（乙桥医院）", &[]).build());
    let both = put(&store, &both.build());
    assert_eq!(institutions(&store).len(), 2);
    store.remove(&both.id).expect("removed");
    assert_eq!(institutions(&store).len(), 1);
}

#[test]
fn one_name_is_one_person_by_institution_paper_patent_or_project() {
    let named = |title: &str, place: &str| Sample::new(title).person("陈一", place, &[]);
    let long = "A long enough title of a paper on nothing in particular at all";
    for (one, two) in [
        (named("一术", "甲医院"), named("二术", "甲医院")),
        (
            named("一术", "甲医院").paper(long, "Journal A", &["陈一"]),
            named("二术", "乙医院").paper(long, "Journal A", &["Chen Yi"]),
        ),
        (
            named("一术", "甲医院").patent("ZL201510629741.0", &["陈一"]),
            named("二术", "乙医院").patent("201510629741.0", &["陈一"]),
        ),
        (named("一术", "甲医院"), named("一术", "乙医院").year(2027)),
        (
            Sample::new("一术").contributor("陈一", Some("甲医院"), Some("乙医院"), &[]),
            named("二术", "乙医院"),
        ),
    ] {
        let (_dir, store) = empty_store();
        put(&store, &one.build());
        put(&store, &two.build());
        assert_eq!(people(&store, "陈一").len(), 1);
    }
    let (_dir, store) = empty_store();
    put(&store, &named("一术", "甲医院").paper(long, "Journal A", &["林二"]).build());
    put(&store, &named("二术", "乙医院").paper(long, "Journal A", &["陈一"]).build());
    assert_eq!(people(&store, "陈一").len(), 2, "the same name elsewhere is another");
}

#[test]
fn namesakes_of_one_dossier_stay_two_whatever_they_share() {
    let (_dir, store) = empty_store();
    let long = "A long enough title of a paper on nothing in particular at all";
    let twice = Sample::new("一术").person("陈一", "甲医院", &[]).person("陈一", "乙医院", &[]);
    put(&store, &twice.paper(long, "Journal A", &["陈一"]).build());
    let third = Sample::new("二术").person("陈一", "丙医院", &[]).paper(long, "Journal A", &["陈一"]);
    put(&store, &third.build());
    assert_eq!(people(&store, "陈一").len(), 3, "the list of authors does not tell which is meant");
}

#[test]
fn decisions_join_part_and_name_and_are_undone() {
    let (_dir, store) = empty_store();
    let one = put(&store, &Sample::new("一术").person("陈一", "甲医院", &[]).build());
    put(&store, &Sample::new("二术").person("陈一", "乙医院", &[]).build());
    put(&store, &Sample::new("三术").person("陈一", "乙医院", &[]).build());
    let before = world(&store);
    let [(a, _), (b, _)] = &people(&store, "陈一")[..] else { panic!("two people") };

    let seq = store.last_change().expect("answer");
    let merge = decide(&store, DecisionAction::Merge, a, "into", b);
    assert_eq!(people(&store, "陈一").iter().map(|(id, _)| id).collect::<Vec<_>>(), [b]);
    assert_eq!(store.moved_to(a).expect("answer").as_ref(), Some(b));
    let told = store.changes_since(seq).expect("answer");
    assert!(told.iter().any(|change| change.document_id == one.id), "{told:?}");
    assert!(told.iter().any(|change| change.entities.contains(&(Kind::Person, a.clone()))), "{told:?}");

    let rename = decide(&store, DecisionAction::Rename, b, "name", "陈一（大）");
    assert_eq!(store.person(b).expect("answer").expect("there").name, "陈一（大）");
    store.undo(rename, "误").expect("undone");

    let split = decide(&store, DecisionAction::Split, b, "from", a);
    assert_eq!(dossiers(&people(&store, "陈一")), ["一术", "三术+二术"], "the later decision holds");
    store.undo(split, "误").expect("undone");
    store.undo(merge, "误").expect("undone");
    assert_eq!(world(&store), before);
    assert_eq!(store.moved_to(a).expect("answer"), None);

    let third = people(&store, "陈一")[1].0.clone();
    let document = store.contributions(&ContributionFilter::default()).expect("answer").items;
    let document = document.into_iter().find(|one| one.dossier.title == "三术").expect("there").dossier.id;
    let alone = decide(&store, DecisionAction::Split, &third, "document", &document);
    assert_eq!(dossiers(&people(&store, "陈一")), ["一术", "三术", "二术"]);
    let again = Sample::new("三术").person("陈一", "乙医院", &[]).claim(1, "首创");
    put(&store, &again.build());
    assert_eq!(people(&store, "陈一").len(), 3, "a new version is read as was decided");
    store.undo(alone, "误").expect("undone");
    assert_eq!(dossiers(&people(&store, "陈一")), ["一术", "三术+二术"]);
}

#[test]
fn an_address_leads_on_when_what_it_led_to_is_merged_too() {
    let (_dir, store) = empty_store();
    let mut ids = Vec::new();
    let mut documents = Vec::new();
    for (title, place) in [("一术", "甲医院"), ("二术", "乙医院"), ("三术", "丙医院")] {
        documents.push(put(&store, &Sample::new(title).person("陈一", place, &[]).build()).id);
        let known = people(&store, "陈一");
        ids.extend(known.into_iter().map(|(id, _)| id).find(|id| !ids.contains(id)));
    }
    decide(&store, DecisionAction::Merge, &ids[0], "into", &ids[1]);
    store.remove(&documents[0]).expect("removed");
    assert_eq!(store.moved_to(&ids[0]).expect("answer").as_ref(), Some(&ids[1]), "its node is gone");
    decide(&store, DecisionAction::Merge, &ids[1], "into", &ids[2]);
    assert_eq!(store.moved_to(&ids[0]).expect("answer").as_ref(), Some(&ids[2]));
    let back = Sample::new("四术").person("陈一", "甲医院", &[]);
    put(&store, &back.build());
    assert_eq!(people(&store, "陈一").len(), 1, "the decision holds for who comes back");
}

#[test]
fn near_names_are_suggested_and_never_joined() {
    let (_dir, store) = empty_store();
    put(&store, &Sample::new("一术").person("许美林", "甲医院", &[]).build());
    put(&store, &Sample::new("二术").person("许美玲", "甲医院", &[]).build());
    put(&store, &Sample::new("三术").person("许美玲", "丁医院", &[]).build());
    let suggested = |store: &Store| -> i64 {
        let count = "SELECT count(*) FROM suggestion WHERE method = 'near-name'";
        store.pool.read(|db| Ok(db.query_row(count, [], |row| row.get(0))?)).expect("answer")
    };
    assert_eq!((people(&store, "许美").len(), suggested(&store)), (3, 1));
    let both = Sample::new("四术").person("许美林", "甲医院", &[]).person("许美玲", "甲医院", &[]);
    let both = put(&store, &both.build());
    assert_eq!(suggested(&store), 0, "one dossier lists both");
    store.remove(&both.id).expect("removed");
    assert_eq!(suggested(&store), 1);
}

/// A title; contributors with place and employer; papers with their first author; institutions.
type Parts = (usize, Vec<(usize, usize, Option<usize>)>, Vec<(usize, usize)>, Vec<usize>);

/// One of a few dossiers, that share a few names, places, papers and patents.
fn any_dossier() -> impl Strategy<Value = Parts> {
    (
        0..5_usize,
        vec((0..4_usize, 0..5_usize, prop::option::weighted(0.2, 0..5_usize)), 1..4),
        vec((0..4_usize, 0..6_usize), 0..3),
        vec(0..3_usize, 0..2),
    )
}

const NAMES: [&str; 4] = ["陈一", "林美林", "林美玲", "王三"];
const LATIN: [&str; 6] = ["陈一", "林美林", "林美玲", "Wang San", "Chen Y", "外人"];
const PLACES: [&str; 5] = ["甲医院", "乙桥医院", "丙大学", "丁山医院", "戊公司"];

fn built(number: usize, parts: Parts) -> Dossier {
    let (title, people, papers, claims) = parts;
    let mut sample = Sample::new(&format!("{title}术研究")).year(2000 + u16::try_from(number).expect("few"));
    for (at, place) in claims.iter().enumerate() {
        // Places claim the names of the next ones.
        let (own, other) = (PLACES[*place], PLACES[(place + 1 + at) % PLACES.len()]);
        sample = sample.institution(own, &format!("{own}（{other}）牵头"), &[]);
    }
    for (name, place, employer) in people {
        sample = sample.contributor(NAMES[name], Some(PLACES[place]), employer.map(|at| PLACES[at]), &[]);
    }
    for (paper, author) in papers {
        let title = format!("A long enough title of paper {paper} on nothing in particular at all");
        sample = sample.paper(&title, "Journal A", &[LATIN[author], LATIN[(author + 1) % LATIN.len()]]);
    }
    sample.build()
}

/// As many cases as `PROPTEST_CASES` names; few without it, as each fills two stores.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(32)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn who_is_who_does_not_depend_on_what_came_first(
        parts in vec(any_dossier(), 2..7),
        gone in subsequence((0..7_usize).collect::<Vec<_>>(), 0..3),
        order in Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle(),
        decisions in vec((0..3_usize, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..3),
    ) {
        let all: Vec<Dossier> = parts.into_iter().enumerate().map(|(n, parts)| built(n, parts)).collect();
        let (_one_dir, one) = empty_store();
        for dossier in &all {
            put(&one, dossier);
        }
        // The decisions are about nodes, so that they can be taken in any store that has the documents.
        let mut taken = Vec::new();
        for (action, target, other) in decisions {
            let nodes = nodes(&one);
            let (target, other) = (target.get(&nodes).clone(), other.get(&nodes).clone());
            let (action, name) = [
                (DecisionAction::Merge, "into"), (DecisionAction::Split, "from"), (DecisionAction::Rename, "name"),
            ][action];
            let value = if name == "name" { "另名".to_owned() } else { other };
            let detail: Map<String, Value> = [(name.to_owned(), Value::from(value))].into_iter().collect();
            let new = NewDecision { action, target, detail, reason: "因".into(), by: None };
            if one.decide(&new).is_ok() {
                taken.push(new);
            }
        }
        let ids: Vec<String> = all.iter().map(crate::store::document_id).collect();
        let gone: Vec<usize> = gone.into_iter().filter(|&at| at < all.len()).collect();
        let decided = world(&one);
        for &at in &gone {
            one.remove(&ids[at]).expect("removed");
        }

        // Every document is read anew in another order: nothing changes.
        let kept: Vec<usize> = order.into_iter().filter(|at| *at < all.len() && !gone.contains(at)).collect();
        let left = world(&one);
        one.pool.write(|tx| {
            for &at in &kept {
                let dossier = crate::store::record::dossier(tx, &ids[at])?.expect("kept");
                crate::store::put::tie(tx, &dossier)?;
            }
            Ok(())
        }).expect("tied");
        prop_assert_eq!(&world(&one), &left);

        // What was removed comes back, in another order: all is as it was.
        for &at in gone.iter().rev() {
            put(&one, &all[at]);
        }
        prop_assert_eq!(world(&one), decided);

        // Without decisions another store, filled in another order, has the same.
        if taken.is_empty() {
            let (_other_dir, other) = empty_store();
            for &at in &gone {
                put(&other, &all[at]);
            }
            for &at in &kept {
                put(&other, &all[at]);
            }
            for &at in &gone {
                other.remove(&ids[at]).expect("removed");
            }
            prop_assert_eq!(world(&other), left);
        }
    }
}

fn nodes(store: &Store) -> Vec<String> {
    let sql = "SELECT id FROM identity_node ORDER BY id";
    store
        .pool
        .read(|db| {
            let mut query = db.prepare(sql)?;
            let ids = query.query_map([], |row| row.get(0))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
        .expect("answer")
}
