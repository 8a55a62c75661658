//! What is certain of a value by its words: a right's category, a country, a title, an institution, a deed.

use std::{collections::HashSet, sync::LazyLock};

use crate::{
    extract::{
        ip_number::numbers,
        lexicon::Field,
        listing::{is_institution_name, is_person_name},
        right::words,
        sentence::{is_deed, is_post},
        value::is_title,
    },
    text::{Passage, boundary},
};

/// No value that is known by its words is longer, in bytes.
const LONGEST: usize = 180;

/// How well a text suits a column whose values are known by their words: about 1 where it is known, little where
/// it may be another, below 0 where it holds more than one value. `None` of other columns.
pub(super) fn known(field: Field, text: &str) -> Option<f64> {
    let is_known: fn(&str) -> bool = match field {
        Field::IpCategory => is_category,
        Field::Country => |text| among(&COUNTRIES, text),
        Field::Validity => |text| among(&STATES, text),
        Field::GrantNumber => is_number,
        Field::Titles => |text| parts(text).all(is_title),
        Field::Post => |text| parts(text).all(|part| is_post(part) && !is_institution_name(part)),
        Field::Employer | Field::Institution | Field::InstitutionName => is_institution_name,
        Field::Owner => |text| parts(text).all(|part| is_institution_name(part) || is_person_name(part)),
        Field::Name => is_person_name,
        // What somebody did is known by its beginning.
        Field::Contribution => return Some(if is_deed(&text[..boundary(text, 120)]) { 1.0 } else { 0.3 }),
        _ => return None,
    };
    // Of a text that is not known, and of one that is: a name in Latin letters is long.
    let (few, most) = match field {
        Field::Name => (12, 40),
        Field::Country | Field::Validity => (12, 12),
        Field::IpCategory | Field::Titles | Field::Post => (24, 24),
        _ => (60, 60),
    };
    let is_longer = |count: usize| text.chars().nth(count).is_some();
    if text.len() > LONGEST || is_longer(most) {
        return Some(-0.3);
    }
    if is_known(text) {
        // Of `软件` and `软件著作权`, the longer one.
        return Some(1.0 + 0.005 * text.chars().take(20).count() as f64);
    }
    let is_figure = field != Field::GrantNumber && text.parse::<f64>().is_ok();
    Some(if is_figure || is_longer(few) { -0.3 } else { 0.2 })
}

fn among(list: &LazyLock<HashSet<&str>>, text: &str) -> bool {
    list.contains(text)
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '；', ';', '/', '／', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// `发明专利`, `中国发明专利（PCT）`
fn is_category(text: &str) -> bool {
    let bare = text.split(['（', '(']).next().unwrap_or_default().trim();
    let own = COUNTRIES.iter().find_map(|country| bare.strip_prefix(country));
    [text, bare].into_iter().chain(own).any(|text| among(&CATEGORIES, text))
}

/// `发明专利中国`, `软件著作中国权`: the category of a right into which its country has run, and the country.
pub(in crate::extract) fn category_and_country(cell: &Passage) -> Option<(Passage, Passage)> {
    let text = cell.text();
    if text.len() > LONGEST || is_category(text) {
        return None;
    }
    COUNTRIES.iter().find_map(|country| {
        let (at, _) = text.rmatch_indices(country).next().filter(|(at, _)| *at > 0)?;
        let end = at + country.len();
        let mut category = cell.slice(0..at);
        category.append("", &cell.slice(end..text.len()));
        is_category(category.text()).then(|| (category, cell.slice(at..end)))
    })
}

/// All of the text is one number of a right.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.bytes().filter(u8::is_ascii_digit).count() >= 4
        && numbers(text).first().is_some_and(|found| found.start == 0 && found.end == text.len())
}

static CATEGORIES: LazyLock<HashSet<&str>> = LazyLock::new(|| words("category").collect());
static COUNTRIES: LazyLock<HashSet<&str>> = LazyLock::new(|| words("countries").collect());
static STATES: LazyLock<HashSet<&str>> = LazyLock::new(|| words("state").collect());
