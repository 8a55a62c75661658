//! What notices call their claims: the words of `data/claim_words.txt`.

use std::sync::LazyLock;

/// The words as alternatives of a pattern, the longest first, so that none is cut short by another.
pub(super) fn claim_words() -> &'static str {
    static WORDS: LazyLock<String> = LazyLock::new(|| {
        let lines = include_str!("data/claim_words.txt").lines().filter(|line| !line.starts_with('#'));
        let mut words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.join("|")
    });
    &WORDS
}
