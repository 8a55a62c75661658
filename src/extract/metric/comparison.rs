//! Whose figure is it?
//!
//! A summary sets its own results beside those of others (`优于传统手术（住院9天）`) and beside
//! what was before (`由国际上的30分钟减到12分钟`). Taken for results, these would turn a claim round.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::text::boundary;

struct Patterns {
    /// Names of others that always say so.
    anywhere: Regex,
    /// Names of others that say so at the start of a clause or after a comparison.
    named: Regex,
    /// Words that turn from others to the project, or from a state to the change of it.
    turn: Regex,
    /// What follows the first figure of a change: 25分钟缩短至.
    change: Regex,
}

#[expect(clippy::expect_used, reason = "literal patterns")]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let lines = include_str!("../data/comparators.txt").lines().filter_map(|line| line.split_once('\t'));
    let of = |kind: &str| {
        let patterns: Vec<&str> =
            lines.clone().filter(|(group, _)| *group == kind).map(|(_, pattern)| pattern).collect();
        patterns.join("|")
    };
    let compared = "优于|高于|低于|少于|多于|短于|长于|快于|慢于|大于|小于|不及|超过|超越|相较于|相对于|较之|较|比|与|于|而|对比";
    Patterns {
        anywhere: Regex::new(&of("anywhere")).expect("patterns of the list"),
        named: Regex::new(&format!(r"(?:^\s*|[（(]\s*|{compared})(?:{})", of("named"))).expect("patterns of the list"),
        turn: Regex::new(
            "提高|提升|升高|升至|升到|增加|增至|增到|减到|降到|变为|改为|增长|上升|降低|降至|降为|下降|减少|减至|缩短|延长|缩小|节约|节省|改善|减轻|扩大|达到|本项目|本研究|本中心|本院|我院|我们|项目组|研究组|试验组|观察组",
        )
        .expect("a literal pattern"),
        change: Regex::new(r"^[^，。；！？\n,;]{0,14}?(?:至|到|为|变成)").expect("a literal pattern"),
    }
});

/// Tells whether the figure at `value` (with its unit, up to `end`) is that of others, or what was before a
/// change.
pub(super) fn is_comparator(text: &str, value: &Range<usize>, end: usize) -> bool {
    let clause = clause_start(text, value.start);
    let before = &text[clause..value.start];
    is_start_of_change(before, &text[end..]) || is_of_others(before) || {
        let scope = &text[bracket_clause_start(text, clause, value.start)..value.start];
        scope.len() > before.len() && is_of_others(scope)
    }
}

/// `由 25 分钟 缩短至`: the figure is the first after 由 or 从, and something is made of it.
fn is_start_of_change(before: &str, after: &str) -> bool {
    let Some(from) = before.rfind(['由', '从', '自']) else { return false };
    let between = &before[from..];
    !between.contains(|c: char| c.is_numeric())
        && !before[from..].contains("至")
        && PATTERNS.change.is_match(after)
}

fn is_of_others(before: &str) -> bool {
    let last = |pattern: &Regex| pattern.find_iter(before).last().map(|found| found.end());
    let Some(end) = last(&PATTERNS.anywhere).max(last(&PATTERNS.named)) else { return false };
    let between = &before[end..];
    // A bracket that was closed again held the figure of the others: 较国际报道（29%）高 4.3%.
    !PATTERNS.turn.is_match(between) && !between.contains(['）', ')'])
}

/// How far back a clause is looked for, in bytes: it bounds the work in text without punctuation.
const FARTHEST: usize = 300;

fn clause_start(text: &str, at: usize) -> usize {
    let from = boundary(text, at.saturating_sub(FARTHEST));
    let marks = ['，', '。', '；', '！', '？', '：', '\n', ',', ';'];
    text[from..at]
        .char_indices()
        .rev()
        .find(|(_, c)| marks.contains(c))
        .map_or(from, |(i, c)| from + i + c.len_utf8())
}

/// The start of the clause in which the bracket around `at` opens; `clause` where there is none.
fn bracket_clause_start(text: &str, clause: usize, at: usize) -> usize {
    let from = boundary(text, at.saturating_sub(FARTHEST));
    let near = &text[from..at];
    let near = &near[near.rfind(['。', '；', '\n']).unwrap_or(0)..];
    let from = at - near.len();
    match (near.rfind(['（', '(']), near.rfind(['）', ')'])) {
        (Some(open), close) if close.is_none_or(|close| close < open) => clause_start(text, from + open),
        _ => clause,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::metric::find_metrics;
    use crate::text::Passage;

    #[test]
    fn figures_of_others_are_told_apart() {
        for (text, want) in [
            ("住院3.6天，优于传统手术（住院9.6天、复发率7-24%）。", &[false, true, true][..]),
            ("置管由国际上的30分钟减到12分钟", &[true, false]),
            ("救治成功率（33.3%）较国际报道（29%）提高了4.3%。", &[false, true, false]),
            ("发生率降为5.6%，远低于国际上的16～42%", &[false, true]),
            ("存活率为91.1%，优于国际报道（59.8%及43.9%）", &[false, true, true]),
            ("首次再通率由38%提高到61%", &[true, false]),
            ("比传统手术缩短3天", &[false]),
            ("准确率97.2%，高于常规方法的85%", &[false, true]),
            ("对照组有效率为61%，试验组为83%", &[true, false]),
            ("推广至国内120家医院，获国际专利3项", &[false, false]),
            ("由5家医院共同完成，培训医师300人", &[false, false]),
            ("传统方法误诊率高达30%，本项目降至5%", &[true, false]),
        ] {
            let got: Vec<bool> =
                find_metrics(&Passage::new(text, 0)).iter().map(|metric| metric.comparator).collect();
            assert_eq!(got, want, "{text}");
        }
    }
}
