//! The project's title where no label names it.

use std::sync::LazyLock;

use regex::Regex;

use super::{enumerator::strip_enumerator, lexicon::Lexicon};
use crate::text::{Passage, width};

/// So many headings are looked at, and so many lines of no field.
const MOST_LINES: usize = 20;

/// Tells whether a text ends as the titles of projects do.
pub(super) fn ends_title(text: &str) -> bool {
    ENDS.iter().any(|end| text.ends_with(end))
}

/// How titles of projects end.
const ENDS: [&str; 18] = [
    "应用", "研究", "推广", "转化", "机制", "策略", "防治", "创建", "建立", "创新", "实践", "探索", "体系",
    "技术", "模式", "平台", "构建", "研发",
];

/// What a line speaks of that is no title.
const OTHERS: [&str; 11] =
    ["公示", "公告", "通知", "推荐", "提名", "申报", "候选", "奖", "评价", "完成人", "目录"];

/// Finds the title among lines that belong to no field: `我院牵头的“…的建立及应用”拟申报…`, else a line that is one.
pub(super) fn bare_title<'p>(
    headings: impl Iterator<Item = &'p Passage>,
    loose: impl Iterator<Item = &'p Passage>,
) -> Option<Passage> {
    static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let behind = r"(?:等)?(?:项目|成果)?(?:由\p{Han}{2,24}?)?(?:拟|申报|参评|参加|推荐|提名|通过|申请)";
        Regex::new(&format!("[“\"「《]([^“”\"「」《》。]{{8,80}})[”\"」》]{behind}")).ok()
    });
    let lines: Vec<&Passage> = headings.take(MOST_LINES).chain(loose.take(MOST_LINES)).collect();
    let quoted = lines.iter().find_map(|line| {
        let title = QUOTED.as_ref()?.captures(line.text())?.get(1)?;
        Some(line.slice(title.range())).filter(|title| is_title(title.text()))
    });
    quoted.or_else(|| lines.into_iter().find(|line| is_title(line.text())).map(Passage::trimmed))
}

fn is_title(text: &str) -> bool {
    let text = text.trim();
    (20..=120).contains(&width(text))
        && !text.contains(['。', '，', '：', '；', ',', ':', ';', '\t'])
        && strip_enumerator(text).len() == text.len()
        && Lexicon::get().section(text).is_none()
        && !OTHERS.iter().any(|word| text.contains(word))
        && ends_title(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_quoted_or_stands_alone() {
        for (lines, want) in [
            (
                vec![
                    "甲医院",
                    "我院牵头完成的“某病早诊快检与防控关键技术的建立及应用”拟通过某医学会推荐，参评某奖。",
                ],
                Some("某病早诊快检与防控关键技术的建立及应用"),
            ),
            (
                vec!["甲医院", "某病靶向诊疗一体化关键技术创新与应用"],
                Some("某病靶向诊疗一体化关键技术创新与应用"),
            ),
            (
                vec!["该院牵头的“某病早诊技术体系的创建与推广应用”由某省医学会推荐，拟申报某奖。"],
                Some("某病早诊技术体系的创建与推广应用"),
            ),
            (vec!["科技奖励公示", "关于某某科学技术奖提名项目的技术"], None),
            (vec!["三、第三方评价及推广应用", "四、主要科技内容的创新与应用"], None),
            (vec!["实现“所见即所治，所治即所见的技术”推荐"], None),
        ] {
            let lines: Vec<Passage> = lines.into_iter().map(|line| Passage::new(line, 0)).collect();
            assert_eq!(bare_title([].iter(), lines.iter()).as_ref().map(Passage::text), want);
        }
    }
}
