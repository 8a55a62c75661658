use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::claim_words::{claim_kinds, claim_words};
use crate::text::{FoldedText, Passage, is_han, parse_integer};

/// The highest number that is taken for a claim's: notices define up to ten.
const MAX_CLAIM: u64 = 30;

const NUMBER: &str = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})";

/// The numbers of the claims that a contribution credits (`创新点1中`, `创新点2、3`, `创新 1-4`,
/// `创新1，4`, `创新点（1）（2）`, `全部创新点` of those defined), ascending and each once, and where they are printed.
pub(super) fn credited_claims(text: &Passage, defined: usize) -> (Vec<u32>, Vec<Passage>) {
    static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let (word, kind) = (claim_words(), claim_kinds());
        let list = format!(
            r"(?P<word>{word})\s*(?P<of>之)?[（(]?(?P<list>{NUMBER}[）)]?(?:(?:\s*(?:[、,，;；/及和与]|以及|[-–—~～〜至到])\s*第?(?:(?:主要|{kind})*(?:{word}))?之?\s*[（(]?|\s*[（(]){NUMBER}[）)]?)*)\s*(?P<unit>[项个次种篇年月件余多%．.]?)"
        );
        Regex::new(&list).ok()
    });
    static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let (word, kind) = (claim_words(), claim_kinds());
        Regex::new(&format!(
            r"({NUMBER})[）)]?(?:\s*[-–—~～〜至到]\s*第?(?:(?:主要|{kind})*(?:{word}))?之?\s*[（(]?({NUMBER}))?"
        ))
        .ok()
    });
    let (mut numbers, mut places) = (Vec::new(), Vec::new());
    let (Some(credit), Some(part)) = (CREDIT.as_ref(), PART.as_ref()) else { return (numbers, places) };
    let folded = FoldedText::new(text.text());
    for found in credit.captures_iter(folded.text()) {
        // `创新3项` counts things, and `创新2019` is a year: they name no claim.
        let counts = found.name("unit").is_some_and(|unit| {
            let is_unit = !unit.is_empty() && !".．".contains(unit.as_str());
            is_unit || folded.text()[unit.end()..].starts_with(|c: char| c.is_ascii_digit())
        });
        let list = found.name("list").filter(|_| !counts);
        let (Some(word), Some(list)) = (found.name("word"), list) else { continue };
        let (before, behind) = (&folded.text()[..word.start()], &folded.text()[list.end()..]);
        if found.name("of").is_some_and(|of| is_one_of_them(&folded.text()[..of.start()], list.as_str()))
            || is_verb(word.as_str()) && is_deed([before, word.as_str(), list.as_str(), behind])
        {
            continue;
        }
        credit_list(list.as_str(), list.start(), part, &mut numbers, |place| {
            places.push(text.slice(folded.printed(place)));
        });
    }
    static ORDINAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let (word, kind) = (claim_words(), claim_kinds());
        let number = format!(r"[（(]?{NUMBER}[）)]?");
        let list = format!(
            r"{number}(?:\s*[项个条点]?\s*(?:[、,，/及和与]|[-–—~～〜至到])\s*第?\s*{number}|\s*[（(]{NUMBER}[）)])*"
        );
        Regex::new(&format!(
            r"(?:第\s*|[对为在是]|(?P<doing>承担|负责|参与|参加)|[，,、])({list})\s*[项个条点]\s*(?:主要|重要|关键|核心|{kind})*({word})?"
        ))
        .ok()
    });
    for found in ORDINAL.iter().flat_map(|ordinal| ordinal.captures_iter(folded.text())) {
        // `第①、③项` numbers in the way of the claims; a bare `第1项` may number anything.
        let ordinal = found.get(0).is_some_and(|all| all.as_str().starts_with('第'));
        let Some(list) =
            found.get(2).filter(|list| found.get(3).is_some() || (ordinal && list.as_str().starts_with('(')))
        else {
            continue;
        };
        let behind = found.get(0).map_or("", |all| &folded.text()[all.end()..]);
        if counts_no_claims(behind) {
            continue;
        }
        // `对三项创新均有贡献` counts them.
        let count = parse_integer(list.as_str()).filter(|&count| !ordinal && count > 1);
        if let Some(count) = count {
            if usize::try_from(count) == Ok(defined) {
                numbers.extend((1..).take(defined));
                places.push(text.slice(folded.printed(list.range())));
            }
            continue;
        }
        // `参与一项创新研究`
        if found.name("doing").is_some() && parse_integer(list.as_str()).is_some() {
            continue;
        }
        credit_list(list.as_str(), list.start(), part, &mut numbers, |place| {
            places.push(text.slice(folded.printed(place)));
        });
    }
    static ORDINAL_POINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let kind = claim_kinds();
        let list = format!(r"{NUMBER}(?:\s*(?:[、,，及和与]|[-–—~～〜至到])\s*第?\s*{NUMBER})*");
        Regex::new(&format!(
            r"第\s*({list})\s*(?:主要|重要|关键|核心|{kind})*(?:创新点|发现点|发明点|科学发现|特色|亮点|突破点|关键技术)"
        ))
        .ok()
    });
    // `第一发现点`
    for found in ORDINAL_POINT.iter().flat_map(|ordinal| ordinal.captures_iter(folded.text())) {
        let Some(list) = found.get(1) else { continue };
        credit_list(list.as_str(), list.start(), part, &mut numbers, |place| {
            places.push(text.slice(folded.printed(place)));
        });
    }
    static BRACKETED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let list = format!(r"[（(]{NUMBER}[）)](?:\s*[、,，/及和与]?\s*[（(]{NUMBER}[）)])*");
        Regex::new(&format!(
            r"(?:[对为在]|参与|完成|负责)\s*第?({list})\s*(?:[均都各]|做|作|有|起|的|中|点|方面|提供|贡献|$)"
        ))
        .ok()
    });
    // `对（一）（三）均有贡献`: claims that are called by nothing but their numbers.
    let may_name = folded.text().contains('(') && folded.text().contains("贡献");
    let bracketed = BRACKETED.as_ref().filter(|_| may_name);
    for found in bracketed.iter().flat_map(|bracketed| bracketed.captures_iter(folded.text())) {
        let Some(list) = found.get(1) else { continue };
        credit_list(list.as_str(), list.start(), part, &mut numbers, |place| {
            places.push(text.slice(folded.printed(place)));
        });
    }
    static ALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let (word, kind) = (claim_words(), claim_kinds());
        let number = "(?:[一二三四五六七八九十两]{1,2}|[0-9]{1,2})";
        Regex::new(&format!(
            r"(?:全部|所有|各|各项|上述)(?:的)?(?:{number}[项个大条]|项)?(?:主要|{kind})*(?:创新点|发现点|发明点|科学发现|创新内容|创新成果|特色|亮点|突破点|关键技术)|(?:全部|所有|上述)(?:的)?{number}[项个大条](?:主要|{kind})*(?:{word})"
        ))
        .ok()
    });
    if let Some(found) = ALL.as_ref().and_then(|all| all.find(folded.text())).filter(|_| defined > 0) {
        numbers.extend((1..).take(defined));
        places.push(text.slice(folded.printed(found.range())));
    }
    numbers.sort_unstable();
    numbers.dedup();
    (numbers, places)
}

