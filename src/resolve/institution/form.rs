use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{authority, place};
use crate::text::{fold_key, parse_integer};

/// Brings a name to the form in which spellings that follow a rule are equal: script, width and marks; Han
/// numerals; 中国人民解放军; 附属; a university under its former or its short name; a place said at length.
pub(super) fn form(name: &str) -> String {
    let key = plain(name);
    let key = authority::under_present_name(&key).unwrap_or(key);
    place::shortened(&affiliated(&key))
}

/// Folds a name, without marks, with numbers in digits and without the army before a service of it.
pub(super) fn plain(name: &str) -> String {
    military(&numbered(&without_marks(&fold_key(name))))
}

/// Leaves out quotes and dots, and the brackets of what stands within a name: 甲(天津)公司.
fn without_marks(key: &str) -> String {
    let marks =
        |c: &char| !matches!(c, '·' | '•' | '“' | '”' | '"' | '\'' | '「' | '」' | '.' | '。' | ',' | '*');
    let key: String = key.chars().filter(marks).collect();
    let end = key.rfind(')').map_or(0, |at| at + 1);
    let inner = key.rfind('(').map_or("", |at| &key[at + 1..end.max(at + 2) - 1]);
    let key = if end < key.len() || place::is_place(inner) { key.replace(['(', ')'], "") } else { key };
    // 第— is what a reader of pictures makes of 第一.
    key.replace("有限责任公司", "有限公司")
        .replace("第—", "第一")
        .replace("第―", "第一")
        .replace("第ー", "第一")
}

/// Writes Han numerals in digits, where they number something.
fn numbered(key: &str) -> String {
    let numeral = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百○".contains(c);
    let mut written = String::with_capacity(key.len());
    let mut rest = key;
    while let Some((at, word)) =
        ["第", "解放军"].iter().filter_map(|word| Some((rest.find(word)?, word))).min()
    {
        let (before, behind) = rest.split_at(at + word.len());
        let end = behind.find(|c| !numeral(c)).unwrap_or(behind.len());
        written.push_str(before);
        match parse_integer(&behind[..end]) {
            Some(number) => written.push_str(&number.to_string()),
            None => written.push_str(&behind[..end]),
        }
        rest = &behind[end..];
    }
    written + rest
}

fn military(key: &str) -> String {
    static ARMY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^解放军(陆军|海军|空军|火箭军|联勤|战略支援|第\d军医大学|[东南西北中]部战区|[^第\d]{2}军区|军事)").ok()
    });
    static HOSPITAL: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^解放军第?(\d{1,3})(?:中心)?医院$").ok());
    let key = key.replace("中国人民解放军", "解放军").replace("中国人民武装警察部队", "武警");
    let key = replaced(&ARMY, &["解放军"], &key, |found| found[1].to_owned());
    replaced(&HOSPITAL, &["解放军"], &key, |found| {
        // The hospitals of the 联勤保障部队 are those numbered 900 and up; 中心医院 was a rank.
        let service =
            if found[1].len() == 3 && found[1].starts_with('9') { "联勤保障部队" } else { "解放军" };
        format!("{service}第{}医院", &found[1])
    })
}

/// Writes what belongs to a university in one way: 附属第一医院, 第一附属医院 and 附一院 are 第1医院, a named
/// 附属甲医院 is 甲医院. A bare 附属医院 stays: 甲大学医院 is another one.
fn affiliated(key: &str) -> String {
    static SCHOOL: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"大学医学院(附属.+|第\d+附属.+|.*医院)$").ok());
    static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(大学|学院)(?:附属第(\d+)医院|第(\d+)附属医院|附?属?第?([一二三四五六七八九十]|\d{1,2})附?属?医?院)$").ok()
    });
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(大学|学院)附属(.{2,})$").ok());
    let key = key.replace("大附属", "大学附属");
    let key = replaced(&SCHOOL, &["大学医学院"], &key, |found| format!("大学{}", &found[1]));
    let key = replaced(&NUMBERED, &["大学", "学院"], &key, |found| {
        let number = (2..=4).find_map(|group| found.get(group)).map_or("", |number| number.as_str());
        let number = parse_integer(number).map_or_else(|| number.to_owned(), |number| number.to_string());
        format!("{}第{number}医院", &found[1])
    });
    replaced(&NAMED, &["附属"], &key, |found| {
        let bare = ["医院", "学校", "小学", "中学"].iter().any(|word| found[2].starts_with(word));
        let joint = if bare { "附属" } else { "" };
        format!("{}{joint}{}", &found[1], &found[2])
    })
}

