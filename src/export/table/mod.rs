//! Which columns has a record as a row?
//!
//! A list for each kind: the name of a column in files for programs, its Chinese label in workbooks, and
//! what stands in it. Lists within a cell are parted by `; `. Must not know how a row is written.

mod columns;

use super::Record;
use crate::domain::Kind;
use columns::{CLAIM, CONTRIBUTION, DOSSIER, INSTITUTION, IP, JOURNAL, PAPER, PERSON};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Empty,
    Number(f64),
    Text(String),
}

/// A column of records of one kind.
struct Column<T> {
    name: &'static str,
    label: &'static str,
    cell: fn(&T) -> Cell,
}

/// The names of the columns, which stay the same.
pub(super) fn names(kind: Kind) -> Vec<&'static str> {
    heads(kind).into_iter().map(|(name, _)| name).collect()
}

/// The columns as people read them.
pub(super) fn labels(kind: Kind) -> Vec<&'static str> {
    heads(kind).into_iter().map(|(_, label)| label).collect()
}

fn heads(kind: Kind) -> Vec<(&'static str, &'static str)> {
    fn of<T>(columns: &[Column<T>]) -> Vec<(&'static str, &'static str)> {
        columns.iter().map(|column| (column.name, column.label)).collect()
    }
    match kind {
        Kind::Dossier => of(DOSSIER),
        Kind::Person => of(PERSON),
        Kind::Institution => of(INSTITUTION),
        Kind::Journal => of(JOURNAL),
        Kind::Paper => of(PAPER),
        Kind::Ip => of(IP),
        Kind::Claim => of(CLAIM),
        Kind::Contribution => of(CONTRIBUTION),
    }
}

/// The cells of a record, in the order of the columns of its kind.
pub(super) fn row(record: &Record) -> Vec<Cell> {
    fn of<T>(columns: &[Column<T>], record: &T) -> Vec<Cell> {
        columns.iter().map(|column| (column.cell)(record)).collect()
    }
    match record {
        Record::Dossier(record) => of(DOSSIER, record),
        Record::Person(record) => of(PERSON, record),
        Record::Institution(record) => of(INSTITUTION, record),
        Record::Journal(record) => of(JOURNAL, record),
        Record::Paper(record) => of(PAPER, record),
        Record::Ip(record) => of(IP, record),
        Record::Claim(record) => of(CLAIM, record),
        Record::Contribution(record) => of(CONTRIBUTION, record),
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl From<u16> for Cell {
    fn from(number: u16) -> Self {
        Cell::Number(number.into())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Cell::Number(number.into())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// A number of things.
fn count(things: usize) -> Cell {
    Cell::Number(u32::try_from(things).unwrap_or(u32::MAX).into())
}

/// Several texts in one cell.
fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> Cell {
    texts.into_iter().collect::<Vec<_>>().join("; ").as_str().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_labels_are_distinct_and_begin_with_the_address() {
        for kind in Kind::ALL {
            for heads in [names(kind), labels(kind)] {
                let mut distinct = heads.clone();
                distinct.sort_unstable();
                distinct.dedup();
                assert_eq!(distinct.len(), heads.len(), "{kind}: {heads:?}");
            }
            assert_eq!(names(kind)[0], "id");
        }
    }
}
