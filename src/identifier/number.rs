use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::patent;
use crate::text::{FoldedText, fold};

/// The number of a patent, a software copyright or a publication, found in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// Lower case, without white space, with the check digit behind a dot: `zl202121500001.4`,
    /// `wo2020040003a1`, `2019sr0200002`, `10.1000/182`.
    pub canonical: String,
    /// First byte in the original.
    pub start: usize,
    /// The byte after the last in the original.
    pub end: usize,
}

/// Finds the identifiers of a text, in order and without overlaps.
pub fn identifiers(text: &str) -> Vec<Identifier> {
    let folded = FoldedText::new(text);
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for finder in [dois, patent::chinese, patent::foreign, copyrights] {
        for (range, canonical) in finder(folded.text()) {
            if found.iter().all(|(other, _)| range.end <= other.start || range.start >= other.end) {
                found.push((range, canonical));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    let place = |(range, canonical)| {
        let printed = folded.printed(range);
        Identifier { canonical, start: printed.start, end: printed.end }
    };
    found.into_iter().map(place).collect()
}

/// The terms under which an identifier is looked up: without dots, and also without its prefix,
/// without its check digit, a Chinese one with the other prefix or, printed bare, with both, a foreign one without its
/// kind code.
pub fn identifier_keys(canonical: &str) -> Vec<String> {
    if canonical.starts_with("10.") {
        return vec![canonical.to_owned()];
    }
    let digits_at = canonical.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (prefix, number) = canonical.split_at(digits_at);
    let is_bare = prefix.is_empty() && patent::is_bare_chinese(number);
    let dotted = Some(number).filter(|_| is_bare).and_then(|number| number.split_at_checked(12));
    let dotted = dotted.map(|(number, check)| format!("{number}.{}", check.trim_start_matches('.')));
    let number = dotted.as_deref().unwrap_or(number);
    let mut numbers = vec![number.replace('.', "")];
    let short = match number.split_once('.') {
        Some((number, _)) => number,
        None if matches!(prefix, "" | "zl") => number,
        None => number.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(char::is_alphabetic),
    };
    if !short.is_empty() && short != number {
        numbers.push(short.to_owned());
    }
    let mut prefixes = vec![prefix, ""];
    match prefix {
        "zl" => prefixes.push("cn"),
        "cn" => prefixes.push("zl"),
        "" if is_bare => prefixes.extend(["zl", "cn"]),
        _ => {}
    }
    let mut keys: Vec<String> = Vec::with_capacity(prefixes.len() * numbers.len());
    for prefix in prefixes {
        for number in &numbers {
            let key = format!("{prefix}{number}");
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// What a user typed in the form of [`identifier_keys`], where it can be an identifier: six characters
/// or more, at least four of them digits.
pub fn query_identifier(word: &str) -> Option<String> {
    let folded: String = fold(word).map(|folded| folded.c).filter(|c| !c.is_whitespace()).collect();
    if let Some((_, doi)) = dois(&folded).into_iter().next() {
        return Some(doi);
    }
    let plain: String = folded.chars().filter(|c| !matches!(c, '.' | '-' | ',' | '/')).collect();
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    if plain.len() < 6 || digits < 4 || !plain.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    match plain.strip_prefix("w0") {
        Some(number) => Some(format!("wo{number}")),
        None => Some(plain),
    }
}

/// The article number with which publishers end a DOI (`10.1155/2021/4822383`): where no DOI is printed, the locator
/// mostly has it.
pub fn article_number(doi: &str) -> Option<&str> {
    /// Fewer digits are a part of a longer number, or count the articles of a year.
    const FEWEST: usize = 5;
    let doi = doi.trim();
    let rest = doi.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &doi[rest.len()..];
    let is_doi = || dois(&doi.to_lowercase()).iter().any(|(place, _)| place.end == doi.len());
    (number.trim_start_matches('0').len() >= FEWEST && rest.ends_with(['.', '/']) && is_doi())
        .then_some(number)
}

fn dois(text: &str) -> Vec<(Range<usize>, String)> {
    static DOI: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"10\.[0-9]{4,9}/[a-z0-9()\[\]:;._/<>+-]+"#).ok());
    let Some(pattern) = DOI.as_ref() else { return Vec::new() };
    let doi = |found: regex::Match<'_>| {
        let text = bare_doi(found.as_str());
        (found.start()..found.start() + text.len(), text.to_owned())
    };
    pattern.find_iter(text).filter(|found| patent::starts_word(text, found.start())).map(doi).collect()
}

/// A DOI without what follows it in running text: a bracket that it does not open, a note behind a semicolon
/// (within one, a semicolon stands only in `.co;2`), the end of a sentence.
fn bare_doi(printed: &str) -> &str {
    let mut end = printed.len();
    let mut open = [0_usize; 2];
    for (at, c) in printed.char_indices() {
        let bracket = usize::from("[]".contains(c));
        match c {
            '(' | '[' => open[bracket] += 1,
            ')' | ']' if open[bracket] > 0 => open[bracket] -= 1,
            ')' | ']' => end = end.min(at),
            ';' if !(printed[..at].ends_with(".co") && printed[at + 1..].starts_with('2')) => {
                end = end.min(at);
            }
            _ => {}
        }
    }
    printed[..end].trim_end_matches(['.', ':', '>', '<', '-', '(', '['])
}

/// Registration numbers of software copyrights: year, `SR`, six or seven digits.
fn copyrights(text: &str) -> Vec<(Range<usize>, String)> {
    static REGISTRATION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"([0-9]{4}) ?sr ?([0-9]{6,7})").ok());
    let Some(pattern) = REGISTRATION.as_ref() else { return Vec::new() };
    let whole = |found: &Range<usize>| {
        patent::starts_word(text, found.start) && !text[found.end..].starts_with(|c: char| c.is_ascii_digit())
    };
    let registrations = pattern.captures_iter(text).filter_map(|captures| {
        let range = captures.get(0)?.range();
        Some((range, format!("{}sr{}", &captures[1], &captures[2])))
    });
    registrations.filter(|(range, _)| whole(range)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn identifiers_are_found_as_they_are_printed() {
        for (text, want) in [
            ("授权 ZL 2021 2 1500001.4，2021", "zl202121500001.4"),
            ("ZL201510600001.0", "zl201510600001.0"),
            ("专利ZL201610900003", "zl201610900003"),
            ("ＺＬ２０１６１０９００００３．３", "zl201610900003.3"),
            ("ZL2015106000010", "zl201510600001.0"),
            ("(ZL202111600006.X)", "zl202111600006.x"),
            ("ZL 93 1 12345.6", "zl93112345.6"),
            ("zl201610900003 2019", "zl201610900003"),
            ("CN 109876543 B", "cn109876543b"),
            ("W02020040003A1", "wo2020040003a1"),
            ("WO 2019/123456 A1", "wo2019123456a1"),
            ("US 10,123,456 B2", "us10123456b2"),
            ("EP1234567B1", "ep1234567b1"),
            ("AU2018101234", "au2018101234"),
            ("2019SR0200002", "2019sr0200002"),
            ("doi: 10.1000/ABC.182.", "10.1000/abc.182"),
            ("https://doi.org/10.1000/S0140-6736(20)30183-5,", "10.1000/s0140-6736(20)30183-5"),
            ("(doi:10.1000/S0140-6736(05))", "10.1000/s0140-6736(05)"),
            ("10.1000/abc.182;IF 3.2", "10.1000/abc.182"),
            ("10.1000/0012(2006)87[28:AT]2.0.CO;2", "10.1000/0012(2006)87[28:at]2.0.co;2"),
            ("2019-03-01 第 123 页", ""),
            ("the us 2019 census", ""),
        ] {
            let found: Vec<_> = identifiers(text).into_iter().map(|found| found.canonical).collect();
            assert_eq!(found.join(" "), want, "{text}");
        }
    }

    #[test]
    fn some_dois_end_with_the_number_of_the_article() {
        for (doi, want) in [
            ("10.1000/2021/4822383", Some("4822383")),
            ("https://doi.org/10.1000/abcd.2021.749219", Some("749219")),
            ("10.1000/JOURNAL.ABCD.0123456", Some("0123456")),
            ("10.1000/j.abcd.2020.01.012", None),
            ("10.1000/s00464-019-07234-5", None),
            ("10.1000/s0046412345", None),
            ("2021.749219", None),
            ("", None),
        ] {
            assert_eq!(article_number(doi), want, "{doi}");
        }
    }

    #[test]
    fn what_is_typed_meets_what_is_printed() {
        for (printed, typed) in [
            ("ZL201610900003.3", "201610900003"),
            ("ZL201610900003.3", "ZL201610900003.3"),
            ("ZL201610900003.3", "zl 2016 1 0900003"),
            ("ZL201610900003.3", "CN201610900003.3"),
            ("ZL202111600006.X", "2021116000 06x"),
            ("W02020040003A1", "WO2020040003"),
            ("WO2020040003A1", "W02020040003A1"),
            ("WO2020040003A1", "WO 2020/040003"),
            ("2019SR0200002", "2019sr0200002"),
            ("10.1000/ABC.182", "https://doi.org/10.1000/abc.182"),
        ] {
            let printed = identifiers(printed).remove(0).canonical;
            let typed = query_identifier(typed).expect("an identifier");
            assert!(identifier_keys(&printed).contains(&typed), "{printed} {typed}");
        }
        // Printed without the letters, as a row of a table may.
        for typed in ["ZL 2016 1 0900003.3", "cn201610900003", "201610900003.3"] {
            let typed = query_identifier(typed).expect("an identifier");
            assert!(identifier_keys("201610900003.3").contains(&typed), "{typed}");
            assert!(identifier_keys("2016109000033").contains(&typed), "{typed}");
        }
        for word in ["2019", "创新点12345", "316(21):", "ecmo", "abcdef"] {
            assert_eq!(query_identifier(word), None, "{word}");
        }
    }

    proptest! {
        #[test]
        fn offsets_slice_the_text(text in "(ZL|CN|WO|US|SR|[0-9]{1,9}|[ .,/xB甲]|10\\.1000/){0,12}|\\PC{0,20}") {
            let found = identifiers(&text);
            for one in &found {
                prop_assert!(text.get(one.start..one.end).is_some_and(|slice| !slice.is_empty()));
                prop_assert!(!identifier_keys(&one.canonical).is_empty());
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
