//! Folders with what is no plain file, and names that no form would take.

use std::{fs, path::Path};

use dossier_search::ingest::{Archive, index_paths};

use crate::corpus;

#[test]
fn a_folder_that_holds_itself_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in");
    fs::create_dir_all(input.join("deep/er")).expect("a folder");
    fs::write(input.join("deep/er/a.txt"), corpus::dossier(1)).expect("written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(&input, input.join("deep/er/up")).expect("a link");
        symlink(&input, input.join("up.txt")).expect("a link");
        symlink("self.txt", input.join("self.txt")).expect("a link");
        symlink("nowhere", input.join("nowhere.txt")).expect("a link");
        symlink("deep/er/a.txt", input.join("link.txt")).expect("a link");
    }
    let (added, unchanged, failed) = indexed(&folder.path().join("data"), &input);
    assert_eq!(added, 1);
    if cfg!(unix) {
        assert_eq!(unchanged, 1, "a link to a file is that file");
        let names: Vec<&str> = failed.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["nowhere.txt", "self.txt", "up.txt"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_plain_file_is_said_and_never_waited_for() {
    use std::{
        ffi::OsStr,
        os::unix::{ffi::OsStrExt as _, fs::symlink, net::UnixListener},
        process::Command,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in");
    fs::create_dir_all(input.join("folder.txt")).expect("a folder");
    let made = Command::new("mkfifo").arg(input.join("pipe.txt")).status().expect("mkfifo");
    assert!(made.success());
    symlink("/dev/zero", input.join("endless.txt")).expect("a link");
    let _socket = UnixListener::bind(input.join("socket.txt")).expect("a socket");
    let long = format!("{}.txt", "长".repeat(83));
    let names = [
        &b"-rf.txt"[..],
        b" a b .txt",
        b"new\nline.txt",
        "🫀.txt".as_bytes(),
        b"\xFF\xFE.txt",
        long.as_bytes(),
    ];
    for (n, name) in (0..).zip(names) {
        fs::write(input.join(OsStr::from_bytes(name)), corpus::dossier(n)).expect("written");
    }
    let (added, _, failed) = indexed(&folder.path().join("data"), &input);
    assert_eq!(added, names.len(), "{failed:?}");
    let failed: Vec<(&str, &str)> =
        failed.iter().map(|(name, error)| (name.as_str(), error.as_str())).collect();
    let want = "this is neither a file nor a folder";
    assert_eq!(failed, [("endless.txt", want), ("pipe.txt", want), ("socket.txt", want)]);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in");
    fs::create_dir(&input).expect("a folder");
    let locked = input.join("locked.txt");
    fs::write(&locked, corpus::dossier(1)).expect("written");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("locked");
    if fs::read(&locked).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let (added, _, failed) = indexed(&folder.path().join("data"), &input);
    assert_eq!(added, 0);
    assert_eq!(failed, [("locked.txt".to_owned(), "permission to read it is denied".to_owned())]);
}

/// How many files of a folder were added and known, and which failed, by their names.
fn indexed(data: &Path, input: &Path) -> (usize, usize, Vec<(String, String)>) {
    let archive = Archive::open(data).expect("opened");
    let report = index_paths(&archive, &[input.to_owned()], |_, _| {}).expect("indexed");
    let failed = report.failed.into_iter().map(|failure| {
        let name = Path::new(&failure.path).file_name().expect("a name").to_string_lossy().into_owned();
        (name, failure.error)
    });
    (report.added, report.unchanged, failed.collect())
}
