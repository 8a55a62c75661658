//! The words of invented dossiers, drawn as words are used: the second half as often as the first, the third a third
//! as often (Zipf's law), from vocabularies as large as those of real notices.

use std::sync::LazyLock;

use super::Random;

/// Names of diseases, organs, methods and drugs, by specialty: the Chinese ones of the terms that the search knows.
static TERMS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../src/analysis/terms.tsv").lines().filter(|line| !line.starts_with('#'));
    let han = |form: &&str| {
        (3..=10).contains(&form.chars().count())
            && form.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    };
    let terms = lines.filter_map(|line| line.split('\t').next()?.split(" = ").find(han));
    let mut terms: Vec<&str> = terms.collect();
    // Frequent ones of every specialty, not those of the first.
    terms.sort_by_key(|term| {
        term.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
    });
    terms
});

static SURNAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines =
        include_str!("../../src/extract/data/surnames.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split_whitespace()).collect()
});

const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建文辉鹏宇浩然子涵晨欣怡梓轩雨泽博一诺思远嘉俊\
    晓东海波志国庆云飞雪梅红春燕少清永健立新安康德宏家兴宗元启航书瑶若溪景行仲恩培之承佳琪卓尧岚帆达凯荣";

const PLACES: [&str; 2] =
    ["云江北南东西安宁广长新青临永平石金松白龙", "川澜岭屏麓泽陵渡峪汀浦棠州阳城山水河源溪"];
const UNITS: [&str; 20] = [
    "人民医院",
    "中心医院",
    "第一人民医院",
    "中医院",
    "妇幼保健院",
    "第二人民医院",
    "医科大学附属第一医院",
    "肿瘤医院",
    "医学院附属医院",
    "儿童医院",
    "第三医院",
    "骨科医院",
    "医科大学",
    "胸科医院",
    "疾病预防控制中心",
    "口腔医院",
    "医科大学附属第二医院",
    "眼科医院",
    "医学科学研究院",
    "血液研究所",
];
const TITLES: [&str; 10] = [
    "主任医师",
    "副主任医师",
    "教授",
    "主治医师",
    "副教授",
    "研究员",
    "主管技师",
    "副研究员",
    "高级工程师",
    "助理研究员",
];

const MODIFIERS: [&str; 28] = [
    "微创",
    "人工智能",
    "多模态",
    "精准",
    "超声引导",
    "靶向",
    "个体化",
    "无创",
    "早期",
    "多组学",
    "可降解",
    "机器人辅助",
    "分层",
    "三维打印",
    "腔镜",
    "远程",
    "术中",
    "联合",
    "纳米",
    "单细胞",
    "数字化",
    "中西医结合",
    "免疫",
    "介入",
    "全程",
    "移动",
    "深度学习",
    "液体活检",
];
const OBJECTS: [&str; 28] = [
    "治疗方案",
    "诊断技术",
    "风险模型",
    "管理模式",
    "预警系统",
    "手术入路",
    "评估体系",
    "干预策略",
    "辅助决策系统",
    "置入装置",
    "随访平台",
    "检测试剂盒",
    "康复路径",
    "导航技术",
    "筛查流程",
    "递送载体",
    "标志物组合",
    "动物模型",
    "临床队列",
    "操作规范",
    "支架",
    "培训体系",
    "影像判读标准",
    "生物样本库",
    "调控机制",
    "给药系统",
    "护理流程",
    "数据平台",
];
const ENDINGS: [&str; 12] = [
    "的建立与应用",
    "的基础与临床研究",
    "关键技术及应用",
    "的临床研究",
    "体系的构建与推广",
    "的作用机制",
    "新策略",
    "的创新与实践",
    "及其转化应用",
    "的系列研究",
    "若干问题",
    "的循证评价",
];
const VERBS: [&str; 14] = [
    "建立",
    "提出",
    "研发",
    "阐明",
    "优化",
    "验证",
    "推广",
    "揭示",
    "首次构建",
    "改进",
    "制定",
    "完善",
    "证实",
    "牵头开展",
];
const EFFECTS: [&str; 18] = [
    "显著降低术后并发症",
    "提高了诊断符合率",
    "缩短平均住院日",
    "改善患者长期生存",
    "减少输血用量",
    "降低再入院率",
    "提升基层诊疗能力",
    "明确了关键通路的作用",
    "使漏诊明显减少",
    "减轻疼痛并加快恢复",
    "延缓疾病进展",
    "为临床用药提供依据",
    "扩大了适应证",
    "保护了器官功能",
    "降低医疗费用",
    "提高依从性",
    "缩短学习曲线",
    "减少辐射剂量",
];
const WORK: [&str; 14] = [
    "负责总体设计与组织实施",
    "参与病例随访与资料整理",
    "完成动物实验及数据分析",
    "承担样本检测工作",
    "主持多中心研究",
    "开展手术与围术期管理",
    "撰写论文并参与指南制定",
    "负责软件开发和算法训练",
    "组织技术培训与推广",
    "完成统计分析",
    "参与方案制定与质量控制",
    "负责影像采集与判读",
    "协助成果转化",
    "指导临床应用",
];
const JOURNALS: [[&str; 12]; 2] = [
    [
        "Annals of Invented",
        "Journal of Sample",
        "Fictional",
        "International Archives of",
        "Mock Reviews in",
        "Example Letters on",
        "Frontiers of Imagined",
        "Open Notes on",
        "Clinical Examples in",
        "Advances in Sample",
        "Invented Reports of",
        "Proceedings of Fictional",
    ],
    [
        "Surgery",
        "Medicine",
        "Oncology",
        "Cardiology",
        "Imaging",
        "Neurology",
        "Orthopaedics",
        "Paediatrics",
        "Nursing",
        "Immunology",
        "Endocrinology",
        "Public Health",
    ],
];
const HAN_JOURNALS: [[&str; 10]; 2] = [
    ["示例", "虚构", "模拟", "仿真", "试编", "样本", "假想", "演示", "范例", "设例"],
    [
        "医学杂志",
        "外科杂志",
        "内科学报",
        "肿瘤杂志",
        "骨科杂志",
        "影像学报",
        "儿科杂志",
        "护理杂志",
        "检验杂志",
        "药学学报",
    ],
];

