//! Is a copy that was made while serving whole, and can one go on from it?

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use dossier_search::{
    ingest::Archive,
    search::SearchRequest,
    store::{Store, StoreError, restore},
};

use crate::corpus;

fn add(archive: &Archive, n: u64) -> String {
    archive.add(&format!("{n}.txt"), corpus::dossier(n).as_bytes()).expect("kept").id
}

fn found(archive: &Archive) -> u64 {
    archive.search(&SearchRequest::default()).expect("answers").total
}

#[test]
fn a_copy_made_while_serving_is_one_state_and_is_gone_on_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let archive = Archive::open(&path("data")).expect("opens");
    let before: Vec<String> = (0..3).map(|n| add(&archive, n)).collect();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 3;
            while !done.load(Ordering::Relaxed) {
                add(&archive, n);
                n += 1;
            }
        });
        for copy in ["one.sqlite", "two.sqlite", "two.sqlite"] {
            archive.store().backup(&path(copy)).expect("copied");
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(fs::metadata(path("one.sqlite.part")).is_err(), "nothing is left beside it");

    restore(&path("two.sqlite"), &path("new"), false).expect("restored");
    let restored = Archive::open(&path("new")).expect("opens");
    for id in &before {
        assert_eq!(restored.store().dossier(id).expect("asked"), archive.store().dossier(id).expect("asked"));
        assert_eq!(
            restored.store().source_bytes(id).expect("asked"),
            archive.store().source_bytes(id).expect("asked")
        );
    }
    let documents = restored.store().document_ids().expect("ids").len() as u64;
    assert_eq!(found(&restored), documents, "the index was built anew");
    add(&restored, 1000);
    assert_eq!(found(&restored), documents + 1);
}

#[test]
fn what_is_there_is_replaced_only_where_that_is_asked_and_nobody_uses_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let one = Archive::open(&path("one")).expect("opens");
    let kept = add(&one, 1);
    one.store().backup(&path("copy")).expect("copied");
    let two = Archive::open(&path("two")).expect("opens");
    let replaced = add(&two, 2);

    let refused = restore(&path("copy"), &path("two"), false).expect_err("occupied");
    assert!(matches!(refused, StoreError::Occupied { .. }), "{refused:?}");
    let refused = restore(&path("copy"), &path("two"), true).expect_err("in use");
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused:?}");
    assert!(two.store().dossier(&replaced).expect("asked").is_some(), "as it was");
    drop(two);

    restore(&path("copy"), &path("two"), true).expect("restored");
    let two = Archive::open(&path("two")).expect("opens");
    assert!(two.store().dossier(&kept).expect("asked").is_some());
    assert!(two.store().dossier(&replaced).expect("asked").is_none());
    assert_eq!(found(&two), 1, "nothing of the index that was there is left");
    assert_ne!(two.store().origin().expect("asked"), one.store().origin().expect("asked"));
}

#[test]
fn a_file_that_is_no_copy_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("text"), "no database, however long one reads on in it ".repeat(200)).expect("written");
    fs::write(path("empty"), "").expect("written");
    let archive = Archive::open(&path("data")).expect("opens");
    add(&archive, 1);
    archive.store().backup(&path("copy")).expect("copied");
    let whole = fs::read(path("copy")).expect("read");
    fs::write(path("cut"), &whole[..whole.len() / 2]).expect("written");
    for file in ["text", "empty", "cut", "missing"] {
        let refused = restore(&path(file), &path("new"), false).expect_err(file);
        assert!(matches!(refused, StoreError::NotACopy { .. }), "{file}: {refused:?}");
        assert!(fs::metadata(path("new/dossier.sqlite")).is_err(), "{file}");
    }
    assert!(Store::open(&path("new")).is_ok(), "the folder is as good as new");
}

#[test]
fn the_terminal_copies_and_restores() {
    fn run(folder: &Path, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(arguments).current_dir(folder).output().expect("the program runs")
    }
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| run(folder.path(), arguments);
    fs::write(folder.path().join("1.txt"), corpus::dossier(1)).expect("written");
    assert!(run(&["index", "1.txt", "--data", "data"]).status.success());
    assert!(run(&["backup", "copy", "--data", "data"]).status.success());
    let restored = run(&["restore", "copy", "--data", "new"]);
    assert!(restored.status.success(), "{restored:?}");
    assert!(String::from_utf8_lossy(&restored.stdout).starts_with("1 documents restored"), "{restored:?}");
    assert!(run(&["restore", "copy", "--data", "new", "--force"]).status.success());
    for (arguments, says) in [
        (&["backup", "copy", "--data", "data"][..], "--force"),
        (&["backup", "data/dossier.sqlite", "--data", "data", "--force"], "data directory"),
        (&["backup", "copy2", "--data", "nowhere"], "nowhere"),
        (&["restore", "copy", "--data", "new"], "--force"),
        (&["restore", "1.txt", "--data", "other"], "1.txt"),
    ] {
        let refused = run(arguments);
        assert_eq!(refused.status.code(), Some(1), "{arguments:?}");
        let error = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(error.starts_with("error: ") && error.contains(says), "{error}");
    }
}
