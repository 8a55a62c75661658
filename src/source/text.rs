use super::{
    MAX_PARTS, Part, Row, SourceError, aligned,
    assemble::ends_sentence,
    counted,
    lines::{Line, heading_level, lines, without_page_counts, without_running_heads},
    markup::{self, opens_paragraph, without_tags},
    pipes, ruled, side, tagged,
};
use crate::text::{Passage, width};

/// Appends the rows of a table at the head of lines and tells how many of these it took; 0 where none begins.
type Reader<'r> = &'r mut dyn FnMut(&[Line<'_>], &mut Vec<Part>) -> usize;

/// Cuts plain text into lines, headings (`#`) and the rows of tables: by tags, tabs, pipes, ruling lines or blanks.
pub(super) fn parts(text: &str) -> Result<Vec<Part>, SourceError> {
    let marks = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\t' | b'|')).count();
    if marks > MAX_PARTS && count(text) > MAX_PARTS {
        return Err(SourceError::TooManyParts);
    }
    let lines = without_running_heads(without_page_counts(lines(text).collect()));
    let margin = lines.iter().map(Line::indent).min().unwrap_or(0);
    let tags_lines = tags_lines(&lines);
    let (mut parts, mut cells) = (Vec::new(), 0);
    let mut forms = side::Forms::default();
    let mut rest = &lines[..];
    while let [line, ..] = rest {
        let mut side = |lines: &[Line<'_>], parts: &mut Vec<Part>| forms.table(lines, parts);
        let readers: [Reader<'_>; 6] = [
            &mut tagged::table,
            &mut ruled::table,
            &mut pipes::table,
            &mut counted::table,
            &mut side,
            &mut aligned::table,
        ];
        let before = parts.len();
        let used =
            readers.into_iter().map(|table| table(rest, &mut parts)).find(|&used| used > 0).unwrap_or(0);
        if used == 0 {
            parts.extend(part(*line, margin, tags_lines));
        }
        cells += parts[before..].iter().map(Part::cells).sum::<usize>();
        if cells > MAX_PARTS {
            return Err(SourceError::TooManyParts);
        }
        rest = &rest[used.max(1)..];
    }
    Ok(parts)
}

/// Lines that are not blank, and the cells within them.
fn count(text: &str) -> usize {
    let bars = |line: &str| line.matches(['\t', '|', '│', '┃', '║', '｜']).count();
    lines(text).map(|line| 1 + bars(line.text)).sum()
}

/// Tells whether each line as it was printed stands in tags of its own, not each paragraph: two that follow each other are
/// full, that is of one width, and no sentence ends there.
fn tags_lines(lines: &[Line<'_>]) -> bool {
    let full = |line: &Line<'_>| {
        let text = without_tags(&Passage::new(line.text, line.start));
        let width = width(text.text());
        Some(width).filter(|&width| opens_paragraph(line.text) && width >= 40 && !ends_sentence(text.text()))
    };
    let mut before = None;
    lines.iter().any(|line| {
        let width = if line.text.contains('<') { full(line) } else { None };
        let last = std::mem::replace(&mut before, width);
        last.zip(width).is_some_and(|(last, width)| last.abs_diff(width) <= 2)
    })
}

/// What a line is; its indent counts from the margin of the text.
fn part(line: Line<'_>, margin: usize, tags_lines: bool) -> Option<Part> {
    if line.is_tabbed() {
        let row = tabbed(line);
        return (!is_rule(&row)).then_some(Part::Row(row));
    }
    if let Some((level, text)) = heading(line) {
        return Some(Part::Heading { level, text });
    }
    let text = without_tags(&Passage::new(line.text, line.start));
    if let Some((level, text)) = markup::heading(&text) {
        return Some(Part::Heading { level, text });
    }
    let says_nothing = text.is_blank() || ruled::is_rule(line.text.trim());
    // A paragraph of its own stands as if it were set in.
    let indent = line.indent() - margin + if !tags_lines && opens_paragraph(line.text) { 2 } else { 0 };
    (!says_nothing).then_some(Part::Line { text, indent })
}

fn tabbed(line: Line<'_>) -> Row {
    let mut start = line.start;
    let mut row = Row::new();
    for cell in line.text.split('\t') {
        row.push(without_tags(&Passage::new(cell, start)));
        start += cell.len() + 1;
    }
    row
}

fn heading(line: Line<'_>) -> Option<(u8, Passage)> {
    let level = heading_level(line.text)?;
    let text = without_tags(&Passage::new(&line.text[level..], line.start + level));
    Some((u8::try_from(level).ok()?, text)).filter(|(_, text)| !text.is_blank())
}

/// A rule of dashes between rows says nothing.
pub(super) fn is_rule(row: &Row) -> bool {
    let mut cells = row.iter().map(Passage::text).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some() && cells.all(|cell| cell.chars().all(|c| "-—–=_:─+".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Block, assemble};

    fn blocks(text: &str) -> Vec<Block> {
        assemble::blocks(parts(text).expect("few parts"))
    }

    fn paragraphs(text: &str) -> Vec<String> {
        blocks(text)
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph { text, .. } => Some(text.text().to_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn hard_wrapped_lines_are_joined_and_short_ones_end_the_paragraph() {
        let full = "甲".repeat(30);
        let text =
            format!("{}\n\n{}\n\n\n\n尾句。\n\n姓名：李明\n\n排名：1\n", [&full[..]; 9].join("\n\n"), full);
        let got = paragraphs(&text);
        assert_eq!(got[0], format!("{}尾句。", "甲".repeat(300)));
        assert_eq!(got[1..], ["姓名：李明", "排名：1"]);
    }

    #[test]
    fn a_paragraph_cut_by_a_page_break_is_one() {
        for number in ["", "- 3 -\n\n", "第3页\n\n", "3 / 12\n", "—5—\n"] {
            let text = format!(
                "本院在这一年里完成了许多工作，其中最重要的一项是医院已用其完成\n\n{number}59例手术，效果良好。\n\n下一段。"
            );
            assert_eq!(paragraphs(&text).len(), 2, "{number}");
        }
    }

    #[test]
    fn rows_keep_empty_cells_and_rules_are_dropped() {
        let table = blocks("序号\t名称\t\n\n--\t---\t\n- 7 -\n\t续行\t\n");
        let [Block::Table(rows)] = &table[..] else { panic!("one table, got {table:?}") };
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].len(), 3);
        assert!(rows[1][0].is_blank());
    }

    #[test]
    fn the_margin_of_a_text_is_no_indent() {
        let full = "甲".repeat(30);
        let text = format!("{}\n   尾句。\n", [&*format!("   {full}"); 9].join("\n"));
        assert_eq!(paragraphs(&text), [format!("{}尾句。", "甲".repeat(270))]);
    }

    #[test]
    fn numbers_far_from_the_margin_count_the_pages() {
        let page = |number: usize| {
            format!(
                "{}第{}行。\n{number:>40}\n",
                "甲行。\n".repeat(6),
                "甲乙丙丁".chars().nth(number).unwrap_or('戊')
            )
        };
        let kept = |text: &str| paragraphs(text).concat().contains(|c: char| c.is_ascii_digit());
        assert!(!kept(&[page(1), page(2), page(3)].concat()));
        assert!(kept(&[page(1), page(3)].concat()));
        assert!(kept(&page(1)));
        let page = |number: usize| {
            format!(
                "{}第{}行。\n{number}\n推荐奖种 某奖\n",
                "甲行。\n".repeat(6),
                "甲乙丙丁".chars().nth(number).unwrap_or('戊')
            )
        };
        assert!(!kept(&[page(1), page(2), page(3), page(4)].concat()));
        assert!(kept(&[page(1), page(2)].concat()));
        let page = |number: usize| {
            let last = "甲乙丙丁".chars().nth(number).unwrap_or('戊');
            let cut = "甲".repeat(24);
            format!("{}第{last}行{cut}\n\n{number}\n\n\n", "甲行。\n\n".repeat(20))
        };
        assert!(!kept(&[page(1), page(2), page(3)].concat()));
        assert!(kept(&[page(1), page(2)].concat()));
        assert!(kept(&[page(1), page(2), page(3)].concat().replace("\n\n\n", "\n\n")));
        let whole = [page(1), page(2), page(3)].concat().replace("甲\n\n", "甲。\n\n");
        assert!(kept(&whole), "no page cuts a sentence");
        let card =
            |number: usize| format!("姓名\n陈一\n排名\n{number}\n对本项目的贡献\n负责设计，制定方案。\n");
        assert!(kept(&[card(1), card(2), card(3)].concat()));
    }

    #[test]
    fn headings_and_paragraphs_that_a_converter_has_left_in_tags_are_read() {
        let long = "甲乙".repeat(12);
        let text =
            format!("<div><h2>题</h2>\n<p>{long}1327 次</p>\n<p>{long}，丙。</p>\n<h3>论文目录</h3></div>\n");
        let got = blocks(&text);
        assert_eq!(paragraphs(&text).len(), 2, "{got:?}");
        assert!(matches!(&got[0], Block::Heading { level: 2, text } if text.text() == "题"));
        assert!(matches!(&got[3], Block::Heading { level: 3, text } if text.text() == "论文目录"));
        let printed = ["早期诊断率", "患者的生存"].map(|end| format!("<p>{long}，{end}</p>\n")).concat();
        assert_eq!(paragraphs(&format!("{printed}<p>率，减轻社会负担。</p>\n")).len(), 1);
    }

    #[test]
    fn headings_keep_their_level() {
        let got = blocks("## 标题\n\n────────\n\n正文。");
        assert!(matches!(&got[0], Block::Heading { level: 2, text } if text.text() == "标题"));
        assert_eq!(got.len(), 2, "a line of dashes says nothing");
    }
}
