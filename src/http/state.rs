use std::{sync::Arc, time::Duration};

use super::{access::Access, error::ApiError, limits::Limits};
use crate::{ingest::Archive, store::Store};

/// What the service is told when it starts.
#[derive(Clone)]
pub struct Settings {
    /// Who gives this key may write; without a key, only this machine may.
    pub api_key: Option<String>,
    /// Tells whether the service listens on a loopback address only.
    pub loopback: bool,
    /// How many searches, look-ups and uploads are worked on at a time.
    pub workers: usize,
    /// How many more may wait before the service answers 503.
    pub queue: usize,
    /// How long one request may take; an upload may take six times as long.
    pub time_limit: Duration,
    /// How long the head of a request may take to come.
    pub head_limit: Duration,
    /// The largest body accepted, in bytes.
    pub body_limit: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_key: None,
            loopback: true,
            // An upload that waits for the process that reads it leaves one to searches.
            workers: std::thread::available_parallelism().map_or(2, usize::from).max(2),
            queue: 256,
            time_limit: Duration::from_secs(10),
            head_limit: Duration::from_secs(10),
            body_limit: 32 * 1024 * 1024,
        }
    }
}

/// What every handler shares; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

struct Shared {
    archive: Arc<Archive>,
    access: Access,
    limits: Limits,
    head_limit: Duration,
    body_limit: usize,
}

impl AppState {
    /// Makes the state of one service over an opened archive.
    pub fn new(archive: Arc<Archive>, settings: &Settings) -> Self {
        Self(Arc::new(Shared {
            archive,
            access: Access::new(settings.api_key.as_deref(), settings.loopback),
            limits: Limits::new(settings.workers, settings.queue, settings.time_limit),
            head_limit: settings.head_limit,
            body_limit: settings.body_limit,
        }))
    }

    pub(crate) fn access(&self) -> &Access {
        &self.0.access
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn head_limit(&self) -> Duration {
        self.0.head_limit
    }

    pub(crate) fn body_limit(&self) -> usize {
        self.0.body_limit
    }

    /// Asks the archive, on a thread that may block, within the limits of a read.
    pub(crate) async fn ask<T, E>(
        &self,
        work: impl FnOnce(&Archive) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        let archive = Arc::clone(&self.0.archive);
        self.limits().read(move || work(&archive)).await?.map_err(Into::into)
    }

    /// Asks the archive what it answers in milliseconds.
    pub(crate) async fn ask_in_place<T, E>(
        &self,
        work: impl FnOnce(&Archive) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        let archive = Arc::clone(&self.0.archive);
        self.limits().brief(move || work(&archive)).await?.map_err(Into::into)
    }

    /// Asks on, for an answer of which a part is sent already.
    pub(crate) async fn go_on<T, E>(
        &self,
        work: impl FnOnce(&Archive) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        let archive = Arc::clone(&self.0.archive);
        self.limits().go_on(move || work(&archive)).await?.map_err(Into::into)
    }

    /// Changes the archive, within the limits of a write.
    pub(crate) async fn change<T, E>(
        &self,
        work: impl FnOnce(&Archive) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        let archive = Arc::clone(&self.0.archive);
        self.limits().write(move || work(&archive)).await?.map_err(Into::into)
    }

    /// Looks a record up, whose address is `folder` and the id; [`ApiError::Moved`] where it was made one with
    /// another, whose address answers instead.
    pub(crate) async fn find_or_follow<T, E>(
        &self,
        what: &'static str,
        folder: &'static str,
        id: String,
        look_up: impl FnOnce(&Store, &str) -> Result<Option<T>, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        self.ask(move |archive| {
            let store = archive.store();
            if let Some(found) = look_up(store, &id).map_err(Into::into)? {
                return Ok(found);
            }
            let moved = store.moved_to(&id)?.map(|now| ApiError::Moved(format!("{folder}/{now}")));
            Err(moved.unwrap_or_else(|| ApiError::absent(store, what, &id)))
        })
        .await
    }

    /// Looks one record up; [`ApiError::NotFound`] where there is none, [`ApiError::Gone`] where it was
    /// removed by a decision.
    pub(crate) async fn find<T, E>(
        &self,
        what: &'static str,
        id: String,
        look_up: impl FnOnce(&Store, &str) -> Result<Option<T>, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        self.ask(move |archive| {
            let store = archive.store();
            look_up(store, &id).map_err(Into::into)?.ok_or_else(|| ApiError::absent(store, what, &id))
        })
        .await
    }
}
