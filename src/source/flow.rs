use super::{
    MAX_NESTING, MAX_PARTS, Part, Row, SourceError, lines::is_page_number, markup::without_tags, ruled,
};
use crate::text::Passage;

/// Collects the lines and tables of a marked-up document in reading order, then renders them: a line for
/// each paragraph, a line with tabs for each row. The spans point into this rendering.
#[derive(Default)]
pub(super) struct Flow {
    items: Vec<Item>,
    tables: Vec<OpenTable>,
    line: String,
    /// Of the heading that is open.
    pub(super) level: Option<u8>,
    /// Lines and cells so far.
    parts: usize,
}

enum Item {
    Line {
        level: Option<u8>,
        text: String,
    },
    Table(Vec<Vec<Cell>>),
    /// The text of the cell above, which spans this row as well.
    Above,
}

type Cell = Vec<Item>;

#[derive(Default)]
struct OpenTable {
    rows: Vec<Vec<Cell>>,
    row: Option<Vec<Cell>>,
    cell: Option<OpenCell>,
    /// Of each column, how many rows more the cell above covers.
    covered: Vec<usize>,
}

struct OpenCell {
    items: Cell,
    columns: usize,
    rows: usize,
    is_blank: bool,
}

impl Flow {
    /// Appends to the line that is open.
    pub(super) fn push(&mut self, c: char) {
        self.line.push(c);
    }

    /// The last character of the line that is open.
    pub(super) fn last(&self) -> Option<char> {
        self.line.chars().next_back()
    }

    pub(super) fn end_line(&mut self) {
        let text = std::mem::take(&mut self.line);
        if text.trim().is_empty() {
            return;
        }
        let item = Item::Line { level: self.level, text: text.trim().to_owned() };
        self.parts += 1;
        self.container().push(item);
    }

    /// The innermost open cell; what stands between cells belongs before the table.
    fn container(&mut self) -> &mut Vec<Item> {
        let cell = self.tables.iter_mut().rev().find_map(|table| table.cell.as_mut());
        cell.map_or(&mut self.items, |cell| &mut cell.items)
    }

    pub(super) fn open_table(&mut self) -> Result<(), SourceError> {
        self.end_line();
        self.tables.push(OpenTable::default());
        if self.tables.len() > MAX_NESTING { Err(SourceError::TooDeep) } else { Ok(()) }
    }

    pub(super) fn open_row(&mut self) {
        self.close_row();
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(Vec::new());
        }
    }

    /// Opens a cell that covers so many columns and rows.
    pub(super) fn open_cell(&mut self, columns: usize, rows: usize) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return };
        let row = table.row.get_or_insert_default();
        while let Some(covered) = table.covered.get_mut(row.len()).filter(|rows| **rows > 0) {
            *covered -= 1;
            row.push(vec![Item::Above]);
            self.parts += 1;
        }
        let (columns, rows) = (columns.max(1), rows.max(1));
        table.cell = Some(OpenCell { items: Cell::new(), columns, rows, is_blank: false });
    }

    /// Makes the open cell as wide as so many columns.
    pub(super) fn widen_cell(&mut self, columns: usize) {
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            cell.columns = columns.max(1);
        }
    }

    /// Empties the open cell, now and when it closes: it goes on with the cell above.
    pub(super) fn blank_cell(&mut self) {
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            cell.is_blank = true;
        }
    }

    /// Leaves columns of the open row empty.
    pub(super) fn skip_columns(&mut self, columns: usize) {
        if let Some(row) = self.tables.last_mut().and_then(|table| table.row.as_mut()) {
            row.resize_with(row.len() + columns, Cell::new);
            self.parts += columns;
        }
    }

    pub(super) fn close_cell(&mut self) {
        self.end_line();
        let Some(table) = self.tables.last_mut() else { return };
        let (Some(cell), Some(row)) = (table.cell.take(), table.row.as_mut()) else { return };
        let first = row.len();
        row.push(if cell.is_blank { vec![Item::Above] } else { cell.items });
        row.resize_with(first + cell.columns, Cell::new);
        if cell.rows > 1 {
            table.covered.resize(table.covered.len().max(row.len()), 0);
            table.covered[first..].iter_mut().take(cell.columns).for_each(|rows| *rows = cell.rows - 1);
        }
        self.parts += cell.columns;
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return };
        let Some(mut row) = table.row.take() else { return };
        let width = table.covered.iter().rposition(|&rows| rows > 0).map_or(0, |last| last + 1);
        while row.len() < width {
            let covered = table.covered[row.len()];
            table.covered[row.len()] = covered.saturating_sub(1);
            row.push(if covered > 0 { vec![Item::Above] } else { Cell::new() });
            self.parts += 1;
        }
        table.rows.push(row);
    }

    pub(super) fn close_table(&mut self) {
        self.close_row();
        self.end_line();
        if let Some(table) = self.tables.pop() {
            self.container().push(Item::Table(table.rows));
        }
    }

    /// Fails where the document has more parts than are read.
    pub(super) fn check(&self) -> Result<(), SourceError> {
        if self.parts > MAX_PARTS { Err(SourceError::TooManyParts) } else { Ok(()) }
    }

    /// Renders what was collected; what is still open ends here.
    pub(super) fn finish(mut self) -> (String, Vec<Part>) {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.end_line();
        let mut builder = TextBuilder::default();
        builder.items(self.items);
        (builder.text, builder.parts)
    }
}

