use super::{sentence, unnumbered, unnumbered_institution, without_bars};
use crate::{
    extract::lexicon::{Entity, Field},
    text::Passage,
};

#[test]
fn people_and_institutions_are_read_from_sentences() {
    let text = "2．李明，排名第2，教授、主任医师，副院长，工作单位：甲医院，完成单位：乙大学。对本项目主要科技创新的贡献：对创新点1作出贡献。";
    let fields = sentence(&Passage::new(text, 0), Entity::Contributor).expect("a sentence");
    let got: Vec<_> = fields.iter().map(|(field, value)| (*field, value.text())).collect();
    assert_eq!(
        got,
        [
            (Field::Name, "李明"),
            (Field::Rank, "2"),
            (Field::Titles, "教授、主任医师"),
            (Field::Post, "副院长"),
            (Field::Employer, "甲医院"),
            (Field::Institution, "乙大学"),
            (Field::Contribution, "对创新点1作出贡献。"),
        ]
    );
    let text = "1.甲医院，排名第1。对本项目的贡献：牵头。";
    let fields = sentence(&Passage::new(text, 0), Entity::Institution).expect("a sentence");
    assert_eq!(fields.len(), 3);
    assert!(sentence(&Passage::new("本项目由甲医院牵头，效果良好。", 0), Entity::Contributor).is_none());
}

