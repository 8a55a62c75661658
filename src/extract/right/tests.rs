mod patents;
mod registrations;

use super::{right, rights};
use crate::{
    extract::{lexicon::Field, reading},
    text::Passage,
};

/// The fields of a right in one line each, by the letters of the table below.
fn read(text: &str) -> Option<Vec<String>> {
    let letter = |field: Field| match field {
        Field::Number => "n",
        Field::IpCategory => "k",
        Field::Country => "c",
        Field::IpTitle => "t",
        Field::GrantNumber => "g",
        Field::GrantDate => "d",
        Field::Holders => "h",
        Field::Owner => "o",
        Field::Certificate => "z",
        Field::Validity => "v",
        other => panic!("{other:?} is no field of a right"),
    };
    let fields = right(&Passage::new(text, reading::START))?;
    Some(reading::lines(text, &fields, letter))
}

fn check(table: &[(&str, &[&str])]) {
    reading::check(read, table);
}

#[test]
fn running_text_is_no_right() {
    for text in [
        "",
        "（1）",
        "本项目获授权发明专利12项、实用新型专利8项，制定团体标准2项。",
        "获发明专利（ZL201710123456.7）授权并应用于临床。",
        "发明专利：5项",
        "项目组研制的试剂盒获得医疗器械注册证（国械注准20213401192），在全国推广应用。",
        "以上专利均已授权。",
        "公示期自2021年3月5日至2021年3月15日，联系电话010-12345678。",
        "陈一，主任医师，甲医院，对创新点1作出贡献。",
        "已获国家发明专利3项：ZL201710123456.7、ZL201710123457.1、ZL201710123458.6。",
        "陈一, 李明. 早期胃癌的内镜诊断[J]. 中华甲镜杂志, 2019, 35(4): 211-218.",
        "参与制定行业标准，推动了学科发展，被多家医院采用。",
        "甲医院科教科 2021年3月5日",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn paragraphs_of_several_rights_are_cut() {
    for (text, want) in [
        (
            "（1）发明专利：一种甲方法，ZL201710123456.7，陈一；（2）发明专利：一种乙方法，ZL201710123457.1，李明。",
            vec![
                "（1）发明专利：一种甲方法，ZL201710123456.7，陈一",
                "（2）发明专利：一种乙方法，ZL201710123457.1，李明。",
            ],
        ),
        (
            "一种甲检测装置（ZL201710123456.7）；一种乙检测装置（ZL201710123457.1）",
            vec!["一种甲检测装置（ZL201710123456.7）", "一种乙检测装置（ZL201710123457.1）"],
        ),
        (
            "国家发明专利：试剂盒；专利号：ZL201810733650.5；发明人：陈一；李明；计算机软件著作权：系统V1.2；登记号：2020SR0871163",
            vec![
                "国家发明专利：试剂盒；专利号：ZL201810733650.5；发明人：陈一；李明",
                "计算机软件著作权：系统V1.2；登记号：2020SR0871163",
            ],
        ),
        (
            "国家发明专利：试剂盒；专利号：ZL201810733650.5；授权公告日：2021-06-11；发明人：陈一",
            vec!["国家发明专利：试剂盒；专利号：ZL201810733650.5；授权公告日：2021-06-11；发明人：陈一"],
        ),
        ("一种甲检测装置；发明专利；陈一", vec!["一种甲检测装置；发明专利；陈一"]),
    ] {
        let items = rights(&Passage::new(text, 0));
        assert_eq!(items.iter().map(Passage::text).collect::<Vec<_>>(), want, "{text}");
    }
}

#[test]
fn names_that_a_blank_or_a_line_end_parts_from_the_title_are_holders() {
    let holders = |text: &Passage| {
        let facts = right(text).expect("a right");
        let get =
            |field| facts.iter().find(|(known, _)| *known == field).map_or("", |(_, value)| value.text());
        [get(Field::IpTitle), get(Field::Holders), get(Field::GrantDate)].map(str::to_owned)
    };
    let line = "2 中国发明专利 ZL201710123456.7 2020-07-14 一种步态相位识别方法 陈一、李明、Kowalczyk Marta";
    assert_eq!(
        holders(&Passage::new(line, 0)),
        ["一种步态相位识别方法", "陈一；李明；Kowalczyk Marta", "2020-07-14"]
    );
    let mut cut = Passage::new("1 中国实用新型专利 ZL201720123456.4 2018-05-1l 带提示的间歇导尿包", 0);
    cut.append_wrapped(&Passage::new("陈一、李明", 200));
    assert_eq!(holders(&cut), ["带提示的间歇导尿包", "陈一；李明", "2018-05-1l"]);
}
