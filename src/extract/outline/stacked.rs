mod header;
mod starts;
#[cfg(test)]
mod tests;

pub(super) use self::header::paragraph;
use self::{
    header::{StackedHeader, may_begin, stacked_header},
    starts::row_starts,
};
use super::{Open, Walker, row_marks::is_total};
use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon, Names},
        table::Columns,
    },
    source::Block,
    text::{Passage, parse_integer},
};

/// No row has more lines, however its cells are broken.
const MOST_LINES: usize = 80;

/// A table whose cells stand one below the other, as it is left when a page is copied as text.
impl Walker {
    /// Reads such a table at the head of `blocks`; tells how many of them it has used.
    ///
    /// `first` is what the first of them names.
    pub(super) fn stacked(&mut self, blocks: &[Block], first: &Names) -> Option<usize> {
        if first.of_record().next().is_none() && !may_begin(blocks) {
            return None;
        }
        let StackedHeader { lines, columns, is_broken } = stacked_header(blocks)?;
        let cells = cells(&blocks[lines..], &blocks[..lines], &columns);
        let texts: Vec<&Passage> = cells.iter().map(|(_, text)| *text).collect();
        let rows = rows(&columns, &texts);
        let count = rows.iter().map(Vec::len).sum::<usize>();
        let used = lines + cells.get(count.checked_sub(1)?)?.0 + 1;
        self.finish_row();
        self.finish_item();
        self.current = columns.entity;
        self.columns = Some(columns.clone());
        self.open = Open::Nothing;
        for row in rows {
            let (row, told) = told_below(&columns, &row);
            match columns.gather_wrapped(row).filter(|_| is_broken || row.len() != columns.width()) {
                Some(cells) => self.record(columns.entity, &cells),
                None => self.cells(row),
            }
            if let Some(told) = told {
                let told = self.before_ignored(&told);
                self.set(columns.entity, Field::Contribution, &told);
            }
        }
        self.columns = None;
        Some(used)
    }
}

/// `姓名⏎排名⏎职称⏎陈一⏎1⏎教授⏎对本项目的贡献⏎提出方法。`: the cells of a row, and what stands below the label that follows them.
fn told_below<'r>(columns: &Columns, row: &'r [Passage]) -> (&'r [Passage], Option<Passage>) {
    let label = (columns.entity, Field::Contribution);
    let is_label = |cell: &Passage| Lexicon::get().label(cell.text()).contains(&label);
    let at = row.iter().position(is_label).filter(|_| !columns.names_field(Field::Contribution));
    let Some(at) = at.filter(|at| at * 2 >= columns.width()) else { return (row, None) };
    let mut told = Passage::default();
    row[at + 1..].iter().for_each(|line| told.append_wrapped(line));
    (&row[..at], Some(told).filter(|told| !told.is_blank()))
}

/// Tells whether `blocks` begin with the lines of the header.
pub(super) fn repeats(header: &[Block], blocks: &[Block]) -> bool {
    let text = |block| paragraph(block).map(Passage::text);
    header.len() <= blocks.len() && header.iter().zip(blocks).all(|(name, block)| text(name) == text(block))
}

/// The cells below a header, each with its place; the header that each page repeats is none of them.
fn cells<'a>(blocks: &'a [Block], header: &[Block], columns: &Columns) -> Vec<(usize, &'a Passage)> {
    let mut cells: Vec<(usize, &Passage)> = Vec::new();
    // The cell that numbers the last row seen, and its number.
    let (mut start, mut number) = (0, 0);
    let behind = columns.number_at();
    let is_numbered = behind.is_some();
    let mut at = 0;
    while let Some(text) = blocks.get(at).and_then(paragraph) {
        if repeats(header, &blocks[at..]) {
            at += header.len();
            // Another list begins.
            let next = blocks.get(at + behind.unwrap_or_default()).and_then(paragraph);
            if next.is_none_or(|text| parse_integer(text.text()) == Some(1)) {
                break;
            }
            continue;
        }
        if ends_table(text.text(), columns.entity) {
            break;
        }
        if is_numbered && parse_integer(text.text()) == Some(number + 1) {
            (start, number) = (cells.len(), number + 1);
        } else if is_numbered && cells.len() > start + MOST_LINES {
            break;
        }
        cells.push((at, text));
        at += 1;
    }
    cells
}

/// The name of another section, a field of the dossier or the foot of the notice; a cell of a table of rights
/// may say `发明专利`.
pub(super) fn ends_table(text: &str, entity: Entity) -> bool {
    let lexicon = Lexicon::get();
    // `推广应用。` says what somebody did.
    if text.trim_end().ends_with('。') {
        return lexicon.is_foot(text);
    }
    if is_total(text) || ["注：", "注:", "备注：", "备注:"].iter().any(|note| text.starts_with(note))
    {
        return true;
    }
    let names = lexicon.names(text);
    names.section.is_some_and(|section| section.entity() != Some(entity))
        || names.meanings.iter().any(|(entity, _)| *entity == Entity::Dossier)
        || lexicon.is_foot(text)
}

/// Cuts the cells into rows: where the rows are numbered, at the numbers, else by the count of columns.
fn rows(columns: &Columns, cells: &[&Passage]) -> Vec<Vec<Passage>> {
    let width = columns.width();
    let starts: Vec<usize> = match columns.number_at() {
        Some(behind) => row_starts(columns, cells, behind),
        None => (0..cells.len() / width).map(|row| row * width).collect(),
    };
    if starts.first().is_some_and(|&first| first != 0) {
        return Vec::new();
    }
    // A last row is as long as the longest before it, where lines have broken the cells.
    let longest = starts.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(width).max(width);
    let last = starts.last().map_or(0, |&start| (start + longest).min(cells.len()));
    let ends = starts.iter().skip(1).copied().chain([last]);
    let rows = starts.iter().zip(ends);
    rows.map(|(&from, to)| cells[from..to].iter().map(|cell| (*cell).clone()).collect()).collect()
}
