use super::{
    MAX_BYTES, MAX_PARTS, Part, Row,
    lines::{Line, heading_level},
    markup::without_tags,
};
use crate::text::Passage;

/// The most columns of a row that is read; what stands behind goes into the last of them.
const MOST: usize = 64;

/// Reads a table that stands as HTML in a plain text, as converters of PDF files leave it: from a line that begins with
/// `<table` to its end, or to where it has to end. Returns how many lines it took.
pub(super) fn table(lines: &[Line<'_>], parts: &mut Vec<Part>) -> usize {
    let opens = |line: &Line<'_>| tag(line.text.trim_start()).is_some_and(|tag| name(tag) == "table");
    if !lines.first().is_some_and(opens) {
        return 0;
    }
    let mut grid = Grid::default();
    let mut used = 0;
    for line in lines {
        // The end was left out.
        let is_behind = heading_level(line.text).is_some()
            || line.is_apart() && grid.cell.is_none() && !line.text.trim_start().starts_with('<');
        if used > 0 && (grid.is_outside() || opens(line) || is_behind) {
            break;
        }
        grid.line(*line, parts);
        used += 1;
    }
    grid.close_row();
    parts.extend(grid.rows.into_iter().map(Part::Row));
    used
}

/// The rows so far, and what is open.
#[derive(Default)]
struct Grid {
    rows: Vec<Row>,
    row: Option<Row>,
    cell: Option<Cell>,
    /// Of each column, how many rows more the cell above covers, and what it says.
    covered: Vec<(usize, Passage)>,
    is_open: bool,
    cells: usize,
    /// Bytes of text that cells spanning rows have put into those below.
    copied: usize,
}

#[derive(Default)]
struct Cell {
    text: Passage,
    columns: usize,
    rows: usize,
}

impl Grid {
    fn is_outside(&self) -> bool {
        !self.is_open
    }

    /// Reads the tags of a line; what stands behind the end of the table is a line of its own.
    fn line(&mut self, line: Line<'_>, parts: &mut Vec<Part>) {
        let text = line.text;
        let (mut from, mut at) = (0, 0);
        while let Some(open) = text[at..].find('<').map(|found| at + found) {
            let Some(tag) = tag(&text[open..]) else {
                at = open + 1;
                continue;
            };
            self.text(&line, from..open, parts);
            (from, at) = (open + tag.len(), open + tag.len());
            self.tag(tag, parts);
        }
        self.text(&line, from..text.len(), parts);
    }

    fn text(&mut self, line: &Line<'_>, range: std::ops::Range<usize>, parts: &mut Vec<Part>) {
        let text = without_tags(&Passage::new(&line.text[range.clone()], line.start + range.start));
        if text.is_blank() {
            return;
        }
        match &mut self.cell {
            Some(cell) => cell.text.append_wrapped(&text),
            None => {
                parts.extend(std::mem::take(&mut self.rows).into_iter().map(Part::Row));
                parts.push(Part::Line { text, indent: 0 });
            }
        }
    }

    fn tag(&mut self, tag: &str, parts: &mut Vec<Part>) {
        match name(tag).as_str() {
            "table" => {
                // Tables that follow each other on one line are two.
                self.close_row();
                self.covered.clear();
                self.is_open = true;
            }
            "/table" => {
                self.close_row();
                self.is_open = false;
                parts.extend(std::mem::take(&mut self.rows).into_iter().map(Part::Row));
            }
            "tr" => {
                self.close_row();
                self.row = Some(Row::new());
            }
            "/tr" => self.close_row(),
            "td" | "th" => {
                self.close_cell();
                let span = |name| if self.cells < MAX_PARTS { span(tag, name) } else { 1 };
                self.cell =
                    Some(Cell { text: Passage::default(), columns: span("colspan"), rows: span("rowspan") });
            }
            "/td" | "/th" => self.close_cell(),
            _ => {}
        }
    }

    /// Puts what cells above cover into the row that is open, as far as the next free column.
    fn cover(&mut self, to_end: bool) {
        let Some(row) = &mut self.row else { return };
        while let Some((rows, text)) = self.covered.get_mut(row.len()) {
            match (*rows, to_end) {
                (0, false) => return,
                (0, true) => row.push(Passage::default()),
                _ => {
                    *rows -= 1;
                    self.copied += text.text().len();
                    row.push(if self.copied > MAX_BYTES { Passage::default() } else { text.clone() });
                }
            }
            self.cells += 1;
        }
    }

    fn close_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        self.row.get_or_insert_default();
        self.cover(false);
        let Some(row) = &mut self.row else { return };
        if row.len() >= MOST {
            if let Some(last) = row.last_mut() {
                last.append(" ", &cell.text);
            }
            return;
        }
        let first = row.len();
        let end = (first + cell.columns).min(MOST);
        row.push(cell.text.clone());
        row.resize_with(end, Passage::default);
        self.cells += end - first;
        if cell.rows > 1 {
            self.covered.resize_with(self.covered.len().max(end), Default::default);
            self.covered[first..end].fill((cell.rows - 1, Passage::default()));
            self.covered[first].1 = cell.text;
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if self.row.is_none() {
            return;
        }
        let is_covered = self.covered.iter().any(|(rows, _)| *rows > 0);
        if is_covered {
            self.cover(true);
        } else {
            self.covered.clear();
        }
        self.rows.extend(self.row.take().filter(|row| row.iter().any(|cell| !cell.is_blank())));
    }
}

/// The tag of a table's structure that a text opens with; all others are left in the cells.
fn tag(text: &str) -> Option<&str> {
    /// No such tag with its attributes is longer, in bytes.
    const LONGEST: usize = 400;
    const NAMES: [&str; 8] = ["table", "tr", "td", "th", "thead", "tbody", "tfoot", "caption"];
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let tag = &text[..=end];
    NAMES.contains(&name(tag).trim_start_matches('/')).then_some(tag)
}

/// The name of a tag, behind a slash where it ends an element.
fn name(tag: &str) -> String {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    inner
        .split([' ', '\t', '/'])
        .next()
        .filter(|name| !name.is_empty())
        .map_or_else(|| format!("/{}", inner.trim_start_matches('/').trim_end()), str::to_owned)
        .to_ascii_lowercase()
}

fn span(tag: &str, name: &str) -> usize {
    let lower = tag.to_ascii_lowercase();
    let value = lower.split_once(name).map_or("", |(_, rest)| rest.trim_start_matches(['=', '"', '\'', ' ']));
    let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    value[..digits].parse().unwrap_or(1).clamp(1, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::lines::lines;

    fn read(text: &str) -> (usize, Vec<String>) {
        let all: Vec<Line<'_>> = lines(text).collect();
        let mut parts = Vec::new();
        let used = table(&all, &mut parts);
        let shown = parts.iter().map(|part| match part {
            Part::Row(row) => {
                for cell in row {
                    assert!(cell.spans().iter().all(|span| text.get(span.start..span.end).is_some()));
                }
                row.iter().map(|cell| cell.text().replace('\n', "+")).collect::<Vec<_>>().join("|")
            }
            Part::Line { text, .. } | Part::Heading { text, .. } => format!("¶{}", text.text()),
        });
        (used, shown.collect())
    }

    #[test]
    fn tables_that_stand_as_html_in_text_are_read() {
        for (text, used, want) in [
            (
                "<table><tr><td>序号</td><td>名称</td></tr><tr><td>1</td><td>某病的<b>研究</b></td></tr></table>\n后文",
                1,
                &["序号|名称", "1|某病的研究"][..],
            ),
            (
                "<TABLE border=1>\n<tr>\n<td>甲\n乙</td><td>A\nB</td>\n</tr>\n</TABLE>后文",
                7,
                &["甲乙|A B", "¶后文"],
            ),
            (
                "<table><tr><td rowspan=\"2\">甲</td><td colspan='2'>乙</td></tr><tr><td>丙<td>丁</table><table><tr><td>戊<br>己</table>",
                1,
                &["甲|乙|", "甲|丙|丁", "戊+己"],
            ),
            ("<table><tr><td>甲</td>\n# 标题\n正文", 1, &["甲"]),
            ("<table><tr><td>甲\n## 标题\n| 乙 | 丙 |", 1, &["甲"]),
            ("<table><tr><td>甲</td></tr>\n\n<tr><td>乙</td></tr>\n\n正文", 2, &["甲", "乙"]),
            ("<tablet>甲", 0, &[]),
            ("甲<table><tr><td>乙</td></tr></table>", 0, &[]),
        ] {
            assert_eq!(read(text), (used, want.iter().map(ToString::to_string).collect()), "{text}");
        }
    }

    #[test]
    fn spans_are_bounded() {
        let text = format!(
            "<table>{}</table>",
            "<tr><td colspan=9999 rowspan=9999>甲</td><td>乙</td></tr>".repeat(99)
        );
        let (_, rows) = read(&text);
        assert!(rows.iter().all(|row| row.matches('|').count() < MOST));
        let text = format!(
            "<table><tr><td rowspan=64>{}</td><td>乙</td></tr>{}</table>",
            "甲".repeat(MAX_BYTES / 30),
            "<tr><td>丙</td></tr>".repeat(63)
        );
        let (_, rows) = read(&text);
        assert!(rows.len() == 64 && rows.iter().map(String::len).sum::<usize>() < MAX_BYTES * 2);
    }
}
