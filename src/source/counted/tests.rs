use super::*;
use crate::source::lines::lines;

fn read(text: &str) -> (usize, Vec<String>) {
    let all: Vec<Line<'_>> = lines(text).collect();
    let mut parts = Vec::new();
    let used = table(&all, &mut parts);
    let rows = parts.iter().filter_map(|part| match part {
        Part::Row(row) => Some(row.iter().map(Passage::text).collect::<Vec<_>>().join("|")),
        _ => None,
    });
    (used, rows.collect())
}

#[test]
fn rows_are_put_together_from_lines_that_stand_apart() {
    let text = "\
序号 论文题目                       刊名         年;卷(期):页 全部作者       通讯作 他引

                                                                             者

1    Cumulative exposure and risk   Occup        2021;78(4):  陈一,李二,     李二   64

     among miners: a                Environ Med  255-262      王三

     prospective study

2    双肺同期大容量肺灌洗治疗某病   中华某某学   2018,36(5):  赵四,孙五      赵 四  43

     528例疗效分析                  杂志         371-375

3    Burden of disease              BMC Public   2021;21;2(1) 周六           周六   33

                                    Health       :1356

知识产权

1    发明专利   一种装置";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (9, 4));
    assert_eq!(rows[0], "序号|论文题目|刊名|年;卷(期):页|全部作者|通讯作者|他引");
    assert_eq!(
        rows[1],
        "1|Cumulative exposure and risk among miners: a prospective study|Occup Environ Med|2021;78(4): 255-262|陈一,李二,王三|李二|64"
    );
    assert_eq!(
        rows[2],
        "2|双肺同期大容量肺灌洗治疗某病528例疗效分析|中华某某学杂志|2018,36(5): 371-375|赵四,孙五|赵 四|43"
    );
    assert_eq!(rows[3], "3|Burden of disease|BMC Public Health|2021;21;2(1):1356|周六|周六|33");
}

#[test]
fn a_header_on_the_next_page_is_none_of_a_row() {
    let text = "\
序 论文名称                  刊名          全部作者
号
1  Iris curvature predicts   Ophthalmology 陈一、李二
   progression
2  Lens extraction versus    Br J          王三
   iridotomy: the            Ophthalmol
序 论文名称                  刊名          全部作者
号
   CLEAR trial
3  某病的调查                某杂志        赵四
后文。";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (10, 4));
    assert_eq!(rows[0], "序号|论文名称|刊名|全部作者");
    assert_eq!(rows[2], "2|Lens extraction versus iridotomy: the CLEAR trial|Br J Ophthalmol|王三");
}

#[test]
fn full_cells_touch_the_next_column() {
    let text = "\
序号 论文名称           刊名         全部作者        通讯作  他引
                                                     者      次数
1    MRI-based scoring  Placenta     陈一、麦麦提    沈七    23
     for placenta                    ·艾力、沈七
2    Aortic balloon     BJOG         沈七、陈一、吴八沈七    48
     occlusion                       贺九
3    某病的防治         中华妇产科杂 沈七、卢十      卢十    5
                        志
下面的正文。";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (8, 4));
    assert_eq!(rows[1], "1|MRI-based scoring for placenta|Placenta|陈一、麦麦提·艾力、沈七|沈七|23");
    assert_eq!(rows[2], "2|Aortic balloon occlusion|BJOG|沈七、陈一、吴八贺九|沈七|48");
    assert_eq!(rows[3], "3|某病的防治|中华妇产科杂志|沈七、卢十|卢十|5");
}

#[test]
fn the_header_tells_columns_whose_cells_are_full_in_most_rows() {
    let text = "\
序号论文名称                  刊名          全部作者       通讯作者   检索 他引 是否
                                                                      库   次数 含国
                                                                                外单
                                                                                位
1   Susceptibility to edema   European      陈一、李二甲甲、陈一、李二 Web  58   否
    in residents              Journal       王三
2   某某病的防治某某病的防治某某某杂志      陈一、李二     陈一       知网 7    否
    研究
3   A lung study              某某杂志      王三           王三       知网 16   否";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (9, 4));
    assert_eq!(rows[0], "序号|论文名称|刊名|全部作者|通讯作者|检索库|他引次数|是否含国外单位");
    assert_eq!(
        rows[1],
        "1|Susceptibility to edema in residents|European Journal|陈一、李二甲甲、王三|陈一、李二|Web|58|否"
    );
    assert_eq!(rows[2], "2|某某病的防治某某病的防治某研究|某某杂志|陈一、李二|陈一|知网|7|否");
}

#[test]
fn a_long_cell_may_push_those_behind_it() {
    let text = "序号  论文名称  刊名    作者\n1     某病研究  某杂志  陈一\n2     A longer title  Journal  李二\n3     某病之二  某杂志  王三";
    assert_eq!(read(text).1[2], "2|A longer title|Journal|李二");
}

#[test]
fn what_follows_the_last_row_is_none_of_it() {
    let text = "\
排名 姓名  单位
1    陈一  甲大学第一
           医院
2    李二  乙大学
    本项目历经十年，建立了一整套完整的诊疗体系。";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len(), rows[1].as_str()), (4, 3, "1|陈一|甲大学第一医院"));
}

#[test]
fn spread_words_are_whole_and_what_follows_is_left() {
    let text = "\
排名  姓　名  职　称    工作单位
1     陈　一  教授      甲大学附属第一医院
2     李二    主任医师  乙医院
    推荐单位意见";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (3, 3));
    assert_eq!(rows[0], "排名|姓　名|职　称|工作单位");
    assert_eq!(rows[1..], ["1|陈　一|教授|甲大学附属第一医院", "2|李二|主任医师|乙医院"]);
}

#[test]
fn lists_and_prose_are_left_alone() {
    for text in [
        "主要创新 包括 以下\n1 提出新的方法，显著改善预后。\n2 研制新的装置，填补空白。",
        "姓名：陈一  排名：1  职称：教授\n1    甲    乙\n2    丙    丁",
        "序号  名称  时间\n1    甲    乙",
        "序号  姓名    职称      工作单位        备注\n1     陈一    教授      甲大学\n2     李二    主任医师  乙医院",
    ] {
        assert_eq!(read(text).0, 0, "{text}");
    }
}
