use std::sync::LazyLock;

use regex::Regex;

use crate::{
    domain::{InnovationClaim, Provenance},
    text::{FoldedText, Passage, parse_integer},
};

/// Notations of claim labels, the most explicit first: the first one that numbers a list is used.
fn notations() -> &'static [Regex] {
    static NOTATIONS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            r"^[\s*]*[（(]?(?:主要)?(?:科技)?(?:创新点?|发现点?|发明点|科学发现)\s*([一二三四五六七八九十\d]{1,3})\s*[）)]?[\s*]*[：:、.．，,]?[\s*]*",
            r"^\s*([一二三四五六七八九十]{1,3})\s*[、，,.．]\s*",
            r"^\s*(\d{1,2})\s*[、.．)）]\s*",
            r"^\s*[（(]([一二三四五六七八九十\d]{1,3})[）)]\s*",
        ]
        .iter()
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
    });
    &NOTATIONS
}

/// Reads the innovation claims (创新点) of a summary or of a section of their own.
pub(super) fn claims(text: &Passage) -> Vec<InnovationClaim> {
    let paragraphs = paragraphs(text);
    notations().iter().find_map(|label| numbered(&paragraphs, label)).unwrap_or_default()
}

fn paragraphs(text: &Passage) -> Vec<Passage> {
    text.split(|c| c == '\n')
}

/// The paragraphs labelled 1, 2, 3, … in one notation, each with those that follow up to the next.
fn numbered(paragraphs: &[Passage], label: &Regex) -> Option<Vec<InnovationClaim>> {
    let mut starts: Vec<(usize, usize, Passage)> = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let folded = FoldedText::new(paragraph.text());
        if let Some(found) = label.captures(folded.text())
            && let (Some(all), Some(number)) = (found.get(0), found.get(1))
            && parse_integer(number.as_str()) == u64::try_from(starts.len() + 1).ok()
        {
            let number = paragraph.slice(folded.printed(number.range()));
            starts.push((at, folded.printed(all.range()).end, number));
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let several = starts.windows(2).any(|pair| pair[1].0 - pair[0].0 > 1);
    let claims = starts.iter().enumerate().map(|(at, (first, label, number))| {
        let (first, label) = (*first, *label);
        let end = match starts.get(at + 1) {
            Some(&(next, ..)) => next,
            // What follows the last claim is its own only where the others have more than one paragraph.
            None if several => last_paragraph(paragraphs, first),
            None => first + 1,
        };
        let mut claim = claim(at + 1, &paragraphs[first..end], label);
        claim.provenance.place("number", number);
        claim
    });
    Some(claims.collect())
}

/// The end of the last claim: the summary goes on where it speaks of the project again.
fn last_paragraph(paragraphs: &[Passage], first: usize) -> usize {
    const GOES_ON: [&str; 14] = [
        "本项目",
        "该项目",
        "项目",
        "由此",
        "发表",
        "共发表",
        "上述",
        "以上",
        "成果",
        "相关成果",
        "本成果",
        "临床应用",
        "（",
        "授权",
    ];
    let rest = paragraphs.iter().enumerate().skip(first + 1);
    let next = rest.into_iter().find(|(_, text)| GOES_ON.iter().any(|word| text.text().starts_with(word)));
    next.map_or(paragraphs.len(), |(at, _)| at)
}

fn claim(number: usize, paragraphs: &[Passage], label: usize) -> InnovationClaim {
    let mut text = Passage::default();
    for (at, paragraph) in paragraphs.iter().enumerate() {
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
            "（1）提出甲。\n（2）提出乙。",
        ] {
            assert_eq!(read(text).len(), 2, "{text}");
        }
        assert!(read("一、只有一点。\n发表论文。").is_empty());
    }

    #[test]
    fn labels_are_read_in_either_script_and_width() {
        let got = read("創新點１：提出甲。\n創新點２：提出乙。");
        assert_eq!(got.len(), 2);
        assert_eq!(got[1].2, "提出乙。");
    }

    #[test]
    fn a_claim_keeps_its_paragraphs() {
        let got = read("创新点1：提出甲。\n甲的细节。\n创新点2：提出乙。\n乙的细节。\n本项目发表论文3篇。");
        assert_eq!(got[0].2, "提出甲。\n甲的细节。");
        assert_eq!(got[1].2, "提出乙。\n乙的细节。");
    }
}
