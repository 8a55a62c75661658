use crate::{
    extract::lexicon::Lexicon,
    source::Block,
    text::{Passage, boundary, is_han, is_wider},
};

/// No label is wider, nor a shorter line full.
const COLUMNS: usize = 40;

/// Lines that one paragraph may have been cut into.
const MOST: usize = 60;

/// The first paragraphs as one, where line ends have cut labels between them: `…，工作单⏎位：甲医院，…`. How many
/// they are.
pub(super) fn whole_label(blocks: &[Block]) -> Option<(usize, Passage)> {
    let mut whole: Option<Passage> = None;
    let mut used = 1;
    while let (Some(Block::Paragraph { text: first, .. }), Some(Block::Paragraph { text, continues: true })) =
        (blocks.first(), blocks.get(used))
    {
        let before = whole.as_ref().unwrap_or(first);
        if used >= MOST || !is_cut(before.text(), text.text()) {
            break;
        }
        let mut both = before.clone();
        both.append_wrapped(text);
        whole = Some(both);
        used += 1;
    }
    whole.map(|whole| (used, whole))
}

/// Tells whether a line ends within a label, or in a list that goes on with one.
fn is_cut(before: &str, next: &str) -> bool {
    let is_mark = |c: char| "，,；;。、：:".contains(c) || c.is_whitespace();
    let end = &before[boundary(before, before.len().saturating_sub(4 * COLUMNS))..];
    let head = &next[..boundary(next, 4 * COLUMNS)];
    let may_go_on = head.starts_with(|c: char| is_han(c) || matches!(c, '（' | '(' | '）' | ')'));
    if !may_go_on || !is_wider(before, COLUMNS) {
        return false;
    }
    let Some(colon) = head.find(['：', ':']) else { return false };
    let rest = &head[..colon];
    if rest.contains(is_mark) {
        return false;
    }
    let tail = end.rsplit(is_mark).next().unwrap_or_default();
    let lexicon = Lexicon::get();
    let is_label = |label: &str| !is_wider(label, COLUMNS) && !lexicon.label(label).is_empty();
    if tail.is_empty() {
        // `…，职务：主任，⏎工作单位：…`
        return before.ends_with(['，', ',', '、']) && is_label(rest);
    }
    // `…，陈一⏎通讯作者：李二`: what the end of the line adds nothing to is a label by itself.
    let is_bracketed = rest.starts_with(['（', '(']) || tail.contains(['（', '(']);
    let whole = format!("{tail}{rest}");
    is_label(&whole) && (is_bracketed || lexicon.label(&whole) != lexicon.label(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_a_line_end_cuts_are_whole() {
        let first = "第一完成人：陈一，职称：教授、主任医师，职务：甲医院院长，";
        for (end, next, want) in [
            ("工作单", "位：甲医院，完成单位：甲医院。", true),
            ("工作", "单位：甲医院。", true),
            ("", "工作单位：甲医院。", true),
            ("授权号（", "标准编号）：ZL201610385274.1，", true),
            ("授权号（标准", "编号）：ZL201610385274.1，", true),
            ("权利人", "（起草单位）：甲大学；", true),
            ("提出方法。", "完成单位：甲医院。", false),
            ("提出方法", "并推广：甲医院。", false),
            ("工作单", "位于甲省。", false),
            ("李二", "通讯作者：陈一", false),
        ] {
            let line = format!("{first}{end}");
            let paragraph = |text: &str, at: usize, continues| Block::Paragraph {
                text: Passage::new(text, at),
                continues,
            };
            let blocks = [paragraph(&line, 0, false), paragraph(next, line.len() + 1, true)];
            let whole = whole_label(&blocks).map(|(used, whole)| (used, whole.text().to_owned()));
            assert_eq!(whole, want.then(|| (2, format!("{line}{next}"))), "{end}|{next}");
        }
    }
}
