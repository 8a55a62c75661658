use std::{borrow::Cow, collections::HashSet};

use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon, MAX_LABEL},
        sentence::ordinal_heading,
        spaced::{gaps, has_gap},
        table::header,
    },
    source::{Block, Row},
    text::{Passage, fold_key, parse_integer},
};

/// No list of a notice has more records side by side.
const MOST: usize = 20;

/// Cuts a table into bands, each with other records: before a row that begins as the first of its band does, before
/// one whose name the band has already (and the row above it, where that has no name), and around headings.
pub(super) fn bands(rows: &[Row]) -> Vec<&[Row]> {
    let mut bands = Vec::new();
    let mut from = 0;
    let mut names: HashSet<String> = HashSet::new();
    for (at, row) in rows.iter().enumerate() {
        let name = name(row);
        let is_heading = is_heading(row);
        let repeats = !name.is_empty() && names.contains(&name);
        let cut = if is_heading || repeats && name == self::name(&rows[from]) {
            Some(at)
        } else if repeats && names_values(&row[0]) {
            Some(if at > from + 1 && !names_values(&rows[at - 1][0]) { at - 1 } else { at })
        } else {
            None
        };
        if let Some(cut) = cut {
            bands.push(&rows[from..cut]);
            from = cut;
            names.clear();
        }
        if is_heading {
            bands.push(&rows[at..=at]);
            from = at + 1;
        } else {
            names.insert(name);
        }
    }
    bands.push(&rows[from..]);
    bands
}

/// What stands before a row; nothing where that is no name.
fn name(row: &Row) -> String {
    let first = row.first().map_or("", |cell| cell.text());
    if first.len() > MAX_LABEL { String::new() } else { fold_key(first) }
}

/// Tells whether a cell names what its row holds of each record.
fn names_values(cell: &Passage) -> bool {
    Lexicon::get().label(cell.text()).iter().any(|(entity, _)| *entity != Entity::Dossier)
}

/// The records that stand side by side in the first paragraphs, whose gaps part them; how many paragraphs they are.
pub(super) fn beside(blocks: &[Block]) -> Option<(usize, Vec<Row>)> {
    let mut names: HashSet<String> = HashSet::new();
    let lines = blocks.iter().take(MOST).map_while(|block| match block {
        Block::Paragraph { text, .. } if has_gap(text.text()) => Some(gaps(text)),
        _ => None,
    });
    let rows: Vec<Row> = lines.take_while(|row| names_values(&row[0]) && names.insert(name(row))).collect();
    let is_even = rows.iter().all(|row| row.len() == rows[0].len());
    Some((rows.len(), transposed(&rows).filter(|_| is_even)?))
}

/// A cell that has a row for itself, unless it names what the row would hold.
fn is_heading(row: &Row) -> bool {
    let mut filled = row.iter().filter(|cell| !cell.is_blank());
    let Some(first) = filled.next() else { return false };
    let is_one = filled.all(|cell| cell.start() == first.start());
    is_one && Lexicon::get().names(first.text()).of_record().next().is_none()
}

/// Turns a band of rows: its first column names what the rows hold. `None` where it is any other table.
pub(super) fn transposed(rows: &[Row]) -> Option<Vec<Row>> {
    let rows = &*without_blanks(rows);
    let filled = |row: &Row| row.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
    let width = rows.iter().map(filled).max()?;
    let even = (3..=MOST).contains(&width) && (2..=MOST).contains(&rows.len());
    if !even || rows.iter().any(|row| row.len() < 2) {
        return None;
    }
    let cell = |row: &Row, at: usize| row.get(at).cloned().unwrap_or_default();
    let column = |at: usize| rows.iter().map(|row| cell(row, at)).collect::<Row>();
    let lexicon = Lexicon::get();
    let mut names = column(0);
    // `项目`, `完成人 | 1 | 2`: what stands above the names of the rows may be anything.
    let counts = |cell: &Passage| parse_integer(cell.text().trim()).is_some();
    let is_anything = |(entity, field): &(Entity, Field)| {
        *entity == Entity::Dossier
            || matches!(field, Field::Name | Field::Holders) && rows[0][1..].iter().all(counts)
    };
    if lexicon.label(names[0].text()).iter().all(is_anything) {
        names[0] = Passage::default();
    }
    let columns = header(&names)?;
    let keys = [Field::Name, Field::InstitutionName, Field::PaperTitle, Field::PaperCombined, Field::IpTitle];
    let key = (0..rows.len()).find(|&at| columns.is_one_of(at, &keys))?;
    let named: Row = (0..width).map(|at| cell(&rows[key], at)).collect();
    // `姓名 | 陈一 | 排名 | 1`: labels beside their values are a form, and a row of names is a header.
    let is_label = |cell: &Passage| !lexicon.label(cell.text()).is_empty();
    let known = |at: &usize| columns.is_known(*at);
    let values = (0..rows.len()).filter(known).flat_map(|at| &rows[at][1..]);
    // `单位名称 | 甲医院 | 第1完成单位`; where all are ordinals, the records are counted above their names.
    let ordinals = named[1..].iter().filter(|cell| ordinal_heading(cell).is_some()).count();
    let is_counted = (1..named.len() - 1).contains(&ordinals);
    let is_form = values.into_iter().any(is_label) || is_counted || named.iter().any(Passage::is_blank);
    let is_spanned = named[1..].windows(2).any(|pair| pair[0].start() == pair[1].start());
    if is_form || is_spanned || header(&rows[0]).is_some() {
        return None;
    }
    Some(std::iter::once(names).chain((1..width).map(column)).collect())
}

