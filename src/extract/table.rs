mod assign;
mod fit;
mod known;
mod lines;
mod pair;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::pair::{pair, parted};
pub(super) use self::{fit::fit, known::category_and_country};
use super::{
    lexicon::{Entity, Field, Lexicon, MAX_LABEL},
    value::without_han_spaces,
};
use crate::text::{Passage, is_han};

/// The columns of a table: what each cell of a row holds.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) entity: Entity,
    fields: Vec<Option<Field>>,
    /// What a column holds besides, as `授权号/授权日期` does.
    seconds: Vec<Option<Field>>,
    /// What stands beside the columns and names their section.
    side: Option<String>,
}

/// No table of a notice has as many, and the time for a row that lost cells grows with their square.
const MAX_COLUMNS: usize = 64;

/// A row must suit its columns so well on average.
const FEWEST_FITTING: f64 = 0.5;

/// What each word more in a cell costs.
const MERGED: f64 = 0.15;

/// What a cell has less whose lines cannot be those of one.
const BROKEN: f64 = 0.4;

/// More words cannot be the cells of a row; the rest belongs to the last column.
const MOST_PARTS: usize = 40;

/// Names of columns of tables that list something else.
const OTHERS: [&str; 10] =
    ["合作", "反对", "弃权", "得票", "票数", "签名日期", "签字日期", "签名时间", "签字时间", "签署日期"];

