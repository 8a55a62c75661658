//! What every answer bears and how every failure looks.

use std::{sync::mpsc, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    middleware::from_fn,
    response::Response,
    routing::get,
};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;

use super::{Answer, Service, service};
use crate::http::{Settings, error::ApiError, headers};

#[tokio::test]
async fn every_answer_bears_the_safety_headers() {
    let service = service();
    for (path, status, cache) in [
        ("/", 200, "no-cache"),
        ("/assets/style.css", 200, "public, max-age=31536000, immutable"),
        ("/api/v1/search", 200, "no-cache"),
        ("/openapi.json", 200, "no-cache"),
        ("/healthz", 200, "no-cache"),
        ("/readyz", 200, "no-cache"),
        ("/nowhere", 404, "no-store"),
        ("/api/v1/search?limit=0", 400, "no-store"),
    ] {
        let answer = service.get(path).await;
        assert_eq!(
            (answer.status(), answer.header("cache-control")),
            (status, cache),
            "{path}: {}",
            answer.body
        );
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn failures_are_problems_for_programs_and_pages_for_people() {
    let service = service();
    for path in ["/api/v1/nowhere", "/api/nowhere", "/api"] {
        service.get(path).await.problem(404, path);
    }
    for folder in
        ["dossiers", "people", "institutions", "journals", "papers", "ip", "claims", "contributions"]
    {
        let path = format!("/api/v1/{folder}/nothing");
        assert!(service.get(&path).await.problem(404, &path).contains("'nothing'"));
    }
    service.get("/api/v1/dossiers/nothing/source").await.problem(404, "/api/v1/dossiers/nothing/source");
    for path in
        ["/nowhere", "/dossiers/nothing", "/people/nothing", "/institutions/nothing", "/journals/nothing"]
    {
        let answer = service.get(path).await;
        assert_eq!(
            (answer.status(), answer.header("content-type")),
            (404, "text/html; charset=utf-8"),
            "{path}"
        );
        assert!(answer.body.contains("没有找到这个页面"), "{path}");
    }
    let refused = service.send(Request::put("/api/v1/search").body(Body::empty()).expect("a request")).await;
    refused.problem(405, "/api/v1/search");
    assert!(refused.header("allow").contains("GET"));
    let garbled = service.get("/api/v1/people/%FF").await;
    garbled.problem(400, "/api/v1/people/%FF");
}

#[tokio::test]
async fn a_request_id_is_taken_over_where_a_log_can_bear_it() {
    let service = service();
    for (given, kept) in [("trace-1.2_3", true), ("two words", false), (&*"x".repeat(65), false)] {
        let request = Request::get("/healthz").header("x-request-id", given).body(Body::empty());
        let answer = service.send(request.expect("a request")).await;
        assert_eq!(answer.header("x-request-id") == given, kept, "{given}");
        assert!(!answer.header("x-request-id").is_empty());
    }
}

#[tokio::test]
async fn a_full_queue_answers_503_and_says_when_to_come_back() {
    let service = Service::new(&Settings { workers: 1, queue: 0, ..Settings::default() });
    let (release, blocked) = mpsc::channel::<()>();
    let (begun, begins) = tokio::sync::oneshot::channel();
    let state = service.state.clone();
    let busy = tokio::spawn(async move {
        let work = move || {
            begun.send(()).expect("awaited");
            blocked.recv().expect_err("released");
        };
        state.limits().read(work).await
    });
    begins.await.expect("begun");
    let refused = service.get("/api/v1/search").await;
    refused.problem(503, "/api/v1/search");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(service.get("/").await.status(), 503, "pages wait in the same queue");
    assert_eq!(service.get("/healthz").await.status(), 200, "to be alive needs no worker");
    assert_eq!(service.get("/readyz").await.status(), 503);
    drop(release);
    busy.await.expect("joined").expect("done");
    assert_eq!(service.get("/api/v1/search").await.status(), 200);
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_a_504() {
    let service = Service::new(&Settings { time_limit: Duration::from_millis(20), ..Settings::default() });
    let (release, blocked) = mpsc::channel::<()>();
    let slow = service.state.limits().read(move || blocked.recv().is_err()).await;
    assert_eq!(slow.expect_err("too slow").status(), StatusCode::GATEWAY_TIMEOUT);
    drop(release);
}

#[tokio::test]
async fn a_panic_is_a_500_that_tells_nothing() {
    async fn broken() -> Response {
        panic!("/secret/path")
    }
    let router: Router = Router::new()
        .route("/api/broken", get(broken))
        .layer(CatchPanicLayer::custom(ApiError::of_panic))
        .layer(from_fn(headers::edge));
    let request = Request::get("/api/broken").body(Body::empty()).expect("a request");
    let answer = Answer::of(router.oneshot(request).await.expect("infallible")).await;
    assert!(!answer.problem(500, "/api/broken").contains("secret"));
    assert!(!answer.header("x-request-id").is_empty());
}

#[tokio::test]
async fn lists_and_the_style_sheet_are_where_pages_look() {
    let service = service();
    for folder in
        ["dossiers", "people", "institutions", "journals", "papers", "ip", "claims", "contributions"]
    {
        let list = service.get(&format!("/api/v1/{folder}?limit=5")).await.json();
        assert_eq!((&list["total"], &list["next_cursor"]), (&0.into(), &serde_json::Value::Null), "{folder}");
        assert!(list["items"].is_array());
    }
    let page = service.get("/").await.body;
    let href = page.split("href=\"").find(|part| part.starts_with("/assets/style.css?v=")).expect("a link");
    let style = service.get(href.split('"').next().expect("closed")).await;
    assert_eq!(
        (style.status(), style.header(header::CONTENT_TYPE.as_str())),
        (200, "text/css; charset=utf-8")
    );
}
