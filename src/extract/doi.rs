use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::identifier::identifiers;

/// A DOI as it is printed in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedDoi {
    /// In lower case.
    pub(super) canonical: String,
    /// Where it is printed.
    pub(super) number: Range<usize>,
    /// The same with the label or the address of the resolver before it.
    pub(super) whole: Range<usize>,
}

/// Finds the first DOI of a text: by itself, behind `doi:`, or in `https://doi.org/…`.
pub(super) fn doi(text: &str) -> Option<PrintedDoi> {
    // Most cells have none, and to look for numbers of all kinds takes a while.
    if !text.contains(['/', '／']) {
        return None;
    }
    let found = identifiers(text).into_iter().find(|found| found.canonical.starts_with("10."))?;
    let label = LABEL.find(&text[..found.start]).map_or(found.start, |label| label.start());
    Some(PrintedDoi { canonical: found.canonical, number: found.start..found.end, whole: label..found.end })
}

/// The DOI that a whole text is, parted by a narrow column or the end of a page: `10.1000/ab-40` and `917-3`.
pub(super) fn parted_doi(text: &str) -> Option<String> {
    /// So few characters behind a blank are a value of their own.
    const FEW: usize = 3;
    let parts: Vec<&str> = text.split_whitespace().collect();
    let goes_on = |pair: &[&str]| {
        let [before, part] = pair else { return false };
        let at = part.as_ptr() as usize - text.as_ptr() as usize;
        let wrapped = text[..at].trim_end_matches(' ').ends_with('\n');
        let marked =
            before.ends_with(['-', '.', '/', '_', '(']) || part.starts_with(['-', '.', '/', '_', ')']);
        !part.starts_with("10.")
            && part.contains(|c: char| c.is_ascii_digit())
            && (wrapped || marked || part.len() > FEW)
    };
    if parts.len() < 2 || !parts.windows(2).all(goes_on) {
        return None;
    }
    let joined = parts.concat();
    doi(&joined).filter(|found| found.number == (0..joined.len())).map(|found| found.canonical)
}

/// What is printed before a DOI, up to it.
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:(?:论文)?doi ?(?:编?号|码|链接|网址)?\s*[:：=]?\s*)?(?:https?[:：]//)?(?:(?:dx\.)?doi\.org/|doi:)?$")
        .expect("the pattern is valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parted_doi_is_joined_where_it_is_all_there_is() {
        for (text, want) in [
            ("10.1000/ab-40 917-3", Some("10.1000/ab-40917-3")),
            ("10.1000/j.ab.\n2020\n.01", Some("10.1000/j.ab.2020.01")),
            ("10.1000/ab.1", None),
            ("10.1000/ab.1 他引 3", None),
            ("10.1000/ab.1; 12", None),
            ("10.1000/ab.2020.5871\n4", Some("10.1000/ab.2020.58714")),
            ("10.1000/ab.1\n10.1000/cd.2", None),
            ("10.1000/ab.1 SCI", None),
            ("10.1000/ab.1 64", None),
            ("见 10.1000/ab.1", None),
        ] {
            assert_eq!(parted_doi(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn a_doi_is_found_with_what_announces_it() {
        for (text, canonical, whole) in [
            ("10.1000/ABC.7", "10.1000/abc.7", "10.1000/ABC.7"),
            ("7(1): 1-12. doi: 10.1000/ABC.7.", "10.1000/abc.7", "doi: 10.1000/ABC.7"),
            ("（DOI号：10.1000/abc.7）", "10.1000/abc.7", "DOI号：10.1000/abc.7"),
            ("见https://doi.org/10.1000/abc.7，他引3次", "10.1000/abc.7", "https://doi.org/10.1000/abc.7"),
            ("doi:https://dx.doi.org/10.1000/abc.7", "10.1000/abc.7", "doi:https://dx.doi.org/10.1000/abc.7"),
            ("ＤＯＩ：１０．１０００／ａｂｃ", "10.1000/abc", "１０．１０００／ａｂｃ"),
        ] {
            let found = doi(text).expect("a DOI");
            assert_eq!((found.canonical.as_str(), &text[found.whole]), (canonical, whole), "{text}");
        }
        for text in ["", "SCI/EI", "2019, 10.5/7", "他引10次/SCI"] {
            assert_eq!(doi(text), None, "{text}");
        }
    }
}
