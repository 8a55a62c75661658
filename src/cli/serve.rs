use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;

use super::{Data, Outcome, index, output};
use crate::{
    audit::AuditError,
    http::{self, AppState, Settings},
    ingest::{Archive, ArchiveError, seed},
};

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    data: Data,
    /// Where to listen; on other than loopback addresses, writing needs DOSSIER_API_KEY
    #[arg(long, value_name = "HOST:PORT", env = "DOSSIER_ADDR", default_value = "127.0.0.1:8080")]
    addr: String,
    /// What an empty data directory starts from
    #[arg(long, value_name = "PATH", env = "DOSSIER_SEED", default_value = "seeds")]
    seed: PathBuf,
    /// Who gives this key may add and delete documents
    #[arg(long, value_name = "KEY", env = "DOSSIER_API_KEY", hide_env_values = true)]
    api_key: Option<String>,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        let archive = self.data.open()?;
        if let Some(report) = index::with_bar(|progress| seed(&archive, &self.seed, progress))? {
            index::say_failures(&report);
            tracing::info!("{}: {}", self.seed.display(), index::summary(&report));
        }
        archive.lay_out()?;
        let runtime = tokio::runtime::Runtime::new().context("cannot start the async runtime")?;
        runtime.block_on(self.listen(Arc::new(archive)))?;
        Ok(Outcome::Done)
    }

    async fn listen(self, archive: Arc<Archive>) -> anyhow::Result<()> {
        let listener = TcpListener::bind(&self.addr)
            .await
            .with_context(|| format!("cannot listen on {}; choose another with --addr", self.addr))?;
        let addr = listener.local_addr()?;
        let api_key = self.api_key.filter(|key| !key.is_empty());
        let settings = Settings { api_key, loopback: addr.ip().is_loopback(), ..Settings::default() };
        tokio::spawn(follow(Arc::clone(&archive)));
        tokio::spawn(settle_audit(Arc::clone(&archive)));
        output::lines([format!("dossier answers on http://{addr}")])?;
        http::serve(listener, AppState::new(archive, &settings), stopped()).await?;
        Ok(())
    }
}

/// Takes in what other processes have added to the record.
async fn follow(archive: Arc<Archive>) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    loop {
        ticks.tick().await;
        let archive = Arc::clone(&archive);
        match tokio::task::spawn_blocking(move || archive.catch_up()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!("the index is behind the record: {error}"),
            Err(error) => tracing::error!("catching up was stopped: {error}"),
        }
    }
}

/// Audits what has changed before anybody asks.
async fn settle_audit(archive: Arc<Archive>) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    loop {
        ticks.tick().await;
        let archive = Arc::clone(&archive);
        match tokio::task::spawn_blocking(move || archive.settle_audit()).await {
            // A question is just being answered, or has the same work done.
            Ok(Ok(()) | Err(ArchiveError::Audit(AuditError::Busy))) => {}
            Ok(Err(error)) => tracing::error!("the audit is behind the record: {error}"),
            Err(error) => tracing::error!("the audit was stopped: {error}"),
        }
    }
}

async fn stopped() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!("cannot wait for ctrl-c: {error}");
        std::future::pending::<()>().await;
    }
}
