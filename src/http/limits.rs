use std::{sync::Arc, time::Duration};

use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::{block_in_place, spawn_blocking},
    time::{Instant, timeout_at},
};

use super::error::ApiError;

/// An upload may take this many times as long as a read.
const WRITE_FACTOR: u32 = 6;

/// How many uploads are held in memory at a time: one is read while another is worked on.
const UPLOADS: usize = 2;

/// Bounds blocking work in number and in time, and keeps all but what is brief off the async threads.
///
/// A permit belongs to the work, not to the request: work whose client has gone, or whose time is up,
/// cannot be stopped, and holds its place until it ends.
pub(crate) struct Limits {
    slots: Arc<Semaphore>,
    workers: Arc<Semaphore>,
    writer: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
    time_limit: Duration,
}

impl Limits {
    /// Admits `workers` at a time and `queue` more that wait.
    pub(crate) fn new(workers: usize, queue: usize, time_limit: Duration) -> Self {
        let workers = workers.max(1);
        Self {
            slots: Arc::new(Semaphore::new(workers.saturating_add(queue).min(Semaphore::MAX_PERMITS))),
            workers: Arc::new(Semaphore::new(workers.min(Semaphore::MAX_PERMITS))),
            writer: Arc::new(Semaphore::new(1)),
            uploads: Arc::new(Semaphore::new(UPLOADS)),
            time_limit,
        }
    }

    /// How long each step of a write may take: waiting for a place, receiving the body, the change itself.
    pub(crate) fn write_limit(&self) -> Duration {
        self.time_limit.saturating_mul(WRITE_FACTOR)
    }

    /// Runs a search or a look-up.
    ///
    /// # Errors
    /// [`ApiError::Busy`] at once where the queue is full, and where no worker came free in time;
    /// [`ApiError::TooSlow`] where the work does not end in time; [`ApiError::Panicked`].
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let slot = self.slot()?;
        self.run(vec![slot], Instant::now() + self.time_limit, work).await
    }

    /// Runs what is over in milliseconds on the thread that asks, which hands its other work on meanwhile: to wait for
    /// another thread and be woken by it took a quarter of a search. Its time is bounded by its own limits alone.
    ///
    /// # Errors
    /// [`ApiError::Busy`] as in [`Limits::read`].
    pub(crate) async fn brief<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        // A runtime of one thread has nobody to hand its work to.
        if Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
            return self.read(work).await;
        }
        let _slot = self.slot()?;
        let _place = wait(&self.workers, Instant::now() + self.time_limit).await?;
        Ok(block_in_place(work))
    }

    /// Runs a further step of an answer that has begun: it cannot be refused any more, so it waits for a
    /// place in the queue.
    pub(crate) async fn go_on<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let deadline = Instant::now() + self.write_limit();
        let slot = wait(&self.slots, deadline).await?;
        self.run(vec![slot], deadline, work).await
    }

    /// Runs a change. Writers take turns before they take a worker, so that many uploads never keep
    /// more than one worker from the readers.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let slot = self.slot()?;
        let deadline = Instant::now() + self.write_limit();
        let turn = wait(&self.writer, deadline).await?;
        self.run(vec![slot, turn], deadline, work).await
    }

    /// Waits for the right to hold the body of an upload in memory.
    pub(crate) async fn upload(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        wait(&self.uploads, Instant::now() + self.write_limit()).await
    }

    fn slot(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        Arc::clone(&self.slots).try_acquire_owned().map_err(|_| ApiError::Busy)
    }

    async fn run<T: Send + 'static>(
        &self,
        mut held: Vec<OwnedSemaphorePermit>,
        deadline: Instant,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        held.push(wait(&self.workers, deadline).await?);
        let span = tracing::Span::current();
        let task = spawn_blocking(move || {
            let _held = held;
            span.in_scope(work)
        });
        match timeout_at(deadline, task).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(failed)) => Err(ApiError::Panicked(failed.to_string())),
            Err(_) => Err(ApiError::TooSlow),
        }
    }
}

