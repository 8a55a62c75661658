//! Where claims end and the summary around them goes on.

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;

use super::{claim_label::head, enumerator::strip_enumerator};
use crate::text::{FoldedText, is_wider};

/// The words of a data file: those of all lines, or only those behind `+`.
fn words(data: &'static str, marked: bool) -> impl Iterator<Item = &'static str> {
    let lines = data.lines().filter(move |line| !line.starts_with('#') && (!marked || line.starts_with('+')));
    lines.flat_map(str::split_whitespace).filter(|word| *word != "+")
}

const PARTS: &str = include_str!("data/summary_parts.txt");

/// Tells whether a text is the heading of a part of a summary: `二、推广应用`.
pub(super) fn is_summary_part(text: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| words(PARTS, false).collect());
    let marks = |c: char| c.is_whitespace() || "：:。；;【】".contains(c);
    !is_wider(text, 40) && NAMES.contains(strip_enumerator(text).trim_matches(marks))
}

const ENDS: &str = include_str!("data/claim_ends.txt");

/// Tells whether a text goes on with the summary behind its claims.
pub(super) fn goes_on(text: &str) -> bool {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let counted: HashSet<&str> = words(ENDS, true).collect();
        words(ENDS, false).filter(|word| !counted.contains(word)).collect()
    });
    WORDS.iter().any(|word| text.starts_with(word))
}

/// `应用单位有甲医院等3家`, `论文：…`: a paragraph that goes on with the summary where it counts.
pub(super) fn goes_on_counting(paragraph: &str) -> bool {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| words(ENDS, true).collect());
    // `12例`, `6.9 万例`, `300余人次`
    static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^[^，。；,;]*\d\s*[余多]?\s*[万千百]?\s*[余多]?\p{Han}{1,2}(?:[，。；,;]|$)").ok()
    });
    let counts = |rest: &str| {
        rest.trim_start().starts_with(['：', ':'])
            || COUNT.as_ref().is_some_and(|count| count.is_match(FoldedText::new(head(rest)).text()))
    };
    WORDS.iter().any(|word| paragraph.strip_prefix(word).is_some_and(counts))
}

/// `客观评价：…`: the name of a part that only the whole summary has, at its head.
pub(super) fn part_named(text: &str) -> Option<&str> {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| words(PARTS, true).collect());
    let (name, _) = head(text).split_once(['：', ':'])?;
    Some(strip_enumerator(name).trim()).filter(|name| NAMES.contains(name))
}
