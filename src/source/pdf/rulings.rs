use std::collections::{BTreeSet, HashMap};

use super::{
    geometry::{Point, Rect, clusters, nearest},
    page::Rule,
    sets::Sets,
};
use crate::source::SourceError;

/// Lines this near, in points, are one: the two of a double line, or the dashes of a broken one.
const NEAR: f64 = 2.5;
/// Columns and rows narrower than this, in points, hold no text.
const NARROW: f64 = 4.0;
/// Shorter lines, in points, rule nothing.
const SHORT: f64 = 4.0;
/// Most crossings of lines, and most fields of all grids, of a page; a page of a table has some hundreds.
const MAX_CROSSINGS: usize = 1_000_000;

/// The fields that ruling lines make: columns, rows, and the cells that lie on them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    /// The lines between columns, from the left.
    pub(super) xs: Vec<f64>,
    /// The lines between rows, from the top.
    pub(super) ys: Vec<f64>,
    pub(super) cells: Vec<Area>,
    /// Of each field, row by row, its cell.
    owners: Vec<usize>,
}

/// The rows and columns that a cell covers, as indices of the first and past the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) rows: (usize, usize),
    pub(super) columns: (usize, usize),
}

impl Grid {
    pub(super) fn bounds(&self) -> Rect {
        let end = |values: &[f64]| (values.first().copied(), values.last().copied());
        match (end(&self.xs), end(&self.ys)) {
            ((Some(x0), Some(x1)), (Some(y0), Some(y1))) => Rect { x0, y0, x1, y1 },
            _ => Rect { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 },
        }
    }

    /// The cell at a place within the bounds.
    pub(super) fn cell_at(&self, point: Point) -> Option<usize> {
        let field = |values: &[f64], at: f64| values.partition_point(|value| *value <= at).checked_sub(1);
        let (column, row) = (field(&self.xs, point.x)?, field(&self.ys, point.y)?);
        if column + 1 >= self.xs.len() || row + 1 >= self.ys.len() {
            return None;
        }
        self.owners.get(row * (self.xs.len() - 1) + column).copied()
    }
}

/// Finds the grids of a page, the topmost first; a frame around one field is none.
pub(super) fn grids(rules: &[Rule]) -> Result<Vec<Grid>, SourceError> {
    let (level, upright) = (merged(rules, false), merged(rules, true));
    let groups = connected(&level, &upright)?;
    let mut fields = 0;
    let mut grids = Vec::new();
    for (level, upright) in groups {
        grids.extend(grid(&level, &upright, &mut fields)?);
    }
    grids.sort_by(|a: &Grid, b: &Grid| a.ys[0].total_cmp(&b.ys[0]).then(a.xs[0].total_cmp(&b.xs[0])));
    Ok(grids)
}

/// Joins the lines of one direction that lie on each other or follow each other.
fn merged(rules: &[Rule], is_upright: bool) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.iter().filter(|rule| rule.is_upright == is_upright).copied().collect();
    let lines = clusters(rules.iter().map(|rule| rule.at).collect(), NEAR);
    rules.iter_mut().for_each(|rule| rule.at = lines[nearest(&lines, rule.at)]);
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut merged: Vec<Rule> = Vec::new();
    for rule in rules {
        match merged.last_mut() {
            Some(last) if last.at == rule.at && rule.from - last.to <= NEAR => last.to = last.to.max(rule.to),
            _ => merged.push(rule),
        }
    }
    merged.retain(|rule| rule.to - rule.from >= SHORT);
    merged
}

type Group = (Vec<Rule>, Vec<Rule>);

