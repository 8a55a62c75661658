//! Where the rows begin of a table whose cells stand one below the other.

use std::collections::HashMap;

use super::MOST_LINES;
use crate::{
    extract::table::Columns,
    text::{Passage, parse_integer},
};

/// So much better the cells must suit their columns where a number is not the next one, but one further down.
const BETTER: f64 = 0.5;

/// A number that stands more often says nothing of the rows.
const MOST_PLACES: usize = 6;

/// The first cells of the rows, whose numbers stand `behind` cells further. What a line end cuts off, and a count, may be
/// taken for the next number: `10.1000/j.2021.5842⏎4`. Of several ways the one is taken whose cells suit their columns.
pub(super) fn row_starts(columns: &Columns, cells: &[&Passage], behind: usize) -> Vec<usize> {
    let near = nearest(columns, cells, behind);
    let places = places(cells, behind, near.len() + 1);
    let is_first = cells.get(behind).is_some_and(|cell| parse_integer(cell.text()) == Some(1));
    let is_sure = !is_first || places.len() == near.len() && places.iter().all(|places| places.len() < 2);
    if is_sure || places.iter().any(|places| places.len() > MOST_PLACES) {
        return near;
    }
    let mut weights = Weights { columns, cells, known: HashMap::new() };
    let ends = near.iter().skip(1).copied().chain([cells.len()]);
    let worth: f64 = near.iter().zip(ends).map(|(&from, to)| weights.row(from, to)).sum();
    match best(&mut weights, &places) {
        Some((better, starts)) if better > worth + BETTER => starts,
        _ => near,
    }
}

/// The next number, wherever it stands.
fn nearest(columns: &Columns, cells: &[&Passage], behind: usize) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    for (at, cell) in cells.iter().enumerate().skip(behind) {
        let next = u64::try_from(starts.len() + 1).ok();
        let far = starts.last().is_none_or(|&start| at >= start + behind + columns.width().min(3));
        // `2⏎SCI`: a count of citations within a row.
        let opens = || cells.get(at + 1).is_none_or(|next| columns.may_follow_number(next.text()));
        if far && opens() && parse_integer(cell.text()) == next {
            starts.push(at - behind);
        }
    }
    starts
}

/// Where each of the numbers 1, 2, 3 … may open a row, up to the first that stands nowhere: behind the first place of the
/// number before, and of each no more than tell that it stands too often.
fn places(cells: &[&Passage], behind: usize, fewest: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![vec![0]];
    // The last number found is the largest, so one pass finds all that follow it.
    for (at, cell) in cells.iter().skip(behind).enumerate().skip(1) {
        let number = parse_integer(cell.text()).and_then(|number| usize::try_from(number).ok());
        let Some(index) = number.filter(|number| (2..=all.len() + 1).contains(number)).map(|it| it - 1) else {
            continue;
        };
        match all.get_mut(index) {
            Some(places) if places.len() > MOST_PLACES => {}
            Some(places) => places.push(at),
            None => all.push(vec![at]),
        }
    }
    let doubtful = all.iter().skip(fewest + 1).position(|places| places.len() > 1);
    all.truncate(doubtful.map_or(all.len(), |at| fewest + 1 + at));
    all
}

/// The starts of rows that are worth most together.
fn best(weights: &mut Weights<'_>, places: &[Vec<usize>]) -> Option<(f64, Vec<usize>)> {
    let end = weights.cells.len();
    // For each place of a number: what the rows before it are worth, and where they begin.
    let mut reached: Vec<(f64, Vec<usize>)> = vec![(0.0, vec![0])];
    let mut found: Option<(f64, Vec<usize>)> = None;
    for number in 0..places.len() {
        for (worth, starts) in &reached {
            let whole = worth + weights.row(starts[number], end);
            if found.as_ref().is_none_or(|(best, _)| whole > *best) {
                found = Some((whole, starts.clone()));
            }
        }
        let mut next: Vec<(f64, Vec<usize>)> = Vec::new();
        for &place in places.get(number + 1).into_iter().flatten() {
            let ways = reached.iter().filter(|(_, starts)| starts[number] < place);
            let ways: Vec<(f64, Vec<usize>)> = ways
                .map(|(worth, starts)| {
                    (worth + weights.row(starts[number], place), [&starts[..], &[place]].concat())
                })
                .collect();
            next.extend(ways.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)));
        }
        reached = next;
    }
    found
}

/// What rows are worth: how much better their cells suit than they have to.
struct Weights<'c> {
    columns: &'c Columns,
    cells: &'c [&'c Passage],
    known: HashMap<(usize, usize), f64>,
}

impl Weights<'_> {
    fn row(&mut self, from: usize, to: usize) -> f64 {
        let to = to.min(from + MOST_LINES);
        if let Some(known) = self.known.get(&(from, to)) {
            return *known;
        }
        let row: Vec<Passage> = self.cells[from..to].iter().map(|cell| (*cell).clone()).collect();
        let worth = self.columns.excess(&row).unwrap_or(-(self.columns.width() as f64));
        self.known.insert((from, to), worth);
        worth
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn passages(cells: &[String]) -> Vec<Passage> {
        cells.iter().zip((0..).step_by(400)).map(|(cell, at)| Passage::new(cell, at)).collect()
    }

    #[test]
    fn numbers_stand_behind_the_first_place_of_the_one_before() {
        let cells = ["1", "3", "2", "3", "2", "1", "3", "4", "9", "4", "6"].map(String::from);
        let cells = passages(&cells);
        let cells: Vec<&Passage> = cells.iter().collect();
        assert_eq!(places(&cells, 0, 9), [vec![0], vec![2, 4], vec![3, 6], vec![7, 9]]);
        // The last number of all stands in two places.
        assert_eq!(places(&cells, 0, 2), [vec![0], vec![2, 4], vec![3, 6]]);
        let often = passages(&["1", "2", "2", "2", "2", "2", "2", "2", "2", "2"].map(String::from));
        assert_eq!(places(&often.iter().collect::<Vec<_>>(), 0, 9)[1].len(), MOST_PLACES + 1);
    }

    #[test]
    fn the_time_grows_with_the_length_of_the_table() {
        let cells: Vec<String> =
            (1..=20_000).flat_map(|number| [number.to_string(), "某病的研究".to_owned()]).collect();
        let cells = passages(&cells);
        let cells: Vec<&Passage> = cells.iter().collect();
        let begun = Instant::now();
        assert_eq!(places(&cells, 0, 20_001).len(), 20_000);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}
