use std::sync::LazyLock;

use regex::Regex;

use crate::text::FoldedText;

/// The first page or the article number of a locator, folded: `7(1): 1-12` and `7:1` are `1`; where only
/// one number is printed, that one. `None` where there is none.
///
/// The issue is often left out and the volume misprinted; beside title and year the page is enough.
pub(super) fn first_page(locator: &str) -> Option<String> {
    let folded = FoldedText::new(locator);
    let text = ISSUE.replace_all(folded.text(), " ");
    let places: Vec<&str> =
        PLACE.captures_iter(&text).filter_map(|found| found.get(1)).map(|place| place.as_str()).collect();
    let page = places.last()?.trim_start_matches('0');
    Some(page.to_owned()).filter(|page| !page.is_empty())
}

/// An issue, a supplement or a count that stands among volume and pages.
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static ISSUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\([^()]*\)|第?\d+(?:-\d+)?\s*期|\b(?:no|issue|suppl?|supplement)\b\.?\s*\d*",
        r"|共?\d+\s*页\b|(?:他引|被引|引用|if|影响因子)\D{0,8}[\d.]+\s*次?|doi\s*:?\s*10\.\S+|\b10\.\d{4,9}/\S+",
    ))
    .expect("the pattern is valid")
});

/// A page or a range of pages, of which the first counts; an article number may hold letters.
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([a-z]{0,3}\d+(?:[a-z]\d*|\.[a-z]?\d+)*)(?:\s*[-‐-―~～−至]+\s*[a-z]{0,3}\d[\d.a-z]*)*")
        .expect("the pattern is valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locators_have_one_first_page_in_every_notation() {
        for (printed, want) in [
            ("7(1): 1-12", Some("1")),
            ("7:1-12", Some("1")),
            ("Vol. 7, No. 1, pp. 1–12", Some("1")),
            ("9卷1120-1133页", Some("1120")),
            ("225卷3期 287.e1-287.e14", Some("287.e1")),
            ("12卷第1期76", Some("76")),
            ("66卷 101795", Some("101795")),
            ("4:e0213", Some("e0213")),
            ("57(6):e00122-19", Some("e00122")),
            ("10(13): 2100214", Some("2100214")),
            ("１２（２３）：３１５７－３１６２", Some("3157")),
            ("37 (5 Suppl 1): S12-S20", Some("s12")),
            ("21(6): 498-503，他引17次", Some("498")),
            ("71(4): 1286-1295. doi:10.1000/x.2020.11", Some("1286")),
            ("1286-1295", Some("1286")),
            ("38卷", Some("38")),
            ("Epub ahead of print", None),
            ("", None),
        ] {
            assert_eq!(first_page(printed).as_deref(), want, "{printed}");
        }
    }
}
