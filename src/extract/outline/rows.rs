use super::{Open, Walker};
use crate::{
    extract::{
        entry::Entry,
        lexicon::{Field, Lexicon},
        table::header,
    },
    source::Row,
    text::Passage,
};

/// How the rows of tables are read.
impl Walker {
    pub(super) fn row(&mut self, row: &[Passage]) {
        let Some(columns) = self.columns.as_ref().filter(|_| header(row).is_none()) else {
            self.finish_row();
            return self.whole_row(row);
        };
        if let Some(begun) = self.begun.take() {
            if begun.len() + row.len() == columns.width() + 1 {
                return self.whole_row(&joined(begun, row));
            }
            self.whole_row(&begun);
        } else if !row[0].is_blank() && (2..=columns.width() / 2).contains(&row.len()) && self.pairless(row) {
            self.begun = Some(row.to_vec());
            return;
        }
        self.whole_row(row);
    }

    /// A row that was begun and never went on is one of few cells.
    pub(super) fn finish_row(&mut self) {
        if let Some(row) = self.begun.take() {
            self.whole_row(&row);
        }
    }

    fn pairless(&self, row: &[Passage]) -> bool {
        self.meaning(Lexicon::get().label(row[0].text())).is_none()
    }

    fn whole_row(&mut self, row: &[Passage]) {
        if let Some(columns) = header(row) {
            self.current = columns.entity;
            self.columns = Some(columns);
            self.open = Open::Nothing;
            return;
        }
        let mut filled = row.iter().filter(|cell| !cell.is_blank());
        let (first, more) = (filled.next(), filled.next());
        match (first, more) {
            (None, _) => {}
            (Some(only), None) if row[0].is_blank() || !self.single_cell(only) => self.cells(row),
            (Some(_), None) => {}
            (Some(_), Some(_)) if self.pairs(row) => {}
            _ => self.cells(row),
        }
    }

    /// A row of one cell at its left edge: a heading, or a label whose value follows.
    fn single_cell(&mut self, cell: &Passage) -> bool {
        self.heading_like(cell) || (self.columns.is_none() && self.labelled(cell))
    }

    /// Reads a row of labels, each before its values.
    fn pairs(&mut self, row: &[Passage]) -> bool {
        let lexicon = Lexicon::get();
        if row[0].is_blank() || lexicon.label(row[0].text()).is_empty() {
            return false;
        }
        let mut target = None;
        for cell in row.iter().filter(|cell| !cell.is_blank()) {
            match (self.meaning(lexicon.label(cell.text())), target) {
                // Two labels in a row: the first had no value, or the second is one.
                (Some(meaning), None | Some((_, _, true))) => target = Some((meaning.0, meaning.1, false)),
                (_, Some((entity, field, false))) => {
                    self.set(entity, field, cell);
                    target = Some((entity, field, true));
                }
                (None, Some((entity, field, true))) => {
                    if let Some(entry) = self.last(entity) {
                        entry.add(field, cell);
                    }
                }
                (None, None) => return false,
            }
        }
        if let Some((entity, field, false)) = target {
            self.open = Open::Field(entity, field);
        }
        self.columns = None;
        true
    }

    /// Reads a row under the columns of its table, or as the rest of what was cut above it.
    fn cells(&mut self, row: &[Passage]) {
        let Some(columns) = self.columns.clone() else {
            // A row with a first cell is none that was cut: its label is not known.
            if !row[0].is_blank() && row.iter().filter(|cell| !cell.is_blank()).count() > 1 {
                self.open = Open::Nothing;
            }
            for cell in row.iter().filter(|cell| !cell.is_blank()) {
                self.rest_of_cell(cell);
            }
            return;
        };
        let (cells, shifted) = columns.assign(row);
        let value = |wanted: Field| cells.iter().find(|(field, _)| *field == wanted).map(|(_, cell)| cell);
        let filled = cells.iter().filter(|(_, cell)| !cell.is_blank()).count();
        let key = [Field::Number, Field::Name, Field::InstitutionName, Field::PaperTitle, Field::IpTitle];
        let starts = key.into_iter().find_map(value).is_some_and(|cell| !cell.is_blank());
        let whole = filled + 1 >= cells.len() && cells.len() > 2;
        let list = self.list(columns.entity);
        if starts || whole || list.is_empty() {
            let mut entry = Entry::default();
            entry.shifted = shifted;
            cells.iter().for_each(|(field, cell)| entry.add(*field, cell));
            list.push(entry);
        } else if let Some(entry) = list.last_mut() {
            entry.merged = true;
            cells.iter().for_each(|(field, cell)| entry.add(*field, cell));
        }
        self.open = Open::Nothing;
        self.current = columns.entity;
    }

    /// A cell without a column: the rest of a value that a page break cut.
    fn rest_of_cell(&mut self, cell: &Passage) {
        let cut = match self.open {
            Open::Field(entity, field) => self
                .last(entity)
                .and_then(|entry| entry.get(field))
                .is_some_and(|value| !value.text().ends_with(['。', '！', '？', '；', '.', '”'])),
            _ => false,
        };
        self.continue_value(cell, cut);
    }
}

/// A row from its two halves, the cell between them put together again.
fn joined(mut begun: Row, rest: &[Passage]) -> Row {
    if let (Some(cell), Some(first)) = (begun.last_mut(), rest.first()) {
        cell.append_wrapped(first);
    }
    begun.extend(rest.iter().skip(1).cloned());
    begun
}
