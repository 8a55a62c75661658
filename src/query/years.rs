use std::{fmt, ops::RangeInclusive, str::FromStr};

use crate::text::fold;

/// Years from the first to the last, both included; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearRange {
    /// Not before.
    pub from: Option<u16>,
    /// Not after.
    pub to: Option<u16>,
}

impl YearRange {
    /// Tells whether a year lies within.
    pub fn contains(&self, year: u16) -> bool {
        self.bounds().contains(&year)
    }

    /// The range with its open ends filled.
    pub fn bounds(&self) -> RangeInclusive<u16> {
        self.from.unwrap_or(0)..=self.to.unwrap_or(u16::MAX)
    }
}

impl FromStr for YearRange {
    type Err = String;

    /// Reads `2020`, `2020..2026`, `2020..` and `..2022`, also in full-width digits and with 年.
    fn from_str(text: &str) -> Result<Self, String> {
        let folded: String = fold(text).map(|folded| folded.c).filter(|&c| !c.is_whitespace()).collect();
        let wrong = || format!("'{text}' is not a year; write 2020, 2020..2026, 2020.. or ..2022");
        let year = |text: &str| -> Result<Option<u16>, String> {
            let text = text.strip_suffix('年').unwrap_or(text);
            match text.len() {
                0 => Ok(None),
                4 if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                    text.parse().map(Some).map_err(|_| wrong())
                }
                _ => Err(wrong()),
            }
        };
        let (from, to) = match folded.split_once("..") {
            Some((from, to)) => (year(from)?, year(to)?),
            None => {
                let only = year(&folded)?;
                (only, only)
            }
        };
        let backwards = matches!((from, to), (Some(from), Some(to)) if from > to);
        if backwards || (from.is_none() && to.is_none()) { Err(wrong()) } else { Ok(Self { from, to }) }
    }
}

impl fmt::Display for YearRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => {
                let shown = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
                write!(f, "{}..{}", shown(from), shown(to))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_alone_and_as_ranges() {
        for (text, want) in [
            ("2020", Some("2020")),
            ("２０２０年", Some("2020")),
            ("2020..2026", Some("2020..2026")),
            ("2020..", Some("2020..")),
            ("..2022", Some("..2022")),
            ("2026..2020", None),
            ("..", None),
            ("", None),
            ("20", None),
            ("20xx", None),
            ("2020..2021..2022", None),
        ] {
            let read = text.parse::<YearRange>().ok().map(|range| range.to_string());
            assert_eq!(read.as_deref(), want, "{text}");
        }
        let range: YearRange = "..2022".parse().expect("a range");
        assert!(range.contains(2022) && !range.contains(2023));
    }
}
