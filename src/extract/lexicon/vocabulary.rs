use serde::Deserialize;

/// What a record of a table or a list of labels is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::extract) enum Entity {
    Dossier,
    Paper,
    Ip,
    Contributor,
    Institution,
}

/// A named section of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::extract) enum Section {
    Papers,
    Ip,
    Contributors,
    Institutions,
    Claims,
    Other,
}

impl Section {
    pub(in crate::extract) fn entity(self) -> Option<Entity> {
        match self {
            Section::Papers => Some(Entity::Paper),
            Section::Ip => Some(Entity::Ip),
            Section::Contributors => Some(Entity::Contributor),
            Section::Institutions => Some(Entity::Institution),
            Section::Claims | Section::Other => None,
        }
    }
}

/// A label or column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::extract) enum Field {
    AwardCategory,
    /// The year of the award with a label of its own.
    AwardYear,
    Title,
    Recommender,
    Recommendation,
    Summary,
    Number,
    PaperTitle,
    /// Title, journal and authors in one cell.
    PaperCombined,
    Journal,
    YearLocator,
    /// The issue in a column of its own.
    Issue,
    /// The pages in a column of their own.
    Pages,
    ImpactFactor,
    Authors,
    CorrespondingAuthors,
    Database,
    Citations,
    /// Database and citations in one cell.
    DatabaseCitations,
    /// The year in a column of its own.
    Year,
    ForeignCorresponding,
    IpCategory,
    Country,
    GrantNumber,
    GrantDate,
    IpTitle,
    Holders,
    FirstAuthors,
    DomesticAuthors,
    Published,
    SciCitations,
    Doi,
    Owner,
    Certificate,
    Validity,
    Name,
    Rank,
    Institution,
    Employer,
    Titles,
    Post,
    /// Post and titles in one cell.
    PostTitles,
    InstitutionName,
    Contribution,
    /// The numbers of claims (创新点) in a column of their own.
    CreditedClaims,
    /// 旁证材料, where it has a label of its own.
    Evidence,
    /// Names in a row behind `主要完成人：`.
    ListedContributors,
    /// Names in a row behind `主要完成单位：`.
    ListedInstitutions,
    /// A label whose value is not kept: 性别, 联系电话.
    Ignored,
}
