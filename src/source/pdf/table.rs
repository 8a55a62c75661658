use super::{
    geometry::{Rect, nearest},
    habits::Habits,
    line::{Line, Measure, lines},
    page::Glyph,
    rulings::Grid,
};
use crate::{
    source::{SourceError, flow::Flow},
    text::Passage,
};

/// Edges this near, in points, are one over a page break.
const NEAR: f64 = 4.0;

/// A table of one page, or of several.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub(super) bounds: Rect,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell by its edges, so that it finds its columns among those of other pages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) left: f64,
    pub(super) right: f64,
    /// Rows that it covers.
    pub(super) rows: usize,
    pub(super) paragraphs: Vec<String>,
}

impl Table {
    /// Reads a grid with the characters of each of its cells.
    pub(super) fn of(grid: &Grid, glyphs: Vec<Vec<Glyph>>, habits: Habits) -> Table {
        let mut text: Vec<Vec<Line>> = glyphs.into_iter().map(|glyphs| lines(glyphs, habits)).collect();
        // The space between an edge and the text is the same in all cells.
        let spaces = grid.cells.iter().zip(&text).flat_map(|(area, lines)| {
            let left = grid.xs[area.columns.0];
            lines.iter().map(move |line| line.x0 - left)
        });
        let space = spaces.fold(8.0, f64::min).max(0.0);
        let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); grid.ys.len() - 1];
        for (area, lines) in grid.cells.iter().zip(&mut text) {
            let (left, right) = (grid.xs[area.columns.0], grid.xs[area.columns.1]);
            let measure = Measure { left: left + space, right: right - space, habits };
            let paragraphs = measure.paragraphs(lines.iter());
            rows[area.rows.0].push(Cell { left, right, rows: area.rows.1 - area.rows.0, paragraphs });
        }
        for row in &mut rows {
            row.sort_by(|a, b| a.left.total_cmp(&b.left));
        }
        Table { bounds: grid.bounds(), rows }
    }

    /// Tells whether another table stands between the same edges, as the rest of this one would.
    pub(super) fn continues_in(&self, next: &Table) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= NEAR;
        near(self.bounds.x0, next.bounds.x0) && near(self.bounds.x1, next.bounds.x1)
    }

    /// Takes in the rest of the table from the next page. Tells whether a row was cut and is whole again.
    pub(super) fn append(&mut self, next: Table) -> bool {
        let mut rows = next.rows;
        let repeated =
            self.rows.iter().zip(&rows).take(3).take_while(|(own, next)| is_same(own, next)).count();
        // One row that is the same may be the next person's header; it is dropped with numbers below it.
        if repeated > 0 && self.is_numbered_with(&rows[repeated..]) {
            rows.drain(..repeated);
        }
        let is_cut = rows.first().is_some_and(|row| self.is_rest(row)) && self.is_numbered_with(&rows);
        if is_cut {
            let rest = rows.remove(0);
            if let Some(last) = self.rows.last_mut() {
                put_together(last, rest);
            }
        }
        self.rows.extend(rows);
        is_cut
    }

    /// Tells whether the rows below the first, with those of the next page, begin with the numbers 1, 2, 3;
    /// of two halves of a row one lacks its number.
    fn is_numbered_with(&self, next: &[Vec<Cell>]) -> bool {
        let rows = || self.rows.iter().skip(1).chain(next);
        let numbers: Vec<usize> = rows().filter_map(|row| row.first()?.number()).collect();
        let lacking = rows().count() - numbers.len();
        !numbers.is_empty() && lacking <= 2 && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
    }

    /// Tells whether the first row of the next page looks like the rest of the last row: one of them lacks
    /// the number.
    fn is_rest(&self, row: &[Cell]) -> bool {
        let Some(last) = self.rows.last() else { return false };
        let is_blank = |row: &[Cell]| row.first().is_some_and(|cell| cell.paragraphs.is_empty());
        row.len() == last.len() && is_blank(row) != is_blank(last)
    }

    /// Puts the table into the flow. Its columns are those of the rows with the most cells: the edges of
    /// cells need not stand below each other, where a row was set by itself or belongs to another table.
    pub(super) fn flow(&self, flow: &mut Flow) -> Result<(), SourceError> {
        let most = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let edges_of = |row: &[Cell]| -> Vec<f64> {
            row.first().map(|cell| cell.left).into_iter().chain(row.iter().map(|cell| cell.right)).collect()
        };
        let mut edges =
            self.rows.iter().find(|row| row.len() == most).map_or_else(Vec::new, |row| edges_of(row));
        flow.open_table()?;
        for row in &self.rows {
            if row.len() == most {
                edges = edges_of(row);
            }
            flow.open_row();
            for cell in row {
                let (first, end) = (nearest(&edges, cell.left), nearest(&edges, cell.right));
                flow.open_cell(end.saturating_sub(first), cell.rows);
                for paragraph in &cell.paragraphs {
                    paragraph.chars().for_each(|c| flow.push(c));
                    flow.end_line();
                }
            }
            flow.close_row();
            flow.check()?;
        }
        flow.close_table();
        Ok(())
    }
}

