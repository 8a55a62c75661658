//! Invented dossiers, the same ones on every machine: number `n` is always the same text.
//!
//! Names, institutions and findings are put together from short lists and mean nobody and nothing.

use std::fmt::Write as _;

/// SplitMix64: small, and the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const SURNAMES: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何",
    "高", "林", "罗", "欧阳", "诸葛", "曾", "单",
];
const GIVEN: [&str; 30] = [
    "安", "博", "晨", "达", "恩", "帆", "国", "海", "宏", "嘉", "建", "静", "凯", "岚", "立", "明", "宁",
    "培", "清", "荣", "诗", "涛", "伟", "欣", "雅", "泽", "志", "梓", "卓", "尧",
];
const CITIES: [&str; 12] =
    ["云川", "江澜", "北岭", "南屏", "东麓", "西泽", "安陵", "宁渡", "广峪", "长汀湾", "新浦", "青棠"];
const UNITS: [&str; 6] = ["第一医院", "中心医院", "人民医院", "医科大学附属第二医院", "骨科医院", "肿瘤医院"];
const TOPICS: [&str; 16] = [
    "心脏移植术后排斥反应",
    "肝癌早期筛查",
    "膝关节软骨修复",
    "糖尿病足创面愈合",
    "脑卒中康复",
    "肺结节影像诊断",
    "胃癌腹腔镜手术",
    "儿童哮喘管理",
    "乳腺癌靶向治疗",
    "慢性肾病监测",
    "脊柱侧弯矫形",
    "角膜移植",
    "重症肺炎呼吸支持",
    "甲状腺结节消融",
    "骨髓移植",
    "听力重建",
];
const METHODS: [&str; 10] = [
    "人工智能辅助决策系统",
    "多组学风险模型",
    "微创置入装置",
    "可降解支架",
    "三维打印导板",
    "靶向纳米微球",
    "远程随访平台",
    "术中导航技术",
    "免疫调控方案",
    "分级诊疗路径",
];
const VERBS: [&str; 6] = ["提出", "建立", "研发", "优化", "验证", "推广"];
const TITLES: [&str; 6] = ["主任医师", "副主任医师", "教授", "研究员", "高级工程师", "主治医师"];
const JOURNALS: [&str; 8] = [
    "Annals of Invented Medicine",
    "Journal of Sample Surgery",
    "中华示例医学杂志",
    "Fictional Oncology",
    "示例骨科杂志",
    "Imaging Letters",
    "Clinical Examples",
    "Mock Cardiology",
];

fn name(random: &mut Random) -> String {
    let second = if random.below(3) == 0 { "" } else { random.pick(&GIVEN) };
    format!("{}{}{second}", random.pick(&SURNAMES), random.pick(&GIVEN))
}

fn sentence(random: &mut Random, topic: &str) -> String {
    format!("{}面向{topic}的{}", random.pick(&VERBS), random.pick(&METHODS))
}

/// The title of dossier `n`, which no other bears.
pub(crate) fn title(n: u64) -> String {
    let mut random = Random::new(n);
    let topic = random.pick(&TOPICS);
    format!("{topic}{}的建立与应用（第{n}号）", random.pick(&METHODS))
}

/// The text of dossier `n`: tables for even numbers, labels for odd ones.
pub(crate) fn dossier(n: u64) -> String {
    let mut random = Random::new(n);
    let topic = random.pick(&TOPICS);
    let institutions: Vec<String> = (0..1 + random.below(4))
        .map(|_| format!("{}市{}", random.pick(&CITIES), random.pick(&UNITS)))
        .collect();
    let people: Vec<(String, usize)> =
        (0..3 + random.below(10)).map(|_| (name(&mut random), random.below(institutions.len()))).collect();
    let year = 2020 + random.below(7);
    let mut text = format!("拟推荐 {year} 年中华医学科技奖候选项目公示内容\n\n");
    let summary = summary(&mut random, topic);
    if n.is_multiple_of(2) {
        tables(&mut text, &mut random, n, &summary, &institutions, &people, topic);
    } else {
        labels(&mut text, &mut random, n, &summary, &institutions, &people, topic);
    }
    text
}

fn summary(random: &mut Random, topic: &str) -> Vec<String> {
    let mut paragraphs =
        vec![format!("{topic}发病率高，疗效有待提高，本项目历经{}年攻关。", 5 + random.below(15))];
    for label in ["一", "二", "三"] {
        let (first, second) = (sentence(random, topic), sentence(random, topic));
        paragraphs.push(format!(
            "{label}、{first}。{second}，有效率由{}%提高到{}%。",
            40 + random.below(20),
            70 + random.below(25)
        ));
    }
    paragraphs.push(format!(
        "临床应用 {} 例，发表论文 {} 篇。",
        100 + random.below(9000),
        5 + random.below(200)
    ));
    paragraphs
}

