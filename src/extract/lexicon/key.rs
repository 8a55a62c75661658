//! The keys that labels and headings are compared by.

use crate::{
    extract::enumerator::strip_enumerator,
    text::{fold, is_han},
};

/// The forms under which a label is looked up: all of it, then without bracketed notes, where it has any.
pub(super) fn label_keys(text: &str) -> impl Iterator<Item = String> {
    let mut whole = String::with_capacity(text.len());
    let mut bare = None;
    let mut depth = 0usize;
    for c in fold(text).map(|folded| folded.c) {
        match c {
            '(' | '[' => {
                bare.get_or_insert_with(|| whole.clone());
                depth += 1;
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if is_word(c) => {
                whole.push(c);
                if let Some(bare) = bare.as_mut().filter(|_| depth == 0) {
                    bare.push(c);
                }
            }
            _ => {}
        }
    }
    [Some(whole), bare].into_iter().flatten().filter(|key| !key.is_empty())
}

/// The form that patterns are tried on.
pub(super) fn last_key(text: &str) -> Option<String> {
    label_keys(strip_enumerator(text)).last()
}

/// Tells whether a character belongs to a key.
pub(super) fn is_word(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}
