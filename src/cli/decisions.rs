use clap::Args;

use super::{Data, Outcome, output};
use crate::{
    domain::{Decision, DecisionAction},
    store::DecisionFilter,
};

#[derive(Debug, Args)]
pub(super) struct Decisions {
    /// Only those about the record of this id
    #[arg(long, value_name = "ID")]
    target: Option<String>,
    /// Only those of this action
    #[arg(long)]
    action: Option<DecisionAction>,
    /// Only those that hold
    #[arg(long)]
    active: bool,
    /// Print the decisions as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(flatten)]
    data: Data,
}

impl Decisions {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let filter = DecisionFilter {
            target: self.target.clone(),
            action: self.action,
            active: self.active.then_some(true),
            limit: usize::MAX >> 1,
            offset: 0,
        };
        let page = self.data.open_existing()?.store().decisions(&filter)?;
        if self.json {
            output::json(&page)?;
        } else {
            output::lines(page.items.iter().map(line))?;
        }
        Ok(Outcome::Done)
    }
}

/// Prints a decision that was just taken or undone.
pub(super) fn report(decision: &Decision, json: bool) -> anyhow::Result<Outcome> {
    if json {
        output::json(decision)?;
    } else {
        output::lines([line(decision)])?;
    }
    Ok(Outcome::Done)
}

fn line(decision: &Decision) -> String {
    let Decision { id, action, target, at, reason, .. } = decision;
    let field = decision.detail.get("field").and_then(|field| field.as_str());
    let field = field.map_or(String::new(), |field| format!(" {field}"));
    let state = match &decision.undone_at {
        Some(at) => format!("  (undone {at})"),
        None if decision.stale => "  (stale)".to_owned(),
        None => String::new(),
    };
    format!("{id}  {at}  {action} {target}{field}  {}{state}", reason.replace('\n', " "))
}
