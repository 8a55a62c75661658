use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;

use super::{Outcome, output, reader};
use crate::ingest::{load_file, read_by};

#[derive(Debug, Args)]
pub(super) struct Parse {
    /// The file to read
    file: PathBuf,
    /// Print the dossier as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
}

impl Parse {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let name = self.file.to_string_lossy();
        let bytes = load_file(&self.file).map_err(|why| anyhow!("{name}: {why}"))?;
        let reading = read_by(&reader()?, &name, &bytes).map_err(|why| anyhow!("{name}: {why}"))?;
        if self.json {
            output::json(&reading.dossier)?;
        } else {
            output::lines(output::outline(&serde_json::to_value(&reading.dossier)?))?;
        }
        Ok(Outcome::Done)
    }
}
