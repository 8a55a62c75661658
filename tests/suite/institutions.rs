//! Is an institution of the real documents one, under all its names, and is said why?

use dossier_search::{
    domain::{Contributor, Dossier, Institution},
    store::{ListFilter, NewDocument},
};
use serde_json::Value;

use crate::{real_documents, service::Service};

fn strings<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().expect("a list").iter().filter_map(|one| one[field].as_str()).collect()
}

#[tokio::test]
async fn names_of_one_institution_answer_as_one() {
    let Some(shared) = real_documents() else { return };
    let service = Service::over(&shared.join("seeds"));
    for names in [
        &["陆军军医大学第二附属医院", "新桥医院", "重庆新桥医院", "陆军军医大学新桥医院"][..],
        &["首都医科大学附属北京安贞医院", "北京安贞医院", "安贞医院"],
        &["天津市天津医院", "天津医院"],
    ] {
        let legal = names[0];
        let list = service.api("institutions", &[("name", legal)]).await;
        assert_eq!(strings(&list["items"], "name"), [legal]);
        let id = list["items"][0]["id"].as_str().expect("an id");
        let people = service.api("contributions", &[("institution", id)]).await["total"].clone();
        let dossiers = service.api("search", &[("institution", legal)]).await["total"].clone();
        assert!(people.as_u64() > Some(0) && dossiers.as_u64() > Some(0));
        for name in names {
            let found = service.api("search", &[("q", name), ("kind", "institution")]).await;
            assert_eq!(found["hits"][0]["id"], id, "{name}");
            let typed = service.api("suggest", &[("q", name), ("kind", "institution")]).await;
            assert_eq!(typed["suggestions"][0]["id"], id, "{name}: {typed}");
            let listed = service.api("institutions", &[("name", name)]).await;
            assert!(strings(&listed["items"], "id").contains(&id), "{name}: {listed}");
            assert_eq!(
                service.api("contributions", &[("institution", name)]).await["total"],
                people,
                "{name}"
            );
            assert_eq!(service.api("search", &[("institution", name)]).await["total"], dossiers, "{name}");
            let field = format!("单位:{name}");
            assert_eq!(service.api("search", &[("q", &field)]).await["total"], dossiers, "{name}");
            let matched = service.api("match/institutions", &[("affiliation", name)]).await;
            assert_eq!(matched["items"][0]["institution"]["id"], id, "{name}: {matched}");
            assert_eq!(matched["items"][0]["chosen"], true, "{name}");
        }
    }
}

#[tokio::test]
async fn what_stands_around_a_name_and_what_looks_alike_do_not_part_an_institution() {
    let Some(shared) = real_documents() else { return };
    let service = Service::over(&shared.join("seeds"));
    for (person, institution) in [("徐美林", "天津市胸科医院"), ("罗祥凤", "零氪科技(天津)有限公司")]
    {
        let found = service.api("contributions", &[("person", person)]).await;
        assert_eq!(found["items"][0]["institution"]["name"], institution, "{person}");
        let dossier = found["items"][0]["dossier"]["id"].as_str().expect("an id");
        let facets = service.api("search", &[("kind", "contribution"), ("person", person)]).await;
        assert_eq!(strings(&facets["facets"]["institution"], "value"), [institution], "{person}");
        let id = found["items"][0]["institution"]["id"].as_str().expect("an id");
        let record = service.api(&format!("institutions/{id}"), &[]).await;
        assert!(
            record["dossiers"].as_array().expect("a list").iter().any(|one| one["dossier"]["id"] == dossier)
        );
    }
    let company = service.api("institutions", &[("name", "零氟科技")]).await;
    let id = company["items"][0]["id"].as_str().expect("an id");
    let record = service.api(&format!("institutions/{id}"), &[]).await;
    assert_eq!(record["dossiers"][0]["rank"], 3);
    let alias = &record["aliases"][0];
    assert_eq!(alias["name"], "零氟科技(天津)有限公司");
    let evidence = alias["evidence"].as_str().expect("a reason");
    assert!(evidence.contains("第3完成单位") && evidence.contains("氟／氪"), "{evidence}");
}

/// Keeps an invented dossier of one completing institution and one contributor of it, each as it is printed.
fn keep(service: &Service, title: &str, institution: &str, affiliation: &str) {
    let dossier = Dossier {
        title: Some(title.to_owned()),
        institutions: vec![Institution {
            name: institution.to_owned(),
            rank: Some(1),
            ..Institution::default()
        }],
        contributors: vec![Contributor {
            name: "陈一".to_owned(),
            rank: Some(1),
            institution: Some(affiliation.to_owned()),
            ..Contributor::default()
        }],
        ..Dossier::default()
    };
    let text = format!("{title} {institution} 陈一 {affiliation}");
    let document = NewDocument { bytes: text.as_bytes(), text: &text, dossier: &dossier };
    service.archive.store().put(&document).expect("kept");
}

#[test]
fn an_institution_is_the_same_in_whatever_order_its_names_come() {
    let printed = [
        ("一术研究", "新桥医院", "新桥医院骨科"),
        ("二术研究", "第三军医大学第二附属医院", "重庆市沙坪坝区新桥正街183号，重庆新桥医院"),
        ("三术研究", "陆军军医大学第二附属医院（新桥医院）", "陆军军医大学新桥医院"),
        ("四术研究", "甲大学第一附属医院", "甲大学附属第一医院骨科，甲市 400000"),
        ("五术研究", "甲大学附属第一医院", "甲大学，附属第一医院"),
    ];
    let listed = |order: &[usize]| {
        let service = Service::empty();
        for &at in order {
            let (title, institution, affiliation) = printed[at];
            keep(&service, title, institution, affiliation);
        }
        let store = service.archive.store();
        let institutions = store.institutions(&ListFilter::default()).expect("answer").items;
        let people = store.people(&ListFilter::default()).expect("answer").items;
        let ids = |items: Vec<dossier_search::store::Listed>| {
            items.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        (ids(institutions), ids(people))
    };
    let (institutions, people) = listed(&[0, 1, 2, 3, 4]);
    assert_eq!((institutions.len(), people.len()), (2, 2), "a person of one institution is one");
    for order in [[4, 3, 2, 1, 0], [2, 4, 0, 3, 1]] {
        assert_eq!(listed(&order), (institutions.clone(), people.clone()), "{order:?}");
    }
}
