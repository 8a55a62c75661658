use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::narrow::narrow;
use crate::{
    identifier::{check_digit, digits_proved},
    text::{begins_like_year, is_han},
};

/// Finds the numbers of patents, software copyrights, registrations and standards in a narrowed text,
/// by their form, in the order in which they are printed.
pub(super) fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // The next place of each form, looked for again only once it has been passed.
    let mut next: Vec<Option<Range<usize>>> = FORMS.iter().map(|form| next_of(form, text, 0)).collect();
    // Of several forms at one place, the longest.
    while let Some(first) =
        next.iter().flatten().min_by_key(|range| (range.start, std::cmp::Reverse(range.end))).cloned()
    {
        for (place, form) in next.iter_mut().zip(FORMS.iter()) {
            if place.as_ref().is_some_and(|place| place.start < first.end) {
                *place = next_of(form, text, first.end);
            }
        }
        found.push(first);
    }
    found
}

/// Finds a form from a byte on where it stands by itself, not within a word or a longer number.
fn next_of(form: &Regex, text: &str, from: usize) -> Option<Range<usize>> {
    let word = |c: char| c.is_ascii_alphanumeric();
    let whole = |range: &Range<usize>| {
        let before = &text[..range.start];
        let joined = before.strip_suffix(['-', '/', '.']).unwrap_or(before);
        let inner = joined.ends_with(word);
        !inner && !text[range.end..].starts_with(word)
    };
    form.find_iter(&text[from..]).map(|found| from + found.start()..from + found.end()).find(whole)
}

static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // Chinese patents and applications: year, kind, serial number, check digit, parted by blanks or not; 8 digits before 2003.
        r"(?i)(?:ZL|CN) ?[.:]? ?[0-9OlI](?: ?[0-9OlI]){11}(?: ?\. ?[0-9XOlI]|[0-9X])?",
        r"(?i)(?:ZL|CN) ?[.:]? ?\d{2} ?\d ?\d{5} ?\. ?[0-9X]",
        r"(?:19|20)\d\d ?[12389] ?\d{7} ?\. ?[0-9Xx]",
        r"CN ?\d{7,9} ?[ABCUSYT]\d?",
        r"(?i:ZL|CN) ?\d{9}",
        // International and foreign publications.
        r"W[O0] ?(?:19|20)\d\d ?/? ?\d{5,6}(?: ?A\d)?",
        r"PCT ?/ ?[A-Z]{2} ?\d{2,4} ?/ ?\d{5,6}",
        r"(?:US|EP|JP|KR|AU|DE|GB|FR|CA|NZ|SG|IN|RU|TW|HK|LU|NL|ZA|IL|LU) ?(?:\d{1,3}(?:,\d{3}){1,3}|(?:19|20)\d\d/\d{6,7}|\d{2}-\d{5,13}|\d{4}-\d{5,7}|\d{5,13})(?: ?[A-Z]\d?)?",
        // The same with letters for the digits that they look like, where the kind of the publication ends them.
        r"(?:US|EP|JP|KR|AU|DE|GB|FR|CA) ?[0-9](?:,?[0-9OlI]){5,12} ?[ABCUT]\d",
        // Eight digits that a line end has cut.
        r"US ?(?:\d \d{7}|\d{2} \d{6}|\d{3} \d{5}|\d{4} \d{4}|\d{5} \d{3}|\d{6} \d{2}|\d{7} \d) ?[AB]\d",
        r"特[許许]第? ?\d{6,7} ?号",
        // Software copyrights.
        r"(?:19|2[0O])[0-9OlI]{2} ?SR ?[0-9OlI]{6,7}",
        r"软著登字第? ?\d{5,9} ?号",
        // Works (作品登记).
        r"\p{Han}作登字 ?-? ?(?:19|20)\d{2} ?-? ?[A-L] ?-? ?\d{5,8}(?: ?号)?",
        // Registrations of devices and drugs.
        r"\p{Han}械注[准进许] ?\d{11}",
        r"\p{Han}{1,2}械备 ?\d{8} ?号?",
        r"\p{Han}食?药监械 ?\([准进许]\) ?字 ?\d{4} ?第 ?\d{5,8} ?号",
        r"国药[准证]字 ?[A-Z]\d{8}",
        // Standards.
        r"(?:GB[ZJ]?|WS|YY|DB\d{2}(?:\d{2})?|HJ|JJF|JJG|NY|SF|GA|RB|QB|SN|LY|HG|AQ|MT|MZ|JY|SB|YD)(?: ?/ ?[TZ])? ?\d{1,6}(?:\.\d+)? ?- ?\d{4}",
        r"[TQ] ?/ ?[A-Z]{2,10} ?\d{1,5}(?:\.\d+)? ?- ?\d{4}",
        r"ISO(?: ?/ ?[A-Z]{2,3})? ?\d{3,5}(?:-\d+)?:\d{4}",
        r"ISBN ?:? ?(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[0-9X]",
    ]
    .iter()
    .map(|form| {
        #[expect(clippy::expect_used, reason = "the patterns are constant and compiled by every test")]
        Regex::new(form).expect("the pattern is valid")
    })
    .collect()
});

