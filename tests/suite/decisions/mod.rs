//! Does what was decided about a record hold, wherever it is looked at and whatever comes after?
//!
//! Over invented notices: 周延 of 甲医院 is the person who is removed.

mod correction;
mod durable;
mod removal;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::service::{Answer, Service};

const TITLE: &str = "某术的建立与应用";

/// A notice that names everybody in all places in which a notice names people.
fn notice(summary: &str, rows: &[(&str, &str)]) -> String {
    let mut text = format!(
        "拟推荐 2026 年中华医学科技奖候选项目公示内容\n\n推荐奖种\t医学科学技术奖\n项目名称\t{TITLE}\n\
         推荐单位/科学家\t云川医学会\n项目简介\t<p>{summary}</p><p>一、提出导航方法。用于手术。</p><p>二、研制导航装置。用于训练。</p>\n\n\
         代表性论文目录\n\n序号\t论文名称\t刊名\t年,卷(期)及页码\t影响因子\t全部作者\t通讯作者\n"
    );
    let names: Vec<&str> = rows.iter().map(|(name, _)| *name).collect();
    let (all, first) = (names.join("、"), names[0]);
    text.push_str(&format!(
        "1\t导航方法的研究\t示例骨科杂志\t2019, 12(3): 45-50\t2.5\t{all}\t{first}\n\n知识产权证明目录\n\n\
         序号\t类别\t国别\t授权号\t授权时间\t知识产权具体名称\t全部发明人\n\
         1\t中国发明专利\t中国\tZL201510100001.2\t2018-03-11\t一种导航装置\t{all}\n\n完成人情况表\n\n"
    ));
    for (rank, (name, unit)) in rows.iter().enumerate() {
        text.push_str(&format!(
            "姓名\t排名\t完成单位\t工作单位\t职称\t行政职务\n{name}\t{}\t{unit}\t{unit}\t主任医师\t无\n\
             对本项目的贡献\t{name}在创新点1中与{first}共同完成第{}项试验。\n",
            rank + 1,
            rank + 1
        ));
    }
    text.push_str("完成单位情况表\n\n单位名称\t甲医院\t排名\t1\n对本项目的贡献\t甲医院提供平台。\n");
    text
}

fn first_notice() -> String {
    notice("周延团队历经五年，应用 321 例。", &[("周延", "甲医院"), ("林佩", "甲医院"), ("何清", "乙大学")])
}

/// A service with the first notice, and the id of its dossier.
fn service() -> (Service, String) {
    let service = Service::empty();
    let id = add(&service, "notice.txt", &first_notice());
    (service, id)
}

fn add(service: &Service, name: &str, text: &str) -> String {
    service.archive.add(name, text.as_bytes()).expect("added").id
}

async fn post(service: &Service, path: &str, body: &Value) -> Answer {
    service.call(Method::POST, &format!("/api/v1/{path}"), body.to_string().into_bytes()).await
}

/// Takes a decision and gives its number.
async fn decide(service: &Service, body: &Value) -> u64 {
    let answer = post(service, "decisions", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.json()["id"].as_u64().expect("a number")
}

async fn undo(service: &Service, decision: u64) {
    let answer = post(service, &format!("decisions/{decision}/undo"), &json!({"reason": "误"})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// The id of the one person of a name.
async fn person(service: &Service, name: &str) -> String {
    let list = service.api("people", &[("name", name)]).await;
    assert_eq!(list["total"], 1, "{list}");
    list["items"][0]["id"].as_str().expect("an id").to_owned()
}

async fn total(service: &Service, parameters: &[(&str, &str)]) -> u64 {
    service.api("search", parameters).await["total"].as_u64().expect("a number")
}
