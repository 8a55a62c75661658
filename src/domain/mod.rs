//! What are the words of the field?
//!
//! The vocabulary of award dossiers, one English term for each Chinese one, used everywhere:
//!
//! | term | 中文 |
//! |---|---|
//! | dossier | 推荐材料, 公示材料 |
//! | award, category | 奖项, 推荐奖种 |
//! | recommender | 推荐单位, 推荐科学家 |
//! | summary, recommendation | 项目简介, 推荐意见 |
//! | innovation claim | 创新点, 发现点 |
//! | contributor, rank | 完成人, 排名 |
//! | institution, employer | 完成单位, 工作单位 |
//! | title, post | 专业技术职称, 行政职务 |
//! | contribution, evidence | 对本项目的贡献, 旁证材料 |
//! | paper, journal, locator | 代表性论文, 刊名, 年卷期页码 |
//! | intellectual property (`ip`), holder | 知识产权, 全部发明人或权利人 |
//! | article | 新闻报道: a text without dossier sections |
//! | mention | 文中提及 |
//! | join, suggestion | 同一依据, 近似提示 |
//! | decision: correct, remove, merge, split, rename | 决定: 更正, 移除, 合并, 拆分, 更名 |
//!
//! Must not know how a dossier is read, kept or searched.

mod decision;
mod dossier;
mod facet;
mod identity;
mod kind;
mod matrix;
mod provenance;
mod record;
mod relation;
mod work;

pub use decision::{Decision, DecisionAction, History, REMOVED};
pub use dossier::{
    Award, Contributor, Dossier, DossierKind, InnovationClaim, Institution, Ip, Mentions, Metric, Paper,
    PersonMention, SourceInfo, Warning,
};
pub use facet::Facet;
pub use identity::{IdentitySuggestion, Join, JoinEvidence, SuggestedRecord};
pub use kind::Kind;
pub use matrix::{
    Credit, Matrix, MatrixClaim, MatrixContributor, MatrixInstitution, MatrixWork, Orphans, UndefinedClaim,
    WorkTie,
};
pub use provenance::{Printed, Provenance};
pub use record::{
    Alias, ClaimRecord, ClaimRef, CoContributor, Contribution, DossierRef, DossierSummary, EntityRef,
    InstitutionDossier, InstitutionRecord, IpRecord, JournalAlias, JournalRecord, PaperRecord, PersonRecord,
    RankedPerson, WorkSummary,
};
pub use relation::{Relation, SharedDossier};
pub use work::{ReusedWork, WorkUse};
