use crate::{
    domain::Dossier,
    store::{
        ContributionFilter, ListFilter, NewDocument, ReuseFilter, Store,
        sample::{Sample, empty_store, put},
    },
    text::Span,
};

fn two_dossiers(store: &Store) {
    for title in ["甲", "乙"] {
        let mut dossier = Sample::new(title)
            .claim(1, "首创")
            .person("陈一", "甲医院", &[1])
            .paper(
                "On A",
                if title == "甲" { "New England Journal of Medicine" } else { "N Engl J Med" },
                &["陈一"],
            )
            .ip("一种甲", &["陈一"])
            .build();
        dossier.ip[0].grant_number = Some("ZL201710123456.0".into());
        dossier.ip[0].category = Some("发明专利".into());
        put(store, &dossier);
    }
}

/// What is derived of a store, without the numbers of changes.
fn derived(store: &Store) -> String {
    let works = store.reuse(&ReuseFilter::default()).expect("answer");
    let contributions = store.contributions(&ContributionFilter::default()).expect("answer");
    let journals = store.journals(&ListFilter::default()).expect("answer");
    let records: Vec<_> = journals.items.iter().map(|one| store.journal(&one.id).expect("answer")).collect();
    format!("{works:?}\n{contributions:?}\n{journals:?}\n{records:?}")
}

#[test]
fn an_older_data_directory_is_brought_up() {
    let (dir, store) = empty_store();
    two_dossiers(&store);
    let want = derived(&store);
    let last = store.last_change().expect("answer");
    store
        .pool
        .write(|tx| {
            Ok(tx.execute_batch(
                "DELETE FROM work; DELETE FROM work_key; DELETE FROM journal_name; DELETE FROM contribution_role;
                 UPDATE contribution_claim SET sentence = NULL;
                 INSERT INTO journal (id, key, name, name_key) VALUES ('jold', 'old', 'Old', 'old');
                 UPDATE paper SET journal_id = 'jold'; DELETE FROM journal WHERE id <> 'jold';
                 UPDATE archive SET derived = 0;",
            )?)
        })
        .expect("planted");
    assert_ne!(derived(&store), want);
    drop(store);
    let store = Store::open(dir.path()).expect("opened");
    assert_eq!(derived(&store), want);
    assert_eq!(store.last_change().expect("answer"), last + 2, "the index learns of both documents");
    drop(store);
    let store = Store::open(dir.path()).expect("opened");
    assert_eq!(store.last_change().expect("answer"), last + 2, "nothing is left to do");
}

#[test]
fn a_journal_is_known_by_all_its_printings() {
    let (_dir, store) = empty_store();
    two_dossiers(&store);
    let named = |name: &str| {
        let list = ListFilter { name: Some(name.into()), ..ListFilter::default() };
        store.journals(&list).expect("answer").items
    };
    let [journal] = &named("engl j")[..] else { panic!("one journal") };
    assert_eq!(named("new england").len(), 1);
    let record = store.journal(&journal.id).expect("answer").expect("there");
    assert_eq!(record.name, "New England Journal of Medicine");
    assert_eq!(record.papers.len(), 2);
    let [alias] = &record.aliases[..] else { panic!("one other printing") };
    assert_eq!((alias.name.as_str(), alias.method.as_str()), ("N Engl J Med", "abbreviated-words"));
    let old = crate::store::id::id_of(crate::domain::Kind::Journal, "newenglandjournalofmedicine");
    assert_eq!(
        store.journal(&old).expect("answer"),
        Some(record),
        "its address by name alone still leads there"
    );
}

#[test]
fn contributions_are_filtered_by_rank_role_and_year() {
    let (_dir, store) = empty_store();
    two_dossiers(&store);
    let found = |filter: ContributionFilter| store.contributions(&filter).expect("answer").total;
    let all = ContributionFilter::default;
    let role = |role: &str| ContributionFilter { role: Some(role.into()), ..all() };
    for (name, want) in [
        ("教授", 2),
        ("授", 0),
        ("first-author", 2),
        ("author", 2),
        ("corresponding", 0),
        ("first-inventor", 2),
        ("holder", 0),
    ] {
        assert_eq!(found(role(name)), want, "{name}");
    }
    assert_eq!(found(ContributionFilter { ranks: Some(1..=3), ..all() }), 2);
    assert_eq!(found(ContributionFilter { ranks: Some(2..=3), ..all() }), 0);
    assert_eq!(found(ContributionFilter { years: Some(2026..=2026), ..all() }), 2);
    assert_eq!(found(ContributionFilter { years: Some(2020..=2025), ..all() }), 0);
    let roles = store.contributions(&all()).expect("answer").items.remove(0).roles;
    assert_eq!(roles, ["author", "first-author", "first-inventor", "inventor"]);
}

#[test]
fn a_sentence_that_a_page_break_cut_points_at_both_halves() {
    let (_dir, store) = empty_store();
    let text = "负责设计。对创新点1\n第 2 页\n作出贡献。其余。";
    let mut dossier: Dossier = Sample::new("甲").person("陈一", "甲医院", &[1]).build();
    let cut = text.find('\n').expect("a cut");
    let rest = text.rfind('\n').expect("a cut") + 1;
    let own = &mut dossier.contributors[0];
    own.contribution = Some(format!("{}{}", &text[..cut], &text[rest..]));
    own.provenance.spans.insert("contribution".into(), vec![Span::new(0, cut), Span::new(rest, text.len())]);
    store.put(&NewDocument { bytes: b"1", text, dossier: &dossier }).expect("kept");
    let claim =
        store.contributions(&ContributionFilter::default()).expect("answer").items[0].claims[0].clone();
    assert_eq!(claim.text.as_deref(), Some("对创新点1作出贡献。"));
    let span = claim.span.expect("printed");
    assert_eq!(&text[span.start..span.end], "对创新点1\n第 2 页\n作出贡献。");
}
