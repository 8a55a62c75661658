use std::{sync::Arc, time::Instant};

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::request_id::{MakeRequestId, MakeRequestUuid};
use tracing::Instrument;

use super::{error::ApiError, pages};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Pages bring one style sheet and one icon of their own and nothing else: no script, no foreign
/// address, no frame.
const CONTENT_SECURITY_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'",
);

/// Wraps every request: gives it an id, writes the bodies of errors, logs failures of our own once,
/// sets the headers that every answer bears, and writes one line of log.
pub(crate) async fn edge(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(&request);
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default());
    async move {
        let mut response = answer_error(next.run(request).await, &path);
        finish(&mut response, id);
        let ms = started.elapsed().as_micros() as f64 / 1000.0;
        tracing::info!(%method, route, status = response.status().as_u16(), ms, "answered");
        response
    }
    .instrument(span)
    .await
}

/// Takes over the client's id where it is one that a log can bear, else makes one.
fn request_id(request: &Request) -> HeaderValue {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let given = request
        .headers()
        .get(REQUEST_ID)
        .filter(|id| (1..=64).contains(&id.len()) && id.as_bytes().iter().all(plain));
    given.cloned().unwrap_or_else(|| {
        let made = MakeRequestUuid.make_request_id(request);
        made.map_or(HeaderValue::from_static("-"), |id| id.into_header_value())
    })
}

/// Gives an error its body: a problem for programs, a page for people.
fn answer_error(response: Response, path: &str) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let (mut head, _) = response.into_parts();
    let error = head.extensions.remove().unwrap_or_else(|| Arc::new(ApiError::of_status(status)));
    log_failure(&error);
    let (content_type, body) = if is_for_programs(path) {
        ("application/problem+json", serde_json::to_string(&error.problem(path)).ok())
    } else {
        ("text/html; charset=utf-8", pages::error_page(&error))
    };
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    head.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Response::from_parts(head, Body::from(body.unwrap_or_default()))
}

fn log_failure(error: &ApiError) {
    if matches!(error.status(), StatusCode::INTERNAL_SERVER_ERROR) || matches!(error, ApiError::NotReady(_)) {
        tracing::error!(cause = error.causes(), "request failed");
    }
}

fn is_for_programs(path: &str) -> bool {
    let is_page = matches!(path, "/reconcile/preview" | "/reconcile/view");
    path.starts_with("/api/")
        || (path.starts_with("/reconcile") && !is_page)
        || matches!(path, "/api" | "/openapi.json" | "/healthz" | "/readyz")
}

fn finish(response: &mut Response, id: HeaderValue) {
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(CONTENT_SECURITY_POLICY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
}

/// Lets pages of every site read an answer, for clients that run in a browser.
pub(crate) async fn open_to_all(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// Answers what no route knows.
pub(crate) async fn no_route() -> Response {
    ApiError::NoRoute.into_response()
}
