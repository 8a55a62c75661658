use std::sync::LazyLock;

use regex::Regex;

use crate::extract::lexicon::{Entity, Field, Lexicon};

/// What a label beside a right means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Field(Field),
    /// Of the application, not of the grant.
    OtherDate,
    OtherNumber,
}

pub(super) fn label(word: &str) -> Option<Label> {
    // `授权(发布)日期`
    if let Some((head, rest)) = word.split_once('(')
        && let Some((_, tail)) = rest.split_once(')')
    {
        return label(&format!("{head}{tail}"));
    }
    const OTHER_NUMBERS: [&str; 5] = ["申请号", "专利申请号", "公开号", "国际公布号", "专利申请公布号"];
    if OTHER_NUMBERS.contains(&word) {
        return Some(Label::OtherNumber);
    }
    for (group, meaning) in [
        ("grant_number", Label::Field(Field::GrantNumber)),
        ("grant_date", Label::Field(Field::GrantDate)),
        ("other_date", Label::OtherDate),
        ("holders", Label::Field(Field::Holders)),
        ("owner", Label::Field(Field::Owner)),
        ("ip_title", Label::Field(Field::IpTitle)),
        ("ip_category", Label::Field(Field::IpCategory)),
        ("country", Label::Field(Field::Country)),
        ("certificate", Label::Field(Field::Certificate)),
        ("validity", Label::Field(Field::Validity)),
    ] {
        if words(group).any(|known| known == word) {
            return Some(meaning);
        }
    }
    let meanings = Lexicon::get().label(word);
    let known = meanings.iter().find(|(entity, _)| *entity == Entity::Ip).map(|&(_, field)| field);
    known.filter(|&field| field != Field::Number).map(Label::Field)
}

/// The words of a group of `data/right_words.txt`.
pub(in crate::extract) fn words(group: &str) -> impl Iterator<Item = &'static str> {
    include_str!("../data/right_words.txt")
        .lines()
        .filter_map(move |line| line.split_once('\t').filter(|(name, _)| *name == group))
        .flat_map(|(_, words)| words.split_whitespace())
}

/// Tells whether a line opens with the category of a right by itself: `发明专利；ZL…`.
pub(in crate::extract) fn opens_with_category(text: &str) -> bool {
    let ends =
        |rest: &str| rest.is_empty() || rest.starts_with(|c| "；;，,、 （(：:|｜/\u{3000}".contains(c));
    words("category").any(|word| text.strip_prefix(word).is_some_and(ends))
}

fn any_of(group: &str) -> String {
    let mut words: Vec<String> = words(group).map(regex::escape).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}

const DATE_FORM: &str = r"(?:19|2[0O])\d\d ?(?:[-./] ?[\dOl]{1,2}(?: ?[-./] ?[\dOl]{1,2})?|年 ?(?:\d{1,2} ?月(?: ?\d{1,2} ?日)?)?)";

#[expect(clippy::expect_used, reason = "the patterns are constant and compiled by every test")]
fn pattern(text: &str) -> Regex {
    let mut text = text.replace("DATE_FORM", DATE_FORM);
    for (name, group) in [
        ("CATEGORY", "category"),
        ("COUNTRY", "countries"),
        ("DATE_LABEL", "grant_date"),
        ("STATE", "state"),
        ("HOLDERS", "holders"),
        ("OWNER", "owner"),
    ] {
        text = text.replace(name, &any_of(group));
    }
    Regex::new(&text).expect("the pattern is valid")
}

pub(super) static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ *(?:已获?)?(?:(?P<country>COUNTRY) ?)??(?P<category>CATEGORY)(?P<certificate>(?:登记)?(?:证书)?) ?(?:\((?P<bracketed_number>\d{1,2})\)|(?P<number>\d{1,2})\b)?(?:(?P<after> ?[:：]| ?-{1,2}| )|(?:[《“(]))|^ *[\[(](?:(?P<bracketed_country>COUNTRY) ?)??(?P<bracketed>CATEGORY)[\])]",
    )
});
pub(super) static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[,;。.()\[\]、\s])(\p{Han}[\p{Han}/]{1,11}(?:\([\p{Han}/]{1,6}\)\p{Han}{1,4})?|ISBN)(?: ?\([^()]{1,12}\))? ?(?:[:]|为:?)",
    )
});
/// Who holds a right, named without a colon.
pub(super) static BARE_LABEL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[,;。(\[\s])((?:HOLDERS|OWNER)) ?(?:\p{Han}|[A-Z])"));
/// A date of grant, named without a colon.
pub(super) static BARE_DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[,;。(\[\s])((?:DATE_LABEL) ?(DATE_FORM))"));
pub(super) static DATE: LazyLock<Regex> = LazyLock::new(|| pattern("DATE_FORM"));
pub(super) static DATE_PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:DATE_LABEL|授权|获批|登记|发布)? ?(DATE_FORM) ?(?:授权公告|授权|获批|获准|登记|发布|公告|颁布|批准|获授权)?$",
    )
});
pub(super) static CATEGORY_PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:(?:(?P<country>COUNTRY) ?)??(?P<category>CATEGORY)(?:登记证书|证书)?|(?P<only>COUNTRY))$")
});
/// What opens a sentence about rights rather than the title of one.
pub(super) static COUNTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:已|共|并|其中)*(?:获|取得|申请|授权|拥有|形成)|\d ?余?[项件]"));
pub(super) static STATE_PART: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:STATE|[PSZ](?: ?/ ?OL)?)$"));
