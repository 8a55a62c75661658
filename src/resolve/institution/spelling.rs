use crate::text::look_alikes;

/// Words that are no part of what tells institutions apart: a fault of reading within one is repaired without
/// risk, as 医皖 can be nothing but 医院.
const COMMON: [&str; 22] = [
    "医科大学",
    "科学院",
    "研究院",
    "研究所",
    "有限公司",
    "股份",
    "科技",
    "附属",
    "人民",
    "中心",
    "大学",
    "学院",
    "医学",
    "医院",
    "公司",
    "集团",
    "肿瘤",
    "儿童",
    "口腔",
    "胸科",
    "传染病",
    "骨科",
];

/// One character of a name that stands for another one that looks alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LookAlike {
    pub(super) printed: char,
    pub(super) meant: char,
    /// Whether the place is within a word that many names have.
    pub(super) common: bool,
}

/// Tells how a printed name differs from a known one, where it is one character that looks alike; numbers never do.
pub(super) fn look_alike(printed: &str, known: &str) -> Option<LookAlike> {
    if printed.chars().count() != known.chars().count() {
        return None;
    }
    let mut wrong =
        printed.chars().zip(known.char_indices()).filter(|(printed, (_, known))| printed != known);
    let (printed, (at, meant)) = wrong.next()?;
    let one = wrong.next().is_none() && look_alikes(printed).contains(&meant);
    let numeral = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c);
    (one && !numeral(printed) && !numeral(meant)).then(|| LookAlike {
        printed,
        meant,
        common: is_common(known, at),
    })
}

/// All names that a printed one may have been meant as, one character apart.
pub(super) fn look_alike_names(printed: &str) -> Vec<String> {
    let spelled = |at: usize, c: char, other: char| {
        format!("{}{other}{}", &printed[..at], &printed[at + c.len_utf8()..])
    };
    printed
        .char_indices()
        .flat_map(|(at, c)| look_alikes(c).iter().map(move |&other| spelled(at, c, other)))
        .collect()
}

/// Tells whether names differ by one character left out of a word that many names have: 医 for 医院, 属 for 附属.
pub(super) fn is_cut_short(printed: &str, known: &str) -> bool {
    let (printed, known): (Vec<char>, Vec<char>) = (printed.chars().collect(), known.chars().collect());
    if printed.len() + 1 != known.len() {
        return false;
    }
    let same = printed.iter().zip(&known).take_while(|(a, b)| a == b).count();
    let within = |word: [char; 2]| {
        let before = same > 0 && known[same - 1..=same] == word;
        before || known.get(same..same + 2).is_some_and(|two| two == word)
    };
    printed[same..] == known[same + 1..]
        && [['大', '学'], ['医', '院'], ['附', '属'], ['人', '民']].into_iter().any(within)
}

/// Counts the edits between two names, up to two; `None` where there are more.
pub(super) fn edits(one: &str, other: &str) -> Option<usize> {
    const MOST: usize = 2;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > MOST {
        return None;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let next = (corner + usize::from(a != b)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = next;
        }
    }
    row.last().copied().filter(|&edits| edits <= MOST)
}

fn is_common(name: &str, at: usize) -> bool {
    COMMON
        .iter()
        .any(|word| name.match_indices(word).any(|(start, _)| (start..start + word.len()).contains(&at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_alike_is_told_from_other_differences() {
        for (printed, known, want) in [
            ("零氟科技(天津)有限公司", "零氪科技(天津)有限公司", Some(false)),
            ("甲胸料医院", "甲胸科医院", Some(true)),
            ("甲大学附属乙浩医院", "甲大学附属乙昊医院", Some(false)),
            ("甲第2医院", "甲第3医院", None),
            ("甲医院", "甲医院", None),
            ("甲浩浩医院", "甲昊昊医院", None),
        ] {
            assert_eq!(look_alike(printed, known).map(|found| found.common), want, "{printed}");
        }
        assert!(look_alike_names("零氟").contains(&"零氪".to_owned()));
    }

    #[test]
    fn edits_are_counted_up_to_two() {
        for (one, other, want) in
            [("甲医院", "甲医院", Some(0)), ("甲医", "甲医院", Some(1)), ("甲", "甲医学院", None)]
        {
            assert_eq!(edits(one, other), want, "{one} {other}");
        }
        assert!(is_cut_short("甲医科大附属医院", "甲医科大学附属医院"));
        assert!(is_cut_short("甲市中心医", "甲市中心医院"));
        assert!(!is_cut_short("甲医院", "甲乙医院"));
        assert!(!is_cut_short("甲大学医院", "甲大学医学院"));
    }
}
