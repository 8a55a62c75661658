//! Pages: any tags, in any order, in any encoding.

#![no_main]

libfuzzer_sys::fuzz_target!(|page: &[u8]| {
    dossier_fuzz::read("a.html", page);
});
