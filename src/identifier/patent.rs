use std::{ops::Range, sync::LazyLock};

use regex::Regex;

/// Tells whether no letter or digit of the Latin script stands right before `at`.
pub(super) fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Tells whether a number without letters before it has the form of a Chinese patent's: 12 digits that begin with the year,
/// and a check digit. An ISBN has 13, too, and begins otherwise.
pub(super) fn is_bare_chinese(number: &str) -> bool {
    let plain = number.replace('.', "");
    let (digits, check) = plain.split_at_checked(12).unwrap_or_default();
    digits.starts_with("20")
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(check.as_bytes(), [b'0'..=b'9' | b'x'])
}

/// Finds numbers of Chinese patents in a folded text: `zl` or `cn`, then 12 digits (8 before 2003) and
/// a check digit, or a publication number of 7 to 9 digits and a kind code.
pub(super) fn chinese(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for prefix in ["zl", "cn"] {
        for (at, _) in text.match_indices(prefix) {
            if starts_word(text, at)
                && let Some((end, canonical)) = chinese_number(text, prefix, at + prefix.len())
            {
                found.push((at..end, canonical));
            }
        }
    }
    found
}

fn chinese_number(text: &str, prefix: &str, after: usize) -> Option<(usize, String)> {
    let rest = &text[after..];
    let start = after + (rest.len() - rest.trim_start_matches([' ', '.', ':']).len());
    if start - after > 3 {
        return None;
    }
    let (digits, mut end) = digit_groups(text, prefix, start)?;
    let mut canonical = format!("{prefix}{digits}");
    match digits.len() {
        13 => canonical.insert(canonical.len() - 1, '.'),
        9 if prefix == "zl" => canonical.insert(canonical.len() - 1, '.'),
        7 | 9 => {
            if let Some((code_end, code)) = kind_code(text, end) {
                canonical.push_str(code);
                end = code_end;
            }
        }
        _ => {
            if let Some(check) = check_digit(&text[end..]) {
                canonical.push('.');
                canonical.push(check);
                end += 2;
            }
        }
    }
    let whole = !text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    whole.then_some((end, canonical))
}

/// Joins groups of digits parted by one blank or dot, up to the longest length that a number can have.
fn digit_groups(text: &str, prefix: &str, start: usize) -> Option<(String, usize)> {
    let (mut digits, mut at) = (String::new(), start);
    let mut best = None;
    loop {
        let rest = &text[at..];
        let group = &rest[..rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
        if group.is_empty() || digits.len() + group.len() > 13 {
            return best;
        }
        digits.push_str(group);
        at += group.len();
        let possible = match prefix {
            "zl" => matches!(digits.len(), 8 | 9 | 12 | 13),
            _ => matches!(digits.len(), 7..=9 | 12 | 13),
        };
        if possible {
            best = Some((digits.clone(), at));
        }
        let checked = digits.len() == 8 && check_digit(&text[at..]).is_some();
        if digits.len() >= 12 || checked || !text[at..].starts_with([' ', '.']) {
            return best;
        }
        at += 1;
    }
}

/// A dot and one digit or X that end the number.
fn check_digit(rest: &str) -> Option<char> {
    let mut chars = rest.strip_prefix('.')?.chars();
    let check = chars.next().filter(|&c| c.is_ascii_digit() || c == 'x')?;
    let ends = chars.next().is_none_or(|c| !c.is_ascii_alphanumeric());
    ends.then_some(check)
}

/// The kind code of a publication (A, B, U, A1, B2 …) behind at most one blank.
fn kind_code(text: &str, at: usize) -> Option<(usize, &str)> {
    let rest = &text[at..];
    let code = rest.strip_prefix(' ').unwrap_or(rest);
    let start = text.len() - code.len();
    let letter = code.starts_with(['a', 'b', 'c', 's', 't', 'u', 'y']);
    if !letter {
        return None;
    }
    let len = if code[1..].starts_with(|c: char| c.is_ascii_digit()) { 2 } else { 1 };
    let ends = !code[len..].starts_with(|c: char| c.is_ascii_alphanumeric());
    ends.then(|| (start + len, &code[..len]))
}

/// Finds numbers of international and foreign publications in a folded text; `w0` is read as `wo`,
/// which notices often misprint.
pub(super) fn foreign(text: &str) -> Vec<(Range<usize>, String)> {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(w[o0]|us|ep|jp|au|kr|de|gb|fr|ca) ?([0-9](?:[,/-]?[0-9]){5,12})").ok()
    });
    let Some(pattern) = NUMBER.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for captures in pattern.captures_iter(text) {
        let Some(range) = captures.get(0).map(|whole| whole.range()) else { continue };
        let mut canonical: String = captures[1].replace('0', "o");
        canonical.extend(captures[2].chars().filter(char::is_ascii_digit));
        let mut end = range.end;
        if let Some((code_end, code)) = kind_code(text, end) {
            canonical.push_str(code);
            end = code_end;
        }
        let whole = !text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if whole && starts_word(text, range.start) {
            found.push((range.start..end, canonical));
        }
    }
    found
}