/// Reads a row as the header of a table, where nearly all of its cells are column names of one entity.
pub(super) fn header(row: &[Passage]) -> Option<Columns> {
    if row.len() > MAX_COLUMNS {
        return None;
    }
    // Most rows are of values, and numbers and long texts are no names.
    let is_value = |cell: &Passage| {
        cell.text().len() > MAX_LABEL || !cell.is_blank() && !cell.text().contains(char::is_alphabetic)
    };
    let mut unknown = row.iter().filter(|cell| is_value(cell)).count();
    if unknown * 2 > row.len() {
        return None;
    }
    let lexicon = Lexicon::get();
    let mut labels: Vec<Vec<(Entity, Field)>> = Vec::with_capacity(row.len());
    let mut seconds: Vec<Vec<(Entity, Field)>> = Vec::with_capacity(row.len());
    for cell in row {
        if is_value(cell) {
            seconds.push(Vec::new());
            labels.push(Vec::new());
            continue;
        }
        // `序 | 名称 | …`
        let is_number =
            labels.is_empty() && cell.text() == "序" && row.get(1).is_none_or(|next| next.text() != "号");
        let name = if is_number { "序号" } else { cell.text() };
        let meanings = if cell.is_blank() { Vec::new() } else { lexicon.column(name) };
        // `论文题目及出处` above two columns
        let is_spanning = matches!(&row[seconds.len()..], [_, next, _, ..] if next.is_blank());
        let whole = if is_spanning { &[] } else { &meanings[..] };
        let (meanings, second) = pair(cell.text(), whole).unwrap_or((meanings, Vec::new()));
        seconds.push(second);
        unknown += usize::from(meanings.is_empty() && !cell.is_blank());
        // Above two columns a cell that names two fields names one each.
        let is_inner = row[seconds.len()..].iter().any(|cell| !cell.is_blank());
        let before = seconds.len().checked_sub(2).filter(|_| cell.is_blank() && is_inner);
        let meanings = before.map_or(meanings, |before| std::mem::take(&mut seconds[before]));
        // More than half of the cells are no names: a row of values is not looked at to its end.
        if unknown * 2 > row.len() {
            return None;
        }
        labels.push(meanings);
    }
    // Who worked with whom, voted or signed is a table of its own, and no list of contributors.
    if row.iter().any(|cell| cell.text().len() <= 60 && OTHERS.iter().any(|word| cell.text().contains(word)))
    {
        return None;
    }
    let filled = row.iter().filter(|cell| !cell.is_blank()).count();
    // `主要完成单位 | 排名 | 单位名称 | …`: the name of a section at the side is none of a column.
    let is_side = row.len() > 3
        && labels
            .first()
            .is_some_and(|meanings| meanings.iter().all(|(entity, _)| *entity == Entity::Dossier))
        && lexicon.section(row[0].text()).is_some();
    let mut filled = filled - usize::from(is_side);
    let entities = [Entity::Paper, Entity::Ip, Entity::Contributor, Entity::Institution];
    let fields_of = |entity: Entity| -> Vec<Option<Field>> {
        labels
            .iter()
            .map(|meanings| meanings.iter().find(|(known, _)| *known == entity).map(|&(_, field)| field))
            .collect()
    };
    let known =
        |fields: &[Option<Field>]| fields.iter().flatten().filter(|field| **field != Field::Ignored).count();
    let (entity, fields) = entities
        .into_iter()
        .map(|entity| (entity, fields_of(entity)))
        .max_by_key(|(_, fields)| known(fields))?;
    let mut fields = fields;
    // `序号 | … | 编号`: a right has a number in the list and one of its own.
    if entity == Entity::Ip && !fields.contains(&Some(Field::GrantNumber)) {
        let second = (0..fields.len()).filter(|&at| fields[at] == Some(Field::Number)).nth(1);
        if let Some(at) = second {
            fields[at] = Some(Field::GrantNumber);
        }
    }
    // `序号 | 名称 | 刊物 | 作者 | …`: what is named is a paper.
    if entity == Entity::Paper && !fields.contains(&Some(Field::PaperTitle)) {
        let named = labels.iter().position(|meanings| meanings.contains(&(Entity::Ip, Field::IpTitle)));
        if let Some(named) = named.filter(|&at| fields[at].is_none()) {
            fields[named] = Some(Field::PaperTitle);
        }
    }
    // `完成单位 | 排名 | 单位名称 | …`: a side that names the section again is no column. Two cards side by side print the
    // same label twice, and a book has a title beside that of a paper.
    let is_key = |field: &Field| {
        matches!(field, Field::Name | Field::InstitutionName | Field::PaperTitle | Field::IpTitle)
    };
    let mut side = is_side;
    if let Some(key) = fields.first().copied().flatten().filter(is_key)
        && row.len() > 3
        && fields[1..].contains(&Some(key))
        && (row[0].text().contains('\n')
            || lexicon.section(row[0].text()).is_some()
            || matches!(key, Field::Name | Field::InstitutionName)
                && (1..fields.len()).any(|at| fields[at] == Some(key) && row[at].text() != row[0].text()))
    {
        fields[0] = None;
        filled -= 1;
        side = true;
    }
    let known = known(&fields);
    let labels = fields.iter().flatten().count();
    // `姓名 | 李明 | 排名 | 1`: labels that alternate with their values are no header.
    let filled_fields =
        fields.iter().zip(row).filter(|(_, cell)| !cell.is_blank()).map(|(field, _)| field.is_some());
    let filled_fields: Vec<bool> = filled_fields.collect();
    let side_by_side = filled_fields.windows(2).any(|pair| pair[0] && pair[1]);
    // `排名 | 单位名称 | …`: what a record is known by, and one column that is not known.
    let keyed = fields.len() == row.len()
        && row.len() == 3
        && filled == 3
        && matches!(
            fields[..],
            [
                Some(Field::Number | Field::Rank),
                Some(Field::Name | Field::InstitutionName | Field::PaperTitle | Field::IpTitle),
                None
            ]
        );
    let enough = labels * 5 >= filled * 4 || (known >= 4 && known * 2 >= filled) || keyed;
    let of_entity = |second: &Vec<(Entity, Field)>| {
        second.iter().find(|(known, _)| *known == entity).map(|second| second.1)
    };
    let seconds = seconds.iter().map(of_entity).collect();
    let side = side.then(|| row[0].text().to_owned());
    (known >= 2 && enough && side_by_side).then_some(Columns { entity, fields, seconds, side })
}

impl Columns {
    pub(super) fn width(&self) -> usize {
        self.fields.len()
    }

    /// How many columns hold something that is kept.
    pub(super) fn known(&self) -> usize {
        self.fields.iter().flatten().filter(|field| **field != Field::Ignored).count()
    }

    /// Tells whether it is known what a column holds.
    pub(super) fn is_known(&self, column: usize) -> bool {
        self.fields.get(column).copied().flatten().is_some()
    }

    /// Tells whether a cell is the one at the side of the columns that names their section.
    pub(super) fn is_side(&self, cell: &str) -> bool {
        self.side.as_deref() == Some(cell)
    }

    /// What the last column holds.
    pub(super) fn last(&self) -> Option<Field> {
        self.fields.last().copied().flatten()
    }

    /// Tells whether any column holds the field.
    pub(super) fn names_field(&self, field: Field) -> bool {
        self.fields.contains(&Some(field)) || self.seconds.contains(&Some(field))
    }

