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
        let Some(index) = number.filter(|number| (2..=all.len() + 1).contains(number)).map(|it| it - 1)
        else {
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
    // For each place of each number: what the rows before it are worth, and which place of the number before they end with.
    let mut ways: Vec<Vec<(f64, usize)>> = vec![vec![(0.0, 0)]];
    let mut found: Option<(f64, usize, usize)> = None;
    for (number, here) in places.iter().enumerate() {
        let is_last = number + 1 == places.len();
        let reached: Vec<(usize, f64)> =
            here.iter().zip(&ways[number]).map(|(&from, &(worth, _))| (from, worth)).collect();
        for (at, &(from, worth)) in reached.iter().enumerate() {
            // Where more is left than a row has, rows follow.
            if !is_last && end - from > MOST_LINES {
                continue;
            }
            let whole = worth + weights.row(from, end);
            if found.is_none_or(|(best, ..)| whole > best) {
                found = Some((whole, number, at));
            }
        }
        // The first place of a number stands before all places of the next one.
        let mut way = |&place: &usize| {
            let ways = reached.iter().enumerate().filter(|(_, (from, _))| *from < place);
            let ways = ways.map(|(at, &(from, worth))| (worth + weights.row(from, place), at));
            ways.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((f64::NEG_INFINITY, 0))
        };
        ways.push(places.get(number + 1).into_iter().flatten().map(&mut way).collect());
    }
    let (worth, number, mut at) = found?;
    let mut starts: Vec<usize> = Vec::with_capacity(number + 1);
    for number in (0..=number).rev() {
        starts.push(places[number][at]);
        at = ways[number][at].1;
    }
    starts.reverse();
    Some((worth, starts))
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
    use super::*;
    use crate::extract::table::header;

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
    fn a_table_of_many_rows_is_looked_at_in_one_pass() {
        // A pass for each row would take minutes.
        let cells: Vec<String> =
            (1..=20_000).flat_map(|number| [number.to_string(), "某病的研究".to_owned()]).collect();
        let cells = passages(&cells);
        let cells: Vec<&Passage> = cells.iter().collect();
        assert_eq!(places(&cells, 0, 20_001).len(), 20_000);
    }

    #[test]
    fn each_row_is_weighed_once_and_the_best_way_is_told() {
        let names = ["序号", "论文名称", "刊名", "他引次数"].map(String::from);
        let columns = header(&passages(&names)).expect("a header");
        let mut cells: Vec<String> = Vec::new();
        for number in 1..=200 {
            cells.extend([
                number.to_string(),
                "某病的研究".to_owned(),
                "中华甲杂志".to_owned(),
                "300".to_owned(),
            ]);
        }
        // The count of row 99 is the next number.
        cells[4 * 98 + 3] = "100".to_owned();
        let cells = passages(&cells);
        let cells: Vec<&Passage> = cells.iter().collect();
        let places = places(&cells, 0, 201);
        assert_eq!(places[99], [4 * 98 + 3, 4 * 99]);
        let mut weights = Weights { columns: &columns, cells: &cells, known: HashMap::new() };
        let (_, starts) = best(&mut weights, &places).expect("a way");
        assert_eq!(starts, (0..200).map(|row| 4 * row).collect::<Vec<_>>());
        // Each row, two more about the doubtful number, and what follows the numbers of the last cells.
        assert!(weights.known.len() <= 202 + MOST_LINES / 4, "{}", weights.known.len());
    }
}
