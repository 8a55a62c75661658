use clap::Args;
use serde_json::Map;

use super::{Data, Outcome, decisions::report};
use crate::{domain::DecisionAction, store::NewDecision};

#[derive(Debug, Args)]
pub(super) struct Remove {
    /// The id of the person or the dossier
    id: String,
    /// Why; of a person, this is kept and not told
    #[arg(long)]
    reason: String,
    /// Why in one word, which the history tells
    #[arg(long, value_parser = ["request", "legal", "error", "other"], default_value = "other")]
    category: String,
    /// Who decides
    #[arg(long, env = "DOSSIER_BY")]
    by: Option<String>,
    /// Print the decision as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(flatten)]
    data: Data,
}

impl Remove {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let detail = Map::from_iter([("category".to_owned(), self.category.clone().into())]);
        let new = NewDecision {
            action: DecisionAction::Remove,
            target: self.id.clone(),
            detail,
            reason: self.reason.clone(),
            by: self.by.clone(),
        };
        let decision = self.data.open_existing()?.decide(&new)?;
        report(&decision, self.json)
    }
}
