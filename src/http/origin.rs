use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

use super::error::ApiError;

/// Where the service stands as the client sees it, such as `http://127.0.0.1:8080`: for addresses that a
/// client keeps. Behind a proxy, `X-Forwarded-Proto` tells the scheme.
pub(crate) struct Origin(pub(crate) String);

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let authority = parts.uri.authority().map(|authority| authority.as_str());
        let host = authority.or_else(|| text(header::HOST.as_str())).unwrap_or("localhost");
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if !host.chars().all(plain) {
            return Err(ApiError::bad("the header 'Host' is no host"));
        }
        let scheme = text("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
        Ok(Self(format!("{scheme}://{host}")))
    }
}
