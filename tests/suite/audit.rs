//! Is a notice audited as it is printed, from the file to the finding?

use std::{
    fs,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{real_documents, service::Service};

/// An invented notice of which several rules and checks have something to say.
fn notice(title: &str) -> String {
    format!(
        "拟推荐2025年中华医学科技奖候选项目公示内容\n\n\
         推荐奖种\t医学科学技术奖\n项目名称\t{title}\n推荐单位\t甲省医学会\n\
         项目简介\t项目历经十年攻关，临床应用31670例，发表论文12篇。\n\n\
         代表性论文目录\n\n\
         序号\t论文名称\t刊名\t年,卷(期)及页码\t影响因子\t全部作者\t通讯作者\t检索数据库\t他引总次数\t通讯作者单位是否含国外单位\n\
         1\tA three column model of invented fractures\tJournal A\t2024, 7(1): 112-101\t1.8\t陈一、林二\t陈一\tWeb of Science\t17\t否\n\n\
         知识产权证明目录\n\n\
         序号\t类别\t国别\t授权号\t授权时间\t知识产权具体名称\t全部发明人\n\
         1\t中国发明专利\t中国\tZL201710123456.1\t2020-01-03\t一种骨折复位装置\t王五\n\n\
         完成人情况\n\n\
         姓名\t排名\t完成单位\t工作单位\t职称\t行政职务\t对本项目的贡献\n\
         陈一\t1\t甲医院\t甲医院\t主任医师\t无\t项目负责人，提出三柱分型并主持多中心随机对照试验的设计、入组与长期随访。\n\
         林二\t2\t乙医院\t乙医院\t主治医师\t无\t项目负责人，提出三柱分型并主持多中心随机对照试验的设计、入组与长期随访。\n\n\
         完成单位情况\n\n单位名称\t排名\t对本项目的贡献\n甲医院\t1\t牵头单位，负责总体设计。\n"
    )
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("one.txt"), notice("甲骨折微创治疗体系")).expect("written");
    fs::write(folder.path().join("other.txt"), notice("乙瘤早期筛查")).expect("written");
    folder
}

fn dossier(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(arguments)
        .env("DOSSIER_DATA", folder.path().join("data"))
        .current_dir(folder.path())
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn findings(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", text(&output.stderr));
    let page: Value = serde_json::from_slice(&output.stdout).expect("one JSON value");
    let items = page["items"].as_array().expect("a list").clone();
    assert_eq!(page["total"], items.len());
    items
}

fn tripped<'a>(items: &'a [Value], rule: &str) -> Vec<&'a Value> {
    items.iter().filter(|item| item["rule"] == rule && item["outcome"] == "to_check").collect()
}

#[test]
fn a_file_is_audited_before_it_is_kept() {
    let folder = folder();
    let items = findings(&dossier(&folder, &["audit", "one.txt", "--json"]));
    for rule in ["R05", "R09", "R12", "R22", "K01", "K07", "K09"] {
        assert!(!tripped(&items, rule).is_empty(), "{rule}: {items:#?}");
    }
    assert!(tripped(&items, "R01").is_empty(), "nothing is kept to compare with");
    let source = fs::read_to_string(folder.path().join("one.txt")).expect("a file");
    let mut shown = 0;
    for place in items.iter().flat_map(|item| item["evidence"].as_array().expect("a list")) {
        let end = |at: usize| usize::try_from(place["span"][at].as_u64().expect("a span")).expect("small");
        assert_eq!(source[end(0)..end(1)], *place["quote"].as_str().expect("words"), "{place}");
        shown += 1;
    }
    assert!(shown > 10);

    assert!(dossier(&folder, &["index", "other.txt"]).status.success());
    let items = findings(&dossier(&folder, &["audit", "one.txt", "--json"]));
    for rule in ["R01", "R04", "K07", "K11"] {
        let beside = |item: &&Value| {
            let places = item["evidence"].as_array().expect("a list");
            places.iter().any(|place| place["dossier"] != item["dossier"]["id"])
        };
        assert!(tripped(&items, rule).into_iter().any(|item| beside(&item)), "{rule}: {items:#?}");
    }
}