/// Groups lines that cross or touch: a sweep from the top that holds the upright lines it is passing.
fn connected(level: &[Rule], upright: &[Rule]) -> Result<Vec<Group>, SourceError> {
    #[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
    enum Step {
        Begin,
        Cross,
        End,
    }
    let mut steps: Vec<(f64, Step, usize)> = Vec::new();
    steps.extend(level.iter().enumerate().map(|(at, rule)| (rule.at, Step::Cross, at)));
    for (at, rule) in upright.iter().enumerate() {
        steps.push((rule.from - NEAR, Step::Begin, at));
        steps.push((rule.to + NEAR, Step::End, at));
    }
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut sets = Sets::new(level.len() + upright.len());
    // By place in the order from the left, which is that of `upright`.
    let mut passing: BTreeSet<usize> = BTreeSet::new();
    let mut crossings = 0;
    for (_, step, at) in steps {
        match step {
            Step::Begin => {
                passing.insert(at);
            }
            Step::End => {
                passing.remove(&at);
            }
            Step::Cross => {
                let rule = level[at];
                let first = upright.partition_point(|other| other.at < rule.from - NEAR);
                let end = upright.partition_point(|other| other.at <= rule.to + NEAR);
                for other in passing.range(first..end.max(first)).copied() {
                    crossings += 1;
                    sets.join(at, level.len() + other);
                }
                if crossings > MAX_CROSSINGS {
                    return Err(SourceError::TooManyParts);
                }
            }
        }
    }
    let mut groups: HashMap<usize, Group> = HashMap::new();
    for (at, rule) in level.iter().enumerate() {
        groups.entry(sets.root(at)).or_default().0.push(*rule);
    }
    for (at, rule) in upright.iter().enumerate() {
        groups.entry(sets.root(level.len() + at)).or_default().1.push(*rule);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    let lone: Vec<Rule> =
        groups.iter().filter(|(level, _)| level.is_empty()).flat_map(|(_, lone)| lone).copied().collect();
    groups.retain(|(level, upright)| {
        !level.is_empty() && !upright.is_empty() && level.len() + upright.len() > 2
    });
    groups.extend(open_at_both_ends(lone));
    Ok(groups)
}

/// A row that goes on before and behind the page has upright lines alone, all from top to bottom.
fn open_at_both_ends(mut lone: Vec<Rule>) -> Vec<Group> {
    let is_alike = |a: &Rule, b: &Rule| (a.from - b.from).abs() <= NEAR && (a.to - b.to).abs() <= NEAR;
    lone.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
    let alike = lone.chunk_by(is_alike).filter(|lines| lines.len() > 2);
    let groups = alike.map(|lines| {
        let ends = lines.iter().map(|rule| rule.at);
        let (from, to) = ends.fold((f64::MAX, f64::MIN), |(from, to), at| (from.min(at), to.max(at)));
        let level = |at: f64| Rule { is_upright: false, at, from, to };
        (vec![level(lines[0].from), level(lines[0].to)], lines.to_vec())
    });
    groups.collect()
}

/// Makes the grid of lines that hang together.
fn grid(level: &[Rule], upright: &[Rule], fields: &mut usize) -> Result<Option<Grid>, SourceError> {
    // A table without lines at its sides ends where its level lines do.
    let ends = level.iter().flat_map(|rule| [rule.from, rule.to]);
    let (left, right) = ends.fold((f64::MAX, f64::MIN), |(left, right), x| (left.min(x), right.max(x)));
    let columns = upright.iter().map(|rule| rule.at).chain([left, right]).collect();
    // One that a page break has cut may have no line there.
    let ends = upright.iter().flat_map(|rule| [rule.from, rule.to]);
    let (top, bottom) = ends.fold((f64::MAX, f64::MIN), |(top, bottom), y| (top.min(y), bottom.max(y)));
    let rows = level.iter().map(|rule| rule.at).chain([top, bottom]).collect();
    let (xs, ys) = (clusters(columns, NARROW), clusters(rows, NARROW));
    let (Some(width), Some(height)) = (xs.len().checked_sub(1), ys.len().checked_sub(1)) else {
        return Ok(None);
    };
    *fields += width * height;
    if *fields > MAX_CROSSINGS {
        return Err(SourceError::TooManyParts);
    }
    if width * height < 2 {
        return Ok(None);
    }
    let mut sets = Sets::new(width * height);
    let walls = Walls::new(&xs, &ys, level, upright);
    for row in 0..height {
        for column in 0..width {
            let field = row * width + column;
            if column + 1 < width && !walls.right[field] {
                sets.join(field, field + 1);
            }
            if row + 1 < height && !walls.below[field] {
                sets.join(field, field + width);
            }
        }
    }
    let mut grid = Grid { xs, ys, cells: Vec::new(), owners: vec![0; width * height] };
    grid.take_cells(&mut sets, width);
    Ok((grid.cells.len() > 1).then_some(grid))
}

impl Grid {
    /// Fields without a line between them are one cell, where together they are a rectangle.
    fn take_cells(&mut self, sets: &mut Sets, width: usize) {
        let mut areas: HashMap<usize, (Area, usize)> = HashMap::new();
        for field in 0..self.owners.len() {
            let (row, column) = (field / width, field % width);
            let own = Area { rows: (row, row + 1), columns: (column, column + 1) };
            let (area, count) = areas.entry(sets.root(field)).or_insert((own, 0));
            area.rows.1 = area.rows.1.max(row + 1);
            area.columns = (area.columns.0.min(column), area.columns.1.max(column + 1));
            *count += 1;
        }
        let mut known: HashMap<(usize, usize), usize> = HashMap::new();
        for field in 0..self.owners.len() {
            let (row, column) = (field / width, field % width);
            let root = sets.root(field);
            let Some((area, count)) = areas.get(&root).copied() else { continue };
            let size = (area.rows.1 - area.rows.0) * (area.columns.1 - area.columns.0);
            // Where a line is missing so that the shape is none of a cell, each field of it stands alone.
            let (key, area) = if size == count {
                ((root, usize::MAX), area)
            } else {
                ((root, field), Area { rows: (row, row + 1), columns: (column, column + 1) })
            };
            let next = self.cells.len();
            let cell = *known.entry(key).or_insert(next);
            if cell == next {
                self.cells.push(area);
            }
            self.owners[field] = cell;
        }
    }
}

/// Which fields have a line at their right and below them.
struct Walls {
    right: Vec<bool>,
    below: Vec<bool>,
}

impl Walls {
    fn new(xs: &[f64], ys: &[f64], level: &[Rule], upright: &[Rule]) -> Self {
        let width = xs.len() - 1;
        let size = width * (ys.len() - 1);
        let mut walls = Walls { right: vec![false; size], below: vec![false; size] };
        let middles =
            |values: &[f64]| values.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect();
        let (across, down): (Vec<f64>, Vec<f64>) = (middles(xs), middles(ys));
        // The fields whose middle a line passes.
        let passed = |middles: &[f64], rule: &Rule| {
            let first = middles.partition_point(|middle| *middle < rule.from);
            first..middles.partition_point(|middle| *middle <= rule.to).max(first)
        };
        for rule in upright {
            if let Some(column) = nearest(xs, rule.at).checked_sub(1) {
                passed(&down, rule).for_each(|row| walls.right[row * width + column] = true);
            }
        }
        for rule in level {
            if let Some(row) = nearest(ys, rule.at).checked_sub(1) {
                passed(&across, rule).for_each(|column| walls.below[row * width + column] = true);
            }
        }
        walls
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f64, from: f64, to: f64) -> Rule {
        Rule { is_upright: false, at, from, to }
    }

    fn upright(at: f64, from: f64, to: f64) -> Rule {
        Rule { is_upright: true, at, from, to }
    }

    fn shown(rules: &[Rule]) -> Vec<String> {
        let grids = grids(rules).expect("few");
        let shown = grids.iter().map(|grid| {
            let cells = grid
                .cells
                .iter()
                .map(|cell| format!("{}-{}/{}-{}", cell.rows.0, cell.rows.1, cell.columns.0, cell.columns.1));
            format!("{}x{}: {}", grid.ys.len() - 1, grid.xs.len() - 1, cells.collect::<Vec<_>>().join(" "))
        });
        shown.collect()
    }

    #[test]
    fn lines_make_cells() {
        let frame = [
            level(0.0, 0.0, 100.0),
            level(60.0, 0.0, 100.0),
            upright(0.0, 0.0, 60.0),
            upright(100.0, 0.0, 60.0),
        ];
        let with = |more: &[Rule]| [&frame[..], more].concat();
        for (rules, want) in [
            (frame.to_vec(), &[][..]),
            (vec![level(0.0, 0.0, 100.0), level(10.0, 0.0, 100.0)], &[]),
            (with(&[level(30.0, 0.0, 100.0)]), &["2x1: 0-1/0-1 1-2/0-1"]),
            // A cell over two columns, and one over two rows.
            (with(&[level(30.0, 0.0, 100.0), upright(50.0, 30.0, 60.0)]), &["2x2: 0-1/0-2 1-2/0-1 1-2/1-2"]),
            (with(&[level(30.0, 50.0, 100.0), upright(50.0, 0.0, 60.0)]), &["2x2: 0-2/0-1 0-1/1-2 1-2/1-2"]),
            // A double line, a dashed one, one that ends a little short.
            (with(&[level(30.0, 0.0, 100.0), level(31.5, 0.0, 100.0)]), &["2x1: 0-1/0-1 1-2/0-1"]),
            (with(&[level(30.0, 0.0, 40.0), level(30.0, 42.0, 98.0)]), &["2x1: 0-1/0-1 1-2/0-1"]),
            // No lines at the sides.
            (
                vec![
                    level(0.0, 0.0, 90.0),
                    level(20.0, 0.0, 90.0),
                    upright(30.0, 0.0, 20.0),
                    upright(60.0, 0.0, 20.0),
                ],
                &["1x3: 0-1/0-1 0-1/1-2 0-1/2-3"],
            ),
            // A row that is cut at its lower end, and one that is cut at both.
            (
                vec![
                    level(0.0, 0.0, 90.0),
                    upright(0.0, 0.0, 20.0),
                    upright(30.0, 0.0, 20.0),
                    upright(90.0, 0.0, 20.0),
                ],
                &["1x2: 0-1/0-1 0-1/1-2"],
            ),
            (
                vec![upright(0.0, 0.0, 20.0), upright(30.0, 0.0, 20.0), upright(90.0, 0.0, 20.0)],
                &["1x2: 0-1/0-1 0-1/1-2"],
            ),
            // A line that ends in the middle of nowhere leaves fields of their own.
            (
                with(&[level(30.0, 0.0, 50.0), upright(50.0, 30.0, 60.0)]),
                &["2x2: 0-1/0-1 0-1/1-2 1-2/0-1 1-2/1-2"],
            ),
        ] {
            assert_eq!(shown(&rules), want);
        }
    }

    #[test]
    fn tables_apart_are_two_and_a_place_has_its_cell() {
        let table = |y: f64| {
            vec![
                level(y, 0.0, 40.0),
                level(y + 20.0, 0.0, 40.0),
                upright(0.0, y, y + 20.0),
                upright(20.0, y, y + 20.0),
                upright(40.0, y, y + 20.0),
            ]
        };
        let found = grids(&[table(100.0), table(0.0)].concat()).expect("few");
        assert_eq!(found.iter().map(|grid| grid.bounds().y0).collect::<Vec<_>>(), [0.0, 100.0]);
        let at = |x, y| found[0].cell_at(Point { x, y });
        assert_eq!(
            [at(5.0, 5.0), at(35.0, 5.0), at(50.0, 5.0), at(5.0, 50.0)],
            [Some(0), Some(1), None, None]
        );
    }

    #[test]
    fn many_lines_take_little_time_or_are_refused() {
        let ladder: Vec<Rule> = (0..100_000).map(|n| level(f64::from(n) * 10.0, 0.0, 100.0)).collect();
        assert!(grids(&ladder).expect("no crossing").is_empty());
        let sides = [upright(0.0, 0.0, 1e6), upright(100.0, 0.0, 1e6)];
        assert_eq!(grids(&[ladder, sides.to_vec()].concat()).expect("a table")[0].cells.len(), 100_000);
        let net: Vec<Rule> = (0..2_000)
            .flat_map(|n| {
                let at = f64::from(n) * 10.0;
                [level(at, 0.0, 2e4), upright(at, 0.0, 2e4)]
            })
            .collect();
        assert_eq!(grids(&net), Err(SourceError::TooManyParts));
        let stairs: Vec<Rule> = (0..50_000)
            .flat_map(|n| {
                let at = f64::from(n) * 10.0;
                [level(at, at, at + 10.0), upright(at + 10.0, at, at + 10.0)]
            })
            .collect();
        assert_eq!(grids(&stairs), Err(SourceError::TooManyParts));
    }
}
