use super::*;
use crate::source::lines::lines;

fn read(text: &str) -> (usize, Vec<Vec<String>>) {
    let all: Vec<Line<'_>> = lines(text).collect();
    let mut parts = Vec::new();
    let used = table(&all, &mut parts);
    let rows = parts.iter().filter_map(|part| match part {
        Part::Row(row) => Some(row.iter().map(|cell| cell.text().to_owned()).collect()),
        _ => None,
    });
    (used, rows.collect())
}

#[test]
fn wrapped_cells_are_put_together() {
    let text = "\
序号  类别        授权号              发明人
1     中国发明专  ZL201711111111.1    陈一、李二、王
      利                              三
2     实用新型    ZL202022222222.2    陈一
后面的正文。";
    let (used, rows) = read(text);
    assert_eq!(used, 4);
    assert_eq!(rows[1], ["1", "中国发明专利", "ZL201711111111.1", "陈一、李二、王三"]);
    assert_eq!(rows[2], ["2", "实用新型", "ZL202022222222.2", "陈一"]);
}

#[test]
fn a_blank_line_ends_a_row_where_lines_stand_close() {
    let text = "\
姓名    陈一          李二
贡献    负责总体设计  参与实施
        和推广        方案

        第3完成人     第4完成人
姓名    周三          吴四";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (5, 4));
    assert_eq!(rows[1], ["贡献", "负责总体设计和推广", "参与实施方案"]);
    assert_eq!(rows[2], ["", "第3完成人", "第4完成人"]);
}

#[test]
fn cells_may_span_rows_and_columns() {
    for (text, want) in [
        (
            "第1完成人  姓名        陈一    性别  男
           工作单位    甲大学附属医院
           主要贡献    提出方法。
第2完成人  姓名        李二    性别  女",
            &[
                "第1完成人|姓名|陈一|性别|男",
                "|工作单位|甲大学附属医院||",
                "|主要贡献|提出方法。||",
                "第2完成人|姓名|李二|性别|女",
            ][..],
        ),
        (
            "排名  姓　名  个人信息          贡献
              职称      职务
1     陈　一  教授      院长    提出方法。",
            &["排名|姓　名|个人信息||贡献", "||职称|职务|", "1|陈　一|教授|院长|提出方法。"],
        ),
        (
            "      第一完成人  第二完成人  第三完成人
姓名  陈一        李二        王三",
            &["|第一完成人|第二完成人|第三完成人", "姓名|陈一|李二|王三"],
        ),
    ] {
        let (_, rows) = read(text);
        assert_eq!(rows.iter().map(|row| row.join("|")).collect::<Vec<_>>(), want);
    }
}

#[test]
fn lines_without_a_number_go_on_with_the_row_that_has_one() {
    let text = "\
姓名       排名   职称         工作单位 / 完成单位             贡献
陈一        1    主任医师、    甲医学院附属儿童医院 /         总体设计，提出评分
                 教授         甲医学院附属儿童医院           及方案。
吉克·阿     2    副主任医师    西岷州人民医院 / 西岷州        前瞻队列入组与随访，组织地区
依                            人民医院                       专科联盟。
李  二      3    副主任医师    甲医学院附属儿童医院 /         完成手术。
                              甲医学院附属儿童医院";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (7, 4));
    assert_eq!(rows[2][..2], ["吉克·阿依", "2"]);
    assert_eq!(rows[2][3], "西岷州人民医院 / 西岷州人民医院");
    assert_eq!(rows[1][4], "总体设计，提出评分及方案。");
    assert_eq!(rows[3][0], "李  二");
    let text = "\
 4      艾尼瓦尔·吐     副教授        甲大学        甲大学
        尔逊";
    assert_eq!(read(text).1, [["4", "艾尼瓦尔·吐尔逊", "副教授", "甲大学", "甲大学"]]);
}

#[test]
fn the_number_may_stand_beside_the_middle_of_a_row() {
    let text = "\
序号  论 文 题 目              刊   名            作  者          通讯作者
      Resection of one         Annals of
1     organ for end-stage      Surgery            陈一, 李二      李二
      disease

      Smart collars for        Lancet Planetary
2     dogs                     Health             王三            王三
      in China

3     某病的防治               某杂志             陈一            陈一";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (8, 4));
    assert_eq!(rows[0], ["序号", "论 文 题 目", "刊名", "作  者", "通讯作者"]);
    assert_eq!(
        rows[1],
        ["1", "Resection of one organ for end-stage disease", "Annals of Surgery", "陈一, 李二", "李二"]
    );
    assert_eq!(rows[2][..3], ["2", "Smart collars for dogs in China", "Lancet Planetary Health"]);
}

