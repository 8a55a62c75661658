use super::{BULLETS, Open, Walker, deeds::bare_facts, items::is_record};
use crate::{
    extract::{
        entry::Entry,
        enumerator::strip_enumerator,
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon},
        listing::{is_institution_name, is_person_name},
        names,
        sentence::{facts, sentence, unnumbered},
        spaced::{gaps, has_gap, words},
        table::fit,
    },
    source::Block,
    text::{Passage, is_han, is_wider, parse_integer},
};

/// Records whose names stand without a label or a column of their own.
impl Walker {
    /// `甲医院 | 排名：1 | 贡献：…`: a name, and labels for what follows it.
    pub(super) fn name_with_labels(&mut self, text: &Passage) -> bool {
        let Some(name_field) = self.name_field() else { return false };
        if self.columns.is_some() || !text.text().contains(['：', ':']) {
            return false;
        }
        let (name, rest) = self.inline(text);
        let entity = self.current;
        // `1. 甲医院　贡献：…`
        let number_end = name.text().trim_end().len() - strip_enumerator(name.text()).len();
        let number = name.slice(0..number_end).trimmed_matches(|c: char| !c.is_numeric() && !is_han(c));
        let name = name.slice(number_end..name.text().len());
        if rest.is_empty() || !is_name(&name, entity) || rest.iter().any(|((of, _), _)| *of != entity) {
            return false;
        }
        let mut entry = Entry::default();
        entry.add(name_field, &name);
        if parse_integer(number.text()).is_some() {
            entry.add(Field::Rank, &number);
        }
        self.list(entity).push(entry);
        rest.iter().for_each(|((entity, field), value)| self.set(*entity, *field, value));
        true
    }

    /// `1. 甲医院南区` in a list of institutions: whatever the name ends with, where the next line has a label for what
    /// follows a name.
    pub(super) fn numbered_name(&mut self, text: &Passage, next: Option<&Block>) -> bool {
        let within = self.open == Open::Nothing
            || matches!(self.open, Open::Field(entity, _) if entity == self.current);
        let Some(name_field) = self.name_field().filter(|_| within && text.text().len() <= 120) else {
            return false;
        };
        let entity = self.current;
        let Some(Block::Paragraph { text: next, .. }) = next else { return false };
        let name = strip_enumerator(text.text());
        let is_name = name.chars().filter(|&c| is_han(c)).count() >= 2
            && !name.contains(['：', ':', '，', '。', '；', ',', ';', '、'])
            && Lexicon::get().label(name).is_empty();
        let number_end = text.text().trim_end().len() - name.len();
        let number = text.slice(0..number_end).trimmed_matches(|c: char| !c.is_numeric() && !is_han(c));
        let Some(rank) = parse_integer(number.text()).filter(|_| is_name) else { return false };
        // The numbers of a list go on.
        let goes_on = u64::try_from(self.list(entity).len() + 1) == Ok(rank);
        let Some((meanings, _)) = split_at_label(next).filter(|_| goes_on) else { return false };
        if !meanings.iter().any(|(of, field)| *of == entity && *field != name_field) {
            return false;
        }
        self.finish_item();
        let mut entry = Entry::default();
        let name = text.slice(number_end..number_end + name.len());
        // `1. 陈一（1）　教授　甲大学`
        let parts = if has_gap(name.text()) { gaps(&name) } else { Vec::new() };
        let bare = parts.first().map(|first| {
            let end = first.text().find(['（', '(']).unwrap_or(first.text().len());
            first.slice(0..end).trimmed()
        });
        match bare.filter(|bare| entity == Entity::Contributor && is_person_name(bare.text())) {
            Some(bare) if parts.len() > 1 => {
                entry.add(name_field, &bare);
                let said = parts[1..].iter().flat_map(|part| facts(part, entity));
                said.for_each(|(field, value)| entry.supply(field, &value));
            }
            _ => entry.add(name_field, &name),
        }
        entry.add(Field::Rank, &number);
        self.list(entity).push(entry);
        (self.open, self.columns) = (Open::Nothing, None);
        true
    }

