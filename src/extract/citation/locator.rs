use std::{ops::Range, sync::LazyLock};

use regex::Regex;

/// Year, volume and pages of a citation, and how sure it is that they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Locator {
    pub(super) range: Range<usize>,
    /// More than a year.
    pub(super) strong: bool,
}

const YEAR: &str = r"(?:19|20)\d\d";
pub(super) const MONTH: &str = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?";
/// `[-/ ]Mar 5`, `3月5日`, `-03` behind a year.
const IN_YEAR: &str = r"(?:[ ,]*MONTH(?:[-/ ]+MONTH)?(?: ?\d{1,2}\b)?| ?\d{1,2} ?月(?: ?\d{1,2} ?日)?|[-.]\d\d(?:-\d\d)? ?[,;])?";
const VOLUME: &str = r"(?:[Vv]ol(?:ume)?\.? ?)?(?:第 ?)?[A-Z]{0,2}\d{1,5}(?:-?[A-Z])?(?: ?卷)?";
const ISSUE: &str = r"(?:[ ,]*\((?:[^()]{1,25})\)(?: ?期)?|[, ]*(?:[Nn]o\.?|[Ii]ssue) ?\d{1,4}(?:-\d+)?|[, ]*第? ?(?:\d{1,3}(?:-\d+)?|增刊) ?期|[, ]*增刊 ?\d{0,2})";
const PAGE: &str = r"[A-Za-z]{0,5}\d+[A-Za-z]?\d*(?:\.[A-Za-z0-9]+)?";
const PAGES: &str = r"(?:[Pp]{1,2}\.? ?|第 ?|[Pp]ages? ?|页码?:? ?|[Aa]rticle (?:ID |[Nn]o\.? |number )?)?PAGE(?: ?页)?(?: ?[-~+] ?PAGE(?: ?页)?)?(?:, ?\d+-\d+)?(?: ?页)?";

/// Forms that name a volume or pages beside the year, the most complete first.
static STRONG: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"YEAR(?: ?年)?IN_YEAR[ ,;:.、/]*VOLUMEISSUE[ ,:;./]*PAGES",
        r"YEAR(?: ?年)?IN_YEAR[ ,;:.、/]*VOLUME ?[:,;/] ?PAGES",
        r"YEAR(?: ?年)?IN_YEAR[ ,;:.、/]*第? ?\d+ ?卷[ ,;:./]*PAGES",
        r"YEAR(?: ?年)?IN_YEARISSUE[ ,:;./]*PAGES",
        r"YEAR(?: ?年)?IN_YEAR[ ,;:.、/]*(?:VOLUMEISSUE|ISSUE|第? ?\d+ ?卷)",
        r"VOLUMEISSUE[ ,:;./]*PAGES[ ,;.]*(?:\((?:MONTH,? ?)?YEAR\)|[,;. ] ?(?:MONTH,? ?)?YEAR(?: ?年)?)",
        r"VOLUME ?[:,] ?PAGES(?: ?\((?:MONTH,? ?)?YEAR\)| ?[,;.] ?(?:MONTH,? ?)?YEAR(?: ?年)?)",
        r"第? ?\d+ ?卷ISSUE?[ ,;:]*YEAR(?: ?年)?",
        r"YEAR(?: ?年)?IN_YEAR ?[:,;] ?(?:[Pp]{1,2}\.? ?)?\d+ ?- ?\d+(?: ?页)?",
        r"YEARIN_YEAR[,;:.]? ?[Aa]rticle (?:ID |[Nn]o\.? |number )?[A-Za-z]?\d+",
    ]
    .iter()
    .map(|form| pattern(form))
    .collect()
});

/// Without a year, which stands behind the authors: `24(3), 100478`.
static YEARLESS: LazyLock<[Regex; 2]> =
    LazyLock::new(|| [pattern(r"VOLUMEISSUE[ ,:;.]*PAGES"), pattern(r"VOLUME ?[:,] ?PAGES")]);

static YEAR_ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(?(YEAR)(?: ?年)?IN_YEAR\)?"));

