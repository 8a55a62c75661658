use super::{
    combined,
    entry::Entry,
    ip_number::{canonical_number, other_check_digit, other_kind},
    lexicon::Field,
    listing::{is_institution_name, is_person_name},
    name_list::split_names,
    names::has_family_name,
    value::{Taker, is_nothing, numbered_by_order, without_han_spaces},
};
use crate::{
    domain::{Ip, Provenance, Warning},
    text::{Passage, parse_date},
};

/// Understands the intellectual property (知识产权).
pub(super) fn ip(entries: &[Entry], warnings: &mut Vec<Warning>) -> Vec<Ip> {
    let entries: Vec<Entry> = entries.iter().map(combined::ip).collect();
    let titled = entries.iter().filter(|entry| entry.has(Field::IpTitle) || entry.has(Field::GrantNumber));
    let mut rights: Vec<Ip> = titled.enumerate().map(|(at, entry)| right(at, entry, warnings)).collect();
    numbered_by_order(rights.iter_mut().map(|right| &mut right.number));
    rights
}

fn right(at: usize, entry: &Entry, warnings: &mut Vec<Warning>) -> Ip {
    let mut provenance = Provenance::default();
    let mut take = Taker { path: format!("ip[{at}]"), provenance: &mut provenance, warnings };
    if entry.merged {
        take.warn("row-merged", "title", "the row was cut by a page break and put together again");
    }
    let category =
        take.repaired("category", entry.get(Field::IpCategory), "space-removed", without_han_spaces);
    let country = take.repaired("country", entry.get(Field::Country), "space-removed", without_han_spaces);
    let (number, own) = numbers(entry);
    let grant_number = take.repaired("grant_number", own, "number-repaired", canonical_number);
    compare(&mut take, grant_number.as_deref(), category.as_deref());
    // `授权⏎日期：2018年2月13日，`: what parts it from the next fact is none of it.
    let marks = |c: char| c.is_whitespace() || "，,；;。、".contains(c);
    let grant_date = entry.get(Field::GrantDate).map(|cell| cell.trimmed_matches(marks));
    let grant_date = date(&mut take, grant_date.as_ref());
    let title =
        take.text("title", entry.get(Field::IpTitle).map(Passage::unwrapped).as_ref()).unwrap_or_default();
    // A software copyright has no inventor: `—` stands in that column.
    let says = |field: &Field| entry.get(*field).is_some_and(|cell| !is_nothing(cell.text().trim()));
    let holders = [Field::Holders, Field::Owner].into_iter().find(says);
    let holders = holders.and_then(|field| entry.get(field)).map(|cell| split_names(&people(cell)));
    let holders = holders.unwrap_or_default();
    let holders = take.names("holders", &holders);
    let number = take.number("number", number);
    Ip { number, category, country, grant_number, grant_date, title, holders, provenance }
}

/// `甲医院（陈一、李二）` below `权利人（发明人）`, `陈一、李二（甲医院）` below `发明人（权利人）`: the people of both.
fn people(cell: &Passage) -> Passage {
    let text = cell.text().trim_end();
    let parts = text.strip_suffix(['）', ')']).and_then(|text| text.split_once(['（', '(']));
    let Some((before, inner)) = parts.filter(|(_, inner)| !inner.contains(['（', '('])) else {
        return cell.clone();
    };
    let are_people = |names: &str| {
        let names = split_names(&Passage::new(names, 0));
        // `甲公司（安徽）`
        let is_sure = names.len() > 1 || names.iter().all(|name| name.text().chars().count() == 3);
        let is_known = |name: &Passage| is_person_name(name.text()) && has_family_name(name.text());
        !names.is_empty() && is_sure && names.iter().all(is_known)
    };
    let within = text.rfind(inner).unwrap_or_default();
    match () {
        () if is_institution_name(before.trim()) && are_people(inner) => {
            cell.slice(within..within + inner.len()).trimmed()
        }
        () if is_institution_name(inner.trim()) && are_people(before) => {
            cell.slice(0..before.len()).trimmed()
        }
        () => cell.clone(),
    }
}

/// The place in the list and the right's own number: where no other is printed, `编号` and `证书编号` are the latter.
fn numbers(entry: &Entry) -> (Option<&Passage>, Option<&Passage>) {
    let (place, own) = (entry.get(Field::Number), entry.get(Field::GrantNumber));
    let is_place = |number: &&Passage| {
        let digits = number.text().chars().filter(|c| c.is_numeric()).count();
        digits < MANY_DIGITS
    };
    match place {
        _ if own.is_some() => (place, own),
        Some(number) if !is_place(&number) => (None, Some(number)),
        _ => (place, entry.get(Field::Certificate)),
    }
}

/// No list has so many rights that their places take so many digits.
const MANY_DIGITS: usize = 4;

