use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A property by which hits are counted and filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// `dossier` or `article` (类型).
    Type,
    /// The award's name (奖项).
    Award,
    /// The award's category (奖种).
    Category,
    /// The record's own year: of the award, or of publication or grant (年份).
    Year,
    /// Who recommended the project (推荐单位).
    Recommender,
    /// Completing institutions and employers (单位).
    Institution,
    /// Contributors, authors and inventors (人员).
    Person,
    /// Professional titles (专业技术职称).
    Title,
    /// Journals (期刊).
    Journal,
    /// The category of a patent or another right (知识产权类别).
    IpCategory,
    /// The country of a patent or another right (国别).
    Country,
    /// Key terms of the project's title and claims (主题).
    Topic,
}

impl Facet {
    /// All facets, in the order in which they are shown.
    pub const ALL: [Facet; 12] = [
        Facet::Type,
        Facet::Award,
        Facet::Category,
        Facet::Year,
        Facet::Recommender,
        Facet::Institution,
        Facet::Person,
        Facet::Title,
        Facet::Journal,
        Facet::IpCategory,
        Facet::Country,
        Facet::Topic,
    ];

    /// The name in queries, addresses and answers.
    pub const fn name(self) -> &'static str {
        match self {
            Facet::Type => "type",
            Facet::Award => "award",
            Facet::Category => "category",
            Facet::Year => "year",
            Facet::Recommender => "recommender",
            Facet::Institution => "institution",
            Facet::Person => "person",
            Facet::Title => "title",
            Facet::Journal => "journal",
            Facet::IpCategory => "ip_category",
            Facet::Country => "country",
            Facet::Topic => "topic",
        }
    }

    /// The Chinese name, as pages show it.
    pub const fn label(self) -> &'static str {
        match self {
            Facet::Type => "类型",
            Facet::Award => "奖项",
            Facet::Category => "奖种",
            Facet::Year => "年份",
            Facet::Recommender => "推荐单位",
            Facet::Institution => "单位",
            Facet::Person => "人员",
            Facet::Title => "职称",
            Facet::Journal => "期刊",
            Facet::IpCategory => "知识产权类别",
            Facet::Country => "国别",
            Facet::Topic => "主题",
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Facet {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Facet::ALL.into_iter().find(|facet| facet.name() == name).ok_or_else(|| {
            let known: Vec<_> = Facet::ALL.iter().map(|facet| facet.name()).collect();
            format!("unknown facet '{name}', expected one of {}", known.join(", "))
        })
    }
}
