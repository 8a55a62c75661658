//! Items that stand in one paragraph behind their numbers: `1.…；2.…`.

use super::enumerator::is_circled;
use crate::text::{FoldedText, Passage, parse_integer};

/// Cuts a paragraph at the numbers 1, 2, 3 … of its items; `None` where it has fewer than two.
pub(super) fn numbered_parts(text: &Passage) -> Option<Vec<Passage>> {
    let line = text.text();
    let mut starts: Vec<usize> = Vec::new();
    let mut free = true;
    for (at, c) in line.char_indices() {
        let opens = free
            && (c.is_ascii_digit()
                || is_circled(c)
                || matches!(c, '（' | '(' | '[' | '［' | '〔' | '【' | '０'..='９'));
        if opens && number(&line[at..]) == u64::try_from(starts.len() + 1).ok() {
            starts.push(at);
        }
        free = c.is_whitespace() || matches!(c, '。' | '；' | ';' | '，' | '、') || (c == '.' && !free);
    }
    if starts.len() < 2 || starts[0] != 0 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    let tidy = |c: char| c.is_whitespace() || "；;，、".contains(c);
    Some(starts.iter().zip(ends).map(|(&from, to)| text.slice(from..to).trimmed_matches(tidy)).collect())
}

/// The number that opens an item: `1.`, `（2）`, `③`.
fn number(text: &str) -> Option<u64> {
    let first = text.chars().next()?;
    if is_circled(first) {
        let folded = FoldedText::new(&text[..first.len_utf8()]);
        return parse_integer(folded.text().trim_matches(['(', ')', '.']));
    }
    let body = text.trim_start_matches(['（', '(', '[', '［', '〔', '【']);
    let rest = body.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'));
    let digits = &body[..body.len() - rest.len()];
    let marked = match body.len() < text.len() {
        true => rest.starts_with(['）', ')', ']', '］', '〕', '】']),
        // `1.5万`
        false => {
            let after = rest.strip_prefix(['.', '．', '、', '）', ')'])?;
            !after.starts_with(|c: char| c.is_ascii_digit())
        }
    };
    (marked && (1..=6).contains(&digits.len())).then(|| parse_integer(digits))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_one_paragraph_are_cut_at_their_numbers() {
        for (line, want) in [
            (
                "1.陈一，教授，对创新点1、2有贡献。2.李二，讲师。",
                &["1.陈一，教授，对创新点1、2有贡献。", "2.李二，讲师。"][..],
            ),
            ("①甲医院；②乙大学", &["①甲医院", "②乙大学"]),
            ("（1）甲。（2）乙。（3）丙。", &["（1）甲。", "（2）乙。", "（3）丙。"]),
        ] {
            let parts = numbered_parts(&Passage::new(line, 0)).expect("items");
            assert_eq!(parts.iter().map(Passage::text).collect::<Vec<_>>(), want);
        }
        for line in ["1.陈一", "甲1.陈一；2.李二", "1.5万例，2.3万人"] {
            assert!(numbered_parts(&Passage::new(line, 0)).is_none(), "{line}");
        }
    }
}
