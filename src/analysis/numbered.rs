//! Nouns with the number behind them (创新点2, 附件4.19), and the ways in which claims are counted.

use std::ops::Range;

use crate::text::parse_integer;

const HAN_NUMERALS: &str = "一二三四五六七八九十";
/// Who has a rank.
const BEARERS: [&str; 2] = ["完成人", "完成单位"];

/// A noun of the list with the number right behind it; in order, without overlaps.
pub(super) fn numbered_nouns(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for noun in nouns() {
        for (start, _) in text.match_indices(noun) {
            let number = start + noun.len();
            let counted = number + number_length(noun, &text[number..]);
            let end = if counted > number && noun == "第" {
                counted + point_length(&text[counted..]).max(bearer_length(&text[counted..]))
            } else {
                counted
            };
            let free = found.iter().all(|other| end <= other.start || start >= other.end);
            if end > number && free {
                found.push(start..end);
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

fn nouns() -> impl Iterator<Item = &'static str> {
    include_str!("numbered.txt").split_whitespace()
}

/// The bytes of the number that a text behind a noun begins with. Points are counted in Han numerals too, while a
/// numeral behind other nouns may begin a word (论文一区).
fn number_length(noun: &str, text: &str) -> usize {
    let numeral = text.chars().next().filter(|c| HAN_NUMERALS.contains(*c));
    let numeral = numeral
        .filter(|numeral| is_point(noun) || (noun == "第" && point_length(&text[numeral.len_utf8()..]) > 0));
    match numeral {
        Some(numeral) => numeral.len_utf8(),
        None if text.starts_with(|c: char| c.is_ascii_digit()) => {
            let behind = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            text[..text.len() - behind.len()].trim_end_matches('.').len()
        }
        None => 0,
    }
}

/// The bytes of 完成人 or 完成单位 with which a text goes on behind 第3.
fn bearer_length(text: &str) -> usize {
    BEARERS.iter().find(|bearer| text.starts_with(**bearer)).map_or(0, |bearer| bearer.len())
}

/// The bytes of 项创新, 个创新点 and their like, with which a text goes on behind 第4.
fn point_length(text: &str) -> usize {
    let measured = text.strip_prefix(['项', '个', '条']).unwrap_or(text);
    let named =
        ["主要", "科技", "技术"].iter().find_map(|word| measured.strip_prefix(word)).unwrap_or(measured);
    let end = ["创新点", "发现点", "创新", "发现"].iter().find_map(|noun| named.strip_prefix(noun));
    end.map_or(0, |end| text.len() - end.len())
}

/// How a point is asked for otherwise: 创新点4 for 第4项创新, 第四个创新点, 科学发现4, 创新4 and 创新点（4）. What an award for
/// science calls a discovery is a claim like others.
pub fn point_form(word: &str) -> Option<String> {
    let discovered = ["科学发现点", "科学发现", "发现点"].iter().find_map(|noun| word.strip_prefix(noun));
    if let Some(number) = discovered.filter(|number| !number.is_empty()) {
        return parse_integer(number).map(|number| format!("创新点{number}"));
    }
    if let Some(number) = ["创新点", "创新"].iter().find_map(|noun| word.strip_prefix(noun)) {
        let bare = number.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
        let is_other = !number.is_empty() && (bare != number || !word.starts_with("创新点"));
        return parse_integer(bare).filter(|_| is_other).map(|number| format!("创新点{number}"));
    }
    let number = word.strip_prefix('第')?;
    let length = number_length("第", number);
    let (number, noun) = number.split_at_checked(length).filter(|(number, _)| !number.is_empty())?;
    let number = parse_integer(number)?;
    (!noun.is_empty() && point_length(noun) == noun.len()).then(|| format!("创新点{number}"))
}

/// Tells whether a word says the rank of a contributor or an institution: 第三完成人, 第3完成单位, 排名第二.
pub fn is_rank(word: &str) -> bool {
    let counted = |word: &str| -> Option<u64> {
        let place = BEARERS.iter().find_map(|bearer| word.strip_suffix(bearer))?;
        parse_integer(place.strip_prefix('第')?)
    };
    word.strip_prefix("排名第").and_then(parse_integer).or_else(|| counted(word)).is_some()
}

fn is_point(noun: &str) -> bool {
    noun.ends_with('点') || noun == "科学发现"
}

/// Tells whether a text ends with the noun for a point: 创新点, 发现点.
pub(super) fn ends_with_point(text: &str) -> bool {
    nouns().any(|noun| noun.ends_with('点') && text.ends_with(noun))
}

/// The noun where a word is one with a Han numeral: 创新点 of 创新点四.
pub(super) fn point(word: &str) -> Option<&'static str> {
    nouns().filter(|noun| is_point(noun)).find(|noun| {
        word.strip_prefix(noun).is_some_and(|number| {
            !number.is_empty() && number_length(noun, number) == number.len() && !number.is_ascii()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_counted_in_more_than_one_way() {
        for (word, want) in [
            ("第4项创新", Some("创新点4")),
            ("第四个主要创新点", Some("创新点4")),
            ("第2发现点", Some("创新点2")),
            ("科学发现三", Some("创新点3")),
            ("发现点3", Some("创新点3")),
            ("创新（4）", Some("创新点4")),
            ("创新点(四)", Some("创新点4")),
            ("创新4", Some("创新点4")),
            ("创新", None),
            ("创新点四", None),
            ("创新3项", None),
            ("发现点", None),
            ("第四", None),
            ("第四项", None),
            ("第四项创新奖", None),
            ("创新点4", None),
        ] {
            assert_eq!(point_form(word).as_deref(), want, "{word}");
        }
    }

    #[test]
    fn ranks_are_counted_in_both_scripts() {
        for (word, want) in [
            ("第三完成人", true),
            ("第3完成人", true),
            ("第一完成单位", true),
            ("排名第二", true),
            ("完成人", false),
            ("第完成人", false),
            ("第三作者", false),
            ("第三", false),
            ("排名第", false),
        ] {
            assert_eq!(is_rank(word), want, "{word}");
        }
    }
}
