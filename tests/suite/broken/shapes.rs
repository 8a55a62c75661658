//! Texts that no notice would print: shapes without sense, and values without end.

use super::{Article, Case, Dossier, many, notice};

const PEOPLE: &str = "完成人情况：\n序号\t姓名\t排名\t工作单位\t对本项目的贡献\n";
const IP: &str = "知识产权证明目录：\n序号\t类别\t国别\t授权号\t授权时间\t知识产权具体名称\t发明人\n";
const PAPERS: &str =
    "代表性论文目录：\n序号\t论文名称\t刊名\t年卷期页码\t影响因子\t全部作者\t通讯作者\t他引次数\n";

fn repeated(part: &str, times: usize) -> Vec<u8> {
    part.repeat(many(times)).into_bytes()
}

/// A dossier whose summary says one thing many times.
fn summary(part: &str, times: usize) -> Vec<u8> {
    notice(&format!("项目简介：{}", part.repeat(many(times))))
}

pub(super) fn strange() -> Vec<Case> {
    let numbered = |line: fn(usize) -> String, times| (0..many(times)).map(line).collect::<String>();
    let wide = (0..many(10_000)).map(|n| format!("c{n}")).collect::<Vec<_>>().join("\t");
    let labels = "序号 姓名 排名 工作单位 职称 ".repeat(many(2_000));
    vec![
        ("rows.txt", numbered(|n| format!("{n}\t甲\n"), 100_000).into_bytes(), Article),
        ("rows-of-people.txt", notice(&(PEOPLE.to_owned() + &numbered(|n| format!("{n}\t陈一\t{n}\t甲医院\t提出方法\n"), 30_000))), Dossier),
        ("rows-cut.txt", notice(&(PEOPLE.to_owned() + "1\t陈一\t1\t甲医院\t开头\n" + &"\t\t\t\t续行\n".repeat(many(50_000)))), Dossier),
        ("rows-without-header.txt", notice("1\t陈一\t1\t甲医院\t提出方法\n2\t李二\t2\n"), Dossier),
        ("header-without-rows.txt", notice(&[PEOPLE, IP, PAPERS].concat()), Dossier),
        ("headers.txt", notice(&[PEOPLE, IP, PAPERS].concat().repeat(many(5_000))), Dossier),
        ("sections-again.txt", notice("").repeat(many(2_000)), Dossier),
        ("sections-reordered.txt", format!("{PAPERS}1\tRepair\tJ\t2018\t1\tChen Y\t李二\t1\n完成人情况：\n姓名：陈一\n项目名称：软骨\n推荐奖种：医学奖\n").into_bytes(), Dossier),
        ("columns.txt", format!("{wide}\n").repeat(20).into_bytes(), Article),
        ("columns-known.txt", notice(&format!("{0}\n{1}\n{1}\n", labels.trim().replace(' ', "\t"), "1\t".repeat(many(10_000)))), Dossier),
        ("columns-spaced.txt", notice(&format!("{labels}\n{}", format!("{}\n", "甲 ".repeat(40)).repeat(many(500)))), Dossier),
        ("columns-few-spaced.txt", notice(&format!("完成人情况：\n序号 姓名 排名 工作单位 职称\n{}", format!("{}\n", "甲 ".repeat(40)).repeat(many(2_000)))), Dossier),
        ("punctuation.txt", repeated("，。；：、！？（）《》“”", 50_000), Article),
        ("colons.txt", repeated("：", 500_000), Article),
        ("colon-lines.txt", repeated("：\n", 100_000), Article),
        ("labels.txt", repeated("姓名：", 100_000), Article),
        ("labels-spaced.txt", repeated("姓名：陈一 排名：1 ", 30_000), Article),
        ("label-lines.txt", notice(&"姓名：陈一\n".repeat(many(30_000))), Dossier),
        ("pipes.txt", repeated("|", 1_000_000), Article),
        ("pipe-lines.txt", repeated("a|b\na|b|c\n", 50_000), Article),
        ("pipes-escaped.md", repeated("\\|", 300_000), Article),
        ("rules.txt", repeated("┌─┬─┐│├┼┤└┴┘", 50_000), Article),
        ("rule-lines.txt", repeated("│甲│乙│\n├─┼─┤\n", 30_000), Article),
        ("rules-partial.txt", repeated("│甲│乙│\n│  ├─┤\n", 30_000), Article),
        ("rules-alone.txt", repeated("+---+---+\n────\n", 30_000), Article),
        ("rules-wide.txt", [repeated("│甲", 50_000), b"\n".to_vec(), repeated("├─", 50_000)].concat(), Article),
        ("wrapped.txt", notice(&format!("项目简介：{}", ("甲".repeat(30) + "\n").repeat(many(30_000)))), Dossier),
        ("wrapped-labels.txt", notice(&(("甲".repeat(20) + " 姓名：陈一\n").repeat(many(20_000)))), Dossier),
        ("marks.md", repeated("*a **b _c `d ", 50_000), Article),
        ("stars.md", [b"x".to_vec(), repeated("*", 500_000)].concat(), Article),
        ("quotes.md", [repeated("> ", 200_000), b"x".to_vec()].concat(), Article),
        ("headings.md", repeated("# 甲\n", 100_000), Article),
        ("hashes.md", repeated("#", 500_000), Article),
        ("tags.txt", repeated("<p>甲</p>", 100_000), Article),
        ("tags-open.txt", repeated("<", 500_000), Article),
    ]
}

