use crate::{
    extract::{
        lexicon::{Entity, Field, Lexicon},
        table::header,
    },
    source::Row,
    text::Passage,
};

/// No list of a notice has more records side by side.
const MOST: usize = 20;

/// Turns a table whose records stand side by side, one to a column: its first column names what the rows hold.
/// `None` where it is any other table.
pub(super) fn transposed(rows: &[Row]) -> Option<Vec<Row>> {
    let width = rows.first()?.len();
    let even = (3..=MOST).contains(&width) && (3..=MOST).contains(&rows.len());
    if !even || rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let column = |at: usize| rows.iter().map(|row| row[at].clone()).collect::<Row>();
    let lexicon = Lexicon::get();
    let mut names = column(0);
    // `项目`: what stands above the names of the rows may be anything.
    if lexicon.label(names[0].text()).iter().all(|(entity, _)| *entity == Entity::Dossier) {
        names[0] = Passage::default();
    }
    let columns = header(&names)?;
    let keys = [Field::Name, Field::InstitutionName, Field::PaperTitle, Field::IpTitle];
    let key = (0..rows.len()).find(|&at| columns.is_one_of(at, &keys))?;
    // `姓名 | 陈一 | 排名 | 1`: labels beside their values are a form, and a row of names is a header.
    let is_label = |cell: &Passage| !lexicon.label(cell.text()).is_empty();
    let known = |at: &usize| columns.is_known(*at);
    let values = (0..rows.len()).filter(known).flat_map(|at| &rows[at][1..]);
    let is_form = values.into_iter().any(is_label) || rows[key].iter().any(Passage::is_blank);
    let is_spanned = rows[key][1..].windows(2).any(|pair| pair[0].start() == pair[1].start());
    if is_form || is_spanned || header(&rows[0]).is_some() {
        return None;
    }
    Some(std::iter::once(names).chain((1..width).map(column)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<Row> {
        let mut at = 0;
        let mut cell = |cell: &str| {
            at += cell.len() + 1;
            Passage::new(cell, at)
        };
        text.lines().map(|line| line.split('|').map(&mut cell).collect()).collect()
    }

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
        ] {
            assert_eq!(transposed(&table(other)), None, "{other}");
        }
    }
}
