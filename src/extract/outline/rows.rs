use super::{
    Open, Walker,
    cell_lines::parted,
    items::is_record,
    row_marks::{WHOLE, ends_within, is_carried_over, is_form_head, is_total, joined},
};
use crate::{
    extract::{
        entry::Entry,
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon},
        sentence::ordinal_heading,
        table::{Columns, fit, header},
    },
    source::Row,
    text::Passage,
};

/// How the rows of tables are read.
impl Walker {
    /// Reads a row of a table in which a cell that spans rows stands in each of them: under columns it is a
    /// value of each, elsewhere it was read with the first.
    pub(super) fn printed_row(&mut self, row: &[Passage]) {
        let starts: Vec<Option<usize>> = row.iter().map(Passage::start).collect();
        let above = std::mem::replace(&mut self.above, starts.clone());
        let spanned =
            |at: usize| starts[at].is_some() && above.get(at).is_some_and(|above| *above == starts[at]);
        if !(0..row.len()).any(spanned) {
            return self.row(row);
        }
        let mut own = (0..row.len()).filter(|&at| !spanned(at) && !row[at].is_blank()).map(|at| &row[at]);
        let own = [own.next(), own.next(), own.next()];
        if let [Some(label), Some(value), None] = own
            && self.told_beside(label, value)
        {
            return;
        }
        // `贡献：…` beside a name that spans both rows
        let is_said = matches!(own, [Some(only), None, None] if self.own_label(only).is_some());
        if self.columns.is_none() || is_said || !self.is_own_row(row, &spanned) {
            let blank =
                |(at, cell): (usize, &Passage)| if spanned(at) { Passage::default() } else { cell.clone() };
            let row: Row = row.iter().enumerate().map(blank).collect();
            return self.row(&row);
        }
        // A side heading that spans the rows of its table is no cell of any of them.
        let known = |at: usize| self.columns.as_ref().is_some_and(|columns| columns.is_known(at));
        let value = |(at, cell): (usize, &Passage)| {
            if spanned(at) && !known(at) { Passage::default() } else { cell.clone() }
        };
        let row: Row = row.iter().enumerate().map(value).collect();
        self.row(&row);
    }

    /// `项目名称 | 主要完成人 | 推荐单位` above one row of values: the fields of the dossier side by side. Tells how many
    /// rows it has used.
    pub(super) fn dossier_columns(&mut self, rows: &[Row]) -> usize {
        let [names, values, ..] = rows else { return 0 };
        let lexicon = Lexicon::get();
        let of_dossier = |cell: &Passage| {
            let meanings = lexicon.label(cell.text());
            meanings.into_iter().find(|(entity, _)| *entity == Entity::Dossier)
        };
        if names.len() != values.len() || names.iter().any(Passage::is_blank) {
            return 0;
        }
        // Few of them may be names that are not known: `联系人`.
        let fields: Vec<Option<(Entity, Field)>> = names.iter().map(of_dossier).collect();
        let known = fields.iter().flatten().count();
        let is_header =
            known >= 2 && known * 3 >= names.len() * 2 && fields[0].is_some() && fields[1].is_some();
        if !is_header || values.iter().any(|cell| of_dossier(cell).is_some()) {
            return 0;
        }
        for (field, value) in fields.into_iter().zip(values).filter(|(_, value)| !value.is_blank()) {
            if let Some((entity, field)) = field {
                self.set(entity, field, value);
            }
        }
        self.open = Open::Nothing;
        2
    }

    /// A row whose own cells name what it is about, as opposed to the rest of the record above.
    fn is_own_row(&self, row: &[Passage], spanned: &impl Fn(usize) -> bool) -> bool {
        if header(row).is_some() {
            return true;
        }
        let keys = [
            Field::Number,
            Field::Rank,
            Field::Name,
            Field::InstitutionName,
            Field::PaperTitle,
            Field::IpTitle,
        ];
        let Some(columns) = self.columns.as_ref() else { return false };
        (0..row.len()).any(|at| !spanned(at) && !row[at].is_blank() && columns.is_one_of(at, &keys))
    }

