use crate::text::is_han;

/// `（一）`, `二、`, `3.`, `1.2`, `①` before a heading number it and are not part of it.
pub(super) fn strip_enumerator(text: &str) -> &str {
    let text = text.trim();
    // Most texts begin with a word.
    if text.starts_with(|c: char| c.is_alphabetic() && !may_count(c)) {
        return text;
    }
    let text = text
        .trim_start_matches(['【', '［', '[', '〔', '〖', '■', '●', '◆', '★', '▲', '※', '*', '#'])
        .trim_start();
    let circled = text.trim_start_matches(is_circled);
    if circled.len() < text.len() {
        return circled.trim_start_matches(|c: char| c.is_whitespace() || "、.．".contains(c));
    }
    let body = text.trim_start_matches(['(', '（']);
    // `第一部分`, `第2章`, `附件一：`
    let ordinal = ["第", "附件", "附表"].iter().find_map(|word| body.strip_prefix(word)).unwrap_or(body);
    if let Some(rest) = without_letters(body) {
        return rest;
    }
    let rest = ordinal.trim_start_matches(is_numeral);
    if rest.len() == ordinal.len() {
        return text;
    }
    for part in ["部分", "章", "节"] {
        if let Some(rest) = rest.strip_prefix(part).filter(|_| ordinal.len() < body.len()) {
            return rest.trim_start_matches(|c: char| c.is_whitespace() || "、.．:：".contains(c));
        }
    }
    // `一 . 项目名称`
    let marked = rest.trim_start();
    let rest = if marked.starts_with(['、', '.', '．', ')', '）', '：', ':']) { marked } else { rest };
    let (rest, is_decimal) = without_decimals(rest);
    // `4 代表性论文`, `贰　主要完成人`; `陆　三` is a name.
    let spaced = rest.starts_with([' ', '\u{3000}', '\u{A0}'])
        && (body.starts_with(|c: char| c.is_ascii_digit()) || rest.trim_start().chars().nth(3).is_some());
    let stripped =
        rest.trim_start_matches([')', '）', ']', '］', '】', '〕', '〗', '、', '.', '．', '：', ':']);
    let numbered = stripped.len() < rest.len() || spaced || is_decimal && rest.starts_with(is_han);
    let is_appended = body.starts_with('附') && numbered;
    if !is_appended && (ordinal.len() < body.len() || !numbered) { text } else { stripped.trim_start() }
}

/// `A. 项目简介`, `III、项目简介`: a letter or a Roman number before Han text.
fn without_letters(body: &str) -> Option<&str> {
    let rest = body.trim_start_matches(['I', 'V', 'X']);
    let rest =
        if rest.len() < body.len() { rest } else { body.strip_prefix(|c: char| c.is_ascii_uppercase())? };
    let stripped = rest.trim_start_matches([')', '）', '、', '.', '．']).trim_start();
    let is_short = body.len() - rest.len() <= 4 && stripped.len() < rest.trim_start().len();
    (is_short && stripped.starts_with(is_han)).then_some(stripped)
}

/// `1.2`, `1.2.3`: the further levels of a number.
fn without_decimals(rest: &str) -> (&str, bool) {
    let mut after = rest;
    while let Some(level) = after.strip_prefix(['.', '．']) {
        let next = level.trim_start_matches(|c: char| c.is_ascii_digit());
        if !(1..=2).contains(&(level.len() - next.len())) {
            break;
        }
        after = next;
    }
    (after, after.len() < rest.len())
}

/// `①`, `⑴`, `Ⅱ`
pub(super) fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '⑴'..='⒇' | '⒈'..='⒛' | '❶'..='❿' | '㈠'..='㈩' | 'Ⅰ'..='Ⅻ')
}

fn is_han_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '壹'
            | '贰'
            | '叁'
            | '肆'
            | '伍'
            | '陆'
            | '柒'
            | '捌'
            | '玖'
            | '拾'
            | '貳'
            | '參'
            | '陸'
    )
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９') || is_han_numeral(c)
}

/// Tells whether an enumerator may begin with a letter or character.
fn may_count(c: char) -> bool {
    c.is_ascii_uppercase() || is_circled(c) || is_numeral(c) || matches!(c, '第' | '附')
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
            Some(first) if first.is_numeric() && !is_han_numeral(first) => Numbering::Digits,
            _ => Numbering::Han,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_no_part_of_a_heading() {
        for (text, want) in [
            ("（一）项目简介", "项目简介"),
            ("1.2 项目名称", "项目名称"),
            ("1.2.3项目名称", "项目名称"),
            ("一 . 项目名称", "项目名称"),
            ("附件一：项目简介", "项目简介"),
            ("第一项目", "第一项目"),
            ("①甲医院", "甲医院"),
            ("〔1〕论文名称", "论文名称"),
            ("[12] 论文名称", "论文名称"),
            ("【3】论文名称", "论文名称"),
            ("Ⅱ、项目简介", "项目简介"),
            ("第二章 项目简介", "项目简介"),
            ("2019年", "2019年"),
            ("贰　主要完成人", "主要完成人"),
            ("（壹）项目简介", "项目简介"),
            ("【三】项目简介", "项目简介"),
            ("陆　三", "陆　三"),
            ("C. 项目简介", "项目简介"),
            ("IV、项目简介", "项目简介"),
            ("C. Smith", "C. Smith"),
            ("X线检查", "X线检查"),
        ] {
            assert_eq!(strip_enumerator(text), want, "{text}");
        }
    }
}
