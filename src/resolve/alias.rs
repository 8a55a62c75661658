use std::{ops::Range, sync::LazyLock};

use crate::{
    extract::OTHER_NAME_WORDS,
    text::{Folded, boundary, fold, fold_key, is_han},
};

/// Words before a second name in brackets.
const SECOND_NAMES: [&str; 8] = ["即", "又名", "又称", "亦称", "也称", "原名", "曾用名", "原"];

/// Words before a name that the institution bears on a second plate, and what may stand behind it.
const PLATES: [&str; 4] = ["同时挂牌", "加挂", "增挂", "挂牌"];
const PLATE: [&str; 3] = ["的牌子", "牌子", "的牌匾"];

const OPENING: [char; 4] = ['(', '[', '【', '〔'];
const CLOSING: [char; 4] = [')', ']', '】', '〕'];
const QUOTES: [char; 8] = ['“', '”', '"', '「', '」', '『', '』', '\''];
/// The longest name that is believed, in characters.
const LONGEST: usize = 30;
/// A remark of several names is not longer, in characters, nor half a sentence, in bytes; a text of many
/// remarks without an end would otherwise be searched, and kept, as often.
const LONGEST_REMARK: usize = 300;
const LONGEST_HALF: usize = 1500;

/// Finds the names that a text gives to an institution right behind its own: in brackets
/// (`甲医院（乙医院）`) or after 以下简称 and its like; each with its sentence.
pub(super) fn names_after(text: &str, own_name: &str) -> Vec<(String, String)> {
    let own: Vec<char> = fold_key(own_name).chars().collect();
    let folded: Vec<Folded> = fold(text).filter(|folded| !folded.c.is_whitespace()).collect();
    if own.is_empty() || own.len() > LONGEST_REMARK || folded.len() <= own.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in 0..folded.len() - own.len() {
        let behind = at + own.len();
        if !folded[at..behind].iter().map(|folded| folded.c).eq(own.iter().copied()) {
            continue;
        }
        let Some(remark) = bracketed(&folded, behind).or_else(|| introduced(&folded, behind)) else {
            continue;
        };
        if remark.is_empty() {
            continue;
        }
        let bytes = folded[remark.start].start..folded[remark.end - 1].end;
        let sentence = sentence_around(text, folded[at].start..bytes.end);
        for name in names_in(&text[bytes], own_name) {
            found.push((name, sentence.to_owned()));
        }
    }
    found
}

/// Splits a name that ends in another one in brackets (`甲医院（乙医院）`) into the two.
pub(super) fn names_within(name: &str) -> Vec<String> {
    let name = name.trim();
    let Some(opening) = name.rfind(['（', '(']) else {
        return Vec::new();
    };
    let (front, rest) = name.split_at(opening);
    let Some(inner) = rest.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')'])) else {
        return Vec::new();
    };
    if inner.contains(['（', '(', '）', ')']) {
        return Vec::new();
    }
    let mut names = names_in(inner, front);
    if !names.is_empty() {
        names.insert(0, front.trim().to_owned());
    }
    names
}

/// The inside of a bracket that opens at `at`.
fn bracketed(folded: &[Folded], at: usize) -> Option<Range<usize>> {
    if !OPENING.contains(&folded.get(at)?.c) {
        return None;
    }
    let mut depth = 0;
    for (index, c) in folded.iter().map(|folded| folded.c).enumerate().skip(at).take(LONGEST_REMARK) {
        if OPENING.contains(&c) {
            depth += 1;
        } else if CLOSING.contains(&c) {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1..index);
            }
        }
    }
    None
}