    /// Tells whether a column holds one of these.
    pub(super) fn is_one_of(&self, column: usize, fields: &[Field]) -> bool {
        self.fields.get(column).copied().flatten().is_some_and(|field| fields.contains(&field))
    }

    /// Tells whether the first column holds one of these.
    pub(super) fn first_is(&self, fields: &[Field]) -> bool {
        self.is_one_of(0, fields)
    }

    /// With a column before the first that numbers the rows.
    pub(super) fn numbered(&self) -> Columns {
        let mut columns = self.clone();
        columns.fields.insert(0, Some(Field::Number));
        columns.seconds.insert(0, None);
        columns
    }

    /// The column that numbers the rows: the first one, or the one behind the names of people.
    pub(super) fn number_at(&self) -> Option<usize> {
        let numbers = [Field::Number, Field::Rank];
        let behind_names = || self.first_is(&[Field::Name]) && self.is_one_of(1, &numbers);
        if self.first_is(&numbers) { Some(0) } else { behind_names().then_some(1) }
    }

    pub(super) fn knows_all(&self) -> bool {
        self.fields.iter().all(Option::is_some)
    }

    /// Assigns the words of a line to the columns, several to one where that suits better; `None`
    /// where they do not suit at all, as those of a sentence.
    pub(super) fn gather(&self, words: &[Passage]) -> Option<Vec<(Field, Passage)>> {
        self.gather_joined(words, append_word).map(|(_, cells)| cells)
    }

    /// Tells whether a text may be the cell behind the number of a row: it certainly belongs to no later column.
    pub(super) fn may_follow_number(&self, text: &str) -> bool {
        let suits = |field: &Option<Field>| field.is_some_and(|field| fit(field, text) >= 1.0);
        let next = self.number_at().map_or(1, |at| at + 1);
        self.fields.get(next).is_none_or(suits) || !self.fields.iter().skip(next + 1).any(suits)
    }

    /// Assigns the lines of a row's cells, which stand one below the other, as [`Columns::gather`] does words.
    pub(super) fn gather_wrapped(&self, lines: &[Passage]) -> Option<Vec<(Field, Passage)>> {
        self.gather_pieces(lines).map(|(_, cells)| cells)
    }

    /// How much better the lines of a row suit the columns than they have to.
    pub(super) fn excess(&self, lines: &[Passage]) -> Option<f64> {
        self.gather_pieces(lines).map(|(score, _)| score - FEWEST_FITTING * self.fields.len() as f64)
    }

    /// Assigns words as [`Columns::gather`] does, or the pieces into which line ends cut them, whichever suits
    /// the columns better.
    pub(super) fn gather_lines(&self, words: &[Passage]) -> Option<Vec<(Field, Passage)>> {
        let pieces: Vec<Passage> = words.iter().flat_map(Passage::lines).collect();
        let whole = self.gather_joined(words, append_word);
        let cut = (pieces.len() > words.len()).then(|| self.gather_pieces(&pieces)).flatten();
        match (whole, cut) {
            (Some((score, _)), Some((better, cells))) if better > score + 0.3 => Some(cells),
            (None, Some((_, cells))) | (Some((_, cells)), _) => Some(cells),
            (None, None) => None,
        }
    }

    /// The assignment with its score, where words are put together unwillingly.
    fn gather_joined(
        &self,
        words: &[Passage],
        join: impl Fn(Option<Field>, &mut Passage, &Passage),
    ) -> Option<(f64, Vec<(Field, Passage)>)> {
        self.gather_by(words, words.len().min(MOST_PARTS), join, |at, cell, words| {
            self.weigh(at, cell, words)
        })
    }

    /// The same of the pieces into which line ends cut cells. None begins with a line of one character and goes on: `盒⏎陈一，⏎李二`.
    fn gather_pieces(&self, pieces: &[Passage]) -> Option<(f64, Vec<(Field, Passage)>)> {
        let is_rest = |range: &Range<usize>| {
            range.len() > 1 && pieces.get(range.start).is_some_and(Passage::is_one_han)
        };
        self.gather_by(pieces, pieces.len().min(MOST_PARTS), append_piece, |at, cell, range| {
            let rest = if is_rest(&range) { BROKEN } else { 0.0 };
            self.weigh(at, cell, range) - rest
        })
    }

