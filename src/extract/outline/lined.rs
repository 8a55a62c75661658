//! Tables of which lines of words are left, as a page is copied: the names of the columns in one line or a few, then rows of
//! several lines each, with nothing but single blanks between their cells.

#[cfg(test)]
mod tests;

use super::{
    Open, Walker,
    stacked::{ends_table, paragraph, repeats},
};
use crate::{
    extract::{
        label::split_at_label,
        lexicon::{Entity, Field, Lexicon},
        listing::{is_institution_name, is_person_name},
        spaced::words,
        table::{Columns, header},
    },
    source::Block,
    text::{Passage, is_wider, parse_integer},
};

/// Fewer column names in a row may be anything.
const FEWEST: usize = 4;

/// No header has more lines, nor its lines more words.
const MOST_HEADER: usize = 4;
const MOST_WORDS: usize = 16;

/// No row has more lines.
const MOST_LINES: usize = 16;

/// What is known of a person beside what was done takes no more.
const MOST_OF_CARD: usize = 5;

/// No name of a column is longer, in bytes.
const LONGEST: usize = 60;

/// The lines that name columns.
struct LinedHeader {
    lines: usize,
    columns: Columns,
    /// The column that counts the rows has no name.
    is_unnamed: bool,
}

impl Walker {
    /// Reads such a table at the head of `blocks`; tells how many of them it has used.
    pub(super) fn lined(&mut self, blocks: &[Block]) -> Option<usize> {
        let head = lined_header(blocks)?;
        match head.columns.entity {
            Entity::Paper | Entity::Ip => self.numbered_lines(&head, blocks),
            Entity::Contributor | Entity::Institution => self.lined_card(&head, blocks),
            Entity::Dossier => None,
        }
    }

    /// Rows of papers or rights that the first column counts.
    fn numbered_lines(&mut self, head: &LinedHeader, blocks: &[Block]) -> Option<usize> {
        // `类别 国别 授权号` above `1 发明专利 中国`: what counts the rows has no name.
        let unnumbered = (!head.columns.first_is(&[Field::Number])).then(|| LinedHeader {
            columns: head.columns.numbered(),
            lines: head.lines,
            is_unnamed: true,
        });
        let head = unnumbered.as_ref().unwrap_or(head);
        let columns = &head.columns;
        let (rows, used) = counted_rows(head, blocks)?;
        let rows: Vec<_> = rows.iter().map(|row| columns.gather_of_lines(row)).collect::<Option<_>>()?;
        self.finish_row();
        self.finish_item();
        rows.iter().for_each(|cells| self.record(columns.entity, cells));
        (self.open, self.columns, self.current) = (Open::Nothing, None, columns.entity);
        Some(used)
    }

    /// `姓名 排名 完成单位 职称⏎陈一 1 甲医院⏎教授⏎对本项目的贡献 提出方法。`: names of columns, the cells of one row, and behind
    /// its label what was done.
    fn lined_card(&mut self, head: &LinedHeader, blocks: &[Block]) -> Option<usize> {
        let (columns, entity) = (&head.columns, head.columns.entity);
        if columns.names_field(Field::Contribution) {
            return None;
        }
        let is_one =
            |cells: &Vec<(Field, Passage)>| cells.iter().any(|(field, cell)| is_key(*field, cell.text()));
        let mut values: Vec<Passage> = Vec::new();
        for (at, block) in blocks.iter().enumerate().skip(head.lines) {
            let lines = paragraph(block)?.lines();
            let told = lines.iter().enumerate().find_map(|(at, line)| Some((at, told(line, entity)?)));
            values.extend_from_slice(&lines[..told.as_ref().map_or(lines.len(), |(at, _)| *at)]);
            if values.len() > MOST_OF_CARD {
                return None;
            }
            // Labels below labels name the columns of another form.
            if values.iter().flat_map(words).any(|word| is_column(&word)) {
                return None;
            }
            let Some((told_at, mut value)) = told else { continue };
            // Two rows below one header are a list.
            let is_list = values
                .iter()
                .skip(1)
                .any(|line| columns.gather_of_lines(std::slice::from_ref(line)).as_ref().is_some_and(is_one));
            let cells = columns.gather_of_lines(&values).filter(|cells| is_one(cells) && !is_list)?;
            lines[told_at + 1..].iter().for_each(|line| value.append_wrapped(line));
            self.finish_row();
            self.finish_item();
            self.columns = None;
            self.record(entity, &cells);
            let value = self.before_ignored(&value);
            self.set(entity, Field::Contribution, &value);
            return Some(at + 1);
        }
        None
    }
}

