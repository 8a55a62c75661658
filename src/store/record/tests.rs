use crate::{
    domain::{ClaimRef, Contribution},
    store::{
        ListFilter, Store,
        sample::{Sample, empty_store, put},
    },
    text::Span,
};

fn two_dossiers() -> (tempfile::TempDir, Store) {
    let (dir, store) = empty_store();
    let one = Sample::new("一术")
        .claim(1, "首创甲")
        .claim(2, "首创乙")
        .institution("甲医院", "甲医院（甲市丙医院）牵头。其余", &[2])
        .institution("乙大学", "", &[1, 2])
        .person("陈一", "甲医院", &[2, 1, 7])
        .person("林二", "乙大学", &[2])
        .contributor("王五", Some("乙大学"), Some("甲医院"), &[])
        .paper("On A", "Journal A", &["外人", "林二", "陳 一"])
        .paper("On B", "Journal B", &["外人"])
        .ip("一种甲", &["陈一", "外人"]);
    let two = Sample::new("二术")
        .institution("甲醫院", "甲醫院（甲市丙医院）参加。", &[])
        .person("林二", "乙大学", &[])
        .person("陳一", "甲醫院", &[1])
        .person("陈一", "丁医院", &[])
        .paper("On C", "JOURNAL A", &["陈一"]);
    put(&store, &one.build());
    put(&store, &two.build());
    (dir, store)
}

fn id_of(store: &Store, person: &str, institution: &str) -> String {
    let people = store.people(&ListFilter::default()).expect("answer").items;
    let at = |listed: &crate::store::Listed| {
        listed.name == person && listed.institution.as_ref().is_some_and(|at| at.name == institution)
    };
    people.into_iter().find(at).expect("there").id
}

fn institution_id(store: &Store, name: &str) -> String {
    let list = ListFilter { name: Some(name.into()), ..ListFilter::default() };
    store.institutions(&list).expect("answer").items.remove(0).id
}

#[test]
fn a_person_has_contributions_papers_ip_and_company() {
    let (_dir, store) = two_dossiers();
    let person = store.person(&id_of(&store, "陈一", "甲医院")).expect("answer").expect("there");
    assert_eq!(person.name, "陈一");
    assert_eq!(person.institution.as_ref().map(|institution| institution.name.as_str()), Some("甲医院"));
    assert_eq!(person.titles, ["教授", "主任医师"]);

    let [one, two] = &person.contributions[..] else { panic!("two dossiers") };
    assert_eq!((one.dossier.title.as_str(), one.rank, one.dossier.year), ("一术", Some(1), Some(2026)));
    let heading = |number, heading: &str| ClaimRef { number, heading: heading.into(), ..ClaimRef::default() };
    assert_eq!(one.claims, [heading(1, "首创甲"), heading(2, "首创乙"), heading(7, "")]);
    assert_eq!(two.claims, [heading(1, "")], "a claim of another dossier is another claim");
    assert_eq!(one.span, Some(Span::new(30, 50)), "from the first byte to the last");
    assert_eq!((one.text.as_str(), &one.evidence[..]), ("陈一做了事", &["4.1".to_owned()][..]));
    assert_eq!(store.contribution(&one.id).expect("answer").as_ref(), Some(one));

    let titles: Vec<_> = person.papers.iter().map(|record| record.paper.title.as_str()).collect();
    assert_eq!(titles, ["On A", "On C"]);
    assert_eq!(one.papers, [person.papers[0].id.clone()]);
    assert_eq!(one.ip, [person.ip[0].id.clone()]);
    assert_eq!(two.ip, [""; 0]);

    let company: Vec<_> =
        person.co_contributors.iter().map(|other| (other.person.name.as_str(), other.dossiers)).collect();
    assert_eq!(company, [("林二", 2), ("王五", 1), ("陈一", 1)]);
    assert_eq!(store.person("p0").expect("answer"), None);
}

