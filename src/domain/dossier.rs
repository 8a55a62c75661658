use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Provenance;

/// A document as it was understood: an award dossier, or an article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Dossier {
    /// Stable address of the document.
    pub id: String,
    /// Dossier or article.
    pub kind: DossierKind,
    /// Project title (项目名称), or the headline of an article.
    pub title: Option<String>,
    /// The file it was read from.
    pub source: SourceInfo,
    /// `null` for an article.
    pub award: Option<Award>,
    /// Project summary (项目简介).
    pub summary: Option<String>,
    /// The recommender's opinion (推荐意见).
    pub recommendation: Option<String>,
    /// Innovation claims (创新点), in the order of their numbers.
    pub claims: Vec<InnovationClaim>,
    /// Contributors (完成人), as listed.
    pub contributors: Vec<Contributor>,
    /// Completing institutions (完成单位), as listed.
    pub institutions: Vec<Institution>,
    /// Representative papers (代表性论文), as listed.
    pub papers: Vec<Paper>,
    /// Intellectual property (知识产权), as listed.
    pub ip: Vec<Ip>,
    /// Figures of the summary.
    pub metrics: Vec<Metric>,
    /// Who is mentioned in the running text.
    pub mentions: Mentions,
    /// What was repaired or is in doubt.
    pub warnings: Vec<Warning>,
    /// Where the fields of the document itself were printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Parts award dossiers from other texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DossierKind {
    /// Has sections of a dossier.
    Dossier,
    /// A news item or any other text.
    #[default]
    Article,
}

impl DossierKind {
    /// The value of the facet `type`.
    pub const fn name(self) -> &'static str {
        match self {
            DossierKind::Dossier => "dossier",
            DossierKind::Article => "article",
        }
    }
}

/// The file a document was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SourceInfo {
    /// As it was given.
    pub path: String,
    /// Of the file's bytes, in hexadecimal digits.
    pub sha256: String,
    /// `text`, …
    pub format: String,
    /// `utf-8`, …
    pub encoding: String,
}

/// The award a project is nominated for (奖项).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Award {
    /// 中华医学科技奖, …
    pub name: Option<String>,
    /// 推荐奖种.
    pub category: Option<String>,
    /// Year of the award.
    pub year: Option<u16>,
    /// 推荐单位, 推荐科学家.
    pub recommender: Option<String>,
    /// Where the fields were printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// An innovation claim (创新点).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InnovationClaim {
    /// 1 and up.
    pub number: u32,
    /// Its first sentence.
    pub heading: String,
    /// All of it, without its label.
    pub text: String,
    /// Where the fields were printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A contributor (完成人).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Contributor {
    /// 排名.
    pub rank: Option<u32>,
    /// 姓名.
    pub name: String,
    /// 完成单位.
    pub institution: Option<String>,
    /// 工作单位.
    pub employer: Option<String>,
    /// 专业技术职称.
    pub titles: Vec<String>,
    /// 行政职务; `null` where 无 is printed.
    pub post: Option<String>,
    /// 对本项目的贡献.
    pub contribution: Option<String>,
    /// Numbers of the claims that the contribution credits, ranges expanded.
    pub claims: Vec<u32>,
    /// Tokens of the supporting material (旁证材料), as printed.
    pub evidence: Vec<String>,
    /// Where the fields were printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A completing institution (完成单位).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Institution {
    /// 排名.
    pub rank: Option<u32>,
    /// 单位名称.
    pub name: String,
    /// 对本项目的贡献.
    pub contribution: Option<String>,
    /// Numbers of the claims that the contribution credits.
    pub claims: Vec<u32>,
    /// Where the fields were printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A representative paper (代表性论文).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Paper {
    /// 序号.
    pub number: Option<u32>,
    /// 论文名称.
    pub title: String,
    /// 刊名.
    pub journal: Option<String>,
    /// Year of publication.
    pub year: Option<u16>,
    /// Volume, issue and pages (卷期页码), without the year.
    pub locator: Option<String>,
    /// 影响因子.
    pub impact_factor: Option<f64>,
    /// 全部作者.
    pub authors: Vec<String>,
    /// 通讯作者.
    pub corresponding_authors: Vec<String>,
    /// 检索数据库.
    pub database: Option<String>,
    /// 他引总次数.
    pub citations: Option<u32>,
    /// Its DOI, in lower case and without resolver or label; `printed` has it where that differs.
    #[serde(default)]
    pub doi: Option<String>,
    /// 通讯作者单位是否含国外单位.
    pub foreign_corresponding: Option<bool>,
    /// Where the fields were printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A patent, a software copyright or another right (知识产权).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Ip {
    /// 序号.
    pub number: Option<u32>,
    /// 类别.
    pub category: Option<String>,
    /// 国别.
    pub country: Option<String>,
    /// 授权号, in its canonical form.
    pub grant_number: Option<String>,
    /// 授权时间, ISO 8601 as far as printed.
    pub grant_date: Option<String>,
    /// 知识产权具体名称.
    pub title: String,
    /// 全部发明人, or the holder of a copyright.
    pub holders: Vec<String>,
    /// Where the fields were printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A figure of the summary.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Metric {
    /// As printed.
    pub text: String,
    /// The figure; of a range, its lower end.
    pub value: f64,
    /// The upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_max: Option<f64>,
    /// As printed, multiplier included: 例, %, 万元.
    pub unit: String,
    /// `value` with the multiplier of its unit (万, 亿) resolved, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_value: Option<f64>,
    /// `value_max`, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_value_max: Option<f64>,
    /// `unit` without its multiplier; `null` where nothing is left of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_unit: Option<String>,
    /// The figure of others, or of before, beside which the project sets its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub comparator: bool,
    /// Where the fields were printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Who is mentioned in running text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Mentions {
    /// People, each once.
    pub people: Vec<PersonMention>,
    /// Institutions, each once, as printed.
    pub institutions: Vec<String>,
    /// Where they were printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A person mentioned in running text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PersonMention {
    /// As printed.
    pub name: String,
    /// The institution named beside it.
    pub institution: Option<String>,
    /// Where the name was printed.
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Something that was repaired or is in doubt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Warning {
    /// Stable name of the class: `row-merged`, `value-repaired`, …
    pub code: String,
    /// One sentence.
    pub message: String,
    /// The field it is about: `papers[3].locator`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}
