use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use regex::Regex;

use super::credit::credited_claims;
use crate::text::{FoldedText, Passage, parse_integer};

/// No list of a dossier is longer.
const LONGEST_LIST: u64 = 300;

/// Finds for each claim that a contribution credits the first sentence that does: its byte range in the text.
///
/// `defined` is how many claims the dossier defines: `全部创新点` credits so many.
pub fn credited_sentences(contribution: &str, defined: usize) -> BTreeMap<u32, Range<usize>> {
    let mut found = BTreeMap::new();
    for range in sentences(contribution) {
        let sentence = Passage::new(&contribution[range.clone()], 0);
        for number in credited_claims(&sentence, defined).0 {
            found.entry(number).or_insert_with(|| range.clone());
        }
    }
    found
}

/// The sentences of a text, in order, without the white space around them.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let ends = text.char_indices().filter(|&(_, c)| matches!(c, '。' | '！' | '？' | '；' | ';' | '\n'));
    for end in ends.map(|(at, c)| at + c.len_utf8()).chain([text.len()]) {
        let part = &text[start..end];
        let from = start + (part.len() - part.trim_start().len());
        let to = start + part.trim_end().len();
        if from < to {
            ranges.push(from..to);
        }
        start = end;
    }
    ranges
}

/// A list of a dossier that a text points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listed {
    /// Representative papers.
    Paper,
    /// Intellectual property.
    Ip,
}

/// Finds what a text cites by its number in a list of the dossier: `代表性论文1、3`, `专利2`; each with the
/// number and the byte range in which it is printed.
pub fn cited_rows(text: &str) -> Vec<(Listed, u32, Range<usize>)> {
    let folded = FoldedText::new(text);
    let mut found = Vec::new();
    for captures in CITED.captures_iter(folded.text()) {
        let (Some(noun), Some(list)) = (captures.get(1), captures.get(2)) else { continue };
        let listed = if noun.as_str().contains("论文") { Listed::Paper } else { Listed::Ip };
        let printed = folded.printed(noun.start()..list.end());
        for number in numbers(list.as_str()) {
            found.push((listed, number, printed.clone()));
        }
    }
    found
}

fn numbers(list: &str) -> Vec<u32> {
    let mut numbers = Vec::new();
    for range in RANGE.captures_iter(list) {
        let bound = |at: usize| range.get(at).and_then(|number| parse_integer(number.as_str()));
        let Some(first) = bound(1) else { continue };
        let last = bound(2).unwrap_or(first);
        if first <= last && last - first <= LONGEST_LIST {
            numbers.extend((first..=last).filter_map(|number| u32::try_from(number).ok()));
        }
    }
    numbers
}

/// A list of numbers behind 论文 or 专利; a count (`论文3篇`, `专利 12 项`) is none.
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static CITED: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"\d{1,3}";
    let separators = r"\s*(?:[、,;及和与]|以及|[-–—~～〜至到])\s*";
    Regex::new(&format!(
        r"((?:代表性?|主要)?论文|(?:授权|发明|实用新型|代表性?)*专利|(?:主要)?知识产权)\s*[(\[]?(?:第|编号|序号|no\.?)?\s*({number}(?:{separators}{number})*)[)\]]?(?:\s*(?:[^\s篇项件个余多年月\d.]|$))"
    ))
    .expect("the pattern is valid")
});
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\d{1,3})(?:\s*[-–—~～〜至到]\s*(\d{1,3}))?").expect("the pattern is valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_claim_has_the_sentence_that_credits_it() {
        let text = "负责总体设计。在创新点1中，提出方法； 在创新点2、3中负责应用。\n对创新点1还有贡献。";
        let found = credited_sentences(text, 3);
        let told: Vec<_> = found.into_iter().map(|(number, range)| (number, &text[range])).collect();
        assert_eq!(
            told,
            [
                (1, "在创新点1中，提出方法；"),
                (2, "在创新点2、3中负责应用。"),
                (3, "在创新点2、3中负责应用。"),
            ]
        );
        assert_eq!(credited_sentences("对全部创新点有贡献", 2).len(), 2);
        assert!(credited_sentences("提出了方法", 3).is_empty());
    }

    #[test]
    fn rows_are_cited_by_their_numbers_and_not_by_counts() {
        for (text, want) in [
            ("见代表性论文1、3-4。", "Paper 1 Paper 3 Paper 4"),
            ("（论文 2，专利1）", "Paper 2 Ip 1"),
            ("发表论文3篇，获专利 12 项", ""),
            ("是知识产权2的发明人", "Ip 2"),
            ("旁证材料见附件4.1-5、3.2", ""),
        ] {
            let found: Vec<String> = cited_rows(text)
                .into_iter()
                .map(|(listed, number, _)| format!("{listed:?} {number}"))
                .collect();
            assert_eq!(found.join(" "), want, "{text}");
        }
        let text = "如专利１所示";
        let (_, _, range) = cited_rows(text).remove(0);
        assert_eq!(&text[range], "专利１");
    }
}
