//! Does a hostile file fail itself alone, whatever becomes of the process that reads it?

use std::{
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use axum::http::{Method, StatusCode};
use dossier_search::{
    ingest::{Archive, Reader, index_paths},
    source::{self, Frame},
};
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    corpus,
    formats::{html, word, zip_of},
    service::Service,
};

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_dossier"))
}

fn reader() -> Reader {
    Reader::with_program(program(), Duration::from_secs(60))
}

/// A program that does what the lines of a shell script say.
fn script(folder: &Path, lines: &str) -> PathBuf {
    let path = folder.join("reader.sh");
    fs::write(&path, format!("#!/bin/sh\n[ \"$1\" = probe ] && exit\n{lines}\n")).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("executable");
    // Until the last process that was started meanwhile has closed it, it is "busy".
    while Command::new(&path).arg("probe").status().is_err() {
        std::thread::sleep(Duration::from_millis(5));
    }
    path
}

const FAILED: &str = "the reader of this file failed; save its text as .txt";
const SLOW: &str = "reading took more than 1 s; split the file, or save its text as .txt";

#[test]
fn a_reader_that_fails_fails_its_file_alone() {
    for (lines, want) in [
        ("exit 1", FAILED),
        ("exit 0", FAILED),
        ("kill -9 $$", FAILED),
        ("kill -SEGV $$", FAILED),
        ("echo what is this", FAILED),
        ("yes", FAILED),
        ("exec cat", FAILED),
        ("printf 'M\\377\\377\\377\\377\\377\\377\\377\\377'", FAILED),
        ("printf 'R\\011\\0\\0\\0\\0\\0\\0\\0short'", FAILED),
        ("printf .", FAILED),
        ("[ -z \"$HOME$DOSSIER_API_KEY\" ] || sleep 60", FAILED),
        ("sleep 60", SLOW),
        ("trap '' TERM; cat >/dev/null; yes complaint >&2", SLOW),
        ("sleep 60 & wait", SLOW),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let input = folder.path().join("in");
        fs::create_dir(&input).expect("a folder");
        fs::write(input.join("a.docx"), word(&corpus::dossier(1))).expect("written");
        fs::write(input.join("b.txt"), corpus::dossier(2)).expect("written");
        fs::write(input.join("c.zip"), zip_of(&[("d.txt", corpus::dossier(3).as_bytes())])).expect("written");
        let reader = Reader::with_program(script(folder.path(), lines), Duration::from_secs(1));
        let archive = Archive::open_with(&folder.path().join("data"), reader).expect("opened");
        let started = Instant::now();
        let report = index_paths(&archive, &[input], |_, _| {}).expect("indexed");
        let failed: Vec<&str> = report.failed.iter().map(|failure| failure.error.as_str()).collect();
        assert_eq!((report.added, failed), (1, vec![want; 2]), "{lines}");
        assert!(started.elapsed() < Duration::from_secs(20), "{lines} took {:?}", started.elapsed());
    }
}

#[test]
fn a_reader_that_is_not_there_is_said() {
    let reader = Reader::with_program(PathBuf::from("/nowhere/dossier"), Duration::from_secs(1));
    let error = reader.read("a.docx", &word("甲")).expect_err("not there").to_string();
    assert!(error.starts_with("cannot start the process that reads this file: "), "{error}");
    assert!(reader.read("a.txt", "甲".as_bytes()).is_ok());
}

#[test]
fn what_another_process_reads_is_the_same() {
    for n in 0..12 {
        let bytes = word(&corpus::dossier(n));
        let own = source::read("a.docx", &bytes).expect("readable");
        assert_eq!(reader().read("a.docx", &bytes).expect("readable"), own);
    }
    for bytes in [
        zip_of(&[("word/document.xml", b"<w:tbl>".repeat(100).as_slice())]),
        zip_of(&[("word/document.xml", b"<w:p>")]),
        zip_of(&[("word/document.xml", b" ")]),
        zip_of(&[("a.txt", b"x")]),
        zip_of(&[]),
        b"PK\x03\x04 noise".to_vec(),
        [&b"PK\x03\x04"[..], &vec![b'x'; 33 << 20]].concat(),
    ] {
        let own = source::read("a.docx", &bytes).expect_err("broken").to_string();
        assert_eq!(reader().read("a.docx", &bytes).expect_err("broken").to_string(), own);
    }
}

