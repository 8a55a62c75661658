use std::borrow::Cow;

use super::two_rows::in_pairs;
use crate::{
    extract::lexicon::Lexicon,
    source::Row,
    text::{Passage, is_han, is_wider},
};

/// No line of a label that its column has cut is wider.
const COLUMNS: usize = 12;

/// Makes one row of two whose first cells are one label: `对本项目 | 提出方法，` above `的贡献 | 制定方案。`.
pub(super) fn with_whole_labels(rows: &[Row]) -> Cow<'_, [Row]> {
    in_pairs(rows, whole)
}

/// The row that two make together, where neither the first nor what stands beside it is a row by itself.
fn whole(above: &[Passage], below: &[Passage]) -> Option<Row> {
    let ([first, said @ ..], [rest, more @ ..]) = (above, below) else { return None };
    let is_piece = |cell: &Passage| {
        !cell.is_blank() && !is_wider(cell.text(), COLUMNS) && cell.text().chars().all(is_han)
    };
    let says = said.iter().filter(|cell| !cell.is_blank()).count();
    if above.len() != below.len() || !is_piece(first) || !is_piece(rest) || says != 1 {
        return None;
    }
    let fits = said.iter().zip(more).all(|(said, more)| more.is_blank() || !said.is_blank());
    let lexicon = Lexicon::get();
    let mut label = first.clone();
    label.append("", rest);
    let is_label = |text: &str| !lexicon.label(text).is_empty();
    // `专利⏎名称` may be two labels, `对本项目的⏎贡献` is none.
    let is_open = || first.text().starts_with('对') || first.text().ends_with('的');
    let is_whole = is_label(first.text()) || is_label(rest.text()) && !is_open();
    if !fits || is_whole || !is_label(label.text()) {
        return None;
    }
    let mut row = vec![label];
    row.extend(said.iter().zip(more).map(|(said, more)| {
        let mut cell = said.clone();
        cell.append_wrapped(more);
        cell
    }));
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::{super::printed::table, *};

    #[test]
    fn labels_that_are_cut_make_one_row() {
        for [above, below] in [["对本项目", "的贡献"], ["对本项目的", "贡献"]] {
            let rows = table(&format!(
                "姓名|陈一|排名|1\n{above}|提出方法，||\n{below}|制定方案。||\n姓名|李二|排名|2\n{above}|完成验证。||\n{below}|||",
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
