use std::sync::LazyLock;

use regex::Regex;

use super::{
    claim_end::{goes_on, goes_on_counting, is_summary_part, part_named},
    claim_label::{head, notations, place},
    numbered::numbered_parts,
};
use crate::{
    domain::{InnovationClaim, Provenance},
    text::{FoldedText, Passage},
};

/// Reads the innovation claims (创新点) of a summary.
pub(super) fn claims(text: &Passage) -> Vec<InnovationClaim> {
    labelled(text, 2).unwrap_or_default()
}

/// Reads a section of claims of its own; where nothing numbers them, each of its paragraphs is one.
pub(super) fn claims_of_section(text: &Passage) -> Vec<InnovationClaim> {
    if let Some(claims) = labelled(text, 1) {
        return claims;
    }
    let paragraphs = paragraphs(text);
    let lead = paragraphs.first().filter(|first| first.text().ends_with(['：', ':'])).map_or(0, |_| 1);
    let own = paragraphs[lead..].iter().enumerate();
    own.map(|(at, paragraph)| claim(at + 1, std::iter::once(paragraph), 0)).collect()
}

/// The claims that one notation numbers, at least so many: at the head of paragraphs, else of sentences.
fn labelled(text: &Passage, fewest: usize) -> Option<Vec<InnovationClaim>> {
    let whole: Vec<Part> = paragraphs(text).into_iter().map(Part::new).collect();
    let notations = notations();
    let are_claims = |claims: &Vec<InnovationClaim>| {
        claims.iter().filter(|claim| is_summary_part(&claim.heading)).count() * 2 < claims.len().max(1)
    };
    notations
        .iter()
        .find_map(|label| numbered(&whole, label, fewest).filter(are_claims))
        .or_else(|| {
            let sentences: Vec<Part> =
                whole.iter().flat_map(|part| sentences(&part.text)).map(Part::new).collect();
            // `1.` and `一、` number too much within a paragraph.
            let strong = [notations.first(), notations.get(3), AS_FOLLOWS.as_ref()];
            strong
                .into_iter()
                .flatten()
                .find_map(|label| numbered(&sentences, label, fewest.max(2)).filter(are_claims))
        })
        .or_else(|| {
            // `1)…；2)…；3)…` from the beginning of a paragraph.
            let items =
                whole.iter().flat_map(|part| numbered_parts(&part.text).unwrap_or(vec![part.text.clone()]));
            let items: Vec<Part> = items.map(Part::new).collect();
            notations.iter().find_map(|label| numbered(&items, label, fewest.max(2)).filter(are_claims))
        })
        .or_else(|| {
            let items: Vec<Part> =
                whole.iter().flat_map(|part| announced(&part.text)).map(Part::new).collect();
            notations.iter().find_map(|label| numbered(&items, label, fewest.max(2)).filter(are_claims))
        })
}

/// The items that a sentence within a paragraph announces: `…，创新点如下：1.…；2.…`; else the whole paragraph.
fn announced(paragraph: &Passage) -> Vec<Passage> {
    const WORDS: [&str; 8] = ["创新", "发现", "发明", "特色", "突破", "如下", "成果", "贡献"];
    let text = paragraph.text();
    let colons = text.char_indices().filter(|&(_, c)| matches!(c, '：' | ':' | '。')).take(20);
    for (at, c) in colons {
        let after = at + c.len_utf8();
        let lead = text[..at].rsplit('。').next().unwrap_or_default();
        let opens =
            text[after..].trim_start().starts_with(|c: char| c.is_numeric() || matches!(c, '（' | '('));
        if opens && WORDS.iter().any(|word| lead.contains(word)) {
            let rest = paragraph.slice(after..text.len()).trimmed();
            if let Some(items) = numbered_parts(&rest) {
                return std::iter::once(paragraph.slice(0..after)).chain(items).collect();
            }
        }
    }
    vec![paragraph.clone()]
}

/// `一是建立…；二是提出…`, `第一，建立…；第二，提出…`
static AS_FOLLOWS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:第|其)?([一二三四五六七八九十]{1,2})(?:是\s*|\s*[，,：:]\s*)").ok());

