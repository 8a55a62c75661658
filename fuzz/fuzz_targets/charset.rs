//! Encodings: any bytes; what was decoded is what the encoding that is named says, with nothing replaced.

#![no_main]

use encoding_rs::Encoding;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(source) = dossier_fuzz::read("a", bytes).filter(|source| source.format == "text") else {
        return;
    };
    let encoding = Encoding::for_label(source.encoding.as_bytes()).expect("an encoding by its usual name");
    let body = Encoding::for_bom(bytes).map_or(bytes, |(_, length)| &bytes[length..]);
    let text = encoding.decode_without_bom_handling_and_without_replacement(body).expect("all bytes fit");
    assert_eq!(source.text, text);
    assert!(!text.contains('\0'));
});
