use std::borrow::Cow;

use crate::{
    extract::table::header,
    source::Row,
    text::{Passage, parse_integer},
};

/// No page has more records side by side.
const MOST: usize = 4;

/// Puts records below each other that stand side by side under a header which repeats itself:
/// `序号 | 姓名 | 单位 | 序号 | 姓名 | 单位`.
pub(super) fn unfolded(rows: &[Row]) -> Cow<'_, [Row]> {
    let Some((at, times)) = rows.iter().enumerate().find_map(|(at, row)| Some((at, repeats(row)?))) else {
        return Cow::Borrowed(rows);
    };
    let width = rows[at].len() / times;
    let folded = rows[at + 1..].iter().take_while(|row| row.len() <= rows[at].len() && !is_heading(row));
    let count = folded.clone().count();
    let part = |row: &Row, place: usize| -> Row {
        (0..width).map(|cell| row.get(place * width + cell).cloned().unwrap_or_default()).collect()
    };
    let mut out: Vec<Row> = rows[..at].to_vec();
    out.push(rows[at][..width].to_vec());
    let folded: Vec<&Row> = folded.filter(|row| repeats(row).is_none()).collect();
    // Read along the rows, unless the numbers run down the columns.
    let number = |row: &Row, place: usize| row.get(place * width).and_then(|cell| parse_integer(cell.text()));
    let is_down = folded.len() > 1
        && folded.first().is_some_and(|row| match (number(row, 0), number(row, 1), number(folded[1], 0)) {
            (Some(first), Some(beside), Some(below)) => beside > below && below == first + 1,
            _ => false,
        });
    let along = folded.iter().flat_map(|row| (0..times).map(|place| part(row, place)));
    let down = (0..times).flat_map(|place| folded.iter().map(move |row| (row, place)));
    let records: Vec<Row> =
        if is_down { down.map(|(row, place)| part(row, place)).collect() } else { along.collect() };
    out.extend(records.into_iter().filter(|row| row.iter().any(|cell| !cell.is_blank())));
    out.extend(rows[at + 1 + count..].iter().cloned());
    Cow::Owned(out)
}

/// How many times a row names the same columns.
fn repeats(row: &Row) -> Option<usize> {
    let filled = row.iter().rposition(|cell| !cell.is_blank())? + 1;
    // A row of values is not looked at to its end.
    if filled < 4 || filled != row.len() || row[0].text().len() > 40 {
        return None;
    }
    let width = (2..=filled / 2).find(|&at| row[at].text() == row[0].text())?;
    let times = filled / width;
    let same = |(at, cell): (usize, &Passage)| cell.text() == row[at % width].text();
    let is_even = width * times == filled && times <= MOST && row.iter().enumerate().all(same);
    (is_even && header(&row[..width]).is_some()).then_some(times)
}

fn is_heading(row: &Row) -> bool {
    let mut filled = row.iter().filter(|cell| !cell.is_blank());
    let Some(first) = filled.next() else { return false };
    row.len() > 1 && parse_integer(first.text()).is_none() && filled.all(|cell| cell.start() == first.start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_repeats_itself_has_several_records_a_row() {
        let read = |text: &str| -> Vec<String> {
            let mut at = 0;
            let mut cell = |cell: &str| {
                at += cell.len() + 1;
                Passage::new(cell, at)
            };
            let rows: Vec<Row> = text.lines().map(|line| line.split('|').map(&mut cell).collect()).collect();
            let line = |row: &Row| row.iter().map(Passage::text).collect::<Vec<_>>().join("|");
            unfolded(&rows).iter().map(line).collect()
        };
        for (text, want) in [
            (
                "序号|姓名|单位|序号|姓名|单位\n1|陈一|甲|2|李二|乙\n3|周三|丙|||",
                &["序号|姓名|单位", "1|陈一|甲", "2|李二|乙", "3|周三|丙"][..],
            ),
            (
                "序号|姓名|单位|序号|姓名|单位\n1|陈一|甲|3|周三|丙\n2|李二|乙|||",
                &["序号|姓名|单位", "1|陈一|甲", "2|李二|乙", "3|周三|丙"],
            ),
            (
                "完成人|||\n姓名|职称|姓名|职称\n陈一|教授|李二|讲师\n单位|||\n排名|单位||",
                &["完成人|||", "姓名|职称", "陈一|教授", "李二|讲师", "单位|||", "排名|单位||"],
            ),
            ("姓名|陈一|姓名|李二", &["姓名|陈一|姓名|李二"]),
            ("序号|姓名|职称|单位", &["序号|姓名|职称|单位"]),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }
}
