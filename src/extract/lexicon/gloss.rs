//! The English that bilingual notices print behind their Chinese labels.

use std::{collections::HashSet, sync::LazyLock};

use crate::text::is_han;

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../data/gloss_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// A label without its English: `项目名称 Project title` is 项目名称. A text whose Latin words are any others is left as
/// it is.
pub(super) fn without_gloss(text: &str) -> &str {
    let marks = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "：（），、／．".contains(c);
    if !text.trim_end_matches(marks).ends_with(|c: char| c.is_ascii_alphabetic()) {
        return text;
    }
    let Some((at, last)) = text.char_indices().rfind(|(_, c)| is_han(*c)) else { return text };
    // `卷(期) Volume(Issue)`: brackets that the Chinese has opened belong to it.
    let mut from = at + last.len_utf8();
    let opened = text[..from].matches(['(', '（']).count() > text[..from].matches([')', '）']).count();
    if opened && let Some(closing) = text[from..].find([')', '）']) {
        from += closing + text[from..][closing..].chars().next().map_or(0, char::len_utf8);
    }
    let mut words = text[from..].split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let known = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_digit()) || WORDS.contains(word.to_ascii_lowercase().as_str())
    };
    // `论文DOI` has no other name in Han.
    if text[from..].eq_ignore_ascii_case("doi") {
        return text;
    }
    let latin = text[from..].chars().all(|c| c.is_ascii_alphanumeric() || marks(c));
    if latin && words.all(known) { text[..from].trim_end() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_english_is_taken_off() {
        for (text, want) in [
            ("项目名称 Project title", "项目名称"),
            ("D. 代表性论文 Representative Papers", "D. 代表性论文"),
            ("卷(期) Volume(Issue)", "卷(期)"),
            ("发明人/著作权人 Inventors/Owners：", "发明人/著作权人"),
            ("序号 No.", "序号"),
            ("期刊 Spine", "期刊 Spine"),
            ("论文DOI", "论文DOI"),
            ("期刊 Journal of Surgery", "期刊 Journal of Surgery"),
            ("Project title", "Project title"),
            ("项目名称", "项目名称"),
            ("一种装置 A", "一种装置 A"),
            ("", ""),
        ] {
            assert_eq!(without_gloss(text), want, "{text}");
        }
    }
}
