mod rows;

use super::{
    entry::Entry,
    label::{split_at_label, split_label},
    lexicon::{Entity, Field, Lexicon, Numbering, Section},
    sentence::sentence,
    spaced::{gaps, words},
    table::{Columns, header},
};
use crate::{
    source::{Block, Row},
    text::Passage,
};

/// A document sorted by what its parts are about, before the values are understood.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Lines outside of every field: the notice's own title, by-lines, running text.
    pub(super) loose: Vec<Passage>,
    /// Marked headings outside of every field, with their level.
    pub(super) headings: Vec<(u8, Passage)>,
    pub(super) dossier: Entry,
    /// Text of a section of claims, where there is one outside the summary.
    pub(super) claims: Passage,
    pub(super) contributors: Vec<Entry>,
    pub(super) institutions: Vec<Entry>,
    pub(super) papers: Vec<Entry>,
    pub(super) ip: Vec<Entry>,
}

/// Where the next paragraph without a label belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Field(Entity, Field),
    Claims,
}

/// Sorts blocks into sections, records and fields.
pub(super) fn outline(blocks: &[Block]) -> Outline {
    let mut walker = Walker {
        out: Outline::default(),
        open: Open::Nothing,
        current: Entity::Dossier,
        columns: None,
        numbering: Numbering::None,
        begun: None,
    };
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        at += 1;
        match block {
            Block::Heading { level, text } => walker.heading(*level, text),
            Block::Table(rows) => rows.iter().for_each(|row| walker.row(row)),
            Block::Paragraph { text, continues } => {
                if let Some((used, label)) = split_label(&blocks[at - 1..])
                    && walker.heading_like(&label)
                {
                    at += used - 1;
                } else {
                    walker.paragraph(text, *continues);
                }
            }
        }
    }
    walker.finish_row();
    walker.out
}

/// A value behind its label, and what the label means.
type Labelled = ((Entity, Field), Passage);

struct Walker {
    out: Outline,
    open: Open,
    /// The entity whose record was written last.
    current: Entity,
    columns: Option<Columns>,
    /// How the heading or label before is numbered.
    numbering: Numbering,
    /// A row that a line end within one of its cells has cut.
    begun: Option<Row>,
}

impl Walker {
    fn heading(&mut self, level: u8, text: &Passage) {
        if !self.heading_like(text) {
            self.out.headings.push((level, text.clone()));
            self.continue_value(text, false);
        }
    }

    /// Opens the section or the field of the dossier that the whole text names.
    fn heading_like(&mut self, text: &Passage) -> bool {
        let lexicon = Lexicon::get();
        let meanings = lexicon.label(text.text());
        if let Some(&(_, field)) = meanings.iter().find(|(entity, _)| *entity == Entity::Dossier) {
            self.open = Open::Field(Entity::Dossier, field);
            self.columns = None;
            self.numbering = Numbering::of(text.text());
            return true;
        }
        let Some(section) = lexicon.section(text.text()) else { return false };
        // `（一）主要技术创新` below `三、项目简介` is a part of the summary.
        let numbering = Numbering::of(text.text());
        let within_summary = self.open == Open::Field(Entity::Dossier, Field::Summary)
            && numbering != Numbering::None
            && numbering != self.numbering;
        if section == Section::Claims && within_summary {
            return false;
        }
        self.columns = None;
        self.numbering = numbering;
        self.open = if section == Section::Claims { Open::Claims } else { Open::Nothing };
        self.current = section.entity().unwrap_or(Entity::Dossier);
        true
    }

    fn paragraph(&mut self, text: &Passage, continues: bool) {
        if let Some(cell) = self.begun.as_mut().and_then(|row| row.last_mut())
            && Lexicon::get().section(text.text()).is_none()
        {
            return cell.append_wrapped(text);
        }
        self.finish_row();
        if self.heading_like(text) || self.sentence(text) || self.spaced(text) || self.labelled(text) {
            return;
        }
        self.continue_value(text, continues);
    }

    /// Reads a record that is printed as a sentence.
    fn sentence(&mut self, text: &Passage) -> bool {
        let Some(fields) = sentence(text, self.current) else { return false };
        let entity = self.current;
        self.list(entity).push(Entry::default());
        for (field, value) in fields {
            if let Some(entry) = self.last(entity) {
                entry.add(field, &value);
            }
            self.open = Open::Field(entity, field);
        }
        self.columns = None;
        true
    }

    /// Reads a row of a table that has lost its rulings and tabs: its cells stand between wide gaps or,
    /// where even those are lost, its words are assigned to the columns.
    fn spaced(&mut self, text: &Passage) -> bool {
        let cells = gaps(text);
        if cells.len() >= 2 {
            let labels = !Lexicon::get().label(cells[0].text()).is_empty();
            let in_table = self.columns.as_ref().is_some_and(|columns| cells.len() * 2 > columns.width());
            if labels || header(&cells).is_some() || in_table {
                self.row(&cells);
                return true;
            }
        }
        let words = words(text);
        if words.len() < 3 {
            return false;
        }
        if let Some(columns) = header(&words).filter(|columns| columns.knows_all()) {
            self.current = columns.entity;
            self.columns = Some(columns);
            self.open = Open::Nothing;
            return true;
        }
        let Some(columns) = self.columns.clone() else { return false };
        let Some(cells) = columns.gather(&words) else { return false };
        let entity = columns.entity;
        let mut entry = Entry::default();
        for (field, cell) in cells.iter().filter(|(_, cell)| !cell.is_blank()) {
            entry.add(*field, cell);
            self.open = Open::Field(entity, *field);
        }
        self.list(entity).push(entry);
        self.current = entity;
        true
    }

