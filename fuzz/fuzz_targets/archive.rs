//! Zip files: any bytes as the list of files and as the files.

#![no_main]

use dossier_fuzz::check_error;
use dossier_search::source::Archive;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    dossier_fuzz::read("a.zip", bytes);
    let Ok(Some(mut archive)) = Archive::open(bytes).inspect_err(check_error) else { return };
    let Ok(members) = archive.members().inspect_err(check_error) else { return };
    for member in members {
        assert!(member.name.split('/').all(|step| !matches!(step, "" | "." | "..")), "{}", member.name);
        let _unreadable = archive.read(&member).inspect_err(check_error);
    }
});