    /// The assignment of the first `count` words with its score; the last cell takes the others. `join` appends a word to
    /// the cell of a column, and `weigh` tells how well a cell of these words suits a column.
    fn gather_by(
        &self,
        words: &[Passage],
        count: usize,
        join: impl Fn(Option<Field>, &mut Passage, &Passage),
        weigh: impl Fn(usize, &str, Range<usize>) -> f64,
    ) -> Option<(f64, Vec<(Field, Passage)>)> {
        let columns = self.fields.len();
        // The words that `to` ends; the cell that takes the last one takes all that follow.
        let end = |from: usize, to: usize| if to == count && from < to { words.len() } else { to };
        let joined = |field: Option<Field>, from: usize, to: usize| {
            let mut cell = Passage::default();
            words[from..end(from, to)].iter().for_each(|word| join(field, &mut cell, word));
            cell
        };
        // What each cell would say, by its first word and the number of its words: the same for all columns.
        let says = |from: usize| {
            let mut cell = String::new();
            let ends = (from..=count).map(|to| {
                for word in words.get(to.max(from + 1) - 1..end(from, to)).unwrap_or_default() {
                    cell.push_str(if cell.is_empty() { "" } else { " " });
                    cell.push_str(word.text());
                }
                without_han_spaces(&cell)
            });
            ends.collect::<Vec<String>>()
        };
        let cells: Vec<Vec<String>> = (0..=count).map(says).collect();
        let mut best = vec![vec![(f64::NEG_INFINITY, 0); count + 1]; columns + 1];
        best[0][0].0 = 0.0;
        for column in 0..columns {
            let (done, open) = best.split_at_mut(column + 1);
            let (starts, ends) = (&done[column], &mut open[0]);
            for (used, &(score, _)) in starts.iter().enumerate() {
                if score == f64::NEG_INFINITY {
                    continue;
                }
                for (next, end) in ends.iter_mut().enumerate().skip(used) {
                    let score = score + weigh(column, &cells[used][next - used], used..next);
                    if score > end.0 {
                        *end = (score, used);
                    }
                }
            }
        }
        let score = best[columns][count].0;
        if score < FEWEST_FITTING * columns as f64 {
            return None;
        }
        let mut cells = vec![Passage::default(); columns];
        let mut used = count;
        for column in (0..columns).rev() {
            let from = best[column + 1][used].1;
            cells[column] = joined(self.fields[column], from, used);
            used = from;
        }
        Some((score, self.named(cells)))
    }

    /// How well a cell suits its column. Words are put together unwillingly, but for those of the last column.
    fn weigh(&self, column: usize, cell: &str, words: Range<usize>) -> f64 {
        let is_last = column + 1 == self.fields.len();
        let merged = if is_last { 0.0 } else { MERGED * words.len().saturating_sub(1) as f64 };
        self.fields[column].map_or(0.0, |field| fit(field, cell)) - merged
    }

    /// The cells of known columns.
    fn named(&self, cells: Vec<Passage>) -> Vec<(Field, Passage)> {
        let mut named = Vec::with_capacity(cells.len());
        for ((field, second), cell) in self.fields.iter().zip(&self.seconds).zip(cells) {
            match (*field, *second) {
                (Some(field), Some(second)) => named.extend(parted(field, second, &cell)),
                (Some(field), None) => named.push((field, cell)),
                (None, _) => {}
            }
        }
        named
    }
}

/// Appends a word to a cell: no blank stands within Han text.
fn append_word(_: Option<Field>, cell: &mut Passage, word: &Passage) {
    let is_han_joint = cell.text().ends_with(is_han) && word.text().starts_with(is_han);
    cell.append(if is_han_joint { "" } else { " " }, word);
}

/// Appends what a line end has cut off a cell. No blank stands in a number: `2019,39(8):968-9⏎74`, `10.1000/j.2021.58⏎42`.
fn append_piece(field: Option<Field>, cell: &mut Passage, piece: &Passage) {
    let cuts_number = match field {
        Some(Field::Doi) => true,
        Some(Field::YearLocator) => {
            cell.text().contains([':', '：'])
                && cell.text().ends_with(|c: char| c.is_ascii_digit())
                && piece.text().starts_with(|c: char| c.is_ascii_digit() || c == '-')
        }
        _ => false,
    };
    if cuts_number { cell.append("", &piece.trimmed()) } else { cell.append_wrapped(piece) }
}
