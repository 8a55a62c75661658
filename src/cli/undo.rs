use clap::Args;

use super::{Data, Outcome, decisions::report};

#[derive(Debug, Args)]
pub(super) struct Undo {
    /// The number of the decision
    decision: u64,
    /// Why
    #[arg(long)]
    reason: String,
    /// Print the decision as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(flatten)]
    data: Data,
}

impl Undo {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let decision = self.data.open_existing()?.undo(self.decision, &self.reason)?;
        report(&decision, self.json)
    }
}
