//! Cells of which one has run into the next, as where both were full and a page was copied as text.

use super::{
    entry::Entry,
    lexicon::Field,
    table::{category_and_country, fit},
};
use crate::text::{Passage, begins_like_year, is_han, parse_date};

/// Parts the number of a right from its date, and its category from its country.
pub(super) fn right(entry: &mut Entry) {
    if let Some((number, date)) = entry.get(Field::GrantNumber).and_then(dated) {
        entry.supply(Field::GrantDate, &date);
        entry.replace(Field::GrantNumber, number);
    }
    if !entry.has(Field::Country)
        && let Some((category, country)) = entry.get(Field::IpCategory).and_then(category_and_country)
    {
        entry.replace(Field::IpCategory, category);
        entry.supply(Field::Country, &country);
    }
}

/// `ZL201710123456.72019-10-25`
fn dated(cell: &Passage) -> Option<(Passage, Passage)> {
    let text = cell.text();
    let mut places = text.char_indices().skip(1).map(|(at, _)| at);
    let at = places.find(|&at| {
        let date = &text[at..];
        begins_like_year(date)
            && date.get(4..).is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric() || c == '年'))
            && parse_date(date).is_some()
            && fit(Field::GrantNumber, text[..at].trim_end()) >= 1.0
    })?;
    Some((cell.slice(0..at).trimmed(), cell.slice(at..text.len())))
}

/// `6.3陈一、李二`: parts the impact factor of a paper from its authors.
pub(super) fn paper(entry: &mut Entry) {
    let Some(cell) = entry.get(Field::Authors).filter(|_| !entry.has(Field::ImpactFactor)) else { return };
    let text = cell.text();
    let at = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    if text[..at].contains('.')
        && text[at..].starts_with(is_han)
        && fit(Field::ImpactFactor, &text[..at]) >= 1.0
    {
        let (factor, authors) = (cell.slice(0..at), cell.slice(at..text.len()));
        entry.replace(Field::Authors, authors);
        entry.supply(Field::ImpactFactor, &factor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(part: fn(&mut Entry), field: Field, text: &str, other: Field) -> [String; 2] {
        let mut entry = Entry::default();
        entry.add(field, &Passage::new(text, 0));
        part(&mut entry);
        [field, other].map(|field| entry.get(field).map_or_else(String::new, |cell| cell.text().to_owned()))
    }

    #[test]
    fn a_number_is_parted_from_the_date_behind_it() {
        for (text, want) in [
            ("ZL201710123456.72019-10-25", ["ZL201710123456.7", "2019-10-25"]),
            ("ZL201710123456.7 2019年10月25日", ["ZL201710123456.7", "2019年10月25日"]),
            ("2020SR01234562020-04-17", ["2020SR0123456", "2020-04-17"]),
            ("ZL201710123456.7", ["ZL201710123456.7", ""]),
            ("1234567819", ["1234567819", ""]),
            ("T/CMA 12-2021", ["T/CMA 12-2021", ""]),
        ] {
            assert_eq!(read(right, Field::GrantNumber, text, Field::GrantDate), want, "{text}");
        }
    }

    #[test]
    fn a_category_is_parted_from_the_country_within_it() {
        for (text, want) in [
            ("发明专利中国", ["发明专利", "中国"]),
            ("软件著作中国权", ["软件著作权", "中国"]),
            ("中国发明专利美国", ["中国发明专利", "美国"]),
            ("中国发明专利", ["中国发明专利", ""]),
            ("国际专利", ["国际专利", ""]),
        ] {
            assert_eq!(read(right, Field::IpCategory, text, Field::Country), want, "{text}");
        }
    }

    #[test]
    fn a_factor_is_parted_from_the_authors_behind_it() {
        for (text, want) in [
            ("6.3陈一、李二", ["陈一、李二", "6.3"]),
            ("1陈一、2李二", ["1陈一、2李二", ""]),
            ("陈一、李二", ["陈一、李二", ""]),
        ] {
            assert_eq!(read(paper, Field::Authors, text, Field::ImpactFactor), want, "{text}");
        }
    }
}
