//! Which Han numerals count something?

use super::Numerals;
use crate::text::{is_han, parse_integer};

/// A number in Han numerals, with what stands around it.
pub(super) struct Numeral<'a> {
    pub(super) word: &'a str,
    pub(super) rough: bool,
    pub(super) before: &'a str,
    pub(super) after: &'a str,
}

impl Numeral<'_> {
    /// Its value, the upper end of a range and the bytes at its end that belong to the unit.
    pub(super) fn read(&self, unit: &str, numerals: Numerals) -> Option<(f64, Option<f64>, usize)> {
        let word = self.word;
        let ends = self.after.chars().next().is_none_or(|c| !is_han(c) && !c.is_alphanumeric());
        let about = self.before.trim_end().ends_with(['近', '超', '逾', '约', '上', '过', '达']);
        let range = consecutive(word);
        let admitted = match numerals {
            Numerals::All => true,
            Numerals::Han => !self.rough,
            Numerals::About => self.rough || range.is_some() || is_duration(self.before),
            Numerals::Digits | Numerals::None => false,
        };
        // 一项 and 二次 are no counts unless the clause ends with them: 发明专利一项.
        let counts = match word {
            "一" | "二" => {
                ends && !self
                    .before
                    .ends_with(['进', '同', '这', '每', '唯', '逐', '统', '之', '另', '某', '任'])
            }
            "百" | "千" | "万" | "亿" | "千万" | "百万" => about || self.rough || is_money(unit),
            _ => true,
        };
        if !admitted || !counts {
            return None;
        }
        if let Some((low, high)) = range {
            return Some((low, Some(high), 0));
        }
        if is_money(unit)
            && let Some(head) = word.strip_suffix(['万', '亿']).filter(|head| !head.is_empty())
        {
            return Some((parse_integer(head)? as f64, None, word.len() - head.len()));
        }
        Some((parse_integer(word)? as f64, None, 0))
    }
}

/// `历时十年`: a span of time is counted, however exact the numeral.
fn is_duration(before: &str) -> bool {
    ["历时", "历经", "经过", "经", "耗时", "用时"].iter().any(|word| before.ends_with(word))
}

fn is_money(unit: &str) -> bool {
    unit.contains('元') || matches!(unit, "英镑" | "人民币")
}

/// The two ends that neighbouring numerals name: 七八 (年), 三四十 (例).
fn consecutive(word: &str) -> Option<(f64, f64)> {
    let mut chars = word.chars();
    let (first, second) = (chars.next()?, chars.next()?);
    let scale = match chars.as_str() {
        "" => 1,
        rest => parse_integer(rest).filter(|_| rest.starts_with(['十', '百', '千', '万', '亿']))?,
    };
    let low = parse_integer(first.encode_utf8(&mut [0; 4]))?;
    let high = parse_integer(second.encode_utf8(&mut [0; 4]))?;
    (low > 0 && high == low + 1 && high < 10).then_some(((low * scale) as f64, (high * scale) as f64))
}
