use super::{Columns, fit};
use crate::{
    extract::{lexicon::Field, listing::is_person_name},
    text::{Passage, parse_integer},
};

/// Which cell of a row belongs to which column.
impl Columns {
    /// The cells of a row under their columns, and whether they had to be moved there.
    ///
    /// A row with fewer cells than columns lost one where two cells were merged or one was left out:
    /// the assignment whose values fit their columns best is taken.
    pub(in crate::extract) fn assign(&self, row: &[Passage]) -> (Vec<(Field, Passage)>, bool) {
        let width = self.fields.len();
        let mut cells = row.to_vec();
        while cells.len() > width && cells.last().is_some_and(Passage::is_blank) {
            cells.pop();
        }
        if cells.len() > width {
            cells = self.squeeze(cells);
        }
        if let Some(at) = self.turned_round(&cells) {
            cells.swap(at, at + 1);
            return (self.named(cells), true);
        }
        let shifted = cells.len() < width && !self.fits_from_the_left(&cells);
        let cells = if shifted { self.align(&cells) } else { cells };
        (self.named(cells), shifted)
    }

    /// `姓名 | 排名` above `11 | 陈一`: where a number and a name stand in the other order than their columns.
    fn turned_round(&self, cells: &[Passage]) -> Option<usize> {
        // Of a row that has lost a cell, a number may be of another column.
        if cells.len() != self.fields.len() {
            return None;
        }
        let is_rank = |cell: &Passage| parse_integer(cell.text().trim()).is_some_and(|rank| rank < 100);
        let is_turned = |at: &usize| match self.fields[*at..*at + 2] {
            [Some(Field::Name), Some(Field::Rank | Field::Number)] => {
                is_rank(&cells[*at]) && is_person_name(cells[*at + 1].text())
            }
            [Some(Field::Rank | Field::Number), Some(Field::Name)] => {
                is_person_name(cells[*at].text()) && is_rank(&cells[*at + 1])
            }
            _ => false,
        };
        (0..cells.len().saturating_sub(1)).find(is_turned)
    }

    fn fits_from_the_left(&self, cells: &[Passage]) -> bool {
        let fits = |(field, cell): (&Option<Field>, &Passage)| {
            cell.is_blank() || field.is_none_or(|field| fit(field, cell.text()) > 0.0)
        };
        self.fields.iter().zip(cells).all(fits)
    }

    /// Too many cells: empty ones go first, what is left over joins the last column.
    fn squeeze(&self, cells: Vec<Passage>) -> Vec<Passage> {
        let mut surplus = cells.len() - self.fields.len();
        let mut kept: Vec<Passage> = Vec::with_capacity(self.fields.len());
        for cell in cells {
            if surplus > 0 && cell.is_blank() {
                surplus -= 1;
            } else if kept.len() == self.fields.len() {
                if let Some(last) = kept.last_mut() {
                    last.append_wrapped(&cell);
                }
            } else {
                kept.push(cell);
            }
        }
        kept
    }

    /// The best assignment of fewer cells to the columns, by dynamic programming over
    /// (columns done, cells used).
    fn align(&self, cells: &[Passage]) -> Vec<Passage> {
        #[derive(Clone, Copy)]
        enum Step {
            Take,
            Skip,
            Split(usize),
        }
        let (columns, count) = (self.fields.len(), cells.len());
        let mut best = vec![vec![(f64::NEG_INFINITY, Step::Skip); count + 1]; columns + 1];
        best[0][0].0 = 0.0;
        for column in 0..columns {
            for used in 0..=count {
                let score = best[column][used].0;
                if score == f64::NEG_INFINITY {
                    continue;
                }
                let fit_at = |at: usize, text: &str| {
                    self.fields.get(at).copied().flatten().map_or(0.0, |field| fit(field, text))
                };
                let mut improve = |column: usize, used: usize, score: f64, step: Step| {
                    if score > best[column][used].0 {
                        best[column][used] = (score, step);
                    }
                };
                improve(column + 1, used, score - 0.4, Step::Skip);
                let Some(cell) = cells.get(used) else { continue };
                improve(column + 1, used + 1, score + fit_at(column, cell.text()), Step::Take);
                // A cell that suits its column as a whole holds one value.
                let merged = fit_at(column, cell.text()) <= 0.0 && column + 2 <= columns;
                if let (Some(at), true) = (trailing_number(cell.text()), merged) {
                    let (left, right) = cell.text().split_at(at);
                    let both = fit_at(column, left) + fit_at(column + 1, right) - 0.2;
                    improve(column + 2, used + 1, score + both, Step::Split(at));
                }
            }
        }
        let mut assigned = vec![Passage::default(); columns];
        let (mut column, mut used) = (columns, count);
        while column > 0 {
            match best[column][used].1 {
                Step::Skip => column -= 1,
                Step::Take => {
                    (column, used) = (column - 1, used - 1);
                    assigned[column] = cells[used].clone();
                }
                Step::Split(at) => {
                    (column, used) = (column - 2, used - 1);
                    assigned[column] = cells[used].slice(0..at).trimmed();
                    assigned[column + 1] = cells[used].slice(at..cells[used].text().len()).trimmed();
                }
            }
        }
        assigned
    }
}

/// Where a number at the end of a cell starts, if something stands before it.
fn trailing_number(text: &str) -> Option<usize> {
    let at = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let at = at + (text[at..].len() - text[at..].trim_start_matches('.').len());
    (at > 0 && at < text.len()).then_some(at)
}