/// Draws a place in a list of so many: the nth comes with a likelihood of one in n.
fn zipf(random: &mut Random, length: usize) -> usize {
    let share = (random.next() >> 11) as f64 / (1_u64 << 53) as f64;
    (((length + 1) as f64).powf(share) as usize).clamp(1, length) - 1
}

fn pick<'a>(random: &mut Random, list: &[&'a str]) -> &'a str {
    list[zipf(random, list.len())]
}

fn character(random: &mut Random, characters: &str) -> char {
    characters.chars().nth(zipf(random, characters.chars().count())).unwrap_or_default()
}

pub(super) fn name(random: &mut Random) -> String {
    let surname = pick(random, &SURNAMES);
    let given = 1 + random.below(3).min(1);
    (0..given).fold(surname.to_owned(), |name, _| format!("{name}{}", character(random, GIVEN)))
}

/// What a dossier is about, and what it has to do with.
pub(super) fn topics(random: &mut Random) -> [&'static str; 4] {
    [(); 4].map(|()| pick(random, &TERMS))
}

pub(super) fn place(random: &mut Random) -> String {
    PLACES.map(|part| character(random, part)).iter().collect()
}

pub(super) fn institution(random: &mut Random) -> String {
    format!("{}市{}", place(random), pick(random, &UNITS))
}

pub(super) fn title(random: &mut Random) -> &'static str {
    pick(random, &TITLES)
}

pub(super) fn method(random: &mut Random) -> String {
    format!("{}{}", pick(random, &MODIFIERS), pick(random, &OBJECTS))
}

pub(super) fn sentence(random: &mut Random, topic: &str) -> String {
    let (verb, method) = (pick(random, &VERBS), method(random));
    match random.below(4) {
        0 => format!("{verb}{topic}的{method}"),
        1 => format!("针对{topic}，{verb}{method}"),
        2 => format!("{verb}面向{topic}患者的{method}"),
        _ => format!("围绕{topic}的{}，{verb}{method}", pick(random, &OBJECTS)),
    }
}

/// How the title of a project ends.
pub(super) fn ending(random: &mut Random) -> &'static str {
    pick(random, &ENDINGS)
}

pub(super) fn effect(random: &mut Random) -> &'static str {
    pick(random, &EFFECTS)
}

pub(super) fn work(random: &mut Random) -> &'static str {
    pick(random, &WORK)
}

pub(super) fn journal(random: &mut Random) -> String {
    if random.below(3) == 0 {
        return HAN_JOURNALS.map(|part| pick(random, &part)).concat();
    }
    JOURNALS.map(|part| pick(random, &part)).join(" ")
}
