use std::sync::LazyLock;

use regex::Regex;

/// Volume, issue and pages of a paper, as far as its locator says them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Locator {
    pub(super) volume: Option<String>,
    pub(super) issue: Option<String>,
    /// The first page, or the number of an article that has no pages.
    pub(super) first_page: Option<String>,
    pub(super) last_page: Option<String>,
}

/// What is left of a date whose year stands in a field of its own: `11; `, `Mar 5;`.
const MONTH: &str =
    r"(?:0?[1-9]|1[0-2]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{1,2})?) ?; ?";
const VOLUME: &str = r"(?:vol(?:ume)?\.? ?|第 ?)?(?P<volume>[A-Z]{0,2}\d{1,5}[A-Z]?)";
const ISSUE: &str = r"(?:\((?P<bracketed>[^()]{1,25})\)(?: ?期)?|(?:no\.?|issue) ?(?P<labelled>\d{1,4}(?:-\d+)?)|第? ?(?P<counted>\d{1,3}(?:-\d+)?|增刊 ?\d{0,2}) ?期|(?P<supplement>增刊 ?\d{0,2}))";
const PAGES: &str = r"(?:pp?\.? ?|pages? ?|第 ?|页码?:? ?|article (?:id|no\.?|number)? ?)?(?P<first>PAGE)(?: ?页)?(?: ?[-~+] ?(?P<last>PAGE))?(?: ?页)?";
const PAGE: &str = r"[A-Z]{0,5}\d+[A-Z]?\d*(?:\.[A-Z0-9]+)?";

/// The forms of a whole locator, the most complete first.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        "(?:MONTH)?VOLUME(?: ?卷)?[ ,]*ISSUE[ ,:;./]*(?:PAGES)?",
        "(?:MONTH)?VOLUME ?[:,;/] ?PAGES",
        "VOLUME ?卷[ ,:;./]*(?:PAGES)?",
        "ISSUE[ ,:;./]*(?:PAGES)?",
        "(?:PAGES)",
    ]
    .iter()
    .filter_map(|form| {
        let text = form.replace("MONTH", MONTH).replace("VOLUME", VOLUME).replace("ISSUE", ISSUE);
        Regex::new(&format!("(?i)^{}$", text.replace("PAGES", PAGES).replace("PAGE", PAGE))).ok()
    })
    .collect()
});

impl Locator {
    /// Reads a locator as it was printed: `7(1): 1-12`, `24:100478`, `35卷4期211-218页`. `None` where it is
    /// of another form, or a number alone, which may be a volume as well as a page.
    pub(super) fn read(printed: &str) -> Option<Self> {
        let text: String = printed.trim().chars().map(plain).collect();
        let text = text.trim_end_matches(['.', ',', ';']);
        if text.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let found = FORMS.iter().find_map(|form| form.captures(text))?;
        let group = |name| found.name(name).map(|part| part.as_str().trim().to_owned());
        let issue = ["bracketed", "labelled", "counted", "supplement"].into_iter().find_map(group);
        let (volume, first_page, last_page) = (group("volume"), group("first"), group("last"));
        Some(Self { volume, issue, first_page, last_page })
    }

    /// The pages in one text: `211-218`.
    pub(super) fn pages(&self, joint: &str) -> Option<String> {
        let first = self.first_page.as_deref()?;
        Some(self.last_page.as_ref().map_or_else(|| first.to_owned(), |last| format!("{first}{joint}{last}")))
    }
}

/// The half-width form of the marks between numbers.
fn plain(c: char) -> char {
    match c {
        '（' | '［' | '[' => '(',
        '）' | '］' | ']' => ')',
        '：' => ':',
        '，' | '、' => ',',
        '；' => ';',
        '–' | '—' | '－' | '−' | '～' | '~' => '-',
        '\u{3000}' | '\u{A0}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locator_is_taken_apart() {
        for (printed, want) in [
            ("7(1): 1-12", "7|1|1|12"),
            ("98(4):1001-1010", "98|4|1001|1010"),
            ("24:100478", "24||100478|"),
            ("9: 114", "9||114|"),
            ("18(9):e1003756", "18|9|e1003756|"),
            ("43(4): e418-e426", "43|4|e418|e426"),
            ("58卷4期 601-609", "58|4|601|609"),
            ("9卷1120-1133页", "9||1120|1133"),
            ("66卷 101795", "66||101795|"),
            ("225卷3期 287.e1-287.e14", "225|3|287.e1|287.e14"),
            ("第35卷第4期", "35|4||"),
            ("36(Suppl 1): S12-S19", "36|Suppl 1|S12|S19"),
            ("36（增刊）：12～19", "36|增刊|12|19"),
            ("2019增刊: 12-19", "2019|增刊|12|19"),
            ("vol. 32, no. 6, pp. 775-784", "32|6|775|784"),
            ("11; 21(1):533", "21|1|533|"),
            ("Mar 5;37(5):1-9", "37|5|1|9"),
            ("(4):12-15", "|4|12|15"),
            ("12-30页", "||12|30"),
            ("12-30", "||12|30"),
            ("Article ID 8829", "||8829|"),
        ] {
            let Locator { volume, issue, first_page, last_page } = Locator::read(printed).expect(printed);
            let got = [volume, issue, first_page, last_page].map(Option::unwrap_or_default).join("|");
            assert_eq!(got, want, "{printed}");
        }
        for printed in ["", "1234", "在线发表", "12(3):45-50, 60-61", "见附件3(1)"] {
            assert_eq!(Locator::read(printed), None, "{printed}");
        }
    }
}
