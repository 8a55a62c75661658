use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::SourceError;

/// Bytes that the detector looks at; a dossier shows its script within the first lines.
const SAMPLE: usize = 64 << 10;

/// Below this share of frequent characters a text is in another encoding; traditional script in GB18030
/// has about 50.
const PLAUSIBLE: usize = 34;

/// Decodes a text in UTF-8, UTF-16, GB18030 or Big5 without its byte order mark, and names the
/// encoding. A file is one text: bytes that do not fit refuse it as a whole.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), SourceError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return marked(encoding, bytes, mark);
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return unmarked_utf16(bytes).unwrap_or(Err(SourceError::Binary { at }));
    }
    let utf8 = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), "utf-8")),
        Err(error) => error.valid_up_to(),
    };
    let mut furthest = utf8;
    let mut candidates = likely_first(bytes).map(|encoding| (frequent_percent(encoding, bytes), encoding));
    candidates.sort_by_key(|&(percent, _)| std::cmp::Reverse(percent));
    for (percent, encoding) in candidates {
        match strict(encoding, bytes) {
            Ok(text) if percent >= PLAUSIBLE => return Ok((text, name(encoding))),
            Ok(_) => {}
            Err(at) => furthest = furthest.max(at),
        }
    }
    Err(SourceError::UnknownEncoding { at: furthest })
}

/// Decodes with the encoding that the file itself declares, where it is one that is read.
pub(super) fn decode_as(label: &[u8], bytes: &[u8]) -> Option<(String, &'static str)> {
    let encoding = match Encoding::for_label(label)? {
        declared if declared.name() == "GBK" => GB18030,
        declared => declared,
    };
    let known = [UTF_8, GB18030, BIG5].contains(&encoding);
    let text = known.then(|| strict(encoding, bytes).ok()).flatten()?;
    Some((text, name(encoding)))
}

fn marked(
    encoding: &'static Encoding,
    bytes: &[u8],
    mark: usize,
) -> Result<(String, &'static str), SourceError> {
    let body = &bytes[mark..];
    if encoding != UTF_8 && body.len() % 2 == 1 {
        return Err(SourceError::CutUtf16 { at: bytes.len() - 1 });
    }
    let text = strict(encoding, body)
        .map_err(|at| SourceError::UnknownEncoding { at: (mark + at).min(bytes.len()) })?;
    match text.find('\0') {
        Some(at) => Err(SourceError::Binary { at: mark + at }),
        None => Ok((text, name(encoding))),
    }
}

/// Reads UTF-16 without a mark, where nearly all pairs of bytes are Han, ASCII or full-width. Two ASCII
/// letters look like a Han character, so a file of ASCII bytes with some NULs is none.
fn unmarked_utf16(bytes: &[u8]) -> Option<Result<(String, &'static str), SourceError>> {
    let ascii = bytes.iter().filter(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..0x7F)).count();
    if ascii * 4 > bytes.len() * 3 {
        return None;
    }
    for (encoding, unit) in
        [(UTF_16LE, u16::from_le_bytes as fn([u8; 2]) -> u16), (UTF_16BE, u16::from_be_bytes)]
    {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let all = units.len();
        let expected = units
            .filter(|unit| {
                matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..0x7F | 0x2000..0x2070 | 0x2500..0x2600
                    | 0x3000..0x3040 | 0x4E00..0xA000 | 0xFF00..0xFFE6)
            })
            .count();
        if all < 4 || expected * 100 < all * 95 {
            continue;
        }
        if bytes.len() % 2 == 1 {
            return Some(Err(SourceError::CutUtf16 { at: bytes.len() - 1 }));
        }
        if let Ok(text) = strict(encoding, bytes)
            && !text.contains('\0')
        {
            return Some(Ok((text, name(encoding))));
        }
    }
    None
}

/// The two encodings of Han text, the likelier one first.
fn likely_first(bytes: &[u8]) -> [&'static Encoding; 2] {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    match detector.guess(Some(b"cn"), Utf8Detection::Deny) {
        guess if guess == BIG5 => [BIG5, GB18030],
        _ => [GB18030, BIG5],
    }
}

/// How many of a hundred characters beyond ASCII are frequent ones or punctuation.
///
/// Both sets put these into rows of their own (GB 2312 level 1 from B0 to D7, Big5 level 1 from A4 to
/// C6) beside punctuation (A1 to A3). Text in another encoding hits them seldom.
fn frequent_percent(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let (mut frequent, mut all, mut at) = (0_usize, 0_usize, 0);
    while at < bytes.len() {
        let lead = bytes[at];
        if lead < 0x80 {
            at += 1;
            continue;
        }
        all += 1;
        let trail = bytes.get(at + 1).copied().unwrap_or_default();
        let hit = if encoding == BIG5 {
            matches!(lead, 0xA1..=0xC6)
        } else {
            trail >= 0xA1 && matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7)
        };
        frequent += usize::from(hit);
        at += if encoding == GB18030 && trail.is_ascii_digit() { 4 } else { 2 };
    }
    frequent * 100 / all.max(1)
}

