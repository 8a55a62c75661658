use super::{CMA, Case, NATURAL};
use crate::{audit::sample::Sample, domain::Printed};

pub(super) fn of_numbers() -> Vec<Case> {
    let of = || Sample::of("甲骨折微创治疗", CMA, 2026);
    let right = |category: &str, country: &str, number: &str, date: &str| {
        of().right([category, country, number, date, "一种装置"], &[])
    };
    let patent = |number: &str| right("发明专利", "中国", number, "");
    let paper =
        |title: &str, year: u16, locator: &str| of().paper(title, ("Journal A", year, locator), &[], &[]);
    let natural = |summary: &str, citations: u32| {
        let sample = Sample::of("甲", NATURAL, 2017).summary(summary);
        sample.paper("On A", ("", 2012, ""), &[], &[]).change_paper(|paper| paper.citations = Some(citations))
    };
    let papers = |summary: &str, heading: &str| {
        of().summary(summary).with_line(heading).paper("On A", ("", 2012, ""), &[], &[])
    };
    vec![
        Case {
            rule: "K01",
            trips: vec![patent("ZL201710123456.1")],
            fits: vec![patent("ZL201710123456.0")],
            says: "校验位",
        },
        Case {
            rule: "K01",
            trips: vec![right("实用新型专利", "中国", "ZL201710123456.0", "")],
            fits: vec![right("计算机软件著作权", "中国", "2019SR0123456", "")],
            says: "种类位",
        },
        Case {
            rule: "K02",
            trips: vec![right("国外发明专利", "美国", "WO2020048193A1", "")],
            fits: vec![right("国际专利申请", "", "WO2020048193A1", "")],
            says: "国际公开号",
        },
        Case {
            rule: "K02",
            trips: vec![right("发明专利", "日本", "US10973954B2", "")],
            fits: vec![right("发明专利", "美国", "US10973954B2", "")],
            says: "受理局",
        },
        Case {
            rule: "K03",
            trips: vec![patent("WO2020048193A1").change_right(|right| {
                right.provenance.repaired("grant_number", Printed::Text("W02020048193A1".into()));
            })],
            fits: vec![patent("ZL201710123456.0").change_right(|right| {
                right.provenance.repaired("grant_number", Printed::Text("ZL 2017 1 0123456.0".into()));
            })],
            says: "形近字符",
        },
        Case {
            rule: "K04",
            trips: vec![right("软件著作权", "中国", "2019SR0123456", "2020-01-05")],
            fits: vec![right("软件著作权", "中国", "2019SR0123456", "2019-02-05")],
            says: "登记号的年份",
        },
        Case {
            rule: "K06",
            trips: vec![papers("发表论文12篇。", "全部论文目录")],
            fits: vec![papers("发表论文12篇。", "代表性论文目录")],
            says: "多于所列条目",
        },
        Case {
            rule: "K06",
            trips: vec![
                of().summary("获授权专利1项。")
                    .right(["发明专利", "", "", "", "甲"], &[])
                    .right(["发明专利", "", "", "", "乙"], &[]),
            ],
            fits: vec![
                of().summary("获授权专利2项。")
                    .right(["发明专利", "", "", "", "甲"], &[])
                    .right(["发明专利", "", "", "", "乙"], &[]),
            ],
            says: "少于所列条目",
        },
        Case {
            rule: "R16",
            trips: vec![natural("代表性论文他引120次。", 100)],
            fits: vec![natural("代表性论文他引100次。", 100)],
            says: "多于所列论文之和",
        },
        Case {
            rule: "K09",
            trips: vec![paper("On A", 2020, "12: 123-109")],
            fits: vec![paper("On A", 2020, "12: 123-9")],
            says: "末页",
        },
        Case {
            rule: "K09",
            trips: vec![paper("On A", 2027, "")],
            fits: vec![paper("On A", 2026, "")],
            says: "晚于奖项年度",
        },
        Case {
            rule: "K09",
            trips: vec![paper("On A", 2021, "11; 21(1)")],
            fits: vec![paper("On A", 2021, "21(1): 11")],
            says: "不止一处",
        },
        Case {
            rule: "K09",
            trips: vec![paper("On A", 2021, "1: 2-3").paper("On B", ("journal a", 2021, "1: 2-3"), &[], &[])],
            fits: vec![paper("On A", 2021, "1: 2-3").paper("On B", ("Journal A", 2021, "1: 4-5"), &[], &[])],
            says: "同一页码",
        },
        Case {
            rule: "K11",
            trips: vec![
                of().metric(31670.0, "例"),
                Sample::of("乙瘤早期筛查", CMA, 2025).metric(31670.0, "例"),
            ],
            fits: vec![
                of().metric(31670.0, "例").metric(1200.0, "人"),
                Sample::of("乙瘤早期筛查", CMA, 2025).metric(31671.0, "例").metric(1200.0, "人"),
                Sample::of("甲骨折微创治疗", CMA, 2025).metric(31670.0, "例"),
            ],
            says: "相同的数字",
        },
    ]
}
