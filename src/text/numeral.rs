/// Reads a whole number printed in ASCII or full-width digits or in Han numerals (二十一, 一百零五,
/// 〇, 两, 万, 亿); `None` where the text is anything else or too large.
pub fn parse_integer(text: &str) -> Option<u64> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let digits: Option<String> = text.chars().map(decimal_digit).collect();
    match digits {
        Some(digits) => digits.parse().ok(),
        None => parse_han(text),
    }
}

fn decimal_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    }
}

fn parse_han(text: &str) -> Option<u64> {
    if text.chars().count() > 1 && text.chars().all(|c| han_digit(c).is_some()) {
        return text.chars().try_fold(0u64, |sum, c| sum.checked_mul(10)?.checked_add(han_digit(c)?));
    }
    let (mut total, mut section, mut digit) = (0u64, 0u64, None);
    for c in text.chars() {
        if let Some(value) = han_digit(c) {
            digit = Some(value);
        } else if let Some(unit) = section_unit(c) {
            section = section.checked_add(digit.take().unwrap_or(1).checked_mul(unit)?)?;
        } else {
            let unit = group_unit(c)?;
            section = section.checked_add(digit.take().unwrap_or(0))?;
            total = total.checked_add(section.max(1).checked_mul(unit)?)?;
            section = 0;
        }
    }
    total.checked_add(section)?.checked_add(digit.unwrap_or(0))
}

fn han_digit(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn section_unit(c: char) -> Option<u64> {
    match c {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        _ => None,
    }
}

fn group_unit(c: char) -> Option<u64> {
    match c {
        '万' | '萬' => Some(10_000),
        '亿' | '億' => Some(100_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_in_every_script() {
        for (text, want) in [
            ("12", Some(12)),
            ("１２", Some(12)),
            ("一", Some(1)),
            ("十", Some(10)),
            ("十五", Some(15)),
            ("二十", Some(20)),
            ("一百零五", Some(105)),
            ("二〇一九", Some(2019)),
            ("三万二千", Some(32_000)),
            ("两亿", Some(200_000_000)),
            ("甲", None),
            ("", None),
            ("99999999999999999999999", None),
        ] {
            assert_eq!(parse_integer(text), want, "{text}");
        }
    }
}
