use super::{Part, Row, lines::Line, markup::without_tags};
use crate::text::{Passage, width};

/// How far, in columns of text, the cells of a column may stand apart.
const SLACK: usize = 2;

/// White space of so many columns parts two cells.
const GAP: usize = 2;

/// Fewer columns are found in any text that is set in two blocks.
const FEWEST: usize = 3;

/// A cell of a line: where it starts, in columns of text, and its bytes within the line.
struct Cell {
    at: usize,
    from: usize,
    to: usize,
}

/// Reads a table whose columns are kept by white space alone and whose cells are wrapped: a line that leaves
/// the first column empty goes on with the row above. Appends its rows and tells how many lines it has; 0
/// where the first line begins none.
///
/// Tables without wrapped cells are left alone: their lines are rows already.
pub(super) fn table(lines: &[Line<'_>], parts: &mut Vec<Part>) -> usize {
    let Some(head) = lines.first().filter(|line| is_parted(line.text)).map(|line| cells(line.text)) else {
        return 0;
    };
    let starts: Vec<usize> = head.iter().map(|cell| cell.at).collect();
    let mut rows: Vec<(Row, bool)> = vec![(row(&starts, &head, &lines[0]), false)];
    let mut used = 1;
    for line in &lines[1..] {
        let cells = cells(line.text);
        let fits = |cell: &Cell| cell.at.abs_diff(starts[column(&starts, cell.at)]) <= SLACK;
        if line.is_tabbed() || !cells.iter().all(fits) {
            break;
        }
        let begins = cells.first().is_some_and(|cell| column(&starts, cell.at) == 0);
        if begins && cells.len() < FEWEST.min(starts.len()) {
            break;
        }
        let next = row(&starts, &cells, line);
        match rows.last_mut().filter(|_| !begins) {
            // Behind a blank line, where the lines of a row stand close, another row begins.
            Some((above, wrapped)) if !line.is_apart || lines[1].is_apart => {
                above.iter_mut().zip(&next).filter(|(_, rest)| !rest.is_blank()).for_each(|(cell, rest)| {
                    cell.append_wrapped(rest);
                });
                *wrapped = true;
            }
            _ => rows.push((next, false)),
        }
        used += 1;
    }
    if rows.len() < 2 || !rows[1..].iter().any(|(_, wrapped)| *wrapped) {
        return 0;
    }
    parts.extend(rows.into_iter().map(|(row, _)| Part::Row(row)));
    used
}

fn row(starts: &[usize], cells: &[Cell], line: &Line<'_>) -> Row {
    let mut row = vec![Passage::default(); starts.len()];
    for cell in cells {
        let text = without_tags(&Passage::new(&line.text[cell.from..cell.to], line.start + cell.from));
        let place = &mut row[column(starts, cell.at)];
        if place.is_blank() { *place = text } else { place.append(" ", &text) }
    }
    row
}

/// The column that a cell starting at `at` belongs to.
fn column(starts: &[usize], at: usize) -> usize {
    let next = starts.partition_point(|&start| start <= at + 1).max(1) - 1;
    let after = (next + 1).min(starts.len() - 1);
    if starts[after].abs_diff(at) < starts[next].abs_diff(at) && starts[after].abs_diff(at) <= SLACK {
        after
    } else {
        next
    }
}

/// Tells whether a line has the fewest cells, as [`cells`] finds them: nearly all lines have one.
fn is_parted(text: &str) -> bool {
    let (mut cells, mut blank) = (0, GAP);
    text.chars().any(|c| {
        if c.is_whitespace() {
            blank += if c >= '\u{1100}' { 2 } else { 1 };
        } else {
            cells += usize::from(blank >= GAP);
            blank = 0;
        }
        cells == FEWEST
    })
}

fn cells(text: &str) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    // White space so far, in columns; the start of a line parts as a gap does.
    let (mut at, mut blank) = (0, GAP);
    for (from, c) in text.char_indices() {
        let columns = width(c.encode_utf8(&mut [0; 4]));
        let end = from + c.len_utf8();
        if c.is_whitespace() {
            blank += columns;
        } else {
            match cells.last_mut().filter(|_| blank < GAP) {
                Some(cell) => cell.to = end,
                None => cells.push(Cell { at, from, to: end }),
            }
            blank = 0;
        }
        at += columns;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::lines::lines;

    fn read(text: &str) -> (usize, Vec<Vec<String>>) {
        let all: Vec<Line<'_>> = lines(text).collect();
        let mut parts = Vec::new();
        let used = table(&all, &mut parts);
        let rows = parts.iter().filter_map(|part| match part {
            Part::Row(row) => Some(row.iter().map(|cell| cell.text().to_owned()).collect()),
            _ => None,
        });
        (used, rows.collect())
    }

    #[test]
    fn wrapped_cells_are_put_together() {
        let text = "\
序号  类别        授权号              发明人
1     中国发明专  ZL201711111111.1    陈一、李二、王
      利                              三
2     实用新型    ZL202022222222.2    陈一
后面的正文。";
        let (used, rows) = read(text);
        assert_eq!(used, 4);
        assert_eq!(rows[1], ["1", "中国发明专利", "ZL201711111111.1", "陈一、李二、王三"]);
        assert_eq!(rows[2], ["2", "实用新型", "ZL202022222222.2", "陈一"]);
    }

    #[test]
    fn a_blank_line_ends_a_row_where_lines_stand_close() {
        let text = "\
姓名    陈一          李二
贡献    负责总体设计  参与实施
        和推广        方案

        第3完成人     第4完成人
姓名    周三          吴四";
        let (used, rows) = read(text);
        assert_eq!((used, rows.len()), (5, 4));
        assert_eq!(rows[1], ["贡献", "负责总体设计和推广", "参与实施方案"]);
        assert_eq!(rows[2], ["", "第3完成人", "第4完成人"]);
    }

    #[test]
    fn other_lines_are_left_alone() {
        for text in [
            "姓名  排名  职称\n陈一  1     教授\n李二  2     讲师",
            "一行  字",
            "甲    乙    丙\n正文在这里。",
        ] {
            assert_eq!(read(text).0, 0, "{text}");
        }
    }
}