impl Cell {
    fn number(&self) -> Option<usize> {
        self.paragraphs.first().filter(|_| self.paragraphs.len() == 1)?.trim().parse().ok()
    }
}

fn is_same(one: &[Cell], other: &[Cell]) -> bool {
    let text = |row: &[Cell]| -> Vec<String> { row.iter().map(|cell| cell.paragraphs.concat()).collect() };
    let text = |row| text(row).concat().chars().filter(|c: &char| !c.is_whitespace()).collect::<String>();
    let own = text(one);
    !own.is_empty() && own == text(other)
}

/// Appends the cells of a row's second half to those of its first.
fn put_together(row: &mut [Cell], rest: Vec<Cell>) {
    for (cell, rest) in row.iter_mut().zip(rest) {
        let mut rest = rest.paragraphs.into_iter();
        if let Some(last) = cell.paragraphs.last_mut() {
            let mut joined = Passage::new(last, 0);
            joined.append_wrapped(&Passage::new(&rest.next().unwrap_or_default(), 0));
            *last = joined.text().to_owned();
        }
        cell.paragraphs.extend(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str]) -> Table {
        let rows = rows.iter().map(|row| {
            let cells = row.split('|').enumerate().map(|(at, text)| {
                let paragraphs = text.split('+').filter(|text| !text.is_empty()).map(str::to_owned).collect();
                Cell { left: 50.0 * at as f64, right: 50.0 * (at + 1) as f64, rows: 1, paragraphs }
            });
            cells.collect()
        });
        Table { bounds: Rect { x0: 0.0, y0: 0.0, x1: 100.0, y1: 100.0 }, rows: rows.collect() }
    }

    fn shown(table: &Table) -> Vec<String> {
        let row =
            |row: &Vec<Cell>| row.iter().map(|cell| cell.paragraphs.join("+")).collect::<Vec<_>>().join("|");
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn a_table_goes_on_at_the_next_page() {
        for (first, next, want, is_cut) in [
            // A repeated header goes, a row that was cut is put together, whichever half has the number.
            (
                &["序号|名称", "1|甲"][..],
                &["序号|名称", "2|乙"][..],
                &["序号|名称", "1|甲", "2|乙"][..],
                false,
            ),
            (
                &["序号|名称", "1|甲", "2|lorem"],
                &["|ipsum+乙", "3|丙"],
                &["序号|名称", "1|甲", "2|lorem ipsum+乙", "3|丙"],
                true,
            ),
            (&["序号|名称", "1|甲", "|乙"], &["2|丙"], &["序号|名称", "1|甲", "2|乙丙"], true),
            (&["序号|名"], &["|称", "1|甲"], &["序号|名称", "1|甲"], true),
            // Without numbers nothing is known.
            (
                &["姓名|单位", "陈一|甲"],
                &["姓名|单位", "|乙"],
                &["姓名|单位", "陈一|甲", "姓名|单位", "|乙"],
                false,
            ),
            (&["序号|名称", "1|甲"], &["2|乙"], &["序号|名称", "1|甲", "2|乙"], false),
        ] {
            let mut whole = table(first);
            assert_eq!(whole.append(table(next)), is_cut, "{first:?}");
            assert_eq!(shown(&whole), want);
        }
        let wider = Table { bounds: Rect { x0: 0.0, y0: 0.0, x1: 120.0, y1: 100.0 }, rows: Vec::new() };
        assert!(!table(&["1|甲"]).continues_in(&wider));
    }

    #[test]
    fn columns_are_those_of_the_fullest_rows() {
        let mut whole = table(&["姓名|排名|单位", "陈一|1|甲"]);
        let cell = |left, right, text: &str| Cell { left, right, rows: 1, paragraphs: vec![text.to_owned()] };
        whole.rows.push(vec![cell(0.0, 50.0, "贡献"), cell(50.0, 150.0, "乙")]);
        // A row that was set by itself.
        whole.rows.push(vec![cell(0.0, 40.0, "李二"), cell(40.0, 60.0, "2"), cell(60.0, 150.0, "丙")]);
        let mut flow = Flow::default();
        whole.flow(&mut flow).expect("few cells");
        assert_eq!(flow.finish().0, "姓名\t排名\t单位\n陈一\t1\t甲\n贡献\t乙\t\n李二\t2\t丙\n");
    }
}
