/// No list of supporting material is longer.
const MAX_RANGE: u32 = 100;

/// How a token of the supporting material is asked for: `附件` with the token as printed and, of a range
/// (`4.1-3`), with each of its numbers.
pub(super) fn references(token: &str) -> Vec<String> {
    let token: String = token.chars().filter(|c| !c.is_whitespace()).collect();
    let token = token.trim_start_matches("附件");
    let mut references = vec![format!("附件{token}")];
    for number in expanded(token).unwrap_or_default() {
        let reference = format!("附件{number}");
        if !references.contains(&reference) {
            references.push(reference);
        }
    }
    references
}

/// The numbers of a range: `4.1-3` and `4.1-4.3` are 4.1, 4.2 and 4.3, `3-1至3-4` are 3-1 to 3-4.
fn expanded(token: &str) -> Option<Vec<String>> {
    let dashes = ['-', '－', '–'];
    let range = token.split_once(['—', '~', '～', '〜', '至', '到']);
    let (from, to) = range.or_else(|| token.split_once(dashes))?;
    let chapter_ends = |c: char| c == '.' || range.is_some() && dashes.contains(&c);
    let number = from.rsplit(chapter_ends).next().unwrap_or(from);
    let (chapter, first) = from.split_at(from.len() - number.len());
    let to = to.trim_start_matches("附件");
    let last = to.strip_prefix(chapter).unwrap_or(to);
    let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    let sound = first <= last && last - first <= MAX_RANGE;
    sound.then(|| (first..=last).map(|number| format!("{chapter}{number}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_found_by_each_number() {
        for (token, want) in [
            ("4.19", "附件4.19"),
            ("4.1-3", "附件4.1-3 附件4.1 附件4.2 附件4.3"),
            ("附件 4.1-4.2", "附件4.1-4.2 附件4.1 附件4.2"),
            ("1-2", "附件1-2 附件1 附件2"),
            ("4.3-1", "附件4.3-1"),
            ("1-99999", "附件1-99999"),
            ("3-1 至 附件3-3", "附件3-1至附件3-3 附件3-1 附件3-2 附件3-3"),
            ("4.1—4.2", "附件4.1—4.2 附件4.1 附件4.2"),
            ("专利证书", "附件专利证书"),
        ] {
            assert_eq!(references(token).join(" "), want, "{token}");
        }
    }
}
