//! PDF files: any bytes behind a header.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    dossier_fuzz::read("a.pdf", bytes);
});
