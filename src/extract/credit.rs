use std::sync::LazyLock;

use regex::Regex;

use crate::text::{FoldedText, Passage, parse_integer};

/// The highest number that is taken for a claim's: notices define up to ten.
const MAX_CLAIM: u64 = 30;

const NUMBER: &str = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})";

/// The numbers of the claims that a contribution credits (`创新点1中`, `创新点2、3`, `创新 1-4`,
/// `创新1，4`), ascending and each once, and where they are printed.
pub(super) fn credited_claims(text: &Passage) -> (Vec<u32>, Vec<Passage>) {
    static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let list = format!(
            r"(?:创新点?|发现点?|发明点|科学发现)\s*[（(]?({NUMBER}[）)]?(?:\s*(?:[、,，;；及和与]|[-–—~～至到])\s*(?:科技创新点?|技术创新点?|创新点?|发现点?|发明点)?\s*[（(]?{NUMBER}[）)]?)*)\s*([项个次种篇年月件余多%．.]?)"
        );
        Regex::new(&list).ok()
    });
    static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(r"({NUMBER})[）)]?(?:\s*[-–—~～至到]\s*(?:科技创新点?|技术创新点?|创新点?|发现点?|发明点)?\s*[（(]?({NUMBER}))?")).ok()
    });
    let (mut numbers, mut places) = (Vec::new(), Vec::new());
    let (Some(credit), Some(part)) = (CREDIT.as_ref(), PART.as_ref()) else { return (numbers, places) };
    let folded = FoldedText::new(text.text());
    for found in credit.captures_iter(folded.text()) {
        // `创新3项` counts things; it names no claim.
        let counts = found.get(2).is_some_and(|unit| !unit.is_empty() && !".．".contains(unit.as_str()));
        let Some(list) = found.get(1).filter(|_| !counts) else { continue };
        for range in part.captures_iter(list.as_str()) {
            let bound = |at: usize| range.get(at).and_then(|number| parse_integer(number.as_str()));
            let (Some(first), Some(place)) = (bound(1), range.get(0)) else { continue };
            let last = bound(2).unwrap_or(first);
            if first >= 1 && first <= last && last <= MAX_CLAIM {
                numbers.extend((first..=last).filter_map(|number| u32::try_from(number).ok()));
                let place = list.start() + place.start()..list.start() + place.end();
                places.push(text.slice(folded.printed(place)));
            }
        }
    }
    static ORDINAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(r"第\s*({NUMBER})\s*[项个]\s*(?:主要)?(?:科技|技术)?(?:创新|发现)")).ok()
    });
    for found in ORDINAL.iter().flat_map(|ordinal| ordinal.captures_iter(folded.text())) {
        let number = found.get(1).and_then(|number| Some((number, parse_integer(number.as_str())?)));
        if let Some((place, number)) = number.filter(|(_, number)| (1..=MAX_CLAIM).contains(number)) {
            numbers.extend(u32::try_from(number).ok());
            places.push(text.slice(folded.printed(place.range())));
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    (numbers, places)
}

/// The tokens of the supporting material (`附件1.1-9、4.20`), as printed and each once.
pub(super) fn evidence(text: &Passage) -> Vec<Passage> {
    static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:附件|旁证材料|证明材料)\s*(?:见|：|:)?\s*(?:附件)?\s*(?:：|:)?\s*(\d+(?:[.\-–]\d+)*(?:\s*[、,，;；和及]\s*(?:附件)?\s*\d+(?:[.\-–]\d+)*)*)").ok()
    });
    static TOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d+(?:[.\-–]\d+)*").ok());
    let mut tokens: Vec<Passage> = Vec::new();
    let (Some(list), Some(token)) = (LIST.as_ref(), TOKEN.as_ref()) else { return tokens };
    for list in list.captures_iter(text.text()).filter_map(|found| found.get(1)) {
        for found in token.find_iter(list.as_str()) {
            let token = text.slice(list.start() + found.start()..list.start() + found.end());
            if tokens.iter().all(|known| known.text() != token.text()) {
                tokens.push(token);
            }
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credited_claims_are_read_in_every_notation() {
        for (text, want) in [
            ("在创新点1中，参与研究；在创新点3中，负责应用。", vec![1, 3]),
            ("为创新点 2、3、4作出贡献", vec![2, 3, 4]),
            ("创新 1-4做出贡献", vec![1, 2, 3, 4]),
            ("为创新 1，4作出贡献", vec![1, 4]),
            ("为创新 2、 3  作出贡献", vec![2, 3]),
            ("对创新点一和创新点三有贡献", vec![1, 3]),
            ("对于创新 3：机制", vec![3]),
            ("完成技术创新3项，创新点2", vec![2]),
            ("对创新点（一）作出贡献；对创新点（二）、（三）作出贡献", vec![1, 2, 3]),
            ("对创新1至创新3均作出贡献", vec![1, 2, 3]),
            ("对发现点一至发现点四均有贡献，是代表性论文1、2的作者", vec![1, 2, 3, 4]),
            ("对科技创新1、2有贡献", vec![1, 2]),
            ("对第1项创新作出贡献", vec![1]),
            ("對創新點１、２均有貢獻", vec![1, 2]),
            ("创新性地提出", vec![]),
        ] {
            let (numbers, _) = credited_claims(&Passage::new(text, 0));
            assert_eq!(numbers, want, "{text}");
        }
    }

    #[test]
    fn evidence_tokens_stay_as_printed() {
        let text = Passage::new("旁证材料见附件 1.1-9、4.20、10.2-3。另有 3.5 万元。见附件4.20。", 0);
        let tokens = evidence(&text);
        assert_eq!(tokens.iter().map(Passage::text).collect::<Vec<_>>(), ["1.1-9", "4.20", "10.2-3"]);
    }
}