#[test]
fn heads_of_every_kind_are_read() {
    for (text, entity, want) in [
        (
            "李明（甲医院，教授、主任医师，院长），排名第一，主持项目，对创新点1、2有贡献。",
            Entity::Contributor,
            "Name=李明 Rank=一 Employer=甲医院 Titles=教授、主任医师 Post=院长 Contribution=主持项目，对创新点1、2有贡献。",
        ),
        (
            "2. 阿依古丽·买买提（女，乙大学，讲师）；排名：2；负责随访，对创新点2有贡献。",
            Entity::Contributor,
            "Name=阿依古丽·买买提 Rank=2 Employer=乙大学 Titles=讲师 Contribution=负责随访，对创新点2有贡献。",
        ),
        (
            "第三完成人：王三（丙公司，高级工程师），研制装置，对创新点2有贡献。",
            Entity::Contributor,
            "Name=王三 Rank=三 Employer=丙公司 Titles=高级工程师 Contribution=研制装置，对创新点2有贡献。",
        ),
        (
            "第一完成人：李明，主任医师，甲医院，负责总体设计，对创新点1有贡献。",
            Entity::Contributor,
            "Name=李明 Rank=一 Titles=主任医师 Employer=甲医院 Contribution=负责总体设计，对创新点1有贡献。",
        ),
        (
            "第二完成单位：乙大学。主要贡献：提供平台。",
            Entity::Institution,
            "InstitutionName=乙大学 Rank=二 Contribution=提供平台。",
        ),
        (
            "6. 吴四，工程师，研发主管，丙有限公司，研发甲软件。",
            Entity::Contributor,
            "Name=吴四 Rank=6 Titles=工程师 Post=研发主管 Employer=丙有限公司 Contribution=研发甲软件。",
        ),
        (
            "5. 赵一，教授，甲医院，研发主动脉覆膜支架，完成动物实验。",
            Entity::Contributor,
            "Name=赵一 Rank=5 Titles=教授 Employer=甲医院 Contribution=研发主动脉覆膜支架，完成动物实验。",
        ),
        ("4. 赵一，科主任，主管技师", Entity::Contributor, "Name=赵一 Rank=4 Post=科主任 Titles=主管技师"),
        (
            "5. 王芳（技师，甲医院）：对创新二、三作出贡献：(1)完成手术；(2)改进管路。",
            Entity::Contributor,
            "Name=王芳 Rank=5 Titles=技师 Employer=甲医院 Contribution=对创新二、三作出贡献：(1)完成手术；(2)改进管路。",
        ),
        (
            "第一完成人李明，教授，甲医院骨科主任。绘制图谱，提出方法，对创新点1有贡献。",
            Entity::Contributor,
            "Name=李明 Rank=一 Titles=教授 Employer=甲医院 Post=骨科主任 Contribution=绘制图谱，提出方法，对创新点1有贡献。",
        ),
        (
            "第二完成人王芳，女，甲健康医学中心导演。担任动画导演和造型设计。",
            Entity::Contributor,
            "Name=王芳 Rank=二 Employer=甲健康医学中心 Post=导演 Contribution=担任动画导演和造型设计。",
        ),
        (
            "3. 赵一，教授。现任副院长。工作单位：甲医院。主要贡献：提出方法。",
            Entity::Contributor,
            "Name=赵一 Rank=3 Titles=教授 Post=副院长 Employer=甲医院 Contribution=提出方法。",
        ),
        (
            "第二完成单位丙市公安局提供检验平台，组织推广应用。",
            Entity::Institution,
            "InstitutionName=丙市公安局 Rank=二 Contribution=提供检验平台，组织推广应用。",
        ),
        (
            "第2完成单位丙公司：负责漫画制作，对创新点1有贡献。",
            Entity::Institution,
            "InstitutionName=丙公司 Rank=2 Contribution=负责漫画制作，对创新点1有贡献。",
        ),
        ("第二完成单位贡献：提供平台。", Entity::Institution, ""),
        ("7. 陈一　排名：7　职称：讲师", Entity::Contributor, ""),
        (
            "4. 甲市实验小学：提供试点。",
            Entity::Institution,
            "InstitutionName=甲市实验小学 Rank=4 Contribution=提供试点。",
        ),
        ("候选人2：王芳", Entity::Contributor, "Name=王芳 Rank=2"),
        (
            "第一完成人：李明，男，甲医院院长，完成单位乙大学，技术职称教授。主要贡献：提出方法。",
            Entity::Contributor,
            "Name=李明 Rank=一 Employer=甲医院 Post=院长 Institution=乙大学 Titles=教授 Contribution=提出方法。",
        ),
        (
            "4. 赵一，研究员，某省血吸虫病防治所所长，完成单位：甲医院",
            Entity::Contributor,
            "Name=赵一 Rank=4 Titles=研究员 Employer=某省血吸虫病防治所 Post=所长 Institution=甲医院",
        ),
        (
            "5. 赵一，教授，甲医学院公共卫生学院院长，完成单位：甲医院",
            Entity::Contributor,
            "Name=赵一 Rank=5 Titles=教授 Employer=甲医学院公共卫生学院 Post=院长 Institution=甲医院",
        ),
        (
            "3. 王芳，副主任护师，护士长，完成单位：甲医院",
            Entity::Contributor,
            "Name=王芳 Rank=3 Titles=副主任护师 Post=护士长 Institution=甲医院",
        ),
        (
            "1．甲医院：负责总体设计。",
            Entity::Institution,
            "InstitutionName=甲医院 Rank=1 Contribution=负责总体设计。",
        ),
        (
            "李明（排名1，教授，工作单位：甲医院）",
            Entity::Contributor,
            "Name=李明 Rank=1 Titles=教授 Employer=甲医院",
        ),
        (
            "2.丙医疗科技（丁市）有限公司，排名第2。对本项目的贡献：生产。",
            Entity::Institution,
            "InstitutionName=丙医疗科技（丁市）有限公司 Rank=2 Contribution=生产。",
        ),
        (
            "2.李明(甲医院,教授):总体设计，负责（全部）实施。",
            Entity::Contributor,
            "Name=李明 Rank=2 Employer=甲医院 Titles=教授 Contribution=总体设计，负责（全部）实施。",
        ),
        (
            "1．甲医院：牵头单位，负责总体设计。",
            Entity::Institution,
            "InstitutionName=甲医院 Rank=1 Contribution=牵头单位，负责总体设计。",
        ),
        (
            "1．李明，甲大学附属医院心内科主任，主任医师，负责实施。",
            Entity::Contributor,
            "Name=李明 Rank=1 Employer=甲大学附属医院 Post=心内科主任 Titles=主任医师 Contribution=负责实施。",
        ),
        (
            "（第1完成人）李　明　主任医师　呼吸科主任　甲医院",
            Entity::Contributor,
            "Name=李　明 Rank=1 Titles=主任医师 Post=呼吸科主任 Employer=甲医院",
        ),
        ("李明（第2完成人），教授。", Entity::Contributor, "Name=李明 Rank=2 Titles=教授"),
        (
            "No.1 甲医院：牵头单位。",
            Entity::Institution,
            "InstitutionName=甲医院 Rank=1 Contribution=牵头单位。",
        ),
        (
            "3．李明，排名第3，职称为教授，无行政职务，工作单位是甲医院，完成单位为乙大学。",
            Entity::Contributor,
            "Name=李明 Rank=3 Titles=教授 Employer=甲医院 Institution=乙大学",
        ),
        (
            "2．李明，甲医院院长，教授，工作单位和完成单位均为甲医院。",
            Entity::Contributor,
            "Name=李明 Rank=2 Employer=甲医院 Post=院长 Titles=教授 Institution=甲医院",
        ),
        (
            "4．李明，排名第4，讲师，行政职务为科主任。",
            Entity::Contributor,
            "Name=李明 Rank=4 Titles=讲师 Post=科主任",
        ),
        ("1．李明，乙大学教授。", Entity::Contributor, "Name=李明 Rank=1 Employer=乙大学 Titles=教授"),
        ("候选人为本项目第一完成人，提出思路。", Entity::Contributor, ""),
        ("1．建立了新方法，效果良好。", Entity::Contributor, ""),
    ] {
        let fields = sentence(&Passage::new(text, 0), entity).unwrap_or_default();
        let got: Vec<String> =
            fields.iter().map(|(field, value)| format!("{field:?}={}", value.text())).collect();
        assert_eq!(got.join(" "), want, "{text}");
    }
}