/// The words from 以下简称 to the end of the clause, where they begin at `at`, a comma aside.
fn introduced(folded: &[Folded], at: usize) -> Option<Range<usize>> {
    let start = if folded.get(at)?.c == ',' { at + 1 } else { at };
    let openers = OTHER_NAME_WORDS.iter().copied().chain(PLATES);
    let opens = openers.into_iter().any(|opener| {
        let mut rest = folded[start..].iter().map(|folded| folded.c);
        opener.chars().all(|c| rest.next() == Some(c))
    });
    let ends = |c: char| matches!(c, ',' | '。' | ';' | '、' | '.') || CLOSING.contains(&c);
    if !opens {
        return None;
    }
    let clause = &folded[start..folded.len().min(start + LONGEST_REMARK)];
    let length = clause.iter().position(|folded| ends(folded.c)).unwrap_or(clause.len());
    Some(start..start + length)
}

fn sentence_around(text: &str, range: Range<usize>) -> &str {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '；' | '\n');
    let first = boundary(text, range.start.saturating_sub(LONGEST_HALF));
    let last = boundary(text, range.end + LONGEST_HALF);
    let start = text[first..range.start]
        .rfind(ends)
        .map_or(first, |at| first + at + text[first + at..].chars().next().map_or(0, char::len_utf8));
    let end = text[range.end..last]
        .char_indices()
        .find(|&(_, c)| ends(c))
        .map_or(last, |(at, c)| range.end + at + c.len_utf8());
    text[start..end].trim()
}

/// The parts of a remark that are names of the same institution.
fn names_in(remark: &str, own_name: &str) -> Vec<String> {
    remark
        .split(['、', '，', ',', '；', ';', '/'])
        .filter_map(|part| {
            let part = part.trim();
            let stated = OTHER_NAME_WORDS.iter().find_map(|opener| part.strip_prefix(opener));
            let mut before = SECOND_NAMES.iter().chain(&PLATES);
            let plain = before.find_map(|word| part.strip_prefix(word)).unwrap_or(part);
            let plain = PLATE.iter().find_map(|word| plain.strip_suffix(word)).unwrap_or(plain);
            let name = stated
                .unwrap_or(plain)
                .trim_start_matches(['：', ':', '为'])
                .trim_matches(|c: char| c.is_whitespace() || QUOTES.contains(&c));
            let believed =
                if stated.is_some() { may_be_short_name(name) } else { is_second_name(name, own_name) };
            believed.then(|| name.to_owned())
        })
        .collect()
}

/// Tells whether a text that is said to be a short name can be one: not a word for any institution.
fn may_be_short_name(name: &str) -> bool {
    let key = fold_key(name);
    let length = key.chars().count();
    let generic = WORDS.iter().any(|(word, _)| *word == key) || describes(&key);
    (3..=LONGEST).contains(&length) && key.chars().any(char::is_alphabetic) && !generic
}

/// Tells whether a bare text in brackets is an institution's name, of a kind that fits `own_name`;
/// a place, a stock code, a Latin name or a description is not.
fn is_second_name(name: &str, own_name: &str) -> bool {
    let key = fold_key(name);
    let length = key.chars().count();
    let written_as_name = key.chars().all(|c| is_han(c) || matches!(c, '(' | ')' | '·'));
    let Some((word, kind)) = ending(&key) else {
        return false;
    };
    (3..=LONGEST).contains(&length)
        && word != key
        && written_as_name
        && key.matches('(').count() == key.matches(')').count()
        && !describes(&key)
        && ending(&fold_key(own_name)).is_none_or(|(_, own_kind)| kind.fits(own_kind))
}

fn describes(key: &str) -> bool {
    DESCRIPTIONS.iter().any(|word| key.contains(word.as_str()))
}

/// What an institution is, by the last word of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InstitutionKind {
    Hospital,
    School,
    Research,
    Company,
}

impl InstitutionKind {
    /// Tells whether one institution may bear names of both kinds: a hospital is often a research
    /// centre too, but the hospital named behind a university is a part of it.
    fn fits(self, other: InstitutionKind) -> bool {
        use InstitutionKind::{Company, Research};
        self == other || ((self == Research || other == Research) && self != Company && other != Company)
    }
}

fn ending(key: &str) -> Option<(&'static str, InstitutionKind)> {
    WORDS
        .iter()
        .filter(|(word, _)| key.ends_with(word.as_str()))
        .max_by_key(|(word, _)| word.len())
        .map(|(word, kind)| (word.as_str(), *kind))
}