/// A paragraph or a sentence, and its beginning as labels are looked for in it.
struct Part {
    text: Passage,
    head: FoldedText,
}

impl Part {
    fn new(text: Passage) -> Self {
        let head = FoldedText::new(head(text.text()));
        Self { text, head }
    }
}

/// Cuts behind the marks after which a label may stand.
fn sentences(paragraph: &Passage) -> Vec<Passage> {
    let text = paragraph.text();
    let marks = text.char_indices().filter(|(_, c)| matches!(c, '。' | '；' | ';' | '：' | ':'));
    let mut cuts: Vec<usize> = marks.map(|(at, c)| at + c.len_utf8()).collect();
    cuts.push(text.len());
    let mut start = 0;
    let mut parts: Vec<Passage> = Vec::new();
    for end in cuts {
        let part = &text[start..end];
        let opens = notations()
            .iter()
            .chain(AS_FOLLOWS.as_ref())
            .any(|label| label.is_match(FoldedText::new(head(part)).text()))
            || goes_on(part);
        // What opens nothing belongs to the sentence before it.
        match parts.last_mut() {
            Some(last) if !opens => last.append("", &paragraph.slice(start..end)),
            _ => parts.push(paragraph.slice(start..end)),
        }
        start = end;
    }
    parts
}

fn paragraphs(text: &Passage) -> Vec<Passage> {
    text.split(|c| c == '\n')
}

/// The paragraphs labelled 1, 2, 3, … in one notation, each with those that follow up to the next.
fn numbered(parts: &[Part], label: &Regex, fewest: usize) -> Option<Vec<InnovationClaim>> {
    let mut starts: Vec<(usize, usize, Passage)> = Vec::new();
    for (at, Part { text, head: folded }) in parts.iter().enumerate() {
        if label.is_match(folded.text())
            && let Some(found) = label.captures(folded.text())
            && let (Some(all), Some(number)) = (found.get(0), found.get(1))
            && place(number.as_str()) == u64::try_from(starts.len() + 1).ok()
        {
            let number = text.slice(folded.printed(number.range()));
            starts.push((at, folded.printed(all.range()).end, number));
        }
    }
    if starts.len() < fewest {
        return None;
    }
    while starts.len() < MOST
        && let Some(next) = goes_on_otherwise(parts, &starts)
    {
        starts.push(next);
    }
    let several = starts.windows(2).any(|pair| pair[1].0 - pair[0].0 > 1);
    let claims = starts.iter().enumerate().map(|(at, (first, label, number))| {
        let (first, label) = (*first, *label);
        let end = match starts.get(at + 1) {
            Some(&(next, ..)) => next,
            // What follows the last claim is its own only where the others have more than one paragraph.
            None if several => last_paragraph(parts, first),
            None => first + 1,
        };
        let within = parts[first + 1..end].iter().position(|part| is_summary_part(part.text.text()));
        let end = within.map_or(end, |at| first + 1 + at);
        let mut claim = claim(at + 1, parts[first..end].iter().map(|part| &part.text), label);
        claim.provenance.place("number", number);
        claim
    });
    Some(claims.collect())
}

/// No dossier has more claims, in whichever notations.
const MOST: usize = 30;

