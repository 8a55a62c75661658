//! What a company is called by: 和信 of 北京和信生物医药科技有限公司.

use crate::resolve::without_place;

const KINDS: [&str; 4] = ["股份有限公司", "有限责任公司", "有限公司", "公司"];

/// A company's name without what kind of company it is.
pub(super) fn company(name: &str) -> Option<&str> {
    KINDS.iter().find_map(|kind| name.strip_suffix(kind))
}

/// Without the place before it and the trade behind it.
pub(super) fn own_name(called: &str) -> &str {
    without_trade(without_place(called))
}

fn without_trade(called: &str) -> &str {
    let words = || include_str!("trades.txt").lines().filter(|line| !line.starts_with('#'));
    let word = words().flat_map(str::split_whitespace).find_map(|word| called.strip_suffix(word));
    word.map_or(called, without_trade)
}

/// What is called so says enough to tell a company from others.
pub(super) fn tells(own: &str) -> bool {
    own.chars().count() >= 2 && !matches!(own, "中国" | "中华" | "国家" | "国际")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_are_called_by_their_own_name() {
        for (name, want) in [
            ("北京和信生物医药科技有限公司", Some("和信")),
            ("天津市乙康智能医疗器械股份有限公司", Some("乙康")),
            ("和信公司", Some("和信")),
            ("甲医院", None),
        ] {
            assert_eq!(company(name).map(own_name), want, "{name}");
        }
        assert!(tells("和信") && !tells("中国") && !tells("甲"));
    }
}
