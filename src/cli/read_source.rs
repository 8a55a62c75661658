use std::env::args_os;

use anyhow::Context;
use clap::Parser;

use super::Outcome;
use crate::ingest::serve_reader;

/// What the program starts for a file of a hostile format. It stands beside the subcommands, so that
/// neither the help nor a shell offers it.
#[derive(Debug, Parser)]
#[command(name = "read-source")]
pub(super) struct ReadSource {
    /// Its ending helps to tell the format
    #[arg(long)]
    name: String,
    /// Hand over the documents of a zip file, too
    #[arg(long)]
    within: bool,
}

impl ReadSource {
    /// The arguments of the program, where it was started to read a file.
    pub(super) fn asked_for() -> Option<Self> {
        let mut arguments = args_os().skip(1).peekable();
        arguments.peek().is_some_and(|first| first == "read-source").then(|| Self::parse_from(arguments))
    }

    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        serve_reader(&self.name, self.within).context("the file could not be handed over")?;
        Ok(Outcome::Done)
    }
}