    /// `陈一（1/7）教授，甲医院` below a label that lists the names: each is told of.
    pub(super) fn ranked_below_names(&mut self, text: &Passage) -> bool {
        if self.open != Open::Field(Entity::Dossier, Field::ListedContributors) {
            return false;
        }
        let is_ranked =
            |fields: &Vec<(Field, Passage)>| fields.iter().any(|(field, _)| *field == Field::Rank);
        if !unnumbered(text).as_ref().is_some_and(is_ranked) {
            return false;
        }
        (self.open, self.current) = (Open::Nothing, Entity::Contributor);
        self.sentence(text)
    }

    /// A line that is no more than a name, right before a label that the record being read has used already.
    pub(super) fn bare_name(&mut self, text: &Passage, next: Option<&Block>) -> bool {
        let within = matches!(self.open, Open::Field(entity, _) if entity == self.current);
        let Some(name_field) = self.name_field().filter(|_| within && text.text().len() <= 90) else {
            return false;
        };
        let entity = self.current;
        let is_numbered =
            strip_enumerator(text.text()) != text.text().trim() || text.text().contains(char::is_numeric);
        // `第二完成单位　乙大学` is more than a name.
        let is_ranked = || text.text().trim_start().starts_with('第') && sentence(text, entity).is_some();
        let is_bare = is_name(text, entity) && !is_numbered && !is_ranked();
        let Some(Block::Paragraph { text: next, .. }) = next.filter(|_| is_bare) else { return false };
        let Some((meanings, _)) = split_at_label(next) else { return false };
        let repeats = |entry: &Entry| {
            meanings.iter().any(|(of, field)| *of == entity && entry.has(*field) && *field != name_field)
        };
        if !self.last(entity).is_some_and(|last| repeats(last)) {
            return false;
        }
        let mut entry = Entry::default();
        entry.add(name_field, text);
        self.list(entity).push(entry);
        self.open = Open::Nothing;
        true
    }

    /// A row of a table without a header: its cells are known by what they say.
    pub(super) fn headless_row(&mut self, row: &[Passage]) -> bool {
        let filled: Vec<&Passage> = row.iter().filter(|cell| !cell.is_blank()).collect();
        let entity = self.current;
        let told = self.open == Open::Field(entity, Field::Contribution);
        // `甲医院 | 牵头单位，负责…`
        let is_told_name = filled.len() == 2
            && entity == Entity::Institution
            && is_institution_name(filled[0].text())
            && filled[1].text().contains(['，', '。', '；']);
        let fewest = if is_told_name { 2 } else { 3 };
        if self.columns.is_some() || !(told || self.open == Open::Nothing) || filled.len() < fewest {
            return false;
        }
        match entity {
            Entity::Paper => self.headless_paper(&filled),
            Entity::Ip => {
                let (number, cells) = numbered(&filled);
                let mut line = Passage::default();
                cells.iter().for_each(|cell| line.append("；", cell));
                let is_right = is_record(&line, entity) && self.item(&line, false);
                self.finish_item();
                if let Some(entry) = self.last(entity).filter(|_| is_right) {
                    number.into_iter().for_each(|number| entry.supply(Field::Number, number));
                }
                is_right
            }
            Entity::Contributor | Entity::Institution => {
                self.headless_person(&filled) || self.facts_in_row(&filled)
            }
            Entity::Dossier => false,
        }
    }

    /// Title, then journal, are the texts that are nothing else.
    fn headless_paper(&mut self, cells: &[&Passage]) -> bool {
        let (number, cells) = numbered(cells);
        let mut entry = Entry::default();
        number.into_iter().for_each(|number| entry.supply(Field::Number, number));
        for cell in cells {
            let text = cell.text();
            let certain = [Field::YearLocator, Field::ForeignCorresponding, Field::Database];
            let known = match () {
                () if parse_integer(text).is_some() => Field::Citations,
                () if text.parse::<f64>().is_ok() => Field::ImpactFactor,
                () => match certain.into_iter().find(|&field| fit(field, text) >= 1.0) {
                    Some(field) => field,
                    None if names::whole(text, 0..text.len()).is_some_and(|list| !list.are_doubtful()) => {
                        if entry.has(Field::Authors) {
                            Field::CorrespondingAuthors
                        } else {
                            Field::Authors
                        }
                    }
                    None if entry.has(Field::PaperTitle) => Field::Journal,
                    None => Field::PaperTitle,
                },
            };
            entry.supply(known, cell);
        }
        let is_paper =
            [Field::PaperTitle, Field::Journal, Field::YearLocator].iter().all(|field| entry.has(*field));
        if is_paper {
            self.list(Entity::Paper).push(entry);
        }
        is_paper
    }

