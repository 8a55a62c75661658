use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{domain::DossierRef, text::Span};

/// What became of one rule in one dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    /// `R01` to `R26`, `K01` to `K12`.
    pub rule: String,
    /// The rule's name.
    pub title: String,
    /// How much hangs on it.
    pub severity: Severity,
    /// What the comparison says.
    pub outcome: Outcome,
    /// One sentence for people, in Chinese.
    pub message: String,
    /// The dossier that was looked at.
    pub dossier: DossierRef,
    /// The values compared.
    pub compared: Vec<Compared>,
    /// Where they are printed, in this dossier and in others.
    pub evidence: Vec<Evidence>,
    /// The rule as it is stated; `null` where it is not known for this award and year.
    pub basis: Option<Basis>,
}

/// How much hangs on a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A dossier may be turned back for it.
    High,
    /// A reviewer asks.
    Medium,
    /// Worth a look.
    Low,
}

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Something differs: a person should look.
    ToCheck,
    /// The rule is not known for this award and year, or the notice does not print what it asks for.
    NotKnown,
    /// What is printed agrees with the rule.
    Holds,
}

/// One value beside what it was compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    /// What it is.
    pub what: String,
    /// As printed or counted.
    pub found: String,
    /// What it was compared with, where there is such a value.
    pub against: Option<String>,
}

/// A place in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// Id of the document.
    pub dossier: String,
    /// Its title.
    pub title: String,
    /// `contributors[3].name`
    pub field: String,
    /// The words printed there.
    pub quote: String,
    /// Where the quote stands in the source text, byte for byte; `null` where the value was put
    /// together and stands nowhere as it is.
    #[schema(value_type = Option<[usize; 2]>)]
    pub span: Option<Span>,
    /// The line of the source text on which it begins, 1 and up.
    pub line: Option<usize>,
}

/// A rule as it is stated somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Basis {
    /// Awards it is stated for; empty for what holds of any.
    pub awards: Vec<String>,
    /// Years it is stated for; empty where it bears no year.
    pub years: Vec<u16>,
    /// 一等, … where it is stated for one level.
    pub level: Option<String>,
    /// Its words, shortened.
    pub words: String,
    /// Where they stand.
    pub source: String,
    /// When they were taken from there, ISO 8601.
    pub read: String,
}

macro_rules! names {
    ($type:ident, $what:literal, $($variant:ident $name:literal $label:literal),+) => {
        impl $type {
            /// All of them, the gravest first.
            pub const ALL: [$type; [$($name),+].len()] = [$($type::$variant),+];

            /// The name in addresses and answers.
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// The Chinese name, as pages show it.
            pub const fn label(self) -> &'static str {
                match self { $($type::$variant => $label),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl FromStr for $type {
            type Err = String;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                $type::ALL.into_iter().find(|known| known.name() == name).ok_or_else(|| {
                    format!(concat!("unknown ", $what, " '{}', expected one of {}"), name, [$($name),+].join(", "))
                })
            }
        }
    };
}

names!(Severity, "severity", High "high" "形式审查", Medium "medium" "一般", Low "low" "提示");
names!(Outcome, "outcome", ToCheck "to_check" "需核对", NotKnown "not_known" "未知", Holds "holds" "相符");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_unknown_ones_name_the_known() {
        for outcome in Outcome::ALL {
            assert_eq!(outcome.name().parse(), Ok(outcome));
            assert_eq!(serde_json::to_value(outcome).expect("JSON"), outcome.name());
        }
        for severity in Severity::ALL {
            assert_eq!(severity.name().parse(), Ok(severity));
        }
        let error = "bad".parse::<Outcome>().expect_err("unknown");
        assert_eq!(error, "unknown outcome 'bad', expected one of to_check, not_known, holds");
    }
}