async fn wait(places: &Arc<Semaphore>, deadline: Instant) -> Result<OwnedSemaphorePermit, ApiError> {
    match timeout_at(deadline, Arc::clone(places).acquire_owned()).await {
        Ok(Ok(place)) => Ok(place),
        Ok(Err(_)) | Err(_) => Err(ApiError::Busy),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn blocker() -> (mpsc::Sender<()>, impl FnOnce() + Send + 'static) {
        let (release, blocked) = mpsc::channel();
        (release, move || {
            let _ended = blocked.recv();
        })
    }

    #[tokio::test]
    async fn a_full_queue_refuses_at_once_and_admits_again_when_work_ends() {
        let limits = Arc::new(Limits::new(1, 0, Duration::from_secs(30)));
        let (release, work) = blocker();
        let first = tokio::spawn({
            let limits = Arc::clone(&limits);
            async move { limits.read(work).await }
        });
        while limits.slots.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(limits.read(|| ()).await, Err(ApiError::Busy)));
        drop(release);
        first.await.expect("joined").expect("done");
        assert_eq!(limits.read(|| 7).await.expect("admitted"), 7);
    }

    #[tokio::test]
    async fn an_answer_that_has_begun_waits_where_others_are_refused() {
        let limits = Arc::new(Limits::new(1, 0, Duration::from_secs(30)));
        let (release, work) = blocker();
        let spawn = |limits: &Arc<Limits>| Arc::clone(limits);
        let (first, second) = (spawn(&limits), spawn(&limits));
        let first = tokio::spawn(async move { first.read(work).await });
        while limits.slots.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let second = tokio::spawn(async move { second.go_on(|| 7).await });
        tokio::task::yield_now().await;
        assert!(matches!(limits.read(|| ()).await, Err(ApiError::Busy)));
        drop(release);
        first.await.expect("joined").expect("done");
        assert_eq!(second.await.expect("joined").expect("its turn came"), 7);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn others_are_served_while_their_thread_answers() {
        let limits = Arc::new(Limits::new(1, 0, Duration::from_secs(30)));
        let (release, work) = blocker();
        let first = tokio::spawn({
            let limits = Arc::clone(&limits);
            async move { limits.brief(work).await }
        });
        while limits.slots.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(limits.brief(|| ()).await, Err(ApiError::Busy)));
        tokio::spawn(async move { drop(release) }).await.expect("served by another thread");
        first.await.expect("joined").expect("done");
        assert_eq!(limits.brief(|| 7).await.expect("admitted"), 7);
    }

    #[tokio::test]
    async fn work_that_does_not_end_in_time_keeps_its_worker() {
        let limits = Limits::new(1, 1, Duration::from_millis(30));
        let (release, work) = blocker();
        assert!(matches!(limits.read(work).await, Err(ApiError::TooSlow)));
        assert!(matches!(limits.read(|| ()).await, Err(ApiError::Busy)), "the worker is still taken");
        drop(release);
    }

    #[tokio::test]
    async fn waiting_writers_leave_workers_to_readers() {
        let limits = Arc::new(Limits::new(2, 4, Duration::from_secs(30)));
        let (release, work) = blocker();
        let writers: Vec<_> = [Box::new(work) as Box<dyn FnOnce() + Send>, Box::new(|| ())]
            .into_iter()
            .map(|work| {
                let limits = Arc::clone(&limits);
                tokio::spawn(async move { limits.write(work).await })
            })
            .collect();
        while limits.slots.available_permits() > 4 || limits.workers.available_permits() > 1 {
            tokio::task::yield_now().await;
        }
        assert_eq!(limits.read(|| 1).await.expect("a worker is free"), 1);
        drop(release);
        for writer in writers {
            writer.await.expect("joined").expect("done");
        }
    }

    #[tokio::test]
    async fn a_panic_is_an_error_of_that_request_alone() {
        let limits = Limits::new(1, 0, Duration::from_secs(30));
        assert!(matches!(limits.read(|| panic!("broken")).await, Err(ApiError::Panicked(_))));
        assert_eq!(limits.read(|| 1).await.expect("served"), 1);
    }
}
