use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Kind;

/// What stands in place of somebody who is not to be shown; the same for everybody, so that it does not
/// tell how long a name is.
pub const REMOVED: &str = "［已移除］";

/// What somebody has decided about a record (决定): it is kept, honoured whenever the document is read
/// anew, and can be undone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Decision {
    /// 1 and up, in the order in which they were taken.
    pub id: u64,
    /// What is done.
    pub action: DecisionAction,
    /// The kind of the record it is about.
    pub kind: Kind,
    /// The address of that record.
    pub target: String,
    /// What the action needs besides; of a correction: `field`, `value` and `expected`.
    #[schema(value_type = Object)]
    pub detail: Map<String, Value>,
    /// Why.
    pub reason: String,
    /// When, ISO 8601, UTC.
    pub at: String,
    /// Who, as they named themselves.
    pub by: Option<String>,
    /// The present version of the document no longer says what was decided about, so nothing is done.
    pub stale: bool,
    /// When it was undone; `null` while it holds.
    pub undone_at: Option<String>,
    /// Why it was undone.
    pub undone_reason: Option<String>,
}

/// What was decided about a record, and when its document came (历史).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct History {
    /// The address of the record.
    pub id: String,
    /// When a document came; `null` for other records.
    pub added: Option<String>,
    /// When its present version came.
    pub updated: Option<String>,
    /// What was decided about it, the last decision first.
    pub decisions: Vec<Decision>,
}

impl Decision {
    /// Tells whether it holds.
    pub fn is_active(&self) -> bool {
        self.undone_at.is_none()
    }
}

/// What can be decided about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DecisionAction {
    /// A field of a dossier has another value (更正).
    Correct,
    /// A person or a dossier is shown no more (移除).
    Remove,
    /// Two records are one (合并).
    Merge,
    /// What was made one is two (拆分).
    Split,
    /// A record is shown under another name (更名).
    Rename,
}

impl DecisionAction {
    /// All actions.
    pub const ALL: [DecisionAction; 5] = [
        DecisionAction::Correct,
        DecisionAction::Remove,
        DecisionAction::Merge,
        DecisionAction::Split,
        DecisionAction::Rename,
    ];

    /// The name in addresses and answers.
    pub const fn name(self) -> &'static str {
        match self {
            DecisionAction::Correct => "correct",
            DecisionAction::Remove => "remove",
            DecisionAction::Merge => "merge",
            DecisionAction::Split => "split",
            DecisionAction::Rename => "rename",
        }
    }

    /// The Chinese name, as pages show it.
    pub const fn label(self) -> &'static str {
        match self {
            DecisionAction::Correct => "更正",
            DecisionAction::Remove => "移除",
            DecisionAction::Merge => "合并",
            DecisionAction::Split => "拆分",
            DecisionAction::Rename => "更名",
        }
    }
}

impl fmt::Display for DecisionAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for DecisionAction {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        DecisionAction::ALL.into_iter().find(|action| action.name() == name).ok_or_else(|| {
            let known: Vec<_> = DecisionAction::ALL.iter().map(|action| action.name()).collect();
            format!("unknown action '{name}', expected one of {}", known.join(", "))
        })
    }
}
