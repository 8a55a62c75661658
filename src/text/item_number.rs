use super::is_han;

/// Where an item begins behind a number of several levels: `附件3-2　`, `4.1-1　`, `（3-2）`, `证明材料5.2：`.
pub(crate) fn behind_composite(text: &str) -> Option<usize> {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let opened = text.trim_start();
    let may_open = |c| is_digit(c) || "(（[［【〔".contains(c);
    if !opened.starts_with(may_open) && !words().any(|word| opened.starts_with(word)) {
        return None;
    }
    let body = opened.trim_start_matches(['(', '（', '[', '［', '【', '〔']);
    let word = words().find_map(|word| body.strip_prefix(word)).unwrap_or(body);
    let is_named = word.len() < body.len() || body.len() < opened.len();
    let mut rest = word.trim_start();
    let (mut levels, mut dashes) = (0, 0);
    loop {
        let after = rest.trim_start_matches(is_digit);
        if !(1..=2).contains(&rest[..rest.len() - after.len()].chars().count()) {
            return None;
        }
        levels += 1;
        rest = after;
        let next = after.strip_prefix(|c| "-－‐–—.．".contains(c));
        let Some(next) = next.filter(|next| next.starts_with(is_digit)) else { break };
        dashes += usize::from(!after.starts_with(['.', '．']));
        rest = next;
    }
    let marks = |c: char| c.is_whitespace() || ")）]］】〕、:：.．".contains(c);
    let item = rest.trim_start_matches(marks);
    let is_ended =
        item.len() < rest.len() || is_named && rest.starts_with(|c| is_han(c) || "《“".contains(c));
    // `32(6):⏎12-15. 他引9次`: pages; `1.5 T`, `3-5 mm`: measures.
    let opens = |c: char| is_han(c) || c.is_uppercase() || "《“\"[［".contains(c);
    let is_number = is_named
        || rest.starts_with(|c: char| c.is_whitespace() || "、:：".contains(c))
            && item.starts_with(opens)
            && (levels > 2 || dashes > 0 && word.trim_start().find(|c| !is_digit(c)) == Some(1));
    // `附件1-1、2-3` names several.
    let digits = item.trim_start_matches(is_digit);
    let is_list =
        digits.len() < item.len() && digits.starts_with(['-', '－', '–', '.']) || item.starts_with("附件");
    let says = item.starts_with(|c: char| c.is_alphanumeric() || "《“\"[［(（【".contains(c));
    (levels > 1 && !is_list && is_ended && is_number && says).then(|| text.len() - item.len())
}

/// Words of which one begins with another stand behind it.
fn words() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("item_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_several_levels_open_items() {
        for (text, want) in [
            ("附件1-1　发明专利：一种装置", Some("发明专利：一种装置")),
            ("附件 3-12：陈一. 题名", Some("陈一. 题名")),
            ("4.1-2　发明专利　一种装置", Some("发明专利　一种装置")),
            ("（3-2）Title", Some("Title")),
            ("[2.3] 一种装置", Some("一种装置")),
            ("证明材料5.2、软件著作权", Some("软件著作权")),
            ("附件３－４　题名", Some("题名")),
            ("3-2 Zheng QS. Title", Some("Zheng QS. Title")),
            ("12-15. 他引9次", None),
            ("3-5 mm lesions", None),
            ("2021-03 Title", None),
            ("1.5 T MRI", None),
            ("附件：公示材料", None),
            ("附件1-1、2-3", None),
            ("附件3-2）。负责随访", None),
            ("附件3-2。负责随访", None),
        ] {
            let found = behind_composite(text).map(|from| &text[from..]);
            assert_eq!(found, want, "{text}");
        }
    }
}