/// `发明` beside `发明点`: such a word for a claim says as well what somebody does.
fn is_verb(word: &str) -> bool {
    claim_words().split('|').any(|known| known.strip_suffix('点') == Some(word))
}

/// What may stand behind the number of a claim.
static FOLLOWERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("data/claim_followers.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// `，发明一管式方法`, `首次发现2型糖尿病`, `创新三维重建`: somebody has done so, and no claim is called by its number;
/// `参与创新三手术流程的建立` and `创新1建立新法` name one.
fn is_deed([before, verb, list, behind]: [&str; 4]) -> bool {
    let opens = |c: char| c.is_ascii_punctuation() || "，。；：、“”并还又且次先新们队组".contains(c);
    let before = before.trim_end();
    let is_predicate = before.is_empty() || before.ends_with(opens);
    let of_word = behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
    // `创新3` counts no noun without its measure word, as `发现3株` does.
    let counts = verb != "创新" || !list.starts_with(|c: char| c.is_ascii_digit());
    let behind = behind.trim_start();
    let is_followed = FOLLOWERS.iter().any(|word| behind.starts_with(word));
    let goes_on = of_word || counts && behind.starts_with(is_han) && !is_followed;
    is_predicate && goes_on && !list.ends_with(')')
}

/// `是本项目的特色之一`: one of several, not the first.
fn is_one_of_them(before: &str, list: &str) -> bool {
    let clause = before.rsplit(['，', ',', '。', '；', ';', '、', '\n']).next().unwrap_or(before);
    list == "一" && clause.contains(['是', '为', '属', '系'])
}

/// The numbers of the claims in a column of their own: `1、2、3`, `①③`, `创新点1-3`, `全部` of those defined.
pub(super) fn listed_claims(text: &Passage, defined: usize) -> (Vec<u32>, Vec<Passage>) {
    let found = credited_claims(text, defined);
    if !found.0.is_empty() {
        return found;
    }
    static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let number = r"(\d{1,2}|[一二三四五六七八九十]{1,3})";
        Regex::new(&format!(r"{number}\s*[）)]?(?:\s*[-–—~～〜至到]\s*[（(]?\s*{number})?")).ok()
    });
    let (mut numbers, mut places) = (Vec::new(), Vec::new());
    let folded = FoldedText::new(text.text());
    let list = folded.text();
    let is_all = matches!(list.trim(), "全部" | "所有" | "均有" | "各创新点" | "全部创新" | "全部创新点");
    if is_all && defined > 0 {
        return ((1..).take(defined).collect(), vec![text.clone()]);
    }
    // Words say something else than which.
    let is_list = list.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || "一二三四五六七八九十、,，;；.．/及和与第()（）[]【】-–—~～〜至到项点条".contains(c)
    });
    if let Some(part) = PART.as_ref().filter(|_| is_list) {
        credit_list(list, 0, part, &mut numbers, |place| places.push(text.slice(folded.printed(place))));
    }
    (numbers, places)
}

