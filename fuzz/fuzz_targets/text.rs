//! Plain text: lines, headings, and tables by tabs, pipes and rules.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    dossier_fuzz::read("a.txt", text.as_bytes());
});