/// Replaces what the pattern finds in a text that holds one of `words`: most texts do not, and looking for a word
/// is quicker. Every pattern here is a literal; one that did not compile would leave names as they are, and fail
/// the tests.
fn replaced(
    pattern: &LazyLock<Option<Regex>>,
    words: &[&str],
    text: &str,
    by: impl Fn(&Captures<'_>) -> String,
) -> String {
    if !words.iter().any(|word| text.contains(word)) {
        return text.to_owned();
    }
    match pattern.as_ref() {
        Some(pattern) => pattern.replace(text, |found: &Captures<'_>| by(found)).into_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_by_rule_have_one_form() {
        for (one, other) in [
            ("天津市天津医院", "天津醫院"),
            ("上海市第六人民医院", "上海第6人民医院"),
            ("甲大学附属第一医院", "甲大学第一附属医院"),
            ("甲大学附属第一医院", "甲大学第一医院"),
            ("甲大学附属第一医院", "甲大学附一院"),
            ("甲大学第二附属医院", "甲大学二附院"),
            ("甲大学医学院附属第二医院", "甲大学附属第二医院"),
            ("甲大学医学院附属乙医院", "甲大学乙医院"),
            ("甲大学附属肿瘤医院", "甲大学肿瘤医院"),
            ("甲科技（天津）有限公司", "甲科技(天津)有限责任公司"),
            ("甲科技（天津）有限公司", "甲科技天津有限公司"),
            ("中国人民解放军总医院", "解放军总医院"),
            ("中国人民解放军联勤保障部队第九〇〇医院", "解放军第九〇〇医院"),
            ("解放军三〇一医院", "中国人民解放军第三零一医院"),
            ("解放军第一五〇中心医院", "解放军第150医院"),
            ("中国人民解放军陆军军医大学", "陆军军医大学"),
            ("甲医科大附属第一医院", "甲医科大学第一附属医院"),
            ("甲大学附属第—医院", "甲大学附属第一医院"),
            ("浙江省杭州市第一人民医院", "杭州市第一人民医院"),
            ("甲省医学科学院·甲省人民医院", "甲省医学科学院甲省人民医院"),
        ] {
            assert_eq!(form(one), form(other), "{one} {other}");
        }
    }

    #[test]
    fn other_bodies_have_other_forms() {
        for (one, other) in [
            ("甲大学", "甲大学第一医院"),
            ("甲大学", "甲大学医学院"),
            ("甲大学附属医院", "甲大学医院"),
            ("甲大学附属医院", "甲大学附属第一医院"),
            ("甲大学附属第一医院", "甲大学附属第一人民医院"),
            ("甲大学附属第一医院", "甲大学附属第二医院"),
            ("南方医科大学", "南方医院"),
            ("吉林省人民医院", "吉林市人民医院"),
            ("甲科技股份有限公司", "甲科技有限公司"),
            ("甲科技（天津）有限公司", "甲科技（上海）有限公司"),
            ("解放军第一〇一医院", "解放军第一〇二医院"),
            ("长沙市人民医院", "长沙县人民医院"),
        ] {
            assert_ne!(form(one), form(other), "{one} {other}");
        }
    }

    #[test]
    fn a_form_stays_as_it_is() {
        for name in [
            "甲大学医学院附属第一医院",
            "天津市天津医院",
            "解放军301医院",
            "甲科技(天津)有限公司",
            "",
            "A, B",
        ] {
            let once = form(name);
            assert_eq!(form(&once), once, "{name}");
        }
    }
}
