//! What does the terminal ask for?
//!
//! One file a subcommand: each asks the archive and prints. Data goes to stdout, messages to stderr,
//! and the exit status is 0 done, 1 something failed, 2 wrong usage. Decides nothing about documents.

mod audit;
mod backup;
mod completions;
mod correct;
mod decisions;
mod eval;
mod export;
mod index;
mod matching;
mod output;
mod parse;
mod read_source;
mod remove;
mod restore;
mod search;
mod serve;
mod show;
mod undo;
mod who;

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::ingest::{Archive, Reader, TIME_LIMIT};

/// Finds who contributed what, in medical-award dossiers.
#[derive(Debug, Parser)]
#[command(name = "dossier", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the HTTP API and the web page
    Serve(serve::Serve),
    /// Read files and folders into the data directory
    Index(index::Index),
    /// Read one file and print what it states, storing nothing
    Parse(parse::Parse),
    /// Search the data directory
    Search(search::Search),
    /// Print one record: a dossier, person, institution, journal, paper, ip or claim
    Show(show::Show),
    /// Print every contribution of a person, with the claims credited
    Who(who::Who),
    /// Print what a formal reviewer would ask, of one dossier, of a file or of all
    Audit(audit::Audit),
    /// Print the institutions that a printed affiliation may mean
    Match(matching::Match),
    /// Correct a field of a dossier, with a reason
    Correct(correct::Correct),
    /// Remove a person or a dossier, with a reason
    Remove(remove::Remove),
    /// Undo a decision, with a reason
    Undo(undo::Undo),
    /// Print what was decided, when and why
    Decisions(decisions::Decisions),
    /// Print precision, recall and F1 of the reading against a hand-made key
    Eval(eval::Eval),
    /// Write everything out again, or what a search finds
    Export(export::Export),
    /// Copy the record to a file, also while it is served
    Backup(backup::Backup),
    /// Put a copy into a data directory and build its index
    Restore(restore::Restore),
    /// Print shell completions
    Completions(completions::Completions),
}

/// Where documents are kept.
#[derive(Debug, Args)]
struct Data {
    /// The data directory
    #[arg(long, value_name = "DIR", env = "DOSSIER_DATA", default_value = "index")]
    data: PathBuf,
}

impl Data {
    /// Opens what must be there already.
    fn open_existing(&self) -> anyhow::Result<Archive> {
        self.existing()?;
        self.open()
    }

    /// The folder, which must be there already.
    fn existing(&self) -> anyhow::Result<&Path> {
        if !self.data.is_dir() {
            bail!("{}: there is no such data directory; dossier index makes one", self.data.display());
        }
        Ok(&self.data)
    }

    fn open(&self) -> anyhow::Result<Archive> {
        Archive::open_with(&self.data, reader()?)
            .with_context(|| format!("cannot open the data directory {}", self.data.display()))
    }
}

/// Reads hostile files by this very program. On Linux it is named so that it is found even when a newer
/// one was installed in its place.
fn reader() -> anyhow::Result<Reader> {
    let program = if cfg!(target_os = "linux") {
        PathBuf::from("/proc/self/exe")
    } else {
        std::env::current_exe().context("cannot find the program that is running")?
    };
    Ok(Reader::with_program(program, TIME_LIMIT))
}

/// Whether everything that was asked for was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    SomeFailed,
}

/// Runs the program on its command line.
pub fn run() -> ExitCode {
    if let Some(reader) = read_source::ReadSource::asked_for() {
        log();
        return status(reader.run());
    }
    let cli = Cli::parse();
    log();
    status(match cli.command {
        Command::Serve(serve) => serve.run(),
        Command::Index(index) => index.run(),
        Command::Parse(parse) => parse.run(),
        Command::Search(search) => search.run(),
        Command::Show(show) => show.run(),
        Command::Who(who) => who.run(),
        Command::Audit(audit) => audit.run(),
        Command::Match(matching) => matching.run(),
        Command::Correct(correct) => correct.run(),
        Command::Remove(remove) => remove.run(),
        Command::Undo(undo) => undo.run(),
        Command::Decisions(decisions) => decisions.run(),
        Command::Eval(eval) => eval.run(),
        Command::Export(export) => export.run(),
        Command::Backup(backup) => backup.run(),
        Command::Restore(restore) => restore.run(),
        Command::Completions(completions) => completions.run::<Cli>(),
    })
}

fn status(outcome: anyhow::Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}

/// Logs to stderr; `DOSSIER_LOG` chooses what, as `info` or `dossier_search=debug`.
fn log() {
    let filter = EnvFilter::try_from_env("DOSSIER_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        .init();
}

/// A reader such as `head` that has seen enough is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain();
    causes.any(|cause| {
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        kind.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