/// The next claim where another notation numbers it, which numbers no part lower: `（一）…（二）…三、…`. A claim says
/// something, a heading does not.
fn goes_on_otherwise(parts: &[Part], starts: &[(usize, usize, Passage)]) -> Option<(usize, usize, Passage)> {
    let (last, ..) = starts.last().filter(|_| starts.len() > 1)?;
    let next = u64::try_from(starts.len() + 1).ok()?;
    let number = |label: &Regex, part: &Part| {
        let found = label.captures(part.head.text())?;
        // `3.5万例`
        let behind = part.head.text().get(found.get(0)?.end()..)?;
        place(found.get(1)?.as_str()).filter(|_| !behind.starts_with(|c: char| c.is_ascii_digit()))
    };
    let says = |part: &Part| part.text.text().contains(['，', '。', '；']);
    let behind = || parts.iter().enumerate().skip(last + 1);
    notations().iter().skip(1).find_map(|label| {
        let (at, part) = behind().find(|(_, part)| number(label, part) == Some(next) && says(part))?;
        let is_own = |at: usize| starts.binary_search_by_key(&at, |(own, ..)| *own).is_ok();
        let others = parts.iter().enumerate().filter(|(at, _)| !is_own(*at));
        let counts_lower = others.filter_map(|(_, part)| number(label, part)).any(|number| number < next);
        let found = label.captures(part.head.text()).filter(|_| !counts_lower)?;
        let (all, number) = (found.get(0)?, found.get(1)?);
        let number = part.text.slice(part.head.printed(number.range()));
        Some((at, part.head.printed(all.range()).end, number))
    })
}

/// The end of the last claim: the summary goes on where it speaks of the project again.
fn last_paragraph(paragraphs: &[Part], first: usize) -> usize {
    let rest = paragraphs.iter().enumerate().skip(first + 1);
    // `社会效益：…` in each claim is a part of it.
    let is_new = |name: &str| {
        paragraphs[..first]
            .iter()
            .all(|part| part_named(part.text.text()).is_none_or(|before| before != name))
    };
    let ends = |text: &str| {
        text.starts_with('（')
            || goes_on(text)
            || goes_on_counting(text)
            || part_named(text).is_some_and(is_new)
    };
    let next = rest.into_iter().find(|(_, part)| ends(part.text.text()));
    next.map_or(paragraphs.len(), |(at, _)| at)
}

fn claim<'a>(number: usize, paragraphs: impl Iterator<Item = &'a Passage>, label: usize) -> InnovationClaim {
    let mut text = Passage::default();
    for (at, paragraph) in paragraphs.enumerate() {
        let from = if at == 0 { label } else { 0 };
        text.append("\n", &paragraph.slice(from..paragraph.text().len()).trimmed());
    }
    let heading = first_sentence(&text);
    let mut provenance = Provenance::default();
    provenance.place("text", &text);
    provenance.place("heading", &heading);
    InnovationClaim {
        number: u32::try_from(number).unwrap_or(u32::MAX),
        heading: heading.text().to_owned(),
        text: text.text().to_owned(),
        provenance,
    }
}

