use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use hyper::body::Frame;

use super::{error::ApiError, state::AppState};
use crate::export::{Export, ExportError, Format};

/// Answers a file as it is written, part by part. What fails before the first part is an answer of its own;
/// what fails later breaks the connection off, so that nobody takes a part for the whole.
pub(crate) async fn streamed(
    state: AppState,
    mut export: Export,
    format: Format,
    name: &str,
) -> Result<Response, ApiError> {
    let work = move |archive: &_| Ok::<_, ExportError>((export.next_part(archive)?, export));
    let (first, export) = state.ask(work).await?;
    let ready = Box::pin(std::future::ready(Ok(first.map(|part| (export, part)))));
    Ok(file(Body::new(Parts { state, next: Some(ready) }), format, name))
}

/// Answers a file that is written already.
pub(crate) fn file(body: impl Into<Body>, format: Format, name: &str) -> Response {
    let mut response = body.into().into_response();
    let disposition = format!("attachment; filename=\"{name}.{}\"", format.ending());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    // Names are kinds and addresses of records, which are ASCII.
    headers.extend(HeaderValue::from_str(&disposition).map(|value| (header::CONTENT_DISPOSITION, value)));
    response
}

/// The next part, and what goes on behind it.
type Next = Pin<Box<dyn Future<Output = Result<Option<(Export, Vec<u8>)>, ApiError>> + Send>>;

/// A body that looks up its next part when the client has taken the one before: a slow client holds no
/// thread, and of the file no more than a part is in memory.
struct Parts {
    state: AppState,
    next: Option<Next>,
}

impl HttpBody for Parts {
    type Data = Bytes;
    type Error = ApiError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ApiError>>> {
        let Some(next) = &mut self.next else { return Poll::Ready(None) };
        let part = ready!(next.as_mut().poll(context));
        self.next = None;
        Poll::Ready(match part {
            Ok(None) => None,
            Ok(Some((export, part))) => {
                self.next = Some(behind(self.state.clone(), export));
                Some(Ok(Frame::data(part.into())))
            }
            Err(error) => {
                tracing::error!(cause = error.causes(), "an export was broken off: {error}");
                Some(Err(error))
            }
        })
    }
}

fn behind(state: AppState, mut export: Export) -> Next {
    Box::pin(async move {
        let work = move |archive: &_| {
            let part = export.next_part(archive)?;
            Ok::<_, ExportError>(part.map(|part| (export, part)))
        };
        state.go_on(work).await
    })
}
