//! Other forms of a word, what scores are made of, and what is said where nothing is found.

use super::{
    tests::{index, record, with_facets},
    *,
};
use crate::{
    domain::{Facet, Kind},
    index::Record,
};

fn explained(q: &str, kind: Kind) -> SearchRequest {
    SearchRequest { q: q.to_owned(), kind, explain: true, ..SearchRequest::default() }
}

fn claims() -> Vec<Record> {
    let mut right = record(Kind::Claim, "c4", "一种插管", "应用体外膜肺氧合救治心力衰竭患者。");
    right.identifiers = vec!["zl202111600006.x".to_owned(), "2020sr0871100".to_owned()];
    vec![
        record(Kind::Claim, "c1", "ECMO救治", "ECMO救治心衰患者，心衰患者存活。"),
        record(Kind::Claim, "c2", "救治的评估", "救治前后评估预后。"),
        record(Kind::Claim, "c3", "brain-computer interface", "A brain-computer interface for speech."),
        right,
    ]
}

#[test]
fn a_question_is_answered_by_what_it_is_about() {
    let mut records = claims();
    records.push(record(Kind::Claim, "c5", "阿司匹林用药", "依据基因分型调整剂量。"));
    records.push(record(Kind::Claim, "c6", "通讯", "作者团队当年的通讯文章。"));
    records.push(record(Kind::Institution, "i1", "甲乙省疾病预防控制中心", ""));
    records.push(record(Kind::Institution, "i2", "丙川医科大学第三附属医院", ""));
    records.push(record(Kind::Institution, "i3", "丙川医科大学", "骨科"));
    records.push(record(Kind::Institution, "i4", "蓝川大学药学院", ""));
    for record in records.iter_mut().filter(|record| record.kind == Kind::Institution) {
        *record = with_facets(record.clone(), &[(Facet::Institution, &record.title.clone(), None)]);
    }
    let bench = index(&[&records]);
    for (q, kind, want) in [
        ("孕妇吃阿司匹林，剂量要按基因来调吗", Kind::Claim, "c5"),
        ("做心力衰竭的通讯作者的文章有哪几篇", Kind::Claim, "c4 c1"),
        ("甲乙省疾控", Kind::Institution, "i1"),
        ("丙川医大三附院 骨科", Kind::Institution, "i2 i3"),
        ("Lanchuan University 药学院", Kind::Institution, "i4"),
    ] {
        assert_eq!(bench.ids(q, kind), want, "{q}");
    }
}

#[test]
fn where_few_say_everything_those_follow_that_say_most() {
    let parts = ["阿司匹林", "导航", "骨折"];
    let claim = |id: &str, said: &[&str]| record(Kind::Claim, id, "甲", &said.join("，"));
    let mut records = vec![
        record(Kind::Claim, "c1", "阿司匹林，骨折", ""),
        claim("c2", &[parts[2], parts[0], parts[1]]),
        claim("c3", &parts[..1]),
        record(Kind::Paper, "p1", "骨折与阿司匹林", ""),
    ];
    let q = parts.concat();
    let bench = index(&[&records]);
    assert_eq!(bench.ids(&q, Kind::Claim), "c2 c1", "what has all comes before what is named by most");
    assert_eq!(bench.ids(&q, Kind::Paper), "p1", "as before where nothing has all");
    let found = bench.searcher.search(&explained(&q, Kind::Claim)).expect("answers");
    assert_eq!(found.kinds[&Kind::Claim], found.total, "the totals of kinds are what each kind shows");
    let filtered =
        SearchRequest { filters: vec![(Facet::Year, "1999".to_owned())], ..explained(&q, Kind::Claim) };
    assert_eq!(bench.searcher.search(&filtered).expect("answers").total, 0);
    let by_year = SearchRequest { sort: Sort::Year, ..explained(&q, Kind::Claim) };
    assert_eq!(
        bench.searcher.search(&by_year).expect("answers").total,
        1,
        "they would stand among those that have all"
    );
    records.extend((10..20).map(|n| claim(&format!("c{n}"), &[parts[1], parts[2], parts[0]])));
    let many = index(&[&records]);
    assert_eq!(
        many.searcher.search(&explained(&q, Kind::Claim)).expect("answers").total,
        11,
        "enough have all"
    );
}

#[test]
fn words_that_stand_together_come_before_words_in_a_name() {
    let records = [
        record(Kind::Paper, "p1", "Bone marrow and bone: a research of bone", "Some Journal"),
        record(Kind::Paper, "p2", "Melatonin and discs", "Bone Research 2019"),
    ];
    let bench = index(&[&records]);
    assert_eq!(bench.ids("Bone Research", Kind::Paper), "p2 p1");
    assert_eq!(bench.ids("research bone", Kind::Paper), "p1 p2");
}

