//! A service without a socket, over documents that were just indexed.

use std::{path::Path, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderName, HeaderValue, Method, Request, StatusCode, header},
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
    /// Who may read it in a browser, what it may bring, and where it leads.
    pub(crate) open_to: String,
    pub(crate) policy: String,
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
        let request = Request::builder().method(method).uri(address);
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// Sends a form, as a page would.
    pub(crate) async fn form(&self, address: &str, body: Vec<u8>) -> Answer {
        let request =
            Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    async fn send(&self, mut request: Request<Body>) -> Answer {
        request.headers_mut().insert(header::HOST, HeaderValue::from_static("127.0.0.1:8080"));
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let text = |name: HeaderName| {
            response
                .headers()
                .get(name)
                .map_or(String::new(), |value| value.to_str().expect("ASCII").to_owned())
        };
        let kind = text(header::CONTENT_TYPE);
        let open_to = text(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        let (policy, location) = (text(header::CONTENT_SECURITY_POLICY), text(header::LOCATION));
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        // A workbook alone is no text.
        let body = if kind.ends_with(".sheet") {
            String::from_utf8_lossy(&body).into_owned()
        } else {
            String::from_utf8(body.to_vec()).expect("UTF-8")
        };
        Answer { status, kind, open_to, policy, location, body }
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