#[test]
fn records_without_a_number_are_known_by_their_names() {
    let told = |fields: Option<Vec<(Field, Passage)>>| {
        let line = |(field, value): &(Field, Passage)| format!("{field:?}={}", value.text());
        fields.map(|fields| fields.iter().map(line).collect::<Vec<_>>().join(" "))
    };
    for (text, want) in [
        ("甲医院：负责总体设计。", Some("InstitutionName=甲医院 Contribution=负责总体设计。")),
        (
            "甲医院（第一完成单位）：主要贡献：负责总体设计。",
            Some("InstitutionName=甲医院（第一完成单位） Contribution=负责总体设计。"),
        ),
        ("甲医院，负责总体设计。", Some("InstitutionName=甲医院 Contribution=负责总体设计。")),
        (
            "甲医院　牵头单位，对创新点1有贡献。",
            Some("InstitutionName=甲医院 Contribution=牵头单位，对创新点1有贡献。"),
        ),
        ("甲医院　乙大学", None),
        ("甲医院，乙大学", None),
        ("结果：负责总体设计。", None),
    ] {
        assert_eq!(told(unnumbered_institution(&Passage::new(text, 0))).as_deref(), want, "{text}");
    }
    for (text, want) in [
        (
            "陈一（甲医院，教授）：负责总体设计。",
            Some("Name=陈一 Employer=甲医院 Titles=教授 Contribution=负责总体设计。"),
        ),
        (
            "陈一：甲医院，教授，负责总体设计。",
            Some("Name=陈一 Employer=甲医院 Titles=教授 Contribution=负责总体设计。"),
        ),
        ("结果（见表1）：优于对照组。", None),
        ("目的：甲医院，教授", None),
    ] {
        assert_eq!(told(unnumbered(&Passage::new(text, 0))).as_deref(), want, "{text}");
    }
}

