//! What rows say that are no records, and rows that are not whole.

use crate::{
    extract::{entry::Entry, lexicon::Field},
    source::Row,
    text::Passage,
};

/// `项目 | 内容` above the labels and values of a form.
pub(super) fn is_form_head(first: &str, second: &str) -> bool {
    matches!(first.trim(), "项目" | "栏目" | "类别" | "条目" | "事项" | "字段" | "名称")
        && matches!(second.trim(), "内容" | "具体内容" | "填写内容" | "公示内容" | "信息" | "说明" | "详情")
}

/// `合计`: a row of sums is no record.
pub(super) fn is_total(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(&*text, "合计" | "总计" | "小计" | "合計" | "總計")
}

/// `（接上页）`: where a page cut the table.
pub(super) fn is_carried_over(text: &str) -> bool {
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(
        &*text,
        "接上页" | "续上页" | "接上表" | "续上表" | "续表" | "接下页" | "转下页" | "续下页" | "下页续"
    )
}

/// A row from its two halves, the cell between them put together again.
pub(super) fn joined(mut begun: Row, rest: &[Passage]) -> Row {
    if let (Some(cell), Some(first)) = (begun.last_mut(), rest.first()) {
        cell.append_wrapped(first);
    }
    begun.extend(rest.iter().skip(1).cloned());
    begun
}

/// What no page break cuts: rows that both have it are two.
pub(super) const WHOLE: [Field; 5] = [
    Field::Citations,
    Field::ImpactFactor,
    Field::GrantNumber,
    Field::GrantDate,
    Field::ForeignCorresponding,
];

/// Tells whether the record of a row ends within what says its title, when it was printed or who wrote it.
pub(super) fn ends_within(entry: &Entry) -> bool {
    const FIELDS: [Field; 6] = [
        Field::PaperTitle,
        Field::IpTitle,
        Field::Journal,
        Field::YearLocator,
        Field::Authors,
        Field::Holders,
    ];
    let ends = |value: &Passage| value.text().ends_with(['-', ':', '：', ',', '，', '、', '(', '（']);
    FIELDS.into_iter().filter_map(|field| entry.get(field)).any(ends)
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
    fn a_row_that_ends_within_a_cell_goes_on_in_the_next() {
        let rows = "\
序号|论文名称|刊名|年卷期页|作者|他引
1|Boundaries under narrow-|Med Image Anal|2022;91(6):1402-|陈一，李|
|band imaging||1409|二，王三|45
（接上页）|||||
2|Drainage of infants below 1000 g:|Surgery|2023;58(2):266|赵四|3
|Another paper|Spine|2020;1(2):3-4|周五|4";
        let out = outline(&[Block::Table(table(rows))]);
        let papers = told(
            &out.papers,
            [Field::Number, Field::PaperTitle, Field::YearLocator, Field::Authors, Field::Citations],
        );
        assert_eq!(
            papers,
            [
                "1 | Boundaries under narrow-band imaging | 2022;91(6):1402-1409 | 陈一，李二，王三 | 45",
                "2 | Drainage of infants below 1000 g: | 2023;58(2):266 | 赵四 | 3",
                " | Another paper | 2020;1(2):3-4 | 周五 | 4",
            ]
        );
    }

    #[test]
    fn a_label_may_have_no_value() {
        let rows =
            "姓名|陈一|排名|1\n行政职务||工作单位|甲医院\n姓名|李二|排名|2\n行政职务|院长|工作单位|乙医院";
        let heading = Block::Heading { level: 2, text: Passage::new("完成人情况", 0) };
        let out = outline(&[heading, Block::Table(table(rows))]);
        let people = told(&out.contributors, [Field::Name, Field::Post, Field::Employer]);
        assert_eq!(people, ["陈一 |  | 甲医院", "李二 | 院长 | 乙医院"]);
    }

    #[test]
    fn what_counts_an_institution_may_stand_behind_its_name() {
        let rows = "单位名称|甲医院|第1完成单位\n贡献说明|牵头，制定方案。|\n单位名称|乙大学||第2完成单位\n贡献说明|负责算法。||";
        let heading = Block::Heading { level: 2, text: Passage::new("四、完成单位", 0) };
        let out = outline(&[heading, Block::Table(table(rows))]);
        let read = told(&out.institutions, [Field::Rank, Field::InstitutionName, Field::Contribution]);
        assert_eq!(read, ["1 | 甲医院 | 牵头，制定方案。", "2 | 乙大学 | 负责算法。"]);
    }

    #[test]
    fn institutions_need_no_header() {
        let rows = "甲医院|第一完成单位。牵头，制定方案。\n乙大学|第二完成单位。负责算法。";
        let heading = Block::Heading { level: 2, text: Passage::new("四、完成单位", 0) };
        let out = outline(&[heading, Block::Table(table(rows))]);
        let read = told(&out.institutions, [Field::InstitutionName, Field::Contribution]);
        assert_eq!(read, ["甲医院 | 第一完成单位。牵头，制定方案。", "乙大学 | 第二完成单位。负责算法。"]);
    }
}
