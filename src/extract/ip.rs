use super::{
    entry::Entry,
    lexicon::Field,
    value::{Taker, split_list, without_han_spaces},
};
use crate::{
    domain::{Ip, Provenance, Warning},
    text::{Passage, is_han, parse_date},
};

/// Understands the intellectual property (知识产权).
pub(super) fn ip(entries: &[Entry], warnings: &mut Vec<Warning>) -> Vec<Ip> {
    let titled = entries.iter().filter(|entry| entry.has(Field::IpTitle) || entry.has(Field::GrantNumber));
    titled.enumerate().map(|(at, entry)| right(at, entry, warnings)).collect()
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
    let grant_date = date(&mut take, entry.get(Field::GrantDate));
    let title = take.text("title", entry.get(Field::IpTitle)).unwrap_or_default();
    let holders = entry.get(Field::Holders).map(split_list).unwrap_or_default();
    let holders = take.names("holders", &holders);
    let number = take.number("number", entry.get(Field::Number));
    Ip { number, category, country, grant_number, grant_date, title, holders, provenance }
}

/// The canonical form of a number: no spaces, full-width characters narrowed, and the letter O of
/// `WO` where a zero was printed, which no office's number starts with.
fn canonical_number(printed: &str) -> String {
    let number: String = printed
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect();
    // `注册证号：…`: the kind of the number stands before it.
    let number = match number.split_once([':', '：']) {
        Some((kind, rest)) if !rest.is_empty() && kind.chars().all(is_han) => rest.to_owned(),
        _ => number,
    };
    if let Some(number) = proved_patent(&number) {
        return number;
    }
    match number.strip_prefix("W0") {
        Some(rest) if rest.starts_with("20") || rest.starts_with("19") => format!("WO{rest}"),
        _ => number,
    }
}

/// A Chinese patent in which letters stand for the digits they look like: read as digits where the
/// check digit (weights 2 to 9 and 2 to 5, modulo 11) proves it.
fn proved_patent(printed: &str) -> Option<String> {
    let body = printed.strip_prefix("ZL").or_else(|| printed.strip_prefix("zl"))?;
    if !body.contains(['O', 'o', 'l', 'I']) {
        return None;
    }
    let digit = |c: char| match c {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        other => other,
    };
    let number: String = body.chars().map(digit).collect();
    let (serial, check) = number.split_once('.')?;
    let digits: Vec<u32> = serial.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    if digits.len() != 12 {
        return None;
    }
    let weights = (2..=9).chain(2..=5);
    let rest = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11;
    let wanted = if rest == 10 { "X".to_owned() } else { rest.to_string() };
    (check == wanted).then(|| format!("ZL{number}"))
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
    fn numbers_have_one_form() {
        for (printed, want) in [
            ("ZL 2021 2 1234567.4", "ZL202121234567.4"),
            ("W02020012345A1", "WO2020012345A1"),
            ("WO2020012345A1", "WO2020012345A1"),
            ("2019SR0123456", "2019SR0123456"),
            ("ZL2O1910000000.2", "ZL2O1910000000.2"),
            ("注册证号：国药准字H20000001", "国药准字H20000001"),
            ("ＺＬ２０２１", "ZL2021"),
        ] {
            assert_eq!(canonical_number(printed), want);
        }
    }
}
