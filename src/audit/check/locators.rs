//! Journal, year and pages of papers.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;

use super::{Case, Observation, Parameters, or_holds};
use crate::text::fold_key;

/// Looks for pages that run backwards, places given twice, two papers in one place, and papers later than
/// the award.
pub(super) fn locators(case: &Case, _: &Parameters) -> Vec<Observation> {
    let papers = &case.dossier.papers;
    if papers.iter().all(|paper| paper.locator.is_none() && paper.year.is_none()) {
        return vec![Observation::not_known("没有印出论文的年卷期页码")];
    }
    let mut found = Vec::new();
    let mut seen: HashMap<(String, Option<u16>, String), usize> = HashMap::new();
    for (at, paper) in papers.iter().enumerate() {
        if let (Some(year), Some(award)) = (paper.year, case.year())
            && year > award
        {
            let observation = Observation::to_check("需核对：论文年份晚于奖项年度");
            found.push(observation.comparing("年份", year, award).shown_by(case.paper(at, "year")));
        }
        let Some(locator) =
            paper.locator.as_deref().filter(|locator| locator.chars().any(|c| c.is_ascii_digit()))
        else {
            continue;
        };
        if let Some((first, last)) = backwards(locator) {
            let observation = Observation::to_check("需核对：页码的末页小于首页");
            let observation = observation.comparing("页码", first, last);
            found.push(observation.shown_by(case.paper(at, "locator")));
        }
        if is_given_twice(locator) {
            let observation = Observation::to_check("需核对：年卷期页码写了不止一处卷期");
            found.push(observation.noting("年卷期页码", locator).shown_by(case.paper(at, "locator")));
        }
        let journal = fold_key(paper.journal.as_deref().unwrap_or_default());
        if journal.is_empty() || !locator.contains([':', '-', '：']) {
            continue;
        }
        let place = (journal, paper.year, fold_key(locator));
        if let Some(other) = seen.insert(place, at)
            && fold_key(&papers[other].title) != fold_key(&paper.title)
        {
            let observation = Observation::to_check("需核对：两篇不同的论文印着同一刊的同一页码");
            let observation = observation.comparing("论文", &papers[other].title, &paper.title);
            found
                .push(observation.shown_by(case.paper(other, "locator")).shown_by(case.paper(at, "locator")));
        }
    }
    or_holds(found, "论文的年卷期页码没有矛盾")
}

/// The first and last page where the last comes before the first; `123-9` stands for 123–129.
fn backwards(locator: &str) -> Option<(u64, u64)> {
    static PAGES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:[:：,，;；] ?|[pP]{1,2}\.? ?|^)(\d{1,6})\s*[-–—~－]\s*(\d{1,6})(?:\D|$)").ok()
    });
    let captures = PAGES.as_ref()?.captures_iter(locator).last()?;
    let (first, last) = (captures.get(1)?.as_str(), captures.get(2)?.as_str());
    let (start, end): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    let (shortened, tail) = (last.len() < first.len(), 10_u64.pow(u32::try_from(last.len()).ok()?));
    let fits = end >= start || (shortened && end > start % tail);
    (!fits).then_some((start, end))
}

/// Tells whether a volume stands before another volume with its issue: `11; 21(1)`.
fn is_given_twice(locator: &str) -> bool {
    static TWICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^\D{0,2}(\d{1,4})(?:\(\d{1,3}\))?\s*[;；]\s*(\d{1,4})\s*[(（]\d{1,3}[)）]").ok()
    });
    TWICE.as_ref().is_some_and(|twice| twice.is_match(locator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_run_forwards_also_where_the_last_is_shortened() {
        for (locator, want) in [
            ("7(1): 1-12", None),
            ("12: 123-9", None),
            ("12: 1158-62", None),
            ("12: 123-109", Some((123, 109))),
            ("8:10", None),
            ("33(2): E63-E70", None),
            ("1-2: 5-9", None),
        ] {
            let backwards = backwards(locator);
            assert_eq!(backwards, want, "{locator}");
        }
    }

    #[test]
    fn a_second_volume_is_noticed() {
        for (locator, want) in [
            ("11; 21(1)", true),
            ("11;21(1): 3-9", true),
            ("21(1): 3-9", false),
            ("30: 97-107", false),
            ("12(3);45-50", false),
        ] {
            assert_eq!(is_given_twice(locator), want, "{locator}");
        }
    }
}
