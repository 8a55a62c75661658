//! Lists of names in one cell or line.

use super::{
    names::{has_family_name, is_editor, without_editor},
    surname,
    value::{is_nothing, is_title},
};
use crate::text::{Passage, is_han};

/// Splits a list of names: at `；` where there is one, else at commas too.
pub(super) fn split_list(passage: &Passage) -> Vec<Passage> {
    let passage = &with_whole_names(passage);
    let text = passage.text();
    if is_nothing(text.trim()) {
        return Vec::new();
    }
    let parts = if text.contains([';', '；']) {
        passage.split(|c| matches!(c, ';' | '；' | '、' | '\n'))
    } else {
        with_initials(passage.split(|c| matches!(c, '、' | ',' | '，' | '\n')))
    };
    parts.into_iter().flat_map(blank_parted).collect()
}

/// Splits `陈一 李二三`, where each word is a name: `李 明` and `欧阳 明` are one.
fn blank_parted(part: Passage) -> Vec<Passage> {
    let words: Vec<&str> = part.text().split_whitespace().collect();
    // How parts of names in other languages often begin, which are family names too: `麦麦提 艾力`.
    const SOUNDS: [char; 12] = ['麦', '买', '艾', '阿', '古', '木', '帕', '米', '热', '努', '库', '依'];
    let is_name = |word: &&str| {
        let count = word.chars().count();
        (2..=4).contains(&count) && word.chars().all(is_han) && has_family_name(word) && !is_title(word)
    };
    let is_family_name = |word: &str| surname(word) == Some(word.len());
    let is_pair = || !is_family_name(words[0]) && !words.iter().any(|word| word.starts_with(SOUNDS));
    if words.len() < 2 || !words.iter().all(is_name) || words.len() == 2 && !is_pair() {
        return vec![part];
    }
    part.split(char::is_whitespace).into_iter().filter(|word| !word.is_blank()).collect()
}

/// Splits a list of names, without the word for editors behind one: `陈一、李二（主编）`, `陈一主编`.
pub(super) fn split_names(passage: &Passage) -> Vec<Passage> {
    let bare = |name: Passage| {
        let text = name.text().trim_end_matches(['）', ')']);
        let text = text.trim_end_matches(['（', '(']);
        let length = without_editor(text).trim_end_matches(['（', '(', ' ']).len();
        if length < text.len() { name.slice(0..length) } else { name }
    };
    split_list(passage).into_iter().filter(|name| !is_editor(name.text())).map(bare).collect()
}

/// Joins the lines of a list where a line end has cut a name: one character is none.
fn with_whole_names(passage: &Passage) -> Passage {
    const MARKS: [char; 6] = ['、', '，', ',', ';', '；', ' '];
    let mut whole = Passage::default();
    for line in passage.split(|c| c == '\n') {
        let before = whole.text().rsplit(|c| MARKS.contains(&c) || c == '\n').next().unwrap_or_default();
        let after = line.text().split(|c| MARKS.contains(&c)).next().unwrap_or_default();
        let is_one = |part: &str| part.chars().count() == 1 && part.chars().all(is_han);
        let is_han_joint = before.ends_with(is_han) && after.starts_with(is_han);
        let is_cut = is_han_joint && (is_one(before) || is_one(after));
        whole.append(if is_cut { "" } else { "\n" }, &line);
    }
    whole
}

/// Joins initials to the family name before their comma: `Zheng, Q. S., Luo, Y.`.
fn with_initials(parts: Vec<Passage>) -> Vec<Passage> {
    let initials = |text: &str| {
        let mut letters = text.split(['.', ' ', '-']).filter(|letter| !letter.is_empty());
        text.ends_with('.')
            && text.len() <= 12
            && letters.all(|letter| letter.len() == 1 && letter.chars().all(|c| c.is_ascii_uppercase()))
    };
    let mut names: Vec<Passage> = Vec::with_capacity(parts.len());
    for part in parts {
        match names.last_mut() {
            Some(name) if initials(part.text()) && !name.text().contains(['.', ',']) => {
                name.append(", ", &part);
            }
            _ => names.push(part),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_named_without_what_they_are() {
        for (printed, want) in [
            ("陈一主编", vec!["陈一"]),
            ("陈一、李二（主编）", vec!["陈一", "李二"]),
            ("陈一，李二，主编", vec!["陈一", "李二"]),
            ("陈一（通讯）、李二", vec!["陈一（通讯）", "李二"]),
        ] {
            let names = split_names(&Passage::new(printed, 0));
            assert_eq!(names.iter().map(Passage::text).collect::<Vec<_>>(), want, "{printed}");
        }
    }

    #[test]
    fn names_may_be_parted_by_blanks() {
        for (text, want) in [
            ("司徒文博 陆怀瑾 梁一", "司徒文博|陆怀瑾|梁一"),
            ("欧阳 文博", "欧阳 文博"),
            ("李 明", "李 明"),
            ("麦麦提 艾力、陈一", "麦麦提 艾力|陈一"),
            ("王磊 李明，张三", "王磊|李明|张三"),
            ("甲大学 乙医院", "甲大学 乙医院"),
        ] {
            let names = split_names(&Passage::new(text, 0));
            assert_eq!(names.iter().map(Passage::text).collect::<Vec<_>>().join("|"), want);
        }
    }

    #[test]
    fn lists_split_at_their_own_separator() {
        for (printed, want) in [
            ("Zhou A; Lee B, C", vec!["Zhou A", "Lee B, C"]),
            ("Zheng, Q. S., Luo, Y.-M.", vec!["Zheng, Q. S.", "Luo, Y.-M."]),
            ("Zheng Q., Luo Y.", vec!["Zheng Q.", "Luo Y."]),
            ("李明、王芳", vec!["李明", "王芳"]),
            ("李明, 王芳,", vec!["李明", "王芳"]),
            ("李明、王\n芳芳、陈二\n三", vec!["李明", "王芳芳", "陈二三"]),
            ("李明\n王芳\n欧阳三四", vec!["李明", "王芳", "欧阳三四"]),
        ] {
            let parts = split_list(&Passage::new(printed, 0));
            assert_eq!(parts.iter().map(Passage::text).collect::<Vec<_>>(), want);
        }
    }
}