/// Writes the text that is stored, and hands out passages of it.
#[derive(Default)]
struct TextBuilder {
    text: String,
    parts: Vec<Part>,
    /// The cells of the table row before.
    above: Row,
}

impl TextBuilder {
    fn put(&mut self, text: &str) -> Passage {
        let passage = Passage::new(text, self.text.len());
        self.text.push_str(text);
        without_tags(&passage)
    }

    fn items(&mut self, items: Vec<Item>) {
        for item in items {
            match item {
                Item::Line { level, text } => self.line(level, &text),
                Item::Table(rows) => self.table(rows),
                Item::Above => {}
            }
        }
    }

    fn table(&mut self, rows: Vec<Vec<Cell>>) {
        self.above.clear();
        rows.into_iter().for_each(|row| self.row(row));
    }

    fn line(&mut self, level: Option<u8>, text: &str) {
        if is_page_number(text) || ruled::is_rule(text) {
            return;
        }
        let part = match level {
            Some(level) => Part::Heading { level, text: self.put(text) },
            None if is_row(text) => {
                let mut row = Row::new();
                for cell in text.split('\t') {
                    self.text.push_str(if row.is_empty() { "" } else { "\t" });
                    row.push(self.put(cell));
                }
                Part::Row(row)
            }
            None => Part::Line { text: self.put(text), indent: 0 },
        };
        self.text.push('\n');
        if !matches!(&part, Part::Heading { text, .. } | Part::Line { text, .. } if text.is_blank()) {
            self.parts.push(part);
        }
    }

    /// A cell that holds a table hands its lines and rows to the document, as what stands beside it does: the
    /// table around it lays out the page, or puts a heading at the side.
    fn row(&mut self, row: Vec<Cell>) {
        let is_beside = row.iter().filter(|cell| !cell.is_empty()).take(2).count() == 2;
        let row: Vec<Cell> = if is_beside { row.into_iter().map(with_lines).collect() } else { row };
        let is_table =
            |item: &Item| matches!(item, Item::Table(rows) if rows.iter().map(Vec::len).sum::<usize>() > 1);
        if row.iter().flatten().any(is_table) {
            return row.into_iter().for_each(|cell| self.items(cell));
        }
        let mut nested = Vec::new();
        let mut cells = Row::new();
        let start = self.text.len();
        for cell in row {
            self.text.push_str(if cells.is_empty() { "" } else { "\t" });
            let mut text = Passage::default();
            if let [Item::Above] = cell[..] {
                cells.push(self.above.get(cells.len()).cloned().unwrap_or_default());
                continue;
            }
            for item in cell {
                match item {
                    Item::Line { text: line, .. } => {
                        self.text.push_str(if text.is_blank() { "" } else { " " });
                        let line = self.put(&line.replace('\t', " "));
                        text.append("\n", &line);
                    }
                    Item::Table(rows) => nested.extend(rows),
                    Item::Above => {}
                }
            }
            cells.push(text);
        }
        // Nothing of its own: the row only stretches the cells above it.
        if cells.iter().all(|cell| cell.start().is_none_or(|at| at < start)) {
            self.text.truncate(start);
        } else {
            self.text.push('\n');
            self.above.clone_from(&cells);
            self.parts.push(Part::Row(cells));
        }
        nested.into_iter().for_each(|row| self.row(row));
    }
}

/// A cell in which a table of one column only sets lines below each other: `授权号` above `授权日期`.
fn with_lines(cell: Cell) -> Cell {
    /// So few rows have cells of a form.
    const MOST: usize = 6;
    let is_line = |item: &Item| matches!(item, Item::Line { .. });
    let is_column = |item: &Item| match item {
        Item::Table(rows) => {
            rows.len() <= MOST && rows.iter().all(|row| row.len() < 2 && row.iter().flatten().all(is_line))
        }
        _ => false,
    };
    if !cell.iter().all(|item| is_line(item) || is_column(item)) {
        return cell;
    }
    cell.into_iter()
        .flat_map(|item| match item {
            Item::Table(rows) => rows.into_iter().flatten().flatten().collect(),
            other => vec![other],
        })
        .collect()
}

/// Tells whether tabs part the cells of a row: one behind a whole sentence only sets off a note.
fn is_row(line: &str) -> bool {
    /// No cell is longer that a tab parts from one other, in characters.
    const LONGEST: usize = 60;
    let Some((first, rest)) = line.split_once('\t') else { return false };
    let is_sentence = first.trim_end().ends_with(['.', '。']) && first.chars().nth(LONGEST).is_some();
    // `45` citations, `否`: a value.
    let rest = rest.trim();
    let is_value = rest.parse::<f64>().is_ok() || matches!(rest, "是" | "否" | "无");
    !is_sentence || is_value || rest.contains('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_behind_a_sentence_is_a_cell() {
        let citation = format!("陈一, 李二. A study {}. Lancet 2020;1:1-9.", "of a disease ".repeat(6));
        for (rest, want) in [("45", true), ("否", true), ("见附件", false), ("a\tb", true)] {
            assert_eq!(is_row(&format!("{citation}\t{rest}")), want, "{rest}");
        }
    }
}
