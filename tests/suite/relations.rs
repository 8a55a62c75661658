//! Who shares works and dossiers, and what stands behind each claim?
//!
//! Asked over invented dossiers, whose works, names and claims are put together here.

use std::path::Path;

use axum::http::StatusCode;
use quick_xml::{Reader, events::Event};
use serde_json::Value;

use crate::service::Service;

const ONE: &str = "\
拟推荐 2025 年中华医学科技奖候选项目公示内容

推荐奖种\t医学科学技术奖
项目名称\t甲术治疗乙病的建立与应用
推荐单位/科学家\t某市医学会

项目简介
甲术治疗乙病。
创新点1：首创甲术。用于乙病。
创新点2：建立乙法。用于丙病。
创新点3：研制丙器。用于丁病。

知识产权证明目录

序号\t类别\t国别\t授权号\t授权时间\t知识产权具体名称\t全部发明人
1\t中国发明专利\t中国\tZL201710123456.0\t2019-03-01\t一种甲术用装置\t陈一

代表性论文目录

序号\t论文名称\t刊名\t年,卷(期)及页码\t影响因子\t全部作者\t通讯作者\t检索数据库\t他引总次数\t通讯作者单位是否含国外单位
1\tAn invented operation for an invented disease: a trial\tNew England Journal of Medicine\t2020,7(1):1-12\t70.1\t陈一,林二\t林二\tWeb of Science\t17\t否
2\tA paper of others\tJournal of Nothing\t2021,8(2):3-9\t2.1\t外人\t外人\tWeb of Science\t3\t否

完成人情况表

姓名\t排名\t完成单位\t工作单位\t职称\t行政职务
陈一\t1\t甲医院\t甲医院\t主任医师,教授\t院长
对本项目的贡献\t负责总体设计。在创新点1中提出甲术；在创新点7中负责应用。
姓名\t排名\t完成单位\t工作单位\t职称\t行政职务
林二\t2\t乙大学\t乙大学\t副主任医师\t无
对本项目的贡献\t对创新点2作出贡献。
姓名\t排名\t完成单位\t工作单位\t职称\t行政职务
王五\t3\t甲医院\t甲医院\t主治医师\t无
对本项目的贡献\t参与随访。

完成单位情况表

单位名称\t甲医院\t排名\t1
对本项目的贡献\t对创新点1作出贡献。
单位名称\t乙大学\t排名\t2
对本项目的贡献\t对创新点2作出贡献。
";

/// Lists the same paper and patent in other forms, and the same two people a year later.
const TWO: &str = "\
拟推荐 2026 年中华医学科技奖候选项目公示内容

推荐奖种\t医学科学技术奖
项目名称\t丁病诊疗体系
推荐单位/科学家\t某市医学会

项目简介
丁病诊疗。
创新点1：首创丁法。用于丁病。

知识产权证明目录

序号\t类别\t国别\t授权号\t授权时间\t知识产权具体名称\t全部发明人
1\t发明专利\t中国\tZL 2017 1 0123456.0\t2019.3.1\t一种甲术用装置\t陈一
2\t外国专利\t美国\tUS10973954B2\t2021-04-13\tAn invented device\tChen Yi

代表性论文目录

序号\t论文名称\t刊名\t年,卷(期)及页码\t影响因子\t全部作者\t通讯作者\t检索数据库\t他引总次数\t通讯作者单位是否含国外单位
1\tAN INVENTED OPERATION for an invented disease - a trial\tN Engl J Med\t2020,7:1-12\t70.1\t陈一,林二\t林二\tWeb of Science\t41\t否

完成人情况表

姓名\t排名\t完成单位\t工作单位\t职称\t行政职务
陈一\t1\t甲医院\t甲医院\t主任医师\t无
对本项目的贡献\t对创新点1作出贡献。
姓名\t排名\t完成单位\t工作单位\t职称\t行政职务
林二\t2\t乙大学\t乙大学\t副主任医师\t无
对本项目的贡献\t对创新点1作出贡献。

