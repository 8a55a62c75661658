//! A service without a socket, over documents that were just indexed.

use std::{path::Path, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use dossier_search::{
    http::{AppState, Settings, router},
    ingest::{Archive, Reader, index_paths},
};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

/// The service and the folder of its data, which goes with it.
pub(crate) struct Service {
    pub(crate) archive: Arc<Archive>,
    router: Router,
    _data: TempDir,
}

/// An answer whose body was read.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) kind: String,
    /// Where it leads; empty where it leads nowhere.
    pub(crate) location: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }
}

impl Service {
    /// Over the documents of a folder.
    pub(crate) fn over(folder: &Path) -> Self {
        let service = Self::empty();
        let report = index_paths(&service.archive, &[folder.to_owned()], |_, _| {}).expect("indexes");
        assert!(report.failed.is_empty(), "{:?}", report.failed);
        service
    }

    pub(crate) fn empty() -> Self {
        Self::reading_by(Reader::in_process())
    }

    pub(crate) fn reading_by(reader: Reader) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let archive = Arc::new(Archive::open_with(data.path(), reader).expect("opens"));
        let settings = Settings { loopback: true, ..Settings::default() };
        let router = router(AppState::new(Arc::clone(&archive), &settings));
        Self { archive, router, _data: data }
    }

    /// Over the real documents where they are, else over those of the project.
    pub(crate) fn over_documents() -> Self {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        Self::over(&crate::real_documents().map_or(own, |shared| shared.join("seeds")))
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.call(Method::GET, address, Vec::new()).await
    }

    /// Asks the API and reads its JSON; the parameters are encoded here.
    pub(crate) async fn api(&self, path: &str, parameters: &[(&str, &str)]) -> Value {
        let query: Vec<String> =
            parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let address = format!("/api/v1/{path}?{}", query.join("&"));
        let answer = self.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        answer.json()
    }

    pub(crate) async fn call(&self, method: Method, address: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header(header::HOST, "127.0.0.1:8080")
            .body(Body::from(body))
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let named = |name| {
            let value = response.headers().get(name);
            value.map_or(String::new(), |value| value.to_str().expect("ASCII").to_owned())
        };
        let (kind, location) = (named(header::CONTENT_TYPE), named(header::LOCATION));
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        Answer { status, kind, location, body: String::from_utf8(body.to_vec()).expect("UTF-8") }
    }
}

/// Percent-encodes a value of a query.
pub(crate) fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
