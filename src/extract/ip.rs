use super::{
    combined,
    entry::Entry,
    ip_number::{canonical_number, other_check_digit, other_kind},
    lexicon::Field,
    value::{Taker, is_nothing, numbered_by_order, split_names, without_han_spaces},
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
    let grant_number =
        take.repaired("grant_number", entry.get(Field::GrantNumber), "number-repaired", canonical_number);
    compare(&mut take, grant_number.as_deref(), category.as_deref());
    let grant_date = date(&mut take, entry.get(Field::GrantDate));
    let title = take.text("title", entry.get(Field::IpTitle)).unwrap_or_default();
    // A software copyright has no inventor: `—` stands in that column.
    let says = |field: &Field| entry.get(*field).is_some_and(|cell| !is_nothing(cell.text().trim()));
    let holders = [Field::Holders, Field::Owner].into_iter().find(says);
    let holders = holders.and_then(|field| entry.get(field)).map(split_names).unwrap_or_default();
    let holders = take.names("holders", &holders);
    let number = take.number("number", entry.get(Field::Number));
    Ip { number, category, country, grant_number, grant_date, title, holders, provenance }
}

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
    match parse_date(&printed) {
        Some(date) => Some(date.to_string()),
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
