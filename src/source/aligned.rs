#[cfg(test)]
mod tests;
mod touching;

use std::collections::HashMap;

use super::{Part, Row, assemble::begins_item, lines::Line, markup::without_tags};
use crate::text::{Passage, is_han, width};

/// How far, in columns of text, the cells of a column may stand apart.
const SLACK: usize = 2;

/// White space of so many columns parts two cells.
const GAP: usize = 2;

/// No table of a notice has more columns; every row has a cell for each.
const MOST: usize = 64;

/// Longer tables are taken for such, whatever follows them.
const MOST_MOVED: usize = 50;

/// The rest of a name that a line end has cut has no more columns.
const MOST_OF_NAME: usize = 8;

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
        let cells = touching::parted(cells(line.text), &grid[0], line.text);
        let is_line = goes_on(&starts, &cells)
            || at == 1 && is_second(&starts, &cells, lines)
            || is_rest_of_label(&starts, &grid, &cells, [&lines[at - 1], line])
            || touching::is_rest_of_side(&starts, &grid, &cells, &lines[..=at]);
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
    // `1．甲装置  ZL…  授权日：⏎2020-11-03  发明人：…`: numbered items that a line end has cut.
    let is_item = |(cells, line): (&Vec<Cell>, &Line<'_>)| {
        let first = cells.first().filter(|cell| column(&starts, cell.at) == 0);
        first.map(|cell| begins_item(&line.text[cell.from..cell.to]))
    };
    let mut items = grid.iter().zip(lines).filter_map(is_item);
    if items.next() == Some(true) && items.any(|is_item| !is_item) {
        return 0;
    }
    let used = grid.len();
    // A row whose cells have been moved: the lines are read by what they say. Long tables are not tried again for
    // each of their lines.
    // One that opens as the first does begins another form.
    let is_moved = lines.get(used).is_some_and(|line| {
        !line.is_tabbed()
            && is_parted(line.text)
            && !touching::opens_alike(&grid[0], lines[0].text, line.text)
    });
    if used < 2 || is_moved && used < MOST_MOVED {
        return 0;
    }
    // Columns of text that a cell can take; in the last column, as many as the widest has.
    let mut rooms: Vec<usize> =
        starts.windows(2).map(|pair| pair[1] - pair[0] - GAP.min(pair[1] - pair[0])).collect();
    let widest = |cell: &&Cell| column(&starts, cell.at) + 1 == starts.len();
    rooms.push(grid.iter().flatten().filter(widest).map(|cell| cell.wide).max().unwrap_or(0));
    let counting = counting(&starts, &grid[..], lines);
    // Where blank lines part the rows, the number of one may stand beside its middle.
    // In a row behind the first, where the header cannot be meant, at least one must stand so.
    let is_first_line = |pair: &[Vec<Cell>], counting: usize| {
        let counts = |cells: &Vec<Cell>| cells.iter().any(|cell| column(&starts, cell.at) == counting);
        !counts(&pair[0]) && counts(&pair[1])
    };
    let are_centred = !lines[1].is_apart()
        && counting.is_some_and(|counting| {
            let mut pairs = grid.windows(2).zip(lines.windows(2)).skip(1);
            pairs.any(|(cells, lines)| {
                lines[0].is_apart() && !lines[1].is_apart() && is_first_line(cells, counting)
            })
        });
    let mut rows: Vec<Row> = Vec::new();
    // The columns of text in the last line of each cell of the row.
    let mut last = vec![0; starts.len()];
    for (cells, line) in grid.iter().zip(lines) {
        let next = row(&starts, cells, line);
        let above = rows.last();
        let is_rest = |cell: &Cell| {
            let place = column(&starts, cell.at);
            let text = &line.text[cell.from..cell.to];
            // `艾尼瓦尔·吐⏎尔逊`
            let of_name = || {
                let above = above.map_or("", |above| above[place].text());
                cells.len() == 1 && cell.wide <= MOST_OF_NAME && above.contains('·') && !above.ends_with('·')
            };
            last[place] > 0 && (last[place] + unbroken(text) > rooms[place] || of_name())
        };
        let begins = cells.first().is_none_or(|cell| column(&starts, cell.at) == 0);
        // Where one column counts the rows, a line without a number is the rest of one.
        let is_uncounted = counting.is_some_and(|counting| {
            let counted = above.is_some_and(|above| is_number(above[counting].text()));
            counted && next[counting].is_blank()
        });
        // Behind a blank line, where the lines of a row stand close, another row begins.
        let is_near = !line.is_apart() || lines[1].is_apart();
        let is_middle = are_centred
            && counting.is_some_and(|counting| {
                above.is_some_and(|above| above[counting].is_blank()) && is_number(next[counting].text())
            });
        let wrapped = is_near && (is_uncounted || is_middle || !begins && cells.iter().all(is_rest));
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
    // A cell below the first of two reaches below the second.
    let reaches = |at: usize| {
        grid[1..]
            .iter()
            .flatten()
            .any(|cell| column(&starts, cell.at) + 1 == at && cell.at + cell.wide > starts[at])
    };
    close_spread(&mut rows, reaches);
    parts.extend(rows.into_iter().map(Part::Row));
    used
}

