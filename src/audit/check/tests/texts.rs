use super::{CMA, Case, NATURAL};
use crate::audit::sample::Sample;

pub(super) fn of_texts() -> Vec<Case> {
    let of = || Sample::of("甲骨折微创治疗", CMA, 2026);
    let natural = || Sample::of("甲骨折机制", NATURAL, 2017);
    let long = "负责甲骨折三柱分型的提出与验证，完成多中心随机对照试验的设计、入组和随访，撰写主要论文";
    let other = "主持乙类植入物的力学测试和动物实验，建立表面处理工艺，并完成注册资料的编写与申报工作";
    vec![
        Case {
            rule: "R19",
            trips: vec![natural().person("陈一", "甲医院", "参与本项目", &[])],
            fits: vec![natural().person("陈一", "甲医院", long, &[]).person("林二", "甲医院", other, &[])],
            says: "只有5字",
        },
        Case {
            rule: "R19",
            trips: vec![natural().person("陈一", "甲医院", long, &[]).person("林二", "甲医院", "", &[])],
            fits: vec![natural().person("陈一", "甲医院", long, &[])],
            says: "没有印出林二",
        },
        Case {
            rule: "K07",
            trips: vec![of().person("陈一", "甲医院", long, &[]).person(
                "林二",
                "甲医院",
                &format!("{long}等。"),
                &[],
            )],
            fits: vec![of().person("陈一", "甲医院", long, &[]).person("林二", "甲医院", other, &[])],
            says: "材料内两段",
        },
        Case {
            rule: "K07",
            trips: vec![
                of().person("陈一", "甲医院", long, &[]),
                Sample::of("乙瘤早期筛查", CMA, 2025).person("王五", "乙医院", &format!("本人{long}。"), &[]),
            ],
            fits: vec![
                of().person("陈一", "甲医院", long, &[]),
                Sample::of("乙瘤早期筛查", CMA, 2025).person("王五", "乙医院", other, &[]),
                Sample::of("甲骨折微创治疗", CMA, 2025).person("陈一", "甲医院", long, &[]),
            ],
            says: "与另一材料重合",
        },
        Case {
            rule: "K05",
            trips: vec![of().claim(1, "首创甲法").person("陈一", "甲医院", "对创新点1、3有贡献", &[1, 3])],
            fits: vec![of().claim(1, "首创甲法").person("陈一", "甲医院", "对创新点1有贡献", &[1])],
            says: "引用创新点3",
        },
        Case {
            rule: "K05",
            trips: vec![of().claim(1, "首创甲法").claim(2, "建立乙法").person("陈一", "甲医院", "", &[1])],
            fits: vec![of().claim(1, "首创甲法").claim(2, "建立乙法").person("陈一", "甲医院", "", &[1, 2])],
            says: "创新点2的贡献",
        },
        Case {
            rule: "K08",
            trips: vec![of().people(&["陈浩"]).paper("On A", ("", 2020, ""), &["陈昊"], &[])],
            // Both authors of one paper: two people.
            fits: vec![of().people(&["陈一"]).paper("On A", ("", 2020, ""), &["陈昊", "陈浩"], &[])],
            says: "一字之差",
        },
    ]
}
