//! Dates of papers and rights beside those of a rule.

use super::{Case, Observation, Parameters, or_holds};
use crate::text::{Date, parse_date};

/// Looks for papers and rights from after the day on which the project had to be complete.
pub(super) fn dated_before(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    let Some(before) = parameters.date("before") else { return Vec::new() };
    let dated = case.dossier.ip.iter().filter(|right| right.grant_date.is_some()).count();
    if case.dossier.papers.iter().all(|paper| paper.year.is_none()) && dated == 0 {
        return vec![Observation::not_known("没有印出论文年份与授权日期")];
    }
    let mut found = late_papers(case, before);
    for (at, right) in case.dossier.ip.iter().enumerate() {
        let Some(date) = right.grant_date.as_deref().and_then(parse_date) else { continue };
        if is_late(date, before) {
            let observation =
                Observation::to_check("需核对：知识产权的日期晚于截止日期，请另附完成或应用证明");
            let observation = observation.comparing("授权日期", date, format!("{before} 之前"));
            found.push(observation.shown_by(case.right(at, "grant_date")));
        }
    }
    or_holds(found, format!("所列论文与知识产权均在 {before} 之前"))
}

/// Looks for papers that were published too lately.
pub(super) fn published_before(case: &Case, parameters: &Parameters) -> Vec<Observation> {
    if case.dossier.papers.iter().all(|paper| paper.year.is_none()) {
        return vec![Observation::not_known("没有印出论文年份")];
    }
    if let Some(before) = parameters.date("before") {
        return or_holds(late_papers(case, before), format!("所列论文均在 {before} 之前发表"));
    }
    let (Some(years), Some(year)) = (parameters.count("years"), case.year()) else { return Vec::new() };
    let last = u16::try_from(years).ok().and_then(|years| year.checked_sub(years)).unwrap_or_default();
    let mut found = Vec::new();
    for (at, paper) in case.dossier.papers.iter().enumerate() {
        let Some(printed) = paper.year.filter(|printed| *printed >= last) else { continue };
        let observation = if printed > last {
            Observation::to_check(format!("需核对：论文发表不满{years}年"))
        } else {
            Observation::not_known(format!("论文只印出年份，是否满{years}年须看发表日期"))
        };
        let observation =
            observation.comparing("发表年份", printed, format!("早于 {last}，或 {last} 年内已满"));
        found.push(observation.shown_by(case.paper(at, "year")));
    }
    or_holds(found, format!("所列论文发表均满{years}年"))
}

fn late_papers(case: &Case, before: Date) -> Vec<Observation> {
    let mut found = Vec::new();
    for (at, paper) in case.dossier.papers.iter().enumerate() {
        let date = paper.year.map(|year| Date { year, month: None, day: None });
        let Some(date) = date.filter(|date| is_late(*date, before)) else { continue };
        let observation = Observation::to_check("需核对：论文发表年份晚于截止日期");
        let observation = observation.comparing("发表年份", date, format!("{before} 之前"));
        found.push(observation.shown_by(case.paper(at, "year")));
    }
    found
}

/// Tells whether a date, as far as it is printed, is certainly not before another.
fn is_late(date: Date, before: Date) -> bool {
    let first = (date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
    first >= (before.year, before.month.unwrap_or(1), before.day.unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_late_only_as_far_as_it_is_printed() {
        let date = |text| parse_date(text).expect("a date");
        for (printed, before, late) in [
            ("2023", "2023-01-01", true),
            ("2022", "2023-01-01", false),
            ("2022-12-31", "2023-01-01", false),
            ("2023-01-01", "2023-01-01", true),
            ("2013", "2013-04-30", false),
            ("2013-05", "2013-04-30", true),
        ] {
            assert_eq!(is_late(date(printed), date(before)), late, "{printed} {before}");
        }
    }
}
