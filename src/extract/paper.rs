use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    combined,
    doi::{doi, parted_doi},
    entry::Entry,
    lexicon::Field,
    name_list::split_names,
    value::{Taker, numbered_by_order, without_greek_spaces},
};
use crate::{
    domain::{Paper, Printed, Provenance, Warning},
    text::{FoldedText, Passage},
};

/// Understands the representative papers (代表性论文).
pub(super) fn papers(entries: &[Entry], warnings: &mut Vec<Warning>) -> Vec<Paper> {
    let entries: Vec<Entry> = entries.iter().map(combined::paper).collect();
    let titled = entries.iter().filter(|entry| entry.has(Field::PaperTitle));
    let mut papers: Vec<Paper> = titled.enumerate().map(|(at, entry)| paper(at, entry, warnings)).collect();
    numbered_by_order(papers.iter_mut().map(|paper| &mut paper.number));
    papers
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
    let title = entry.get(Field::PaperTitle).map(Passage::unwrapped);
    let title =
        take.repaired("title", title.as_ref(), "space-removed", without_greek_spaces).unwrap_or_default();
    let journal = entry.get(Field::Journal).map(Passage::unwrapped);
    let whole = |printed: &str| journal.as_ref().map_or_else(|| printed.to_owned(), without_line_hyphens);
    let journal = take.repaired("journal", journal.as_ref(), "hyphen-removed", whole);
    let doi = printed_doi(&mut take, entry);
    let own_year = entry.get(Field::Year).filter(|year| !year.is_blank());
    let (year, locator) = match own_year {
        Some(year) => {
            let year = year.trimmed_matches(|c| c.is_whitespace() || c == '年');
            (
                take.number("year", Some(&year)),
                take.text("locator", entry.get(Field::YearLocator).map(without_doi).as_ref()),
            )
        }
        None => year_and_locator(&mut take, entry.get(Field::YearLocator)),
    };
    let year = year.or_else(|| published_year(&mut take, entry.get(Field::Published)));
    let names = |field| entry.get(field).map(split_names).unwrap_or_default();
    // Where a table names the first author alone, no others are known.
    let lists = [Field::Authors, Field::DomesticAuthors, Field::FirstAuthors];
    let all = lists.into_iter().find(|&list| entry.has(list)).unwrap_or(Field::Authors);
    let (all, marked) = without_marks(names(all));
    let authors = take.names("authors", &all);
    let (corresponding, _) = without_marks(names(Field::CorrespondingAuthors));
    let corresponding = if corresponding.is_empty() { marked } else { corresponding };
    let corresponding_authors = take.names("corresponding_authors", &corresponding);
    let number = take.number("number", entry.get(Field::Number));
    let impact_factor = take.number("impact_factor", entry.get(Field::ImpactFactor));
    let database = take.text("database", entry.get(Field::Database));
    // A table of papers may count those in one database alone.
    let counted = [Field::Citations, Field::SciCitations].into_iter().find(|&field| entry.has(field));
    // `他引55次`
    let counted = counted.and_then(|field| entry.get(field));
    let counted =
        counted.map(|cell| cell.trimmed_matches(|c| c.is_whitespace() || "他被总引用次数频：:".contains(c)));
    let citations = take.number("citations", counted.as_ref());
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
        doi,
        foreign_corresponding,
        provenance,
    }
}

