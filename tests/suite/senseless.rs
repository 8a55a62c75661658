//! Questions that mean nothing, the same ones on every machine.

use std::fmt::Write as _;

/// Pieces of every kind of syntax, of text, and of what neither is.
const PIECES: [&str; 40] = [
    "\"",
    "“",
    "”",
    "(",
    ")",
    "((((",
    "OR",
    " OR ",
    "-",
    "*",
    ":",
    "：",
    "人:",
    "单位:",
    "year:",
    "claim:",
    "ip:",
    "2020..",
    "创新点2",
    "ZL2015",
    "肺癌",
    "微创",
    "的",
    "ECMO",
    "liu",
    "ming",
    "a",
    "é",
    "ﷺ",
    "\u{202E}",
    "\u{0}",
    "\u{1E}",
    "🀄",
    "\u{10FFFF}",
    " ",
    "　",
    "\n",
    "%",
    "&",
    "怎样",
];

/// Draws `count` questions, a few of them of 100 KB.
pub(crate) fn questions(count: usize) -> impl Iterator<Item = String> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 12).unwrap_or(0) % limit
    };
    (0..count).map(move |number| match number % 1000 {
        0 => "(".repeat(100_000),
        1 => "肺癌 OR ".repeat(10_000),
        2 => "a".repeat(100_000),
        3 => "\"微\" ".repeat(10_000),
        _ => {
            let pieces = below(24);
            let one = |_| match below(3) {
                0 => char::from_u32(u32::try_from(below(0x11_0000)).unwrap_or(0)).unwrap_or('甲').to_string(),
                _ => PIECES[below(PIECES.len())].to_owned(),
            };
            (0..pieces).map(one).collect()
        }
    })
}

/// The address of a question; those that no address holds are asked in part.
pub(crate) fn address(q: &str, number: usize) -> String {
    const KINDS: [&str; 8] =
        ["dossier", "person", "institution", "journal", "paper", "ip", "claim", "contribution"];
    const LONGEST: usize = 60_000;
    let mut encoded = String::new();
    for byte in q.bytes() {
        if encoded.len() > LONGEST {
            break;
        }
        let _infallible = write!(encoded, "%{byte:02X}");
    }
    // A character that was cut is no UTF-8, which is refused as well.
    format!("/api/v1/search?kind={}&q={encoded}", KINDS[number % KINDS.len()])
}
