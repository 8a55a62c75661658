use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header},
};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::{
    access::MayWrite,
    error::{ApiError, clip},
    params::{NoParams, Params},
    state::AppState,
};

/// The longest statement, in bytes: a field corrected to a text of 100,000 characters.
const LIMIT: usize = 512 * 1024;

/// What somebody who may write has stated as JSON.
pub(crate) struct Statement<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Statement<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        MayWrite::from_request_parts(&mut parts, state).await?;
        let Params(NoParams) = Params::from_request_parts(&mut parts, state).await?;
        check_type(&parts.headers)?;
        let bytes = read(body, state).await?;
        serde_json::from_slice(&bytes).map(Statement).map_err(|error| {
            ApiError::bad(format!(
                "the body is not the JSON that is wanted here: {}",
                clip(&error.to_string())
            ))
        })
    }
}

async fn read(body: Body, state: &AppState) -> Result<Vec<u8>, ApiError> {
    let read = timeout(state.limits().write_limit(), to_bytes(body, LIMIT));
    let bytes = read.await.map_err(|_| ApiError::BodyTooSlow)?;
    Ok(bytes.map_err(|_| ApiError::BodyTooLarge { limit: LIMIT })?.to_vec())
}

/// Takes JSON, and bodies of which a client that knows nothing says that they are forms.
fn check_type(headers: &HeaderMap) -> Result<(), ApiError> {
    let Some(given) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let given = given.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let known = ["application/json", "application/x-www-form-urlencoded", "application/octet-stream"];
    if known.iter().any(|known| given.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    let given = clip(given);
    Err(ApiError::UnsupportedMedia(format!(
        "a body of the type '{given}' is not read here; send application/json"
    )))
}
