use super::{Cell, GAP, SLACK, cells, column};
use crate::{
    source::lines::Line,
    text::{is_han, width},
};

/// No line of a label that its column has cut has more columns.
const NARROW: usize = 10;

/// Parts cells that are so full that one blank only stands before the next, where the header has a cell.
pub(super) fn parted(cells: Vec<Cell>, head: &[Cell], text: &str) -> Vec<Cell> {
    let mut parted: Vec<Cell> = Vec::new();
    for cell in cells {
        let (from, at, to) = (cell.from, cell.at, cell.to);
        parted.push(cell);
        let mut here = at;
        for (byte, c) in text[from..to].char_indices() {
            let byte = from + byte;
            let joint = is_joint(text, byte) && head.iter().any(|name| name.at == here);
            if let (true, Some(last)) = (joint, parted.last_mut())
                && here > last.at + SLACK
            {
                last.to = byte - 1;
                last.wide = width(&text[last.from..last.to]);
                parted.push(Cell { at: here, from: byte, to, wide: width(&text[byte..to]) });
            }
            here += width(c.encode_utf8(&mut [0; 4]));
        }
    }
    parted
}

/// Tells whether a line has as many cells as the first, and the same label in each second one.
pub(super) fn opens_alike(head: &[Cell], first: &str, line: &str) -> bool {
    let next = cells(line);
    let labels = head.iter().zip(&next).step_by(2);
    head.len() == next.len()
        && labels.clone().count() > 1
        && labels.clone().all(|(a, b)| first[a.from..a.to] == line[b.from..b.to])
}

/// Tells whether one blank stands before a byte, and Han beside it: within a name in Latin letters it means nothing.
fn is_joint(text: &str, at: usize) -> bool {
    let before = text[..at].strip_suffix(' ');
    before.is_some_and(|before| {
        (before.ends_with(is_han) || text[at..].starts_with(is_han)) && !text[at..].starts_with(' ')
    })
}

/// Tells whether a line is one more of a label that its narrow column has cut: `对本项⏎目贡献`, beside text that runs through
/// the columns of the lines above.
pub(super) fn is_rest_of_side(
    starts: &[usize],
    grid: &[Vec<Cell>],
    cells: &[Cell],
    lines: &[Line<'_>],
) -> bool {
    let ([only], Some((line, above))) = (cells, lines.split_last()) else { return false };
    let is_piece = |cell: &Cell, line: &Line<'_>| {
        column(starts, cell.at) == 0
            && cell.wide <= NARROW
            && line.text[cell.from..cell.to].chars().all(is_han)
    };
    if !is_piece(only, line) || line.is_apart() && !line.opens_page {
        return false;
    }
    // All lines but the last fill the column.
    let wide = grid.last().and_then(|cells| cells.first()).map_or(0, |cell| cell.wide);
    let begun = grid.iter().zip(above).rev().take_while(|(cells, line)| {
        let is_full = |cell: &Cell| cell.at == only.at && cell.wide == wide && is_piece(cell, line);
        cells.len() <= 2 && cells.first().is_some_and(is_full)
    });
    let spans = |cells: &[Cell]| {
        let [_, said] = cells else { return false };
        let next = starts.get(column(starts, said.at) + 1);
        next.is_some_and(|&next| said.at + said.wide > next + GAP)
    };
    only.wide <= wide && begun.into_iter().any(|(cells, _)| spans(cells))
}