完成单位情况表

单位名称\t甲医院\t排名\t1
对本项目的贡献\t对创新点1作出贡献。
";

fn service() -> Service {
    let service = Service::empty();
    service.archive.add("one.txt", ONE.as_bytes()).expect("added");
    service.archive.add("two.txt", TWO.as_bytes()).expect("added");
    service
}

async fn id(service: &Service, list: &str, name: &str) -> String {
    let found = service.api(list, &[("name", name)]).await;
    found["items"][0]["id"].as_str().unwrap_or_else(|| panic!("no {name} in {found}")).to_owned()
}

/// The words of a source to which a span points.
async fn words(service: &Service, dossier: &str, span: &Value) -> String {
    let source = service.get(&format!("/api/v1/dossiers/{dossier}/source")).await.body;
    let bound = |at: usize| usize::try_from(span[at].as_u64().expect("a bound")).expect("small");
    source[bound(0)..bound(1)].to_owned()
}

fn texts<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().expect("a list").iter().filter_map(|one| one.pointer(field)?.as_str()).collect()
}

#[tokio::test]
async fn a_paper_and_a_patent_used_twice_are_in_the_ledger() {
    let service = service();
    let ledger = service.api("reuse", &[]).await;
    assert_eq!((ledger["total"].as_u64(), &ledger["next_cursor"]), (Some(2), &Value::Null), "{ledger}");
    for (kind, method) in [("paper", "same-title-year-and-locator"), ("ip", "same-patent-number")] {
        let works = service.api("reuse", &[("kind", kind)]).await;
        assert_eq!(works["total"], 1, "{kind}: {works}");
        let work = &works["items"][0];
        assert_eq!((work["kind"].as_str(), work["dossiers"].as_u64()), (Some(kind), Some(2)));
        let uses = work["uses"].as_array().expect("uses");
        assert_eq!(
            uses.iter().map(|one| one["dossier"]["year"].as_u64()).collect::<Vec<_>>(),
            [Some(2025), Some(2026)]
        );
        for listing in uses {
            assert_eq!(listing["method"], method, "{work}");
            assert_eq!(listing["award"], "中华医学科技奖");
            let dossier = listing["dossier"]["id"].as_str().expect("an id");
            let title = words(&service, dossier, &listing["span"]).await;
            assert_eq!(title, listing["title"].as_str().expect("a title"));
            let folder = if kind == "paper" { "papers" } else { "ip" };
            let record =
                service.api(&format!("{folder}/{}", listing["id"].as_str().expect("an id")), &[]).await;
            assert_eq!(&record["reuse"], work, "the record knows its other listing");
        }
    }
    let one = id(&service, "dossiers", "甲术").await;
    assert_eq!(service.api("reuse", &[("dossier", &one), ("year", "2026")]).await["total"], 0);
    assert_eq!(
        service.api("reuse", &[("year", "2020..2025"), ("award", "中华医学科技奖")]).await["total"],
        2
    );
    assert_eq!(service.api("reuse", &[("min", "3")]).await["total"], 0);
    let page = service.api("reuse", &[("limit", "1")]).await;
    assert_eq!((page["items"].as_array().map(Vec::len), &page["next_cursor"]), (Some(1), &Value::from("1")));

    let page = service.get(&format!("/dossiers/{one}")).await;
    assert!(page.body.contains("另见于") && page.body.contains("丁病诊疗体系"), "{}", page.body);
    let journal = id(&service, "journals", "n engl j med").await;
    let journal = service.api(&format!("journals/{journal}"), &[]).await;
    assert_eq!(journal["name"], "New England Journal of Medicine");
    assert_eq!(journal["aliases"][0]["name"], "N Engl J Med");
    let found = service.api("search", &[("kind", "journal"), ("q", "\"n engl j med\"")]).await;
    assert_eq!(found["hits"][0]["id"], journal["id"], "a journal is found by its abbreviation: {found}");
    for name in ["N Engl J Med", "the new england journal of medicine"] {
        let found = service.api("search", &[("kind", "paper"), ("journal", name)]).await;
        assert_eq!(found["total"], 2, "chosen by any of its names: {name}");
    }
}

