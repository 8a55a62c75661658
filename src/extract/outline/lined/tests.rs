use super::super::{
    outline,
    printed::{paragraphs, told},
};
use super::*;

#[test]
fn rows_of_several_lines_are_read() {
    let lines = [
        "代表性论文目录",
        "序号 论文名称 刊名 年,卷(期)及页码 DOI 全部",
        "作者 通讯作者 他引总次数 通讯作者单位是否",
        "含国外单位",
        "1 Early repair of fractures in the elderly: a",
        "randomized trial",
        "Journal of Hip Surgery 2021,52(9):2846-2855",
        "10.1000/hip.033817",
        "陈一、李小二、王三 王三 64 否",
        "2 髋部骨折的修复：一项队列研究",
        "序号 论文名称 刊名 年,卷(期)及页码 DOI 全部",
        "作者 通讯作者 他引总次数 通讯作者单位是否",
        "含国外单位",
        "中华甲杂志 2021,23(3):287-290",
        "李小二、陈一 陈一 12 否",
        "知识产权证明目录",
        "序号 类别 国别 授权号 授权时间 知识产权具",
        "体名称 全部发明人 权利人",
        "1 发明专利 中国",
        "ZL 2018 1 0532176.X 2020-05-12",
        "一种用于骨折复位的",
        "多孔支架",
        "陈一、李小二",
        "甲医院;乙",
        "大学",
        "2 计算机软件著作权 中国",
        "2021SR0836174 2021-06-04",
        "骨折随访软件V1.0",
        "甲医院",
        "主要完成单位",
    ];
    let out = outline(&paragraphs(lines));
    assert_eq!(
        told(
            &out.papers,
            [
                Field::PaperTitle,
                Field::Journal,
                Field::YearLocator,
                Field::Authors,
                Field::CorrespondingAuthors,
                Field::Citations
            ]
        ),
        [
            "Early repair of fractures in the elderly: a randomized trial | Journal of Hip Surgery | 2021,52(9):2846-2855 | 陈一、李小二、王三 | 王三 | 64",
            "髋部骨折的修复：一项队列研究 | 中华甲杂志 | 2021,23(3):287-290 | 李小二、陈一 | 陈一 | 12"
        ]
    );
    assert_eq!(
        told(&out.ip, [Field::IpTitle, Field::GrantNumber, Field::GrantDate, Field::Holders, Field::Owner]),
        [
            "一种用于骨折复位的多孔支架 | ZL 2018 1 0532176.X | 2020-05-12 | 陈一、李小二 | 甲医院;乙大学",
            "骨折随访软件V1.0 | 2021SR0836174 | 2021-06-04 |  | 甲医院"
        ]
    );
}

#[test]
fn the_number_of_a_row_may_stand_alone_or_without_a_name() {
    let lines = [
        "代表性论文（共2篇）",
        "序号 题目 期刊 年卷期页 影响因子 全部作者",
        "通讯作者",
        "1",
        "Effect of one nursing",
        "bundle on delirium in adults: a",
        "cluster randomized trial",
        "Intensive and",
        "Critical Care",
        "2023;78:103467 5.3",
        "陈一、李 二、王小三、",
        "赵四",
        "赵四",
        "2",
        "某问卷中文版的信效度检验",
        "序号 题目 期刊 年卷期页 影响因子 全部作者",
        "通讯作者",
        "中华甲杂志",
        "2018;53(12):1441-1446 4.2",
        "李二、陈一",
        "陈一",
        "知识产权目录",
        "类别 国别 授权号 授权时间 名称 发明人",
        "1 实用新型专利 中国",
        "ZL201920338875.0 2020-02-21",
        "一种可调式康复踏",
        "车",
        "陈一、李二",
        "2 软件著作权 中国",
        "登记号：2020 SR 0487715 2020-05-20",
        "某评估软件V1.0",
        "甲大学附属第一医院",
        "主要完成人",
    ];
    let out = outline(&paragraphs(lines));
    let fields =
        [Field::Number, Field::PaperTitle, Field::Journal, Field::YearLocator, Field::CorrespondingAuthors];
    assert_eq!(
        told(&out.papers, fields),
        [
            "1 | Effect of one nursing bundle on delirium in adults: a cluster randomized trial | Intensive and Critical Care | 2023;78:103467 | 赵四",
            "2 | 某问卷中文版的信效度检验 | 中华甲杂志 | 2018;53(12):1441-1446 | 陈一"
        ]
    );
    let fields = [
        Field::Number,
        Field::IpCategory,
        Field::GrantNumber,
        Field::GrantDate,
        Field::IpTitle,
        Field::Holders,
    ];
    assert_eq!(
        told(&out.ip, fields),
        [
            "1 | 实用新型专利 | ZL201920338875.0 | 2020-02-21 | 一种可调式康复踏车 | 陈一、李二",
            "2 | 软件著作权 | 2020 SR 0487715 | 2020-05-20 | 某评估软件V1.0 | 甲大学附属第一医院"
        ]
    );
}

