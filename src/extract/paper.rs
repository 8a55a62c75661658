use std::sync::LazyLock;

use regex::Regex;

use super::{
    entry::Entry,
    lexicon::Field,
    value::{Taker, split_list, without_greek_spaces},
};
use crate::{
    domain::{Paper, Provenance, Warning},
    text::{FoldedText, Passage},
};

/// Understands the representative papers (代表性论文).
pub(super) fn papers(entries: &[Entry], warnings: &mut Vec<Warning>) -> Vec<Paper> {
    let entries: Vec<Entry> = entries.iter().map(parted).collect();
    let titled = entries.iter().filter(|entry| entry.has(Field::PaperTitle));
    titled.enumerate().map(|(at, entry)| paper(at, entry, warnings)).collect()
}

/// Parts a cell that holds `名称/刊名/作者`.
fn parted(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    let Some(cell) = entry.get(Field::PaperCombined).cloned() else { return entry };
    let parts = cell.split(|c| matches!(c, '/' | '／'));
    // A slash of the title itself stands before the last two.
    if let [title @ .., journal, authors] = &parts[..]
        && let (Some(first), Some(last)) = (title.first(), title.last())
        && !title.is_empty()
        && let (Some(start), Some(end)) = (first.start(), last.end())
    {
        let within = |at: usize| {
            cell.pieces().find_map(|(text, span)| {
                (span.start <= at && at <= span.end).then(|| text + (at - span.start))
            })
        };
        if let (Some(from), Some(to)) = (within(start), within(end)) {
            entry.add(Field::PaperTitle, &cell.slice(from..to));
        }
        entry.add(Field::Journal, journal);
        entry.add(Field::Authors, authors);
    }
    entry
}

fn paper(at: usize, entry: &Entry, warnings: &mut Vec<Warning>) -> Paper {
    let mut provenance = Provenance::default();
    let mut take = Taker { path: format!("papers[{at}]"), provenance: &mut provenance, warnings };
    if entry.merged {
        take.warn("row-merged", "title", "the row was cut by a page break and put together again");
    }
    if entry.shifted {
        take.warn(
            "row-shifted",
            "title",
            "the row has fewer cells than columns; they were assigned by their values",
        );
    }
    let title = entry.get(Field::PaperTitle);
    let title = take.repaired("title", title, "space-removed", without_greek_spaces).unwrap_or_default();
    let journal = take.text("journal", entry.get(Field::Journal));
    let (year, locator) = year_and_locator(&mut take, entry.get(Field::YearLocator));
    let names = |field| entry.get(field).map(split_list).unwrap_or_default();
    let authors = take.names("authors", &names(Field::Authors));
    let corresponding_authors = take.names("corresponding_authors", &names(Field::CorrespondingAuthors));
    let number = take.number("number", entry.get(Field::Number));
    let impact_factor = take.number("impact_factor", entry.get(Field::ImpactFactor));
    let database = take.text("database", entry.get(Field::Database));
    let citations = take.number("citations", entry.get(Field::Citations));
    let foreign_corresponding = yes_or_no(&mut take, entry.get(Field::ForeignCorresponding));
    Paper {
        number,
        title,
        journal,
        year,
        locator,
        impact_factor,
        authors,
        corresponding_authors,
        database,
        citations,
        foreign_corresponding,
        provenance,
    }
}

/// Parts `2015, 7(1): 1-12.` into the year and the rest.
fn year_and_locator(take: &mut Taker<'_>, cell: Option<&Passage>) -> (Option<u16>, Option<String>) {
    static YEAR: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\s*((?:19|20)\d\d)\s*年?\s*[,，;；.。:：]?\s*").ok());
    let Some(cell) = cell.map(Passage::trimmed).filter(|cell| !cell.is_blank()) else { return (None, None) };
    let rest_from = |at: usize| {
        let rest = cell.slice(at..cell.text().len());
        rest.trimmed_matches(|c| c.is_whitespace() || ".。,，;；".contains(c))
    };
    let folded = FoldedText::new(cell.text());
    let found = YEAR.as_ref().and_then(|year| year.captures(folded.text()));
    let (year, rest) = match found.as_ref().and_then(|found| Some((found.get(0)?, found.get(1)?))) {
        Some((all, year)) => {
            take.provenance.place("year", &cell.slice(folded.printed(year.range())));
            (year.as_str().parse().ok(), rest_from(folded.printed(all.range()).end))
        }
        None => {
            take.warn("year-missing", "year", &format!("'{}' does not start with a year", cell.text()));
            (None, rest_from(0))
        }
    };
    (year, take.text("locator", Some(&rest)))
}

fn yes_or_no(take: &mut Taker<'_>, cell: Option<&Passage>) -> Option<bool> {
    let cell = cell?.trimmed();
    if cell.is_blank() {
        return None;
    }
    take.provenance.place("foreign_corresponding", &cell);
    match cell.text() {
        "是" => Some(true),
        "否" | "无" => Some(false),
        other => {
            take.doubt("foreign_corresponding", other, "is neither 是 nor 否");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn year_and_locator_are_parted() {
        for (printed, year, locator) in [
            ("2015, 7(1): 1-12.", Some(2015), Some("7(1): 1-12")),
            ("2021;12(23):3157-3168.", Some(2021), Some("12(23):3157-3168")),
            ("2014, 39: B60-65", Some(2014), Some("39: B60-65")),
            ("2021年28卷6期615-622页", Some(2021), Some("28卷6期615-622页")),
            ("12(3): 4", None, Some("12(3): 4")),
            ("", None, None),
        ] {
            let (mut provenance, mut warnings) = (Provenance::default(), Vec::new());
            let mut take =
                Taker { path: String::new(), provenance: &mut provenance, warnings: &mut warnings };
            let got = year_and_locator(&mut take, Some(&Passage::new(printed, 0)));
            assert_eq!(got, (year, locator.map(str::to_owned)), "{printed}");
        }
    }
}
