use super::{CMA, Case, HUAXIA, NATURAL};
use crate::audit::sample::Sample;

pub(super) fn of_forms() -> Vec<Case> {
    let of = |award: &str, year: u16| Sample::of("甲骨折微创治疗", award, year);
    let paper = |sample: Sample, year: u16| sample.paper("On A", ("Journal A", year, "1: 2-3"), &[], &[]);
    let right = |sample: Sample, date: &str| sample.right(["发明专利", "", "", date, "一种装置"], &[]);
    let crowd = |count: usize| {
        (0..count).fold(of(CMA, 2026), |sample, n| sample.person(&format!("陈{n}"), "甲医院", "", &[]))
    };
    let ranked = |ranks: [u32; 2]| {
        let sample = of(NATURAL, 2017).people(&["陈一", "林二"]);
        sample.change(|dossier| {
            dossier.contributors.iter_mut().zip(ranks).for_each(|(person, rank)| person.rank = Some(rank));
        })
    };
    vec![
        Case {
            rule: "R05",
            trips: vec![right(paper(of(CMA, 2025), 2021), "2023-02-01")],
            fits: vec![right(paper(of(CMA, 2025), 2022), "2022-12-31")],
            says: "日期晚于",
        },
        Case {
            rule: "R06",
            trips: vec![paper(of(HUAXIA, 2024).category("科学技术奖（基础研究类）"), 2022)],
            fits: vec![paper(of(HUAXIA, 2024).category("科学技术奖（基础研究类）"), 2021)],
            says: "晚于截止日期",
        },
        Case {
            rule: "R06",
            trips: vec![paper(of(NATURAL, 2019), 2017)],
            // Of the year itself, the notice does not tell.
            fits: vec![paper(of(NATURAL, 2019), 2016)],
            says: "不满3年",
        },
        Case { rule: "R07", trips: vec![crowd(16)], fits: vec![crowd(15)], says: "完成人16，多于15" },
        Case {
            rule: "R08",
            trips: vec![Sample::of(&"甲".repeat(31), CMA, 2026)],
            fits: vec![Sample::of(&"甲".repeat(30), CMA, 2026)],
            says: "31字",
        },
        Case {
            rule: "R08",
            trips: vec![Sample::of("甲骨折的研究", HUAXIA, 2026)],
            fits: vec![Sample::of("甲骨折的治疗", HUAXIA, 2026)],
            says: "“研究”结尾",
        },
        Case {
            rule: "R08",
            trips: vec![Sample::of("丁公司管理创新", "湖南工程管理学会科技奖", 2022)],
            fits: vec![Sample::of("医院管理创新", "湖南工程管理学会科技奖", 2022)],
            says: "含“公司”",
        },
        Case {
            rule: "R09",
            trips: vec![of(CMA, 2026).institution("甲医院", "").person("陈一", "乙医院", "", &[])],
            fits: vec![of(CMA, 2026).institution("甲医院", "").person("陈一", "甲醫院", "", &[])],
            says: "陈一的单位",
        },
        Case {
            rule: "R10",
            trips: vec![of(CMA, 2026).institution("甲大学附属医院骨科", "")],
            fits: vec![of(CMA, 2026).institution("甲市眼科医院", "").institution("甲大学医学院", "")],
            says: "写到“骨科”",
        },
        Case {
            rule: "R10",
            trips: vec![
                of(CMA, 2026)
                    .institution("甲大学第二附属医院", "甲大学第二附属医院（甲市乙医院）牵头")
                    .person("陈一", "甲市乙医院", "", &[]),
            ],
            fits: vec![
                of(CMA, 2026)
                    .institution("甲大学第二附属医院", "甲大学第二附属医院（甲市乙医院）牵头")
                    .person("陈一", "甲大学第二附属医院", "", &[]),
            ],
            says: "别名",
        },
        Case {
            rule: "R15",
            trips: vec![(0..9).fold(of(NATURAL, 2017), |sample, _| paper(sample, 2010))],
            fits: vec![(0..8).fold(of(NATURAL, 2017), |sample, _| paper(sample, 2010))],
            says: "代表性论文9",
        },
        Case {
            rule: "R20",
            trips: vec![of(CMA, 2026).person("陈一", "甲医院", "主持", &[]).person(
                "林二",
                "甲医院",
                "",
                &[],
            )],
            fits: vec![of(CMA, 2026).person("陈一", "甲医院", "主持", &[]).person(
                "林二",
                "甲医院",
                "参加",
                &[],
            )],
            says: "1行没有读到“对本项目的贡献”",
        },
        Case {
            rule: "R21",
            trips: vec![of("华医科技奖", 2026).with_line("公示期：2026年3月5日至3月10日")],
            fits: vec![of("华医科技奖", 2026).with_line("公示期：2026年3月5日至3月11日")],
            says: "公示4个工作日",
        },
        Case {
            rule: "R22",
            trips: vec![of(CMA, 2025).summary(&"字".repeat(799))],
            fits: vec![of(CMA, 2025).summary(&"字".repeat(800))],
            says: "799字",
        },
        Case { rule: "R23", trips: vec![ranked([1, 3])], fits: vec![ranked([1, 2])], says: "连续" },
    ]
}
