//! Which lines name the columns of a table whose cells stand one below the other?

use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon},
        table::{Columns, header},
    },
    source::Block,
    text::{Passage, is_wider, parse_integer},
};

/// Fewer column names in a row may be anything.
const FEWEST: usize = 3;

/// No table of a notice has more columns.
const MOST: usize = 20;

/// No header of so many columns has more lines.
const MOST_LINES: usize = 50;

/// Narrow lines break a name into no more.
const MOST_PIECES: usize = 5;

/// No piece of a broken name is wider, and no name.
const PIECE: usize = 24;
const NAME: usize = 80;

/// The columns that the first paragraphs name.
pub(super) struct StackedHeader {
    /// Paragraphs used.
    pub(super) lines: usize,
    pub(super) columns: Columns,
    /// Line ends have cut a name, so that they may have cut the cells as well.
    pub(super) is_broken: bool,
}

/// Reads the header at the head of `blocks`.
pub(super) fn stacked_header(blocks: &[Block]) -> Option<StackedHeader> {
    numbered(blocks).or_else(|| plain(blocks))
}

/// The paragraphs that name the columns of one entity: a note in brackets belongs to the name before it, and
/// before the number of the first row a name may be unknown.
fn plain(blocks: &[Block]) -> Option<StackedHeader> {
    let lexicon = Lexicon::get();
    let mut names: Vec<Passage> = Vec::new();
    let mut unknown = 0;
    let mut is_broken = false;
    let mut used = 0;
    while let Some(text) = blocks.get(used).and_then(paragraph).filter(|_| names.len() < MOST) {
        if let Some((lines, name)) = broken_name(&blocks[used..]) {
            names.push(name);
            used += lines;
            is_broken = true;
            continue;
        }
        let is_note = text.text().starts_with(['（', '(']) && !names.is_empty();
        let is_name = is_column(text);
        let is_first_cell = parse_integer(text.text()) == Some(1);
        let is_numbered = names.first().is_some_and(|name| {
            let meanings = lexicon.label(name.text());
            meanings.iter().any(|(_, field)| matches!(field, Field::Number | Field::Rank))
        });
        let may_name = is_numbered && names.len() >= FEWEST && !is_first_cell && !is_wider(text.text(), 40);
        match names.last_mut() {
            Some(name) if is_note && !is_name => name.append("", text),
            _ if is_name => names.push(text.clone()),
            _ if may_name && leads_to_first_row(&blocks[used..]) => {
                unknown += 1;
                names.push(text.clone());
            }
            _ => break,
        }
        used += 1;
    }
    if names.len() < FEWEST || unknown * 3 > names.len() {
        return None;
    }
    let columns = header(&names).filter(|columns| unknown > 0 || columns.knows_all())?;
    Some(StackedHeader { lines: used, columns, is_broken })
}

/// The lines before the number of the first row, put together so that the fewest of them say nothing:
/// `论文（专著）名⏎称/刊名/作者⏎他引总⏎次数`.
fn numbered(blocks: &[Block]) -> Option<StackedHeader> {
    let lines: Vec<&Passage> = blocks
        .iter()
        .take(MOST_LINES)
        .map_while(paragraph)
        .take_while(|text| !is_wider(text.text(), NAME) && parse_integer(text.text()) != Some(1))
        .collect();
    let ends_at_row = blocks.get(lines.len()).and_then(paragraph);
    let is_row = ends_at_row.is_some_and(|text| parse_integer(text.text()) == Some(1));
    // The name of the first person may stand before the number.
    let with_name = lines.split_last().map_or(&[][..], |(_, rest)| rest);
    [(&lines[..], 0), (with_name, 1)].into_iter().filter(|_| is_row).find_map(|(lines, behind)| {
        let header = of_lines(lines)?;
        (header.columns.number_at() == Some(behind)).then_some(header)
    })
}