/// The canonical form of a number: no spaces, full-width characters narrowed, and the letter O of
/// `WO` where a zero was printed, which no office's number starts with.
pub(super) fn canonical_number(printed: &str) -> String {
    let number: String = printed
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '！'..='～' => narrow(c),
            _ => c,
        })
        .collect();
    // `注册证号：…`: the kind of the number stands before it.
    let number = match number.split_once([':', '：']) {
        Some((kind, rest)) if !rest.is_empty() && kind.chars().all(is_han) => rest.to_owned(),
        _ => number,
    };
    let number = match number.find("ZL") {
        Some(at) if at > 0 && number[..at].chars().all(is_han) => number[at..].to_owned(),
        _ => number,
    };
    if let Some(number) = proved_patent(&number) {
        return number;
    }
    if let Some(number) = dotted(&number) {
        return number;
    }
    let number = foreign_digits(&number).unwrap_or_else(|| between_digits(&number));
    let read = digits_alone(&number).or_else(|| without_thousands(&number));
    if let Some(number) = read.or_else(|| dashed_standard(&number)) {
        return number;
    }
    match number.strip_prefix("W0") {
        Some(rest) if begins_like_year(rest) => format!("WO{rest}"),
        _ => number,
    }
}

/// `ZL2017101234560` → `ZL201710123456.0`: the dot before the check digit was left out.
fn dotted(number: &str) -> Option<String> {
    let (serial, check) = number.strip_prefix("ZL").filter(|body| body.len() == 13)?.split_at_checked(12)?;
    let is_number = serial.bytes().all(|b| b.is_ascii_digit())
        && check.starts_with(|c: char| c.is_ascii_digit() || "Xx".contains(c));
    is_number.then(|| format!("ZL{serial}.{}", check.to_ascii_uppercase()))
}

/// `ZL2O1910123456.1`, `2O21SR0123456`: where a number has digits alone, a letter O is a zero, and l or I is a one,
/// whether or not a check digit proves it.
fn digits_alone(number: &str) -> Option<String> {
    if !number.contains(['O', 'o', 'l', 'I']) {
        return None;
    }
    let digits = |text: &str| -> Option<String> {
        let read = text.chars().map(|c| match c {
            'O' | 'o' => Some('0'),
            'l' | 'I' => Some('1'),
            '0'..='9' | '.' => Some(c),
            _ => None,
        });
        read.collect()
    };
    if let Some(body) = number.strip_prefix("ZL").filter(|body| (12..=14).contains(&body.len())) {
        let (serial, check) = body.split_at_checked(body.find('.').unwrap_or(12))?;
        let check = if check.ends_with(['X', 'x']) { ".X".to_owned() } else { digits(check)? };
        return Some(format!("ZL{}{check}", digits(serial)?));
    }
    let (year, serial) = number.split_once("SR").filter(|(year, _)| year.len() == 4)?;
    Some(format!("{}SR{}", digits(year)?, digits(serial)?))
}

/// `US1012045OB2` → `US10120450B2`: between the country and the kind of a publication stand digits alone.
fn foreign_digits(number: &str) -> Option<String> {
    static FORM: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^([A-Z]{2})([0-9][0-9OlI,]{5,13})([A-Z]\d)$").ok());
    let found = FORM.as_ref()?.captures(number)?;
    let digits = |c| match c {
        'O' => '0',
        'l' | 'I' => '1',
        _ => c,
    };
    Some(format!("{}{}{}", &found[1], found[2].chars().map(digits).collect::<String>(), &found[3]))
}

/// `GBZ/T3l9-2021` → `GBZ/T319-2021`, `US10,12O,456B2` → `US10,120,456B2`: a letter between two digits is the digit that
/// it looks like.
fn between_digits(number: &str) -> String {
    let chars: Vec<char> = number.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    // A comma parts the thousands.
    let before = |at: usize| {
        let at = at.checked_sub(1);
        if at.is_some_and(|at| chars[at] == ',') { at.and_then(|at| at.checked_sub(1)) } else { at }
    };
    let behind = |at: usize| if chars.get(at + 1) == Some(&',') { at + 2 } else { at + 1 };
    let read = chars.iter().enumerate().map(|(at, &c)| match c {
        'O' | 'o' if is_digit(before(at)) && is_digit(Some(behind(at))) => '0',
        'l' | 'I' if is_digit(before(at)) && is_digit(Some(behind(at))) => '1',
        _ => c,
    });
    read.collect()
}

