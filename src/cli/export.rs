use std::{
    fs::{self, File},
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::{Args, error::ErrorKind};

use super::{Data, Outcome, search::filter};
use crate::{
    domain::{Facet, Kind},
    export::{self, ExportError, Format, Selection},
    ingest::Archive,
    search::SearchRequest,
};

#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to write: dossier, person, institution, journal, paper, ip, claim or contribution
    #[arg(long, env = "DOSSIER_KIND", default_value_t)]
    kind: Kind,
    /// The format: jsonl, csv, xlsx, bibtex, ris, csl-json or json-ld
    #[arg(long, env = "DOSSIER_FORMAT", default_value_t)]
    format: Format,
    /// Only what this search finds
    #[arg(long, value_name = "QUERY", env = "DOSSIER_QUERY", default_value = "", allow_hyphen_values = true)]
    query: String,
    /// Only what has this value; again for another value or facet
    #[arg(long = "filter", value_name = "FACET=VALUE", env = "DOSSIER_FILTER", value_parser = filter)]
    filters: Vec<(Facet, String)>,
    /// Write to this file, not to stdout; it is there when it is whole
    #[arg(long, value_name = "FILE", env = "DOSSIER_OUTPUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

impl Export {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let export = match export::Export::new(self.selection(), self.format) {
            Err(error @ ExportError::Combination { .. }) => {
                clap::Error::raw(ErrorKind::ValueValidation, format!("{error}\n")).exit()
            }
            export => export?,
        };
        let archive = self.data.open_existing()?;
        match &self.output {
            Some(path) => to_file(export, &archive, path)?,
            None if self.format == Format::Xlsx && io::stdout().is_terminal() => {
                bail!("a workbook is nothing for a terminal; name a file with --output")
            }
            None => write(export, &archive, &mut io::stdout().lock())?,
        }
        Ok(Outcome::Done)
    }

    fn selection(&self) -> Selection {
        if self.query.trim().is_empty() && self.filters.is_empty() {
            return Selection::all(self.kind);
        }
        let (q, filters) = (self.query.clone(), self.filters.clone());
        Selection::found(SearchRequest { q, filters, kind: self.kind, ..SearchRequest::default() })
    }
}

/// Writes beside the file and puts it in its place when it is whole.
fn to_file(export: export::Export, archive: &Archive, path: &Path) -> anyhow::Result<()> {
    let failed = || format!("{}: cannot be written", path.display());
    let part = PathBuf::from(format!("{}.part", path.display()));
    let mut out = BufWriter::new(File::create(&part).with_context(failed)?);
    let written = write(export, archive, &mut out).and_then(|()| Ok(out.into_inner()?.sync_all()?));
    match written.and_then(|()| Ok(fs::rename(&part, path)?)) {
        Ok(()) => Ok(()),
        Err(error) => {
            // Half a file helps nobody; where it cannot be removed, the first error says more.
            let _left = fs::remove_file(&part);
            Err(error.context(failed()))
        }
    }
}

fn write(mut export: export::Export, archive: &Archive, out: &mut impl Write) -> anyhow::Result<()> {
    while let Some(part) = export.next_part(archive)? {
        out.write_all(&part)?;
    }
    Ok(out.flush()?)
}
