use std::{io, pin::pin, time::Duration};

use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    select,
    time::{sleep, timeout},
};

use super::{AppState, router};

/// How long requests that have begun may go on once the service is to stop.
const LAST_WORDS: Duration = Duration::from_secs(30);
/// How long accepting waits where the system has no more connections to give.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `shutdown` ends, then finishes what has begun.
///
/// A connection whose request head does not come in time is closed: `axum::serve` would hold it open for
/// ever, and a few thousand of them take all file descriptors.
///
/// # Errors
/// None at present; a connection that fails is logged.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let mut connections = http1::Builder::new();
    connections.timer(TokioTimer::new()).header_read_timeout(state.head_limit());
    let (service, open) = (router(state), GracefulShutdown::new());
    let mut shutdown = pin!(shutdown);
    loop {
        let stream = select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    sleep(BREATH).await;
                    continue;
                }
            },
            () = &mut shutdown => break,
        };
        hasten(&stream);
        let service = TowerToHyperService::new(service.clone());
        let connection = open.watch(connections.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    if timeout(LAST_WORDS, open.shutdown()).await.is_err() {
        tracing::warn!("requests that went on for too long were broken off");
    }
    Ok(())
}

fn hasten(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small answers may be delayed");
    }
}