#[test]
fn a_label_ends_the_rows_and_a_title_with_a_colon_does_not() {
    let rows = |last: &str| {
        let blocks = paragraphs([
            "序号 论文名称 刊名 年,卷(期)及页码 DOI 全部",
            "作者 通讯作者 他引总次数",
            "1 髋部骨折的修复：一项队列研究",
            "中华甲杂志 2021,23(3)：287-290 无 李二、陈一 陈一 12",
            "2 甲病的随访",
            "中华乙杂志 2022,24(3):7-9 无 李二 李二 3",
            last,
        ]);
        counted_rows(&lined_header(&blocks)?, &blocks).map(|(rows, used)| (rows.len(), used))
    };
    assert_eq!(rows("推广应用情况：已在多家医院应用"), Some((2, 6)));
    assert_eq!(rows("通讯作者：陈一"), Some((2, 6)));
    assert_eq!(rows("3 甲病的筛查：一项随机对照试验"), Some((3, 7)));
}

#[test]
fn a_header_may_stand_twice_above_its_rows_but_not_over_and_over() {
    let lines = ["序号 论文名称 刊名", "年,卷(期)及页码 DOI", "全部作者 通讯作者", "他引总次数"];
    let rows = [
        "1 髋部骨折的修复",
        "中华甲杂志 2021,23(3):287-290 无 李二、陈一 陈一 12",
        "2 甲病的随访",
        "中华乙杂志 2022,24(3):7-9 无 李二 李二 3",
    ];
    let copies = |count| paragraphs(lines.repeat(count).into_iter().chain(rows));
    let counted = |blocks: &[Block]| counted_rows(&lined_header(blocks)?, blocks);
    assert_eq!(counted(&copies(2)).map(|(rows, used)| (rows.len(), used)), Some((2, 12)));
    assert!(counted(&copies(3)).is_none());
}

#[test]
fn people_below_a_header_each_are_read() {
    let lines = [
        "完成人情况表",
        "姓名 排名 完成单位 工作单位 职称 行政职务",
        "陈一 1 甲医院",
        "甲医院 主任医师、教授 科主任",
        "对本项目的贡献 提出方法，对创新点1有贡献。",
        "姓名 排名 完成单位 工作单位 职称 行政职务",
        "李  二 2 乙大学 乙大学 副教授 无",
        "对本项目的贡献 完成验证。",
        "姓名 排名 完成单位 工作单位 职称 行政职务",
        "王三 3 乙大学 乙大学 教授 无",
        "赵四 4 乙大学 乙大学 讲师 无",
    ];
    let out = outline(&paragraphs(lines));
    let fields = [Field::Name, Field::Rank, Field::Employer, Field::Titles, Field::Post, Field::Contribution];
    assert_eq!(
        told(&out.contributors, fields),
        [
            "陈一 | 1 | 甲医院 | 主任医师、教授 | 科主任 | 提出方法，对创新点1有贡献。",
            "李二 | 2 | 乙大学 | 副教授 | 无 | 完成验证。",
            "王三 | 3 | 乙大学 | 教授 | 无 | ",
            "赵四 | 4 | 乙大学 | 讲师 | 无 | "
        ]
    );
}

#[test]
fn an_impact_factor_counts_no_rows() {
    let lines = [
        "代表性论文目录",
        "序号 论文名称 刊名",
        "影响因子 全部作者",
        "1 甲病的研究",
        "中华甲杂志",
        "2",
        "陈一、李二",
        "2 乙病的研究",
        "中华乙杂志",
        "3",
        "王三、李二",
    ];
    let out = outline(&paragraphs(lines));
    let read = told(&out.papers, [Field::PaperTitle, Field::Journal, Field::ImpactFactor, Field::Authors]);
    assert_eq!(
        read,
        ["甲病的研究 | 中华甲杂志 | 2 | 陈一、李二", "乙病的研究 | 中华乙杂志 | 3 | 王三、李二"]
    );
}