#[tokio::test]
async fn each_credit_has_its_sentence_and_its_works() {
    let service = service();
    let found = service.api("contributions", &[("person", "陈一"), ("year", "2025")]).await;
    assert_eq!(found["total"], 1, "{found}");
    let one = &found["items"][0];
    assert_eq!(texts(&one["claims"], "/text"), ["在创新点1中提出甲术；", "在创新点7中负责应用。"]);
    let dossier = one["dossier"]["id"].as_str().expect("an id");
    for claim in one["claims"].as_array().expect("claims") {
        assert_eq!(words(&service, dossier, &claim["span"]).await, claim["text"].as_str().expect("a text"));
    }
    for (folder, ids) in [("papers", &one["papers"]), ("ip", &one["ip"])] {
        let ids: Vec<&str> = ids.as_array().expect("ids").iter().filter_map(Value::as_str).collect();
        assert_eq!(ids.len(), 1, "{folder}");
        assert_eq!(service.get(&format!("/api/v1/{folder}/{}", ids[0])).await.status, StatusCode::OK);
    }
    let names = async |parameters: &[(&str, &str)]| {
        let found = service.api("contributions", parameters).await;
        let names: Vec<String> =
            texts(&found["items"], "/person/name").into_iter().map(str::to_owned).collect();
        names.join(" ")
    };
    let year = ("year", "2025");
    assert_eq!(names(&[("rank", "2..3"), year]).await, "林二 王五");
    assert_eq!(names(&[("rank", "1"), year]).await, "陈一");
    assert_eq!(names(&[("role", "corresponding"), year]).await, "林二");
    assert_eq!(names(&[("role", "first-author"), year]).await, "陈一");
    assert_eq!(names(&[("role", "inventor"), year]).await, "陈一");
    assert_eq!(names(&[("role", "主任医师"), year]).await, "陈一", "a vice is another title");
    assert_eq!(names(&[("role", "院长")]).await, "陈一");
    assert_eq!(names(&[("claim", "7")]).await, "陈一");
    assert_eq!(names(&[("person", "Chen Yi")]).await, "陈一 陈一", "by the name that a patent prints");
}

#[tokio::test]
async fn the_matrix_ties_claims_to_people_and_works_and_marks_orphans() {
    let service = service();
    let id = id(&service, "dossiers", "甲术").await;
    let matrix = service.api(&format!("dossiers/{id}/matrix"), &[]).await;
    let numbers: Vec<_> =
        matrix["claims"].as_array().expect("claims").iter().map(|claim| &claim["number"]).collect();
    assert_eq!(numbers, [1, 2, 3, 7], "{matrix}");
    let first = &matrix["claims"][0];
    assert_eq!(texts(&first["contributors"], "/name"), ["陈一"]);
    assert_eq!(texts(&first["institutions"], "/name"), ["甲医院"]);
    assert_eq!(texts(&first["papers"], "/by/0"), ["people"]);
    assert_eq!(texts(&first["ip"], "/people/0/name"), ["陈一"]);
    let orphans = &matrix["orphans"];
    assert_eq!(orphans["uncredited_claims"], serde_json::json!([3]));
    assert_eq!(orphans["undefined_claims"][0]["number"], 7);
    let undefined = words(&service, &id, &orphans["undefined_claims"][0]["span"]).await;
    assert_eq!(undefined, "在创新点7中负责应用。");
    assert_eq!(texts(&orphans["contributors"], "/name"), ["王五"]);
    assert_eq!(texts(&orphans["papers"], "/title"), ["A paper of others"]);
    assert_eq!(orphans["ip"], serde_json::json!([]));
    assert_eq!(service.get("/api/v1/dossiers/d0/matrix").await.status, StatusCode::NOT_FOUND);

    let page = service.get(&format!("/dossiers/{id}")).await.body;
    let section = page.split("id=\"matrix\"").nth(1).and_then(|rest| rest.split("</section>").next());
    let section = section.expect("a section");
    for part in ["在创新点1中提出甲术", "署名：陈一", "材料没有列出的创新点 7", "王五", "未见"]
    {
        assert!(section.contains(part), "{part}: {section}");
    }
}

