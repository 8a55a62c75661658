use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;

fn words(data: &'static str) -> HashSet<&'static str> {
    data.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

pub(super) static SURNAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../data/surnames.txt")));
pub(super) static NOT_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../data/not_names.txt")));

/// What short Han words that are no names end with.
pub(super) const THINGS: [&str; 36] = [
    "公司", "大学", "医院", "学院", "中心", "专利", "装置", "系统", "软件", "方法", "收录", "他引", "被引",
    "有效", "专著", "标准", "中国", "作者", "单位", "杂志", "学报", "研究", "防治", "治疗", "诊断", "分析",
    "盒", "器", "仪", "法", "针", "剂", "病", "症", "癌", "瘤",
];

/// Words of titles that are capitalized as names are.
pub(super) const TITLE_WORDS: [&str; 22] = [
    "a",
    "the",
    "of",
    "in",
    "and",
    "for",
    "with",
    "from",
    "study",
    "trial",
    "cancer",
    "disease",
    "therapy",
    "treatment",
    "learning",
    "imaging",
    "analysis",
    "review",
    "guidelines",
    "journal",
    "cell",
    "clinical",
];

/// A family name, with what may stand before it.
const FAMILY: &str = r"(?:(?:van|von|de|der|den|da|di|du|la|le|el|al|bin|ten|ter|dos|del)[ -]){0,2}(?:d'|O'|Mc|Mac)?[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ']*(?:-[A-Za-zÀ-ɏ']+)*";
const INITIAL: &str = r"[A-ZÀ-ÖØ-Þ]\.";

#[expect(clippy::expect_used, reason = "the patterns are constant and compiled by every test")]
fn pattern(text: &str) -> Regex {
    let text =
        text.replace("FAMILY", FAMILY).replace("INITIALS", &format!(r"{INITIAL}(?:[ -]?{INITIAL}){{0,3}}"));
    Regex::new(&text).expect("the pattern is valid")
}

/// What a name with initials looks like; the one that takes the comma along comes first.
pub(super) static INITIALS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        pattern(r"^(FAMILY(?: [A-ZÀ-ÖØ-Þ][a-zÀ-ɏ']+)?, ?INITIALS)"),
        pattern(r"^(FAMILY(?: FAMILY)? INITIALS)"),
        pattern(r"^(INITIALS ?FAMILY(?:[ -]FAMILY){0,2})"),
        pattern(
            r"^(FAMILY(?: FAMILY){0,2} (?:[A-ZÀ-ÖØ-Þ]{1,3}|[A-ZÀ-ÖØ-Þ]-[A-ZÀ-ÖØ-Þ])(?: (?:Jr|Sr|2nd|3rd|II|III))?)(?:[^A-Za-zÀ-ɏ'-]|$)",
        ),
    ]
});
pub(super) static FULL: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    [
        pattern(r"^(FAMILY, FAMILY(?: FAMILY)?|FAMILY FAMILY, FAMILY) ?[*#]? ?;"),
        pattern(r"^(FAMILY(?: (?:[A-ZÀ-ÖØ-Þ]\.?|FAMILY)){1,3})(?:[^A-Za-zÀ-ɏ'-]|$)"),
    ]
});
/// A full name with the initial of a middle one, where the list goes on behind it.
pub(super) static MIDDLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^([A-ZÀ-ÖØ-Þ][a-zÀ-ɏ']{2,}(?: [A-ZÀ-ÖØ-Þ]\.){1,2} FAMILY) ?[*#※†\d]{0,3} ?[,;、]")
});
/// A name of one word, before a comma.
pub(super) static SINGLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([A-ZÀ-ÖØ-Þ][a-zÀ-ɏ']{2,})[*#]?(?:, |、)"));
pub(super) static GROUP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:on behalf of|for) )?(?:the )?([^.,;:。、(\[]{2,80}?(?:Group|Investigators|Collaborators|Consortium|Committee|Network|Society|Association|协作组|学组|分会|委员会|研究组|工作组|专家组|联盟|协会|学会))\s?(?:[.,;。:(]|et al|等)",
    )
});
pub(super) static COMPOUND: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\p{Han}{1,8}(?:·\p{Han}{1,8}){1,3}"));
pub(super) static SPACED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\p{Han} {1,3}\p{Han})(?:\P{Han}|等|$)"));
pub(super) static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[ ,]?[*#※†‡§¶△▲☆★✉]+|[¹²³⁰⁴-⁹]+|\^?\d{1,2}\b(?:, ?\d{1,2}\b)*|[a-d]\b| ?\((?:[*#※†]|\d(?:,\d)*|共同|并列)?(?:通[讯信](?:作者)?|[Cc]orresponding(?: author)?|(?:共同|并列)?第一(?:作者)?)?\))+",
    )
});
pub(super) static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?: ?[,;、] ?(?:(?:and|&) |和|与)?| and | ?& ?| ?[和与及] ?| +)(?:(?:\.{3}|…+) ?[,;、]? ?(?:& )?)?",
    )
});
pub(super) static OTHERS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?: ?[,;、]? ?(?:and )?(?:et\.? al\b\.?|等人?|and others))"));
/// What editors are called behind their names: `陈一，李二，主编.`, `陈一 李二 编著.`
pub(super) static EDITORS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^( ?[,、]? ?\(?(?:总主编|主编|副主编|编著|编著者|主译|编译|编|著|译)\)?) ?(?:[.。:,;《]|$)")
});
