use std::str::FromStr;

use clap::Args;

use super::{Data, Outcome, output};
use crate::{
    domain::{Facet, Kind},
    query::YearRange,
    search::{Hit, NOT_PRINTED, SearchRequest, SearchResponse},
};

#[derive(Debug, Args)]
pub(super) struct Search {
    /// Words, "exact phrases", -without, A OR B, field:value, prefix*
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// What to find: dossier, person, institution, journal, paper, ip, claim or contribution
    #[arg(long, env = "DOSSIER_KIND", default_value_t)]
    kind: Kind,
    /// Keep what has this value; again for another value or facet
    #[arg(long = "filter", value_name = "FACET=VALUE", env = "DOSSIER_FILTER", value_parser = filter)]
    filters: Vec<(Facet, String)>,
    /// How many hits at most
    #[arg(long, env = "DOSSIER_LIMIT", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// Print the answer of the HTTP API
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(flatten)]
    data: Data,
}

pub(super) fn filter(text: &str) -> Result<(Facet, String), String> {
    let (facet, value) = text.split_once('=').ok_or("write FACET=VALUE, for example year=2026")?;
    let facet = Facet::from_str(facet)?;
    if facet == Facet::Year && value != NOT_PRINTED {
        YearRange::from_str(value)?;
    }
    Ok((facet, value.to_owned()))
}

impl Search {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let request = SearchRequest {
            q: self.query.clone(),
            kind: self.kind,
            filters: self.filters.clone(),
            limit: usize::from(self.limit),
            ..SearchRequest::default()
        };
        let answer = self.data.open_existing()?.search(&request)?;
        for warning in &answer.warnings {
            output::note(warning);
        }
        if self.json {
            output::json(&answer)?;
        } else {
            output::lines(text(&answer))?;
        }
        Ok(Outcome::Done)
    }
}

fn text(answer: &SearchResponse) -> Vec<String> {
    let mut lines: Vec<String> = answer.hits.iter().flat_map(hit).collect();
    let more = if answer.relaxed { ", none with all words" } else { "" };
    lines.push(format!("{} {} found in {:.1} ms{more}", answer.total, answer.kind, answer.took_ms));
    lines
}

fn hit(hit: &Hit) -> Vec<String> {
    let year = |year: Option<u16>| year.map_or(String::new(), |year| format!(", {year}"));
    let of = hit.dossier.as_ref().filter(|of| of.id != hit.id);
    let of = of.map_or(String::new(), |of| format!("  [{}{}]", of.title, year(of.year)));
    let head = format!("{}  {}{of}", hit.id, hit.title);
    let snippets = hit.snippets.iter().map(|snippet| format!("    {}", snippet.text.replace('\n', " ")));
    std::iter::once(head).chain(snippets).collect()
}
