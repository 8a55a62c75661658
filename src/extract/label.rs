use super::{
    enumerator::strip_enumerator,
    lexicon::{Entity, Field, Lexicon},
};
use crate::{
    source::Block,
    text::{Passage, boundary, is_han, is_wider},
};

/// Short paragraphs that read as one label when put together: a side label printed over several lines.
pub(super) fn split_label(blocks: &[Block]) -> Option<(usize, Passage)> {
    let mut label = Passage::default();
    for (used, block) in blocks.iter().take(6).enumerate() {
        let Block::Paragraph { text, .. } = block else { return None };
        if is_wider(text.text(), 12) {
            return None;
        }
        let before = label.clone();
        label.append("", text);
        let names = Lexicon::get().names(label.text());
        let known =
            names.section.is_some() || names.meanings.iter().any(|(entity, _)| *entity == Entity::Dossier);
        // `甲省教育厅⏎提名意见`: a value, and the next label.
        let is_open = before.text().ends_with(['的', '及', '其', '和', '与'])
            || before.text().starts_with(['拟', '对', '本']);
        let is_value = is_wider(before.text(), 8)
            && !is_open
            && !names.meanings.is_empty()
            && Lexicon::get().label(text.text()) == names.meanings;
        if is_value {
            return None;
        }
        // A longer label may begin with a shorter one, so the lines that follow are tried first.
        if used >= 1 && known {
            let longer = split_label_from(&label, &blocks[used + 1..]);
            return Some(longer.map_or((used + 1, label.clone()), |(more, label)| (used + 1 + more, label)));
        }
    }
    None
}

fn split_label_from(start: &Passage, rest: &[Block]) -> Option<(usize, Passage)> {
    let mut label = start.clone();
    for (used, block) in rest.iter().take(3).enumerate() {
        let Block::Paragraph { text, .. } = block else { return None };
        if is_wider(text.text(), 6) {
            return None;
        }
        label.append("", text);
        if Lexicon::get().section(label.text()).is_some() {
            return Some((used + 1, label));
        }
    }
    None
}

/// No label before a colon is wider.
const LABEL_COLUMNS: usize = 40;

/// Parts a paragraph behind its label: at the first colon, or for the labels of the dossier itself
/// at white space.
pub(super) fn split_at_label(text: &Passage) -> Option<(Vec<(Entity, Field)>, Passage)> {
    let lexicon = Lexicon::get();
    let line = text.text();
    let value = |at: usize| text.slice(at..line.len()).trimmed();
    // The labels that are looked for end within these bytes, however long the line is.
    let head = &line[..boundary(line, 4 * LABEL_COLUMNS)];
    if let Some(colon) = head.find(['：', ':'])
        && !is_wider(&line[..colon], LABEL_COLUMNS)
    {
        let after = |colon: usize| colon + line[colon..].chars().next().map_or(1, char::len_utf8);
        // `年,卷(期):页：2021,3(2):1`: a label may hold a colon.
        let behind = after(colon);
        let second = head[behind..].find(['：', ':']).map(|at| behind + at);
        let second =
            second.filter(|&at| !is_wider(&line[behind..at], 8) && line[behind..at].contains(is_han));
        // `年,卷(期):页码　2021,3(2):1`
        let word = &head[behind..];
        let word = &word[..word.find(|c: char| !is_han(c)).unwrap_or(word.len())];
        if head[behind + word.len()..].starts_with(char::is_whitespace)
            && !is_wider(word, 8)
            && !word.is_empty()
        {
            let (whole, part) = (lexicon.label(&line[..behind + word.len()]), lexicon.label(word));
            if whole.iter().any(|(entity, _)| part.iter().any(|(other, _)| entity == other)) {
                return Some((whole, value(behind + word.len())));
            }
        }
        for colon in second.into_iter().chain([colon]) {
            let meanings = lexicon.label(&line[..colon]);
            if !meanings.is_empty() {
                return Some((meanings, value(after(colon))));
            }
        }
    }
    if let Some((label, from)) = set_off(head) {
        let meanings = lexicon.label(label);
        if !meanings.is_empty() {
            return Some((meanings, value(from)));
        }
    }
    let offset = line.len() - strip_enumerator(line).len();
    let spaces = head
        .get(offset..)
        .unwrap_or_default()
        .match_indices([' ', '\u{3000}', '\t'])
        .map(|(at, _)| offset + at);
    for at in spaces.take(3).filter(|&at| at <= 60) {
        let meanings = lexicon.label(&line[..at]);
        // `== 完成单位 ==` has no value.
        let says = line[at..].contains(char::is_alphanumeric);
        if says && meanings.iter().any(|(entity, _)| *entity == Entity::Dossier) {
            return Some((meanings, value(at)));
        }
    }
    None
}

/// The label of `【项目名称】…` or `项目名称——…`, and where the value begins.
fn set_off(head: &str) -> Option<(&str, usize)> {
    for (open, close) in [('【', '】'), ('［', '］'), ('〖', '〗'), ('[', ']'), ('「', '」')] {
        if let Some(inner) = head.strip_prefix(open) {
            let end = inner.find(close).filter(|&end| !is_wider(&inner[..end], LABEL_COLUMNS))?;
            return Some((&inner[..end], open.len_utf8() + end + close.len_utf8()));
        }
    }
    let (at, dash) = ["——", "--", "－－"].iter().find_map(|dash| Some((head.find(dash)?, dash)))?;
    (!is_wider(&head[..at], LABEL_COLUMNS)).then(|| (&head[..at], at + dash.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_set_off_from_their_values() {
        for (line, want) in [
            ("项目名称：甲", Some("甲")),
            ("【项目名称】甲", Some("甲")),
            ("项目名称——甲", Some("甲")),
            ("项目名称 甲", Some("甲")),
            ("【甲】乙", None),
            ("甲——乙", None),
            ("年,卷(期):页码　2021, 3(2): 1-9", Some("2021, 3(2): 1-9")),
            ("姓名：陈一　职称", Some("陈一　职称")),
        ] {
            let read = split_at_label(&Passage::new(line, 0));
            assert_eq!(read.map(|(_, value)| value.text().to_owned()).as_deref(), want, "{line}");
        }
    }

    #[test]
    fn a_value_and_the_next_label_are_no_split_label() {
        let block =
            |text: &&str| Block::Paragraph { text: Passage::new(text, text.len() * 400), continues: false };
        for (lines, want) in [
            (&["主要完", "成单位", "情况"][..], Some("主要完成单位情况")),
            (&["甲省医学会", "提名意见"], None),
            (&["拟推荐申报的", "项目名称"], Some("拟推荐申报的项目名称")),
        ] {
            let read = split_label(&lines.iter().map(block).collect::<Vec<_>>());
            assert_eq!(read.as_ref().map(|(_, label)| label.text()), want, "{lines:?}");
        }
    }
}
