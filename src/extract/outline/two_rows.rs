use std::borrow::Cow;

use crate::{
    extract::{
        lexicon::{Entity, Lexicon},
        table::header,
    },
    source::Row,
    text::{Passage, parse_integer},
};

/// Makes one row of a header that takes two: names of columns below the names of their groups.
pub(super) fn with_one_header(rows: &[Row]) -> Cow<'_, [Row]> {
    in_pairs(rows, merged)
}

/// Makes one row of each two that `one` says are one.
pub(super) fn in_pairs(rows: &[Row], one: impl Fn(&[Passage], &[Passage]) -> Option<Row>) -> Cow<'_, [Row]> {
    let mut out: Option<Vec<Row>> = None;
    let mut at = 0;
    while at < rows.len() {
        let joined = rows.get(at + 1).and_then(|below| one(&rows[at], below));
        let used = if joined.is_some() { 2 } else { 1 };
        match (joined, &mut out) {
            (Some(row), Some(out)) => out.push(row),
            (Some(row), None) => out = Some(rows[..at].iter().cloned().chain([row]).collect()),
            (None, Some(out)) => out.push(rows[at].clone()),
            (None, None) => {}
        }
        at += used;
    }
    out.map_or(Cow::Borrowed(rows), Cow::Owned)
}

/// The header that two rows make together, where it names more columns than either.
fn merged(above: &[Passage], below: &[Passage]) -> Option<Row> {
    // One cell alone is the heading of a table.
    if above.len() != below.len() || above.iter().filter(|cell| !cell.is_blank()).take(2).count() < 2 {
        return None;
    }
    let of_record =
        |text: &str| Lexicon::get().column(text).iter().any(|(entity, _)| *entity != Entity::Dossier);
    // `5 | 甲杂志 | 2020` above a header that a new page repeats.
    let is_value = |cell: &Passage| parse_integer(cell.text()).is_some();
    if above.iter().find(|cell| !cell.is_blank()).is_some_and(is_value) {
        return None;
    }
    // A cell that spans both rows stands in each.
    let is_own = |at: &usize| !below[*at].is_blank() && below[*at].start() != above[*at].start();
    let own: Vec<usize> = (0..below.len()).filter(is_own).collect();
    if own.len() < 2 || own.len() == below.len() && above.iter().all(|cell| !cell.is_blank()) {
        return None;
    }
    let mut row = above.to_vec();
    let mut unknown = 0;
    let mut alone = vec![Passage::default(); below.len()];
    for at in own {
        alone[at] = below[at].clone();
        // `他引 | ` above `总次数 | 数据库`: a group and its part may be a name together.
        let group = above[..=at].iter().rev().find(|cell| !cell.is_blank());
        let joined = |first: &Passage, second: &Passage| {
            let mut whole = first.clone();
            whole.append("", second);
            of_record(whole.text()).then_some(whole)
        };
        // `作者` above `通讯 | 第一`
        let whole = || {
            let group = group?;
            joined(group, &below[at]).or_else(|| joined(&below[at], group))
        };
        let name = Some(below[at].clone()).filter(|cell| of_record(cell.text())).or_else(whole);
        unknown += usize::from(name.is_none());
        row[at] = name.unwrap_or_default();
    }
    // `姓名 | 陈一 | 排名 | 1` above `职称 | 教授 | 职务 | `: a form, one of whose values is left out.
    let is_label = |cell: &Passage| of_record(cell.text());
    let is_form = unknown > 0
        && is_label(&above[0])
        && is_label(&below[0])
        && above[0].start() != below[0].start()
        && !above.get(1).is_some_and(is_label);
    if is_form {
        return None;
    }
    // Values are no names.
    if unknown * 3 > alone.iter().filter(|cell| !cell.is_blank()).count() {
        return None;
    }
    for cell in row.iter_mut().filter(|cell| !cell.is_blank() && !of_record(cell.text())) {
        *cell = Passage::default();
    }
    let known = |row: &[Passage]| header(row).map_or(0, |columns| columns.known());
    (known(&row) > known(above).max(known(&alone))).then_some(row)
}

#[cfg(test)]
mod tests {
    use super::{super::printed::table, *};

    #[test]
    fn a_header_of_two_rows_is_one() {
        for (rows, want) in [
            (
                "序号|论文名称|发表信息|||作者信息|\n||刊名|年份|页码|全部作者|通讯作者\n1|甲|乙|2020|3|陈一|陈一",
                "序号|论文名称|刊名|年份|页码|全部作者|通讯作者",
            ),
            ("个人信息||||贡献\n排名|姓名|单位|职称|\n1|陈一|甲医院|教授|提出", "排名|姓名|单位|职称|贡献"),
            (
                "序号|姓名|单位||创造性贡献\n||工作单位|完成单位|\n1|陈一|甲|乙|丙",
                "序号|姓名|工作单位|完成单位|创造性贡献",
            ),
            (
                "序号|论文||||作者||评价指标||\n|题目|期刊|年份|卷(期): 页码|全部|通讯|影响因子|他引次数|收录\n1|甲|乙|2020|3|陈一|陈一|1|2|SCI",
                "序号|题目|期刊|年份|卷(期): 页码|全部作者|通讯|影响因子|他引次数|收录",
            ),
            ("序号|论文||作者|\n||刊名|全部|通讯\n1|甲|乙|陈一|陈一", "序号|论文|刊名|全部作者|通讯"),
            (
                "排名|姓名|单位||对本项目的贡献|\n||工作单位|完成单位|创新点|具体贡献\n1|陈一|甲|乙|1、2|丙",
                "排名|姓名|工作单位|完成单位|创新点|具体贡献",
            ),
        ] {
            let rows = table(rows);
            let read = with_one_header(&rows);
            let line = |row: &Row| row.iter().map(Passage::text).collect::<Vec<_>>().join("|");
            assert_eq!(read.len(), 2, "{want}");
            assert_eq!(line(&read[0]), want);
        }
        let rows =
            table("代表性论文|||||\n序号|论文||作者||指标\n||刊名|全部|通讯|他引\n1|甲|乙|陈一|陈一|2");
        let read = with_one_header(&rows);
        assert_eq!((read.len(), read[1][3].text()), (3, "全部作者"), "a heading is no row of the header");
        for other in [
            "序号|姓名|单位|职称\n1|陈一|甲医院|教授\n2|李二|乙医院|讲师",
            "姓名|陈一|排名|1\n职称|教授|职务|院长\n单位|甲医院||",
            "排名|姓名|单位\n1|陈一|甲医院\n序号|论文名称|刊名",
            "5|甲杂志|2020|陈一|李二\n序号|论文信息||作者信息|",
        ] {
            let rows = table(other);
            assert!(matches!(with_one_header(&rows), Cow::Borrowed(_)), "{other}");
        }
    }

    #[test]
    fn a_form_without_one_of_its_values_stays_as_it_is() {
        for rows in [
            "姓名|陈一|排名|1\n职称|教授|职务|\n工作单位|甲医院||",
            "姓名|陈一|性别|\n职称|教授|职务|院长",
            "姓名|陈一|排名|1\n职称||职务|院长",
        ] {
            let rows = table(rows);
            assert_eq!(*with_one_header(&rows), rows[..]);
        }
    }
}
