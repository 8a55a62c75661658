use std::borrow::Cow;

use crate::{
    extract::lexicon::Lexicon,
    source::Row,
    text::{is_han, is_wider},
};

/// No line of a label that its column has cut is wider.
const COLUMNS: usize = 12;

/// No label is cut into more lines.
const MOST: usize = 4;

/// Makes one row of those whose first cells are one label: `对本项目 | 提出方法，` above `的贡献 | 制定方案。`.
pub(super) fn with_whole_labels(rows: &[Row]) -> Cow<'_, [Row]> {
    let mut out: Vec<Row> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let joined = (2..=MOST).find_map(|lines| Some((lines, whole(rows.get(at..at + lines)?)?)));
        let used = joined.as_ref().map_or(1, |(lines, _)| *lines);
        out.push(joined.map_or_else(|| rows[at].clone(), |(_, row)| row));
        at += used;
    }
    if out.len() < rows.len() { Cow::Owned(out) } else { Cow::Borrowed(rows) }
}

/// The row that several make together, where none of them nor what stands beside it is a row by itself.
fn whole(lines: &[Row]) -> Option<Row> {
    let (above, below) = lines.split_first()?;
    let (first, said) = above.split_first()?;
    let is_piece = |row: &Row| {
        row.first().is_some_and(|cell| {
            !cell.is_blank() && !is_wider(cell.text(), COLUMNS) && cell.text().chars().all(is_han)
        })
    };
    let says = said.iter().filter(|cell| !cell.is_blank()).count();
    if below.iter().any(|row| row.len() != above.len()) || !lines.iter().all(is_piece) || says != 1 {
        return None;
    }
    let fits = |row: &Row| said.iter().zip(&row[1..]).all(|(said, more)| more.is_blank() || !said.is_blank());
    let lexicon = Lexicon::get();
    let mut label = first.clone();
    below.iter().for_each(|row| label.append("", &row[0]));
    let is_label = |text: &str| !lexicon.label(text).is_empty();
    // `专利⏎名称` may be two labels, `对本项目的⏎贡献` is none.
    let is_open = first.text().starts_with('对') || first.text().ends_with('的');
    let is_whole = is_label(first.text()) || !is_open && below.iter().any(|row| is_label(row[0].text()));
    if !below.iter().all(fits) || is_whole || !is_label(label.text()) {
        return None;
    }
    let mut row = vec![label];
    row.extend(said.iter().enumerate().map(|(at, said)| {
        let mut cell = said.clone();
        below.iter().for_each(|row| cell.append_wrapped(&row[at + 1]));
        cell
    }));
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::{super::printed::table, *};
    use crate::text::Passage;

    #[test]
    fn labels_that_are_cut_make_one_row() {
        for (above, below, rest) in
            [("对本项目", "的贡献", ""), ("对本项目的", "贡献", ""), ("对本项", "目的贡", "\n献|||")]
        {
            let rows = table(&format!(
                "姓名|陈一|排名|1\n{above}|提出方法，||\n{below}|制定方案。||{rest}\n姓名|李二|排名|2\n{above}|完成验证。||\n{below}|||{rest}",
            ));
            let read = with_whole_labels(&rows);
            let line = |row: &Row| row.iter().map(Passage::text).collect::<Vec<_>>().join("|");
            assert_eq!(
                read.iter().map(line).collect::<Vec<_>>(),
                [
                    "姓名|陈一|排名|1",
                    "对本项目的贡献|提出方法，制定方案。||",
                    "姓名|李二|排名|2",
                    "对本项目的贡献|完成验证。||"
                ]
            );
        }
        for other in [
            "专利|发明\n名称|一种装置",
            "姓名|陈一\n贡献|提出方法。",
            "甲医院|负责\n乙大学|参与",
            "职称|教授\n职务|院长",
        ] {
            let rows = table(other);
            assert!(matches!(with_whole_labels(&rows), Cow::Borrowed(_)), "{other}");
        }
    }
}
