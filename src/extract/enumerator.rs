/// `（一）`, `二、`, `3.` before a heading number it and are not part of it.
pub(super) fn strip_enumerator(text: &str) -> &str {
    let text = text.trim();
    let text =
        text.trim_start_matches(['【', '［', '[', '■', '●', '◆', '★', '▲', '※', '*', '#']).trim_start();
    let body = text.trim_start_matches(['(', '（']);
    // `第一部分`, `第2章`
    let ordinal = body.strip_prefix('第').unwrap_or(body);
    let rest = ordinal.trim_start_matches(is_numeral);
    if rest.len() == ordinal.len() {
        return text;
    }
    for part in ["部分", "章", "节"] {
        if let Some(rest) = rest.strip_prefix(part).filter(|_| ordinal.len() < body.len()) {
            return rest.trim_start_matches(|c: char| c.is_whitespace() || "、.．:：".contains(c));
        }
    }
    // `4 代表性论文`
    let spaced =
        rest.starts_with([' ', '\u{3000}', '\u{A0}']) && body.starts_with(|c: char| c.is_ascii_digit());
    let stripped = rest.trim_start_matches([')', '）', '、', '.', '．', '：', ':']);
    let numbered = stripped.len() < rest.len() || spaced;
    if ordinal.len() < body.len() || !numbered { text } else { stripped.trim_start() }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９') || "一二三四五六七八九十".contains(c)
}

/// How a heading is numbered; headings of one level are numbered alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    None,
    /// `一、`
    Han,
    /// `1.`
    Digits,
    /// `（一）`
    Brackets,
}

impl Numbering {
    pub(super) fn of(text: &str) -> Numbering {
        let text = text.trim();
        match text.chars().next() {
            _ if strip_enumerator(text).len() == text.len() => Numbering::None,
            Some('(' | '（') => Numbering::Brackets,
            Some(first) if first.is_numeric() && !"一二三四五六七八九十".contains(first) => {
                Numbering::Digits
            }
            _ => Numbering::Han,
        }
    }
}
