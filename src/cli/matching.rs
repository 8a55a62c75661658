use clap::Args;

use super::{Data, Outcome, output, output::padded};
use crate::resolve::InstitutionMatch;

#[derive(Debug, Args)]
pub(super) struct Match {
    /// The affiliation, as it is printed
    affiliation: String,
    /// Print the institutions as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(flatten)]
    data: Data,
}

impl Match {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let matches = self.data.open_existing()?.match_institutions(&self.affiliation)?;
        if self.json {
            output::json(&matches)?;
        } else {
            output::lines(matches.items.iter().map(line))?;
        }
        Ok(Outcome::Done)
    }
}

/// `*` stands before the institution that is meant.
fn line(item: &InstitutionMatch) -> String {
    let chosen = if item.chosen { '*' } else { ' ' };
    let id = item.institution.id.as_deref().unwrap_or("–");
    let matching = serde_json::to_value(item.matching_type).unwrap_or_default();
    let matching = padded(matching.as_str().unwrap_or_default(), 10);
    format!("{chosen} {:.2}  {matching}  {}  {}", item.score, padded(id, 13), item.institution.name)
}