    /// Adds a text without a label to the value before it.
    fn continue_value(&mut self, text: &Passage, continues: bool) {
        match self.open {
            Open::Nothing => self.out.loose.push(text.clone()),
            Open::Claims if continues => self.out.claims.append_wrapped(text),
            Open::Claims => self.out.claims.append("\n", text),
            Open::Field(entity, field) => {
                let Some(entry) = self.last(entity) else { return self.out.loose.push(text.clone()) };
                if continues || !entry.has(field) {
                    entry.add(field, text);
                } else if is_prose(field) {
                    entry.add_paragraph(field, text);
                } else {
                    self.out.loose.push(text.clone());
                }
            }
        }
    }

    /// Reads `标签：值`.
    fn labelled(&mut self, text: &Passage) -> bool {
        let Some((meanings, value)) = split_at_label(text) else { return self.foot(text) };
        let Some((entity, field)) = self.meaning(meanings) else { return false };
        self.numbering = Numbering::of(text.text());
        if is_prose(field) {
            self.set(entity, field, &value);
            return true;
        }
        // `姓名：李明　排名：1　职称：教授`
        self.current = entity;
        let (first, rest) = self.inline(&value);
        self.set(entity, field, &first);
        for (meaning, value) in rest {
            self.set(meaning.0, meaning.1, &value);
        }
        true
    }

    /// Parts a value before the further labels that stand in it.
    fn inline(&self, value: &Passage) -> (Passage, Vec<Labelled>) {
        const BREAKS: [char; 8] = [' ', '\u{3000}', ';', '；', ',', '，', '。', '\t'];
        let text = value.text();
        let mut labels: Vec<(usize, usize, (Entity, Field))> = Vec::new();
        for (colon, c) in text.char_indices().filter(|&(_, c)| matches!(c, '：' | ':')) {
            let from = labels.last().map_or(0, |&(_, end, _)| end);
            let Some(break_at) = text[from..colon].rfind(BREAKS).map(|at| from + at) else { continue };
            let start = break_at + text[break_at..].chars().next().map_or(1, char::len_utf8);
            if let Some(meaning) = self.meaning(Lexicon::get().label(&text[start..colon])) {
                labels.push((start, colon + c.len_utf8(), meaning));
            }
        }
        let tidy = |part: Passage| part.trimmed_matches(|c| c.is_whitespace() || ";；".contains(c));
        let numbered = |(start, end, meaning): (usize, usize, (Entity, Field))| {
            // `…李明 2. 论文名称：…`: the number belongs to what it opens.
            let opens =
                [Field::PaperTitle, Field::IpCategory, Field::IpTitle, Field::Name].contains(&meaning.1);
            let before = text[..start].trim_end();
            let stem = before.strip_suffix(['.', '．', '、']).unwrap_or(before);
            let digits = stem.trim_end_matches(|c: char| c.is_ascii_digit());
            let is = opens && stem.len() < before.len() && (1..=2).contains(&(stem.len() - digits.len()));
            (if is { digits.len() } else { start }, end, meaning)
        };
        let labels: Vec<_> = labels.into_iter().map(numbered).collect();
        let first = tidy(value.slice(0..labels.first().map_or(text.len(), |&(start, ..)| start)));
        let ends = labels.iter().skip(1).map(|&(start, ..)| start).chain([text.len()]);
        let rest =
            labels.iter().zip(ends).map(|(&(_, from, meaning), to)| (meaning, tidy(value.slice(from..to))));
        (first, rest.collect())
    }

    /// `公示期：…` ends the value before it and is none itself.
    fn foot(&mut self, text: &Passage) -> bool {
        let label = text.text().split(['：', ':']).next().filter(|label| label.len() < text.text().len());
        if label.and_then(|label| Lexicon::get().section(label)) != Some(Section::Other) {
            return false;
        }
        self.open = Open::Nothing;
        self.columns = None;
        self.out.loose.push(text.clone());
        true
    }

    /// Chooses what a label means here: a label of several entities belongs to the one being read.
    fn meaning(&self, meanings: &[(Entity, Field)]) -> Option<(Entity, Field)> {
        let of = |wanted: Entity| meanings.iter().copied().find(|(entity, _)| *entity == wanted);
        let first = meanings.first().filter(|(entity, _)| !matches!(entity, Entity::Paper | Entity::Ip));
        of(self.current).or_else(|| of(Entity::Dossier)).or(first.copied())
    }

    /// Sets a field of the record being read, or of a new one where that record has the field already.
    fn set(&mut self, entity: Entity, field: Field, value: &Passage) {
        self.open = Open::Field(entity, field);
        self.current = entity;
        if entity == Entity::Dossier && self.out.dossier.has(field) {
            return self.out.loose.push(value.clone());
        }
        if self.last(entity).is_none_or(|entry| entry.has(field)) && entity != Entity::Dossier {
            self.list(entity).push(Entry::default());
        }
        if let Some(entry) = self.last(entity) {
            entry.add(field, value);
        }
    }

    fn list(&mut self, entity: Entity) -> &mut Vec<Entry> {
        match entity {
            Entity::Paper => &mut self.out.papers,
            Entity::Ip => &mut self.out.ip,
            Entity::Institution => &mut self.out.institutions,
            Entity::Contributor | Entity::Dossier => &mut self.out.contributors,
        }
    }

    fn last(&mut self, entity: Entity) -> Option<&mut Entry> {
        match entity {
            Entity::Dossier => Some(&mut self.out.dossier),
            _ => self.list(entity).last_mut(),
        }
    }
}

fn is_prose(field: Field) -> bool {
    matches!(field, Field::Summary | Field::Recommendation | Field::Contribution)
}
