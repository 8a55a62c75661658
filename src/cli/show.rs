use anyhow::bail;
use clap::Args;
use serde_json::Value;

use super::{Data, Outcome, output};
use crate::store::{Store, StoreError};

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The id of the record, as search prints it
    id: String,
    /// Print the record as JSON
    #[arg(long, env = "DOSSIER_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(flatten)]
    data: Data,
}

impl Show {
    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let archive = self.data.open_existing()?;
        let Some(record) = find(archive.store(), &self.id)? else {
            if let Some(removal) = archive.store().removal(&self.id)? {
                bail!("{}: this record was removed by decision {} of {}", self.id, removal.id, removal.at);
            }
            bail!("{}: there is no such record; search prints the ids", self.id);
        };
        if self.json {
            output::json(&record)?;
        } else {
            output::lines(output::outline(&record))?;
        }
        Ok(Outcome::Done)
    }
}

/// An id is one record's, whatever its kind.
fn find(store: &Store, id: &str) -> anyhow::Result<Option<Value>> {
    fn json<T: serde::Serialize>(found: Result<Option<T>, StoreError>) -> anyhow::Result<Option<Value>> {
        Ok(found?.map(serde_json::to_value).transpose()?)
    }
    let look_ups: [&dyn Fn() -> anyhow::Result<Option<Value>>; 8] = [
        &|| json(store.dossier(id)),
        &|| json(store.person(id)),
        &|| json(store.institution(id)),
        &|| json(store.journal(id)),
        &|| json(store.paper(id)),
        &|| json(store.ip(id)),
        &|| json(store.claim(id)),
        &|| json(store.contribution(id)),
    ];
    look_ups.iter().find_map(|look_up| look_up().transpose()).transpose()
}