    pub(super) fn row(&mut self, row: &[Passage]) {
        let head = header(row);
        let below_side = self.below_side(row).filter(|_| head.is_none());
        let row = below_side.as_deref().unwrap_or(row);
        if head.as_ref().is_none_or(|head| head.known() < 3) && self.claim_row(row) {
            return;
        }
        let Some(columns) = self.columns.as_ref().filter(|_| head.is_none()) else {
            self.finish_row();
            return self.whole_row(row, head);
        };
        if let Some(begun) = self.begun.take() {
            if begun.len() + row.len() == columns.width() + 1 {
                return self.whole_row(&joined(begun, row), None);
            }
            self.whole_row(&begun, None);
        } else if !row[0].is_blank() && (2..=columns.width() / 2).contains(&row.len()) && self.pairless(row) {
            self.begun = Some(row.to_vec());
            return;
        }
        self.whole_row(row, None);
    }

    /// A row that was begun and never went on is one of few cells.
    pub(super) fn finish_row(&mut self) {
        if let Some(row) = self.begun.take() {
            self.whole_row(&row, None);
        }
    }

    fn pairless(&self, row: &[Passage]) -> bool {
        self.meaning(&Lexicon::get().label(row[0].text())).is_none()
    }

    /// Reads a row that is complete; `head` where it names columns.
    pub(super) fn whole_row(&mut self, row: &[Passage], head: Option<Columns>) {
        if let Some(columns) = head {
            self.current = columns.entity;
            self.columns = Some(columns);
            self.claim_columns = None;
            self.open = Open::Nothing;
            return;
        }
        let mut filled = row.iter().filter(|cell| !cell.is_blank());
        let (first, more) = (filled.next(), filled.next());
        match (first, more) {
            (None, _) => {}
            (Some(first), _) if is_total(first.text()) => {}
            (Some(only), None) if is_carried_over(only.text()) => {}
            (Some(first), Some(second)) if is_form_head(first.text(), second.text()) => {}
            (Some(_), _) if self.columns.is_none() && self.cards(row) => {}
            (Some(only), None) if self.said_below(only) => {}
            (Some(only), None) if row[0].is_blank() || !self.single_cell(only) => self.cells(row),
            (Some(_), None) => {}
            (Some(first), Some(second)) if filled.next().is_none() && self.told_beside(first, second) => {}
            (Some(first), Some(second))
                if self.counted_name(row, first, second) || self.numbered_at_side(row, first, second) => {}
            (Some(_), Some(_))
                if self.columns.is_none() && (self.said_in_cells(row) || self.cell_lines(row)) => {}
            (Some(_), Some(_))
                if self.counted_pairs(row) || self.sided(row) || self.form_row(row) || self.pairs(row) => {}
            _ => self.cells(row),
        }
    }

    fn cell_lines(&mut self, row: &[Passage]) -> bool {
        let Some(rows) = parted(row) else { return false };
        rows.iter().for_each(|row| self.whole_row(row, None));
        true
    }

    /// A row of one cell at its left edge: a heading, or a label whose value follows.
    fn single_cell(&mut self, cell: &Passage) -> bool {
        self.heading_like(cell, &Lexicon::get().names(cell.text()))
            || (self.columns.is_none()
                && (self.foot(cell) || self.labelled(cell) || self.listed_in_cell(cell)))
            || self.headed_cell(cell)
    }

    /// `主要完成人 | 1.李明，…⏎2.王芳，…`: a form names a section at its side and prints what belongs to it,
    /// line by line, in one cell.
    fn form_row(&mut self, row: &[Passage]) -> bool {
        let filled: Vec<&Passage> = row.iter().filter(|cell| !cell.is_blank()).collect();
        let [heading, value] = filled[..] else { return false };
        let lexicon = Lexicon::get();
        let names = lexicon.names(heading.text());
        let section = names.section;
        let named = names.meanings.iter().any(|(entity, field)| {
            // `完成单位 | 甲医院` in a record of a person.
            *entity != Entity::Dossier && *entity == self.current && *field != Field::Ignored
        });
        if row[0].is_blank() || named || (section.is_none() && !self.names_items(heading, value)) {
            return false;
        }
        if section.is_some() && !self.heading_like(heading, &names) {
            return false;
        }
        for line in value.split(|c| c == '\n') {
            self.paragraph(&line, &lexicon.names(line.text()), false, None);
        }
        true
    }

