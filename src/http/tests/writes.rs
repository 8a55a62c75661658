//! Who may write, what is taken in, and what is said where it is not.

use axum::{body::Body, http::Request};

use super::{Service, service};
use crate::http::{Settings, serve};

const TEXT: &str = "<script>alert(1)</script>\n\n某医院的甲乙教授介绍了一种新的手术方法。\n";

#[tokio::test]
async fn a_document_comes_in_is_shown_escaped_and_goes() {
    let service = service();
    let added = service.post(&[("content-type", "text/plain"), ("host", "localhost:8080")], TEXT).await;
    assert_eq!(added.status(), 201, "{}", added.body);
    assert_eq!(added.json()["status"], "added");
    let id = added.json()["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/dossiers/{id}");
    assert_eq!(added.header("location"), path);
    assert_eq!(service.get(&path).await.json()["id"], id.as_str());
    let source = service.get(&format!("{path}/source")).await;
    assert_eq!(source.header("content-type"), "text/plain; charset=utf-8");
    assert!(source.body.contains("<script>alert(1)</script>"));
    for page in [format!("/dossiers/{id}"), "/".to_owned()] {
        let page = service.get(&page).await;
        assert_eq!(page.status(), 200, "{}", page.body);
        assert!(!page.body.contains("<script"), "{}", page.body);
    }
    let remove = || Request::delete(&path).body(Body::empty()).expect("a request");
    assert_eq!(service.send(remove()).await.status(), 204);
    service.send(remove()).await.problem(404, &path);
}

#[tokio::test]
async fn what_cannot_be_taken_in_is_refused_with_its_reason() {
    let service = Service::new(&Settings { body_limit: 1000, ..Settings::default() });
    let path = "/api/v1/dossiers";
    let text = ("content-type", "text/plain");
    let large = "字".repeat(1000);
    assert!(service.post(&[text], large.clone()).await.problem(413, path).contains("1000"));
    let announced = service.post(&[text, ("content-length", "5000")], "short").await;
    announced.problem(413, path);
    let unannounced = Body::new(Body::from("字".repeat(400)));
    service.post(&[text], unannounced).await.problem(413, path);
    let form = service.post(&[("content-type", "multipart/form-data; boundary=x")], "x").await;
    assert!(form.problem(415, path).contains("multipart/form-data"));
    let garbage = service.post(&[text], vec![0xFF_u8; 64]).await;
    assert!(!garbage.problem(422, path).is_empty());
    let zip =
        service.post(&[("content-type", "application/zip")], [&b"PK\x05\x06"[..], &[0; 18]].concat()).await;
    assert!(zip.problem(422, path).contains("holds no document"));
}

#[tokio::test]
async fn writes_ask_for_the_key_or_for_this_machine() {
    let path = "/api/v1/dossiers";
    let keyed =
        Service::new(&Settings { api_key: Some("s3cret".into()), loopback: false, ..Settings::default() });
    let refused = keyed.post(&[], TEXT).await;
    refused.problem(401, path);
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    assert!(!refused.body.contains("s3cret"));
    assert_eq!(keyed.post(&[("authorization", "Bearer s3cret")], TEXT).await.status(), 201);
    let open = Service::new(&Settings { loopback: false, ..Settings::default() });
    open.post(&[], TEXT).await.problem(403, path);
    let delete = Request::delete("/api/v1/dossiers/x").body(Body::empty()).expect("a request");
    open.send(delete).await.problem(403, "/api/v1/dossiers/x");
    for path in ["/api/v1/decisions", "/api/v1/decisions/1/undo"] {
        let decision = |key: &str| {
            let body = r#"{"action":"remove","target":"p1","reason":"x"}"#;
            Request::post(path).header("x-api-key", key).body(Body::from(body)).expect("a request")
        };
        open.send(decision("")).await.problem(403, path);
        keyed.send(decision("wrong")).await.problem(401, path);
        assert!([400, 404].contains(&keyed.send(decision("s3cret")).await.status()), "{path}");
    }
    assert_eq!(open.get("/api/v1/decisions").await.status(), 200, "reading is free");
    assert_eq!(open.get("/api/v1/dossiers").await.status(), 200, "reading is free");
    service().post(&[("host", "rebound.example")], TEXT).await.problem(403, path);
}

#[tokio::test]
async fn the_service_listens_answers_and_stops() {
    use std::io::{Read, Write};

    let service = Service::new(&Settings { body_limit: 1000, ..Settings::default() });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async move { drop(stopped.await) };
    let serving = tokio::spawn(serve(listener, service.state.clone(), shutdown));
    let talk = move |request: String, body: usize| -> String {
        let mut stream = std::net::TcpStream::connect(address).expect("connected");
        stream.write_all(request.as_bytes()).expect("sent");
        stream.write_all(&vec![b'x'; body]).expect("sent, though it is too much");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    };
    let answers = tokio::task::spawn_blocking(move || {
        let head = format!("HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
        let length = 3900;
        [
            talk(format!("GET /healthz {head}\r\n"), 0),
            talk(format!("POST /api/v1/dossiers {head}content-length: {length}\r\n\r\n"), length),
        ]
    });
    let [alive, refused] = answers.await.expect("joined");
    assert!(alive.starts_with("HTTP/1.1 200") && alive.contains("\"ok\""), "{alive}");
    assert!(refused.starts_with("HTTP/1.1 413") && refused.contains("1000 bytes"), "{refused}");
    stop.send(()).expect("still serving");
    serving.await.expect("joined").expect("stopped");
}

#[tokio::test]
async fn a_decision_is_json_and_not_large() {
    let service = service();
    let path = "/api/v1/decisions";
    let post = |kind: &str, body: Vec<u8>| {
        Request::post(path).header("content-type", kind).body(Body::from(body)).expect("a request")
    };
    assert!(service.send(post("text/plain", b"{}".to_vec())).await.problem(415, path).contains("text/plain"));
    service.send(post("application/json; charset=utf-8", b"[".to_vec())).await.problem(400, path);
    service.send(post("application/json", vec![b' '; 600 * 1024])).await.problem(413, path);
    service
        .send(Request::post("/api/v1/decisions?x=1").body(Body::empty()).expect("a request"))
        .await
        .problem(400, path);
}
