//! Invented dossiers, the same ones on every machine: number `n` is always the same text.
//!
//! Names, institutions and findings are put together from lists and mean nobody and nothing.

mod words;

use std::fmt::Write as _;

use words::{effect, ending, institution, journal, method, name, place, sentence, topics, work};

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
}

/// The title of dossier `n`, which no other bears.
pub(crate) fn title(n: u64) -> String {
    let mut random = Random::new(n);
    let [topic, ..] = topics(&mut random);
    let (method, ending) = (method(&mut random), ending(&mut random));
    format!("{topic}{method}{ending}（第{n}号）")
}

/// The text of dossier `n`: tables for even numbers, labels for odd ones.
pub(crate) fn dossier(n: u64) -> String {
    let mut random = Random::new(n);
    let topics = topics(&mut random);
    let institutions: Vec<String> = (0..1 + random.below(4)).map(|_| institution(&mut random)).collect();
    let people: Vec<(String, usize)> =
        (0..3 + random.below(10)).map(|_| (name(&mut random), random.below(institutions.len()))).collect();
    let year = 2020 + random.below(7);
    let mut text = format!("拟推荐 {year} 年中华医学科技奖候选项目公示内容\n\n");
    let summary = summary(&mut random, &topics);
    if n.is_multiple_of(2) {
        tables(&mut text, &mut random, n, &summary, &institutions, &people, &topics);
    } else {
        labels(&mut text, &mut random, n, &summary, &institutions, &people, &topics);
    }
    text
}

fn one(random: &mut Random, topics: &[&'static str]) -> &'static str {
    topics[random.below(topics.len())]
}

fn summary(random: &mut Random, topics: &[&'static str]) -> Vec<String> {
    let (first, second) = (topics[0], one(random, topics));
    let mut paragraphs = vec![format!(
        "{first}发病率高，{second}的疗效有待提高，本项目历经{}年攻关，{}。",
        5 + random.below(15),
        effect(random)
    )];
    for label in ["一", "二", "三"] {
        let (about, other) = (one(random, topics), one(random, topics));
        let (first, second) = (sentence(random, about), sentence(random, other));
        paragraphs.push(format!(
            "{label}、{first}。{second}，{}，有效率由{}%提高到{}%。",
            effect(random),
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

fn contribution(random: &mut Random, topics: &[&'static str]) -> String {
    let topic = one(random, topics);
    let (claim, done) = (1 + random.below(3), sentence(random, topic));
    format!("在创新点{claim}中，{done}，{}，{}。", work(random), effect(random))
}

fn tables(
    text: &mut String,
    random: &mut Random,
    n: u64,
    summary: &[String],
    institutions: &[String],
    people: &[(String, usize)],
    topics: &[&'static str],
) {
    let summary: String = summary.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let _ = write!(
        text,
        "推荐奖种\t医学科学技术奖\n项目名称\t{}\n推荐单位/科学家\t{}医学会\n项目简介\t{summary}\n\n",
        title(n),
        place(random)
    );
    text.push_str("代表性论文目录\n\n序号\t论文名称\t刊名\t年,卷(期)及页码\t影响因子\t全部作者\t通讯作者\t检索数据库\t他引总次数\t通讯作者单位是否含国外单位\n");
    for number in 1..=2 + random.below(6) {
        let authors: Vec<&str> =
            people.iter().take(1 + random.below(4)).map(|(name, _)| name.as_str()).collect();
        let topic = one(random, topics);
        let (title, journal) = (sentence(random, topic), journal(random));
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
            "{number}\t中国发明专利\t中国\tZL{serial}.{}\t2018-{month:02}-11\t一种用于{}的{}\t{}",
            random.below(10),
            one(random, topics),
            method(random),
            people[0].0
        );
    }
    text.push_str("\n完成人情况表\n\n");
    for (rank, (name, unit)) in people.iter().enumerate() {
        let (unit, title) = (&institutions[*unit], words::title(random));
        let contribution = contribution(random, topics);
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
    topics: &[&'static str],
) {
    let _ = write!(
        text,
        "推荐奖种 医学科学技术奖\n\n项目名称 {}\n\n推荐单位：{}医学会\n\n项目简介\n\n{}\n\n",
        title(n),
        place(random),
        summary.join("\n\n")
    );
    for (rank, (name, unit)) in people.iter().enumerate() {
        let (unit, title) = (&institutions[*unit], words::title(random));
        let contribution = contribution(random, topics);
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