#[test]
fn a_bad_file_in_a_zip_leaves_the_good_ones() {
    let texts: Vec<String> = (0..3).map(corpus::dossier).collect();
    let bomb = vec![b'a'; 20 << 20];
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("甲/0.html", html(&texts[0]).as_bytes()),
        ("bomb.txt", &bomb),
        ("-1.docx", &word(&texts[1])),
        ("broken.docx", b"PK\x03\x04 noise"),
        ("inner.zip", &zip_of(&[("a.txt", b"x")])),
        ("../../2.txt", texts[2].as_bytes()),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("started");
        zip.write_all(bytes).expect("written");
    }
    let bytes = zip.finish().expect("finished").into_inner();
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("all.zip"), &bytes).expect("written");
    let archive = Archive::open_with(&folder.path().join("data"), reader()).expect("opened");
    let report = index_paths(&archive, &[folder.path().join("all.zip")], |_, _| {}).expect("indexed");
    let failed: Vec<(&str, &str)> = report
        .failed
        .iter()
        .map(|failure| {
            let name = failure.path.rsplit("all.zip/").next().expect("a name");
            (name, failure.error.split([';', ',']).next().expect("a sentence"))
        })
        .collect();
    let want = [
        ("bomb.txt", "a part unpacks to more than 200 times its size"),
        ("broken.docx", "the zip file is damaged"),
        ("inner.zip", "this is a zip file within a zip file"),
    ];
    assert_eq!((report.added, &failed[..]), (3, &want[..]));

    let (mut own, mut other) = (Vec::new(), Vec::new());
    source::read_all("all.zip", &bytes, true, |frame| -> Result<(), ()> {
        own.push(shown(&frame));
        Ok(())
    })
    .expect("read");
    reader()
        .read_all("all.zip", &bytes, &mut |frame| {
            other.push(shown(&frame));
            Ok(())
        })
        .expect("read");
    assert_eq!(own, other);
}

fn shown(frame: &Frame) -> String {
    match frame {
        Frame::Document(_) => "a document".to_owned(),
        Frame::Member { name, bytes: Ok(bytes) } => format!("{name}: {} bytes", bytes.len()),
        Frame::Member { name, bytes: Err(error) } => format!("{name}: {error}"),
    }
}

#[test]
fn the_process_bounds_itself() {
    let mut child = Command::new(program())
        .args(["read-source", "--name", "file.docx"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let limits = format!("/proc/{}/limits", child.id());
    let is_set = |name: &str, limit: &str| {
        let limits = fs::read_to_string(&limits).expect("limits");
        limits.lines().any(|line| {
            line.strip_prefix(name).is_some_and(|rest| rest.split_whitespace().next() == Some(limit))
        })
    };
    for (name, limit) in [
        ("Max address space", "1342177280"),
        ("Max cpu time", "30"),
        ("Max file size", "0"),
        ("Max processes", "0"),
        ("Max core file size", "0"),
    ] {
        let waited = (0..1000).any(|_| {
            let done = is_set(name, limit);
            if !done {
                std::thread::sleep(Duration::from_millis(10));
            }
            done
        });
        assert!(waited, "{name}: {:?}", fs::read_to_string(&limits));
    }
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("ended");
    let frame = Frame::read(&mut &output.stdout[..]).expect("a frame").expect("not the end");
    assert!(matches!(frame, Frame::Document(Err(error)) if error.to_string() == "the file holds no text"));
}

#[test]
fn nobody_is_told_of_the_subcommand() {
    for arguments in [&["--help"][..], &["completions", "bash"], &["completions", "zsh"]] {
        let output = Command::new(program()).args(arguments).output().expect("runs");
        let shown = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(shown.contains("completions") && !shown.contains("read-source"), "{shown}");
    }
}

fn service(lines: &str) -> (Service, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let program = script(folder.path(), lines);
    (Service::reading_by(Reader::with_program(program, Duration::from_secs(1))), folder)
}

#[tokio::test]
async fn the_service_goes_on_after_a_hostile_file() {
    let (service, _folder) = service("kill -SEGV $$");
    let answer = service.call(Method::POST, "/api/v1/dossiers?filename=a.docx", word("甲")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert_eq!(answer.json()["detail"], FAILED);
    let answer = service.call(Method::POST, "/api/v1/dossiers", corpus::dossier(1).into_bytes()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_file_keeps_no_question_waiting() {
    let (service, _folder) = service("sleep 60");
    let slow = service.call(Method::POST, "/api/v1/dossiers?filename=a.docx", word("甲"));
    let questions = async {
        let started = Instant::now();
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_millis(50)).await;
            assert_eq!(service.get("/api/v1/search?q=%E7%94%B2").await.status, StatusCode::OK);
        }
        started.elapsed()
    };
    let (answer, took) = tokio::join!(slow, questions);
    assert_eq!(
        (answer.status, answer.json()["detail"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some(SLOW))
    );
    assert!(took < Duration::from_millis(900), "questions took {took:?}");
}
