//! What a notice states: any text, with every place that is noted for a field.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(source) = dossier_fuzz::read("a.txt", text.as_bytes()) {
        dossier_fuzz::understand(&source);
    }
});
