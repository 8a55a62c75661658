use std::fs;

use super::*;

#[test]
fn every_entry_is_sound_and_every_file_is_read() {
    let rules = read(include_str!("rules/catalogue.toml"), &PACKS).expect("valid");
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    let wanted: Vec<String> =
        (1..=26).map(|n| format!("R{n:02}")).chain((1..=12).map(|n| format!("K{n:02}"))).collect();
    assert_eq!(ids, wanted);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/audit/rules");
    let mut files: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .filter(|file| file != "catalogue.toml")
        .collect();
    files.sort();
    let mut packs = PACKS.map(|(file, _)| file);
    packs.sort_unstable();
    assert_eq!(files, packs, "a pack that is not listed is not read");
}

#[test]
fn a_faulty_entry_is_named() {
    let catalogue = r#"
        [[rule]]
        id = "R07"
        title = "人数"
        severity = "high"
        check = "list-lengths"
    "#;
    let sound = r#"
        awards = ["甲奖"]
        [[rule]]
        id = "R07"
        years = [2025]
        words = "不超过15人"
        source = "https://example.org/1"
        read = "2026-01-02"
        parameters = { contributors = 15 }
    "#;
    assert!(read(catalogue, &[("甲.toml", sound)]).is_ok());
    for (from, to, fault) in [
        ("years = [2025]", "", "either years or undated"),
        ("years = [2025]", "years = [2025]\nundated = true", "either years or undated"),
        ("R07", "R99", "no such rule"),
        ("不超过15人", "", "words or its source"),
        ("https://example.org/1", " ", "words or its source"),
        ("2026-01-02", "2026", "is not the day"),
        ("contributors = 15", "contributors = \"15\"", "not of the form Count"),
        ("contributors = 15", "people = 15", "takes no parameter 'people'"),
        ("words =", "wrods = \"\"\nwords =", "unknown field"),
    ] {
        let error = read(catalogue, &[("甲.toml", &sound.replace(from, to))]).expect_err(to);
        assert!(error.contains(fault) && error.contains("甲.toml"), "{to}: {error}");
    }
    let error = read(&catalogue.replace("list-lengths", "lengths"), &[]).expect_err("no check");
    assert!(error.contains("no check 'lengths'"), "{error}");
    let error = read(catalogue, &[]).expect_err("no entry");
    assert!(error.contains("no pack states"), "{error}");
}

#[test]
fn nothing_is_carried_to_another_year_award_or_level() {
    let rule = |id: &str| rules().iter().find(|rule| rule.id == id).expect("a rule");
    let said = |id: &str, name: &str, year: Option<u16>, category: Option<&str>| {
        let award =
            Award { name: Some(name.into()), year, category: category.map(Into::into), ..Award::default() };
        match rule(id).stated(Some(&award)) {
            Stated::By(entries) => entries.iter().map(|entry| entry.basis.words.clone()).collect(),
            Stated::Elsewhere => "elsewhere".to_owned(),
            Stated::NotKnown(why) => format!("not known: {why}"),
        }
    };
    for (id, name, year, category, want) in [
        ("R01", "中华医学科技奖", Some(2025), None, "每人每年度"),
        (
            "R01",
            "中华医学科技奖",
            Some(2026),
            None,
            "not known: 没有收录2026年的这一规则；已收录：2020、2022、2024、2025",
        ),
        ("R01", "中华医学科技奖", None, None, "not known: 材料没有印出年度"),
        ("R01", "某某科技奖", Some(2025), None, "not known: 没有收录某某科技奖的这一规则"),
        ("R07", "中华医学科技奖", Some(2026), None, "完成人不超过15人"),
        ("R15", "国家自然科学奖", Some(2017), None, "代表性论文不超过8篇"),
        ("R15", "国家科学技术进步奖", Some(2017), None, "not known: 没有收录国家科学技术进步奖"),
        ("R07", "甘肃医学科技奖", Some(2021), Some("医学科技奖二等奖"), "二等奖主要完成人"),
        ("R07", "甘肃医学科技奖", Some(2021), Some("医学科技奖"), "not known: 规则分等级"),
        ("R13", "中华医学科技奖", Some(2025), Some("青年科学技术奖"), "代表性论文的第一作者"),
        ("R13", "中华医学科技奖", Some(2025), Some("医学科学技术奖"), "elsewhere"),
        ("R13", "中华医学科技奖", Some(2025), None, "not known: 规则分奖种"),
        ("R21", "华医科技奖", Some(2026), None, "公示时间不少于5个工作日"),
        ("K01", "某某科技奖", None, None, "申请号的校验位"),
    ] {
        let said = said(id, name, year, category);
        assert!(said.starts_with(want), "{id} {name} {year:?} {category:?}: {said}");
    }
    assert!(matches!(rule("K01").stated(None), Stated::By(_)));
    assert!(matches!(rule("R01").stated(None), Stated::NotKnown(_)));
}
