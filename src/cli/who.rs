use anyhow::bail;
use clap::Args;

use super::{Data, Outcome, output, output::padded};
use crate::{domain::Contribution, store::ContributionFilter};

#[derive(Debug, Args)]
pub(super) struct Who {
    /// The person's name or id
    name: String,
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
            limit: usize::MAX >> 1,
            ..ContributionFilter::default()
        };
        let page = self.data.open_existing()?.store().contributions(&filter)?;
        if self.json {
            output::json(&page)?;
        } else if page.items.is_empty() {
            bail!("{}: nobody of this name contributes to a known dossier", self.name);
        } else {
            output::lines(page.items.iter().flat_map(lines))?;
        }
        Ok(Outcome::Done)
    }
}

fn lines(contribution: &Contribution) -> Vec<String> {
    let Contribution { person, rank, dossier, institution, claims, text, .. } = contribution;
    let rank = rank.map_or("–".to_owned(), |rank| rank.to_string());
    let institution = institution.as_ref().map_or("", |institution| institution.name.as_str());
    let year = dossier.year.map_or(String::new(), |year| format!(" ({year})"));
    let mut lines = vec![
        format!("{}  {}", padded(&person.name, 8), institution),
        format!("  {}{year}", dossier.title),
        format!("  rank {rank}; papers {}, ip {}", contribution.papers.len(), contribution.ip.len()),
    ];
    lines.extend(claims.iter().map(|claim| format!("  claim {}  {}", claim.number, claim.heading)));
    lines.push(format!("  {}", text.replace('\n', " ")));
    lines.push(String::new());
    lines
}
