use super::Walker;
use crate::{
    extract::{
        label::split_at_label,
        lexicon::{Entity, Field},
    },
    source::Row,
    text::{Passage, parse_integer},
};

impl Walker {
    /// Reads the rows of a table, whose records may take two: `1 | 题名` above `1 | 刊名 | 年卷期 | 作者`, under columns
    /// that have none for the title.
    pub(super) fn table_rows(&mut self, rows: &[Row]) {
        let mut title: Option<(Field, Passage)> = None;
        for (at, row) in rows.iter().enumerate() {
            let above = rows.get(at + 1).and_then(|below| self.title_above(row, below));
            if above.is_some() {
                title = above;
                continue;
            }
            let before = self.columns.as_ref().map(|columns| columns.entity);
            let count = before.map_or(0, |entity| self.list(entity).len());
            self.printed_row(row);
            let Some((field, title)) = title.take() else { continue };
            let begun = before.filter(|entity| self.list(*entity).len() > count);
            match begun.and_then(|entity| self.last(entity)) {
                Some(record) => record.supply(field, &title),
                // The row went on with the record before.
                None => self.printed_row(&rows[at - 1]),
            }
        }
    }

    fn title_above(&self, row: &Row, below: &Row) -> Option<(Field, Passage)> {
        let columns = self.columns.as_ref()?;
        let field = match columns.entity {
            Entity::Paper => Field::PaperTitle,
            Entity::Ip => Field::IpTitle,
            _ => return None,
        };
        let ([number, title, rest @ ..], [same, said @ ..]) = (&row[..], &below[..]) else { return None };
        let spans = number.start().is_some() && number.start() == same.start();
        let says = said.iter().filter(|cell| !cell.is_blank()).count();
        let is_title = parse_integer(number.text()).is_some()
            && !title.is_blank()
            && rest.iter().all(Passage::is_blank)
            && says >= 3;
        if !spans || !is_title || columns.names_field(field) {
            return None;
        }
        // `论文题目：…`
        let labelled =
            split_at_label(title).filter(|(meanings, _)| meanings.contains(&(columns.entity, field)));
        Some((field, labelled.map_or_else(|| title.clone(), |(_, value)| value)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{table, told},
    };
    use super::*;
    use crate::source::Block;

    #[test]
    fn a_title_may_stand_above_the_rest_of_its_row() {
        let mut rows = table(
            "序号|论文信息|||作者信息|\n序号|刊名|年，卷（期）：页码|影响因子|全部作者|通讯作者\n1|论文题目：某病的分型||||\n1|甲杂志|2022;15(9):1571-1584|14.0|陈一，李二|李二\n2|某器械的随访||||\n2|乙杂志|2021;1(2):3-9|2.0|王三|王三",
        );
        for at in [1, 3, 5] {
            rows[at][0] = rows[at - 1][0].clone();
        }
        let heading =
            Block::Paragraph { text: Passage::new("代表性论文目录", 5000), continues: false };
        let out = outline(&[heading, Block::Table(rows)]);
        assert_eq!(
            told(&out.papers, [Field::Number, Field::PaperTitle, Field::Journal, Field::Authors]),
            ["1 | 某病的分型 | 甲杂志 | 陈一，李二", "2 | 某器械的随访 | 乙杂志 | 王三"]
        );
    }

    #[test]
    fn a_title_goes_to_no_record_before_it() {
        let mut rows = table(
            "序号|刊名|年，卷（期）：页码|影响因子|全部作者\n1|甲杂志|2022;15(9):1571-1584|14.0|陈一，李二\n2|某器械的随访|||\n2|（续表）|见附件|见附件|见附件",
        );
        rows[3][0] = rows[2][0].clone();
        let heading =
            Block::Paragraph { text: Passage::new("代表性论文目录", 5000), continues: false };
        let out = outline(&[heading, Block::Table(rows)]);
        assert_eq!(out.papers[0].get(Field::PaperTitle).map(Passage::text), None);
    }
}
