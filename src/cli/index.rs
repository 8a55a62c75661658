use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Data, Outcome, output};
use crate::ingest::{Report, index_paths};

#[derive(Debug, Args)]
pub(super) struct Index {
    /// Files, zip files of them, and folders that are searched for .txt .md .html .docx .pdf .zip
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    data: Data,
    /// Print the report as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
}

impl Index {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let archive = self.data.open()?;
        let report = with_bar(|progress| index_paths(&archive, &self.paths, progress))?;
        say_failures(&report);
        if self.json {
            output::json(&report)?;
        } else {
            output::lines([summary(&report)])?;
        }
        Ok(if report.failed.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
    }
}

/// Works with a bar on a terminal; hands back what the work gives.
pub(super) fn with_bar<T>(work: impl FnOnce(&mut dyn FnMut(usize, usize)) -> T) -> T {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("reading {wide_bar} {pos}/{len} files") {
        bar.set_style(style);
    }
    let done = work(&mut |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    done
}

/// Says what failed, and what is still to come.
pub(super) fn say_failures(report: &Report) {
    for failure in &report.failed {
        output::error(&format!("{}: {}", failure.path, failure.error));
    }
    if report.pending {
        output::note("another process has the index open; it finds what was added within a second");
    }
}

pub(super) fn summary(report: &Report) -> String {
    let Report { added, updated, unchanged, failed, took_ms, .. } = report;
    let failed = failed.len();
    format!("added {added}, updated {updated}, unchanged {unchanged}, failed {failed}, in {took_ms} ms")
}
