use std::path::PathBuf;

use clap::Args;

use super::{Data, Outcome, output};
use crate::{domain::Kind, store::restore};

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The file that backup wrote
    file: PathBuf,
    /// Replace what the data directory holds
    #[arg(long, env = "DOSSIER_FORCE", value_parser = clap::builder::FalseyValueParser::new())]
    force: bool,
    #[command(flatten)]
    data: Data,
}

impl Restore {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        restore(&self.file, &self.data.data, self.force)?;
        // Opening builds the index anew from what was restored.
        let counts = self.data.open()?.store().counts()?;
        let documents = counts.get(&Kind::Dossier).copied().unwrap_or_default();
        output::lines([format!("{documents} documents restored into {}", self.data.data.display())])?;
        Ok(Outcome::Done)
    }
}
