use super::{Part, Row, lines::Line, markup::without_tags};
use crate::text::Passage;

/// Reads the table by ruling lines that begins with the first line, where one does: box drawing or
/// `+---+` and `|`. Returns how many lines it took.
///
/// The lines between two rules are one row, unless each of them begins with a number of its own. Below
/// a rule that leaves a column out, this column's text still belongs to the row above.
pub(super) fn table(lines: &[Line<'_>], parts: &mut Vec<Part>) -> usize {
    let Some(style) = Style::of(lines) else { return 0 };
    let mut table = Table { rows: Vec::new(), lines: Vec::new(), above: Vec::new() };
    let mut used = 0;
    for line in lines {
        let line = line.trimmed();
        if is_rule(line.text) {
            table.rule();
            table.above.clear();
        } else if !style.is_within(line.text) {
            break;
        } else if style.is_partial_rule(line.text) {
            table.partial_rule(&style.cells(line, true));
        } else {
            table.lines.push(style.cells(line, false));
        }
        used += 1;
    }
    table.rule();
    parts.extend(table.rows.into_iter().filter(|row| row.iter().any(|cell| !cell.is_blank())).map(Part::Row));
    used
}

/// Tells whether a line is nothing but a ruling line.
pub(super) fn is_rule(line: &str) -> bool {
    let drawn = line.chars().all(|c| is_drawn(c) || c == ' ')
        && line.chars().filter(|&c| is_horizontal(c)).count() >= 3;
    let typed = line.len() >= 3
        && line.starts_with('+')
        && line.ends_with('+')
        && line.contains(['-', '='])
        && line.chars().all(|c| matches!(c, '+' | '-' | '=' | ':'));
    drawn || typed
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Drawn,
    Typed,
}

impl Style {
    fn of(lines: &[Line<'_>]) -> Option<Style> {
        let first = lines.first()?.text.trim();
        if first.starts_with(is_upright) && first.matches(is_upright).count() >= 2 {
            return Some(Style::Drawn);
        }
        let next = lines.get(1)?.text.trim();
        let style = if first.starts_with('+') { Style::Typed } else { Style::Drawn };
        (is_rule(first) && style.is_within(next)).then_some(style)
    }

    fn is_within(self, line: &str) -> bool {
        match self {
            Style::Drawn => line.starts_with(is_drawn) && line.matches(is_drawn).count() >= 2,
            Style::Typed => line.starts_with(['|', '+']) && line[1..].contains(['|', '+']),
        }
    }

    fn is_partial_rule(self, line: &str) -> bool {
        match self {
            Style::Drawn => line.matches(is_horizontal).count() >= 2 && line.contains(is_joint),
            Style::Typed => line.contains("+--") || line.contains("--+"),
        }
    }

    fn cells(self, line: Line<'_>, partial: bool) -> Row {
        let is_bar = |c: char| match self {
            Style::Drawn => is_upright(c) || (partial && is_joint(c)),
            Style::Typed => c == '|' || (partial && c == '+'),
        };
        let mut start = line.start;
        let mut row = Row::new();
        for cell in line.text.split_inclusive(is_bar) {
            row.push(without_tags(&Passage::new(cell.trim_end_matches(is_bar), start)));
            start += cell.len();
        }
        // Before the first bar there is nothing.
        row.remove(0);
        row
    }
}

struct Table {
    rows: Vec<Row>,
    /// The lines since the last rule.
    lines: Vec<Row>,
    /// Of each column that the last rule left out, the row it belongs to.
    above: Vec<Option<usize>>,
}

impl Table {
    fn rule(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        if is_numbered(&lines) {
            return self.rows.extend(lines);
        }
        let mut row = Row::new();
        for (column, cell) in lines.into_iter().flat_map(|line| line.into_iter().enumerate()) {
            if column >= row.len() {
                row.resize(column + 1, Passage::default());
            }
            let above = self.above.get(column).copied().flatten();
            match above.and_then(|at| self.rows.get_mut(at)?.get_mut(column)) {
                Some(spanned) => spanned.append_wrapped(&cell),
                None => row[column].append_wrapped(&cell),
            }
        }
        if !row.is_empty() {
            self.rows.push(row);
        }
    }

    fn partial_rule(&mut self, cells: &Row) {
        self.rule();
        let last = self.rows.len().checked_sub(1);
        let before = std::mem::take(&mut self.above);
        for (column, cell) in cells.iter().enumerate() {
            let is_cut =
                !cell.is_blank() && cell.text().chars().all(|c| is_horizontal(c) || "-=".contains(c));
            let above = if is_cut { None } else { before.get(column).copied().flatten().or(last) };
            if let Some(spanned) = above.and_then(|at| self.rows.get_mut(at)?.get_mut(column)) {
                spanned.append_wrapped(cell);
            }
            self.above.push(above);
        }
    }
}

/// Several lines that begin 1, 2, 3 … are rows without rules between them.
fn is_numbered(lines: &[Row]) -> bool {
    let numbers = lines.iter().map(|line| line.first().and_then(|cell| cell.text().parse::<u32>().ok()));
    let numbers: Vec<u32> = numbers.map_while(|number| number).collect();
    lines.len() >= 2 && numbers.len() == lines.len() && numbers.is_sorted_by(|a, b| a + 1 == *b)
}

fn is_drawn(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{257F}')
}

fn is_horizontal(c: char) -> bool {
    matches!(c, '─' | '━' | '═' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍')
}

fn is_upright(c: char) -> bool {
    matches!(c, '│' | '┃' | '║' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏')
}

/// A character at which ruling lines meet.
fn is_joint(c: char) -> bool {
    is_drawn(c) && !is_horizontal(c) && !is_upright(c)
}

#[cfg(test)]
mod tests {
    use crate::{source::Part, source::text::parts};

    fn rows(text: &str) -> Vec<String> {
        let parts = parts(text).expect("few parts");
        let rows = parts.iter().map(|part| match part {
            Part::Row(row) => row.iter().map(crate::text::Passage::text).collect::<Vec<_>>().join("/"),
            Part::Line { text, .. } | Part::Heading { text, .. } => format!("line {}", text.text()),
        });
        rows.collect()
    }

    #[test]
    fn lines_between_rules_are_one_row() {
        for (text, want) in [
            (
                "┌──┬────┐\n│序号│名称    │\n├──┼────┤\n│1   │脊柱微  │\n│    │创手术  │\n└──┴────┘\n之后。",
                &["序号/名称", "1/脊柱微创手术", "line 之后。"][..],
            ),
            ("+---+---+\n| a | b |\n+===+===+\n| 1 | x |\n|   | y |\n+---+---+", &["a/b", "1/x y"]),
            ("+--+--+\n| 1 | a |\n| 2 | b |\n+--+--+", &["1/a", "2/b"]),
            (
                "┌─┬──┬──┐\n│甲│ 一 │ 二 │\n│医├──┼──┤\n│院│ 三 │ 四 │\n├─┼──┼──┤\n│乙│ 五 │ 六 │\n└─┴──┴──┘",
                &["甲医院/一/二", "/三/四", "乙/五/六"],
            ),
            ("│甲│乙 │\n- 3 -\n│  │丙 │\n└─┴──┘", &["甲/乙丙"]),
            ("┌───┐\n没有表格", &["line 没有表格"]),
            ("+----+\n文字", &["line 文字"]),
        ] {
            assert_eq!(rows(text), want, "{text}");
        }
    }
}
