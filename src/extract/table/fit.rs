use std::sync::LazyLock;

use regex::Regex;

use super::known::known;
use crate::{
    extract::{citation::word_group, doi::doi, lexicon::Field, listing::is_institution_name},
    text::{is_han, parse_date},
};

/// How well a value suits a column: 1 certainly, 0 perhaps, -1 certainly not.
pub(in crate::extract) fn fit(field: Field, text: &str) -> f64 {
    static LOCATOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^\d{4}\s*年?[\s,，;；:：.、]*[A-Za-z]?[\d()（）:：,，;；\s\-–~—A-Za-z卷期页第号月]*\.?$")
            .ok()
    });
    // `38(7): 21-25`: the year has a column of its own.
    static YEARLESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^(?:第|Vol\.?)?\s*\d{1,4}\s*(?:卷|[(（][^()（）]{1,12}[)）]|[:：])[\d()（）:：,，;；\s\-–~—A-Za-z卷期页第号]*\.?$",
        )
        .ok()
    });
    let text = text.trim();
    if text.is_empty() {
        return -0.1;
    }
    let sure = |yes: bool| if yes { 1.0 } else { -1.0 };
    let likely = |yes: bool| if yes { 0.6 } else { -0.3 };
    if let Some(fit) = known(field, text) {
        return fit;
    }
    let number = text.parse::<f64>();
    match field {
        Field::Number | Field::Rank | Field::Citations | Field::SciCitations => {
            sure(text.parse::<u32>().is_ok() || is_wide_number(text))
        }
        // `——`: there is none.
        Field::Doi if text.chars().all(|c| "-–—/无".contains(c)) => 0.9,
        // One that the text opens with is surer.
        Field::Doi => doi(text).map_or(-1.0, |doi| if doi.whole.start == 0 { 1.0 } else { 0.9 }),
        Field::Year => sure(parse_date(text).is_some_and(|date| date.day.is_none())),
        Field::ImpactFactor => sure(number.is_ok() || matches!(text, "无" | "/" | "-")),
        Field::ForeignCorresponding => sure(matches!(text, "是" | "否" | "无")),
        // `2018年10月15`: the line ends before 日.
        Field::GrantDate | Field::Published
            if text.contains('月') && text.ends_with(|c: char| c.is_ascii_digit()) =>
        {
            0.6
        }
        Field::GrantDate | Field::Published => sure(parse_date(text).is_some()),
        Field::YearLocator => {
            let is = |form: &Option<Regex>| form.as_ref().is_some_and(|form| form.is_match(text));
            sure(number.is_err() && !is_wide_number(text) && (is(&LOCATOR) || is(&YEARLESS)))
        }
        Field::Authors
        | Field::CorrespondingAuthors
        | Field::FirstAuthors
        | Field::DomesticAuthors
        | Field::Holders => {
            // `Wang` alone is half a name.
            let half = text.len() > 1 && text.chars().all(|c| c.is_ascii_alphabetic());
            // `路三,池`: a name is cut.
            let last = text.rsplit(['、', ',', '，', ';', '；']).next().unwrap_or_default().trim();
            let half = half || last.chars().count() == 1 && last.starts_with(is_han);
            // `陈一李二`: two names that nothing parts, but for owners that are institutions.
            let half =
                half || field != Field::Holders && last.chars().count() > 4 && last.chars().all(is_han);
            let half = half || cuts_names(field, text);
            let suits = likely(!half && !text.chars().any(|c| matches!(c, '0'..='9' | '０'..='９')));
            // `Zheng QS,` goes on, `QS Zheng QS` has begun before.
            let first = text.split(' ').next().unwrap_or_default();
            let begun =
                first.len() <= 3 && first.len() < text.len() && first.chars().all(|c| c.is_ascii_uppercase());
            match () {
                () if suits > 0.0 && text.ends_with([',', '，', '、', ';', '；']) => 0.3,
                () if suits > 0.0 && begun => 0.5,
                () => suits,
            }
        }
        Field::Journal if text.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            if is_name_of_words(text) {
                // Of `Planning` and `Health Policy and Planning`, the longer one.
                let words = text.split_whitespace().take(8).count();
                0.6 + if PLACES.iter().any(|place| text.starts_with(place)) || text.contains(char::is_numeric)
                {
                    0.0
                } else {
                    0.01 * words as f64
                }
            } else {
                0.3
            }
        }
        // `一种方法⏎中华甲杂志`: where the name of a journal may begin.
        Field::Journal if is_han_journal(text) => 0.8,
        Field::Database if text.split(['/', '、', ',', '，']).all(is_index) => 1.0,
        Field::Journal | Field::Database => likely(number.is_err() && text.chars().count() <= 60),
        _ => likely(number.is_err()),
    }
}

/// Tells whether a list of names begins or ends within one, or holds what is none: `慧，李二`, `古丽·`, `Claire 王三`,
/// `检测芯片李二` of a right.
fn cuts_names(field: Field, text: &str) -> bool {
    /// Few names in Han have more characters (阿卜杜热合曼), and all that is told of a right has.
    const LONGEST: usize = 5;
    let is_cut = |part: &str| {
        let part = part.trim();
        let (latin, han) = part.split_at(part.find(is_han).unwrap_or(part.len()));
        // `V1.0 甲大学`
        let is_glued = latin.ends_with(' ')
            && !han.is_empty()
            && latin.trim_end().chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
        // `试剂盒（荧光法）甲科技有限公司`
        let behind = part.rfind([')', '）']).map_or("", |at| part[at..].trim_start_matches([')', '）']));
        let is_glued = is_glued
            || field == Field::Holders
                && behind.chars().nth(LONGEST).is_some()
                && is_institution_name(behind);
        let is_none = || {
            field == Field::Holders
                && part.chars().all(is_han)
                && part.chars().nth(LONGEST).is_some()
                && !is_institution_name(part)
        };
        is_glued || is_none()
    };
    let mut parts = text.split(['、', ',', '，', ';', '；']);
    let first = parts.clone().next().unwrap_or_default().trim();
    let begins_within = first.len() < text.len() && first.chars().all(is_han) && first.chars().count() == 1;
    begins_within || text.ends_with(['·', '•']) || parts.any(is_cut)
}

/// `１２`
fn is_wide_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '０'..='９'))
}

/// `SCI`, `Web of Science`: what lists journals.
fn is_index(text: &str) -> bool {
    let text = text.trim();
    text.eq_ignore_ascii_case("Web of Science") || word_group("index").any(|word| word == text)
}

fn is_han_journal(text: &str) -> bool {
    text.chars().take(21).count() <= 20
        && word_group("journal_ends").any(|word| text.ends_with(word))
        && word_group("journal_opens").any(|word| text.starts_with(word))
}

/// What a title may end with before the name of a journal.
const PLACES: [&str; 8] =
    ["China ", "Chinese ", "Japan ", "Korea ", "India ", "Taiwan ", "COVID-19 ", "Asia "];

/// `Health Policy and Planning`: the words of a journal's name are capitalized, those of a title are not.
fn is_name_of_words(text: &str) -> bool {
    const SMALL: [&str; 12] = ["of", "and", "the", "in", "for", "on", "to", "et", "de", "der", "für", "&"];
    let begins = |word: &str| text.starts_with(word) && text[word.len()..].starts_with(' ');
    !SMALL.iter().any(|word| begins(word) && *word != "&")
        && text
            .split_whitespace()
            .all(|word| SMALL.contains(&word) || !word.starts_with(|c: char| c.is_lowercase()))
}
