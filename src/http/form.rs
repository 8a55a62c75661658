use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use tokio::time::timeout;

use super::{
    error::ApiError,
    params::{Pairs, QueryParams},
    state::AppState,
    upload::read,
};

/// The largest form, in bytes.
const LIMIT: usize = 1 << 20;
const FORM: &str = "application/x-www-form-urlencoded";

/// Extracts parameters that were sent as a form, as strictly as from a query string.
pub(crate) struct Form<T>(pub(crate) T);

impl<T: QueryParams> FromRequest<AppState> for Form<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = given.and_then(|given| given.split(';').next()).unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case(FORM) {
            return Err(ApiError::UnsupportedMedia(format!("the body must be a form, of the type {FORM}")));
        }
        let mut body = request.into_body();
        let bytes = timeout(state.head_limit(), read(&mut body, LIMIT, LIMIT));
        let bytes = bytes.await.map_err(|_| ApiError::BodyTooSlow)??;
        let text = String::from_utf8(bytes).map_err(|_| ApiError::bad("the form is not valid UTF-8"))?;
        let pairs = Pairs::parse(&text)?;
        pairs.refuse_unknown(&T::known())?;
        T::read(&pairs).map(Self)
    }
}
