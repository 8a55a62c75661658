use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::error::ApiError;

/// An answer as JSON, written by the worker that found it: a long one would keep others waiting on an async thread.
pub(crate) struct Written(Vec<u8>);

impl Written {
    /// Writes an answer.
    ///
    /// # Errors
    /// [`ApiError::Internal`] where it cannot be JSON.
    pub(crate) fn new(answer: &impl Serialize) -> Result<Self, ApiError> {
        serde_json::to_vec(answer).map(Self).map_err(|error| ApiError::Internal(error.into()))
    }
}

impl IntoResponse for Written {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}