#[test]
fn the_terminal_audits_by_id_by_file_and_all() {
    let folder = folder();
    let missing = dossier(&folder, &["audit", "nothing"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        text(&missing.stderr).contains("neither a dossier of this id nor a file"),
        "{}",
        text(&missing.stderr)
    );
    assert_eq!(dossier(&folder, &["audit", "--rule", "R99"]).status.code(), Some(2));

    assert!(dossier(&folder, &["index", "one.txt", "other.txt"]).status.success());
    let all = findings(&dossier(&folder, &["audit", "--json"]));
    assert!(all.iter().all(|item| item["outcome"] == "to_check"));
    let id = all[0]["dossier"]["id"].as_str().expect("an id");
    let one = findings(&dossier(&folder, &["audit", id, "--json"]));
    let own: Vec<&Value> = all.iter().filter(|item| item["dossier"]["id"] == id).collect();
    let tripping: Vec<&Value> = one.iter().filter(|item| item["outcome"] == "to_check").collect();
    assert_eq!(tripping.len(), own.len());
    assert!(tripping.iter().all(|item| own.contains(item)));

    let shown = dossier(&folder, &["audit", id, "--rule", "k01"]);
    assert!(shown.status.success(), "findings are no failure");
    let shown = text(&shown.stdout);
    assert!(shown.contains("K01") && shown.contains("ZL201710123456.1") && shown.contains("line"), "{shown}");
}

#[tokio::test]
async fn findings_are_answered_in_pages_and_shown_with_their_places() {
    let folder = folder();
    let service = Service::over(folder.path());
    let all = service.api("audit", &[("limit", "100")]).await;
    let total = all["total"].as_u64().expect("a number");
    let mut cursor = "0".to_owned();
    let mut seen = 0;
    loop {
        let page = service.api("audit", &[("limit", "7"), ("cursor", &cursor)]).await;
        assert_eq!(page["total"], total);
        seen += page["items"].as_array().expect("a list").len() as u64;
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, total);
    let mut parts = 0;
    for outcome in ["to_check", "not_known", "holds"] {
        for severity in ["high", "medium", "low"] {
            let page =
                service.api("audit", &[("outcome", outcome), ("severity", severity), ("limit", "1")]).await;
            parts += page["total"].as_u64().expect("a number");
        }
    }
    assert_eq!(parts, total);

    let first = &all["items"][0];
    assert_eq!(first["outcome"], "to_check");
    let id = first["dossier"]["id"].as_str().expect("an id");
    for (path, parts) in [
        (
            "/audit".to_owned(),
            vec!["需核对", "每人每年度只能作为一个项目的完成人", "原文第", "kjc.njmu.edu.cn"],
        ),
        (format!("/audit?dossier={id}&rule=K01"), vec!["校验位", "ZL201710123456.1"]),
        (format!("/dossiers/{id}"), vec!["id=\"audit\"", "需核对", "校验位"]),
    ] {
        let page = service.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        for part in parts {
            assert!(page.body.contains(part), "{path}: {part}");
        }
    }
    for (path, status, said) in [
        ("/api/v1/audit?rule=R99", 400, "R01, R02"),
        ("/api/v1/audit?outcome=bad", 400, "to_check, not_known, holds"),
        ("/api/v1/audit?severity=bad", 400, "high, medium, low"),
        ("/api/v1/audit?dossier=d0", 404, "d0"),
        ("/audit?dossier=d0", 404, "d0"),
    ] {
        let answer = service.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(said), "{path}: {}", answer.body);
    }
}

/// Nothing is said here about what is found: dossiers name real people.
#[test]
fn places_in_the_real_documents_hold_what_is_quoted() {
    let Some(shared) = real_documents() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let seeds = shared.join("seeds");
    assert!(dossier(&folder, &["index", &seeds.to_string_lossy()]).status.success());
    for file in fs::read_dir(&seeds).expect("a folder") {
        let path = file.expect("a file").path();
        let source = fs::read_to_string(&path).expect("UTF-8");
        for item in findings(&dossier(&folder, &["audit", &path.to_string_lossy(), "--json"])) {
            for place in item["evidence"].as_array().expect("a list") {
                let Some(span) = place["span"].as_array() else { continue };
                if place["dossier"] == item["dossier"]["id"] {
                    let end =
                        |at: usize| usize::try_from(span[at].as_u64().expect("a number")).expect("small");
                    assert_eq!(source.get(end(0)..end(1)), place["quote"].as_str(), "{}", path.display());
                }
            }
        }
    }
}
