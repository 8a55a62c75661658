use proptest::prelude::*;

use super::{threads::Threads, *};
use crate::{
    domain::{Facet, Kind},
    index::{Batch, FacetValue, Index, Record, TextSource},
    text::{fold, is_han},
};

pub(super) struct Bench {
    _folder: tempfile::TempDir,
    pub(super) searcher: Searcher,
}

/// An index of the records, committed in as many parts as there are slices.
pub(super) fn index(parts: &[&[Record]]) -> Bench {
    index_without(parts, &[])
}

/// The same, of which some records were removed.
fn index_without(parts: &[&[Record]], ids: &[String]) -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut index, _) = Index::open(folder.path(), "r1", 9).expect("opens");
    for (seq, records) in parts.iter().enumerate() {
        index.apply(Batch { records, ..Batch::default() }).expect("applies");
        index.commit(seq as u64).expect("commits");
    }
    index.apply(Batch { ids, ..Batch::default() }).expect("applies");
    index.commit(parts.len() as u64).expect("commits");
    Bench { searcher: Searcher::new(&index), _folder: folder }
}

pub(super) fn record(kind: Kind, id: &str, name: &str, body: &str) -> Record {
    Record {
        kind,
        id: id.to_owned(),
        title: name.to_owned(),
        names: vec![TextSource::hidden(name)],
        body: vec![TextSource::shown("text", body)],
        ..Record::default()
    }
}

pub(super) fn with_facets(mut record: Record, facets: &[(Facet, &str, Option<&str>)]) -> Record {
    record.facets = facets
        .iter()
        .map(|(facet, label, id)| FacetValue {
            facet: *facet,
            label: (*label).to_owned(),
            ids: id.iter().map(|id| (*id).to_owned()).collect(),
        })
        .collect();
    record
}

impl Bench {
    pub(super) fn ask(&self, q: &str, kind: Kind, filters: &[(Facet, String)]) -> SearchResponse {
        let request =
            SearchRequest { q: q.to_owned(), kind, filters: filters.to_vec(), ..SearchRequest::default() };
        self.searcher.search(&request).expect("answers")
    }

    /// The addresses of all hits, page by page.
    fn follow(&self, request: &mut SearchRequest) -> Vec<String> {
        let mut ids = Vec::new();
        loop {
            let answer = self.searcher.search(request).expect("answers");
            ids.extend(answer.hits.into_iter().map(|hit| hit.id));
            let Some(next) = answer.next_cursor else { return ids };
            request.cursor = Some(Cursor::read(&next, request).expect("its own cursor"));
        }
    }

