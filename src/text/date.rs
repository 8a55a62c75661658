use std::fmt;

use super::parse_integer;

/// A date as far as it was printed: a year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year of the common era.
    pub year: u16,
    /// 1 to 12, where printed.
    pub month: Option<u8>,
    /// 1 to the length of the month, where printed.
    pub day: Option<u8>,
}

impl fmt::Display for Date {
    /// ISO 8601, shortened to what is known: `2019-03-01`, `2019-03`, `2019`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let (Some(_), Some(day)) = (self.month, self.day) {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// Tells whether a text begins as the years of this century and the last do: `2021；33(6): 775`.
pub fn begins_like_year(text: &str) -> bool {
    ["19", "20"].iter().any(|century| text.starts_with(century))
}

/// Reads a text that is a date and nothing else: `2019-03-01`, `2019.03.01`, `2019/3/1`,
/// `2019年3月1日`, `二〇一九年三月`, `20190301`. Impossible dates are `None`.
pub fn parse_date(text: &str) -> Option<Date> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return make_date(&[&text[..4], &text[4..6], &text[6..]]);
    }
    let trimmed = text.trim_end_matches(['日', '号', '月', '年', '.']);
    let parts: Vec<&str> =
        trimmed.split(['-', '.', '/', '年', '月', '－', '．', '—']).filter(|p| !p.is_empty()).collect();
    make_date(&parts)
}

fn make_date(parts: &[&str]) -> Option<Date> {
    let numbers: Vec<u64> = parts.iter().map(|part| parse_integer(part)).collect::<Option<_>>()?;
    let (&year, rest) = numbers.split_first()?;
    let year = u16::try_from(year).ok().filter(|year| (1900..=2100).contains(year))?;
    let (month, day) = match *rest {
        [] => (None, None),
        [month] => (Some(month), None),
        [month, day] => (Some(month), Some(day)),
        _ => return None,
    };
    let month = match month {
        Some(month) => Some(u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?),
        None => None,
    };
    let day = match day {
        Some(day) => Some(u8::try_from(day).ok().filter(|d| (1..=days(year, month)).contains(d))?),
        None => None,
    };
    Some(Date { year, month, day })
}

fn days(year: u16, month: Option<u8>) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        Some(2) if leap => 29,
        Some(2) => 28,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_notations_that_notices_use() {
        for (text, want) in [
            ("2017-03-01", Some("2017-03-01")),
            ("2019.03.01", Some("2019-03-01")),
            ("2019年3月1日", Some("2019-03-01")),
            ("2019 年 3 月", Some("2019-03")),
            ("二〇一九年三月", Some("2019-03")),
            ("20190301", Some("2019-03-01")),
            ("2019", Some("2019")),
            ("2019-02-30", None),
            ("2019-13-01", None),
            ("无", None),
        ] {
            assert_eq!(parse_date(text).map(|date| date.to_string()).as_deref(), want, "{text}");
        }
    }
}
