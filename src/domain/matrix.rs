use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ClaimRef, DossierRef, EntityRef, WorkSummary};
use crate::text::Span;

/// Who and what stands behind each claim of a dossier: claims × contributors × institutions × papers × IP.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Matrix {
    /// The dossier.
    pub dossier: DossierRef,
    /// One row for each claim that is defined or credited, by number.
    pub claims: Vec<MatrixClaim>,
    /// Its contributors by rank, each once a row of the list.
    pub contributors: Vec<MatrixContributor>,
    /// Its completing institutions by rank.
    pub institutions: Vec<MatrixInstitution>,
    /// Its papers, in order.
    pub papers: Vec<MatrixWork>,
    /// Its rights, in order.
    pub ip: Vec<MatrixWork>,
    /// What no tie reaches.
    pub orphans: Orphans,
}

/// A claim with all that is tied to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MatrixClaim {
    /// 1 and up.
    pub number: u32,
    /// Empty where the dossier defines no such claim.
    pub heading: String,
    /// Whether the dossier defines it.
    pub defined: bool,
    /// Who is credited for it, by rank.
    pub contributors: Vec<Credit>,
    /// Institutions that are credited for it.
    pub institutions: Vec<Credit>,
    /// Papers tied to it.
    pub papers: Vec<WorkTie>,
    /// Rights tied to it.
    pub ip: Vec<WorkTie>,
}

/// A credit for a claim and the sentence that gives it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Credit {
    /// A person or an institution.
    #[serde(flatten)]
    pub who: EntityRef,
    /// 排名.
    pub rank: Option<u32>,
    /// The sentence of the contribution; `null` where the credit stands in a column of its own.
    pub text: Option<String>,
    /// Where the sentence stands in the source.
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
}

/// How a paper or a right is tied to a claim.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WorkTie {
    /// The paper or right.
    #[serde(flatten)]
    pub work: WorkSummary,
    /// `cited`: a text names it by its number; `people`: it bears the name of somebody credited for the claim.
    pub by: Vec<String>,
    /// Those credited for the claim whose names it bears.
    pub people: Vec<EntityRef>,
    /// The words that cite it: of the claim's own text, or of a sentence that credits the claim.
    pub text: Option<String>,
    /// Where these words stand in the source.
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
}

/// A contributor with what is tied to the row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MatrixContributor {
    /// Who.
    pub person: EntityRef,
    /// 排名.
    pub rank: Option<u32>,
    /// 完成单位, else 工作单位.
    pub institution: Option<EntityRef>,
    /// Claims credited, each with its sentence.
    pub claims: Vec<ClaimRef>,
    /// Tokens of the supporting material that the contribution cites, as printed.
    pub evidence: Vec<String>,
    /// Papers that bear the name.
    pub papers: Vec<String>,
    /// IP that bears the name.
    pub ip: Vec<String>,
}

/// A completing institution with what is tied to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MatrixInstitution {
    /// Which one.
    pub institution: EntityRef,
    /// 排名.
    pub rank: Option<u32>,
    /// Claims credited.
    pub claims: Vec<u32>,
    /// How many contributors of the dossier belong to it.
    pub contributors: usize,
}

/// A paper or a right with what is tied to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MatrixWork {
    /// Which one.
    #[serde(flatten)]
    pub work: WorkSummary,
    /// Contributors whose names it bears.
    pub people: Vec<EntityRef>,
    /// Claims it is tied to.
    pub claims: Vec<u32>,
}

/// What no tie reaches: to be looked at, nothing more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Orphans {
    /// Claims that no contributor is credited for.
    pub uncredited_claims: Vec<u32>,
    /// Claims that are credited and that the dossier does not define.
    pub undefined_claims: Vec<UndefinedClaim>,
    /// Contributors on no claim, no paper and no right.
    pub contributors: Vec<EntityRef>,
    /// Papers that bear no contributor's name.
    pub papers: Vec<WorkSummary>,
    /// Rights that bear no contributor's name.
    pub ip: Vec<WorkSummary>,
}

impl Orphans {
    /// Tells whether every part is tied to another.
    pub fn is_empty(&self) -> bool {
        self.uncredited_claims.is_empty()
            && self.undefined_claims.is_empty()
            && self.contributors.is_empty()
            && self.papers.is_empty()
            && self.ip.is_empty()
    }
}

/// A claim that is credited and not defined, and by whose text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UndefinedClaim {
    /// The number credited.
    pub number: u32,
    /// The contributors and institutions whose texts credit it.
    pub credited_by: Vec<EntityRef>,
    /// Where the first of the sentences stands in the source.
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
}