#[test]
fn the_parts_of_a_score_are_the_score() {
    let bench = index(&[&claims()[..2], &claims()[2..]]);
    for q in [
        "ECMO",
        "ECMO 心衰",
        "\"救治心衰\" 患者",
        "怎样用ECMO救治心衰的患者",
        "怎样用ECMO救治心衰，存活多少",
        "brain-computer interface",
        "A OR 预后",
        "ZL 202111600006",
        "评估 存活 无此词 另一词",
        "救治 -预后",
        "speec*",
        "评*",
    ] {
        let answer = bench.searcher.search(&explained(q, Kind::Claim)).expect("answers");
        assert!(!answer.hits.is_empty(), "{q}");
        for hit in answer.hits {
            let parts = hit.explain.expect("asked for");
            let sum: f32 = parts.iter().map(|part| part.score).sum();
            assert!(
                (sum - hit.score).abs() <= 1e-3 * hit.score.max(1.0),
                "{q} {}: {sum} {parts:?}",
                hit.score
            );
        }
        let explanation = answer.explain.expect("asked for");
        assert_eq!(crate::query::Query::parse(&explanation.query).to_string(), explanation.query);
        assert!(explanation.weights.contains_key("name") && !explanation.terms.is_empty(), "{q}");
    }
    let plain = bench.ask("ECMO", Kind::Claim, &[]);
    assert!(plain.explain.is_none() && plain.hits[0].explain.is_none());
}

#[test]
fn other_forms_of_a_thing_are_found_after_the_typed_one_and_shown() {
    let bench = index(&[&claims()]);
    let answer = bench.ask("ecmo", Kind::Claim, &[]);
    let ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["c1", "c4"]);
    assert_eq!(answer.synonyms[0].text, "ecmo");
    assert!(answer.synonyms[0].forms.iter().any(|form| form == "体外膜肺氧合"), "{:?}", answer.synonyms);
    assert!(answer.synonyms[0].source.starts_with("MeSH"));
    let mark = |hit: &Hit| {
        let snippet = &hit.snippets[0];
        let [from, to] = snippet.marks[0];
        snippet.text.chars().skip(from).take(to - from).collect::<String>()
    };
    assert_eq!(mark(&answer.hits[1]), "体外膜肺氧合");
    let request =
        SearchRequest { q: "ecmo".to_owned(), kind: Kind::Claim, synonyms: false, ..Default::default() };
    let typed = bench.searcher.search(&request).expect("answers");
    assert_eq!((typed.total, typed.synonyms.len()), (1, 0));
    assert_eq!(bench.ask("\"ECMO\"", Kind::Claim, &[]).total, 1, "quoted is as it stands");
    assert_eq!(bench.ids("脑机接口", Kind::Claim), "c3");
    assert_eq!(bench.ids("brain-computer interface", Kind::Claim), "c3");
    assert_eq!(bench.ask("体外膜氧合救治心衰", Kind::Claim, &[]).total, 2, "within a longer word");
}

#[test]
fn the_beginning_of_a_number_finds_it() {
    let bench = index(&[&claims()]);
    for (q, want) in [
        ("2020SR08711", "c4"),
        ("ZL2021116", "c4"),
        ("20211160", "c4"),
        ("ZL2021117", ""),
        ("2020SR08712", ""),
    ] {
        assert_eq!(bench.ids(q, Kind::Claim), want, "{q}");
    }
}

#[test]
fn a_query_without_an_answer_is_told_which_word_fails() {
    let one = |id: &str, text: &str, year| {
        with_facets(record(Kind::Claim, id, id, text), &[(Facet::Year, year, None)])
    };
    let bench = index(&[&[one("c1", "甲方法 乙装置", "2020"), one("c2", "甲方法", "2021")]]);
    let answer = bench.ask("\"甲方法\" \"丙药物\"", Kind::Claim, &[]);
    let help = answer.help.expect("nothing was found");
    assert_eq!(answer.total, 0);
    let told: Vec<_> = help
        .words
        .iter()
        .map(|word| (word.word.as_str(), word.alone, word.without, word.rest.as_str()))
        .collect();
    assert_eq!(told, [("\"丙药物\"", 0, 2, "\"甲方法\""), ("\"甲方法\"", 2, 0, "\"丙药物\"")]);
    assert_eq!(help.without_filters, None);
    let chosen = [(Facet::Year, "2021".to_owned())];
    let filtered = bench.ask("乙装置", Kind::Claim, &chosen).help.expect("nothing was found");
    assert_eq!(filtered.without_filters, Some(1));
    assert!(bench.ask("甲方法", Kind::Claim, &[]).help.is_none());
}