/// Adds the numbers of a list, ranges expanded, and tells where each part of it stands.
fn credit_list(
    list: &str,
    start: usize,
    part: &Regex,
    numbers: &mut Vec<u32>,
    mut place: impl FnMut(Range<usize>),
) {
    for range in part.captures_iter(list) {
        let bound = |at: usize| range.get(at).and_then(|number| parse_integer(number.as_str()));
        let (Some(first), Some(found)) = (bound(1), range.get(0)) else { continue };
        let last = bound(2).unwrap_or(first);
        if first >= 1 && first <= last && last <= MAX_CLAIM {
            numbers.extend((first..=last).filter_map(|number| u32::try_from(number).ok()));
            place(start + found.start()..start + found.end());
        }
    }
}

/// Tells whether what is counted goes on as `data/no_claims.txt` says: `三项发明专利`.
fn counts_no_claims(behind: &str) -> bool {
    let lines = include_str!("data/no_claims.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).any(|word| behind.starts_with(word))
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
            ("对创新点（一）（二）（三）均有贡献", vec![1, 2, 3]),
            ("为创新①②③的主要贡献者", vec![1, 2, 3]),
            ("对创新①、③有贡献", vec![1, 3]),
            ("完成第①、③项内容", vec![1, 3]),
            ("是第1、2项创新的主要完成人", vec![1, 2]),
            ("获第1项专利", vec![]),
            ("对（一）（二）项创新有贡献", vec![1, 2]),
            ("对创新内容（二）有贡献", vec![2]),
            ("对全部创新点有贡献", vec![1, 2, 3]),
            ("对全部三项创新点均有贡献", vec![1, 2, 3]),
            ("科学发现一、二、三的提出者", vec![1, 2, 3]),
            ("创新点1～3", vec![1, 2, 3]),
            ("创新点1〜3", vec![1, 2, 3]),
            ("对三项特色均有贡献", vec![1, 2, 3]),
            ("是第一发明人，对第二特色有贡献", vec![2]),
            ("对特色1、3有贡献，获创新2019年度奖", vec![1, 3]),
            ("对关键技术二作出贡献，对亮点（三）有贡献", vec![2, 3]),
            ("对创新点1/3有贡献", vec![1, 3]),
            ("对第一发现点有贡献", vec![1]),
            ("主要贡献在第1项和第3项发明", vec![1, 3]),
            ("对三项创新均有贡献", vec![1, 2, 3]),
            ("承担三项创新内容的设计，参与一项创新研究", vec![1, 2, 3]),
            ("对全部三项创新均有贡献", vec![1, 2, 3]),
            ("负责三项发明专利的申请，承担三项创新药物临床试验", vec![]),
            ("参与三项发现性研究的随访，承担3项创新课题，参与三个特色专科建设", vec![]),
            ("对二项创新有贡献", vec![]),
            ("对科普创新之一、之三均有主要贡献", vec![1, 3]),
            ("对特色之一有贡献，参与传播创新之二至之三", vec![1, 2, 3]),
            ("提出的方法是本项目特色之一", vec![]),
            ("对第2项管理创新有贡献", vec![2]),
            ("对（一）、（三）均作出主要贡献", vec![1, 3]),
            ("對（二）作出貢獻，論文4第一作者", vec![2]),
            ("对（一）型患者开展随访", vec![]),
            ("发明一管式方法，创新三维重建技术，发现2型某病的标志物，发现三阴性者预后差", vec![]),
            ("发现1株新菌，创新3D打印，发明一体化装置，创新2-甲基化合物", vec![]),
            ("对创新1某病分型有贡献，参与创新二手术流程的建立，在发明三中负责验证", vec![1, 2, 3]),
            ("创新1建立新法，支持创新 2全部实验，为创新三积累资料", vec![1, 2, 3]),
        ] {
            let (numbers, _) = credited_claims(&Passage::new(text, 0), 3);
            assert_eq!(numbers, want, "{text}");
        }
    }

    #[test]
    fn a_column_lists_the_claims_it_credits() {
        for (text, want) in [
            ("1、2、3", vec![1, 2, 3]),
            ("①③", vec![1, 3]),
            ("1-3", vec![1, 2, 3]),
            ("一、三", vec![1, 3]),
            ("第1、2项", vec![1, 2]),
            ("创新点1、3", vec![1, 3]),
            ("全部", vec![1, 2, 3]),
            ("提出方法，2019年", vec![]),
            ("/", vec![]),
        ] {
            let (numbers, _) = listed_claims(&Passage::new(text, 0), 3);
            assert_eq!(numbers, want, "{text}");
        }
    }
}
