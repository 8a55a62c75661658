use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{IdentitySuggestion, InnovationClaim, Ip, Join, Paper, ReusedWork, WorkUse};
use crate::text::Span;

/// A record named beside another.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct EntityRef {
    /// Stable address.
    pub id: String,
    /// As it is shown.
    pub name: String,
}

/// The dossier a record belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DossierRef {
    /// Stable address.
    pub id: String,
    /// Project title; empty where none was printed.
    pub title: String,
    /// Year of the award.
    pub year: Option<u16>,
}

/// A dossier in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DossierSummary {
    /// Stable address.
    pub id: String,
    /// `dossier` or `article`.
    pub kind: String,
    /// Project title or headline; empty where none was printed.
    pub title: String,
    /// Award name.
    pub award: Option<String>,
    /// 推荐奖种.
    pub category: Option<String>,
    /// Year of the award.
    pub year: Option<u16>,
    /// 推荐单位.
    pub recommender: Option<String>,
    /// How many contributors are listed.
    pub contributors: usize,
    /// Completing institutions, in their order.
    pub institutions: Vec<EntityRef>,
}

/// A claim named beside another record; the heading is empty where the dossier defines no such claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClaimRef {
    /// 1 and up.
    pub number: u32,
    /// Its first sentence.
    pub heading: String,
    /// The sentence of the contribution that credits it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where that sentence stands in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
}

/// A paper or a right named beside another record.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct WorkSummary {
    /// Stable address.
    pub id: String,
    /// 序号 in its list.
    pub number: Option<u32>,
    /// As printed.
    pub title: String,
}

/// What one person did in one dossier (贡献).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Contribution {
    /// Stable address.
    pub id: String,
    /// Who.
    pub person: EntityRef,
    /// 排名.
    pub rank: Option<u32>,
    /// In which dossier.
    pub dossier: DossierRef,
    /// 完成单位, else 工作单位.
    pub institution: Option<EntityRef>,
    /// 专业技术职称.
    pub titles: Vec<String>,
    /// 行政职务.
    pub post: Option<String>,
    /// The claims credited.
    pub claims: Vec<ClaimRef>,
    /// The contribution as printed.
    pub text: String,
    /// Where the text stands in the source: from its first byte to its last.
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
    /// Tokens of the supporting material.
    pub evidence: Vec<String>,
    /// What papers and rights of the dossier print the person as: `first-author`, `corresponding`, `author`,
    /// `first-inventor`, `inventor`, `holder`.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Papers of the dossier that bear the person's name.
    pub papers: Vec<String>,
    /// IP of the dossier that bears the person's name.
    pub ip: Vec<String>,
}

/// A person (完成人) with all that is tied to them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PersonRecord {
    /// Stable address.
    pub id: String,
    /// As printed first.
    pub name: String,
    /// The institution that tells the person from others of the same name.
    pub institution: Option<EntityRef>,
    /// All titles printed.
    pub titles: Vec<String>,
    /// By dossier.
    pub contributions: Vec<Contribution>,
    /// Papers that bear the name.
    pub papers: Vec<PaperRecord>,
    /// IP that bears the name.
    pub ip: Vec<IpRecord>,
    /// With whom, most shared dossiers first.
    pub co_contributors: Vec<CoContributor>,
    /// Why these mentions are one.
    #[serde(default)]
    pub joins: Vec<Join>,
    /// Who else it may be.
    #[serde(default)]
    pub suggestions: Vec<IdentitySuggestion>,
}

/// Somebody who contributed to the same dossiers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CoContributor {
    /// Who.
    pub person: EntityRef,
    /// How many dossiers they share.
    pub dossiers: usize,
}

/// An institution (单位) with all that is tied to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InstitutionRecord {
    /// Stable address.
    pub id: String,
    /// Its legal name where the authority list knows it, else as printed first.
    pub name: String,
    /// Other names, each with its evidence.
    pub aliases: Vec<Alias>,
    /// Dossiers it completed.
    pub dossiers: Vec<InstitutionDossier>,
    /// Its contributors.
    pub people: Vec<RankedPerson>,
    /// Why these mentions are one.
    #[serde(default)]
    pub joins: Vec<Join>,
    /// Which other it may be.
    #[serde(default)]
    pub suggestions: Vec<IdentitySuggestion>,
}

/// Another name of an institution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alias {
    /// As printed, or as the authority list has it.
    pub name: String,
    /// Why it is the same institution.
    pub evidence: String,
    /// The dossier that says so; `null` for a name of the authority list.
    pub dossier: Option<String>,
}

/// An institution's part in one dossier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InstitutionDossier {
    /// Which one.
    pub dossier: DossierRef,
    /// 排名 among the completing institutions; `null` for an employer only.
    pub rank: Option<u32>,
    /// 对本项目的贡献.
    pub contribution: Option<String>,
    /// Where the contribution stands in the source.
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
    /// The claims credited.
    pub claims: Vec<u32>,
}

/// A contributor of an institution or to a claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RankedPerson {
    /// Who.
    pub person: EntityRef,
    /// In which dossier.
    pub dossier: DossierRef,
    /// 排名.
    pub rank: Option<u32>,
}

/// A journal (期刊) with its papers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JournalRecord {
    /// Stable address.
    pub id: String,
    /// As printed first.
    pub name: String,
    /// Other printings of its name.
    #[serde(default)]
    pub aliases: Vec<JournalAlias>,
    /// Papers listed by dossiers.
    pub papers: Vec<PaperRecord>,
}

/// Another printing of a journal's name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JournalAlias {
    /// As printed.
    pub name: String,
    /// Why it is the same journal: `same-name`, `abbreviated-words`, `known-name`.
    pub method: String,
    /// A dossier that prints it.
    pub dossier: String,
}

/// A paper (论文) as one dossier lists it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PaperRecord {
    /// Stable address.
    pub id: String,
    /// The dossier that lists it.
    pub dossier: DossierRef,
    /// Where it appeared.
    pub journal: Option<EntityRef>,
    /// As listed.
    pub paper: Paper,
    /// Contributors of the dossier among its authors.
    pub people: Vec<EntityRef>,
    /// Every listing of the same paper, where there are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reuse: Option<ReusedWork>,
    /// Papers of the same title that may be the same, though their DOIs differ or leave it open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<WorkUse>,
}

/// A right (知识产权) as one dossier lists it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IpRecord {
    /// Stable address.
    pub id: String,
    /// The dossier that lists it.
    pub dossier: DossierRef,
    /// As listed.
    pub ip: Ip,
    /// Contributors of the dossier among its holders.
    pub people: Vec<EntityRef>,
    /// Every listing of the same right, where there are others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reuse: Option<ReusedWork>,
}

/// An innovation claim (创新点) with those credited for it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClaimRecord {
    /// Stable address.
    pub id: String,
    /// The dossier that makes it.
    pub dossier: DossierRef,
    /// As printed.
    pub claim: InnovationClaim,
    /// Contributors who are credited, by rank.
    pub contributors: Vec<RankedPerson>,
    /// Completing institutions that are credited.
    pub institutions: Vec<EntityRef>,
}
