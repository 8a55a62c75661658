use super::{CMA, Case, HUAXIA, NATURAL};
use crate::audit::sample::Sample;

pub(super) fn of_awards() -> Vec<Case> {
    let named = |title: &str, award: &str, year: u16| Sample::of(title, award, year);
    let own = || named("甲骨折微创治疗体系", CMA, 2025).people(&["陈一", "林二"]);
    let near = |year: u16| named("甲骨折微创治疗体系的建立", CMA, year).people(&["王五"]);
    let paper = |sample: Sample| {
        sample.paper("On a fracture of the first kind", ("Journal A", 2020, "7(1): 1-12"), &["陈一"], &[])
    };
    let claim = "首次提出甲骨折三柱分型并据此制定分级治疗方案，在全国一百余家医院推广应用，再手术率明显下降";
    vec![
        Case {
            rule: "R01",
            trips: vec![own(), named("乙瘤早期筛查", CMA, 2025).people(&["陈一"])],
            // The same name elsewhere is somebody else; another year is another matter.
            fits: vec![
                own(),
                named("乙瘤早期筛查", CMA, 2025).person("陈一", "乙医院", "", &[]),
                named("丙瘤早期筛查", CMA, 2024).people(&["陈一"]),
                named("丁瘤早期筛查", "某科技奖", 2025).people(&["陈一"]),
            ],
            says: "陈一同年度",
        },
        Case {
            rule: "R02",
            trips: vec![own(), named("乙瘤早期筛查", CMA, 2023).people(&["王五", "陈一"])],
            fits: vec![
                own(),
                named("乙瘤早期筛查", CMA, 2023).people(&["王五", "赵六", "孙七", "陈一"]),
                named("丙瘤早期筛查", CMA, 2022).people(&["陈一"]),
            ],
            says: "获奖名单",
        },
        Case {
            rule: "R03",
            trips: vec![own(), near(2024), near(2023)],
            fits: vec![own(), near(2024)],
            says: "连年推荐",
        },
        Case {
            rule: "R04",
            trips: vec![paper(own()), paper(named("乙瘤早期筛查", CMA, 2025))],
            fits: vec![paper(own()), named("乙瘤早期筛查", CMA, 2025)],
            says: "1篇论文、0项知识产权",
        },
        Case {
            rule: "R04",
            trips: vec![
                own().claim(1, claim),
                named("乙瘤早期筛查", CMA, 2025).claim(2, &format!("此外，{claim}。")),
            ],
            fits: vec![
                own().claim(1, claim),
                named("乙瘤早期筛查", CMA, 2025)
                    .claim(2, "建立乙瘤早期筛查的风险模型并完成多中心验证，灵敏度和特异度均优于现有方法"),
            ],
            says: "创新点1的文字",
        },
        Case {
            rule: "R24",
            trips: vec![named("甲", CMA, 2025).recommender("钱一、孙二")],
            fits: vec![named("甲", CMA, 2025).recommender("钱一、孙二、李三")],
            says: "2位推荐科学家",
        },
        Case {
            rule: "R24",
            trips: vec![
                named("甲", CMA, 2025).recommender("钱一、孙二、李三"),
                named("乙", CMA, 2025).recommender("周四、孙二、吴五"),
            ],
            fits: vec![
                named("甲", CMA, 2025).recommender("钱一、孙二、李三"),
                named("乙", CMA, 2024).recommender("周四、孙二、吴五"),
            ],
            says: "孙二同年度",
        },
        Case {
            rule: "R26",
            trips: vec![named("甲骨折微创治疗", HUAXIA, 2024), named("甲骨折微创治疗", "某科技奖", 2024)],
            fits: vec![named("甲骨折微创治疗", HUAXIA, 2024), named("甲骨折微创治疗", "某科技奖", 2023)],
            says: "也用于某科技奖",
        },
    ]
}

pub(super) fn of_authors() -> Vec<Case> {
    let cma = || Sample::of("甲骨折微创治疗", CMA, 2025).people(&["陈一", "林二"]);
    let young = || cma().category("青年科学技术奖");
    let natural = || Sample::of("甲骨折机制", NATURAL, 2017).people(&["陈一", "林二"]);
    let by =
        |sample: Sample, authors: &[&str]| sample.paper("On A", ("Journal A", 2012, "1: 2-3"), authors, &[]);
    let patent = |sample: Sample, holders: &[&str]| {
        sample.right(["中国发明专利", "中国", "", "", "一种装置"], holders)
    };
    let foreign = |sample: Sample, value: bool| {
        by(sample, &["陈一"]).change_paper(|paper| paper.foreign_corresponding = Some(value))
    };
    vec![
        Case {
            rule: "R11",
            trips: vec![foreign(cma(), true).change_paper(|paper| {
                let span = paper.provenance.spans["title"].clone();
                paper.provenance.spans.insert("foreign_corresponding".to_owned(), span);
            })],
            fits: vec![foreign(cma(), false)],
            says: "国外单位",
        },
        Case {
            rule: "R12",
            trips: vec![by(cma(), &["王五", "陈一"])],
            fits: vec![patent(by(cma(), &["陈一", "王五"]), &["王五", "林二"])],
            says: "第一作者、通讯作者不含",
        },
        Case {
            rule: "R12",
            trips: vec![patent(cma(), &["王五"])],
            fits: vec![by(cma(), &["A Smith"])],
            says: "发明人",
        },
        Case {
            rule: "R13",
            trips: vec![by(young(), &["林二", "陈一"])],
            fits: vec![by(young(), &["陈一", "林二"])],
            says: "前1位完成人",
        },
        Case {
            rule: "R14",
            trips: vec![by(natural(), &["陈一"])],
            fits: vec![by(natural(), &["陈一", "林二"])],
            says: "没有林二",
        },
        Case {
            rule: "R17",
            trips: vec![by(natural(), &["王五", "陈一"])],
            fits: vec![by(natural(), &["陈一", "王五"])],
            says: "王五是论文",
        },
        Case {
            rule: "R18",
            trips: vec![by(by(natural(), &["陈一"]), &["林二"])],
            fits: vec![by(natural(), &["陈一", "林二"])],
            says: "1对完成人中，1对",
        },
        Case {
            rule: "K10",
            trips: vec![by(cma(), &["陈一"])],
            fits: vec![patent(by(cma(), &["陈一"]), &["林二"])],
            says: "没有林二的姓名",
        },
    ]
}