    pub(super) fn ids(&self, q: &str, kind: Kind) -> String {
        let hits = self.ask(q, kind, &[]).hits;
        hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn queries_find_what_they_ask_for() {
    let mut patent = record(Kind::Ip, "r1", "一种可动式装置", "发明专利 中国");
    patent.identifiers = vec!["zl201610900003.3".to_owned()];
    let mut claim = record(Kind::Claim, "c2", "建立导航系统", "研发国际首套导航系统。");
    claim.keys = vec!["创新点2".to_owned()];
    let mut credited = record(Kind::Person, "p1", "张某某", "某甲医院 主任医师 研发机器人");
    credited.context = vec![
        TextSource::hidden("创新点2"),
        TextSource::hidden("附件4.1"),
        TextSource::hidden("研发导航系统"),
    ];
    let credited = with_facets(
        credited,
        &[
            (Facet::Institution, "某甲医院", Some("i1")),
            (Facet::Year, "2024", None),
            (Facet::Person, "张某某", Some("p1")),
        ],
    );
    let other = with_facets(
        record(Kind::Person, "p2", "李某", "与张某某共同完成 surgery endoscopic"),
        &[(Facet::Institution, "某乙医院", Some("i2")), (Facet::Year, "2026", None)],
    );
    let bench = index(&[&[patent, claim], &[credited, other]]);
    for (q, kind, want) in [
        ("張某某", Kind::Person, "p1 p2"),
        ("\"张某某\"", Kind::Person, "p1 p2"),
        ("张某某 -机器人", Kind::Person, "p2"),
        ("机器人 OR surgery", Kind::Person, "p1 p2"),
        ("endosc*", Kind::Person, "p2"),
        ("endosc", Kind::Person, ""),
        ("机器*", Kind::Person, "p1"),
        ("claim:2", Kind::Person, "p1"),
        ("创新点:二", Kind::Claim, "c2"),
        ("张某某 创新点2", Kind::Person, "p1"),
        ("附件4.1", Kind::Person, "p1"),
        ("附件4.19", Kind::Person, ""),
        ("单位:某甲医院", Kind::Person, "p1"),
        ("单位:i2", Kind::Person, "p2"),
        ("单位:某", Kind::Person, "p2 p1"),
        ("单位:无此单位", Kind::Person, ""),
        ("-单位:某甲医院", Kind::Person, "p2"),
        ("年:2025..", Kind::Person, "p2"),
        ("人:张某某", Kind::Person, "p1"),
        ("201610900003", Kind::Ip, "r1"),
        ("zl 2016 1 0900003.3", Kind::Ip, "r1"),
        ("专利:CN201610900003.3", Kind::Ip, "r1"),
        ("201610900004", Kind::Ip, ""),
        ("", Kind::Person, "p2 p1"),
        ("。！", Kind::Person, ""),
        ("-张某某", Kind::Person, ""),
    ] {
        let got = bench.ids(q, kind);
        let got_sorted = |ids: &str| {
            let mut ids: Vec<String> = ids.split(' ').map(str::to_owned).collect();
            ids.sort();
            ids
        };
        match q.contains(" OR ") {
            true => assert_eq!(got_sorted(&got), got_sorted(want), "{q}"),
            false => assert_eq!(got, want, "{q}"),
        }
    }
    assert!(!bench.ask("。！", Kind::Person, &[]).warnings.is_empty());
    let counts = &bench.ask("", Kind::Person, &[]).facets[&Facet::Institution];
    assert_eq!(counts[0], FacetCount { value: "某乙医院".into(), id: Some("i2".into()), count: 1 });
}

#[test]
fn a_question_is_relaxed_step_by_step_and_a_name_is_not() {
    let bench = index(&[&[
        record(Kind::Claim, "c1", "避免下肢缺血", "提出远端肢体灌注，杜绝了截肢与下肢缺血。"),
        record(Kind::Claim, "c2", "提高撤机成功率", "评估预后，恢复运动。"),
        record(Kind::Claim, "c3", "早期康复", "随访下肢的血供，及早发现缺血。"),
    ]]);
    let apart = bench.ask("如何发现下肢缺血", Kind::Claim, &[]);
    assert_eq!((apart.hits[0].id.as_str(), apart.total), ("c3", 2), "a long term may stand apart");
    let answer = bench.ask("怎样避免手术引起的下肢缺血和截肢", Kind::Claim, &[]);
    assert!(answer.relaxed);
    assert_eq!((answer.hits[0].id.as_str(), answer.total), ("c1", 2), "more of the words first");
    assert!(!bench.ask("下肢缺血", Kind::Claim, &[]).relaxed);
    assert_eq!(bench.ask("张下肢", Kind::Claim, &[]).total, 0, "three characters are likely a name");
    let titled = index(&[&[record(Kind::Person, "p1", "张某某", "主任医师")]]);
    assert_eq!(titled.ask("张某某教授", Kind::Person, &[]).hits[0].id, "p1", "a name with a title");
    assert_eq!(titled.ask("李某某教授", Kind::Person, &[]).total, 0, "a part of a name is none");
    assert_eq!(titled.ask("无此词 无彼词 张某某", Kind::Person, &[]).total, 1);
    assert_eq!(bench.ask("怎样避免手术引起的下肢缺血和截肢 -灌注 -血供", Kind::Claim, &[]).total, 0);
    let other = vec![(Facet::Year, "2020".to_owned())];
    let filtered = bench.ask("怎样避免手术引起的下肢缺血和截肢", Kind::Claim, &other);
    assert!(filtered.relaxed && filtered.total == 0, "a filter does not change what the query means");
}

#[test]
fn a_filter_that_cannot_be_read_is_named() {
    let bench = index(&[&[]]);
    let filters = vec![(Facet::Year, "20xx".to_owned())];
    let request = SearchRequest { filters, ..SearchRequest::default() };
    let error = bench.searcher.search(&request).expect_err("no year").to_string();
    assert!(error.contains("year") && error.contains("20xx"), "{error}");
    assert_eq!(bench.ask("x", Kind::Dossier, &[]).total, 0);
}

#[test]
fn hits_are_ordered_and_paged_the_same_way_every_time() {
    let records: Vec<Record> = (0..30)
        .map(|n| {
            let mut record = record(Kind::Paper, &format!("a{n:02}"), &format!("题{}", n % 7), "同一文字");
            record.citations = (n % 5 > 0).then_some(n % 5);
            record.rank = u32::try_from(n % 4).ok().filter(|&rank| rank > 0);
            with_facets(record, &[(Facet::Year, &format!("{}", 2000 + n % 3), None)])
        })
        .collect();
    let bench = index(&[&records[..11], &records[11..12], &records[12..]]);
    for sort in Sort::ALL {
        let page = |offset, limit| {
            let request = SearchRequest {
                q: "同一文字".to_owned(),
                kind: Kind::Paper,
                sort,
                offset,
                limit,
                ..SearchRequest::default()
            };
            let hits = bench.searcher.search(&request).expect("answers").hits;
            hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>()
        };
        let whole = page(0, 100);
        assert_eq!(whole.len(), 30);
        let pages: Vec<String> = (0..30).step_by(4).flat_map(|offset| page(offset, 4)).collect();
        assert_eq!(pages, whole, "{sort}");
        assert!(page(30, 5).is_empty() && page(0, 0).is_empty());
        for size in [1, 7, 29, 30] {
            let mut request = SearchRequest {
                q: "同一文字".to_owned(),
                kind: Kind::Paper,
                sort,
                limit: size,
                ..SearchRequest::default()
            };
            assert_eq!(bench.follow(&mut request), whole, "{sort} by {size}");
        }
    }
    let request =
        SearchRequest { kind: Kind::Paper, sort: Sort::Year, limit: 30, ..SearchRequest::default() };
    let hits = bench.searcher.search(&request).expect("answers").hits;
    let number = |hit: &Hit| hit.id[1..].parse::<u64>().expect("a number");
    let key = |hit: &Hit| (std::cmp::Reverse(number(hit) % 3), number(hit) % 7, number(hit));
    assert!(hits.is_sorted_by_key(key));
    let of = |sort| {
        let request = SearchRequest { kind: Kind::Paper, sort, limit: 30, ..SearchRequest::default() };
        bench.searcher.search(&request).expect("answers").hits
    };
    assert!(of(Sort::Citations).is_sorted_by_key(|hit| (std::cmp::Reverse(number(hit) % 5), number(hit))));
    assert!(of(Sort::Rank).is_sorted_by_key(|hit| ((number(hit) % 4).wrapping_sub(1), number(hit))));
}

#[test]
fn a_list_of_values_is_cut_and_searched_and_says_how_long_it_is() {
    let records: Vec<Record> = (0..30)
        .map(|n| {
            let record = record(Kind::Paper, &format!("a{n:02}"), "题", "文字");
            let name = format!("{}某{n:02}", if n % 10 == 0 { "歐陽" } else { "王" });
            let both = [(Facet::Person, name.as_str(), None), (Facet::Year, "2020", None)];
            with_facets(record, if n < 25 { &both } else { &both[1..] })
        })
        .collect();
    let bench = index(&[&records[..9], &records[9..]]);
    let ask = |facet_limit, texts: &[&str]| {
        let facet_q = texts.iter().map(|text| (Facet::Person, (*text).to_owned())).collect();
        let request = SearchRequest { kind: Kind::Paper, facet_limit, facet_q, ..SearchRequest::default() };
        bench.searcher.search(&request).expect("answers")
    };
    let values = |answer: &SearchResponse| {
        answer.facets[&Facet::Person].iter().map(|count| count.value.to_string()).collect::<Vec<_>>()
    };
    let all = values(&ask(100, &[]));
    assert_eq!(all.len(), 25);
    for limit in [0, 1, 7, 24, 25, 26] {
        let answer = ask(limit, &[]);
        assert_eq!(values(&answer), all[..limit.min(25)]);
        assert_eq!((answer.facet_values[&Facet::Person], answer.missing[&Facet::Person]), (25, 5));
    }
    let narrowed = ask(100, &["欧阳"]);
    assert_eq!(values(&narrowed), ["歐陽某00", "歐陽某10", "歐陽某20"]);
    assert_eq!((narrowed.total, narrowed.facet_values[&Facet::Person]), (30, 25));
    assert_eq!(narrowed.facets[&Facet::Year].len(), 1, "other lists stay");
    assert_eq!(values(&ask(100, &["某01", "某02"])).len(), 2);
}

#[test]
fn the_whole_name_comes_before_a_part_and_the_text() {
    let bench = index(&[&[
        record(Kind::Institution, "i1", "某市医院附属某某医院", "无"),
        record(Kind::Institution, "i2", "某市医院", "无"),
        record(Kind::Institution, "i3", "另一医院", "与某市医院合作，某市医院为主，某市医院。"),
    ]]);
    assert_eq!(bench.ids("某市醫院", Kind::Institution), "i2 i1 i3");
    let bench = index(&[&[
        record(Kind::Journal, "j1", "Journal of the European Bone Society", ""),
        record(Kind::Journal, "j2", "European Bone Journal", ""),
    ]]);
    assert_eq!(bench.ids("european bone journal", Kind::Journal), "j2 j1");
}

fn arbitrary_records() -> impl Strategy<Value = Vec<Record>> {
    let facets = [Facet::Award, Facet::Year, Facet::Institution, Facet::Person];
    let labels = [
        ["甲奖", "乙奖", "丙奖"],
        ["2020", "2021", "2024"],
        ["某國医院", "某国医院", "B院"],
        ["张甲", "李乙", "王 丙"],
    ];
    let one = (0..3usize, "[甲乙丙丁]{1,6}", proptest::collection::vec((0..4usize, 0..3usize), 0..6));
    proptest::collection::vec(one, 1..24).prop_map(move |drawn| {
        let records = drawn.into_iter().enumerate().map(|(number, (kind, text, values))| {
            let mut record =
                record(Kind::ALL[kind], &format!("x{number:02}"), &text, &format!("{text}。甲乙"));
            for (facet, label) in values {
                let (facet, label) = (facets[facet], labels[facet][label]);
                let known = |value: &FacetValue| {
                    value.facet == facet
                        && crate::text::fold_key(&value.label) == crate::text::fold_key(label)
                };
                if !record.facets.iter().any(known) {
                    record.facets.push(FacetValue { facet, label: label.to_owned(), ids: Vec::new() });
                }
            }
            record
        });
        records.collect()
    })
}

/// Holds every count of an answer against the total after choosing the value, `depth` levels deep.
fn check_counts(bench: &Bench, q: &str, kind: Kind, chosen: &[(Facet, String)], depth: usize) {
    let answer = bench.ask(q, kind, chosen);
    for kind in Kind::ALL {
        assert_eq!(answer.kinds[&kind], bench.ask(q, kind, chosen).total, "{q} {kind} {chosen:?}");
    }
    if depth == 0 {
        return;
    }
    for (facet, counts) in &answer.facets {
        let none = std::iter::once((NOT_PRINTED.to_owned(), answer.missing[facet]));
        for (value, count) in counts.iter().map(|count| (count.value.to_string(), count.count)).chain(none) {
            let mut next: Vec<_> = chosen.iter().filter(|(other, _)| other != facet).cloned().collect();
            next.push((*facet, value));
            assert_eq!(bench.ask(q, kind, &next).total, count, "{q} {kind} {next:?}");
            next.reverse();
            assert_eq!(bench.ask(q, kind, &next).total, count, "{q} {kind} {next:?}");
            if depth > 1 {
                check_counts(bench, q, kind, &next, depth - 1);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_count_is_the_total_after_choosing(records in arbitrary_records(), cut in 0..24usize, gone in 0..4usize) {
        let (first, second) = records.split_at(cut.min(records.len()));
        let gone: Vec<String> = records.iter().take(gone).map(|record| record.id.clone()).collect();
        let bench = index_without(&[first, second], &gone);
        for q in ["", "甲乙", "丙丁", "甲甲丙丁乙"] {
            check_counts(&bench, q, Kind::Dossier, &[], 2);
        }
        let range = vec![(Facet::Year, "2020..2021".to_owned())];
        check_counts(&bench, "", Kind::Person, &range, 1);
        let several = vec![(Facet::Award, "甲奖".to_owned()), (Facet::Award, "乙奖".to_owned())];
        check_counts(&bench, "甲", Kind::Person, &several, 1);
    }

    #[test]
    fn several_threads_answer_as_one_does(records in arbitrary_records(), cut in 0..24usize) {
        let (first, second) = records.split_at(cut.min(records.len()));
        let bench = index(&[first, second]);
        for (q, limit) in [("", 3), ("甲乙", 20), ("丙丁 甲", 2), ("甲甲丙丁乙", 20)] {
            let request = SearchRequest { q: q.to_owned(), limit, ..SearchRequest::default() };
            let answer = |threads| {
                let answer = bench.searcher.search_on(&request, Some(threads)).expect("answers");
                serde_json::to_value(SearchResponse { took_ms: 0.0, ..answer }).expect("JSON")
            };
            prop_assert_eq!(answer(Threads::Several), answer(Threads::Own), "{}", q);
        }
    }

    #[test]
    fn every_stretch_of_printed_han_text_is_found(text in "[甲乙丙丁國戊，。 \n“”a1]{4,60}", from in 0..60usize, len in 2..12usize) {
        let bench = index(&[&[record(Kind::Dossier, "d1", "题", &text)]]);
        let chars: Vec<char> = text.chars().collect();
        let stretch: String = chars.iter().skip(from % chars.len()).take(len).collect();
        let stretch = stretch.trim_matches(|c: char| !c.is_alphanumeric());
        let han = fold(stretch).filter(|folded| is_han(folded.c)).count();
        prop_assume!(han >= 2 && !stretch.starts_with(['a', '1']) && !stretch.ends_with(['a', '1']));
        let answer = bench.ask(&format!("「{stretch}」"), Kind::Dossier, &[]);
        prop_assert_eq!(answer.total, 1, "{}", stretch);
        prop_assert!(!answer.hits[0].snippets.is_empty());
    }
}