#[test]
fn bars_part_facts() {
    let read = |line: &str, entity| {
        let line = without_bars(&Passage::new(line, 0), entity)?;
        let fields = sentence(&line, entity).expect("a sentence");
        Some(fields.iter().map(|(_, value)| value.text().to_owned()).collect::<Vec<_>>().join(" "))
    };
    for (line, entity, want) in [
        (
            "2. 李明　｜　教授　｜　科主任　｜　工作单位：甲医院　｜　完成单位：乙大学",
            Entity::Contributor,
            Some("李明 2 教授 科主任 甲医院 乙大学"),
        ),
        (
            "3. 王芳 | 讲师 | 乙大学 | 负责验证，对创新点1有贡献",
            Entity::Contributor,
            Some("王芳 3 讲师 乙大学 负责验证，对创新点1有贡献"),
        ),
        ("1. 甲医院 | 组织实施，提供病例", Entity::Institution, Some("甲医院 1 组织实施，提供病例")),
        ("1. 李明，教授 | 甲 | 乙", Entity::Contributor, None),
        ("1. 李明 | 教授", Entity::Contributor, None),
    ] {
        assert_eq!(read(line, entity).as_deref(), want, "{line}");
    }
}

#[test]
fn wide_gaps_part_what_labels_stand_in() {
    for (text, want) in [
        (
            "第2完成人：陈一  主任医师  科主任  工作单位：甲医院",
            "Name=陈一 Rank=2 Titles=主任医师 Post=科主任 Employer=甲医院",
        ),
        ("第二完成人　陈  一　讲师　完成单位：甲医院", "Name=陈  一 Rank=二 Titles=讲师 Institution=甲医院"),
        // What stands before a colon that is no label is not parted.
        ("第2完成人：陈一  主任医师  项目分工：甲", ""),
    ] {
        let fields = sentence(&Passage::new(text, 0), Entity::Contributor).unwrap_or_default();
        let got: Vec<_> = fields.iter().map(|(field, value)| format!("{field:?}={}", value.text())).collect();
        assert_eq!(got.join(" "), want, "{text}");
    }
}

#[test]
fn another_name_in_brackets_stays_with_the_name() {
    for (note, kept) in [
        ("(简称甲地病所)", true),
        ("（以下简称“甲地病所”）", true),
        ("（乙省疾病预防控制中心）", true),
        ("（牵头单位）", false),
        ("(甲附院)", false),
    ] {
        let line = format!("1.甲省地方病预防控制所{note}：项目牵头,负责传染源控制、流行病学监测和标准制定。");
        let fields = sentence(&Passage::new(&line, 0), Entity::Institution).expect("a sentence");
        let name = format!("甲省地方病预防控制所{}", if kept { note } else { "" });
        assert_eq!(fields[0].1.text(), name, "{note}");
        let told = fields.iter().find(|(field, _)| *field == Field::Contribution);
        assert!(told.is_some_and(|(_, told)| told.text().starts_with("项目牵头")), "{note}");
    }
}

#[test]
fn a_post_is_named_with_a_part_of_the_labelled_employer() {
    for (text, want) in [
        (
            "1.陈一，排名第1，教授，急诊医学中心主任，工作单位：甲医院，完成单位：甲医院。贡献：提出方法。",
            "教授 急诊医学中心主任 甲医院",
        ),
        ("1.陈一，排名第1，教授，甲医院院长，工作单位：甲医院。贡献：提出方法。", "教授 院长 甲医院"),
        ("1.陈一，排名第1，教授，甲医院院长。贡献：提出方法。", "教授 院长 甲医院"),
    ] {
        let fields = sentence(&Passage::new(text, 0), Entity::Contributor).expect("a sentence");
        let value = |wanted: Field| {
            fields.iter().find(|(field, _)| *field == wanted).map_or("", |(_, value)| value.text())
        };
        assert_eq!([Field::Titles, Field::Post, Field::Employer].map(value).join(" "), want, "{text}");
    }
}
