//! What notices call their claims: the words of `data/claim_words.txt` and `data/claim_kinds.txt`.

use std::sync::LazyLock;

/// The words as alternatives of a pattern.
pub(super) fn claim_words() -> &'static str {
    static WORDS: LazyLock<String> = LazyLock::new(|| alternatives(include_str!("data/claim_words.txt")));
    &WORDS
}

/// What may stand before such a word, as alternatives of a pattern: `科普` in `科普创新之一`.
pub(super) fn claim_kinds() -> &'static str {
    static KINDS: LazyLock<String> = LazyLock::new(|| alternatives(include_str!("data/claim_kinds.txt")));
    &KINDS
}

/// The longest first, so that none is cut short by another.
fn alternatives(data: &str) -> String {
    let lines = data.lines().filter(|line| !line.starts_with('#'));
    let mut words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}