/// Names without the marks behind them, and those that a `*` or （通讯） marks as the corresponding authors.
fn without_marks(names: Vec<Passage>) -> (Vec<Passage>, Vec<Passage>) {
    static ROLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(.*\S)\s*[（(](?:共同|并列)?(?:(通[讯信])(?:作者)?|第一(?:作者)?)[）)]$").ok()
    });
    let is_mark = |c: char| "*＊#＃※".contains(c);
    let mut marked = Vec::new();
    let names = names.into_iter().map(|name| {
        if let Some(role) = ROLE.as_ref().and_then(|role| role.captures(name.text()))
            && let Some(bare) = role.get(1)
        {
            let own = name.slice(bare.range());
            marked.extend(role.get(2).map(|_| own.clone()));
            return own;
        }
        let bare = name.text().trim_end_matches(|c: char| is_mark(c) || c.is_whitespace()).len();
        let marks = &name.text()[bare..];
        if !marks.contains(is_mark) || bare == 0 {
            return name;
        }
        let own = name.slice(0..bare);
        if marks.contains(['*', '＊']) {
            marked.push(own.clone());
        }
        own
    });
    let names = names.collect();
    (names, marked)
}

/// The year of `2021.05` in a column of its own.
fn published_year(take: &mut Taker<'_>, cell: Option<&Passage>) -> Option<u16> {
    let cell = cell?.trimmed();
    let digits = cell.text().find(|c: char| !c.is_ascii_digit()).unwrap_or(cell.text().len());
    let year = cell.text()[..digits].parse().ok().filter(|year| (1900..=2100).contains(year))?;
    take.provenance.place("year", &cell.slice(0..digits));
    Some(year)
}

/// Takes the DOI from its own column or label, else from any of the cells in which one is printed.
fn printed_doi(take: &mut Taker<'_>, entry: &Entry) -> Option<String> {
    const CELLS: [Field; 5] =
        [Field::YearLocator, Field::Journal, Field::PaperTitle, Field::Database, Field::Citations];
    let own = entry.get(Field::Doi).filter(|cell| !cell.is_blank());
    let printed = own.map(Passage::trimmed);
    if let Some((printed, canonical)) =
        printed.and_then(|cell| Some((cell.clone(), parted_doi(cell.text())?)))
    {
        take.provenance.place("doi", &printed);
        take.provenance.repaired("doi", Printed::Text(printed.text().to_owned()));
        return Some(canonical);
    }
    let cells = own.into_iter().chain(CELLS.into_iter().filter_map(|field| entry.get(field)));
    let found = cells.into_iter().find_map(|cell| Some((cell, doi(cell.text())?)));
    let Some((cell, found)) = found else {
        if let Some(printed) = take.text("doi", own) {
            take.doubt("doi", &printed, "is no DOI");
        }
        return None;
    };
    let printed = cell.slice(found.number);
    take.provenance.place("doi", &printed);
    if printed.text() != found.canonical {
        take.provenance.repaired("doi", Printed::Text(printed.text().to_owned()));
    }
    Some(found.canonical)
}

/// A cell without the DOI that is printed last in it.
fn without_doi(cell: &Passage) -> Passage {
    let ends = |c: char| c.is_whitespace() || ".。,，;；)）]".contains(c);
    match doi(cell.text()).filter(|doi| cell.text()[doi.whole.end..].chars().all(ends)) {
        Some(doi) => {
            cell.slice(0..doi.whole.start).trimmed_matches(|c| c.is_whitespace() || ",，;；([（".contains(c))
        }
        None => cell.clone(),
    }
}

/// Parts `2015, 7(1): 1-12.` into the year and the rest. A month belongs to neither.
fn year_and_locator(take: &mut Taker<'_>, cell: Option<&Passage>) -> (Option<u16>, Option<String>) {
    let cell = cell.map(|cell| without_doi(cell).trimmed()).filter(|cell| !cell.is_blank());
    let Some(cell) = cell else { return (None, None) };
    let folded = FoldedText::new(cell.text());
    let (year, rest) = match year(folded.text()) {
        Some((year, rest)) => {
            take.provenance.place("year", &cell.slice(folded.printed(year.clone())));
            let rest = if rest.is_empty() { 0..0 } else { folded.printed(rest) };
            (folded.text()[year].parse().ok(), rest)
        }
        None => {
            let message = format!("'{}' neither starts nor ends with a year", cell.text());
            take.warn("year-missing", "year", &message);
            (None, 0..cell.text().len())
        }
    };
    let rest = cell.slice(rest).trimmed_matches(|c| c.is_whitespace() || ".。,，;；".contains(c));
    (year, take.repaired("locator", Some(&rest), "number-repaired", without_letters))
}

