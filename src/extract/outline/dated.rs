use super::{
    Walker,
    item::{Item, record},
    items::is_marked,
};
use crate::{
    extract::{
        lexicon::{Entity, Field},
        table::fit,
    },
    source::Block,
    text::Passage,
};

/// How the date of a right is read on a line of its own.
impl Walker {
    /// Tells whether the right that is open has a number and no date, where the one before it had its date on a line of its
    /// own, or another right follows: else the date may be that of the notice.
    pub(super) fn waits_for_date(&self, next: Option<&Block>) -> bool {
        let Some(item) = self.item.as_ref().filter(|item| item.entity == Entity::Ip) else { return false };
        let is_right = |text: &Passage| {
            let records = record(&Item { entity: Entity::Ip, text: text.clone() });
            is_marked(text.text()) && matches!(&records[..], [only] if has(only, Field::GrantNumber))
        };
        let follows = matches!(next, Some(Block::Paragraph { text, .. }) if is_right(text));
        (follows || self.dates_below()) && lacks_date(item)
    }

    /// Tells whether the date of the right before the one that is open stood on a line of its own.
    pub(super) fn dates_below(&self) -> bool {
        self.dated_below.is_some_and(|at| at + 1 == self.out.ip.len())
    }
}

/// Tells whether a line is the date of a right that an item names without one.
pub(super) fn tells_date(item: &Item, next: &Passage) -> bool {
    item.entity == Entity::Ip && fit(Field::GrantDate, next.text()) >= 1.0 && lacks_date(item)
}

/// Tells whether an item is one right with a number and no date.
fn lacks_date(item: &Item) -> bool {
    let lacks =
        |fields: &[(Field, Passage)]| has(fields, Field::GrantNumber) && !has(fields, Field::GrantDate);
    matches!(&record(item)[..], [only] if lacks(only))
}

fn has(fields: &[(Field, Passage)], wanted: Field) -> bool {
    fields.iter().any(|(field, _)| *field == wanted)
}

#[cfg(test)]
mod tests {
    use super::super::{
        outline,
        printed::{paragraphs, table, told},
    };
    use super::*;

    #[test]
    fn the_date_of_a_right_may_stand_below_it() {
        let first = "1. 发明专利　ZL201911348062.5　一种输注泵　陈一，李二";
        let dated = "1. 发明专利：一种输注泵，ZL201911348062.5，授权日期2022年6月10日，发明人：陈一";
        let second = "2. 实用新型专利：一种打孔盒，ZL201921348063.X，发明人：李二";
        let (june, own) = ("2022年6月10日", "2023年6月10日");
        for (lines, want) in [
            (&[first, june, second, own, "甲医院科研部", "2024年5月13日"][..], own),
            (&[first, june, second, own], own),
            (&[dated, second, "2024年5月13日"], ""),
            (&[dated, second, "2024-05-13", "甲省人民医院"], ""),
            (&[dated, second, "2024年5月13日", "1. 联系人：王五"], ""),
        ] {
            let out = outline(&paragraphs(["主要知识产权目录"].into_iter().chain(lines.iter().copied())));
            assert_eq!(
                told(&out.ip, [Field::IpTitle, Field::GrantDate]),
                ["一种输注泵 | 2022年6月10日".to_owned(), format!("一种打孔盒 | {want}")],
                "{lines:?}"
            );
        }
        let mut blocks = paragraphs(["主要知识产权目录", dated, second, "2024年5月13日"]);
        blocks.push(Block::Table(table("姓名|排名\n陈一|1\n李二|2")));
        assert_eq!(told(&outline(&blocks).ip, [Field::GrantDate]), ["2022年6月10日", ""]);
    }
}
