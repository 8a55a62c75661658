use super::tests::{Bench, index, record, with_facets};
use crate::{
    domain::{Facet, Kind},
    search::SearchRequest,
};

fn bench() -> Bench {
    let person = |id: &str, name: &str, says: &str| {
        with_facets(
            record(Kind::Person, id, name, says),
            &[(Facet::Person, name, Some(id)), (Facet::Year, "2024", None)],
        )
    };
    let named = |kind: Kind, facet: Facet, id: &str, name: &str| {
        with_facets(record(kind, id, name, ""), &[(facet, name, Some(id))])
    };
    index(&[&[
        person("p1", "张浩", "主任医师 研发导航系统"),
        person("p2", "张浩", "主治医师"),
        person("p3", "章昊然", "护师"),
        person("p4", "许宝三", "教授"),
        person("p5", "Zhou Yue", "教授"),
        named(Kind::Institution, Facet::Institution, "i1", "零氪科技有限公司"),
        named(Kind::Institution, Facet::Institution, "i2", "某市胸科医院"),
        named(Kind::Journal, Facet::Journal, "j1", "Endoscopic Surgery"),
        named(Kind::Journal, Facet::Journal, "j2", "European Spine Journal"),
        with_facets(
            record(Kind::Dossier, "d1", "软骨导航", "软骨修复 2019SR0200002"),
            &[(Facet::Topic, "软骨", None)],
        ),
    ]])
}

#[test]
fn a_slip_is_met_by_an_offer_that_finds_something() {
    let bench = bench();
    for (q, kind, want) in [
        ("张昊", Kind::Person, "张浩"),
        ("张昊 导航系统", Kind::Person, "张浩 导航系统"),
        ("張昊 主任医师", Kind::Person, "张浩 主任医师"),
        ("张昊主任医师", Kind::Person, "张浩主任医师"),
        ("徐宝叁", Kind::Person, "许宝三"),
        ("零氟科技", Kind::Institution, "零氪科技"),
        ("零氟", Kind::Institution, "零氪"),
        ("胸颗医院", Kind::Institution, "胸科医院"),
        ("软古", Kind::Dossier, "软骨"),
        ("spien", Kind::Journal, "spine"),
        ("European Spien Jornal", Kind::Journal, "European spine journal"),
        ("Endosocpc Surgery", Kind::Journal, "endoscopic Surgery"),
        ("Zhou Yeu", Kind::Person, "Zhou yue"),
    ] {
        let answer = bench.ask(q, kind, &[]);
        assert_eq!(answer.did_you_mean.as_deref().unwrap_or_default(), want, "{q}");
        assert!(answer.total == 0 || answer.relaxed, "{q}");
        if !want.is_empty() {
            assert!(bench.ask(want, kind, &[]).total > 0, "{want}");
        }
    }
}

#[test]
fn no_offer_for_hits_nor_where_nothing_is_near() {
    let bench = bench();
    for (q, kind) in [
        ("", Kind::Person),
        ("张浩", Kind::Person),
        ("张浩 教授", Kind::Person),
        ("李一二", Kind::Person),
        ("软骨", Kind::Journal),
        ("张昊", Kind::Journal),
        ("2019SR0200003", Kind::Dossier),
        ("2018", Kind::Dossier),
        ("spi", Kind::Journal),
        ("tumor", Kind::Journal),
        ("\"spien\"", Kind::Journal),
        ("人:张昊", Kind::Person),
        ("。", Kind::Person),
    ] {
        assert_eq!(bench.ask(q, kind, &[]).did_you_mean, None, "{q}");
    }
    let of = |year: &str| {
        let filters = vec![(Facet::Year, year.to_owned())];
        let request =
            SearchRequest { q: "张昊".to_owned(), kind: Kind::Person, filters, ..SearchRequest::default() };
        bench.searcher.search(&request).expect("answers").did_you_mean
    };
    assert_eq!((of("2024").as_deref(), of("2020")), (Some("张浩"), None), "found under the same filters");
}
