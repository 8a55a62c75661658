use crate::{http::params::encode, resolve::Method};

/// Says in words by which method something is one.
pub(super) fn method(name: &str) -> &str {
    match Method::find(name) {
        Some(Method::SameName) => "名称相同",
        Some(Method::PrintedAlias) => "材料写明的别名",
        Some(Method::SameNameAndInstitution) => "姓名与单位相同",
        Some(Method::SameNameInDossier) => "同一材料内姓名相同",
        Some(Method::LatinName) => "拉丁字母姓名，只有这位完成人可这样读",
        Some(Method::Initials) => "姓氏与缩写，只有这位完成人相符",
        Some(Method::SameNameAndPaper) => "姓名与论文相同",
        Some(Method::SameNameAndIp) => "姓名与知识产权相同",
        Some(Method::SameNameAndProject) => "姓名与项目相同",
        Some(Method::NearName) => "一字形近或音近",
        Some(Method::Decision) => "人工决定",
        Some(Method::Affiliation) => "所印地址、科室之外的单位名称",
        Some(Method::SameForm) => "按规则写法不同的同一名称",
        Some(Method::Authority) => "机构名录",
        Some(Method::LookAlike) => "一字形近，材料中只有这个完成单位相符",
        Some(Method::ShortForm) => "简称，材料中只有这个完成单位相符",
        None => name,
    }
}

/// Writes a score; templates hand over references.
pub(super) fn score(score: &f64) -> String {
    format!("{score:.2}")
}

/// The address of all joins of a record.
pub(super) fn joins(id: &str) -> String {
    format!("/api/v1/joins?id={}", encode(id))
}