#[expect(clippy::expect_used, reason = "the patterns are constant and compiled by every test")]
fn pattern(form: &str) -> Regex {
    let mut text = form.to_owned();
    for (name, part) in [
        ("IN_YEAR", IN_YEAR),
        ("VOLUME", VOLUME),
        ("ISSUE", ISSUE),
        ("PAGES", PAGES),
        ("PAGE", PAGE),
        ("MONTH", MONTH),
        ("YEAR", YEAR),
    ] {
        text = text.replace(name, part);
    }
    Regex::new(&text).expect("the pattern is valid")
}

/// Finds where a narrowed text says in which year, volume and pages the paper stands: the first place
/// that names more than a year, else the last year.
pub(super) fn locator(text: &str, from: usize) -> Option<Locator> {
    let strong = STRONG.iter().filter_map(|form| matches(form, text, from).next());
    let first = strong.min_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    if let Some(range) = first {
        return Some(Locator { range, strong: true });
    }
    let alone =
        matches(&YEAR_ALONE, text, from).filter(|range| !text[range.end..].starts_with('-')).last()?;
    Some(Locator { range: alone, strong: false })
}

/// Finds volume and pages without a year, the last ones printed.
pub(super) fn yearless(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = &text[..range.end];
    YEARLESS.iter().find_map(|form| matches(form, text, range.start).last())
}

/// The places where a form stands by itself, not within a word or a number.
fn matches<'a>(form: &'a Regex, text: &'a str, from: usize) -> impl Iterator<Item = Range<usize>> + 'a {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    form.find_iter(&text[from..]).map(move |found| from + found.start()..from + found.end()).filter(
        move |range| {
            let after = &text[range.end..];
            !text[..range.start].ends_with(word) && !after.starts_with(|c: char| c.is_ascii_alphanumeric())
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn year_volume_and_pages_are_found() {
        for (text, want, strong) in [
            ("Lancet. 2022;24:100478. 后", "2022;24:100478", true),
            ("杂志, 2021, 32(6): 775-784.", "2021, 32(6): 775-784", true),
            ("J Clin Oncol. 2019 Mar;37(5):1-9.", "2019 Mar;37(5):1-9", true),
            ("杂志,2019,35(4):211-218.", "2019,35(4):211-218", true),
            ("杂志2019年35卷4期211-218页,作者", "2019年35卷4期211-218页", true),
            ("杂志,2019年第35卷第4期", "2019年第35卷第4期", true),
            ("杂志,2019年4月第35卷第4期:211-218", "2019年4月第35卷第4期:211-218", true),
            ("Nat Commun 12, 3456 (2021).", "12, 3456 (2021)", true),
            ("Journal 32(6): 775-784, 2021", "32(6): 775-784, 2021", true),
            ("J, vol. 32, no. 6, pp. 775-784, Mar. 2021.", "vol. 32, no. 6, pp. 775-784, Mar. 2021", true),
            ("PLoS One. 2018;13(2):e0192345.", "2018;13(2):e0192345", true),
            ("杂志, 2018(4):12-15.", "2018(4):12-15", true),
            ("出版社, 2018: 12-30.", "2018: 12-30", true),
            (
                "Burden, 1990-2019: a study. Lancet. 2020;396(10258):1204-1222.",
                "2020;396(10258):1204-1222",
                true,
            ),
            ("J Int. 2020, Article ID 8829", "2020, Article ID 8829", true),
            ("Blood. 2017 Jun 1;129(22):2988-2992.", "2017 Jun 1;129(22):2988-2992", true),
            ("出版社, 2018.", "2018", false),
            ("杂志, 2016, 36(Suppl 1): S12-S19", "2016, 36(Suppl 1): S12-S19", true),
            ("杂志/2019,35(4):211-218/陈一", "2019,35(4):211-218", true),
            ("Bone Joint J. 2020;102-B(3):293-301.", "2020;102-B(3):293-301", true),
        ] {
            let found = locator(text, 0).expect(text);
            assert_eq!((&text[found.range], found.strong), (want, strong), "{text}");
        }
        assert_eq!(locator("没有年份的文字12345", 0), None);
    }
}
