//! Does the program say what it does, and what it cannot do?

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::corpus;

fn dossier(data: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(arguments)
        .env("DOSSIER_DATA", data.path().join("data"))
        .current_dir(data.path())
        .output()
        .expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn folder_of_three() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("a folder");
    for n in 0..3 {
        fs::write(folder.path().join(format!("in/{n}.txt")), corpus::dossier(n)).expect("written");
    }
    folder
}

#[test]
fn a_folder_is_indexed_once() {
    let folder = folder_of_three();
    let first = dossier(&folder, &["index", "in", "--json"]);
    assert!(first.status.success(), "{}", stderr(&first));
    let report: Value = serde_json::from_str(&stdout(&first)).expect("one JSON value");
    assert_eq!((&report["added"], &report["records"]["dossier"]), (&3.into(), &3.into()));
    let again: Value =
        serde_json::from_str(&stdout(&dossier(&folder, &["index", "in", "--json"]))).expect("JSON");
    assert_eq!((&again["added"], &again["unchanged"]), (&0.into(), &3.into()));
}

#[test]
fn bad_input_is_one_line_each_and_stops_nothing() {
    let folder = folder_of_three();
    fs::write(folder.path().join("empty.txt"), "").expect("written");
    fs::write(folder.path().join("bytes.txt"), [0xFF; 32]).expect("written");
    fs::write(folder.path().join("large.txt"), vec![b'a'; 50 << 20]).expect("written");
    fs::create_dir(folder.path().join("nothing")).expect("a folder");
    let bad = ["empty.txt", "nothing", "missing.txt", "bytes.txt", "large.txt"];
    let output = dossier(&folder, &[&["index"], &bad[..], &["in", "--json"]].concat());
    assert_eq!(output.status.code(), Some(1));
    let lines = stderr(&output);
    assert_eq!(lines.lines().count(), bad.len(), "{lines}");
    for path in bad {
        assert_eq!(
            lines.lines().filter(|line| line.starts_with(&format!("error: {path}: "))).count(),
            1,
            "{lines}"
        );
    }
    let report: Value = serde_json::from_str(&stdout(&output)).expect("one JSON value");
    assert_eq!(report["added"], 3);
    assert_eq!(report["failed"].as_array().expect("a list").len(), bad.len());
    for path in bad {
        let parsed = dossier(&folder, &["parse", path]);
        assert_eq!(parsed.status.code(), Some(1), "{path}");
        assert!(stderr(&parsed).starts_with(&format!("error: {path}: ")), "{}", stderr(&parsed));
        assert_eq!(stderr(&parsed).lines().count(), 1);
    }
}

#[test]
fn the_terminal_finds_shows_and_tells_who() {
    let folder = folder_of_three();
    assert!(dossier(&folder, &["index", "in"]).status.success());
    let parsed: Value =
        serde_json::from_str(&stdout(&dossier(&folder, &["parse", "in/1.txt", "--json"]))).expect("JSON");
    let name = parsed["contributors"][0]["name"].as_str().expect("a name");

    let found = dossier(&folder, &["search", name, "--kind", "person", "--json"]);
    let found: Value = serde_json::from_str(&stdout(&found)).expect("JSON");
    assert_eq!(found["hits"][0]["title"], name);
    let id = found["hits"][0]["id"].as_str().expect("an id");
    let shown: Value =
        serde_json::from_str(&stdout(&dossier(&folder, &["show", id, "--json"]))).expect("JSON");
    assert_eq!(shown["name"], name);
    assert!(stdout(&dossier(&folder, &["show", id])).contains(name));
    let who = stdout(&dossier(&folder, &["who", name]));
    assert!(who.contains(&corpus::title(1)) && who.contains("创新点"), "{who}");

    let stored = dossier(&folder, &["show", parsed["id"].as_str().expect("an id"), "--json"]);
    let mut stored: Value = serde_json::from_str(&stdout(&stored)).expect("JSON");
    stored["source"]["path"] = parsed["source"]["path"].clone();
    assert_eq!(stored, parsed, "what parse prints is what is stored");
}

#[test]
fn wrong_usage_is_status_two_and_unknown_records_one() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [&["serach"][..], &["search", "x", "--kind", "persons"], &["index"], &[]] {
        assert_eq!(dossier(&folder, arguments).status.code(), Some(2), "{arguments:?}");
    }
    for arguments in [["show", "pnobody"], ["who", "某某某"]] {
        let output = dossier(&folder, &arguments);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    }
    assert!(stdout(&dossier(&folder, &["completions", "bash"])).contains("dossier"));
    assert!(Path::new(env!("CARGO_BIN_EXE_dossier")).is_file());
}

#[test]
fn everything_is_written_out_again() {
    let folder = folder_of_three();
    assert!(dossier(&folder, &["index", "in"]).status.success());
    let lines = dossier(&folder, &["export"]);
    assert!(lines.status.success(), "{}", stderr(&lines));
    let ids: Vec<Value> = stdout(&lines)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("one JSON value a line")["id"].clone())
        .collect();
    assert_eq!(ids.len(), 3);
    let shown = dossier(&folder, &["show", ids[0].as_str().expect("an id"), "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&stdout(&shown)).expect("JSON")["id"], ids[0]);
    let references = stdout(&dossier(&folder, &["export", "--format", "ris"]));
    let papers = stdout(&dossier(&folder, &["export", "--kind", "paper", "--format", "ris"]));
    assert!(papers.matches("TY  - JOUR").count() > 1 && references.contains("TY  - PAT"));
    let found = dossier(&folder, &["export", "--kind", "person", "--filter", "year=1900", "--format", "csv"]);
    assert_eq!(stdout(&found).lines().count(), 1, "the names of the columns alone");

    let written = dossier(&folder, &["export", "--format", "xlsx", "--output", "all.xlsx"]);
    assert!(written.status.success() && written.stdout.is_empty(), "{}", stderr(&written));
    assert!(fs::read(folder.path().join("all.xlsx")).expect("a file").starts_with(b"PK"));
    let nowhere = dossier(&folder, &["export", "--output", "missing/all.jsonl"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(stderr(&nowhere).starts_with("error: missing/all.jsonl: "), "{}", stderr(&nowhere));
    for (arguments, says) in [
        (&["export", "--kind", "person", "--format", "bibtex"][..], "dossier, paper, ip"),
        (&["export", "--format", "pdf"], "json-ld"),
    ] {
        let refused = dossier(&folder, arguments);
        assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
        assert!(stderr(&refused).contains(says), "{}", stderr(&refused));
    }
}

#[test]
fn the_terminal_tells_which_institution_is_meant() {
    let folder = folder_of_three();
    assert!(dossier(&folder, &["index", "in"]).status.success());
    let listed = stdout(&dossier(&folder, &["match", "重庆新桥医院骨科"]));
    assert!(listed.starts_with("* 0.98  AUTHORITY   –"), "{listed}");
    assert!(listed.lines().next().is_some_and(|line| line.ends_with("陆军军医大学第二附属医院")), "{listed}");
    let json = stdout(&dossier(&folder, &["match", "协和医院", "--json"]));
    let json: Value = serde_json::from_str(&json).expect("one JSON value");
    let items = json["items"].as_array().expect("a list");
    assert!(items.len() > 1 && items.iter().all(|item| item["chosen"] == false), "{json}");
}
