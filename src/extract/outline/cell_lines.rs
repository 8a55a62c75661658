use crate::{
    extract::lexicon::{Entity, Lexicon},
    source::Row,
    text::Passage,
};

/// Parts a row of a form in which labels stand below each other in one cell, and their values in the next:
/// `姓名⏎职称 | 陈一⏎教授`. `None` where it is any other row.
pub(super) fn parted(row: &[Passage]) -> Option<Vec<Row>> {
    let at = row.iter().position(is_labels)?;
    let labels = lines(&row[at]);
    let mut rows: Vec<Row> = vec![vec![Passage::default(); row.len()]; labels.len()];
    // What stands before the labels spans the rows.
    rows[0][..at].clone_from_slice(&row[..at]);
    for (place, cell) in row.iter().enumerate().skip(at) {
        let is_label = is_labels(cell) || place == at;
        if cell.is_blank() {
            continue;
        }
        let values = lines(cell);
        if values.len() < labels.len() || is_label && values.len() != labels.len() {
            return None;
        }
        // More lines than labels: the last value is the long one.
        let last = labels.len() - 1;
        for (line, value) in values.into_iter().enumerate() {
            rows[line.min(last)][place].append_wrapped(&value);
        }
    }
    row.get(at + 1).filter(|value| !value.is_blank() && !is_labels(value)).map(|_| rows)
}

fn lines(cell: &Passage) -> Vec<Passage> {
    cell.split(|c| c == '\n')
}

/// Tells whether each of several lines is a label of a record, and not all of them one label that is wrapped.
fn is_labels(cell: &Passage) -> bool {
    let is_label =
        |text: &str| Lexicon::get().label(text).iter().any(|(entity, _)| *entity != Entity::Dossier);
    cell.text().contains('\n')
        && !is_label(&cell.text().replace('\n', ""))
        && lines(cell).iter().all(|line| is_label(line.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_below_each_other_are_parted_with_their_values() {
        let row = |text: &str| -> Row {
            let mut at = 0;
            let cell = |cell: &str| {
                at += cell.len() + 1;
                Passage::new(&cell.replace('/', "\n"), at)
            };
            text.split('|').map(cell).collect()
        };
        for (text, want) in [
            ("姓名/职称|陈一/教授", Some("姓名|陈一;职称|教授")),
            (
                "第1完成单位|单位名称/主要贡献|甲医院/提出方法，/并推广。",
                Some("第1完成单位|单位名称|甲医院;|主要贡献|提出方法，并推广。"),
            ),
            ("姓名/职称|陈一/教授|排名/职务|1/院长", Some("姓名|陈一|排名|1;职称|教授|职务|院长")),
            ("技术/职称|教授", None),
            ("姓名/职称|陈一", None),
            ("序号|通讯/作者|他引", None),
        ] {
            let line = |row: &Row| row.iter().map(Passage::text).collect::<Vec<_>>().join("|");
            let read = parted(&row(text)).map(|rows| rows.iter().map(line).collect::<Vec<_>>().join(";"));
            assert_eq!(read.as_deref(), want, "{text}");
        }
    }
}