#[test]
fn one_name_at_two_institutions_is_two_people() {
    let (_dir, store) = two_dossiers();
    let other = store.person(&id_of(&store, "陈一", "丁医院")).expect("answer").expect("there");
    let dossiers = |contributions: &[Contribution]| {
        contributions.iter().map(|contribution| contribution.dossier.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(dossiers(&other.contributions), ["二术"]);
    assert_eq!(store.people(&ListFilter::default()).expect("answer").total, 4);
    let paper = &other.papers[0];
    assert_eq!(paper.people.len(), 2, "the list of authors does not tell which of the two is meant");
}

#[test]
fn an_institution_has_dossiers_people_and_names() {
    let (_dir, store) = two_dossiers();
    let institution = store.institution(&institution_id(&store, "甲医院")).expect("answer").expect("there");
    assert_eq!(institution.name, "甲医院", "printed in two scripts, one institution");
    let [alias] = &institution.aliases[..] else { panic!("one other name, though two dossiers print it") };
    assert_eq!((alias.name.as_str(), alias.evidence.as_str()), ("甲市丙医院", "甲医院（甲市丙医院）牵头。"));
    assert_eq!(alias.dossier, institution.dossiers[0].dossier.id);

    let parts: Vec<_> = institution
        .dossiers
        .iter()
        .map(|part| (part.dossier.title.as_str(), part.rank, &part.claims[..]))
        .collect();
    assert_eq!(parts, [("一术", Some(1), &[2][..]), ("二术", Some(1), &[])]);
    assert_eq!(institution.dossiers[0].span, Some(Span::new(10, 20)));
    let people: Vec<_> =
        institution.people.iter().map(|ranked| (ranked.person.name.as_str(), ranked.rank)).collect();
    assert_eq!(people, [("陈一", Some(1)), ("王五", Some(3)), ("陈一", Some(2))]);

    let employer = store.institution(&institution_id(&store, "丁医院")).expect("answer").expect("there");
    let [part] = &employer.dossiers[..] else { panic!("one dossier") };
    assert_eq!((part.rank, &part.contribution), (None, &None));
    let university = store.institution(&institution_id(&store, "乙大学")).expect("answer").expect("there");
    let ranks: Vec<_> = university.dossiers.iter().map(|part| part.rank).collect();
    assert_eq!(ranks, [Some(2), None], "completing the one, employer only in the other");
    assert_eq!(store.institution("i0").expect("answer"), None);
}

#[test]
fn a_journal_has_the_papers_of_all_dossiers() {
    let (_dir, store) = two_dossiers();
    let journals = store.journals(&ListFilter::default()).expect("answer").items;
    let journal = store.journal(&journals[0].id).expect("answer").expect("there");
    assert_eq!(journal.name, "Journal A");
    let titles: Vec<_> = journal.papers.iter().map(|record| record.paper.title.as_str()).collect();
    assert_eq!(titles, ["On A", "On C"]);
    let paper = store.paper(&journal.papers[0].id).expect("answer").expect("there");
    assert_eq!(paper, journal.papers[0]);
    assert_eq!(paper.paper.impact_factor, Some(2.7));
    let authors: Vec<_> = paper.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(authors, ["林二", "陈一"], "in the order of the authors");
    assert_eq!(store.journal("j0").expect("answer"), None);
    assert_eq!(store.paper("a0").expect("answer"), None);
    assert_eq!(store.ip("r0").expect("answer"), None);
}

#[test]
fn a_claim_has_those_credited_for_it() {
    let (_dir, store) = two_dossiers();
    let claims = store.claims(&ListFilter::default()).expect("answer").items;
    let claim = claims.iter().find(|claim| claim.name == "首创乙").expect("there");
    let claim = store.claim(&claim.id).expect("answer").expect("there");
    assert_eq!((claim.claim.number, claim.claim.text.as_str()), (2, "首创乙。其余。"));
    let people: Vec<_> = claim.contributors.iter().map(|ranked| ranked.person.name.as_str()).collect();
    assert_eq!(people, ["陈一", "林二"]);
    let institutions: Vec<_> =
        claim.institutions.iter().map(|institution| institution.name.as_str()).collect();
    assert_eq!(institutions, ["甲医院", "乙大学"]);
    assert_eq!(store.claim("c0").expect("answer"), None);
}
