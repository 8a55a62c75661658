//! How long the notice is public.

use std::sync::LazyLock;

use regex::Regex;

use super::{Case, Observation, Parameters};
use crate::text::{Date, FoldedText, parse_date};

/// Compares the period that the notice prints with the least of a rule.
pub(super) fn publication(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    let least = parameters.count("days").unwrap_or_default();
    let working = parameters.is_set("working");
    let unit = if working { "个工作日" } else { "个自然日" };
    let Some((period, printed)) = period(case.text()) else {
        return vec![Observation::not_known("材料没有印出公示起止日期")];
    };
    let shown = case.shown_text("text", printed);
    let Some(days) = period.days(working) else {
        return vec![Observation::not_known("公示的起止日期不成先后").shown_by(shown)];
    };
    let last = period.last;
    let observation = if days < least {
        Observation::to_check(format!("需核对：公示{days}{unit}，少于{least}"))
    } else {
        Observation::holds(format!("公示{days}{unit}"))
    };
    let remark =
        if working { "不计周六、周日，法定节假日须另扣" } else { "起止两日均计" };
    let observation =
        observation.comparing(&format!("公示期（{unit}，{remark}）"), days, format!("≥{least}"));
    vec![observation.noting("异议截止", last).shown_by(shown)]
}

/// The first and the last day, both included.
#[derive(Debug, PartialEq, Eq)]
struct Period {
    first: Date,
    last: Date,
}

impl Period {
    /// Counts the days, or those from Monday to Friday; `None` where the last comes before the first.
    fn days(&self, working: bool) -> Option<usize> {
        let (first, last) = (number(self.first)?, number(self.last)?);
        // Day 0, 1970-01-01, was a Thursday.
        let counts = |day: &i64| !working || (day + 3).rem_euclid(7) < 5;
        (first <= last && last - first < 1000).then(|| (first..=last).filter(counts).count())
    }
}

/// Finds `公示期：2026年3月2日至3月6日` and where it is printed; the last day may go without its year.
fn period(text: &str) -> Option<(Period, std::ops::Range<usize>)> {
    static PERIOD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let day = r"\d{4} ?[年./-] ?\d{1,2} ?[月./-] ?\d{1,2} ?日?";
        let end = r"(?:\d{4} ?[年./-] ?)?(?:\d{1,2} ?[月./-] ?)?\d{1,2} ?日?";
        Regex::new(&format!(
            r"公示(?:期|时间|日期|期限)?[^\d\n]{{0,12}}(?P<first>{day})[^\d\n]{{0,8}}(?:至|到|-|—|–|~|～)[^\d\n]{{0,4}}(?P<last>{end})"
        ))
        .ok()
    });
    let folded = FoldedText::joined(text);
    let captures = PERIOD.as_ref()?.captures(folded.text())?;
    let first = parse_date(captures.name("first")?.as_str())?;
    let last = captures.name("last")?.as_str();
    let parts: Vec<&str> =
        last.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month) = (first.year.to_string(), first.month?.to_string());
    let whole = match parts[..] {
        [day] => format!("{year}-{month}-{day}"),
        [month, day] => format!("{year}-{month}-{day}"),
        [year, month, day] => format!("{year}-{month}-{day}"),
        _ => return None,
    };
    let last = parse_date(&whole)?;
    Some((Period { first, last }, folded.printed(captures.get(0)?.range())))
}

/// The number of a day, counted from 1970-01-01 in the Gregorian calendar.
fn number(date: Date) -> Option<i64> {
    let (year, month, day) = (i64::from(date.year), i64::from(date.month?), i64::from(date.day?));
    // March opens the year, so that the leap day closes it.
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    Some(
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_weekends() {
        assert_eq!(number(parse_date("1970-01-01").expect("a date")), Some(0));
        assert_eq!(number(parse_date("2000-03-01").expect("a date")), Some(11_017));
        for (text, days, working) in [
            ("公示期：2026年3月2日至3月6日", Some(5), Some(5)),
            ("公示时间：2026年2月26日—2026年3月9日", Some(12), Some(8)),
            ("公示时间自2026年3月2日起至2026年3月11日止", Some(10), Some(8)),
            ("公示期 2026-03-07 至 2026-03-08", Some(2), Some(0)),
            ("公示期：2026年3月6日至3月2日", None, None),
        ] {
            let (period, printed) = period(text).expect(text);
            assert_eq!((period.days(false), period.days(true)), (days, working), "{text}");
            assert_eq!(printed.start, 0);
        }
        for text in ["公示期5个工作日", "发布时间：2026年3月2日", "公示期：2026年13月2日至3日"]
        {
            assert!(period(text).is_none(), "{text}");
        }
    }
}
