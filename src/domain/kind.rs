use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a record is about: the tabs of a search.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A document: an award dossier or an article (项目).
    #[default]
    Dossier,
    /// A contributor (完成人).
    Person,
    /// A completing institution or employer (单位).
    Institution,
    /// A journal (期刊).
    Journal,
    /// A paper (论文).
    Paper,
    /// A patent or another right (知识产权).
    Ip,
    /// An innovation claim (创新点).
    Claim,
    /// What one person did in one dossier (贡献).
    Contribution,
}

impl Kind {
    /// All kinds, in the order of the tabs.
    pub const ALL: [Kind; 8] = [
        Kind::Dossier,
        Kind::Person,
        Kind::Institution,
        Kind::Journal,
        Kind::Paper,
        Kind::Ip,
        Kind::Claim,
        Kind::Contribution,
    ];

    /// The name in queries, addresses and answers.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Dossier => "dossier",
            Kind::Person => "person",
            Kind::Institution => "institution",
            Kind::Journal => "journal",
            Kind::Paper => "paper",
            Kind::Ip => "ip",
            Kind::Claim => "claim",
            Kind::Contribution => "contribution",
        }
    }

    /// The Chinese name, as pages show it.
    pub const fn label(self) -> &'static str {
        match self {
            Kind::Dossier => "项目",
            Kind::Person => "完成人",
            Kind::Institution => "单位",
            Kind::Journal => "期刊",
            Kind::Paper => "论文",
            Kind::Ip => "知识产权",
            Kind::Claim => "创新点",
            Kind::Contribution => "贡献",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
            let known: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
            format!("unknown kind '{name}', expected one of {}", known.join(", "))
        })
    }
}