fn contribution(random: &mut Random, topic: &str) -> String {
    let (claim, work) = (1 + random.below(3), sentence(random, topic));
    format!("在创新点{claim}中，{work}，并参与病例随访与资料整理。")
}

fn tables(
    text: &mut String,
    random: &mut Random,
    n: u64,
    summary: &[String],
    institutions: &[String],
    people: &[(String, usize)],
    topic: &str,
) {
    let summary: String = summary.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let _ = write!(
        text,
        "推荐奖种\t医学科学技术奖\n项目名称\t{}\n推荐单位/科学家\t{}医学会\n项目简介\t{summary}\n\n",
        title(n),
        random.pick(&CITIES)
    );
    text.push_str("代表性论文目录\n\n序号\t论文名称\t刊名\t年,卷(期)及页码\t影响因子\t全部作者\t通讯作者\t检索数据库\t他引总次数\t通讯作者单位是否含国外单位\n");
    for number in 1..=2 + random.below(6) {
        let authors: Vec<&str> =
            people.iter().take(1 + random.below(4)).map(|(name, _)| name.as_str()).collect();
        let (title, journal) = (sentence(random, topic), random.pick(&JOURNALS));
        let (year, volume, page) = (2012 + random.below(12), 1 + random.below(60), 1 + random.below(900));
        let _ = writeln!(
            text,
            "{number}\t{title}的研究\t{journal}\t{year}, {volume}(3): {page}-{}.\t{}.{}\t{}\t{}\tWeb of Science\t{}\t否",
            page + 8,
            1 + random.below(9),
            random.below(10),
            authors.join("、"),
            authors[0],
            random.below(300)
        );
    }
    text.push_str("\n知识产权证明目录\n\n序号\t类别\t国别\t授权号\t授权时间\t知识产权具体名称\t全部发明人\n");
    for number in 1..=1 + random.below(5) {
        let serial = 201_510_000_000 + random.next() % 90_000_000;
        let month = 1 + random.below(12);
        let _ = writeln!(
            text,
            "{number}\t中国发明专利\t中国\tZL{serial}.{}\t2018-{month:02}-11\t一种用于{topic}的{}\t{}",
            random.below(10),
            random.pick(&METHODS),
            people[0].0
        );
    }
    text.push_str("\n完成人情况表\n\n");
    for (rank, (name, unit)) in people.iter().enumerate() {
        let (unit, title) = (&institutions[*unit], random.pick(&TITLES));
        let contribution = contribution(random, topic);
        let _ = write!(
            text,
            "姓名\t排名\t完成单位\t工作单位\t职称\t行政职务\n{name}\t{}\t{unit}\t{unit}\t{title}\t无\n对本项目的贡献\t{contribution}\n",
            rank + 1
        );
    }
    text.push_str("完成单位情况表\n\n");
    for (rank, unit) in institutions.iter().enumerate() {
        let _ = write!(
            text,
            "单位名称\t{unit}\t排名\t{}\n对本项目的贡献\t{unit}为本项目提供临床平台与科研条件。\n",
            rank + 1
        );
    }
}

fn labels(
    text: &mut String,
    random: &mut Random,
    n: u64,
    summary: &[String],
    institutions: &[String],
    people: &[(String, usize)],
    topic: &str,
) {
    let _ = write!(
        text,
        "推荐奖种 医学科学技术奖\n\n项目名称 {}\n\n推荐单位：{}医学会\n\n项目简介\n\n{}\n\n",
        title(n),
        random.pick(&CITIES),
        summary.join("\n\n")
    );
    for (rank, (name, unit)) in people.iter().enumerate() {
        let (unit, title) = (&institutions[*unit], random.pick(&TITLES));
        let contribution = contribution(random, topic);
        let _ = write!(
            text,
            "姓名：{name}\n\n排名：{}\n\n职称：{title}\n\n行政职务：无\n\n工作单位：{unit}\n\n对本项目的贡献：{contribution}旁证材料见附件{}.{}。\n\n",
            rank + 1,
            1 + random.below(5),
            1 + random.below(20)
        );
    }
    text.push_str("主要完成单位情况\n\n");
    for (rank, unit) in institutions.iter().enumerate() {
        let _ =
            write!(text, "单位名称：{unit}\n\n排名：{}\n\n对本项目的贡献：{unit}提供平台。\n\n", rank + 1);
    }
}