/// Decodes without replacing anything; the error is the offset of what does not fit.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or_default();
    let mut text = String::with_capacity(room.min(bytes.len() * 2 + 16));
    let mut done = 0;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[done..], &mut text, true);
        done += read;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve((bytes.len() - done) * 2 + 16),
            DecoderResult::Malformed(length, after) => {
                return Err(done.saturating_sub(usize::from(length) + usize::from(after)));
            }
        }
    }
}

/// The encoding that is read under this name.
pub(super) fn named(known: &str) -> Option<&'static str> {
    [UTF_8, UTF_16LE, UTF_16BE, GB18030, BIG5].into_iter().map(name).find(|name| *name == known)
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "gb18030" => "gb18030",
        "Big5" => "big5",
        _ => "utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "推荐奖种：医学科学技术奖\n项目名称：脊柱微创手术体系的建立与应用\n";
    const TRADITIONAL: &str = "推薦獎種：醫學科學技術獎\n項目名稱：脊柱微創手術體系的建立與應用\n";

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn the_encodings_of_chinese_text_are_told_apart() {
        let gb = GB18030.encode(SIMPLIFIED).0.into_owned();
        let gb_traditional = GB18030.encode(TRADITIONAL).0.into_owned();
        let big5 = BIG5.encode(TRADITIONAL).0.into_owned();
        let (le, be) = (utf16(SIMPLIFIED, u16::to_le_bytes), utf16(SIMPLIFIED, u16::to_be_bytes));
        let marked = |mark: &[u8], body: &[u8]| [mark, body].concat();
        for (bytes, text, encoding) in [
            (SIMPLIFIED.as_bytes().to_vec(), SIMPLIFIED, "utf-8"),
            (marked(b"\xEF\xBB\xBF", SIMPLIFIED.as_bytes()), SIMPLIFIED, "utf-8"),
            (gb, SIMPLIFIED, "gb18030"),
            (gb_traditional, TRADITIONAL, "gb18030"),
            (GB18030.encode("姓名：李明").0.into_owned(), "姓名：李明", "gb18030"),
            (GB18030.encode("生僻字䶮、𠮷与常用字").0.into_owned(), "生僻字䶮、𠮷与常用字", "gb18030"),
            (big5, TRADITIONAL, "big5"),
            (BIG5.encode("姓名：陳一").0.into_owned(), "姓名：陳一", "big5"),
            (le.clone(), SIMPLIFIED, "utf-16le"),
            (be.clone(), SIMPLIFIED, "utf-16be"),
            (marked(b"\xFF\xFE", &le), SIMPLIFIED, "utf-16le"),
            (marked(b"\xFE\xFF", &be), SIMPLIFIED, "utf-16be"),
            (utf16("plain words", u16::to_le_bytes), "plain words", "utf-16le"),
        ] {
            assert_eq!(decode(&bytes), Ok((text.to_owned(), encoding)), "{bytes:02X?}");
        }
    }

    #[test]
    fn what_fits_nothing_is_refused_and_never_garbled() {
        let gb = GB18030.encode(SIMPLIFIED.trim()).0.into_owned();
        let le = utf16(SIMPLIFIED, u16::to_le_bytes);
        let mut damaged = SIMPLIFIED.as_bytes().to_vec();
        damaged[30] = 0xFF;
        for (bytes, want) in [
            (b"ab\xFF".to_vec(), SourceError::UnknownEncoding { at: 2 }),
            (vec![0xFF; 32], SourceError::UnknownEncoding { at: 0 }),
            (gb[..gb.len() - 1].to_vec(), SourceError::UnknownEncoding { at: gb.len() - 2 }),
            (b"caf\xE9 r\xE9sum\xE9".to_vec(), SourceError::UnknownEncoding { at: 3 }),
            (b"a na\xEFve word".to_vec(), SourceError::UnknownEncoding { at: 4 }),
            (damaged, SourceError::UnknownEncoding { at: 30 }),
            ([b"\xFF\xFE", &le[..le.len() - 1]].concat(), SourceError::CutUtf16 { at: le.len() }),
            (le[..le.len() - 1].to_vec(), SourceError::CutUtf16 { at: le.len() - 2 }),
            (b"words with a \0 in them".to_vec(), SourceError::Binary { at: 13 }),
            (b"a\0b".to_vec(), SourceError::Binary { at: 1 }),
            (b"\x7FELF\x02\x01\x01\0\0\0\0\0".to_vec(), SourceError::Binary { at: 7 }),
        ] {
            assert_eq!(decode(&bytes), Err(want), "{bytes:02X?}");
        }
    }

    #[test]
    fn a_declared_encoding_counts_where_the_bytes_fit_it() {
        let gb = GB18030.encode("甲").0.into_owned();
        assert_eq!(decode_as(b"gb2312", &gb), Some(("甲".to_owned(), "gb18030")));
        assert_eq!(decode_as(b"utf-8", &gb), None);
        assert_eq!(decode_as(b"windows-1252", &gb), None);
    }
}
