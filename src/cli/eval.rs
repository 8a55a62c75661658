use std::path::PathBuf;

use clap::Args;

use super::{Outcome, output};
use crate::evaluation::evaluate;

#[derive(Debug, Args)]
pub(super) struct Eval {
    /// The documents: a folder, or one file
    documents: PathBuf,
    /// The key: JSON files of the same names, in the form that parse --json prints
    key: PathBuf,
    /// Print every value that is wrong
    #[arg(long, env = "DOSSIER_FAULTS", value_parser = clap::builder::FalseyValueParser::new())]
    faults: bool,
    /// Print the counts as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
}

impl Eval {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let report = evaluate(&self.documents, &self.key)?;
        if self.json {
            output::json(&report)?;
            return Ok(Outcome::Done);
        }
        let faults = report.all.faults.iter().filter(|_| self.faults).cloned();
        output::lines(report.to_string().lines().map(str::to_owned).chain(faults))?;
        Ok(Outcome::Done)
    }
}
