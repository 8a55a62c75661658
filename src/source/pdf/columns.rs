use super::{
    geometry::Rect,
    habits::Habits,
    line::{Line, Measure},
    table::{Cell, Table},
};

/// Fewest lines in columns that are a table without rulings.
const MIN_LINES: usize = 3;
/// A gap between columns, in ems of the text, that is no gap between words.
const MIN_GAP: f64 = 0.8;

/// The same before a place where several lines begin.
const START_GAP: f64 = 0.35;

/// Points by which text that begins at the same place may differ.
const NEAR: f64 = 1.0;

/// Lines above that tell where the columns begin.
const REACH: usize = 6;

/// What stands on a page, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Line(Line),
    Table(Table),
}

/// Turns lines that stand in columns into tables.
pub(super) fn columns(lines: Vec<Line>, habits: Habits) -> Vec<Item> {
    let mut items = Vec::new();
    let mut run: Vec<Line> = Vec::new();
    for line in lines {
        let is_apart = run.last().is_some_and(|last| line.y - last.y > 4.0 * line.size.max(last.size));
        let stands_in = line.pieces.len() > 1 || continues(&run, &line);
        if is_apart || !stands_in {
            end(&mut run, &mut items, habits);
        }
        if stands_in && !(is_apart && line.pieces.len() == 1) {
            run.push(line);
        } else {
            items.push(Item::Line(line));
        }
    }
    end(&mut run, &mut items, habits);
    items
}

/// A line of one piece is the rest of a cell where it stays within the reach of one column above it.
fn continues(run: &[Line], line: &Line) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.6 * line.size;
    // The line above may have nothing in this column any more.
    let parted = || run.iter().rev().filter(|line| line.pieces.len() > 1).take(REACH);
    // `完成⏎人`: the rest of a cell of the first column is short, and right below the line above.
    let is_first = run.last().is_some_and(|last| {
        line.y - last.y < 1.6 * line.size
            && parted().next().is_some_and(|above| {
                above.pieces.len() >= 3
                    && near(above.pieces[0].x0, line.x0)
                    && above.pieces[0].x1 >= line.x1 - 0.5 * line.size
                    && line.x1 < above.pieces[1].x0
            })
    });
    if is_first {
        return true;
    }
    // The first column alone would be a paragraph as well as a cell.
    let begins =
        parted().any(|line_above| line_above.pieces.iter().skip(1).any(|piece| near(piece.x0, line.x0)));
    let widest = parted().map(|line| line.x1 - line.x0).fold(0.0, f64::max);
    begins && line.x1 - line.x0 < 0.7 * widest
}

fn end(run: &mut Vec<Line>, items: &mut Vec<Item>, habits: Habits) {
    let lines = std::mem::take(run);
    match table(&lines, habits) {
        Some(table) => items.push(Item::Table(table)),
        None => items.extend(lines.into_iter().map(Item::Line)),
    }
}

/// Reads lines as a table where the same gaps run through all of them.
fn table(lines: &[Line], habits: Habits) -> Option<Table> {
    let parted = lines.iter().filter(|line| line.pieces.len() > 1).count();
    if parted < MIN_LINES {
        return None;
    }
    let starts = starts(lines);
    let split = |lines: &[Line], is_start: &dyn Fn(f64) -> bool| -> Vec<Line> {
        let part = |line: &Line| {
            let pieces = line.pieces.iter().flat_map(|piece| piece.parted(is_start)).collect();
            Line { pieces, ..line.clone() }
        };
        lines.iter().map(part).collect()
    };
    let is_start = |x: f64| starts.iter().any(|start| (start - x).abs() < NEAR);
    let reach = reaches(&split(lines, &is_start), is_start);
    let lines = &split(lines, &|x| reach.iter().any(|(left, _)| (left - x).abs() < NEAR))[..];
    let most = lines.iter().map(|line| line.pieces.len()).max()?;
    // Columns that some line crosses are none: two labels on a line happen to stand side by side.
    if reach.len() < 2 || reach.len() * 3 < most * 2 {
        return None;
    }
    let column_of = |x0: f64| reach.partition_point(|(left, _)| *left <= x0 + 0.1).saturating_sub(1);
    let gaps: Vec<f64> = lines.windows(2).map(|pair| pair[1].y - pair[0].y).collect();
    let least = gaps.iter().copied().fold(f64::MAX, f64::min);
    let spread = gaps.iter().any(|gap| *gap > 1.3 * least) && gaps.iter().any(|gap| *gap < 1.15 * least);
    let mut rows: Vec<Vec<Vec<Line>>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let mut cells: Vec<Vec<Line>> = vec![Vec::new(); reach.len()];
        for piece in &line.pieces {
            let own = Line {
                x0: piece.x0,
                x1: piece.x1,
                text: piece.text.clone(),
                head: piece.head,
                pieces: Vec::new(),
                ..line.clone()
            };
            // `李　明`: a blank within a cell.
            match cells[column_of(piece.x0)].last_mut() {
                Some(cell) => {
                    cell.text.push('\u{3000}');
                    cell.text.push_str(&own.text);
                    cell.x1 = own.x1;
                }
                None => cells[column_of(piece.x0)].push(own),
            }
        }
        // Where rows are set apart, what is not is one row; else a row begins with its first cell.
        let begins = match at.checked_sub(1).map(|before| gaps[before]) {
            None => true,
            Some(gap) if spread => gap > 1.25 * least,
            Some(_) => !cells[0].is_empty(),
        };
        match rows.last_mut() {
            Some(row) if !begins => row.iter_mut().zip(cells).for_each(|(cell, more)| cell.extend(more)),
            _ => rows.push(cells),
        }
    }
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().zip(&reach).map(|(lines, (left, right))| {
            let measure = Measure { left: *left, right: *right, habits };
            Cell { left: *left, right: *right, rows: 1, paragraphs: measure.paragraphs(&lines) }
        });
        cells.collect()
    });
    let bounds =
        Rect { x0: reach.first()?.0, y0: lines.first()?.y, x1: reach.last()?.1, y1: lines.last()?.y };
    Some(Table { bounds, rows: rows.collect() })
}

