mod bare_papers;
mod blanks;
mod card_cells;
mod cards;
mod category;
mod cell_items;
mod cell_lines;
mod claim_rows;
mod closing;
mod cut_label;
mod cut_rows;
mod dated;
mod deeds;
mod headed_cell;
mod inline;
mod institution_deeds;
mod item;
mod items;
mod label_lines;
mod labelled_cells;
mod lined;
mod numbered_rows;
mod opened;
mod ordinal;
#[cfg(test)]
mod printed;
mod records;
mod repeated;
mod rest;
mod row_marks;
mod rows;
mod same;
mod side_by_side;
mod side_labels;
mod sided;
mod signed;
mod stacked;
mod title_above;
mod titled;
mod transposed;
mod two_rows;
mod unlabelled;
mod walk;

use self::{claim_rows::ClaimColumns, closing::is_closing, item::Item, opened::several};
use super::{
    entry::Entry,
    enumerator::{Numbering, strip_enumerator},
    lexicon::{Entity, Field, Lexicon, Names, Section},
    listing::{is_institution_name, listed},
    sentence::{sentence, unnumbered, unnumbered_institution, without_bars},
    table::Columns,
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

/// Marks that set off the items of a list.
const BULLETS: [char; 18] =
    ['★', '☆', '▲', '△', '►', '➢', '✓', '✔', '■', '●', '◆', '▪', '◇', '□', '•', '·', '○', '※'];

/// Sorts blocks into sections, records and fields.
pub(super) fn outline(blocks: &[Block]) -> Outline {
    let mut walker = Walker {
        out: Outline::default(),
        open: Open::Nothing,
        current: Entity::Dossier,
        columns: None,
        claim_columns: None,
        is_closed: false,
        categories: Vec::new(),
        numbering: Numbering::None,
        begun: None,
        above: Vec::new(),
        item: None,
        dated_below: None,
        line_row: None,
        before_table: false,
        just_named: false,
    };
    walker.blocks(blocks);
    walker.finish_row();
    walker.finish_item();
    walker.supply_categories();
    walker.out.list_names();
    same::repeated(&mut walker.out.papers, Field::PaperTitle);
    same::repeated(&mut walker.out.ip, Field::IpTitle);
    same::merged(&mut walker.out.contributors, Field::Name);
    same::merged(&mut walker.out.institutions, Field::InstitutionName);
    walker.out
}

impl Outline {
    /// Takes the names in a row for the contributors or institutions, where there is no fuller list.
    fn list_names(&mut self) {
        let lists = [
            (Field::ListedContributors, Entity::Contributor, &mut self.contributors),
            (Field::ListedInstitutions, Entity::Institution, &mut self.institutions),
        ];
        for (field, entity, list) in lists {
            let name = if entity == Entity::Contributor { Field::Name } else { Field::InstitutionName };
            if list.iter().all(|entry| !entry.has(name))
                && let Some(entries) = self.dossier.get(field).and_then(|names| listed(names, entity))
            {
                *list = entries;
            }
        }
    }
}

struct Walker {
    out: Outline,
    open: Open,
    /// The entity whose record was written last.
    current: Entity,
    columns: Option<Columns>,
    /// What is printed now is signed or voted on, and lists no one anew.
    is_closed: bool,
    /// The categories of rights that headings have named, each with the count of rights before it.
    categories: Vec<(usize, Option<Passage>)>,
    /// What the columns of a table of claims hold.
    claim_columns: Option<ClaimColumns>,
    /// How the heading or label before is numbered.
    numbering: Numbering,
    /// A row that a line end within one of its cells has cut.
    begun: Option<Row>,
    /// Where the cells of the row before start: a cell that spans rows is handed out in each of them.
    above: Vec<Option<usize>>,
    /// An item of a list whose rest may follow.
    item: Option<Item>,
    /// The right, among those read, whose date stood on a line of its own last.
    dated_below: Option<usize>,
    /// The words so far of a row whose cells are parted by single blanks, where such rows are numbered.
    line_row: Option<Vec<Passage>>,
    /// The next block is a table.
    before_table: bool,
    /// The line before named a person or an institution, and no more.
    just_named: bool,
}

impl Walker {
    /// An item of a list without the mark that sets it off: `★ 陈一　教授`.
    fn without_bullet(&self, text: &Passage, names: &Names) -> Option<Passage> {
        let rest = text.text().strip_prefix(BULLETS)?;
        let within_prose = matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _));
        let is_item = self.current != Entity::Dossier
            && !within_prose
            && names.section.is_none()
            && names.meanings.is_empty()
            && !rest.ends_with(BULLETS);
        is_item.then(|| text.slice(text.text().len() - rest.len()..text.text().len()).trimmed())
    }

    fn heading(&mut self, level: u8, text: &Passage) {
        let mut names = Lexicon::get().names(text.text());
        names.section = names.section.or_else(|| list_section(&names));
        let of_list = matches!(self.current, Entity::Contributor | Entity::Institution);
        if self.heading_like(text, &names) || self.record_heading(text) || of_list && self.sentence(text) {
            return;
        }
        // Another table may follow.
        self.columns = None;
        self.out.headings.push((level, text.clone()));
        self.continue_value(text, false);
    }

    /// `### 2. 一种装置`: a numbered heading within a list opens the record that it names.
    fn record_heading(&mut self, text: &Passage) -> bool {
        let name = match self.current {
            Entity::Paper => Field::PaperTitle,
            Entity::Ip => Field::IpTitle,
            Entity::Contributor => Field::Name,
            Entity::Institution => Field::InstitutionName,
            Entity::Dossier => return false,
        };
        let rest = strip_enumerator(text.text());
        let within_dossier = matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _));
        if within_dossier || rest.is_empty() || Numbering::of(text.text()) == Numbering::None {
            return false;
        }
        self.finish_item();
        // `## 3 把技术留在基层` is none of the institutions before it.
        if name == Field::InstitutionName && !is_institution_name(rest) {
            self.leave();
            self.out.loose.push(text.clone());
            return true;
        }
        let mut entry = Entry::default();
        let start = text.text().trim_end().len() - rest.len();
        entry.add(name, &text.slice(start..start + rest.len()));
        self.list(self.current).push(entry);
        (self.open, self.columns, self.just_named) = (Open::Nothing, None, true);
        true
    }

    /// Opens the section or the field of the dossier that the whole text names.
    fn heading_like(&mut self, text: &Passage, names: &Names) -> bool {
        let of_dossier =
            names.meanings.iter().find(|(entity, field)| *entity == Entity::Dossier && !is_listed(*field));
        // `作者` of a page, and of a paper.
        let of_current = self.current != Entity::Dossier
            && names
                .meanings
                .iter()
                .any(|(entity, field)| *entity == self.current && *field != Field::Ignored);
        let of_dossier = of_dossier.filter(|(_, field)| *field != Field::Ignored || !of_current);
        if let Some(&(_, field)) = of_dossier {
            self.finish_item();
            self.open =
                if field == Field::Ignored { Open::Nothing } else { Open::Field(Entity::Dossier, field) };
            self.current = Entity::Dossier;
            self.columns = None;
            self.numbering = Numbering::of(text.text());
            return true;
        }
        if self.deed_heading(text, names) {
            return true;
        }
        let Some(section) = names.section.or_else(|| self.list_heading(text, names)) else { return false };
        // `（一）主要技术创新` below `三、项目简介` is a part of the summary.
        let numbering = Numbering::of(text.text());
        let within_summary =
            self.open == Open::Field(Entity::Dossier, Field::Summary) && numbering != self.numbering;
        if matches!(section, Section::Claims | Section::Other) && within_summary {
            return false;
        }
        self.finish_item();
        self.is_closed = false;
        self.name_category(text);
        if section == Section::Other {
            self.is_closed = is_closing(text.text());
            // `华夏医学科技奖推荐公示` names the award.
            self.out.loose.push(text.clone());
        }
        self.columns = None;
        self.numbering = numbering;
        self.open = if section == Section::Claims { Open::Claims } else { Open::Nothing };
        self.current = section.entity().unwrap_or(Entity::Dossier);
        true
    }

    /// `== 完成单位 ==`: a heading, where no person is told of whose institution it might announce.
    fn list_heading(&self, text: &Passage, names: &Names) -> Option<Section> {
        let line = text.text();
        let is_set_off = line.starts_with(['=', '—', '【', '[', '［', '〔', '■', '▍', '◆', '●'])
            && line.ends_with(['=', '—', '】', ']', '］', '〕'])
            || line.starts_with(['■', '▍', '◆', '●']);
        // `（二）完成单位`, as a heading would be.
        let is_numbered = Numbering::of(line) != Numbering::None && !line.contains(['：', ':']);
        let is_label =
            line.ends_with(['：', ':']) || self.current == Entity::Contributor && !is_set_off && !is_numbered;
        if is_label { None } else { list_section(names) }
    }

    fn paragraph(&mut self, text: &Passage, names: &Names, continues: bool, next: Option<&Block>) {
        if let Some(cell) = self.begun.as_mut().and_then(|row| row.last_mut())
            && names.section.is_none()
        {
            return cell.append_wrapped(text);
        }
        self.finish_row();
        let follows_name = std::mem::take(&mut self.just_named);
        if self.value_below(text)
            || self.heading_like(text, names)
            || self.institutions_next(text, names, next)
            || self.closing(text)
            || self.note(text)
            || self.foot(text)
            || self.spread_labels(text)
            || self.bare_paper(text)
            || self.led_name(text)
            || self.category_lead(text)
            || self.titled(text, next)
            || self.ordinal_heading(text)
            || self.named_deed(text)
            || self.listed_below(text)
            || self.ranked_below_names(text)
            || self.sentence(text)
            || self.told_name(text)
            || self.headless_line(text)
            || self.spaced(text)
            || self.labelled(text)
            || self.name_with_labels(text)
            || self.opened_list(text)
            || self.facts_of_last(text, follows_name)
            || self.deed(text, follows_name, next)
            || self.deed_without_label(text)
            || self.list_item(text, continues)
            || self.rest_of_row(text)
        {
            return;
        }
        self.continue_value(text, continues);
    }

    /// Papers or rights are being read, and no running text.
    fn is_listing(&self) -> bool {
        matches!(self.current, Entity::Paper | Entity::Ip)
            && !matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _))
    }

    /// Reads a record that is printed as a sentence.
    fn sentence(&mut self, text: &Passage) -> bool {
        // Numbered points of a text are no people.
        let within_prose = matches!(self.open, Open::Claims | Open::Field(Entity::Dossier, _));
        // A row of a table whose cells are parted by blanks.
        if self.columns.is_some() && !text.text().contains(['，', ',', '；', ';', '。', '：', ':']) {
            return false;
        }
        if within_prose {
            return false;
        }
        if let Some(parts) = several(text, self.current) {
            parts.iter().for_each(|part| {
                self.sentence(part);
            });
            return true;
        }
        let unbarred = without_bars(text, self.current);
        let text = unbarred.as_ref().unwrap_or(text);
        let fields = sentence(text, self.current).or_else(|| match self.current {
            Entity::Contributor => unnumbered(text),
            Entity::Institution => unnumbered_institution(text),
            _ => None,
        });
        let Some(fields) = fields else { return false };
        // `1.甲医院；2.乙医院`: several in a row.
        if self.open == Open::Nothing && listed(text, self.current).is_some_and(|names| names.len() > 1) {
            return false;
        }
        let entity = self.current;
        self.just_named = fields.iter().all(|(field, _)| *field != Field::Contribution);
        self.list(entity).push(Entry::default());
        for (field, value) in fields {
            if let Some(entry) = self.last(entity) {
                entry.supply(field, &value);
            }
            self.open = Open::Field(entity, field);
        }
        self.columns = None;
        true
    }
}

/// The section of those that a label lists.
fn list_section(names: &Names) -> Option<Section> {
    names.meanings.iter().find_map(|(_, field)| match field {
        Field::ListedContributors => Some(Section::Contributors),
        Field::ListedInstitutions => Some(Section::Institutions),
        _ => None,
    })
}

fn is_listed(field: Field) -> bool {
    matches!(field, Field::ListedContributors | Field::ListedInstitutions)
}

fn is_prose(field: Field) -> bool {
    matches!(field, Field::Summary | Field::Recommendation | Field::Contribution)
}