/// Notes where a Chinese patent number and what is printed beside it cannot both be right.
fn compare(take: &mut Taker<'_>, number: Option<&str>, category: Option<&str>) {
    let Some(number) = number else { return };
    if let Some(wanted) = other_check_digit(number) {
        let message = format!("to check: the digits of '{number}' call for the check digit '{wanted}'");
        take.warn("check-digit", "grant_number", &message);
    }
    if let Some(category) = category
        && let Some(kind) = other_kind(number, category)
    {
        let message =
            format!("to check: '{category}' is printed, '{number}' is a number of the kind '{kind}'");
        take.warn("kind-differs", "category", &message);
    }
}

fn date(take: &mut Taker<'_>, cell: Option<&Passage>) -> Option<String> {
    let printed = take.text("grant_date", cell)?;
    // `2021-O3-25`: a date has digits alone.
    let digits = printed.replace(['O', 'o'], "0").replace(['l', 'I'], "1");
    match parse_date(&printed).or_else(|| parse_date(&digits)) {
        Some(date) => {
            if parse_date(&printed).is_none() {
                take.warn("number-repaired", "grant_date", &format!("'{printed}' is read as '{date}'"));
            }
            Some(date.to_string())
        }
        None => {
            take.doubt("grant_date", &printed, "is not a date");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_its_own_may_be_called_otherwise() {
        for (fields, number, own) in [
            (&[(Field::Number, "3"), (Field::GrantNumber, "ZL201710123456.0")][..], 3, "ZL201710123456.0"),
            (&[(Field::Number, "ISBN 978-7-111-11111-1")], 1, "ISBN978-7-111-11111-1"),
            (&[(Field::Number, "2"), (Field::Certificate, "2020SR0123456")], 2, "2020SR0123456"),
            (
                &[(Field::GrantNumber, "2020SR0123456"), (Field::Certificate, "软著登字第1234567号")],
                1,
                "2020SR0123456",
            ),
        ] {
            let mut entry = Entry::default();
            entry.add(Field::IpTitle, &Passage::new("一种装置", 0));
            fields.iter().for_each(|(field, text)| entry.add(*field, &Passage::new(text, 60)));
            let read = ip(&[entry], &mut Vec::new());
            assert_eq!(
                (read[0].number, read[0].grant_number.as_deref()),
                (Some(number), Some(own)),
                "{fields:?}"
            );
        }
    }

    #[test]
    fn people_and_their_institution_may_stand_in_one_cell() {
        for (printed, want) in [
            ("甲大学附属医院（李二、陈一）", &["李二", "陈一"][..]),
            ("李二；陈一（甲大学附属医院）", &["李二", "陈一"]),
            ("甲大学附属医院（李二三）", &["李二三"]),
            ("甲科技有限公司（安徽）", &["甲科技有限公司（安徽）"]),
            ("甲大学附属医院", &["甲大学附属医院"]),
        ] {
            let mut entry = Entry::default();
            entry.add(Field::IpTitle, &Passage::new("一种装置", 0));
            entry.add(Field::Holders, &Passage::new(printed, 60));
            assert_eq!(ip(&[entry], &mut Vec::new())[0].holders, want, "{printed}");
        }
    }

    #[test]
    fn a_title_in_two_lines_of_its_cell_is_one() {
        let mut entry = Entry::default();
        entry.add(Field::IpTitle, &Passage::new("一种标志物组合及\n试剂盒", 0));
        assert_eq!(ip(&[entry], &mut Vec::new())[0].title, "一种标志物组合及试剂盒");
    }

    #[test]
    fn a_date_may_keep_the_mark_behind_it() {
        let mut entry = Entry::default();
        entry.add(Field::IpTitle, &Passage::new("一种装置", 0));
        entry.add(Field::GrantDate, &Passage::new("2018年2月13日，", 60));
        let read = ip(&[entry], &mut Vec::new());
        assert_eq!(read[0].grant_date.as_deref(), Some("2018-02-13"));
    }

    #[test]
    fn what_cannot_both_be_right_is_noted_and_kept() {
        for (category, number, codes) in [
            ("发明专利", "ZL201710123456.0", vec![]),
            ("实用新型专利", "ZL201710123456.0", vec!["kind-differs"]),
            ("发明专利", "ZL201710123456.1", vec!["check-digit"]),
            ("外观设计专利", "ZL201710123456.X", vec!["check-digit", "kind-differs"]),
            ("计算机软件著作权", "2019SR0123456", vec![]),
        ] {
            let mut entry = Entry::default();
            entry.add(Field::IpTitle, &Passage::new("一种装置", 0));
            entry.add(Field::IpCategory, &Passage::new(category, 20));
            entry.add(Field::GrantNumber, &Passage::new(number, 60));
            let mut warnings = Vec::new();
            let read = ip(&[entry], &mut warnings);
            assert_eq!(read[0].grant_number.as_deref(), Some(number));
            assert_eq!(read[0].category.as_deref(), Some(category));
            let got: Vec<_> = warnings.iter().map(|warning| warning.code.as_str()).collect();
            assert_eq!(got, codes, "{category} {number}");
        }
    }
}
