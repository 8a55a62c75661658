use std::net::IpAddr;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Uri, header, request::Parts},
};
use sha2::{Digest, Sha256};

use super::{error::ApiError, state::AppState};

/// Decides who may change the archive.
///
/// With a key: who gives it. Without one: this machine alone, and no page of another site in a browser
/// of this machine, whether it posts across sites or has rebound its own name to 127.0.0.1.
pub(crate) struct Access {
    key: Option<[u8; 32]>,
    loopback: bool,
}

impl Access {
    /// Keeps only the digest of the key; an empty key is no key.
    pub(crate) fn new(api_key: Option<&str>, loopback: bool) -> Self {
        Self { key: api_key.filter(|key| !key.is_empty()).map(digest), loopback }
    }

    fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), ApiError> {
        if let Some(key) = &self.key {
            let given = given_key(headers).map(digest);
            return if given.is_some_and(|given| same(&given, key)) {
                Ok(())
            } else {
                Err(ApiError::Unauthorized)
            };
        }
        if !self.loopback {
            return Err(ApiError::Forbidden(
                "this service takes changes from other machines only with a key, and none is set",
            ));
        }
        let host = match uri.authority() {
            Some(authority) => Some(authority.as_str()),
            None => text(headers, header::HOST),
        };
        if !host.is_none_or(is_loopback_host) {
            return Err(ApiError::Forbidden("without a key, changes are taken only at a loopback address"));
        }
        let elsewhere = headers.contains_key(header::ORIGIN) && !same_origin(headers, host);
        let site = text(headers, header::HeaderName::from_static("sec-fetch-site"));
        if elsewhere || site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
            return Err(ApiError::Forbidden(
                "without a key, changes are not taken from pages of other sites",
            ));
        }
        Ok(())
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    // A header that is not ASCII text is no value that could be allowed.
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

fn given_key(headers: &HeaderMap) -> Option<&[u8]> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| {
        let (scheme, key) = value.as_bytes().split_at_checked(7)?;
        scheme.eq_ignore_ascii_case(b"Bearer ").then(|| key.trim_ascii())
    });
    bearer.or_else(|| headers.get("x-api-key").map(|value| value.as_bytes()))
}

fn digest(key: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(key.as_ref()).into()
}

/// Compares in a time that does not depend on where two digests differ.
fn same(left: &[u8; 32], right: &[u8; 32]) -> bool {
    std::hint::black_box(left.iter().zip(right).fold(0, |differ, (a, b)| differ | (a ^ b))) == 0
}

fn same_origin(headers: &HeaderMap, host: Option<&str>) -> bool {
    let origin = text(headers, header::ORIGIN)
        .and_then(|origin| origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")));
    matches!((origin, host), (Some(origin), Some(host)) if origin.eq_ignore_ascii_case(host))
}

fn is_loopback_host(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => host.rsplit_once(':').map_or(host, |(name, _port)| name),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Proof that this request may change the archive; taken before the body is read.
pub(crate) struct MayWrite;

impl FromRequestParts<AppState> for MayWrite {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        state.access().check(&parts.uri, &parts.headers).map(|()| Self)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue, StatusCode};

    use super::*;

    fn answer(access: &Access, headers: &[(&'static str, &'static str)]) -> u16 {
        let headers: HeaderMap = headers
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        let answer = access.check(&Uri::from_static("/api/v1/dossiers"), &headers);
        answer.map_or_else(|error| error.status().as_u16(), |()| StatusCode::OK.as_u16())
    }

    #[test]
    fn with_a_key_only_the_key_opens() {
        for loopback in [true, false] {
            let access = Access::new(Some("s3cret"), loopback);
            for (headers, want) in [
                (&[][..], 401),
                (&[("authorization", "Bearer s3cret")], 200),
                (&[("authorization", "bearer s3cret")], 200),
                (&[("authorization", "Bearer s3cre")], 401),
                (&[("authorization", "Basic s3cret")], 401),
                (&[("x-api-key", "s3cret")], 200),
                (&[("x-api-key", "s3cret2")], 401),
            ] {
                assert_eq!(answer(&access, headers), want, "{headers:?}");
            }
        }
    }

    #[test]
    fn without_a_key_only_this_machine_writes() {
        let local = Access::new(None, true);
        for (headers, want) in [
            (&[("host", "localhost:8080")][..], 200),
            (&[("host", "127.0.0.1:8080")], 200),
            (&[("host", "[::1]:8080")], 200),
            (&[("host", "rebound.example:8080")], 403),
            (&[("host", "127.0.0.1.example")], 403),
            (&[("host", "localhost:8080"), ("origin", "http://localhost:8080")], 200),
            (&[("host", "localhost:8080"), ("origin", "http://other.example")], 403),
            (&[("host", "localhost:8080"), ("origin", "http://localhost:9090")], 403),
            (&[("host", "localhost:8080"), ("origin", "null")], 403),
            (&[("host", "localhost:8080"), ("sec-fetch-site", "cross-site")], 403),
        ] {
            assert_eq!(answer(&local, headers), want, "{headers:?}");
        }
        let public = Access::new(Some(""), false);
        assert_eq!(answer(&public, &[("host", "localhost:8080")]), 403, "an empty key is no key");
    }
}
