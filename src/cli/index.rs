use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Data, Outcome, output};
use crate::ingest::{Archive, Report, index_paths};

#[derive(Debug, Args)]
pub(super) struct Index {
    /// Files, and folders that are searched for .txt files
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    data: Data,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

impl Index {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let archive = self.data.open()?;
        let report = with_progress(&archive, &self.paths)?;
        if self.json {
            output::json(&report)?;
        } else {
            output::lines([summary(&report)])?;
        }
        Ok(if report.failed.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
    }
}

/// Indexes with a bar on a terminal, and says what failed.
pub(super) fn with_progress(archive: &Archive, paths: &[PathBuf]) -> anyhow::Result<Report> {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("reading {wide_bar} {pos}/{len} files") {
        bar.set_style(style);
    }
    let report = index_paths(archive, paths, |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    let report = report?;
    for failure in &report.failed {
        output::error(&format!("{}: {}", failure.path, failure.error));
    }
    Ok(report)
}

pub(super) fn summary(report: &Report) -> String {
    let Report { added, updated, unchanged, failed, took_ms, .. } = report;
    let failed = failed.len();
    format!("added {added}, updated {updated}, unchanged {unchanged}, failed {failed}, in {took_ms} ms")
}
