use super::{
    Block, Row,
    lines::{Line, is_full, lines, wrap_width},
    markup::without_tags,
};
use crate::text::{Passage, width};

/// Cuts plain text into blocks: tabbed lines are table rows, `#` marks headings, wrapped lines are
/// joined again, and so are paragraphs that a page break cut.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<Line<'_>> = lines(text).collect();
    let mut reader = Reader { blocks: Vec::new(), wrap: wrap_width(lines.iter()), last: None };
    for line in lines {
        reader.line(line);
    }
    reader.blocks
}

struct Reader<'a> {
    blocks: Vec<Block>,
    wrap: Option<usize>,
    /// The line before, unless a heading ended the paragraph.
    last: Option<Line<'a>>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: Line<'a>) {
        if line.is_tabbed() {
            self.row(line);
        } else if let Some((level, text)) = heading(line) {
            self.blocks.push(Block::Heading { level, text });
            self.last = None;
            return;
        } else {
            self.paragraph(line);
        }
        self.last = Some(line);
    }

    fn row(&mut self, line: Line<'a>) {
        let mut start = line.start;
        let mut row: Row = Vec::new();
        for cell in line.text.split('\t') {
            row.push(without_tags(&Passage::new(cell, start)));
            start += cell.len() + 1;
        }
        if is_rule(&row) {
            return;
        }
        match self.blocks.last_mut() {
            Some(Block::Table(rows)) => rows.push(row),
            _ => self.blocks.push(Block::Table(vec![row])),
        }
    }

    fn paragraph(&mut self, line: Line<'a>) {
        let text = without_tags(&Passage::new(line.text, line.start));
        if text.is_blank() {
            return;
        }
        let continues = self.last.is_some_and(|last| self.is_cut(last, line));
        if let (true, Some(Block::Paragraph { text: before, .. })) = (continues, self.blocks.last_mut())
            && !looks_like_label(text.text())
        {
            before.append_wrapped(&text);
        } else {
            self.blocks.push(Block::Paragraph { text, continues });
        }
    }

    /// Tells whether `line` is the rest of what `last` began.
    fn is_cut(&self, last: Line<'_>, line: Line<'_>) -> bool {
        match self.wrap {
            Some(limit) => is_full(width(last.text), limit) && line.indent() < 2,
            None => {
                let last = last.text.trim_end_matches("</p>").trim_end();
                is_unfinished(last) && line.text.contains(['，', '。', '；', '！', '？'])
            }
        }
    }
}

/// Long, and ending amid a sentence.
fn is_unfinished(text: &str) -> bool {
    const SENTENCE_ENDS: [char; 15] =
        ['。', '！', '？', '：', '；', '”', '…', '.', '!', '?', ':', ';', ')', '）', '》'];
    width(text) >= 40 && !text.ends_with(SENTENCE_ENDS)
}

/// A short run of Han characters before a colon: perhaps a label, which starts a field of its own.
fn looks_like_label(text: &str) -> bool {
    let Some(colon) = text.find(['：', ':']) else {
        return false;
    };
    let label = text[..colon].trim();
    !label.is_empty()
        && width(label) <= 24
        && label.chars().all(|c| crate::text::is_han(c) || " /（）()".contains(c))
}

fn heading(line: Line<'_>) -> Option<(u8, Passage)> {
    let text = line.text.trim_start_matches('#');
    let level = line.text.len() - text.len();
    if !(1..=6).contains(&level) || !text.starts_with([' ', '\u{3000}']) {
        return None;
    }
    let text = Passage::new(text, line.start + level).trimmed();
    Some((u8::try_from(level).ok()?, text)).filter(|(_, text)| !text.is_blank())
}

/// A rule of dashes between rows says nothing.
fn is_rule(row: &Row) -> bool {
    let mut cells = row.iter().map(Passage::text).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some() && cells.all(|cell| cell.chars().all(|c| "-—–=_:─".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let text = "本院在这一年里完成了许多工作，其中最重要的一项是医院已用其完成\n\n59例手术，效果良好。\n\n下一段。";
        assert_eq!(paragraphs(text).len(), 2);
    }

    #[test]
    fn rows_keep_empty_cells_and_rules_are_dropped() {
        let table = blocks("序号\t名称\t\n\n--\t---\t\n\t续行\t\n");
        let [Block::Table(rows)] = &table[..] else { panic!("one table, got {table:?}") };
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].len(), 3);
        assert!(rows[1][0].is_blank());
    }

    #[test]
    fn headings_keep_their_level() {
        let got = blocks("## 标题\n\n正文。");
        assert!(matches!(&got[0], Block::Heading { level: 2, text } if text.text() == "标题"));
    }
}