/// The lines of each row below a header whose first column counts the rows, and how many blocks they take with it. Such
/// lines below a header of one line that names that column, and which no page repeats, are read one by one.
fn counted_rows(head: &LinedHeader, blocks: &[Block]) -> Option<(Vec<Vec<Passage>>, usize)> {
    let columns = &head.columns;
    if !columns.first_is(&[Field::Number]) {
        return None;
    }
    let mut rows: Vec<Vec<Passage>> = Vec::new();
    let (mut at, mut is_repeated) = (head.lines, false);
    while let Some(text) = blocks.get(at).and_then(paragraph) {
        if repeats(&blocks[..head.lines], &blocks[at..]) {
            // A page may end below its header; more copies would be skipped from each of them anew.
            if rows.is_empty() && is_repeated {
                return None;
            }
            let next = blocks.get(at + head.lines).and_then(paragraph).map(words);
            let begins = |next: &Vec<Passage>| {
                opens_row(columns, next, 1) || counts_alone(columns, next, 1, rows.last())
            };
            // Another list begins at 1.
            if !rows.is_empty() && next.as_ref().is_some_and(begins) {
                break;
            }
            (at, is_repeated) = (at + head.lines, true);
            continue;
        }
        let lines: Vec<Passage> =
            text.lines().into_iter().map(|line| without_label(line, columns.entity)).collect();
        if ends_table(text.text(), columns.entity)
            || text.text().contains('。')
            || lines.iter().any(opens_with_label)
        {
            break;
        }
        for line in lines {
            let next = words(&line);
            let number = rows.len() as u64 + 1;
            let is_next =
                opens_row(columns, &next, number) || counts_alone(columns, &next, number, rows.last());
            let is_long = |row: &Vec<Passage>| {
                row.iter().map(|line| words(line).len()).sum::<usize>() * 2 > columns.width()
            };
            match rows.last_mut() {
                Some(row) if !is_next || !is_long(row) => row.push(line),
                None if !is_next => return None,
                _ => rows.push(vec![line]),
            }
        }
        if rows.last().is_some_and(|row| row.len() > MOST_LINES) {
            return None;
        }
        at += 1;
    }
    (rows.len() > 1 && (head.lines > 1 || is_repeated || head.is_unnamed)).then_some((rows, at))
}

/// Reads a header at the head of `blocks`: line ends may part its names or cut them.
fn lined_header(blocks: &[Block]) -> Option<LinedHeader> {
    let first = paragraph(blocks.first()?).filter(|text| !is_wider(text.text(), 120))?;
    let opening = words(first);
    let (_, whole) = opening.split_last().filter(|(_, whole)| !whole.is_empty())?;
    if opening.len() > MOST_WORDS || !whole.iter().all(is_column) {
        return None;
    }
    let lines: Vec<Vec<Passage>> = blocks
        .iter()
        .take(MOST_HEADER)
        .map_while(paragraph)
        .map(words)
        .take_while(|words| {
            words.len() <= MOST_WORDS && words.iter().all(|word| word.text().len() <= LONGEST)
        })
        .collect();
    (1..=lines.len()).rev().find_map(|count| {
        // Each bit says whether a line end cuts a name.
        (0..1_u32 << (count - 1)).rev().find_map(|cuts| {
            let mut names = lines[0].clone();
            let is_cut = |name: &Passage, rest: &Passage| !(is_column(name) && says_all(name, rest));
            for (at, line) in lines[1..count].iter().enumerate() {
                let mut line = line.iter();
                if cuts & (1 << at) != 0
                    && let (Some(name), Some(rest)) = (names.last_mut(), line.next())
                {
                    // `全部作者⏎通讯作者` are two.
                    if !is_cut(name, rest) {
                        return None;
                    }
                    name.append("", rest);
                }
                names.extend(line.cloned());
            }
            let columns =
                header(&names).filter(|columns| columns.knows_all() && columns.known() >= FEWEST)?;
            Some(LinedHeader { lines: count, columns, is_unnamed: false })
        })
    })
}

