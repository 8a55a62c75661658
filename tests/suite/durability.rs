//! Is what was acknowledged still there after the process was killed?

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use dossier_search::{ingest::Archive, search::SearchRequest};
use serde_json::Value;

use crate::{
    corpus::{self, Random},
    service::encoded,
};

/// A serving process.
pub(crate) struct Served {
    child: Child,
    pub(crate) addr: String,
}

impl Served {
    pub(crate) fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .args(["serve", "--addr", "127.0.0.1:0", "--seed", "none"])
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = child.stdout.take().expect("piped");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let addr = line.trim().rsplit("http://").next().expect("an address").to_owned();
        assert!(addr.contains(':'), "it printed '{line}'");
        Self { child, addr }
    }

    /// SIGKILL: nothing is flushed, closed or said.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

/// Status and body of one request; `None` where the connection broke.
pub(crate) fn call(addr: &str, method: &str, path: &str, body: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(addr).ok()?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {addr}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    // A body cut by the kill was never acknowledged.
    serde_json::from_str::<Value>(body).ok()?;
    Some((status, body.to_owned()))
}

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let data = tempfile::tempdir().expect("a folder");
    let mut random = Random::new(1);
    let mut acknowledged: Vec<(u64, String)> = Vec::new();
    let mut next = 0;
    for _ in 0..10 {
        let served = Served::start(data.path());
        check(&served.addr, &acknowledged);
        let (sender, receiver) = mpsc::channel();
        let (addr, first) = (served.addr.clone(), next);
        let writer = thread::spawn(move || {
            for n in first.. {
                let Some((status, body)) = call(&addr, "POST", "/api/v1/dossiers", &corpus::dossier(n))
                else {
                    return;
                };
                assert_eq!(status, 201, "{body}");
                let answer: Value = serde_json::from_str(&body).expect("JSON");
                sender.send((n, answer["id"].as_str().expect("an id").to_owned())).expect("received");
            }
        });
        // A few documents are acknowledged, then the kill falls amid the next one or two.
        let mut new: Vec<(u64, String)> = receiver.iter().take(2 + random.below(5)).collect();
        thread::sleep(Duration::from_millis(random.below(60) as u64));
        served.kill();
        writer.join().expect("the writer ends with the service");
        new.extend(receiver.iter());
        next = new.last().map_or(next, |(n, _)| n + 1) + 1;
        acknowledged.extend(new);
    }
    let served = Served::start(data.path());
    check(&served.addr, &acknowledged);
    served.kill();
    println!("{} documents acknowledged, 10 kills", acknowledged.len());
    assert!(acknowledged.len() >= 20, "only {} documents", acknowledged.len());
}

#[test]
fn a_service_finds_what_another_process_adds() {
    let data = tempfile::tempdir().expect("a folder");
    let served = Served::start(data.path());
    let (status, body) =
        call(&served.addr, "POST", "/api/v1/dossiers", &corpus::dossier(1)).expect("an answer");
    assert_eq!(status, 201, "{body}");
    let file = data.path().join("other.txt");
    fs::write(&file, corpus::dossier(2)).expect("written");
    let index = Command::new(env!("CARGO_BIN_EXE_dossier"))
        .arg("index")
        .arg(&file)
        .arg("--data")
        .arg(data.path())
        .output()
        .expect("the program runs");
    assert!(index.status.success(), "{}", String::from_utf8_lossy(&index.stderr));
    let title = encoded(&corpus::title(2));
    let found = (0..50).any(|_| {
        thread::sleep(Duration::from_millis(100));
        let (_, body) =
            call(&served.addr, "GET", &format!("/api/v1/search?q={title}"), "").expect("an answer");
        serde_json::from_str::<Value>(&body).expect("JSON")["total"] == 1
    });
    served.kill();
    assert!(found, "not found within five seconds");
}

#[test]
fn an_index_that_is_lost_or_of_another_record_is_built_anew() {
    let data = tempfile::tempdir().expect("a folder");
    let other = tempfile::tempdir().expect("a folder");
    for (folder, numbers) in [(&data, 0..3), (&other, 10..12)] {
        let archive = Archive::open(folder.path()).expect("opens");
        for n in numbers {
            archive.add("invented.txt", corpus::dossier(n).as_bytes()).expect("added");
        }
    }
    let total = |path: &Path| {
        let archive = Archive::open(path).expect("opens");
        archive.search(&SearchRequest::default()).expect("an answer").total
    };
    fs::remove_dir_all(data.path().join("tantivy")).expect("removed");
    assert_eq!(total(data.path()), 3);
    // The record of another folder under this index.
    for file in ["dossier.sqlite", "dossier.sqlite-wal", "dossier.sqlite-shm"] {
        let _absent = fs::remove_file(data.path().join(file));
        if other.path().join(file).is_file() {
            fs::copy(other.path().join(file), data.path().join(file)).expect("copied");
        }
    }
    assert_eq!(total(data.path()), 2);
}

/// Every document is there, and found by its title.
fn check(addr: &str, acknowledged: &[(u64, String)]) {
    for (n, id) in acknowledged {
        let (status, body) = call(addr, "GET", &format!("/api/v1/dossiers/{id}"), "").expect("an answer");
        assert_eq!(status, 200, "document {n} is lost: {body}");
        let title = encoded(&format!("\"{}\"", corpus::title(*n)));
        let (_, body) = call(addr, "GET", &format!("/api/v1/search?q={title}"), "").expect("an answer");
        let found: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!(found["hits"][0]["id"], id.as_str(), "document {n} is not found");
    }
}
