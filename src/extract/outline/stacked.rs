use super::{Open, Walker};
use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon, Names},
        table::{Columns, header},
    },
    source::Block,
    text::{Passage, is_wider, parse_integer},
};

/// Fewer column names in a row may be anything.
const FEWEST: usize = 3;

/// No table of a notice has more columns.
const MOST: usize = 20;

/// A table whose cells stand one below the other, as it is left when a page is copied as text.
impl Walker {
    /// Reads such a table at the head of `blocks`; tells how many of them it has used.
    ///
    /// `first` is what the first of them names.
    pub(super) fn stacked(&mut self, blocks: &[Block], first: &Names) -> Option<usize> {
        let broken = || blocks.first().and_then(paragraph).is_some_and(|text| !is_wider(text.text(), 8));
        if first.of_record().next().is_none() && !(broken() && broken_name(blocks).is_some()) {
            return None;
        }
        let (names, columns) = stacked_header(blocks)?;
        let cells: Vec<&Passage> = blocks[names..]
            .iter()
            .map_while(|block| match block {
                Block::Paragraph { text, .. } if !ends_table(text.text(), columns.entity) => Some(text),
                _ => None,
            })
            .collect();
        let rows = rows(&columns, &cells);
        if rows.is_empty() {
            return None;
        }
        self.finish_row();
        self.finish_item();
        let used = rows.iter().map(Vec::len).sum::<usize>();
        self.current = columns.entity;
        self.columns = Some(columns.clone());
        self.open = Open::Nothing;
        for row in rows {
            match columns.gather(&row).filter(|_| row.len() != columns.width()) {
                Some(cells) => self.record(columns.entity, &cells),
                None => self.cells(&row),
            }
        }
        self.columns = None;
        Some(names + used)
    }
}

/// The paragraphs that name the columns of one entity: a note in brackets belongs to the name before it, and
/// before the number of the first row a name may be unknown.
fn stacked_header(blocks: &[Block]) -> Option<(usize, Columns)> {
    let lexicon = Lexicon::get();
    let mut names: Vec<Passage> = Vec::new();
    let mut unknown = 0;
    let mut used = 0;
    while let Some(text) = blocks.get(used).and_then(paragraph).filter(|_| names.len() < MOST) {
        if let Some((lines, name)) = broken_name(&blocks[used..]) {
            names.push(name);
            used += lines;
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
    Some((used, columns))
}

fn paragraph(block: &Block) -> Option<&Passage> {
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
        let next = paragraph(block).filter(|text| !is_wider(text.text(), 12))?;
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

/// The name of another section, a field of the dossier or the foot of the notice; a cell of a table of rights
/// may say `发明专利`.
fn ends_table(text: &str, entity: Entity) -> bool {
    let lexicon = Lexicon::get();
    // `推广应用。` says what somebody did.
    if text.trim_end().ends_with('。') {
        return lexicon.is_foot(text);
    }
    let names = lexicon.names(text);
    names.section.is_some_and(|section| section.entity() != Some(entity))
        || names.meanings.iter().any(|(entity, _)| *entity == Entity::Dossier)
        || lexicon.is_foot(text)
}

/// Cuts the cells into rows: where the rows are numbered, at the numbers, else by the count of columns.
fn rows(columns: &Columns, cells: &[&Passage]) -> Vec<Vec<Passage>> {
    let width = columns.width();
    let numbered = columns.first_is(&[Field::Number, Field::Rank]);
    let mut starts: Vec<usize> = Vec::new();
    if numbered {
        for (at, cell) in cells.iter().enumerate() {
            let next = u64::try_from(starts.len() + 1).ok();
            let far = starts.last().is_none_or(|&start| at >= start + width.min(3));
            if far && parse_integer(cell.text()) == next {
                starts.push(at);
            }
        }
        if starts.first() != Some(&0) {
            return Vec::new();
        }
    } else {
        starts.extend((0..cells.len() / width).map(|row| row * width));
    }
    // A last row is as long as the longest before it, where lines have broken the cells.
    let longest = starts.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(width).max(width);
    let last = starts.last().map_or(0, |&start| (start + longest).min(cells.len()));
    let ends = starts.iter().skip(1).copied().chain([last]);
    let rows = starts.iter().zip(ends);
    rows.map(|(&from, to)| cells[from..to].iter().map(|cell| (*cell).clone()).collect()).collect()
}