    /// `陈一　　甲医院　　教授`: people in lines whose parts stand apart, without a header.
    pub(super) fn headless_line(&mut self, text: &Passage) -> bool {
        let told = self.open == Open::Field(Entity::Contributor, Field::Contribution);
        if self.current != Entity::Contributor
            || self.columns.is_some()
            || !(told || self.open == Open::Nothing)
        {
            return false;
        }
        let mut cells = gaps(text);
        if cells.len() < 3 && !text.text().contains(['，', ',', '；', '。', '：', ':']) {
            cells = words(text);
        }
        let cells: Vec<&Passage> = cells.iter().collect();
        let says = |cell: &&Passage| {
            let said = facts(cell, Entity::Contributor);
            said.iter().any(|(field, _)| matches!(field, Field::Titles | Field::Employer))
        };
        let is_one = cells.len() >= 3 && cells.iter().skip(1).any(says) && self.headless_person(&cells);
        if is_one {
            self.open = Open::Nothing;
        }
        is_one
    }

    /// `主任医师 | 科主任 | 甲医院` below the line that names a person.
    fn facts_in_row(&mut self, cells: &[&Passage]) -> bool {
        let is_bare = |entry: &&mut Entry| {
            entry.has(Field::Name) && !entry.has(Field::Titles) && !entry.has(Field::Employer)
        };
        let mut line = Passage::default();
        cells.iter().for_each(|cell| line.append("，", cell));
        let Some(facts) = bare_facts(&line).filter(|_| self.current == Entity::Contributor) else {
            return false;
        };
        let Some(last) = self.out.contributors.last_mut().filter(is_bare) else { return false };
        facts.iter().for_each(|(field, value)| last.supply(*field, value));
        self.just_named = true;
        true
    }

    fn headless_person(&mut self, cells: &[&Passage]) -> bool {
        let (entity, Some(name_field)) = (self.current, self.name_field()) else { return false };
        let numbered = |cell: &Passage| {
            // `★ 陈一`
            let cell = &cell.trimmed_matches(|c| c.is_whitespace() || BULLETS.contains(&c));
            let rest = cell.text().trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = cell.text().len() - rest.len();
            let name = cell
                .slice(digits..cell.text().len())
                .trimmed_matches(|c| c.is_whitespace() || ".．、".contains(c));
            (cell.slice(0..digits), name)
        };
        let Some(at) = cells.iter().take(2).position(|cell| is_name(&numbered(cell).1, entity)) else {
            return false;
        };
        let mut entry = Entry::default();
        let (rank, name) = numbered(cells[at]);
        entry.add(name_field, &name);
        entry.supply(Field::Rank, &rank);
        for (place, cell) in cells.iter().enumerate().filter(|&(place, _)| place != at) {
            let labelled = split_at_label(cell).and_then(|(meanings, value)| {
                let own = meanings.iter().find(|(of, _)| *of == entity)?;
                Some((own.1, value))
            });
            if let Some((field, value)) = labelled {
                entry.supply(field, &value);
            } else if parse_integer(cell.text()).is_some() {
                entry.supply(Field::Rank, cell);
            } else if place + 1 == cells.len()
                && (cell.text().contains(['，', '。', '；'])
                    || entity == Entity::Institution && is_wider(cell.text(), 16) && !is_name(cell, entity))
            {
                entry.supply(Field::Contribution, cell);
            } else {
                facts(cell, entity).iter().for_each(|(field, value)| match field {
                    Field::Employer if entry.has(Field::Employer) => entry.supply(Field::Institution, value),
                    field => entry.supply(*field, value),
                });
            }
        }
        self.list(entity).push(entry);
        true
    }
}

/// Parts the number that a row may begin with.
fn numbered<'a>(cells: &[&'a Passage]) -> (Option<&'a Passage>, Vec<&'a Passage>) {
    match cells {
        [first, rest @ ..] if parse_integer(first.text()).is_some() => (Some(first), rest.to_vec()),
        _ => (None, cells.to_vec()),
    }
}

fn is_name(text: &Passage, entity: Entity) -> bool {
    match entity {
        Entity::Contributor => is_person_name(text.text()),
        Entity::Institution => is_institution_name(text.text()),
        _ => false,
    }
}