#[test]
fn a_header_of_two_lines_is_no_first_line_of_a_row() {
    let text = "\
排名  姓　名  个人信息          贡献
              职称      职务
1     陈　一  教授      院长    提出方法。

2     李　二  讲师      无      完成验证。";
    assert_eq!(
        read(text).1,
        [
            ["排名", "姓　名", "个人信息", "", "贡献"],
            ["", "", "职称", "职务", ""],
            ["1", "陈　一", "教授", "院长", "提出方法。"],
            ["2", "李　二", "讲师", "无", "完成验证。"]
        ]
    );
}

#[test]
fn two_columns_of_one_character_are_no_word() {
    let text = "序号  刊名    卷    期    页\n1     甲杂志  12          3-9\n2     乙杂志  7           11-15";
    assert_eq!(read(text).1[0], ["序号", "刊名", "卷", "期", "页"]);
}

#[test]
fn the_rest_of_a_label_is_a_line_of_the_form() {
    let text = "\
姓名      陈一        排名    1
对本项目  总设计者。
的贡献
姓名      李二        排名    2
对本项目  完成验证，参与
的贡献    推广。";
    let (used, rows) = read(text);
    assert_eq!(used, 6);
    assert_eq!(rows[2], ["的贡献", "", "", ""]);
    let text = text.replace("姓名", "姓名  ").replace("对本项目", "对本项目的");
    let text = text.replace("的贡献    ", "贡献        ").replace("的贡献", "贡献");
    assert_eq!(read(&text).0, 6, "{text}");
}

#[test]
fn full_cells_are_parted_where_the_header_is() {
    let text = "\
姓名     排名  完成单位       工作单位       职称      职务
吉克阿依 1     甲大学第一医院 甲大学第一医院 教授      院长
陈一     2     乙医院         Heart Hospital 主任医师  无";
    let (_, rows) = read(text);
    assert_eq!(rows[1], ["吉克阿依", "1", "甲大学第一医院", "甲大学第一医院", "教授", "院长"]);
    assert_eq!(rows[2][3], "Heart Hospital");
}

#[test]
fn a_label_may_be_cut_into_several_lines_beside_its_text() {
    let text = "\
姓名     排名  完成单位       职称      职务
陈一     1     甲医院         教授      院长
对本项  提出方法，制定方案，完成验证。
目的贡
献
姓名     排名  完成单位       职称      职务
李二     2     乙医院         讲师      无
对本项  协助验证，收集病例，整理资料，完成
目的贡  推广。
献";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (10, 10));
    assert_eq!(rows[4][0], "献");
    let text = "姓名    排名    职称\n陈一    1       教授\n说明\n姓名    排名    职称";
    assert_eq!(read(text).0, 2);
}

#[test]
fn a_form_ends_where_another_opens_as_it_does() {
    let text = "\
姓名  陈一                        性别  男    排名  1
单位  甲大学附属第一中心医院东院  职称  教授  职务  无
姓名  李二  性别  女  排名  2
单位  乙院  职称  讲师  职务  无";
    let (used, rows) = read(text);
    assert_eq!((used, rows.len()), (2, 2));
    assert_eq!(rows[1], ["单位", "甲大学附属第一中心医院东院", "职称", "教授", "职务", "无"]);
    // A row of the same form whose cells have been moved: what the lines say is read instead.
    assert_eq!(read(&text.replace("姓名  李二", "科室  某科")).0, 0);
}

#[test]
fn other_lines_are_left_alone() {
    for text in [
        "姓名：陈一  排名：1  职称：教授\n姓名：李二  排名：2  职称：讲师",
        "1．发明专利  一种装置  ZL201711111111.1  授权日：\n2020-11-03  发明人：陈一;李二\n2．发明专利  一种方法  ZL201711111112.1  授权日：",
        "一行  字",
        "甲    乙    丙\n正文在这里。",
    ] {
        assert_eq!(read(text).0, 0, "{text}");
    }
}

#[test]
fn labels_and_names_spread_to_one_width_are_no_columns() {
    for form in [
        "姓    名：刘  洋\n排    名：8\n职    称：教授",
        "姓    名：刘    洋\n排    名：8\n职    称：教授",
        "姓    名：刘  洋    性    别：男\n排    名：8      职    称：教授",
    ] {
        assert_eq!(read(form).0, 0, "{form}");
    }
}