/// Tells whether a name of a column adds nothing to what stands below its end: `全部作者⏎通讯作者`, and not `通讯⏎作者`.
fn says_all(name: &Passage, rest: &Passage) -> bool {
    let mut both = name.clone();
    both.append("", rest);
    let lexicon = Lexicon::get();
    let whole = lexicon.label(both.text());
    !whole.is_empty() && whole == lexicon.label(rest.text())
}

fn is_column(word: &Passage) -> bool {
    let is_label =
        |word: &str| Lexicon::get().label(word).iter().any(|(entity, _)| *entity != Entity::Dossier);
    word.text().len() <= LONGEST && is_label(word.text())
}

/// Tells whether a line opens the row with a number.
fn opens_row(columns: &Columns, words: &[Passage], number: u64) -> bool {
    let [first, second, ..] = words else { return false };
    parse_integer(first.text()) == Some(number) && columns.may_follow_number(second.text())
}

/// Tells whether a line is no more than the number of a row, where no column holds such numbers, or may hold them, as those
/// of impact factors do, and has been filled in the row above.
fn counts_alone(columns: &Columns, words: &[Passage], number: u64, above: Option<&Vec<Passage>>) -> bool {
    let counts = [Field::Citations, Field::SciCitations, Field::DatabaseCitations, Field::Year, Field::Issue];
    let names_any = |fields: &[Field]| fields.iter().any(|field| columns.names_field(*field));
    let [only] = words else { return false };
    let is_whole = || {
        let said = |row: &Vec<Passage>| row.iter().map(|line| self::words(line).len()).sum::<usize>();
        above.is_none_or(|row| said(row) >= columns.width())
    };
    parse_integer(only.text()) == Some(number)
        && !names_any(&counts)
        && (is_whole() || !names_any(&[Field::ImpactFactor, Field::Rank]))
}

/// `登记号：2020SR0487715 2020-05-20` in a row of rights: the label says what the column does.
fn without_label(line: Passage, entity: Entity) -> Passage {
    if entity != Entity::Ip {
        return line;
    }
    match split_at_label(&line) {
        Some((meanings, value)) if meanings.contains(&(Entity::Ip, Field::GrantNumber)) => value,
        _ => line,
    }
}

/// `通讯作者：陈一`, `推广应用情况：…`, and not the title `2 髋部骨折的修复：一项队列研究`.
fn opens_with_label(line: &Passage) -> bool {
    let Some((before, _)) = line.text().split_once('：') else { return false };
    let is_section = before.len() <= LONGEST && Lexicon::get().names(before).section.is_some();
    is_section || split_at_label(line).is_some()
}

/// What is told behind the label of a contribution that a line opens with.
fn told(line: &Passage, entity: Entity) -> Option<Passage> {
    let text = line.text();
    let first = text.split_whitespace().next().filter(|first| first.len() <= 4 * LONGEST)?;
    let end = first.find(['：', ':']).unwrap_or(first.len());
    let label = Some(&first[..end]).filter(|label| label.len() <= LONGEST)?;
    let value = line.slice(end..text.len()).trimmed_matches(|c| c.is_whitespace() || matches!(c, '：' | ':'));
    let is_told = Lexicon::get().label(label).contains(&(entity, Field::Contribution));
    (is_told && !value.is_blank()).then_some(value)
}

fn is_key(field: Field, text: &str) -> bool {
    match field {
        Field::Name => is_person_name(text),
        Field::InstitutionName => is_institution_name(text),
        _ => false,
    }
}
