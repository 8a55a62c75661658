use std::ops::RangeInclusive;

use anyhow::bail;
use clap::Args;

use super::{Data, Outcome, output, output::padded};
use crate::{
    domain::{ClaimRef, Contribution},
    query::YearRange,
    store::{ContributionFilter, Store},
};

#[derive(Debug, Args)]
pub(super) struct Who {
    /// The person's name or id
    name: String,
    /// Only printed ranks: 1 or 1..3
    #[arg(long, value_name = "RANK", value_parser = ranks, env = "DOSSIER_RANK")]
    rank: Option<RangeInclusive<u32>>,
    /// Only at this institution, by name or id
    #[arg(long, value_name = "INSTITUTION", env = "DOSSIER_INSTITUTION")]
    institution: Option<String>,
    /// Only what credits this claim (创新点)
    #[arg(long, value_name = "NUMBER", env = "DOSSIER_CLAIM")]
    claim: Option<u32>,
    /// Only awards of this year: 2026 or 2020..2026
    #[arg(long, value_name = "YEAR", env = "DOSSIER_YEAR")]
    year: Option<YearRange>,
    /// Print the contributions as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(flatten)]
    data: Data,
}

impl Who {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let filter = ContributionFilter {
            person: Some(self.name.clone()),
            ranks: self.rank.clone(),
            institution: self.institution.clone(),
            claim: self.claim,
            years: self.year.map(|year| year.bounds()),
            limit: usize::MAX >> 1,
            ..ContributionFilter::default()
        };
        let archive = self.data.open_existing()?;
        let page = archive.store().contributions(&filter)?;
        if self.json {
            output::json(&page)?;
        } else if page.items.is_empty() {
            bail!("{}: nobody of this name contributes so to a known dossier", self.name);
        } else {
            for contribution in &page.items {
                output::lines(lines(archive.store(), contribution)?)?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// Reads `2` and `1..3`.
fn ranks(text: &str) -> Result<RangeInclusive<u32>, String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    match (first.parse::<u32>(), last.parse::<u32>()) {
        (Ok(first), Ok(last)) if 1 <= first && first <= last => Ok(first..=last),
        _ => Err(format!("'{text}' is no rank; write 1 or 1..3")),
    }
}

fn lines(store: &Store, contribution: &Contribution) -> anyhow::Result<Vec<String>> {
    let Contribution { person, rank, dossier, institution, claims, text, .. } = contribution;
    let rank = rank.map_or("–".to_owned(), |rank| rank.to_string());
    let institution = institution.as_ref().map_or("", |institution| institution.name.as_str());
    let year = dossier.year.map_or(String::new(), |year| format!(" ({year})"));
    let mut lines = vec![
        format!("{}  {}", padded(&person.name, 8), institution),
        format!("  {}{year}", dossier.title),
        format!("  rank {rank}; papers {}, ip {}", contribution.papers.len(), contribution.ip.len()),
    ];
    if !contribution.roles.is_empty() {
        lines.push(format!("  {}", contribution.roles.join(", ")));
    }
    lines.extend(claims.iter().flat_map(claim_lines));
    for id in &contribution.papers {
        lines.extend(
            store.paper(id)?.map(|record| work_line("paper", record.paper.number, &record.paper.title)),
        );
    }
    for id in &contribution.ip {
        lines.extend(store.ip(id)?.map(|record| work_line("ip", record.ip.number, &record.ip.title)));
    }
    lines.push(format!("  {}", text.replace('\n', " ")));
    lines.push(String::new());
    Ok(lines)
}

/// A claim, and the sentence that credits it with its place in the source.
fn claim_lines(claim: &ClaimRef) -> Vec<String> {
    let mut lines = vec![format!("  claim {}  {}", claim.number, claim.heading)];
    if let Some(text) = &claim.text {
        let place = claim.span.map_or(String::new(), |span| format!("  [{}, {}]", span.start, span.end));
        lines.push(format!("    {}{place}", text.replace('\n', " ")));
    }
    lines
}

fn work_line(kind: &str, number: Option<u32>, title: &str) -> String {
    let number = number.map_or("–".to_owned(), |number| number.to_string());
    format!("  {kind} {number}  {title}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_read_alone_and_as_ranges() {
        assert_eq!(ranks("2"), Ok(2..=2));
        assert_eq!(ranks("1..3"), Ok(1..=3));
        for text in ["0", "3..1", "first", ""] {
            assert!(ranks(text).is_err(), "{text}");
        }
    }
}
