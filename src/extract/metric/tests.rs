use super::find_metrics;
use crate::extract::mention::eval::{Score, keys};
use crate::text::Passage;

type Row = (f64, Option<f64>, String);

fn figures(text: &str) -> Vec<Row> {
    find_metrics(&Passage::new(text, 0)).into_iter().map(|m| (m.value, m.value_max, m.unit)).collect()
}

#[test]
fn figures_of_real_summaries() {
    let mut score = Score::default();
    let mut worded = (0, 0);
    for (key, text) in keys().iter().filter(|(key, _)| key["kind"] != "news") {
        let rows: Vec<(Row, String)> = key["metrics"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|row| {
                let unit = row["unit"].as_str().unwrap_or_default().to_owned();
                let text: String = row["text"].as_str().unwrap_or_default().split_whitespace().collect();
                ((row["value"].as_f64().unwrap_or_default(), row["value_max"].as_f64(), unit), text)
            })
            .collect();
        let from = text.find("项目简介").expect("a summary");
        let to = ["代表性论文目录", "姓名："].iter().filter_map(|end| text.find(end)).min().expect("an end");
        let mut summary = Passage::default();
        let mut at = from;
        for line in text[from..to].split_inclusive('\n') {
            let mut piece_at = at;
            for piece in line.split_inclusive('>') {
                let bare = piece.trim_end_matches("</p>").trim_end_matches("<p>");
                match summary.text().ends_with(['。', '：']) || piece_at > at {
                    true => summary.append("\n", &Passage::new(bare, piece_at).trimmed()),
                    false => summary.append_wrapped(&Passage::new(bare, piece_at)),
                }
                piece_at += piece.len();
            }
            at += line.len();
        }
        let metrics = find_metrics(&summary);
        let found: Vec<Row> = metrics.iter().map(|m| (m.value, m.value_max, m.unit.clone())).collect();
        let print = |row: &Row| format!("{row:?}");
        score.add(
            &found.iter().map(print).collect::<Vec<_>>(),
            &rows.iter().map(|(row, _)| print(row)).collect::<Vec<_>>(),
        );
        for metric in &metrics {
            let printed: String = metric.text.split_whitespace().collect();
            worded.1 += 1;
            if rows.iter().any(|(_, text)| *text == printed) {
                worded.0 += 1;
            } else {
                println!("  {} {}: {printed}", metric.value, metric.unit);
            }
        }
    }
    if worded.1 == 0 {
        println!("skipped: no keys beside the package and none at DOSSIER_SHARED");
        return;
    }
    println!("figures {:?}; texts as in the key {worded:?}", score.figures());
    assert!(score.figures().2 >= 0.95);
}

#[test]
fn figures_are_read() {
    for (text, want) in [
        ("临床应用 21,570 例，节约约 9 亿元", &[(21570.0, None, "例"), (9.0, None, "亿元")][..]),
        (
            "患病率 18%-32%，复发率6-14%，死亡率50～88％",
            &[(18.0, Some(32.0), "%"), (6.0, Some(14.0), "%"), (50.0, Some(88.0), "％")],
        ),
        ("占比由不到 2%提高到 70%以上", &[(2.0, None, "%"), (70.0, None, "%")]),
        ("由 5%到 10%", &[(5.0, None, "%"), (10.0, None, "%")]),
        ("疗程2周-3个月，投入3万-5万元", &[(2.0, None, "周"), (3.0, None, "个月"), (3.0, Some(5.0), "万元")]),
        ("造成 300-400 亿美元花费", &[(300.0, Some(400.0), "亿美元")]),
        ("历经十余年，需七八年，十几例", &[(10.0, None, "年"), (7.0, Some(8.0), "年"), (10.0, None, "例")]),
        ("历时 20 多年，分为四种类型，三大领域", &[(20.0, None, "年"), (4.0, None, "种"), (3.0, None, "大")]),
        ("风险降低一半，百分之三十的患者", &[(50.0, None, "%"), (30.0, None, "%")]),
        (
            "经费1000余万，培训300多万人次，近百家医院",
            &[(1000.0, None, "万"), (300.0, None, "万人次"), (100.0, None, "家")],
        ),
        ("获得千万元资助，三千万元产值", &[(1000.0, None, "万元"), (3000.0, None, "万元")]),
        ("发表SCI论文26篇，SCI26篇，参数5个", &[(26.0, None, "篇"), (26.0, None, "篇"), (5.0, None, "个")]),
        ("发明专利一项。直径0.5 mm，温度37℃", &[(1.0, None, "项"), (0.5, None, "mm"), (37.0, None, "℃")]),
        (
            "历时十五年，制作短视频120集，预警疫情73起",
            &[(15.0, None, "年"), (120.0, None, "集"), (73.0, None, "起")],
        ),
        ("培训班16期2660人次", &[(16.0, None, "期"), (2660.0, None, "人次")]),
    ] {
        let want: Vec<Row> = want.iter().map(|&(low, high, unit)| (low, high, unit.to_owned())).collect();
        assert_eq!(figures(text), want, "{text}");
    }
}

#[test]
fn other_numbers_are_no_figures() {
    for text in [
        "2024 年 3 月 1 日，2016-2020年，自2016年以来",
        "28天病死率，72小时存活率，2016起，",
        "40-69 岁人群，近三年，近 5 年，五年生存率，1年、3年存活率",
        "3D打印，COVID-19例，T2期，CD4个，第3例，第二位",
        "创新点1、2，一、国际首创，（一）主要，1.2 方法",
        "建立了一个体系，一种方法，一项技术，进一步，二次创伤，唯一",
        "三级甲等，第一部分，三部分研究，三类医疗器械，十分重要，三方面",
        "《2022 项建议 5 条》，ZL201510629741.0，数十例，三位一体",
    ] {
        assert_eq!(figures(text), [], "{text}");
    }
}

#[test]
fn a_figure_says_of_what_and_where() {
    for (text, want) in [
        ("本组，临床应用 670 例，显著", "临床应用 670 例"),
        ("救治成功率（43.2%）较高", "救治成功率（43.2%）"),
        ("约 70%的人会痛，其他", "约 70%的人会痛"),
        ("占比由 2%提高到 70%以上，", "占比由 2%提高到 70%以上"),
    ] {
        let metric = find_metrics(&Passage::new(text, 100)).remove(0);
        assert_eq!(metric.text, want);
        let placed = |field: &str| {
            let span = metric.provenance.spans[field][0];
            &text[span.start - 100..span.end - 100]
        };
        assert_eq!(placed("text"), want);
        assert_eq!(placed("unit"), metric.unit);
        assert_eq!(placed("value").parse(), Ok(metric.value));
    }
}

#[test]
fn any_text_is_read() {
    for part in
        ["", "1", "一", "3-", "《5 项", "（5 项", "5 项《》", "10%到", "百分之", "由1例到2例", "万", "1,"]
    {
        figures(&part.repeat(5_000));
    }
}