/// Without the columns in which nothing stands: bands of a table need not be aligned with each other.
fn without_blanks(rows: &[Row]) -> Cow<'_, [Row]> {
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let is_blank = |at: &usize| rows.iter().all(|row| row.get(*at).is_none_or(Passage::is_blank));
    // A table whose first column is blank is another, and at its end blank cells do no harm.
    let blanks: Vec<usize> = (1..widest.min(2 * MOST)).filter(is_blank).collect();
    if blanks.is_empty() {
        return Cow::Borrowed(rows);
    }
    let kept = |row: &Row| -> Row {
        let cells = row.iter().enumerate().filter(|(at, _)| !blanks.contains(at));
        cells.map(|(_, cell)| cell.clone()).collect()
    };
    Cow::Owned(rows.iter().map(kept).collect())
}

#[cfg(test)]
mod tests {
    use super::{super::printed::table, *};

    #[test]
    fn records_that_stand_side_by_side_are_turned() {
        let turned = transposed(&table(
            "项目|第一完成人|第二完成人\n姓名|陈一|李二\n职称|教授|主任医师\n工作单位|甲医院|乙大学",
        ));
        let turned = turned.expect("a table that is turned");
        let line = |row: &Row| row.iter().map(Passage::text).collect::<Vec<_>>().join("|");
        assert_eq!(
            turned.iter().map(line).collect::<Vec<_>>(),
            ["|姓名|职称|工作单位", "第一完成人|陈一|教授|甲医院", "第二完成人|李二|主任医师|乙大学"]
        );
        for other in [
            "姓名|陈一|排名|1\n职称|教授|职务|院长\n工作单位|甲医院|完成单位|甲医院",
            "排名|姓名|职称\n1|陈一|教授\n2|李二|主任医师",
            "姓名|陈一|\n职称|教授|\n工作单位|甲医院|",
            "单位名称|甲医院|第1完成单位\n主要贡献|负责总体设计。|",
        ] {
            assert_eq!(transposed(&table(other)), None, "{other}");
        }
    }

    #[test]
    fn a_list_wider_than_a_page_goes_on_in_bands() {
        let rows = table(
            "主要完成人\n完成人|1|2\n姓名|陈一|李二\n职称|教授|\n完成人|3|4\n姓名|周三|\n职称|讲师\n主要完成单位\n排名|1|2|3\n单位名称|甲医院|乙大学|丙公司",
        );
        let bands: Vec<&[Row]> = bands(&rows).into_iter().filter(|band| !band.is_empty()).collect();
        assert_eq!(bands.iter().map(|band| band.len()).collect::<Vec<_>>(), [1, 3, 3, 1, 2]);
        let line = |row: &Row| row.iter().map(Passage::text).collect::<Vec<_>>().join("|");
        let turned = |at: usize| transposed(bands[at]).map(|rows| rows.iter().map(line).collect::<Vec<_>>());
        assert_eq!(turned(1).expect("a band"), ["|姓名|职称", "1|陈一|教授", "2|李二|"]);
        assert_eq!(turned(4).expect("a band"), ["排名|单位名称", "1|甲医院", "2|乙大学", "3|丙公司"]);
        assert_eq!(turned(2), None, "who is not named is no record");
        let rows = table("|1|2\n姓名|陈一|李二\n职称|教授|讲师\n|3|4\n姓名|周三|吴四\n职称|讲师|教授");
        assert_eq!(super::bands(&rows).iter().map(|band| band.len()).collect::<Vec<_>>(), [3, 3]);
        let rows = table("1|发明专利|甲\n2|发明专利|乙\n2|发明专利|丙");
        assert_eq!(super::bands(&rows).len(), 1, "values are no names");
    }

    #[test]
    fn records_side_by_side_may_be_parted_by_gaps() {
        let paragraphs = |text: &str| -> Vec<Block> {
            let paragraph = |line| Block::Paragraph { text: Passage::new(line, 0), continues: false };
            text.lines().map(paragraph).collect()
        };
        let text =
            "姓名    陈一    李二\n职称    教授    主任医师\n姓名    周三    吴四\n职称    讲师    教授";
        let (used, rows) = beside(&paragraphs(text)).expect("two people");
        assert_eq!((used, rows.len(), rows[2][1].text()), (2, 3, "主任医师"));
        for other in [
            "姓名    职称    单位\n陈一    教授    甲医院",
            "姓名    陈一    排名    1\n职称    教授    职务    院长",
        ] {
            assert!(beside(&paragraphs(other)).is_none(), "{other}");
        }
    }
}
