use std::{any::Any, error::Error, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    audit::AuditError,
    domain::Decision,
    export::ExportError,
    ingest::ArchiveError,
    reconcile::ReconcileError,
    store::{DecisionError, Store, StoreError},
};

/// Why a request was not served. The text is what the client reads, so it names no internals.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error("{0}")]
    BadRequest(String),
    #[error("this service has a key; give it as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'")]
    Unauthorized,
    #[error("{0}")]
    Forbidden(&'static str),
    #[error("{0}")]
    NotFound(String),
    #[error("this record was removed by decision {id} of {at}; reason: {reason}")]
    Gone { id: u64, at: String, reason: String },
    #[error("{0}")]
    Conflict(String),
    #[error("this record is at {0} now")]
    Moved(String),
    #[error("nothing is served at this address")]
    NoRoute,
    #[error("this address does not answer this method; see the header 'Allow'")]
    MethodNotAllowed,
    #[error("the body did not arrive in time")]
    BodyTooSlow,
    #[error("the body is larger than the limit of {limit} bytes")]
    BodyTooLarge { limit: usize },
    #[error("{0}")]
    UnsupportedMedia(String),
    #[error("{0}")]
    Unreadable(String),
    #[error("all workers are busy and the queue is full; try again in a second")]
    Busy,
    #[error("the dossiers are being compared with each other; try again in a few seconds")]
    Preparing,
    #[error("the store or the index does not answer")]
    NotReady(#[source] Box<ApiError>),
    #[error("the answer took too long; ask for less")]
    TooSlow,
    #[error("something went wrong here; the log has it under the request id")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
    #[error("something went wrong here; the log has it under the request id")]
    Panicked(String),
    #[error("{}", .0.canonical_reason().unwrap_or("the request was refused"))]
    Other(StatusCode),
}

impl ApiError {
    /// The one table of failures and their statuses.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Moved(_) => StatusCode::MOVED_PERMANENTLY,
            Self::NotFound(_) | Self::NoRoute => StatusCode::NOT_FOUND,
            Self::Gone { .. } => StatusCode::GONE,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMedia(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unreadable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy | Self::Preparing | Self::NotReady(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooSlow => StatusCode::GATEWAY_TIMEOUT,
            Self::Internal(_) | Self::Panicked(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Other(status) => *status,
        }
    }

    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        Self::NotFound(format!("no {what} has the id '{}'", clip(id)))
    }

    /// Why a record is not there: it was removed, or there never was one.
    pub(crate) fn absent(store: &Store, what: &str, id: &str) -> Self {
        match store.removal(id) {
            Ok(Some(Decision { id, at, reason, .. })) => {
                Self::Gone { id, at: at.split('T').next().unwrap_or_default().to_owned(), reason }
            }
            Ok(None) => Self::not_found(what, id),
            Err(error) => error.into(),
        }
    }

    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        Self::BadRequest(detail.into())
    }

    /// Names an answer that a library refused on its own.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::BAD_REQUEST => Self::bad("the address could not be read; is it valid UTF-8?"),
            other => Self::Other(other),
        }
    }

    /// Turns a caught panic into the answer to its request.
    #[expect(clippy::needless_pass_by_value, reason = "the signature of tower-http's panic handlers")]
    pub(crate) fn of_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
        let message = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "a panic without a message".to_owned());
        Self::Panicked(message).into_response()
    }

    /// What the log says of a failure of our own: the chain of causes, which no client sees.
    pub(crate) fn causes(&self) -> String {
        if let Self::Panicked(message) = self {
            return message.clone();
        }
        let mut text = String::new();
        let mut next = self.source();
        while let Some(cause) = next {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&cause.to_string());
            next = cause.source();
        }
        text
    }

    /// The body of RFC 9457.
    pub(crate) fn problem(&self, path: &str) -> Problem {
        let status = self.status();
        Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: self.to_string(),
            instance: path.to_owned(),
        }
    }
}

/// Quotes no more of a client's text than an error can bear.
pub(crate) fn clip(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl IntoResponse for ApiError {
    /// Leaves the body to the edge, which knows the path and whether a page or JSON was asked for.
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        match &self {
            Self::Moved(address) => {
                // Addresses are letters, digits and slashes.
                if let Ok(address) = HeaderValue::from_str(address) {
                    response.headers_mut().insert(header::LOCATION, address);
                }
            }
            Self::Unauthorized => {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Self::Busy | Self::Preparing | Self::NotReady(_) => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            // The rest of the body is not read; the connection cannot be used again.
            Self::BodyTooLarge { .. } | Self::BodyTooSlow => {
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Decision(error) => error.into(),
            other => Self::Internal(Box::new(other)),
        }
    }
}

impl From<DecisionError> for ApiError {
    fn from(error: DecisionError) -> Self {
        let detail = error.to_string();
        match error {
            DecisionError::NoTarget { .. } | DecisionError::Unknown(_) => Self::NotFound(detail),
            DecisionError::Conflict(_) | DecisionError::Removed { .. } | DecisionError::Undone { .. } => {
                Self::Conflict(detail)
            }
            DecisionError::Invalid(_) | DecisionError::NotTaken(_) => Self::BadRequest(detail),
        }
    }
}

impl From<ArchiveError> for ApiError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Unreadable(..) => Self::Unreadable(error.to_string()),
            ArchiveError::Store(error) => error.into(),
            ArchiveError::Audit(AuditError::Busy) => Self::Preparing,
            other => Self::Internal(Box::new(other)),
        }
    }
}

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Combination { .. } => Self::BadRequest(error.to_string()),
            ExportError::Archive(error) => error.into(),
            other => Self::Internal(Box::new(other)),
        }
    }
}

impl From<ReconcileError> for ApiError {
    fn from(error: ReconcileError) -> Self {
        match error {
            ReconcileError::Query(detail) => Self::BadRequest(detail),
            ReconcileError::Archive(error) => error.into(),
        }
    }
}

/// A failure, as RFC 9457 (`application/problem+json`) writes it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the status says what kind of failure it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What was wrong and what to do.
    detail: String,
    /// The path of the request.
    instance: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internals_reach_the_log_and_not_the_client() {
        let error = ApiError::Internal(Box::new(std::io::Error::other("/secret/path is gone")));
        assert!(!error.to_string().contains("secret"));
        assert!(!error.problem("/x").detail.contains("secret"));
        assert!(error.causes().contains("/secret/path is gone"));
    }

    #[test]
    fn long_ids_are_not_echoed_whole() {
        let id = "汉".repeat(500);
        assert!(ApiError::not_found("person", &id).to_string().chars().count() < 120);
    }

    #[test]
    fn a_caught_panic_is_a_500() {
        let response = ApiError::of_panic(Box::new("broken"));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let error = response.extensions().get::<Arc<ApiError>>().expect("kept for the edge");
        assert_eq!(error.causes(), "broken");
        assert!(!error.problem("/").detail.contains("broken"));
    }
}
