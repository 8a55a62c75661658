use std::{fmt, str::FromStr};

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Kind;

/// A form in which records are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One JSON object a line, as the record's own address answers.
    #[default]
    Jsonl,
    /// A table of comma-separated values, UTF-8 with a byte-order mark.
    Csv,
    /// A workbook of Office Open XML.
    Xlsx,
    /// Entries of BibTeX and BibLaTeX.
    Bibtex,
    /// References as RIS tags.
    Ris,
    /// References as citation processors take them.
    CslJson,
    /// A graph of schema.org.
    JsonLd,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 7] = [
        Format::Jsonl,
        Format::Csv,
        Format::Xlsx,
        Format::Bibtex,
        Format::Ris,
        Format::CslJson,
        Format::JsonLd,
    ];

    /// The name in addresses and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Bibtex => "bibtex",
            Format::Ris => "ris",
            Format::CslJson => "csl-json",
            Format::JsonLd => "json-ld",
        }
    }

    /// The name as pages show it.
    pub const fn label(self) -> &'static str {
        match self {
            Format::Jsonl => "JSON Lines",
            Format::Csv => "CSV",
            Format::Xlsx => "Excel",
            Format::Bibtex => "BibTeX",
            Format::Ris => "RIS",
            Format::CslJson => "CSL-JSON",
            Format::JsonLd => "JSON-LD",
        }
    }

    /// The media type, as far as there is a registered or a customary one.
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Jsonl => "application/jsonl; charset=utf-8",
            Format::Csv => "text/csv; charset=utf-8; header=present",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Bibtex => "application/x-bibtex; charset=utf-8",
            Format::Ris => "application/x-research-info-systems; charset=utf-8",
            Format::CslJson => "application/vnd.citationstyles.csl+json",
            Format::JsonLd => "application/ld+json",
        }
    }

    /// The ending of a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Bibtex => "bib",
            Format::Ris => "ris",
            Format::CslJson => "csl.json",
            Format::JsonLd => "jsonld",
        }
    }

    /// Tells whether records of a kind have a form: references are made of papers and rights, and of a
    /// dossier those that it lists.
    pub const fn takes(self, kind: Kind) -> bool {
        match self {
            Format::Jsonl | Format::Csv | Format::Xlsx | Format::JsonLd => true,
            Format::Bibtex | Format::Ris | Format::CslJson => {
                matches!(kind, Kind::Dossier | Kind::Paper | Kind::Ip)
            }
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Format::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| {
            let known = Format::ALL.map(Format::name).join(", ");
            format!("unknown format '{name}', expected one of {known}")
        })
    }
}
