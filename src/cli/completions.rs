use std::io;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Outcome;

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell to complete for
    shell: Shell,
}

impl Completions {
    pub(super) fn run<C: CommandFactory>(&self) -> anyhow::Result<Outcome> {
        clap_complete::generate(self.shell, &mut C::command(), "dossier", &mut io::stdout());
        Ok(Outcome::Done)
    }
}
