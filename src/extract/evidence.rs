use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::text::Passage;

/// What a number counts that stands before one of these.
const COUNTED: [char; 17] =
    ['篇', '项', '件', '部', '份', '余', '多', '年', '月', '个', '例', '种', '次', '家', '级', '期', '型'];

/// The tokens of the supporting material that a text names (`附件1.1-9、4.20`, `证明材料：论文1、3`), as printed and
/// each once.
pub(super) fn evidence(text: &Passage) -> Vec<Passage> {
    let mut tokens: Vec<Passage> = Vec::new();
    for found in LIST.captures_iter(text.text()).chain(SEEN.captures_iter(text.text())) {
        let Some(list) = found.name("list") else { continue };
        // `附件专利1的第一发明人`: whose it is, and no proof.
        if found.name("annex").is_some_and(|annex| annex.end() == list.start())
            && !list.as_str().starts_with(|c: char| c.is_numeric())
        {
            continue;
        }
        // What the last number counts stands right behind it.
        let after = text.text()[list.end()..].chars().next().map_or(0, char::len_utf8);
        for token in evidence_tokens(&text.slice(list.start()..list.end() + after)) {
            if tokens.iter().all(|known| known.text() != token.text()) {
                tokens.push(token);
            }
        }
    }
    tokens
}

/// The tokens of a list of supporting material: the numbers of annexes, and of papers and rights behind what they are
/// (`论文1、3` names two papers).
pub(super) fn evidence_tokens(list: &Passage) -> Vec<Passage> {
    let text = list.text();
    let mut tokens: Vec<Passage> = Vec::new();
    // What the token before was said to be, and where it has ended.
    let (mut noun, mut end): (Option<Range<usize>>, usize) = (None, 0);
    for found in TOKEN.captures_iter(text) {
        let Some(number) = found.name("number").filter(|number| number.start() >= end) else { continue };
        let own = found.name("noun").map(|noun| noun.range());
        let is_listed =
            || text[end..number.start()].chars().all(|c| c.is_whitespace() || SEPARATORS.contains(c));
        let is_counted = text[number.end()..].trim_start().starts_with(COUNTED);
        let carried = noun.take().filter(|_| own.is_none() && is_listed());
        if !is_counted {
            tokens.push(match (&own, &carried) {
                (Some(own), _) => list.slice(own.start..number.end()),
                (None, Some(carried)) => {
                    let mut token = list.slice(carried.clone());
                    token.append("", &list.slice(number.range()));
                    token
                }
                (None, None) => list.slice(number.start()..last(text, number.end())),
            });
        }
        let range_ends = own.is_none() && carried.is_none() && !is_counted;
        end = if range_ends { last(text, number.end()) } else { number.end() };
        noun = own.or(carried);
    }
    tokens
}

/// Where the range of annexes ends whose first number ends at `end`: `3-1至3-4`; there where it is no range.
fn last(text: &str, end: usize) -> usize {
    let range = RANGE.captures(&text[end..]).and_then(|range| range.name("number"));
    let range = range.filter(|last| !text[end + last.end()..].trim_start().starts_with(COUNTED));
    range.map_or(end, |last| end + last.end())
}

/// What parts the tokens of a list.
const SEPARATORS: &str = "、,，;；和及与/～~〜—至到";

const NUMBER: &str = r"\d+(?:[.\-–]\d+)*";
/// What is numbered in lists of its own.
const NOUN: &str = "(?:代表性?|主要|核心|授权|发明)*(?:论文|论著|专著|代表作|专利|知识产权|软件著作权|软著|标准)(?:目录|证书)?";

#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    let item = format!(r"(?:附件|附)?\s*(?:{NOUN})?\s*{NUMBER}");
    Regex::new(&format!(
        r"(?:(?P<annex>附件(?:材料|编号|序号)?)|(?:旁证|佐证|证明|支撑|支持|证据)(?:(?:材料|文件|资料)(?:目录|编号|序号)?|\s*[:：]))\s*(?:(?:详|分别|可)?见|为|是|包括|[:：（(])*\s*(?:附件)?\s*[:：]?\s*(?P<list>{item}(?:\s*(?:以及|[{SEPARATORS}])\s*{item})*)"
    ))
    .expect("the pattern is valid")
});
/// `。见代表作1、4，专利1`: no more than where it is proved.
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static SEEN: LazyLock<Regex> = LazyLock::new(|| {
    let item = format!(r"(?:{NOUN})?\s*{NUMBER}");
    Regex::new(&format!(
        r"(?:^|[，,。；;（(\s])[详参]?见\s*(?P<list>{NOUN}\s*{NUMBER}(?:\s*(?:以及|[{SEPARATORS}])\s*{item})*)"
    ))
    .expect("the pattern is valid")
});
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?:(?P<noun>{NOUN})\s*)?(?P<number>{NUMBER})")).expect("the pattern is valid")
});

#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^\s*[～~〜—至到]\s*(?:附件|附)?\s*(?P<number>{NUMBER})"))
        .expect("the pattern is valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stay_as_printed() {
        for (text, want) in [
            ("旁证材料见附件 1.1-9、4.20、10.2-3。另有 3.5 万元。见附件4.20。", "1.1-9 4.20 10.2-3"),
            ("证明材料：论文1、论文2、附件5.1。", "论文1 论文2 5.1"),
            ("旁证材料见代表性论文1、3和专利2", "代表性论文1 代表性论文3 专利2"),
            ("（佐证：附件3-1至3-4）", "3-1至3-4"),
            ("证明材料见附件1-1、3-1 至 附件3-7、4.1—4.3、6。", "1-1 3-1 至 附件3-7 4.1—4.3 6"),
            ("证明材料：附件2.1，论文1至3", "2.1 论文1 论文3"),
            ("支撑材料为知识产权1、附件2", "知识产权1 2"),
            ("佐证材料包括论文3篇、专利2项", ""),
            ("证明3型细胞参与，发表论文1、2", ""),
            ("是附件专利1的第一发明人", ""),
            ("见附件：专利1", "专利1"),
            ("作出贡献。见代表作1、4，专利1。", "代表作1 代表作4 专利1"),
            ("可见论文1有误，未见专利2项", ""),
            ("见标准3级要求，详见论文2、5年随访结果", "论文2"),
        ] {
            let tokens = evidence(&Passage::new(text, 0));
            let tokens: Vec<&str> = tokens.iter().map(Passage::text).collect();
            assert_eq!(tokens.join(" "), want, "{text}");
        }
        let tokens = evidence_tokens(&Passage::new("论文1、2；附件4.1-1", 0));
        assert_eq!(tokens.iter().map(Passage::text).collect::<Vec<_>>(), ["论文1", "论文2", "4.1-1"]);
    }
}
