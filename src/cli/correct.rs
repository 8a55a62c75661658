use clap::Args;
use serde_json::{Map, Value};

use super::{Data, Outcome, decisions::report};
use crate::{domain::DecisionAction, revision::FieldPath, store::NewDecision};

#[derive(Debug, Args)]
pub(super) struct Correct {
    /// The id of the dossier
    id: String,
    #[arg(help = "The field, as warnings name it: title, award.year, contributors[0].institution")]
    field: String,
    /// What it should say; a number, true, false or a list as JSON writes it
    #[arg(required_unless_present = "none")]
    value: Option<String>,
    /// The field should say nothing
    #[arg(long, conflicts_with = "value")]
    none: bool,
    /// Correct only if this was read there
    #[arg(long, value_name = "VALUE")]
    expected: Option<String>,
    /// Why
    #[arg(long)]
    reason: String,
    /// Who decides
    #[arg(long, env = "DOSSIER_BY")]
    by: Option<String>,
    /// Print the decision as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(flatten)]
    data: Data,
}

impl Correct {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let mut detail = Map::new();
        detail.insert("field".to_owned(), self.field.clone().into());
        let value = self.value.as_deref().map_or(Value::Null, |text| self.typed(text));
        detail.insert("value".to_owned(), value);
        if let Some(expected) = &self.expected {
            detail.insert("expected".to_owned(), self.typed(expected));
        }
        let new = NewDecision {
            action: DecisionAction::Correct,
            target: self.id.clone(),
            detail,
            reason: self.reason.clone(),
            by: self.by.clone(),
        };
        let decision = self.data.open_existing()?.decide(&new)?;
        report(&decision, self.json)
    }

    /// A value as the field has it: a text where it takes one, else JSON.
    fn typed(&self, text: &str) -> Value {
        let plain = Value::from(text);
        let takes_text = self.field.parse::<FieldPath>().is_ok_and(|field| field.read(&plain).is_ok());
        if takes_text { plain } else { serde_json::from_str(text).unwrap_or(plain) }
    }
}