    /// `知识产权名称 | 专利1：…⏎专利2：…`: a label beside a list of records opens their section.
    fn names_items(&mut self, heading: &Passage, value: &Passage) -> bool {
        let meanings = Lexicon::get().label(heading.text());
        let lines = value.split(|c| c == '\n');
        let entity = [Entity::Paper, Entity::Ip].into_iter().find(|entity| {
            meanings.iter().any(|(known, _)| known == entity)
                && lines.iter().all(|line| is_record(line, *entity))
        });
        let Some(entity) = entity.filter(|_| lines.len() > 1) else { return false };
        self.finish_item();
        (self.open, self.current, self.columns) = (Open::Nothing, entity, None);
        true
    }

    /// Reads a row of labels, each before its values.
    pub(super) fn pairs(&mut self, row: &[Passage]) -> bool {
        let lexicon = Lexicon::get();
        // Below a heading at the side, the labels begin in a later column.
        let blanks = row.iter().take_while(|cell| cell.is_blank()).count();
        let Some(label) = row.get(blanks).map(|cell| lexicon.label(cell.text())) else { return false };
        if label.is_empty() || blanks > 0 && (self.columns.is_some() || self.meaning(&label).is_none()) {
            return false;
        }
        let mut target: Option<(Entity, Field, bool)> = None;
        for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let is_behind_blank =
                at > 0 && row[at - 1].is_blank() && row[at + 1..].iter().any(|cell| !cell.is_blank());
            // `排名 | 1 | 职称：教授⏎职务：院长`
            let is_label = || !lexicon.label(cell.text()).is_empty();
            if matches!(target, Some((.., true))) && self.own_label(cell).is_some() && !is_label() {
                self.lines_of(cell);
                continue;
            }
            match (self.meaning(&lexicon.label(cell.text())), target) {
                // Two labels in a row: the first had no value, or the second is one.
                (Some(meaning), None | Some((_, _, true))) => target = Some((meaning.0, meaning.1, false)),
                // `行政职务 | | 工作单位 | 甲医院`
                (Some(meaning), Some((_, field, false))) if is_behind_blank && meaning.1 != field => {
                    target = Some((meaning.0, meaning.1, false));
                }
                (_, Some((entity, field, false))) => {
                    let of_project = (entity, field) == (Entity::Contributor, Field::Institution)
                        && self.names_institutions(cell);
                    let (entity, field) = if of_project {
                        (Entity::Dossier, Field::ListedInstitutions)
                    } else {
                        (entity, field)
                    };
                    self.set(entity, field, cell);
                    target = Some((entity, field, true));
                }
                // `单位名称 | 甲医院 | 第1完成单位`
                (None, Some((entity, field, true))) => {
                    match ordinal_heading(cell).filter(|(of, _)| *of == entity) {
                        Some((_, number)) => self.set(entity, Field::Rank, &number),
                        None => {
                            if let Some(entry) = self.last(entity) {
                                entry.add(field, cell);
                            }
                        }
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
    pub(super) fn cells(&mut self, row: &[Passage]) {
        if self.rest_of_told(row) {
            return;
        }
        let assigned = self.columns.as_ref().map(|columns| (columns.assign(row), columns.entity));
        let Some(((assigned, shifted), entity)) = assigned else {
            if self.rest_of_item(row) {
                return;
            }
            if self.headless_row(row) {
                return;
            }
            // A row with a first cell is none that was cut: its label is not known.
            if !row[0].is_blank() && row.iter().filter(|cell| !cell.is_blank()).count() > 1 {
                self.open = Open::Nothing;
            }
            for cell in row.iter().filter(|cell| !cell.is_blank()) {
                self.rest_of_cell(cell);
            }
            return;
        };
        self.current = entity;
        let mut cells: Vec<(Field, Passage)> = Vec::with_capacity(assigned.len());
        for (field, cell) in assigned {
            match self.labelled_cell(&cell) {
                Some(parts) => cells.extend(parts),
                None => cells.push((field, cell)),
            }
        }
        let value = |wanted: Field| cells.iter().find(|(field, _)| *field == wanted).map(|(_, cell)| cell);
        let filled = cells.iter().filter(|(_, cell)| !cell.is_blank()).count();
        let key = [Field::Number, Field::Name, Field::InstitutionName, Field::PaperTitle, Field::IpTitle];
        let starts = key.into_iter().find_map(value).is_some_and(|cell| !cell.is_blank());
        let whole = filled + 1 >= cells.len() && cells.len() > 2;
        // Rows are numbered, and the one before ended within a cell: `2022;91(6):1402-`.
        let is_dated =
            |cell: Option<&Passage>| cell.is_some_and(|cell| fit(Field::YearLocator, cell.text()) >= 1.0);
        let is_rest = |last: &mut Entry| {
            let both_dated = is_dated(last.get(Field::YearLocator)) && is_dated(value(Field::YearLocator));
            let both = |field: &Field| last.has(*field) && value(*field).is_some_and(|cell| !cell.is_blank());
            last.has(Field::Number) && ends_within(last) && !both_dated && !WHOLE.iter().any(both)
        };
        let is_cut =
            value(Field::Number).is_some_and(Passage::is_blank) && self.last(entity).is_some_and(is_rest);
        let list = self.list(entity);
        if (starts || whole) && !is_cut || list.is_empty() {
            let mut entry = Entry::default();
            entry.shifted = shifted;
            list.push(entry);
        } else if let Some(entry) = list.last_mut() {
            entry.merged = true;
        }
        if let Some(entry) = list.last_mut() {
            cells.into_iter().for_each(|(field, cell)| entry.put(field, cell));
        }
        self.open = Open::Nothing;
    }

    /// `名称：…⏎类别：…`: a cell may hold labels of its own.
    fn labelled_cell(&self, cell: &Passage) -> Option<Vec<(Field, Passage)>> {
        if !cell.text().contains(['：', ':']) {
            return None;
        }
        let (meanings, value) = split_at_label(cell)?;
        let own = |&(entity, field): &(Entity, Field)| {
            (entity == self.current && field != Field::Contribution).then_some(field)
        };
        let label = meanings.iter().find_map(own)?;
        let (first, rest) = self.inline(&value);
        if rest.is_empty() {
            return None;
        }
        let rest = rest.into_iter().map(|(meaning, value)| Some((own(&meaning)?, value)));
        let fields: Option<Vec<(Field, Passage)>> =
            std::iter::once(Some((label, first))).chain(rest).collect();
        Some(fields?.into_iter().flat_map(|(field, value)| own_lines(field, &value)).collect())
    }

    /// A cell without a column: the rest of a value that a page break cut.
    pub(super) fn rest_of_cell(&mut self, cell: &Passage) {
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

/// `刊名：某杂志⏎2019年24卷5期⏎…`: a line of its own that says when and where a paper is printed needs no label.
fn own_lines(field: Field, value: &Passage) -> Vec<(Field, Passage)> {
    if !matches!(field, Field::Journal | Field::PaperTitle | Field::Authors | Field::CorrespondingAuthors)
        || !value.text().contains('\n')
    {
        return vec![(field, value.clone())];
    }
    let mut fields: Vec<(Field, Passage)> = Vec::new();
    for line in value.split(|c| c == '\n') {
        match fields.last_mut() {
            Some(_) if fit(Field::YearLocator, line.text()) >= 1.0 => fields.push((Field::YearLocator, line)),
            Some((_, before)) => before.append_wrapped(&line),
            None => fields.push((field, line)),
        }
    }
    fields
}
