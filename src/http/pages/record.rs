use serde_json::Value;

use crate::{domain::Kind, search::Hit};

/// How many names a line shows before it says 等.
const NAMES: usize = 8;

/// The line beneath the title of a hit: what the index kept for lists, as far as it is there.
pub(super) fn line(hit: &Hit) -> Vec<String> {
    let record = shown(hit);
    let at = |pointer: &str| record.pointer(pointer);
    let parts = match hit.kind {
        Kind::Dossier => vec![
            one(at("/award")),
            one(at("/year").or(at("/award/year"))),
            one(at("/category").or(at("/award/category"))),
            labelled("推荐：", one(at("/recommender").or(at("/award/recommender")))),
            counted(at("/contributors"), "位完成人"),
            many(at("/institutions")),
        ],
        Kind::Person => vec![
            one(at("/institution")),
            many(at("/titles")),
            counted(at("/contributions").or(at("/dossiers")), "个项目"),
            only_claims(at("/contributions")),
            counted(at("/papers"), "篇论文"),
            counted(at("/ip"), "项知识产权"),
        ],
        Kind::Institution => vec![
            labelled("又名：", many(at("/aliases"))),
            counted(at("/dossiers"), "个项目"),
            counted(at("/people"), "位完成人"),
        ],
        Kind::Journal => vec![counted(at("/papers"), "篇论文")],
        Kind::Paper => vec![one(at("/journal")), one(at("/year")), one(at("/locator")), many(at("/authors"))],
        Kind::Ip => vec![one(at("/category")), one(at("/grant_number")), many(at("/holders"))],
        Kind::Claim => vec![one(at("/number")).map(|number| format!("创新点 {number}"))],
        Kind::Contribution => vec![
            one(at("/person")),
            one(at("/rank")).map(|rank| format!("排名第 {rank}")),
            one(at("/institution")),
            labelled("创新点 ", many(at("/claims"))),
        ],
    };
    parts.into_iter().flatten().collect()
}

/// The number under which the dossier lists the record of a hit.
pub(super) fn position(hit: &Hit) -> Option<u64> {
    let field = if hit.kind == Kind::Contribution { "/rank" } else { "/number" };
    shown(hit).pointer(field)?.as_u64()
}

/// What the index kept for lists, which is JSON as it was written.
fn shown(hit: &Hit) -> Value {
    hit.shown().unwrap_or_default()
}

/// The claims credited to a person; numbers of several dossiers would not say whose they are.
fn only_claims(contributions: Option<&Value>) -> Option<String> {
    match contributions?.as_array()?.as_slice() {
        [only] => labelled("创新点 ", many(only.get("claims"))),
        _ => None,
    }
}

/// A text, a number, or the name of an object.
fn one(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => one(object.get("name").or_else(|| object.get("number"))),
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

fn many(value: Option<&Value>) -> Option<String> {
    let names: Vec<String> = value?.as_array()?.iter().filter_map(|item| one(Some(item))).collect();
    let more = if names.len() > NAMES { " 等" } else { "" };
    let shown = names.iter().take(NAMES).map(String::as_str).collect::<Vec<_>>().join("、");
    (!shown.is_empty()).then(|| shown + more)
}

fn counted(value: Option<&Value>, unit: &str) -> Option<String> {
    let count = match value? {
        Value::Number(number) => number.as_u64()?,
        Value::Array(items) => items.len() as u64,
        _ => return None,
    };
    (count > 0).then(|| format!("{count} {unit}"))
}

fn labelled(label: &str, text: Option<String>) -> Option<String> {
    text.map(|text| format!("{label}{text}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hit(kind: Kind, record: &Value) -> Hit {
        Hit {
            id: "x".into(),
            kind,
            title: String::new(),
            score: 0.0,
            dossier: None,
            snippets: vec![],
            record: serde_json::value::to_raw_value(record).expect("JSON"),
            explain: None,
        }
    }

    #[test]
    fn the_line_shows_what_is_there() {
        for (kind, record, want) in [
            (
                Kind::Dossier,
                json!({"award": "某奖", "year": 2026, "contributors": 3}),
                "某奖 | 2026 | 3 位完成人",
            ),
            (Kind::Dossier, json!({"award": {"name": "某奖", "year": 2026}}), "某奖 | 2026"),
            (
                Kind::Person,
                json!({"institution": {"name": "甲医院"}, "titles": ["主任医师", "教授"], "contributions": [{}, {}]}),
                "甲医院 | 主任医师、教授 | 2 个项目",
            ),
            (
                Kind::Person,
                json!({"contributions": [{"claims": [{"number": 1}, {"number": 4}]}], "papers": 0, "ip": 2}),
                "1 个项目 | 创新点 1、4 | 2 项知识产权",
            ),
            (
                Kind::Institution,
                json!({"aliases": [{"name": "乙医院"}, "丙医院"], "dossiers": [{}], "people": 4}),
                "又名：乙医院、丙医院 | 1 个项目 | 4 位完成人",
            ),
            (
                Kind::Paper,
                json!({"journal": {"name": "期刊"}, "year": 2015, "locator": null, "authors": ["甲", "乙"]}),
                "期刊 | 2015 | 甲、乙",
            ),
            (
                Kind::Contribution,
                json!({"person": {"name": "甲"}, "rank": 1, "claims": [{"number": 2}, 3]}),
                "甲 | 排名第 1 | 创新点 2、3",
            ),
            (Kind::Ip, json!({"category": ["not", "a text"]}), ""),
            (Kind::Claim, json!(null), ""),
        ] {
            assert_eq!(line(&hit(kind, &record)).join(" | "), want);
        }
    }

    #[test]
    fn many_names_are_cut() {
        let authors: Vec<String> = (0..20).map(|n| format!("作者{n}")).collect();
        let line = line(&hit(Kind::Paper, &json!({ "authors": authors })));
        assert!(line[0].ends_with("作者7 等"), "{line:?}");
    }
}
