//! How claims are labelled and numbered.

use std::sync::LazyLock;

use regex::Regex;

use super::claim_words::{claim_kinds, claim_words};
use crate::text::{FoldedText, boundary, is_han, parse_integer};

/// Notations of claim labels, the most explicit first: the first one that numbers a list is used.
pub(super) fn notations() -> &'static [Regex] {
    static NOTATIONS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        let (word, kind) = (claim_words(), claim_kinds());
        let labelled = format!(
            r"^[\s*★☆●◆■▲◇○•·※-]*(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[）)、.．]\s*)?[（(【]?(?:主要|重要|核心|关键)?(?:{kind}){{0,2}}(?:(?:{word})[与和及])?(?:{word})\s*(?:之)?\s*[（(]?([一二三四五六七八九十\d]{{1,3}})\s*[）)】]?(?:\s*[（(][A-Za-z][A-Za-z .]*\d{{0,2}}[）)])?[\s*]*[：:、.．，,]?[\s*]*"
        );
        [
            &*labelled,
            r"^\s*([一二三四五六七八九十]{1,3})\s*[、，,.．]\s*",
            r"^\s*(\d{1,2})\s*[、.．)）]\s*",
            r"^\s*[（(]([一二三四五六七八九十\d]{1,3})[）)]\s*",
            r"^\s*([a-h])\s*[、.．)）]\s*",
            r"^\s*(\d{1,2})(?:\s{2,}|[\t\u{3000}])",
        ]
        .iter()
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
    });
    &NOTATIONS
}

/// Tells whether a text opens with the label of a claim: `创新点二：`.
pub(super) fn opens_claim(text: &str) -> bool {
    let head = FoldedText::new(head(text));
    let label = notations().first().and_then(|label| label.find(head.text()));
    // `创新点1、2均…` goes on.
    label.is_some_and(|label| {
        let (text, rest) = (label.as_str(), &head.text()[label.end()..]);
        let is_parted = text.ends_with(char::is_whitespace) && rest.starts_with(is_han);
        text.trim_end().ends_with([':', '.', ']', ')', '】']) || is_parted
    })
}

/// Tells whether a text opens with the label of the first claim: `创新点一：`.
pub(super) fn opens_first_claim(text: &str) -> bool {
    let head = FoldedText::new(head(text));
    let label = notations().first().and_then(|label| label.captures(head.text()));
    let number = label.and_then(|label| place(label.get(1)?.as_str()));
    number == Some(1) && opens_claim(text)
}

/// Tells whether a text is the label of a claim and no more: `创新点二`.
pub(super) fn is_claim_label(text: &str) -> bool {
    let folded = FoldedText::new(text);
    let label = notations().first().and_then(|label| label.find(folded.text()));
    label.is_some_and(|label| label.end() == folded.text().len())
}

/// Where a label stands, if there is one; no label takes as many bytes.
pub(super) fn head(text: &str) -> &str {
    &text[..boundary(text, 200)]
}

/// What a number counts; `B` is the second.
pub(super) fn place(number: &str) -> Option<u64> {
    match number.as_bytes() {
        [letter @ (b'a'..=b'h' | b'A'..=b'H')] => Some(u64::from(letter.to_ascii_lowercase() - b'a') + 1),
        _ => parse_integer(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_open_with_their_labels() {
        for (text, opens) in [
            ("创新点二：提出乙。", true),
            ("【创新点2】提出乙。", true),
            ("创新点2 (Innovation 2)：提出乙。", true),
            ("科普创新之二：提出乙。", true),
            ("传播模式创新2：提出乙。", true),
            ("发现与创新一：提出甲。", true),
            ("创新点1、2均获好评。", false),
            ("提出乙。", false),
        ] {
            assert_eq!(opens_claim(text), opens, "{text}");
        }
    }
}