fn first_sentence(text: &Passage) -> Passage {
    let line = text.text();
    let end = line.find(['。', '！', '？', '\n']).map_or(line.len(), |at| {
        at + line[at..].chars().next().filter(|&c| c != '\n').map_or(0, char::len_utf8)
    });
    text.slice(0..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, String, String)> {
        let claims = claims(&Passage::new(text, 0));
        claims.into_iter().map(|claim| (claim.number, claim.heading, claim.text)).collect()
    }

    #[test]
    fn explicit_labels_win_over_plain_numbers() {
        let got = read(
            "背景。\n（一）主要技术创新\n创新点一：提出甲。效果好。\n创新点二：提出乙。\n由此创建体系。\n（二）推广\n推广到全国。",
        );
        assert_eq!(
            got,
            [(1, "提出甲。".into(), "提出甲。效果好。".into()), (2, "提出乙。".into(), "提出乙。".into())]
        );
    }

    #[test]
    fn numbered_paragraphs_are_claims() {
        for text in [
            "一、提出甲。\n二、提出乙。\n发表论文3篇。",
            "1. 提出甲。\n2. 提出乙。",
            "A. 提出甲。\nB. 提出乙。",
            "（一）科学发现1：提出甲。\n（二）科学发现2：提出乙。",
            "（1）提出甲。\n（2）提出乙。",
            "成果如下：\n第一，提出甲。\n第二，提出乙。\n发表论文3篇。",
            "成果如下：其一，提出甲；其二，提出乙。发表论文3篇。",
        ] {
            assert_eq!(read(text).len(), 2, "{text}");
        }
        let got = read("某病常见。主要创新点如下：1.提出甲，效果好；2.提出乙，已推广。");
        assert_eq!(got.len(), 2);
        assert!(read("随访指标为：1.血压；2.血糖。").is_empty());
        assert!(read("一、只有一点。\n发表论文。").is_empty());
    }

    #[test]
    fn another_notation_may_go_on() {
        let got = read("（一）提出甲。\n（二）提出乙。\n三、提出丙。\n（4）提出丁。\n项目已推广。");
        assert_eq!(
            got.iter().map(|claim| claim.1.as_str()).collect::<Vec<_>>(),
            ["提出甲。", "提出乙。", "提出丙。", "提出丁。"]
        );
        let got = read("一、提出甲。\n二、提出乙：\n1. 甲一。\n2. 甲二。\n3. 甲三。");
        assert_eq!(got.len(), 2);
    }

    #[test]
    fn the_parts_of_a_summary_are_no_claims() {
        let got = read(
            "一、立项背景\n背景。\n二、主要内容\n1、提出甲\n细节。\n2、提出乙\n细节。\n三、应用效果\n推广。",
        );
        assert_eq!(
            got.iter().map(|claim| claim.2.as_str()).collect::<Vec<_>>(),
            ["提出甲\n细节。", "提出乙\n细节。"]
        );
    }

    #[test]
    fn labels_are_read_in_either_script_and_width() {
        for text in [
            "发现与创新一：提出甲。\n发现与创新二：提出乙。",
            "特色之一，提出甲。\n特色之二，提出乙。",
            "【亮点一】提出甲。\n【亮点二】提出乙。",
            "科普创新之一：提出甲。\n科普创新之二：提出乙。",
            "（一）内容创新1：提出甲。\n（二）形式创新2：提出乙。",
        ] {
            assert_eq!(read(text).last().map(|claim| &*claim.2), Some("提出乙。"), "{text}");
        }
        let got = read("創新點１：提出甲。\n創新點２：提出乙。");
        assert_eq!(got.len(), 2);
        assert_eq!(got[1].2, "提出乙。");
    }

    #[test]
    fn a_claim_keeps_its_paragraphs() {
        for rest in [
            "客观评价：甲院士认为领先。",
            "共治疗患者12例。",
            "应用单位有甲医院等3家。",
            "论文 91 篇，SCI 收录 37 篇。",
            "累计培训 3.2 万余人次，",
            "应用单位：甲医院。",
        ] {
            let got = read(&format!("1. 提出甲。\n甲的细节。\n2. 提出乙。\n乙的细节。\n{rest}\n更多。"));
            assert_eq!(got[1].2, "提出乙。\n乙的细节。", "{rest}");
        }
        for own in [
            "论文结果被国际指南引用，证实乙优。",
            "应用单位的随访显示乙优。",
            "共完成动物实验三轮，证实安全。",
            "共获样本300份，明确了通路。",
            "科学价值：首次揭示乙的规律。",
            "应用：对1200例患者验证，灵敏度95%。",
        ] {
            let got = read(&format!("创新点1：提出甲。\n机制为丙。\n创新点2：提出乙。\n{own}\n更多。"));
            assert_eq!(got[1].2, format!("提出乙。\n{own}\n更多。"));
        }
        let got = read("1. 提出甲。\n社会效益：甲好。\n2. 提出乙。\n社会效益：乙好。");
        assert_eq!(got[1].2, "提出乙。\n社会效益：乙好。");
        let got = read(
            "创新点1：建立甲；论文发表于Gut；并证实有效。创新点2：提出乙；共获样本300份；明确了通路。本项目获奖。",
        );
        assert_eq!(got[0].2, "建立甲；论文发表于Gut；并证实有效。");
        assert_eq!(got[1].2, "提出乙；共获样本300份；明确了通路。");
        let got = read("创新点1：提出甲。\n甲的细节。\n创新点2：提出乙。\n乙的细节。\n本项目发表论文3篇。");
        assert_eq!(got[0].2, "提出甲。\n甲的细节。");
        assert_eq!(got[1].2, "提出乙。\n乙的细节。");
    }
}