/// Where text begins, in points from the left, in several lines: at their left, or behind a gap.
fn starts(lines: &[Line]) -> Vec<f64> {
    let begins = |line: &Line| -> Vec<f64> {
        let pieces = line
            .pieces
            .iter()
            .flat_map(|piece| std::iter::once(piece.x0).chain(piece.breaks.iter().map(|gap| gap.edges.1)));
        pieces.collect()
    };
    let mut all: Vec<f64> = lines.iter().flat_map(begins).collect();
    all.sort_by(f64::total_cmp);
    let mut starts = Vec::new();
    let mut from = 0;
    for at in 1..=all.len() {
        if at == all.len() || all[at] - all[at - 1] > NEAR {
            if at - from >= MIN_LINES {
                starts.push(all[from]);
            }
            from = at;
        }
    }
    starts
}

/// The stretches from left to right that the text of some line covers, gaps between words closed; one begins
/// where `is_start` says so.
fn reaches(lines: &[Line], is_start: impl Fn(f64) -> bool) -> Vec<(f64, f64)> {
    let size = lines.iter().map(|line| line.size).fold(0.0, f64::max);
    let mut pieces: Vec<(f64, f64)> =
        lines.iter().flat_map(|line| &line.pieces).map(|piece| (piece.x0, piece.x1)).collect();
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut reaches: Vec<(f64, f64)> = Vec::new();
    for (x0, x1) in pieces {
        match reaches.last_mut() {
            Some(last) if x0 - last.1 < if is_start(x0) { START_GAP } else { MIN_GAP } * size => {
                last.1 = last.1.max(x1);
            }
            _ => reaches.push((x0, x1)),
        }
    }
    reaches
}

#[cfg(test)]
mod tests {
    use super::{
        super::line::{lines, tests::set},
        *,
    };

    /// Rows with bars, lines as they are; each text with its place from the left.
    fn shown(rows: &[&[(&str, f64)]], step: f64) -> Vec<String> {
        let glyphs = rows
            .iter()
            .enumerate()
            .flat_map(|(n, row)| row.iter().flat_map(move |(text, x)| set(text, *x, 20.0 + step * n as f64)));
        let shown = columns(lines(glyphs.collect(), Habits::default()), Habits::default())
            .into_iter()
            .flat_map(|item| match item {
                Item::Line(line) => vec![line.text],
                Item::Table(table) => {
                    let row = |row: &Vec<Cell>| {
                        row.iter().map(|cell| cell.paragraphs.join("+")).collect::<Vec<_>>().join("|")
                    };
                    table.rows.iter().map(row).collect()
                }
            });
        shown.collect()
    }

    #[test]
    fn aligned_gaps_are_columns() {
        for (rows, want) in [
            (
                &[
                    &[("姓名", 0.0), ("单位", 100.0)][..],
                    &[("陈一", 0.0), ("甲医院", 100.0)],
                    &[("李二", 0.0), ("乙医院", 100.0)],
                ][..],
                &["姓名|单位", "陈一|甲医院", "李二|乙医院"][..],
            ),
            // The rest of a cell on a line of its own.
            (
                &[
                    &[("姓名", 0.0), ("单位", 100.0)],
                    &[("陈一", 0.0), ("甲乙丙丁", 100.0)],
                    &[("医院", 100.0)],
                    &[("李二", 0.0), ("乙医院", 100.0)],
                ],
                &["姓名|单位", "陈一|甲乙丙丁医院", "李二|乙医院"],
            ),
            // A full cell is near to the next, which begins where others do.
            (
                &[
                    &[("姓名", 0.0), ("职务", 60.0), ("单位", 138.0)],
                    &[("陈一", 0.0), ("甲乙丙丁戊己庚", 60.0), ("甲医院", 138.0)],
                    &[("李二", 0.0), ("院长", 60.0), ("乙医院", 138.0)],
                ],
                &["姓名|职务|单位", "陈一|甲乙丙丁戊己庚|甲医院", "李二|院长|乙医院"],
            ),
            // The rest of a cell of the first column stands alone.
            (
                &[
                    &[("完成", 0.0), ("陈一", 50.0), ("李二", 120.0)],
                    &[("人", 0.0)],
                    &[("职称", 0.0), ("教授", 50.0), ("讲师", 120.0)],
                    &[("单位", 0.0), ("甲医院", 50.0), ("乙医院", 120.0)],
                ],
                &["完成|陈一|李二", "人||", "职称|教授|讲师", "单位|甲医院|乙医院"],
            ),
            // Two of them are no table, nor are gaps that do not stand below each other.
            (
                &[&[("姓名：陈一", 0.0), ("排名：1", 100.0)], &[("姓名：李二", 0.0), ("排名：2", 100.0)]],
                &["姓名：陈一   排名：1", "姓名：李二   排名：2"],
            ),
            (
                &[
                    &[("甲乙丙丁", 0.0), ("戊", 60.0)],
                    &[("甲", 0.0), ("乙丙丁戊己庚", 30.0)],
                    &[("甲乙丙丁戊己庚", 0.0), ("辛", 90.0)],
                ],
                &["甲乙丙丁   戊", "甲   乙丙丁戊己庚", "甲乙丙丁戊己庚   辛"],
            ),
        ] {
            assert_eq!(shown(rows, 15.0), want);
        }
    }
}