/// Makes one column of `姓 | 名`, where what stands below the first reaches below the second, as names do. Nothing stands
/// below 期 either where no paper has one.
fn close_spread(rows: &mut [Row], reaches: impl Fn(usize) -> bool) {
    let columns = rows.first().map_or(0, Vec::len);
    for at in (1..columns).rev() {
        let [head, body @ ..] = &mut *rows else { return };
        let is_spread = head[at - 1].is_one_han() && head[at].is_one_han() && !body.is_empty();
        if is_spread && body.iter().all(|row| row[at].is_blank()) && reaches(at) {
            let rest = head.remove(at);
            head[at - 1].append("", &rest);
            body.iter_mut().for_each(|row| drop(row.remove(at)));
        }
    }
}

/// The column, one of the first two, whose cells count the rows 1, 2, 3 behind the header. The lines below those of a
/// form, whose records begin with a number too, have labels, the same ones for each.
fn counting(starts: &[usize], grid: &[Vec<Cell>], lines: &[Line<'_>]) -> Option<usize> {
    let text = |line: usize, cell: &Cell| &lines[line].text[cell.from..cell.to];
    (0..starts.len().min(2)).find(|&place| {
        let mut numbers: Vec<u32> = Vec::new();
        // How the lines without a number begin, by the number before them.
        let mut openings: Vec<(usize, &str)> = Vec::new();
        for (line, cells) in grid.iter().enumerate() {
            match cells.iter().find(|cell| column(starts, cell.at) == place) {
                Some(cell) => match text(line, cell).parse() {
                    Ok(number) => numbers.push(number),
                    Err(_) if line == 0 => {}
                    Err(_) => return false,
                },
                None => openings.extend(cells.first().map(|cell| (numbers.len(), text(line, cell)))),
            }
        }
        let counts =
            numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
        let mut first: HashMap<&str, usize> = HashMap::new();
        let again =
            openings.iter().filter(|(record, opening)| *first.entry(*opening).or_insert(*record) != *record);
        let again = again.count();
        counts && again * 4 <= openings.len()
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Tells whether a line is one more of a table: as many of its cells stand below others as do not, and at least two.
fn goes_on(starts: &[usize], cells: &[Cell]) -> bool {
    let fitting = cells.iter().filter(|cell| fits(starts, cell)).count();
    match cells {
        [only] => fits(starts, only) && column(starts, only.at) > 0,
        _ => fitting >= 2 && fitting * 2 >= cells.len(),
    }
}

/// Tells whether a line is the rest of a label in the first column, right below its first line: `对本项目⏎的贡献`,
/// `对本项目的⏎贡献`.
fn is_rest_of_label(starts: &[usize], grid: &[Vec<Cell>], cells: &[Cell], lines: [&Line<'_>; 2]) -> bool {
    /// The label above and its rest have no more columns.
    const COLUMNS: usize = 10;
    let ([only], Some([above, _, ..])) = (cells, grid.last().map(Vec::as_slice)) else { return false };
    let is_short = |cell: &Cell| cell.wide <= COLUMNS && column(starts, cell.at) == 0;
    let [label, rest] =
        [(above, lines[0]), (only, lines[1])].map(|(cell, line)| &line.text[cell.from..cell.to]);
    !lines[1].is_apart()
        && only.at == above.at
        && is_short(only)
        && is_short(above)
        && (rest.starts_with('的') || label.ends_with('的'))
        && rest.chars().all(is_han)
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
                // `陈　一`, `姓　名`; `刘  洋` where wider gaps part it from others
                let gap = &text[cell.to..from];
                let is_narrow = || gap == "  " && is_set_off(&text[..cell.from], &text[end..]);
                let spread =
                    cell.wide == 2 && is_word_end(&text[end..]) && (gap == "\u{3000}" || is_narrow());
                blank < GAP || spread || is_spread_form(&text[cell.from..cell.to], gap, &text[from..])
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

/// Tells whether gaps that are wider than the narrowest one, or the ends of the line, stand around a cell.
fn is_set_off(before: &str, after: &str) -> bool {
    let is_wide = |rest: &str, text: &str| rest.is_empty() || text.len() - rest.len() > GAP;
    is_wide(before.trim_end(), before) && is_wide(after.trim_start(), after)
}

/// `姓    名：刘    洋`: a line of a form, whose labels and names are spread to one width.
fn is_spread_form(cell: &str, gap: &str, rest: &str) -> bool {
    let is_mark = |c: char| matches!(c, '：' | ':');
    let is_one_han = |text: &str| text.starts_with(is_han) && text.chars().count() == 1;
    let next = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    let of_label = is_one_han(cell) && next.starts_with(is_mark);
    let of_name = || {
        let value = cell.rsplit(is_mark).next().filter(|value| value.len() < cell.len());
        let is_set_off = next.trim().is_empty() || next.len() - next.trim_start().len() > gap.len();
        value.is_some_and(is_one_han) && is_set_off
    };
    rest.starts_with(is_han) && (of_label || of_name())
}

fn is_word_end(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
}
