//! Bytes that are no text, or half of one.

use encoding_rs::GB18030;

use super::{Article, Case, Dossier, Error, many, notice};

pub(super) fn broken() -> Vec<Case> {
    let text = String::from_utf8(notice("")).expect("UTF-8");
    let gb = GB18030.encode(text.trim()).0.into_owned();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut damaged = notice("");
    damaged[40] = 0xFF;
    let mut random = Random(7);
    vec![
        ("empty.txt", Vec::new(), Error("the file holds no text")),
        ("blank.txt", " \t\r\n\u{3000}".repeat(1000).into_bytes(), Error("the file holds no text")),
        ("mark.txt", b"\xEF\xBB\xBF".to_vec(), Error("the file holds no text")),
        ("nuls.txt", vec![0; many(1_000_000)], Error("byte 0 is NUL")),
        ("nul.txt", [&notice("")[..], b"\0"].concat(), Error("byte ")),
        ("gb.txt", gb.clone(), Dossier),
        ("gb-cut.txt", gb[..gb.len() - 2 - 1].to_vec(), Error("byte ")),
        ("utf8-cut.txt", "甲医院".as_bytes()[..8].to_vec(), Error("byte 6 fits none")),
        ("utf8-damaged.txt", damaged, Error("byte 40 fits none")),
        ("utf16-bare.txt", utf16.clone(), Dossier),
        (
            "utf16-cut.txt",
            utf16[..utf16.len() - 1].to_vec(),
            Error("the UTF-16 text ends within a character"),
        ),
        ("utf16-lone.txt", b"\xFF\xFE\x32\x75\x00\xD8\x32\x75".to_vec(), Error("byte ")),
        ("utf16-lone-last.txt", b"\xFE\xFF\x75\x32\xD8\x00".to_vec(), Error("byte ")),
        ("random.txt", random.bytes(many(1_000_000), 0..=255), Error("byte ")),
        ("random-high.txt", random.bytes(many(1_000_000), 0x81..=0xFE), Error("byte ")),
        ("random-ascii.txt", random.bytes(many(1_000_000), 0x20..=0x7E), Article),
        (
            "bytes.pdf",
            [&b"%PDF-1.7\n"[..], &random.bytes(10_000, 0..=255)].concat(),
            Error("the PDF is damaged"),
        ),
        ("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 noise".to_vec(), Error("this is an old or a locked")),
        ("rich.txt", b"{\\rtf1 x}".to_vec(), Error("this is a rich text document")),
        ("program.txt", b"\x7FELF\x02\x01\x01\0\0\0".to_vec(), Error("byte 7 is NUL")),
        ("large.txt", vec![b'a'; (32 << 20) + 1], Error("the file has 33554433 bytes")),
        ("lines.txt", [&vec![b'\n'; many(5_000_000)][..], b"x"].concat(), Article),
        ("line.txt", "甲医院的陈一教授带领团队，".repeat(many(130_000)).into_bytes(), Article),
        ("letters.txt", vec![b'a'; many(5_000_000)], Article),
        ("returns.txt", "甲\r".repeat(many(300_000)).into_bytes(), Article),
        ("spaces.txt", format!("甲{}乙", " ".repeat(many(1_000_000))).into_bytes(), Article),
        ("escapes.txt", notice("姓名：\u{1B}[31m陈\u{7}一\n"), Dossier),
    ]
}

/// SplitMix64: the same bytes on every machine.
struct Random(u64);

impl Random {
    fn bytes(&mut self, count: usize, range: std::ops::RangeInclusive<u8>) -> Vec<u8> {
        let (from, width) = (u64::from(*range.start()), u64::from(range.end() - range.start()) + 1);
        (0..count)
            .map(|_| {
                self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                u8::try_from(from + (mixed ^ (mixed >> 27)) % width).expect("a byte")
            })
            .collect()
    }
}
