use serde_json::json;

use super::{SuggestKind, SuggestRequest, Suggestion};
use crate::{
    domain::{Facet, Kind},
    index::{Record, TextSource},
    search::tests::{Bench, index, record, with_facets},
};

fn named(kind: Kind, id: &str, name: &str, weight: u64) -> Record {
    Record { weight, ..record(kind, id, name, "") }
}

fn bench() -> Bench {
    let person = |id: &str, name: &str, institution: &str, weight: u64| Record {
        display: json!({"institution": {"name": institution}}),
        ..named(Kind::Person, id, name, weight)
    };
    let mut other_name = named(Kind::Institution, "i2", "某校第二附属医院", 2);
    other_name.names.push(TextSource::hidden("江北医院"));
    other_name.display = json!({"aliases": ["江北医院"]});
    let dossier = |id: &str, name: &str, topics: &[&str]| {
        let topics: Vec<_> = topics.iter().map(|topic| (Facet::Topic, *topic, None)).collect();
        let record = named(Kind::Dossier, id, name, 1);
        with_facets(Record { display: json!({"award": "某奖", "year": 2024}), ..record }, &topics)
    };
    index(&[
        &[
            person("p1", "许宝三", "某甲医院", 1),
            person("p2", "许宝三", "某乙医院", 3),
            person("p3", "徐保", "某丙医院", 9),
            person("p4", "曾一", "某丙医院", 1),
            person("p5", "欧阳吕", "某丙医院", 1),
            named(Kind::Institution, "i1", "某市胸科醫院", 5),
            other_name,
        ],
        &[
            named(Kind::Journal, "j1", "European Bone Journal", 4),
            named(Kind::Journal, "j2", "中华某科杂志", 4),
            dossier("d1", "许可性导航的建立", &["导航", "软骨"]),
            dossier("d2", "胸腔镜导航", &["导航"]),
        ],
    ])
}

fn suggested(bench: &Bench, q: &str, kind: Option<SuggestKind>) -> Vec<Suggestion> {
    let request = SuggestRequest { q: q.to_owned(), kind, limit: 10 };
    bench.searcher.suggest(&request).expect("answers").suggestions
}

#[test]
fn what_is_typed_goes_on() {
    let bench = bench();
    for (q, kind, want) in [
        ("许", None, "p2:[0,1] p1:[0,1] d1:[0,1]"),
        ("許宝", None, "p2:[0,2] p1:[0,2]"),
        ("xu", None, "p3:[0,1] p2:[0,1] p1:[0,1] d1:[0,1]"),
        ("XuB", None, "p3:[0,2] p2:[0,2] p1:[0,2]"),
        ("xu bao s", None, "p2:[0,3] p1:[0,3]"),
        ("xbs", None, "p2:[0,3] p1:[0,3]"),
        ("zeng", None, "p4:[0,1]"),
        ("ouyanglv", None, "p5:[0,3]"),
        ("ouyanglyu", None, "p5:[0,3]"),
        ("胸科", None, "i1:[2,4]"),
        ("江北", None, "i2:"),
        ("jiangbei", None, "i2:"),
        ("xiong", None, "d2:[0,1]"),
        ("bone", None, "j1:[9,13]"),
        ("european b", None, "j1:[0,10]"),
        ("zhm", None, "j2:[0,3]"),
        ("zhmk", Some(SuggestKind::Journal), "j2:[0,4]"),
        ("导", None, "导航:[0,1]"),
        ("daohang", Some(SuggestKind::Topic), "导航:[0,2]"),
        ("许", Some(SuggestKind::Person), "p2:[0,1] p1:[0,1]"),
        ("", None, ""),
        ("。，", None, ""),
        ("没有", None, ""),
        ("qqq", None, ""),
    ] {
        let got = suggested(&bench, q, kind).into_iter().map(|one| {
            let marks: Vec<String> = one.marks.iter().map(|[from, to]| format!("[{from},{to}]")).collect();
            format!("{}:{}", one.id.unwrap_or(one.text), marks.concat())
        });
        assert_eq!(got.collect::<Vec<_>>().join(" "), want, "{q}");
    }
}

#[test]
fn a_suggestion_says_what_stands_behind_it() {
    let bench = bench();
    let first = |q: &str| suggested(&bench, q, None).remove(0);
    let show = |one: Suggestion| (one.text, one.count, one.detail.unwrap_or_default());
    assert_eq!(show(first("xubaosan")), ("许宝三".to_owned(), 3, "某乙医院".to_owned()));
    assert_eq!(show(first("江北医院")), ("某校第二附属医院".to_owned(), 2, "江北医院".to_owned()));
    assert_eq!(show(first("软骨")), ("软骨".to_owned(), 1, String::new()));
    assert_eq!(show(first("导航")), ("导航".to_owned(), 2, String::new()));
    assert_eq!(show(first("胸腔")), ("胸腔镜导航".to_owned(), 1, "某奖 2024".to_owned()));
}

#[test]
fn one_kind_leaves_room_for_others() {
    let mut records: Vec<Record> =
        (0..50).map(|n| named(Kind::Person, &format!("p{n:02}"), &format!("何{n}"), 90)).collect();
    records.push(named(Kind::Institution, "i1", "何处医院", 1));
    let bench = index(&[&records]);
    let all = suggested(&bench, "何", None);
    assert_eq!(all.len(), 10);
    assert!(all.iter().any(|one| one.kind == SuggestKind::Institution));
    assert!(suggested(&bench, "何", Some(SuggestKind::Person)).iter().all(|one| one.count == 90));
}