pub(super) fn long() -> Vec<Case> {
    let long = |part: &str, times: usize| part.repeat(many(times));
    vec![
        ("name.txt", notice(&format!("姓名：{}\n", long("陈", 100_000))), Dossier),
        (
            "title.txt",
            notice("")
                .into_iter()
                .chain(format!("项目名称：{}\n", long("软 骨", 50_000)).into_bytes())
                .collect(),
            Dossier,
        ),
        ("title-gap.txt", notice(&format!("姓名：陈{}一\n", long(" ", 1_000_000))), Dossier),
        ("employer.txt", notice(&format!("工作单位：{}\n", long("甲 ", 100_000))), Dossier),
        (
            "ranks.txt",
            notice(
                "姓名：李二\n排名：-1\n姓名：王三\n排名：99999999999999\n姓名：赵四\n排名：第零名\n姓名：钱五\n排名：1/0\n",
            ),
            Dossier,
        ),
        ("rank-digits.txt", notice(&format!("姓名：李二\n排名：{}\n", long("9", 50_000))), Dossier),
        (
            "dates.txt",
            notice(&format!(
                "{IP}1\t专利\t中国\tZL1\t2019-02-30\t甲\t陈一\n2\t专利\t中国\tZL2\t20191345\t乙\t陈一\n3\t专利\t中国\tZL3\t二〇一九年十三月\t丙\t陈一\n4\t专利\t中国\tZL4\t{}\t丁\t陈一\n",
                long("2019-02-30 ", 20_000)
            )),
            Dossier,
        ),
        (
            "overrides.txt",
            notice(
                "姓名：\u{202E}一陈\u{202C}\u{200B}\u{200D}\u{FEFF}\n排名：2\n工作单位：\u{2067}甲\u{2069}医院\n",
            ),
            Dossier,
        ),
        ("zero-width.txt", notice(&format!("姓名：陈{}一\n", long("\u{200B}\u{202E}", 100_000))), Dossier),
        ("combining.txt", notice(&format!("单位名称：e{}医院\n", long("\u{301}\u{316}", 50_000))), Dossier),
        (
            "digits.txt",
            notice(&format!("{IP}1\t发明专利\t中国\tZL{}\t2017\t甲\t陈一\n", long("2", 50_000))),
            Dossier,
        ),
        (
            "patents.txt",
            notice(&format!(
                "{IP}1\t发明专利\t中国\t{}\t2017\t甲\t陈一\n",
                long("ZL201510100001.2、", 50_000)
            )),
            Dossier,
        ),
        (
            "commas.txt",
            notice(&format!("{PAPERS}1\tRepair\tJ\t2018\t1\t{}\t李二\t1\n", long(",", 200_000))),
            Dossier,
        ),
        (
            "authors.txt",
            notice(&format!("{PAPERS}1\tRepair\tJ\t2018\t1\t{}\t李二\t1\n", long("Chen Y*,", 100_000))),
            Dossier,
        ),
        (
            "locators.txt",
            notice(&format!(
                "{PAPERS}1\tRepair\tJ\t{}\t1\tChen Y\t李二\t1\n",
                long("2018;12(3):45-50 ", 20_000)
            )),
            Dossier,
        ),
        ("people.txt", notice(&format!("主要完成人：{}\n", long("陈一(甲医院)、", 50_000))), Dossier),
        ("brackets.txt", summary("（", 100_000), Dossier),
        (
            "brackets-closed.txt",
            notice(&format!("项目简介：{}甲{}", long("（", 100_000), long("）", 100_000))),
            Dossier,
        ),
        (
            "brackets-in-cells.txt",
            notice(&format!("{PAPERS}1\t{0}\t{0}\t{0}\t1\t{0}\t{0}\t1\n", long("（《((", 30_000))),
            Dossier,
        ),
        (
            "credits.txt",
            notice(&format!("对本项目的贡献：{}有贡献\n", long("对创新点1-99999、", 20_000))),
            Dossier,
        ),
        (
            "claims.txt",
            notice(&format!(
                "项目简介：{}",
                (1..many(20_000)).map(|n| format!("创新点{n}：提出方法。\n")).collect::<String>()
            )),
            Dossier,
        ),
        ("metrics.txt", summary("发表论文45篇，有效率达92.5%（P<0.05），", 25_000), Dossier),
        ("numbers.txt", summary("1,", 200_000), Dossier),
        ("amounts.txt", summary("1.2万元、3.5亿元，", 30_000), Dossier),
        ("numerals.txt", summary("一二三四五六七八九十", 20_000), Dossier),
        (
            "sentences.txt",
            [b"x\n\n".to_vec(), repeated("甲医院骨科主任陈一教授带领李二医生完成手术。", 50_000)].concat(),
            Article,
        ),
        (
            "sentence-lines.txt",
            [b"x\n\n".to_vec(), repeated("甲医院骨科主任陈一教授带领李二医生完成手术。\n", 30_000)].concat(),
            Article,
        ),
        ("names.txt", [b"x\n\n".to_vec(), repeated("陈一、李二、王三、", 50_000)].concat(), Article),
        ("surnames.txt", [b"x\n\n".to_vec(), repeated("王李张刘陈", 50_000)].concat(), Article),
        ("institutions.txt", [b"x\n\n".to_vec(), repeated("甲医院", 100_000)].concat(), Article),
        ("universities.txt", [b"x\n\n".to_vec(), repeated("甲大学附属", 50_000)].concat(), Article),
        (
            "aliases.txt",
            [b"x\n\n".to_vec(), repeated("甲医院（以下简称“甲院”）的陈一说。", 20_000)].concat(),
            Article,
        ),
    ]
}
