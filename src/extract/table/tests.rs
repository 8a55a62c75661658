use super::*;

fn row(text: &str) -> Vec<Passage> {
    let mut start = 0;
    text.split('|')
        .map(|cell| {
            let passage = Passage::new(cell, start).trimmed();
            start += cell.len() + 1;
            passage
        })
        .collect()
}

fn papers() -> Columns {
    header(&row("序号|论文名称|刊名|年,卷(期)及页码|影响因子|全部作者|通讯作者|检索数据库|他引总次数|通讯作者单位是否含国外单位"))
        .expect("a header")
}

#[test]
fn a_header_names_the_entity() {
    for (text, want) in [
        ("序号|类别|国别|授权号|授权时间|知识产权具体名称|全部发明人", Some(Entity::Ip)),
        ("序号|类别|名称|国别|编号|发布时间|起草人", Some(Entity::Ip)),
        ("姓名|排名|完成单位|工作单位|职称|行政职务", Some(Entity::Contributor)),
        ("知识产权名称|授权号/授权日期|发明人/权利人", Some(Entity::Ip)),
        ("主要完成单位|排名|单位名称||对本项目的贡献|", Some(Entity::Institution)),
        ("排名|单位名称|备注说明", Some(Entity::Institution)),
        ("单位名称|甲医院||排名|1", None),
        ("李明|1|甲医院|甲医院|教授|无", None),
    ] {
        assert_eq!(header(&row(text)).map(|columns| columns.entity), want, "{text}");
    }
}

#[test]
fn a_name_above_two_columns_is_that_of_both() {
    for (text, value, want) in [
        (
            "序号|类别及号码||名称|发明人/著作权人",
            "1|发明专利|ZL201710123456.0|一种方法|陈一",
            vec![
                (Field::Number, "1"),
                (Field::IpCategory, "发明专利"),
                (Field::GrantNumber, "ZL201710123456.0"),
                (Field::IpTitle, "一种方法"),
            ],
        ),
        (
            "编号|论文题目及出处||作者|通讯",
            "1|某病的研究|某杂志. 2022;53(10):3-4|陈一，李二|陈一",
            vec![
                (Field::PaperTitle, "某病的研究"),
                (Field::YearLocator, "某杂志. 2022;53(10):3-4"),
                (Field::Authors, "陈一，李二"),
            ],
        ),
        (
            "序号|名称|类别与号码|完成人",
            "1|一种方法|发明专利　ZL 2019 1 0640385.0\n授权公告日：2021-08-03|陈一",
            vec![(Field::IpCategory, "发明专利"), (Field::GrantNumber, "ZL 2019 1 0640385.0")],
        ),
        (
            "序号|名称|刊物/出版社|年卷期页|作者|通讯作者",
            "1|某病的研究|某杂志|2020;1(2):3-4|陈一|陈一",
            vec![(Field::PaperTitle, "某病的研究"), (Field::Authors, "陈一")],
        ),
        (
            "序号|题目|期刊，年，卷(期)：页|作者|通讯",
            "1|某病的研究|某杂志, 2020, 1(2): 3|陈一|李二",
            vec![(Field::YearLocator, "某杂志, 2020, 1(2): 3"), (Field::CorrespondingAuthors, "李二")],
        ),
    ] {
        let (cells, _) = header(&row(text)).expect("a header").assign(&row(value));
        for (field, want) in want {
            let found = cells.iter().find(|(known, _)| *known == field).map(|(_, cell)| cell.text());
            assert_eq!(found, Some(want), "{text}");
        }
    }
}

#[test]
fn merged_cells_are_parted_where_both_values_fit() {
    let (cells, shifted) = papers().assign(&row("4|Value and|Cancer|2021;12(2.9|李明, 王芳,|李明,|web|4|否"));
    let get = |field| cells.iter().find(|(known, _)| *known == field).map(|(_, cell)| cell.text());
    assert!(shifted);
    assert_eq!(get(Field::YearLocator), Some("2021;12("));
    assert_eq!(get(Field::ImpactFactor), Some("2.9"));
    assert_eq!(get(Field::Authors), Some("李明, 王芳,"));
    assert_eq!(get(Field::ForeignCorresponding), Some("否"));
}

#[test]
fn a_rank_and_a_name_may_stand_in_the_other_order() {
    for (text, value, want) in [
        ("姓名|排名|职称|工作单位", "11|陈一|讲师|甲医院", ["陈一", "11"]),
        ("排名|姓名|职称|工作单位", "陈一|2|讲师|甲医院", ["陈一", "2"]),
        ("姓名|排名|职称|工作单位", "陈一|2|讲师|甲医院", ["陈一", "2"]),
        ("排名|姓名|职称|工作单位", "2||讲师|甲医院", ["", "2"]),
        ("姓名|年龄|排名|职称|工作单位", "陈一|46|2|讲师|甲医院", ["陈一", "2"]),
    ] {
        let (cells, _) = header(&row(text)).expect("a header").assign(&row(value));
        let get = |field| cells.iter().find(|(known, _)| *known == field).map(|(_, cell)| cell.text());
        assert_eq!([Field::Name, Field::Rank].map(get), want.map(Some), "{value}");
    }
}

