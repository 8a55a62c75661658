//! Markdown, with its marks and tables.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    dossier_fuzz::read("a.md", text.as_bytes());
});
