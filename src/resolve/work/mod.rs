//! Which papers and rights of different dossiers are one work?
//!
//! Answers with the keys of one listed paper or right, each with the reason why an equal key means the
//! same work: two that share any key are one. Several are needed, as one dossier prints a DOI and the
//! other volume and pages.
//!
//! Pure functions. Must not know which works are kept.

mod ip;
mod locator;
mod paper;
mod title;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use ip::ip_keys;
pub use paper::paper_keys;

/// Parts the pieces of a key; it stands in no folded text.
const PART: char = '\u{1f}';

/// A key of a work: works that share one are the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkKey {
    /// Begins with the method, so that keys of different methods never meet.
    pub key: String,
    /// Why an equal key means the same work.
    pub method: WorkMethod,
}

impl WorkKey {
    fn new(method: WorkMethod, parts: &[&str]) -> Self {
        let mut key = method.name().to_owned();
        for part in parts {
            key.push(PART);
            key.push_str(part);
        }
        Self { key, method }
    }
}

/// Why two listed papers or rights are one work; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WorkMethod {
    /// The DOI is equal.
    SameDoi,
    /// The number of the patent, its application or its publication is equal.
    SamePatentNumber,
    /// The registration number of the software copyright is equal.
    SameRegistration,
    /// The number of the standard, licence or book is equal.
    SameNumber,
    /// Title, year and first page or article number are equal.
    SameTitleYearAndLocator,
    /// The titles are equal, and one number is the other with one digit misread: its check digit is wrong.
    MisreadPatentNumber,
    /// A long title that is not that of a series is equal, and so is the journal.
    SameTitleAndJournal,
    /// No number is printed; title, kind of right and a holder are equal.
    SameTitleAndHolder,
}

impl WorkMethod {
    /// All methods, the surest first.
    pub const ALL: [WorkMethod; 8] = [
        WorkMethod::SameDoi,
        WorkMethod::SamePatentNumber,
        WorkMethod::SameRegistration,
        WorkMethod::SameNumber,
        WorkMethod::SameTitleYearAndLocator,
        WorkMethod::MisreadPatentNumber,
        WorkMethod::SameTitleAndJournal,
        WorkMethod::SameTitleAndHolder,
    ];

    /// The name under which it is kept and told.
    pub const fn name(self) -> &'static str {
        match self {
            WorkMethod::SameDoi => "same-doi",
            WorkMethod::SamePatentNumber => "same-patent-number",
            WorkMethod::SameRegistration => "same-registration",
            WorkMethod::SameNumber => "same-number",
            WorkMethod::SameTitleYearAndLocator => "same-title-year-and-locator",
            WorkMethod::MisreadPatentNumber => "misread-patent-number",
            WorkMethod::SameTitleAndJournal => "same-title-and-journal",
            WorkMethod::SameTitleAndHolder => "same-title-and-holder",
        }
    }

    /// Says so in Chinese, as pages and findings show it.
    pub const fn label(self) -> &'static str {
        match self {
            WorkMethod::SameDoi => "DOI 相同",
            WorkMethod::SamePatentNumber => "专利号相同",
            WorkMethod::SameRegistration => "登记号相同",
            WorkMethod::SameNumber => "编号相同",
            WorkMethod::SameTitleYearAndLocator => "题名、年份与起始页相同",
            WorkMethod::MisreadPatentNumber => "题名相同，专利号差一位，校验位不符",
            WorkMethod::SameTitleAndJournal => "题名与刊名相同",
            WorkMethod::SameTitleAndHolder => "名称、类别与权利人相同",
        }
    }

    /// Finds a method by its name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// The surest reason why two works are one, by their keys; `None` where they share none, or each has a DOI that
/// the other has not.
pub fn shared(one: &[WorkKey], other: &[WorkKey]) -> Option<WorkMethod> {
    let common = one.iter().filter(|key| other.contains(key));
    let has_doi = |keys: &[WorkKey]| keys.iter().any(|key| key.method == WorkMethod::SameDoi);
    let parted = has_doi(one) && has_doi(other);
    common.map(|key| key.method).min().filter(|method| !parted || *method == WorkMethod::SameDoi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_kept_under_the_name_json_gives_it() {
        for method in WorkMethod::ALL {
            assert_eq!(serde_json::to_string(&method).expect("json"), format!("\"{}\"", method.name()));
            assert_eq!(WorkMethod::find(method.name()), Some(method));
        }
        assert!(WorkMethod::ALL.is_sorted(), "the surest first");
    }
}