/// `US10,973,954B2` → `US10973954B2`: offices print their numbers with commas and without.
fn without_thousands(number: &str) -> Option<String> {
    static FORM: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[A-Z]{2}\d{1,3}(?:,\d{3})+(?:[A-Z]\d?)?$").ok());
    FORM.as_ref()?.is_match(number).then(|| number.replace(',', ""))
}

/// `WS/T809—2022` → `WS/T809-2022`: the dash before the year is printed in several widths.
fn dashed_standard(number: &str) -> Option<String> {
    static FORM: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^([A-Z]{1,4}\d{0,4}(?:/[A-Z]+)?[\d.]+)[‐‑‒–—―−]((?:19|20)\d\d)$").ok());
    let found = FORM.as_ref()?.captures(number)?;
    Some(format!("{}-{}", &found[1], &found[2]))
}

/// A Chinese patent in which letters stand for the digits they look like: read as digits where the
/// check digit proves it.
fn proved_patent(printed: &str) -> Option<String> {
    let body = printed.strip_prefix("ZL").or_else(|| printed.strip_prefix("zl"))?;
    digits_proved(body).map(|number| format!("ZL{number}"))
}

/// The digits before and the character behind the dot of a Chinese patent or application.
fn chinese_parts(number: &str) -> Option<(&str, char)> {
    let bare = ["ZL", "zl", "CN"].iter().find_map(|prefix| number.strip_prefix(prefix)).unwrap_or(number);
    let (serial, check) = bare.split_once('.')?;
    let mut check = check.chars();
    let (Some(first), None) = (check.next(), check.next()) else { return None };
    Some((serial, first.to_ascii_uppercase()))
}

/// Tells which check digit a Chinese patent in canonical form would have, where it has another one.
pub fn other_check_digit(number: &str) -> Option<char> {
    let (serial, printed) = chinese_parts(number)?;
    check_digit(serial).filter(|&wanted| wanted != printed)
}