#[tokio::test]
async fn relations_over_the_years_are_json_and_graphml() {
    let service = service();
    let person = id(&service, "people", "陈一").await;
    let relations = service.api(&format!("people/{person}/relations"), &[]).await;
    assert_eq!(relations["of"]["name"], "陈一");
    assert_eq!((relations["total"].as_u64(), &relations["next_cursor"]), (Some(2), &Value::Null));
    let first = &relations["items"][0];
    assert_eq!((first["partner"]["name"].as_str(), first["count"].as_u64()), (Some("林二"), Some(2)));
    assert_eq!(first["years"], serde_json::json!({"2025": 1, "2026": 1}));
    assert_eq!(texts(&first["dossiers"], "/title"), ["甲术治疗乙病的建立与应用", "丁病诊疗体系"]);
    let late = service.api(&format!("people/{person}/relations"), &[("year", "2026")]).await;
    assert_eq!(late["total"], 1);
    let institution = id(&service, "institutions", "甲医院").await;
    let partners = service.api(&format!("institutions/{institution}/relations"), &[]).await;
    assert_eq!(texts(&partners["items"], "/partner/name"), ["乙大学"]);
    assert_eq!(service.get("/api/v1/people/p0/relations").await.status, StatusCode::NOT_FOUND);

    for (address, nodes) in [(format!("people/{person}"), 3), (format!("institutions/{institution}"), 2)] {
        let graph = service.get(&format!("/api/v1/{address}/relations?format=graphml")).await;
        assert_eq!(graph.kind, "application/graphml+xml; charset=utf-8");
        assert_eq!(elements(&graph.body, "node"), nodes, "{}", graph.body);
        assert_eq!(elements(&graph.body, "edge"), nodes - 1);
        let page = service.get(&format!("/{address}")).await.body;
        assert!(page.contains("id=\"relations\"") && page.contains("2026"), "{page}");
    }
}

/// How many elements of a name a sound document has.
fn elements(xml: &str, name: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    let mut found = 0;
    loop {
        match reader.read_event().expect("sound XML") {
            Event::Start(tag) if tag.name().as_ref() == name => found += 1,
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn the_terminal_tells_who_by_rank_claim_and_year() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("one.txt"), ONE).expect("written");
    std::fs::write(folder.path().join("two.txt"), TWO).expect("written");
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
        let output = command.args(arguments).arg("--data").arg(folder.path().join("data")).output();
        output.expect("runs")
    };
    assert!(
        run(&["index", Path::new(folder.path()).join("one.txt").to_str().expect("UTF-8")]).status.success()
    );
    assert!(
        run(&["index", Path::new(folder.path()).join("two.txt").to_str().expect("UTF-8")]).status.success()
    );
    let told = |arguments: &[&str]| String::from_utf8(run(arguments).stdout).expect("UTF-8");
    let who =
        told(&["who", "陈一", "--rank", "1..3", "--institution", "甲医院", "--claim", "7", "--year", "2025"]);
    for part in [
        "甲术治疗乙病的建立与应用",
        "在创新点7中负责应用。",
        "paper 1",
        "ip 1  一种甲术用装置",
        "first-author",
    ] {
        assert!(who.contains(part), "{part}: {who}");
    }
    assert!(!who.contains("丁病诊疗体系"), "{who}");
    assert_eq!(run(&["who", "陈一", "--rank", "2"]).status.code(), Some(1));
    assert_eq!(run(&["who", "陈一", "--rank", "x"]).status.code(), Some(2));
}