/// Puts lines together to names of columns.
fn of_lines(lines: &[&Passage]) -> Option<StackedHeader> {
    if lines.len() < FEWEST {
        return None;
    }
    // The least cost of the lines from each on, and how many of them the first name takes.
    let mut best = vec![(0.0, 0); lines.len() + 1];
    for from in (0..lines.len()).rev() {
        let mut name = Passage::default();
        let mut least = (f64::INFINITY, 1);
        for pieces in 1..=MOST_PIECES.min(lines.len() - from) {
            if pieces > 1 && lines[from..from + pieces].iter().any(|piece| is_wider(piece.text(), PIECE)) {
                break;
            }
            name.append("", lines[from + pieces - 1]);
            let opens = pieces == 1 && opens_name(&lines[from..]);
            // Of two ways that say all, the one with more names: `检索⏎数据库` is one, `姓名⏎排名` are two.
            let cost = if is_column(&name) && is_whole(name.text()) && !opens {
                -0.01
            } else {
                1.0 + 0.2 * pieces as f64
            };
            let cost = cost + best[from + pieces].0;
            if cost < least.0 {
                least = (cost, pieces);
            }
        }
        best[from] = least;
    }
    let (mut names, mut at): (Vec<Passage>, usize) = (Vec::new(), 0);
    while at < lines.len() {
        let mut name = Passage::default();
        lines[at..at + best[at].1].iter().for_each(|piece| name.append("", piece));
        at += best[at].1;
        names.push(name);
    }
    let unknown = names.iter().filter(|name| !is_column(name)).count();
    if !(FEWEST..=MOST).contains(&names.len()) || unknown * 3 > names.len() {
        return None;
    }
    let columns = header(&names)?;
    Some(StackedHeader { lines: lines.len(), columns, is_broken: names.len() < lines.len() })
}

/// `通讯⏎作者`: the first line opens a name that the second ends, though both name columns.
fn opens_name(lines: &[&Passage]) -> bool {
    let [first, second, ..] = lines else { return false };
    let data = include_str!("../../data/name_openings.txt").lines().filter(|line| !line.starts_with('#'));
    let opens = data.flat_map(str::split_whitespace).any(|word| word == first.text());
    let mut both = (*first).clone();
    both.append("", second);
    opens && is_column(&both)
}

/// Tells whether no note in brackets is cut off.
fn is_whole(name: &str) -> bool {
    let count = |brackets: [char; 2]| name.matches(brackets).count();
    !name.starts_with(['（', '(']) && count(['（', '(']) == count(['）', ')'])
}

/// Tells whether a header may begin with the first paragraph, which names no column by itself: `序⏎号`.
pub(super) fn may_begin(blocks: &[Block]) -> bool {
    let is_narrow = blocks.first().and_then(paragraph).is_some_and(|text| !is_wider(text.text(), 8));
    is_narrow && broken_name(blocks).is_some()
}

pub(in crate::extract::outline) fn paragraph(block: &Block) -> Option<&Passage> {
    match block {
        Block::Paragraph { text, .. } => Some(text),
        _ => None,
    }
}

fn is_column(text: &Passage) -> bool {
    !is_wider(text.text(), 60)
        && Lexicon::get().label(text.text()).iter().any(|(entity, _)| *entity != Entity::Dossier)
}

/// The name of a column that narrow lines have broken: `序⏎号`, `检索数⏎据库`, `年,卷(期)⏎及页码`.
fn broken_name(blocks: &[Block]) -> Option<(usize, Passage)> {
    let mut name = paragraph(blocks.first()?).filter(|text| !is_wider(text.text(), 12))?.clone();
    let mut found = is_column(&name).then(|| (1, name.clone()));
    for (at, block) in blocks.iter().enumerate().take(4).skip(1) {
        let next = paragraph(block)?;
        if is_wider(next.text(), 12) {
            // `序⏎号⏎论文专著名称/刊名/作者`; `2022年145卷11期3-9页` is no name.
            found = found.filter(|_| is_column(next) && !next.text().contains(char::is_numeric));
            break;
        }
        // The next name, which may be broken as well, or the first cell.
        let opens_next = || {
            let mut two = next.clone();
            blocks.get(at + 1).and_then(paragraph).into_iter().for_each(|rest| two.append("", rest));
            is_column(next) || is_column(&two)
        };
        if (found.is_some() && opens_next()) || parse_integer(next.text()).is_some() {
            break;
        }
        name.append("", next);
        if is_column(&name) {
            found = Some((at + 1, name.clone()));
        } else if found.is_some() {
            break;
        }
    }
    found.filter(|(lines, _)| *lines > 1)
}

/// Tells whether the number of a first row follows within a few short paragraphs.
fn leads_to_first_row(blocks: &[Block]) -> bool {
    let texts = blocks.iter().take(4).map_while(|block| match block {
        Block::Paragraph { text, .. } if !is_wider(text.text(), 60) => Some(text.text()),
        _ => None,
    });
    texts.into_iter().any(|text| parse_integer(text) == Some(1))
}