/// Tells which kind of right the number of a Chinese patent names, where the category names another one.
pub fn other_kind(number: &str, category: &str) -> Option<&'static str> {
    const KINDS: [&str; 3] = ["发明", "实用新型", "外观设计"];
    let bare = number.strip_prefix("ZL").or_else(|| number.strip_prefix("CN")).unwrap_or(number);
    let serial = bare.split('.').next().filter(|serial| serial.len() == 12)?;
    if !serial.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let kind = match serial.as_bytes().get(4)? {
        b'1' | b'8' => KINDS[0],
        b'2' | b'9' => KINDS[1],
        b'3' => KINDS[2],
        _ => return None,
    };
    let mut stated = KINDS.iter().filter(|kind| category.contains(**kind));
    match (stated.next(), stated.next()) {
        (Some(&stated), None) if stated != kind => Some(kind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_form() {
        for (printed, want) in [
            ("ZL 2021 2 1234567.4", "ZL202121234567.4"),
            ("ZL 2017 1 1204586.3", "ZL201711204586.3"),
            ("ＺＬ２０１７１０１２３４５６．７", "ZL201710123456.7"),
            ("专利号：ZL 201710123456.7", "ZL201710123456.7"),
            ("专利号ZL201710123456.7", "ZL201710123456.7"),
            ("ZL2017101234567", "ZL201710123456.7"),
            ("ZL201710123456X", "ZL201710123456.X"),
            ("US112981 45B2", "US11298145B2"),
            ("201710123456．7", "201710123456.7"),
            ("CN 109876543 B", "CN109876543B"),
            ("W02020012345A1", "WO2020012345A1"),
            ("WO2020012345A1", "WO2020012345A1"),
            ("WO 2021/203988 A1", "WO2021/203988A1"),
            ("PCT/CN2020/098765", "PCT/CN2020/098765"),
            ("US 10973954 B2", "US10973954B2"),
            ("US 10,973,954 B2", "US10973954B2"),
            ("US1012045OB2", "US10120450B2"),
            ("JP6OO2345B2", "JP6002345B2"),
            ("US1O1O1O1OB2", "US10101010B2"),
            ("US10,12O,456B2", "US10120456B2"),
            ("JP6O12345B2", "JP6012345B2"),
            ("EP 3708214 B1", "EP3708214B1"),
            ("JP6543210B2", "JP6543210B2"),
            ("特許第6543210号", "特許第6543210号"),
            ("AU 2019101234 A4", "AU2019101234A4"),
            ("2019SR0123456", "2019SR0123456"),
            ("软著登字第 1234567 号", "软著登字第1234567号"),
            ("国械注准 20213401192", "国械注准20213401192"),
            ("注册证号：国药准字H20000001", "国药准字H20000001"),
            ("WS/T 809-2022", "WS/T809-2022"),
            ("GBZ/T 3l9-2021", "GBZ/T319-2021"),
            ("T/CACA 0l27—2O22", "T/CACA0127-2022"),
            ("ZL201710123457B", "ZL201710123457B"),
            ("ZLO中中中中", "ZLO中中中中"),
            ("T/CACA 0127—2022", "T/CACA0127-2022"),
            ("ZL2O1910000000.2", "ZL201910000000.2"),
            ("ZL2O19I0000000.X", "ZL201910000000.X"),
            ("2O21SR0l23456", "2021SR0123456"),
            ("OL1910000000", "OL1910000000"),
            ("ＺＬ２０２１", "ZL2021"),
        ] {
            assert_eq!(canonical_number(printed), want);
        }
    }

    #[test]
    fn numbers_are_found_by_their_form() {
        for (text, want) in [
            ("方法,ZL 2017 1 1204586.3,发明人", vec!["ZL 2017 1 1204586.3"]),
            ("ZL201710123456.7;ZL201720123456.X", vec!["ZL201710123456.7", "ZL201720123456.X"]),
            ("ZL98112345.6 和 201710123456.7", vec!["ZL98112345.6", "201710123456.7"]),
            ("方法/ZL201710123456.7/陈一", vec!["ZL201710123456.7"]),
            ("CN 109876543 B", vec!["CN 109876543 B"]),
            ("WO2021/203988A1,W02020012345A1", vec!["WO2021/203988A1", "W02020012345A1"]),
            ("申请PCT/CN2020/098765", vec!["PCT/CN2020/098765"]),
            ("ZL2017101234567 2019-06-04", vec!["ZL2017101234567"]),
            ("美国 US112981 45B2 2022-04-12", vec!["US112981 45B2"]),
            ("US 10,973,954 B2, 2021-04-13", vec!["US 10,973,954 B2"]),
            ("Kit, US 11421286 B2, EP 3708214 B1", vec!["US 11421286 B2", "EP 3708214 B1"]),
            ("composition JP6O12345B2 2022", vec!["JP6O12345B2"]),
            ("Panel,US10,12O,456B2;", vec!["US10,12O,456B2"]),
            ("US2019/0123456A1 KR 10-2012345", vec!["US2019/0123456A1", "KR 10-2012345"]),
            ("系统V1.2,2020SR0871163", vec!["2020SR0871163"]),
            ("软著登字第1234567号", vec!["软著登字第1234567号"]),
            ("国械注准20213401192、浙械注准20182400123", vec!["国械注准20213401192", "浙械注准20182400123"]),
            ("国药准字H20000001", vec!["国药准字H20000001"]),
            (
                "T/CACA 0127-2022,WS/T 809-2022,GB/T 39367.1-2020,DB33/T 2345-2021,GBZ 2345-2020",
                vec![
                    "T/CACA 0127-2022",
                    "WS/T 809-2022",
                    "GB/T 39367.1-2020",
                    "DB33/T 2345-2021",
                    "GBZ 2345-2020",
                ],
            ),
            ("规范,DB4101/T 12-2022,2022年发布", vec!["DB4101/T 12-2022"]),
            (
                "国作登字-2020-I-01000001;甲作登字2019F00012345号",
                vec!["国作登字-2020-I-01000001", "甲作登字2019F00012345号"],
            ),
            ("10.1016/j.x.2017.01.001 电话010-12345678 2021-03-05", vec![]),
            ("Lancet 2020;395:497-506", vec![]),
        ] {
            let got: Vec<&str> = numbers(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn check_digits_and_kinds_are_compared() {
        assert_eq!(other_check_digit("ZL201710000000.7"), check_digit("201710000000").filter(|&c| c != '7'));
        for serial in ["201710123456", "202121234567", "98112345"] {
            let right = check_digit(serial).expect("a serial number");
            assert_eq!(other_check_digit(&format!("ZL{serial}.{right}")), None);
            let wrong = if right == '1' { '2' } else { '1' };
            assert_eq!(other_check_digit(&format!("ZL{serial}.{wrong}")), Some(right));
        }
        assert_eq!(other_check_digit("2019SR0123456"), None);
        for (number, category, want) in [
            ("ZL201710123456.0", "发明专利", None),
            ("ZL201720123456.0", "发明专利", Some("实用新型")),
            ("ZL201710123456.0", "实用新型专利", Some("发明")),
            ("ZL201730123456", "外观设计专利", None),
            ("201780123456.0", "国家发明专利", None),
            ("ZL201790123456.0", "发明专利", Some("实用新型")),
            ("ZL201720123456.0", "发明、实用新型专利", None),
            ("CN109876543B", "实用新型专利", None),
            ("ZL201720123456.0", "专利", None),
        ] {
            assert_eq!(other_kind(number, category), want, "{number} {category}");
        }
    }
}