static WORDS: LazyLock<Vec<(String, InstitutionKind)>> = LazyLock::new(|| {
    lines(include_str!("institution_words.tsv"))
        .filter_map(|line| {
            let (word, kind) = line.split_once('\t')?;
            let kind = match kind {
                "hospital" => InstitutionKind::Hospital,
                "school" => InstitutionKind::School,
                "research" => InstitutionKind::Research,
                "company" => InstitutionKind::Company,
                _ => return None,
            };
            Some((word.to_owned(), kind))
        })
        .collect()
});

static DESCRIPTIONS: LazyLock<Vec<String>> =
    LazyLock::new(|| lines(include_str!("not_a_name.txt")).map(str::to_owned).collect());

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_without_an_end_are_neither_searched_nor_kept_whole() {
        for remark in ["甲医院（", "甲医院（以下简称甲院）", "甲医院以下简称甲院甲院甲院"]
        {
            let text = remark.repeat(5_000);
            let kept: usize = names_after(&text, "甲医院").iter().map(|(_, sentence)| sentence.len()).sum();
            assert!(kept <= 5_000 * 4_500, "{kept}");
        }
        assert!(names_after(&"甲".repeat(60_000), &"甲".repeat(30_000)).is_empty());
    }

    #[test]
    fn only_names_behind_the_own_name_are_aliases() {
        let own = "甲大学第二附属医院";
        for (behind, want) in [
            ("（重庆乙医院）作为单位", &["重庆乙医院"][..]),
            ("(重庆 乙医院)", &["重庆 乙医院"]),
            ("（重庆乙医院、乙创伤中心）", &["重庆乙医院", "乙创伤中心"]),
            ("（重庆乙医院，以下简称“乙二院”）", &["重庆乙医院", "乙二院"]),
            ("（以下简称：乙医院）", &["乙医院"]),
            ("，以下简称乙医院，是", &["乙医院"]),
            ("以下简称“我院”。", &[]),
            ("（以下简称“医院”）", &[]),
            ("加挂重庆乙医院牌子，", &["重庆乙医院"]),
            ("（加挂：重庆乙医院、乙创伤中心）", &["重庆乙医院", "乙创伤中心"]),
            ("，同时挂牌乙大学附属医院。", &["乙大学附属医院"]),
            ("挂牌成立乙中心建设办公室", &[]),
            ("加挂牌子", &[]),
            ("（SH600000）", &[]),
            ("（Second Hospital）", &[]),
            ("（2020年）", &[]),
            ("（重庆）", &[]),
            ("（三级甲等医院）", &[]),
            ("（医院）", &[]),
            ("（丙大学）", &[]),
            ("（丙公司）", &[]),
            ("（重庆乙医院", &[]),
            ("是（重庆乙医院）", &[]),
            ("", &[]),
        ] {
            let text = format!("由{own}{behind}");
            let names: Vec<_> = names_after(&text, own).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, want, "{behind}");
        }
    }

    #[test]
    fn a_short_name_of_something_else_is_no_alias() {
        assert_eq!(names_after("甲医院开展体外循环（简称乙循环）研究", "甲医院"), []);
    }

    #[test]
    fn a_name_with_a_place_in_brackets_stays_whole() {
        assert!(names_within("甲科技(天津)有限公司").is_empty());
        assert!(names_within("甲科技有限公司（天津）").is_empty());
        assert!(names_within("甲医院（乙科技（天津）公司）").is_empty());
        assert_eq!(names_within("甲大学（乙市）医院（丙医院）"), ["甲大学（乙市）医院", "丙医院"]);
        assert_eq!(names_within("甲市一院（乙大学附属医院）"), ["甲市一院", "乙大学附属医院"]);
    }

    #[test]
    fn every_institution_word_has_a_kind() {
        assert_eq!(WORDS.len(), lines(include_str!("institution_words.tsv")).count());
    }
}
