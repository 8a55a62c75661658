mod chinese;
mod latin;

use super::citation;
use crate::{
    extract::{lexicon::Field, reading},
    text::Passage,
};

/// The fields of a citation in one line each, by the letters of the tables below.
fn read(text: &str) -> Option<Vec<String>> {
    let letter = |field: Field| match field {
        Field::Number => "n",
        Field::PaperTitle => "t",
        Field::Journal => "j",
        Field::YearLocator => "y",
        Field::Authors => "a",
        Field::CorrespondingAuthors => "c",
        Field::FirstAuthors => "f",
        Field::Citations => "x",
        Field::SciCitations => "sx",
        Field::ImpactFactor => "i",
        Field::Database => "d",
        Field::ForeignCorresponding => "fc",
        Field::Doi => "o",
        other => panic!("{other:?} is no field of a citation"),
    };
    let fields = citation(&Passage::new(text, reading::START))?;
    Some(reading::lines(text, &fields, letter))
}

fn check(table: &[(&str, &[&str])]) {
    reading::check(read, table);
}

#[test]
fn odd_orders_are_read() {
    check(&[
        (
            "5. A novel method for sepsis. Zheng QS, Luo YM*. Lancet 2020;395:1-9.",
            &[
                "n 5",
                "t A novel method for sepsis",
                "j Lancet",
                "y 2020;395:1-9",
                "a Zheng QS；Luo YM",
                "c Luo YM",
            ],
        ),
        (
            "(1) Zheng Q. et al., Title of one, Sci. Rep., 2018, 8:1234.",
            &["n 1", "t Title of one", "j Sci. Rep", "y 2018, 8:1234", "a Zheng Q."],
        ),
        (
            "1. Early gastric cancer (Gut, 2020, 69(1):1-9, IF 23.1)",
            &["n 1", "t Early gastric cancer", "j Gut", "y 2020, 69(1):1-9", "i 23.1"],
        ),
        (
            "题名：早期胃癌的内镜诊断；作者：陈一、国小明；中华甲镜杂志，2019,35(4):211-218",
            &["t 早期胃癌的内镜诊断", "j 中华甲镜杂志", "y 2019,35(4):211-218", "a 陈一；国小明"],
        ),
        (
            "国小明, 全一, 陈一. 早期胃癌的内镜诊断. 中华甲镜杂志, 2019, 35(4): 211-218.",
            &["t 早期胃癌的内镜诊断", "j 中华甲镜杂志", "y 2019, 35(4): 211-218", "a 国小明；全一；陈一"],
        ),
        (
            "《早期胃癌的内镜诊断》发表于《中华甲镜杂志》2019年第35卷第4期211-218页",
            &["t 早期胃癌的内镜诊断", "j 中华甲镜杂志", "y 2019年第35卷第4期211-218页"],
        ),
        (
            "《早期胃癌的内镜诊断》，国小明、陈一，中华甲镜杂志，2019年35卷4期211-218页，通讯作者陈一、李二，他引3次",
            &[
                "t 早期胃癌的内镜诊断",
                "j 中华甲镜杂志",
                "y 2019年35卷4期211-218页",
                "a 国小明；陈一",
                "c 陈一、李二",
                "x 3",
            ],
        ),
        (
            "1. 早期胃癌的内镜诊断 — 中华甲镜杂志, 2020, 43(2): 100-106. 国小明, 陈一. 通讯：陈一. 他引 20.",
            &[
                "n 1",
                "t 早期胃癌的内镜诊断",
                "j 中华甲镜杂志",
                "y 2020, 43(2): 100-106",
                "c 陈一",
                "x 20",
                "a 国小明；陈一",
            ],
        ),
        (
            "1．国小明，陈一，Smith A．早期胃癌的内镜诊断［J］．中华甲镜杂志，2022，71（5）：900-908．",
            &[
                "n 1",
                "t 早期胃癌的内镜诊断",
                "j 中华甲镜杂志",
                "y 2022，71（5）：900-908",
                "a 国小明；陈一；Smith A",
            ],
        ),
        (
            "2.《早期胃癌的内镜诊断》，刊载于《中华甲镜杂志》2019年第35卷第4期：211-218，全部作者：国小明、陈一，通讯作者：国小明，他引63次（检索数据库：中国知网）。",
            &[
                "n 2",
                "t 早期胃癌的内镜诊断",
                "j 中华甲镜杂志",
                "y 2019年第35卷第4期：211-218",
                "a 国小明；陈一",
                "c 国小明",
                "x 63",
                "d 中国知网",
            ],
        ),
        (
            "Zheng QS, Luo YM. COVID-19 in China, 2020: a cohort. N. Engl. J. Med. 2020, 382, 1708–1720.",
            &[
                "t COVID-19 in China, 2020: a cohort",
                "j N. Engl. J. Med",
                "y 2020, 382, 1708–1720",
                "a Zheng QS；Luo YM",
            ],
        ),
    ]);
}

#[test]
fn running_text_and_lists_of_labels_are_no_citations() {
    for text in [
        "",
        "1.",
        "本项目共发表论文56篇，其中SCI收录32篇，单篇最高影响因子10.6。",
        "作为第一作者发表论文3篇，包括Lancet 2020;395:497-506，他引34次。",
        "项目组在《中华甲镜杂志》2019年第35卷第4期发表了研究结果，得到同行认可。",
        "该成果发表于Lancet，2020;395(1):497-506，被同行广泛引用。",
        "公示期自2021年3月5日至2021年3月15日，如有异议请书面提出。",
        "甲医院科教科 2021年3月5日",
        "4、Zheng Q#, Luo Y#, Müller A*. Nature Communications, 2021, 12(1):1234.",
        "论文题目：早期胃癌的内镜诊断，发表期刊：中华甲镜杂志，2019,35(4):211-218",
        "研究结果发表于《中华甲镜杂志》2019年第35卷第4期211-218页",
        "联系人：陈一，电话：010-12345678，邮箱：a@example.org",
        "陈一，李明，王芳，刘强",
        "论文名称：早期胃癌的内镜诊断；刊名：中华甲镜杂志；年卷页码：2019,35(4):211-218；作者：陈一",
        "题目：早期胃癌的内镜诊断 期刊：中华甲镜杂志 2019,35(4):211-218",
        "1. 陈一，排名第1，主任医师，甲医院。对本项目的贡献：对创新点1作出贡献。",
        "完成手术1200例，随访5年，2019年总有效率为95.6%，优于对照组（82.1%）。",
        "以上论文均已在2019年12月31日前发表。",
        "陈一，李明. 一种装置: ZL201720123456.7[P]. 2018-03-06.",
        "注：以上论文按发表时间排序。",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}
