//! An archive of invented dossiers, kept from one run to the next.

use std::{path::Path, time::Instant};

use dossier_search::{domain::Kind, ingest::Archive, store::PutStatus};

use super::corpus;

/// The archive of the first `count` dossiers; what is there already is taken as it is, if it is of the same dossiers.
pub(crate) fn filled(data: &Path, count: u64) -> Archive {
    let archive = Archive::open(data).expect("opens");
    let keep = |n| archive.keep("invented.txt", corpus::dossier(n).as_bytes()).expect("kept").status;
    let known = archive.store().counts().expect("counted").get(&Kind::Dossier).copied().unwrap_or_default();
    if known == 0 {
        let started = Instant::now();
        (0..count).for_each(|n| assert_eq!(keep(n), PutStatus::Added));
        let kept = started.elapsed();
        archive.catch_up().expect("indexed");
        println!("{count} dossiers kept in {kept:.1?}, indexed in {:.1?}", started.elapsed() - kept);
    } else {
        // The words of the dossiers are those the program knows, which become more.
        let same = known == count && [0, count - 1].map(keep) == [PutStatus::Unchanged; 2];
        assert!(same, "{} holds other dossiers: remove it", data.display());
    }
    archive
}
