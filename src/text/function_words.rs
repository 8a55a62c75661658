use std::{collections::HashSet, sync::LazyLock};

static FUNCTION_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("function_words.txt").split_whitespace().collect());

/// The words that ask or join.
pub fn function_words() -> impl Iterator<Item = &'static str> {
    FUNCTION_WORDS.iter().copied()
}

/// Tells whether a folded word asks or joins and says nothing about what is sought (怎样, 参与, 和).
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(word)
}
