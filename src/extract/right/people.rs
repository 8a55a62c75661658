use std::ops::Range;

use super::{facts::is_fact, words::STATE_PART};
use crate::{
    extract::{listing::is_institution_name, names},
    text::is_han,
};

/// `陈一;贝小二`: names between semicolons, not all of which have a family name that is known.
pub(super) fn short_words(text: &str, range: Range<usize>) -> Option<Vec<Range<usize>>> {
    let end = text[range.clone()].find([')', '。']).map_or(range.end, |at| range.start + at);
    let list = text[range.start..end].trim_end_matches([';', ' ']);
    let mut at = range.start;
    let words: Vec<Range<usize>> = list
        .split(';')
        .map(|word| {
            let start = at + (word.len() - word.trim_start().len());
            at += word.len() + 1;
            start..start + word.trim().len()
        })
        .collect();
    let is_name = |word: &str| {
        (2..=4).contains(&word.chars().count())
            && word.chars().all(is_han)
            && !is_fact(word)
            && !STATE_PART.is_match(word)
            && !is_institution_name(word)
    };
    let is_list = words.len() > 1
        && words.iter().all(|word| is_name(&text[word.clone()]))
        && words.first().is_some_and(|first| names::has_family_name(&text[first.clone()]));
    is_list.then_some(words)
}
