use std::{future::poll_fn, pin::Pin, time::Duration};

use axum::{
    body::{Body, HttpBody},
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
};
use tokio::{sync::OwnedSemaphorePermit, time::timeout};

use super::{
    access::MayWrite,
    error::{ApiError, clip},
    params::{Params, UploadParams},
    state::AppState,
};

/// What a file without a name is called, so that its ending tells the format.
const NAMES: [(&str, &str); 7] = [
    ("text/plain", "upload.txt"),
    ("text/markdown", "upload.md"),
    ("text/html", "upload.html"),
    ("application/xhtml+xml", "upload.html"),
    ("application/zip", "upload.zip"),
    ("application/pdf", "upload.pdf"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "upload.docx"),
];

/// Types that a client sends when it knows nothing about the file; `curl --data-binary` the last one.
const UNTYPED: [&str; 3] = ["", "application/octet-stream", "application/x-www-form-urlencoded"];

/// How long a refused body is still read: a connection closed with unread data is reset, and most
/// clients then report the reset instead of the answer.
const LINGER: Duration = Duration::from_secs(3);

/// How many times the limit is read of a body that is too large, for the same reason.
const PATIENCE: usize = 4;

/// The file of somebody who may write, and the right to hold it in memory.
pub(crate) struct Upload {
    pub(crate) bytes: Vec<u8>,
    pub(crate) name: String,
    _held: OwnedSemaphorePermit,
}

impl FromRequest<AppState> for Upload {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        let (mut parts, mut body) = request.into_parts();
        let limit = state.body_limit();
        let patience = limit.saturating_mul(PATIENCE);
        let name = match accept(&mut parts, state).await {
            Ok(name) => name,
            Err(refused) => {
                // A client that expects `100 Continue` has sent nothing yet.
                if !parts.headers.contains_key(header::EXPECT) {
                    let _cut_short = timeout(LINGER, read(&mut body, 0, patience)).await;
                }
                return Err(refused);
            }
        };
        let held = state.limits().upload().await?;
        let bytes = timeout(state.limits().write_limit(), read(&mut body, limit, patience));
        let bytes = bytes.await.map_err(|_| ApiError::BodyTooSlow)??;
        Ok(Self { bytes, name, _held: held })
    }
}

/// Decides by the head alone whether the body is wanted, and names it.
async fn accept(parts: &mut Parts, state: &AppState) -> Result<String, ApiError> {
    MayWrite::from_request_parts(parts, state).await?;
    let Params(UploadParams { filename }) = Params::from_request_parts(parts, state).await?;
    let made_up = made_up_name(&parts.headers, filename.is_some())?;
    let limit = state.body_limit();
    if announced(&parts.headers).is_some_and(|length| length > limit as u64) {
        return Err(ApiError::BodyTooLarge { limit });
    }
    Ok(filename.unwrap_or_else(|| made_up.to_owned()))
}

fn made_up_name(headers: &HeaderMap, is_named: bool) -> Result<&'static str, ApiError> {
    let given = headers.get(header::CONTENT_TYPE).map_or(Ok(""), |value| value.to_str());
    let given = given.map_err(|_| ApiError::UnsupportedMedia("the Content-Type is not ASCII text".into()))?;
    let kind = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let known = NAMES.into_iter().find(|(known, _)| *known == kind).map(|(_, name)| name);
    // The ending of a name says more than a type that a client guessed; a form is no file all the same.
    let untyped = UNTYPED.contains(&kind.as_str()) || (is_named && !kind.starts_with("multipart/"));
    known.or(untyped.then_some("upload")).ok_or_else(|| {
        let kind = clip(&kind);
        ApiError::UnsupportedMedia(format!(
            "a body of the type '{kind}' is not read; send the file itself, as text/plain or, with 'filename', \
             as application/octet-stream"
        ))
    })
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads a body of at most `limit` bytes; of a longer one nothing is kept, and it is followed to its
/// end or to `patience` bytes.
pub(super) async fn read(body: &mut Body, limit: usize, patience: usize) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        let frame = frame.map_err(|_| ApiError::bad("the body ended before its announced length"))?;
        let Ok(data) = frame.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= limit {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
        }
        if length > patience {
            break;
        }
    }
    if length > limit { Err(ApiError::BodyTooLarge { limit }) } else { Ok(bytes) }
}
