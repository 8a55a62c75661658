use std::{fs, path::PathBuf};

use anyhow::bail;
use clap::Args;

use super::{Data, Outcome};
use crate::store::Store;

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write; it is there when it is whole
    file: PathBuf,
    /// Replace a file that is there
    #[arg(long, env = "DOSSIER_FORCE", value_parser = clap::builder::FalseyValueParser::new())]
    force: bool,
    #[command(flatten)]
    data: Data,
}

impl Backup {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let folder = self.data.existing()?;
        let (file, name) = (&self.file, self.file.display());
        if fs::symlink_metadata(file).is_ok() && !self.force {
            bail!("{name}: there is such a file already; --force replaces it");
        }
        if let (Ok(into), Ok(data)) = (fs::canonicalize(file), fs::canonicalize(folder))
            && into.starts_with(&data)
        {
            bail!("{name}: it lies in the data directory, which it is to be a copy of; name another place");
        }
        Store::open(folder)?.backup(file)?;
        Ok(Outcome::Done)
    }
}