#[test]
fn a_number_behind_a_name_is_no_rank_where_a_cell_is_left_out() {
    let (cells, _) =
        header(&row("排名|姓名|年龄|职称|工作单位")).expect("a header").assign(&row("李二|46|教授|甲医院"));
    let get = |field| cells.iter().find(|(known, _)| *known == field).map(|(_, cell)| cell.text());
    assert_eq!([Field::Name, Field::Titles, Field::Employer].map(get), ["李二", "教授", "甲医院"].map(Some));
}

#[test]
fn a_cell_left_out_leaves_its_column_empty() {
    let (cells, _) = papers().assign(&row("4|Value|Cancer|2021;12(1):3|李明|李明|web|4|否"));
    let get = |field| cells.iter().find(|(known, _)| *known == field).map(|(_, cell)| cell.text());
    assert_eq!(get(Field::ImpactFactor), Some(""));
    assert_eq!(get(Field::Authors), Some("李明"));
    assert_eq!(get(Field::Citations), Some("4"));
}

#[test]
fn a_row_of_too_many_words_in_lines_is_none() {
    let columns = header(&row("序号|论文名称|刊名|年,卷(期)及页码|全部作者|检索数据库")).expect("a header");
    let title = |words: usize| {
        let title = "1 Repair".to_owned() + &" fractures".repeat(words - 1);
        columns.gather_of_lines(&row(&format!("{title}|Bone 2021,52(9):2846-2855|陈一、李二 SCI")))
    };
    let get = |cells: Vec<(Field, Passage)>, field| {
        cells.into_iter().find(|(known, _)| *known == field).map(|(_, cell)| cell.text().to_owned())
    };
    let cells = title(55).expect("a row");
    assert_eq!(get(cells, Field::Authors).as_deref(), Some("陈一、李二"));
    assert!(title(56).is_none());
}

#[test]
fn the_last_column_takes_the_words_that_are_too_many() {
    let columns = header(&row("排名|姓名|职称|工作单位|贡献")).expect("a header");
    let told = vec!["word"; 100].join("|");
    let cells = columns.gather(&row(&format!("1|陈一|教授|甲医院|{told}"))).expect("a row");
    assert_eq!(cells.last().map(|(_, cell)| cell.text().len()), Some(499));
}

#[test]
fn lists_of_names_end_where_names_do() {
    let columns =
        header(&row("序号|类别|国别|授权号|授权时间|知识产权具体名称|全部发明人")).expect("a header");
    let papers =
        header(&row("序号|论文名称|刊名|年,卷(期)|影响因子|全部作者|通讯作者|他引次数")).expect("a header");
    for (columns, lines, fields, want) in [
        (
            &columns,
            "1|发明专利|中国|ZL201710123456.0|2020.05.19|一种某某杆菌耐药基|因检测微流控芯片|陈一，李二",
            [Field::IpTitle, Field::Holders],
            ["一种某某杆菌耐药基因检测微流控芯片", "陈一，李二"],
        ),
        (
            &columns,
            "2|发明专利|中国|ZL20171012|3456.0|2020.05.19|检测某某的引物探针组及试剂|盒|陈一，李二，|王三",
            [Field::IpTitle, Field::Holders],
            ["检测某某的引物探针组及试剂盒", "陈一，李二，王三"],
        ),
        (
            &columns,
            "5|医疗器械注册证|中国|国械注准20213400482|2021.06.25|某某杆菌耐药突变检|测试剂盒(荧光法)|甲市乙诺基因科技|股份有限公司",
            [Field::IpTitle, Field::Holders],
            ["某某杆菌耐药突变检测试剂盒(荧光法)", "甲市乙诺基因科技股份有限公司"],
        ),
        (
            &papers,
            "3|One study of|resistance|Journal of|Chemotherapy|2019,|74(11):3318-3325|5.2|陈小一，李小|二，古丽娜尔·|买买提|陈小一|39",
            [Field::Authors, Field::CorrespondingAuthors],
            ["陈小一，李小二，古丽娜尔·买买提", "陈小一"],
        ),
        (
            &papers,
            "5|Genomics of one|disease|The Lancet|2021,|2(9):e453-e462|20.9|陈小一，李小二，|王三，Gagneux|Claire|陈小一|62",
            [Field::Authors, Field::CorrespondingAuthors],
            ["陈小一，李小二，王三，Gagneux Claire", "陈小一"],
        ),
    ] {
        let cells = columns.gather_wrapped(&row(lines)).expect("a row");
        let said = fields
            .map(|field| cells.iter().find(|(known, _)| *known == field).map_or("", |(_, cell)| cell.text()));
        assert_eq!(said, want);
    }
}
