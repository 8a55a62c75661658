//! Word documents: any XML as the text, and, behind a NUL byte, any as the styles.

#![no_main]

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in ["word/document.xml", "word/styles.xml"] {
        let Some(part) = parts.next() else { break };
        writer.start_file(name, options).expect("started");
        writer.write_all(part).expect("written");
    }
    let document = writer.finish().expect("finished").into_inner();
    dossier_fuzz::read("a.docx", &document);
});
