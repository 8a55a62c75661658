use super::{
    entry::Entry,
    lexicon::Field,
    value::{Taker, split_list, without_han_spaces},
};
use crate::{
    domain::{Ip, Provenance, Warning},
    text::{Passage, parse_date},
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
    match number.strip_prefix("W0") {
        Some(rest) if rest.starts_with("20") || rest.starts_with("19") => format!("WO{rest}"),
        _ => number,
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
    fn numbers_have_one_form() {
        for (printed, want) in [
            ("ZL 2021 2 1234567.4", "ZL202121234567.4"),
            ("W02020012345A1", "WO2020012345A1"),
            ("WO2020012345A1", "WO2020012345A1"),
            ("2019SR0123456", "2019SR0123456"),
            ("ＺＬ２０２１", "ZL2021"),
        ] {
            assert_eq!(canonical_number(printed), want);
        }
    }
}
