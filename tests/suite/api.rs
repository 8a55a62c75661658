//! What does the API answer on the real documents, and on bad questions?

use std::{
    io::{Read, Write},
    sync::Arc,
    time::Duration,
};

use axum::http::{Method, StatusCode};
use dossier_search::{
    http::{self, AppState, Settings},
    ingest::Archive,
};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::{corpus, real_documents, service::Service};

fn titles(answer: &Value) -> Vec<&str> {
    answer["hits"].as_array().expect("hits").iter().filter_map(|hit| hit["title"].as_str()).collect()
}

#[tokio::test]
async fn the_real_documents_answer_who_contributed_what() {
    let Some(shared) = real_documents() else { return };
    let service = Service::over(&shared.join("seeds"));

    let person = service.api("search", &[("q", "徐宝山"), ("kind", "person")]).await;
    assert_eq!(titles(&person)[0], "徐宝山");
    let id = person["hits"][0]["id"].as_str().expect("an id");
    let record = service.api(&format!("people/{id}"), &[]).await;
    assert_eq!(record["contributions"][0]["claims"].as_array().expect("claims").len(), 4);

    let institution = service.api("search", &[("q", "新桥医院"), ("kind", "institution")]).await;
    assert_eq!(titles(&institution)[0], "陆军军医大学第二附属医院");

    let paper = service.api("search", &[("q", "JAMA"), ("kind", "paper")]).await;
    assert_eq!(paper["hits"][0]["record"]["number"], 9);

    let ip = service.api("search", &[("q", "201610915963"), ("kind", "ip")]).await;
    assert_eq!(ip["hits"][0]["record"]["grant_number"], "ZL201610915963.3");

    let dossiers = service.api("search", &[("q", "氧回流")]).await;
    assert_eq!(titles(&dossiers), ["体外膜氧合生命支持技术体系创新及临床推广应用"]);

    let hospital = [("institution", "首都医科大学附属北京安贞医院"), ("limit", "50")];
    let contributions = service.api("contributions", &hospital).await;
    assert_eq!(contributions["total"], 14);
    for item in contributions["items"].as_array().expect("items") {
        assert!(!item["claims"].as_array().expect("claims").is_empty(), "{}", item["person"]["name"]);
    }

    let journal = [("kind", "paper"), ("journal", "European Spine Journal")];
    assert_eq!(service.api("search", &journal).await["total"], 2);
}

#[tokio::test]
async fn a_dossier_comes_goes_and_keeps_its_address() {
    let service = Service::empty();
    let text = corpus::dossier(2);
    let post = |body: String| service.call(Method::POST, "/api/v1/dossiers", body.into_bytes());

    let added = post(text.clone()).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    assert_eq!(added.json()["status"], "added");
    let id = added.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(post(text.clone()).await.json()["status"], "unchanged");

    let newer = text.replace("本项目历经", "本研究历经");
    assert_ne!(newer, text);
    let updated = post(newer.clone()).await.json();
    assert_eq!((updated["status"].as_str(), updated["id"].as_str()), (Some("updated"), Some(id.as_str())));
    assert_eq!(service.api("search", &[("q", "本研究历经")]).await["total"], 1);
    assert_eq!(service.api("search", &[("q", "\"本项目历经\"")]).await["total"], 0);

    let source = service.get(&format!("/api/v1/dossiers/{id}/source")).await;
    assert_eq!(source.body, newer);
    let dossier = service.api(&format!("dossiers/{id}"), &[]).await;
    let span = &dossier["spans"]["title"][0];
    let bounds = |at: usize| usize::try_from(span[at].as_u64().expect("a bound")).expect("small");
    assert_eq!(source.body[bounds(0)..bounds(1)], corpus::title(2));

    let removed = service.call(Method::DELETE, &format!("/api/v1/dossiers/{id}"), Vec::new()).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(service.get(&format!("/api/v1/dossiers/{id}")).await.status, StatusCode::NOT_FOUND);
    for kind in dossier_search::domain::Kind::ALL {
        let left = service.api("search", &[("kind", kind.name())]).await;
        assert_eq!(left["total"], 0, "{kind} {}", left["hits"]);
    }
    assert_eq!(post(newer).await.json()["id"], id.as_str(), "the address is the dossier's for ever");
}

#[tokio::test]
async fn what_is_asked_wrongly_is_named() {
    let service = Service::empty();
    for (address, names) in [
        ("/api/v1/search?kindd=person", "kindd"),
        ("/api/v1/search?kind=persons", "persons"),
        ("/api/v1/search?year=20x", "20x"),
        ("/api/v1/search?limit=1001", "from 1 to 1000"),
        ("/api/v1/search?offset=10001", "'cursor'"),
        ("/api/v1/search?facet_limit=1001", "from 0 to 1000"),
        ("/api/v1/search?cursor=x", "next_cursor"),
        ("/api/v1/people?nam=x", "nam"),
        ("/api/v1/contributions?claim=first", "first"),
    ] {
        let answer = service.get(address).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
        assert_eq!(answer.kind, "application/problem+json", "{address}");
        let problem = answer.json();
        assert!(problem["detail"].as_str().expect("a detail").contains(names), "{address}: {problem}");
        assert_eq!(problem["status"], 400);
        assert!(problem["title"].is_string());
    }
    for address in ["/api/v1/nothing", "/api/v1/people/pnobody", "/api/v1/dossiers/dnone/source"] {
        let answer = service.get(address).await;
        assert_eq!(
            (answer.status, answer.kind.as_str()),
            (StatusCode::NOT_FOUND, "application/problem+json")
        );
    }
    let bad = service.call(Method::POST, "/api/v1/dossiers", vec![0xFF, 0xFE, 0x41]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bad.body);
}

#[tokio::test]
async fn lists_are_walked_to_their_end_by_cursor() {
    let service = Service::empty();
    for n in 0..6 {
        service.archive.add("invented.txt", corpus::dossier(n).as_bytes()).expect("added");
    }
    for list in ["people", "institutions", "journals", "papers", "ip", "claims", "dossiers", "contributions"]
    {
        let (mut seen, mut cursor) = (Vec::new(), None::<String>);
        let total = loop {
            let mut parameters = vec![("limit", "7")];
            parameters.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
            let page = service.api(list, &parameters).await;
            seen.extend(page["items"].as_array().expect("items").iter().map(|item| item["id"].to_string()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break page["total"].as_u64().expect("a total"),
            }
        };
        assert_eq!(seen.len() as u64, total, "{list}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len() as u64, total, "{list} has no item twice");
    }
}

#[tokio::test]
async fn the_service_says_that_it_is_well() {
    let service = Service::empty();
    for address in ["/healthz", "/readyz", "/openapi.json"] {
        assert_eq!(service.get(address).await.status, StatusCode::OK, "{address}");
    }
}

#[tokio::test]
async fn a_request_head_that_does_not_come_is_not_waited_for() {
    let data = tempfile::tempdir().expect("a folder");
    let archive = Arc::new(Archive::open(data.path()).expect("opens"));
    let settings = Settings { head_limit: Duration::from_millis(100), ..Settings::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let addr = listener.local_addr().expect("an address");
    let state = AppState::new(archive, &settings);
    tokio::spawn(http::serve(listener, state, std::future::pending()));
    let closed = tokio::task::spawn_blocking(move || {
        let mut stream = std::net::TcpStream::connect(addr).expect("connected");
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").expect("written");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).is_ok()
    });
    assert!(closed.await.expect("ended"), "the connection stayed open");
}
