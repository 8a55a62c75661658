//! Does the service keep its promises, asked through its router?
//!
//! Over an archive in a folder of its own; must not know how an answer is made.

mod answers;
mod routes;
mod writes;

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    http::Request,
    response::Response,
};
use tempfile::TempDir;
use tower::ServiceExt;

use super::{AppState, Settings, router};
use crate::ingest::Archive;

struct Service {
    state: AppState,
    _data: TempDir,
}

impl Service {
    fn new(settings: &Settings) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let archive = Archive::open(data.path()).expect("opened");
        Self { state: AppState::new(Arc::new(archive), settings), _data: data }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        Answer::of(router(self.state.clone()).oneshot(request).await.expect("infallible")).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    async fn post(&self, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let request = headers
            .iter()
            .fold(Request::post("/api/v1/dossiers"), |request, (name, value)| request.header(*name, *value));
        self.send(request.body(body.into()).expect("a request")).await
    }
}

struct Answer {
    response: Response<()>,
    body: String,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        Self { response: Response::from_parts(head, ()), body: String::from_utf8_lossy(&body).into_owned() }
    }

    fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    fn header(&self, name: &str) -> &str {
        self.response.headers().get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect(&self.body)
    }

    /// Checks that the body is the problem of its status, and gives its sentence.
    fn problem(&self, status: u16, path: &str) -> String {
        assert_eq!(
            (self.status(), self.header("content-type")),
            (status, "application/problem+json"),
            "{}",
            self.body
        );
        let problem = self.json();
        assert_eq!(problem["type"], "about:blank");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["instance"], path);
        assert!(problem["title"].is_string());
        problem["detail"].as_str().expect("a sentence").to_owned()
    }
}

fn service() -> Service {
    Service::new(&Settings::default())
}
