//! What tests print: tables and paragraphs, each at a place of its own.

use crate::{
    extract::{entry::Entry, lexicon::Field},
    source::{Block, Row},
    text::Passage,
};

/// Rows of cells parted by `|`, one to a line.
pub(super) fn table(text: &str) -> Vec<Row> {
    let mut at = 0;
    let mut cell = |cell: &str| {
        at += cell.len() + 1;
        Passage::new(cell, at)
    };
    text.lines().map(|line| line.split('|').map(&mut cell).collect()).collect()
}

/// Some fields of each record, ` | ` between them.
pub(super) fn told<const N: usize>(list: &[Entry], fields: [Field; N]) -> Vec<String> {
    let line = |entry: &Entry| fields.map(|field| entry.get(field).map_or("", Passage::text)).join(" | ");
    list.iter().map(line).collect()
}

/// Paragraphs, one to a line.
pub(super) fn paragraphs<'l>(lines: impl IntoIterator<Item = &'l str>) -> Vec<Block> {
    let block =
        |(at, line): (usize, &str)| Block::Paragraph { text: Passage::new(line, at * 400), continues: false };
    lines.into_iter().enumerate().map(block).collect()
}
