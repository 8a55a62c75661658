use super::{Part, Row, lines::Line, markup::without_tags};
use crate::text::{Passage, width};

/// How far, in columns of text, the cells of a column may stand apart.
const SLACK: usize = 2;

/// White space of so many columns parts two cells.
const GAP: usize = 2;

/// No table of a notice has more columns; every row has a cell for each.
const MOST: usize = 64;

/// Longer tables are taken for such, whatever follows them.
const MOST_MOVED: usize = 50;

/// Fewer columns are found in any text that is set in two blocks.
const FEWEST: usize = 3;

/// A cell of a line: where it starts, in columns of text, and its bytes within the line.
struct Cell {
    at: usize,
    from: usize,
    to: usize,
    /// How many columns its text takes.
    wide: usize,
}

/// Reads a table whose columns are kept by white space alone: at least two lines whose cells stand below each
/// other. A line that leaves the first column empty goes on with the row above where the cells above it are full,
/// else it is a row that the first cell spans. Appends the rows and tells how many lines they have; 0 where the
/// first line begins none.
pub(super) fn table(lines: &[Line<'_>], parts: &mut Vec<Part>) -> usize {
    let Some(head) = lines.first().filter(|line| is_parted(line.text)).map(|line| cells(line.text)) else {
        return 0;
    };
    // `姓名：甲　　职称：乙` are labels with their values.
    let labels = head.iter().filter(|cell| lines[0].text[cell.from..cell.to].contains(['：', ':']));
    if lines[0].is_tabbed() || labels.count() * 2 >= head.len() || head.len() > MOST {
        return 0;
    }
    let mut starts: Vec<usize> = head.iter().map(|cell| cell.at).collect();
    let mut grid = vec![head];
    for (at, line) in lines.iter().enumerate().skip(1) {
        let cells = cells(line.text);
        let is_line = goes_on(&starts, &cells) || at == 1 && is_second(&starts, &cells, lines);
        if line.is_tabbed() || !is_line || starts.len() + cells.len() > 2 * MOST {
            break;
        }
        for cell in &cells {
            if !fits(&starts, cell) {
                starts.insert(starts.partition_point(|&start| start < cell.at), cell.at);
            }
        }
        grid.push(cells);
    }
    let used = grid.len();
    // A row whose cells have been moved: the lines are read by what they say. Long tables are not tried again for
    // each of their lines.
    let is_moved = lines.get(used).is_some_and(|line| !line.is_tabbed() && is_parted(line.text));
    if used < 2 || is_moved && used < MOST_MOVED {
        return 0;
    }
    // Columns of text that a cell can take; in the last column, as many as the widest has.
    let mut rooms: Vec<usize> =
        starts.windows(2).map(|pair| pair[1] - pair[0] - GAP.min(pair[1] - pair[0])).collect();
    let widest = |cell: &&Cell| column(&starts, cell.at) + 1 == starts.len();
    rooms.push(grid.iter().flatten().filter(widest).map(|cell| cell.wide).max().unwrap_or(0));
    let mut rows: Vec<Row> = Vec::new();
    // The columns of text in the last line of each cell of the row.
    let mut last = vec![0; starts.len()];
    for (cells, line) in grid.iter().zip(lines) {
        let next = row(&starts, cells, line);
        let is_rest = |cell: &Cell| {
            let place = column(&starts, cell.at);
            last[place] > 0 && last[place] + unbroken(&line.text[cell.from..cell.to]) > rooms[place]
        };
        let begins = cells.first().is_none_or(|cell| column(&starts, cell.at) == 0);
        // Behind a blank line, where the lines of a row stand close, another row begins.
        let is_near = !line.is_apart || lines[1].is_apart;
        let wrapped = !begins && is_near && cells.iter().all(is_rest);
        match rows.last_mut().filter(|_| wrapped) {
            Some(above) => {
                above.iter_mut().zip(&next).filter(|(_, rest)| !rest.is_blank()).for_each(|(cell, rest)| {
                    cell.append_wrapped(rest);
                });
            }
            None => {
                rows.push(next);
                last.fill(0);
            }
        }
        cells.iter().for_each(|cell| last[column(&starts, cell.at)] = cell.wide);
    }
    parts.extend(rows.into_iter().map(Part::Row));
    used
}

/// Tells whether a line is one more of a table: as many of its cells stand below others as do not, and at least two.
fn goes_on(starts: &[usize], cells: &[Cell]) -> bool {
    let fitting = cells.iter().filter(|cell| fits(starts, cell)).count();
    match cells {
        [only] => fits(starts, only) && column(starts, only.at) > 0,
        _ => fitting >= 2 && fitting * 2 >= cells.len(),
    }
}

/// Tells whether the second line parts the columns of a header, as the third line shows.
fn is_second(starts: &[usize], second: &[Cell], lines: &[Line<'_>]) -> bool {
    let Some(third) = lines.get(2).map(|line| cells(line.text)) else { return false };
    let below: Vec<usize> = third.iter().map(|cell| cell.at).collect();
    second.len() >= 2
        && second[0].at > starts[0] + SLACK
        && second.iter().all(|cell| fits(&below, cell))
        && goes_on(starts, &third)
}

fn fits(starts: &[usize], cell: &Cell) -> bool {
    !starts.is_empty() && cell.at.abs_diff(starts[column(starts, cell.at)]) <= SLACK
}

/// Columns of what a text opens with that no line end parts: a word, or one wide character.
fn unbroken(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_graphic());
    if rest.len() < text.len() { text.len() - rest.len() } else { 2 }
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
            let joined = |cell: &&mut Cell| {
                // `陈　一`, `姓　名`
                let spread =
                    cell.wide == 2 && &text[cell.to..from] == "\u{3000}" && is_word_end(&text[end..]);
                blank < GAP || spread
            };
            match cells.last_mut().filter(joined) {
                Some(cell) => (cell.to, cell.wide) = (end, at + columns - cell.at),
                None => cells.push(Cell { at, from, to: end, wide: columns }),
            }
            blank = 0;
        }
        at += columns;
    }
    cells
}

fn is_word_end(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
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
    fn cells_may_span_rows_and_columns() {
        for (text, want) in [
            (
                "第1完成人  姓名        陈一    性别  男
           工作单位    甲大学附属医院
           主要贡献    提出方法。
第2完成人  姓名        李二    性别  女",
                &[
                    "第1完成人|姓名|陈一|性别|男",
                    "|工作单位|甲大学附属医院||",
                    "|主要贡献|提出方法。||",
                    "第2完成人|姓名|李二|性别|女",
                ][..],
            ),
            (
                "排名  姓　名  个人信息          贡献
              职称      职务
1     陈　一  教授      院长    提出方法。",
                &["排名|姓　名|个人信息||贡献", "||职称|职务|", "1|陈　一|教授|院长|提出方法。"],
            ),
            (
                "      第一完成人  第二完成人  第三完成人
姓名  陈一        李二        王三",
                &["|第一完成人|第二完成人|第三完成人", "姓名|陈一|李二|王三"],
            ),
        ] {
            let (_, rows) = read(text);
            assert_eq!(rows.iter().map(|row| row.join("|")).collect::<Vec<_>>(), want);
        }
    }

    #[test]
    fn other_lines_are_left_alone() {
        for text in [
            "姓名：陈一  排名：1  职称：教授\n姓名：李二  排名：2  职称：讲师",
            "一行  字",
            "甲    乙    丙\n正文在这里。",
        ] {
            assert_eq!(read(text).0, 0, "{text}");
        }
    }
}