/// `Nature Communica-⏎tions`: a hyphen at the end of a line has cut the word; no journal's name has one there.
fn without_line_hyphens(journal: &Passage) -> String {
    let mut whole = String::new();
    let mut rest = journal.text();
    for line in journal.lines() {
        let Some(at) = rest.find(line.text()) else { return journal.text().to_owned() };
        let is_lower = |c: char| c.is_ascii_lowercase();
        let cut = at == 0
            && whole.strip_suffix('-').is_some_and(|word| word.ends_with(is_lower))
            && line.text().starts_with(is_lower);
        if cut {
            whole.pop();
        }
        let end = at + line.text().len();
        whole.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    whole + rest
}

/// `27(1O): 858-866` → `27(10): 858-866`: a letter behind a digit that ends no number is the digit that it looks like.
fn without_letters(locator: &str) -> String {
    let chars: Vec<char> = locator.chars().collect();
    let follows = |at: usize| at.checked_sub(1).is_some_and(|at| chars[at].is_ascii_digit());
    // `1072-108l`: the last page has as many digits as the first.
    let ends_pages = |at: usize| {
        let last = chars[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let first = chars[..at - last].iter().rev().skip(1).take_while(|c| c.is_ascii_digit()).count();
        at + 1 == chars.len() && last > 0 && first == last + 1 && chars[at - last - 1] == '-'
    };
    let goes_on = |at: usize| {
        let ends = |&c: &char| c.is_ascii_digit() || matches!(c, ')' | '）' | '-');
        chars.get(at + 1).is_some_and(ends) || ends_pages(at)
    };
    let read = chars.iter().enumerate().map(|(at, &c)| match c {
        'O' | 'o' if follows(at) && goes_on(at) => '0',
        'l' | 'I' if follows(at) && goes_on(at) => '1',
        _ => c,
    });
    read.collect()
}

/// Finds the year of a folded text and what is left beside it: `2019 mar;37(5):1-9`, or the year last
/// where volume and pages stand before it, as in `32(6): 775-784, 2021` and `12, 3456 (2021)`.
fn year(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    const YEAR: &str = r"((?:19|20)\d\d)";
    const MONTH: &str = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?";
    static FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let month = format!(
            r"(?:[ ,]*{MONTH}(?:[-/ ]+{MONTH})?(?: ?\d{{1,2}}\b)?|\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?|[-.]\d\d(?:-\d\d)?\s*[,;])?"
        );
        Regex::new(&format!(r"^\s*\(?{YEAR}\)?\s*年?\s*{month}\s*[,;.。:/]*\s*")).ok()
    });
    static LAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let parts = r"(\S.*(?:\d[^\d]*[(:,卷][^\d]*\d|卷|期).*?)";
        Regex::new(&format!(
            r"^{parts}(?:\s*[,;.]\s*(?:{MONTH}\s*)?{YEAR}年?|\s*\((?:{MONTH}\s*)?{YEAR}\)|{YEAR}年)[.。]?\s*$"
        ))
        .ok()
    });
    if let Some(found) = FIRST.as_ref().and_then(|first| first.captures(text)) {
        return Some((found.get(1)?.range(), found.get(0)?.end()..text.len()));
    }
    let found = LAST.as_ref()?.captures(text)?;
    let year = (2..=4).find_map(|group| found.get(group))?;
    Some((year.range(), found.get(1)?.range()))
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
    fn columns_say_things_in_their_own_ways() {
        let mut entry = Entry::default();
        for (field, text) in [
            (Field::PaperTitle, "某病的研究"),
            (Field::Authors, "陈一#、李二*，王三（共同通讯）"),
            (Field::Published, "2021.05"),
            (Field::Citations, "他引55次"),
        ] {
            entry.add(field, &Passage::new(text, 0));
        }
        let papers = papers(&[entry], &mut Vec::new());
        assert_eq!(papers[0].authors, ["陈一", "李二", "王三"]);
        assert_eq!(papers[0].corresponding_authors, ["李二", "王三"]);
        assert_eq!((papers[0].year, papers[0].citations), (Some(2021), Some(55)));
    }

    #[test]
    fn a_word_that_a_line_end_cut_is_whole() {
        let mut journal = Passage::new("Nature Communica-", 0);
        journal.append_wrapped(&Passage::new("tions", 20));
        assert_eq!(without_line_hyphens(&journal), "Nature Communications");
        for printed in ["Nature Communica-tions", "J Am Coll Cardiol"] {
            assert_eq!(without_line_hyphens(&Passage::new(printed, 0)), printed);
        }
    }

    #[test]
    fn a_title_or_journal_in_two_lines_of_its_cell_is_one() {
        let mut entry = Entry::default();
        entry.add(Field::PaperTitle, &Passage::new("A sensor: bench\ntest", 0));
        entry.add(Field::Journal, &Passage::new("Nature Communica-\ntions", 60));
        let papers = papers(&[entry], &mut Vec::new());
        assert_eq!(papers[0].title, "A sensor: bench test");
        assert_eq!(papers[0].journal.as_deref(), Some("Nature Communications"));
    }

    #[test]
    fn the_first_author_is_one_of_them() {
        let mut entry = Entry::default();
        entry.add(Field::PaperTitle, &Passage::new("某病的研究", 0));
        entry.add(Field::FirstAuthors, &Passage::new("陈一", 0));
        let papers = papers(&[entry], &mut Vec::new());
        assert_eq!(papers[0].authors, ["陈一"]);
    }

    #[test]
    fn year_and_locator_are_parted() {
        for (printed, year, locator) in [
            ("2015, 7(1): 1-12.", Some(2015), Some("7(1): 1-12")),
            ("2021;12(23):3157-3168.", Some(2021), Some("12(23):3157-3168")),
            ("2014, 39: B60-65", Some(2014), Some("39: B60-65")),
            ("2021年28卷6期615-622页", Some(2021), Some("28卷6期615-622页")),
            ("12(3): 4", None, Some("12(3): 4")),
            ("2019 Mar;37(5):1-9", Some(2019), Some("37(5):1-9")),
            ("2022/78(4):1010-1020", Some(2022), Some("78(4):1010-1020")),
            ("2017 Jun 1;129(22):2988-2992.", Some(2017), Some("129(22):2988-2992")),
            ("2019年4月第35卷第4期：211-218", Some(2019), Some("第35卷第4期：211-218")),
            ("2021-03, 32(6): 775", Some(2021), Some("32(6): 775")),
            ("2014 Mar-Apr;39:B60", Some(2014), Some("39:B60")),
            ("32(6): 775-784, 2021", Some(2021), Some("32(6): 775-784")),
            ("32（6）：775-784，2021年。", Some(2021), Some("32（6）：775-784")),
            ("12, 3456 (2021)", Some(2021), Some("12, 3456")),
            ("vol. 32, no. 6, pp. 775–784, Mar. 2021", Some(2021), Some("vol. 32, no. 6, pp. 775–784")),
            ("第35卷第4期，2019年", Some(2019), Some("第35卷第4期")),
            ("2022, 24(3), 100478", Some(2022), Some("24(3), 100478")),
            ("2022;27(1O): 858-866", Some(2022), Some("27(10): 858-866")),
            ("2020, 66(8): 1072-108l", Some(2020), Some("66(8): 1072-1081")),
            ("2020, 66(8): e108l", Some(2020), Some("66(8): e108l")),
            ("2020, 12: e0l", Some(2020), Some("12: e0l")),
            ("2018", Some(2018), None),
            ("32, 2011", None, Some("32, 2011")),
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
