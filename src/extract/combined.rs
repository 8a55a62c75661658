//! Cells that hold several fields: `名称/刊名/作者`, `数据库/他引次数`, a whole citation, all that is said of a right.

use super::{
    citation::{self, citation},
    entry::Entry,
    joined_cells,
    lexicon::Field,
    names, right,
    table::fit,
};
use crate::text::{Passage, begins_like_year};

/// Parts the cells of a paper that hold several of its fields.
pub(super) fn paper(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    if let Some(cell) = entry.get(Field::DatabaseCitations).cloned() {
        for part in cell.split(|c| matches!(c, '/' | '／' | '\n' | '，' | ',' | '；' | ';')) {
            let is_count = part.text().trim_end_matches('次').trim().parse::<u32>().is_ok();
            entry.add(if is_count { Field::Citations } else { Field::Database }, &part);
        }
    }
    unlabelled(&mut entry);
    joined_cells::paper(&mut entry);
    locator_with_factor(&mut entry);
    journal_with_locator(&mut entry);
    if let Some(locator) = gathered_locator(&entry) {
        entry.replace(Field::YearLocator, locator);
    }
    if let Some(cell) = entry.get(Field::PaperCombined).cloned() {
        match citation(&cell).filter(|fields| fields.iter().any(|(field, _)| *field == Field::Authors)) {
            Some(fields) => fields.iter().for_each(|(field, value)| entry.supply(*field, value)),
            None => title_journal_authors(&mut entry, &cell),
        }
    } else if !entry.has(Field::Journal)
        && !entry.has(Field::YearLocator)
        && let Some(fields) = entry.get(Field::PaperTitle).and_then(citation)
    {
        entry.replace(Field::PaperTitle, Passage::default());
        fields.iter().for_each(|(field, value)| entry.supply(*field, value));
    }
    entry
}

/// `期刊：甲杂志；2021, 33(6): 775；陈一、李二；通讯作者：李二；他引3次`: what has no label stands behind the value before it.
fn unlabelled(entry: &mut Entry) {
    const OWN: [Field; 4] =
        [Field::PaperTitle, Field::Journal, Field::YearLocator, Field::CorrespondingAuthors];
    for own in OWN {
        let Some(cell) = entry.get(own).filter(|cell| cell.text().contains([';', '；'])).cloned() else {
            continue;
        };
        let mut found: Vec<(Field, Passage)> = Vec::new();
        let mut kept = cell.clone();
        while let Some((at, mark)) = kept.text().char_indices().rev().find(|(_, c)| matches!(c, ';' | '；'))
        {
            let part = kept.slice(at + mark.len_utf8()..kept.text().len()).trimmed();
            match said(own, &part) {
                Some((field, value))
                    if !entry.has(field) && found.iter().all(|(known, _)| *known != field) =>
                {
                    found.push((field, value));
                }
                None if part.is_blank() => {}
                _ => break,
            }
            let end = kept.text()[..at]
                .trim_end_matches(|c: char| matches!(c, ';' | '；') || c.is_whitespace())
                .len();
            kept = kept.slice(0..end);
        }
        if !found.is_empty() && !kept.is_blank() {
            entry.replace(own, kept);
            found.iter().for_each(|(field, value)| entry.supply(*field, value));
        }
    }
}

/// What a part of the value of `own` says of the paper, where it is none of that value.
fn said(own: Field, part: &Passage) -> Option<(Field, Passage)> {
    // `甲杂志；2021；33(6): 775`: without its year it is the rest of what stands before it.
    if own != Field::YearLocator
        && begins_like_year(part.text())
        && fit(Field::YearLocator, part.text()) >= 1.0
    {
        return Some((Field::YearLocator, part.clone()));
    }
    let names = names::whole(part.text(), 0..part.text().len()).filter(|names| !names.are_doubtful());
    let fewest = if own == Field::PaperTitle { 2 } else { 1 };
    if own != Field::CorrespondingAuthors && names.as_ref().is_some_and(|names| names.names.len() >= fewest) {
        return Some((Field::Authors, part.clone()));
    }
    citation::note(part).filter(|_| names.is_none())
}

/// `2021, 16: 339　IF 4.3`: the impact factor stands behind the pages, and has no place of its own.
fn locator_with_factor(entry: &mut Entry) {
    let Some(cell) = entry.get(Field::YearLocator).cloned().filter(|_| !entry.has(Field::ImpactFactor))
    else {
        return;
    };
    let text = cell.text();
    let Some((at, word)) = ["IF", "影响因子"].iter().find_map(|word| Some((text.find(word)?, word)))
    else {
        return;
    };
    let marks = |c: char| c.is_whitespace() || "=＝:：)）".contains(c);
    let factor = cell.slice(at + word.len()..text.len()).trimmed_matches(marks);
    let locator = cell.slice(0..at).trimmed_matches(|c| c.is_whitespace() || "，,；;(（".contains(c));
    if fit(Field::ImpactFactor, factor.text()) >= 1.0 && fit(Field::YearLocator, locator.text()) >= 1.0 {
        entry.replace(Field::YearLocator, locator);
        entry.replace(Field::ImpactFactor, factor);
    }
}

/// `甲杂志，2021，13(2)：120-126` in a column of either: `刊名及年卷页`, `发表刊物（年卷期页）`.
fn journal_with_locator(entry: &mut Entry) {
    let (own, other) = match (entry.has(Field::Journal), entry.has(Field::YearLocator)) {
        (true, false) => (Field::Journal, Field::YearLocator),
        (false, true) => (Field::YearLocator, Field::Journal),
        _ => return,
    };
    let Some(cell) = entry.get(own).cloned() else { return };
    let text = cell.text();
    let marks = |c: char| c.is_whitespace() || ",，.。;；:：/／《》(（".contains(c);
    // The year, or the volume before it, begins what is no more the name.
    let starts = text.char_indices().filter(|&(at, c)| {
        c.is_ascii_digit() && text[..at].ends_with(|before: char| marks(before) || before == '第')
    });
    let found = starts.map(|(at, _)| at).find(|&at| fit(Field::YearLocator, text[at..].trim()) >= 1.0);
    let Some(at) = found else { return };
    let at = at - if text[..at].ends_with('第') { '第'.len_utf8() } else { 0 };
    // `J Adv Nurs/2022/78(4):1010-1020`
    let year = text[..at].strip_suffix(['/', '／']).filter(|before| {
        let year = before.rsplit(['/', '／']).next().unwrap_or_default();
        year.len() == 4 && begins_like_year(year) && year.parse::<u16>().is_ok()
    });
    let at = year.map_or(at, |before| before.len() - 4);
    let journal = cell.slice(0..at).trimmed_matches(marks);
    // `2020年136卷(15)：12-18页` holds no journal.
    let digits = journal.text().chars().take_while(char::is_ascii_digit).count();
    if digits == 4 || journal.text().chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return;
    }
    let locator = cell
        .slice(at..text.len())
        .trimmed_matches(|c| c.is_whitespace() || "）)".contains(c) && !text.contains(['（', '(']));
    entry.replace(if own == Field::Journal { own } else { other }, journal);
    entry.replace(if own == Field::Journal { other } else { own }, locator);
}

/// Puts volume, issue and pages together that stand in columns of their own: `12(3): 45-50`.
fn gathered_locator(entry: &Entry) -> Option<Passage> {
    let filled =
        |field| entry.get(field).filter(|cell| !cell.text().trim_matches(['-', '/', '—']).is_empty());
    let (issue, pages) = (filled(Field::Issue), filled(Field::Pages));
    if issue.is_none() && pages.is_none() {
        return None;
    }
    let mut locator = filled(Field::YearLocator).cloned().unwrap_or_default();
    if let Some(issue) = issue {
        let is_bare = !locator.is_blank()
            && issue.text().chars().all(|c| c.is_ascii_alphanumeric() || "-–S".contains(c));
        locator.append(if is_bare { "(" } else { " " }, issue);
        if is_bare {
            locator = locator.with(locator.text().len()..locator.text().len(), ")");
        }
    }
    if let Some(pages) = pages {
        locator.append(": ", pages);
    }
    Some(locator)
}

/// Parts the name of a right from what stands with it in its cell, where the number has no column of its own.
pub(super) fn ip(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    if !entry.has(Field::GrantNumber)
        && let Some(fields) = entry.get(Field::IpTitle).and_then(right::right)
    {
        entry.replace(Field::IpTitle, Passage::default());
        fields.iter().for_each(|(field, value)| entry.supply(*field, value));
    }
    joined_cells::right(&mut entry);
    entry
}

/// Parts `名称/刊名/作者`, with year and pages anywhere behind the name.
fn title_journal_authors(entry: &mut Entry, cell: &Passage) {
    let mut parts = cell.split(|c| matches!(c, '/' | '／'));
    let lines = cell.split(|c| c == '\n');
    // `名称⏎刊名⏎作者`
    if lines.len() > 1
        && lines.len() + usize::from(entry.has(Field::Authors)) >= 3
        && parts.len() < lines.len()
    {
        parts = lines;
    }
    let locator = parts.iter().position(|part| fit(Field::YearLocator, part.text()) > 0.0);
    if let Some(at) = locator.filter(|&at| at >= 2) {
        entry.supply(Field::YearLocator, &parts.remove(at));
    }
    let are_names = |part: &Passage| {
        let names = names::whole(part.text(), 0..part.text().len());
        names.is_some_and(|names| !names.are_doubtful())
    };
    if parts.len() == 2 && entry.has(Field::Journal) && are_names(&parts[1]) {
        // `名称/作者`: the journal has a column of its own.
        parts.insert(1, Passage::default());
    } else if entry.has(Field::Authors) || parts.len() == 2 {
        // `名称/刊名`: the authors have a column of their own.
        parts.push(Passage::default());
    }
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
            entry.supply(Field::PaperTitle, &cell.slice(from..to));
        }
        entry.supply(Field::Journal, journal);
        entry.supply(Field::Authors, authors);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(field: Field, text: &str) -> Vec<String> {
        let mut entry = Entry::default();
        entry.add(field, &Passage::new(text, 0));
        let entry = if field == Field::IpTitle { ip(&entry) } else { paper(&entry) };
        let fields = [
            Field::PaperTitle,
            Field::Journal,
            Field::YearLocator,
            Field::Authors,
            Field::IpTitle,
            Field::GrantNumber,
            Field::Holders,
        ];
        let value = |field| entry.get(field).map(|value| value.text().trim().to_owned());
        fields.into_iter().filter_map(value).filter(|value| !value.is_empty()).collect()
    }

    #[test]
    fn volume_issue_and_pages_make_one_locator() {
        for (volume, issue, pages, want) in [
            ("12(3)", "", "45-50", "12(3): 45-50"),
            ("12", "3", "45-50", "12(3): 45-50"),
            ("第12卷", "第3期", "45-50页", "第12卷 第3期: 45-50页"),
            ("2020, 12(3)", "", "e45", "2020, 12(3): e45"),
            ("12", "3", "/", "12(3)"),
            ("", "", "e45", "e45"),
        ] {
            let mut entry = Entry::default();
            for (field, text) in [(Field::YearLocator, volume), (Field::Issue, issue), (Field::Pages, pages)]
            {
                entry.add(field, &Passage::new(text, 0));
            }
            assert_eq!(paper(&entry).get(Field::YearLocator).map(Passage::text), Some(want));
        }
    }

    #[test]
    fn an_impact_factor_may_stand_behind_the_pages() {
        for (text, want) in [
            ("2021, 16: 339　IF 4.3", ("2021, 16: 339", "4.3")),
            ("2021, 16: 339 影响因子：4.3", ("2021, 16: 339", "4.3")),
            ("2021, 16: 339 (IF=4.3)", ("2021, 16: 339", "4.3")),
            ("2021, 16: 339（IF=4.3）", ("2021, 16: 339", "4.3")),
            ("2021, 16: 339", ("2021, 16: 339", "")),
        ] {
            let mut entry = Entry::default();
            entry.add(Field::YearLocator, &Passage::new(text, 0));
            let entry = paper(&entry);
            let value = |field| entry.get(field).map_or("", Passage::text);
            assert_eq!((value(Field::YearLocator), value(Field::ImpactFactor)), want);
        }
    }

    #[test]
    fn a_journal_is_parted_from_its_year_and_pages() {
        for (field, text, want) in [
            (Field::YearLocator, "甲杂志，2021，13(2)：120-126", "甲杂志|2021，13(2)：120-126"),
            (
                Field::Journal,
                "Wound Repair Regen, 2020, 28(3): 330-338",
                "Wound Repair Regen|2020, 28(3): 330-338",
            ),
            (Field::Journal, "《甲杂志》2021年第13卷第2期120-126页", "甲杂志|2021年第13卷第2期120-126页"),
            (Field::Journal, "Diabetes 2.0", "Diabetes 2.0|"),
            (Field::YearLocator, "J Adv Nurs/2022/78(4):1010-1020", "J Adv Nurs|2022/78(4):1010-1020"),
            (Field::YearLocator, "2021，13(2)：120-126", "|2021，13(2)：120-126"),
        ] {
            let mut entry = Entry::default();
            entry.add(field, &Passage::new(text, 0));
            journal_with_locator(&mut entry);
            let value = |field| entry.get(field).map_or("", Passage::text);
            assert_eq!(format!("{}|{}", value(Field::Journal), value(Field::YearLocator)), want);
        }
    }

    #[test]
    fn values_without_a_label_stand_behind_those_before_them() {
        let mut entry = Entry::default();
        for (field, text, at) in [
            (Field::PaperTitle, "甲病的研究；乙病的研究", 0),
            (Field::Journal, "Lancet Neurol；2021, 20(3): 45-50；陈一、李二", 100),
            (Field::CorrespondingAuthors, "李二；陈一；他引3次", 300),
        ] {
            entry.add(field, &Passage::new(text, at));
        }
        let entry = paper(&entry);
        let fields = [
            (Field::PaperTitle, "甲病的研究；乙病的研究"),
            (Field::Journal, "Lancet Neurol"),
            (Field::YearLocator, "2021, 20(3): 45-50"),
            (Field::Authors, "陈一、李二"),
            (Field::CorrespondingAuthors, "李二；陈一"),
            (Field::Citations, "3"),
        ];
        for (field, want) in fields {
            assert_eq!(entry.get(field).map(Passage::text), Some(want), "{field:?}");
        }
        let mut entry = Entry::default();
        entry.add(Field::Journal, &Passage::new("甲杂志；2021；33(6): 775", 0));
        let entry = paper(&entry);
        assert_eq!(entry.get(Field::YearLocator).map(Passage::text), Some("2021；33(6): 775"));
    }

    #[test]
    fn cells_with_several_fields_are_parted() {
        for (field, text, want) in [
            (
                Field::PaperCombined,
                "甲病的研究/甲杂志/陈一、李明",
                &["甲病的研究", "甲杂志", "陈一、李明"][..],
            ),
            (Field::PaperCombined, "T/NK细胞/甲杂志/陈一、李明", &["T/NK细胞", "甲杂志", "陈一、李明"]),
            (
                Field::PaperCombined,
                "甲病的研究\n甲杂志\n2019,35(4):211-218\n陈一、李明",
                &["甲病的研究", "甲杂志", "2019,35(4):211-218", "陈一、李明"],
            ),
            (Field::PaperCombined, "甲病的研究/甲杂志", &["甲病的研究", "甲杂志"]),
            (
                Field::PaperCombined,
                "Study of one disease/Molecular Psychiatry/2021年26卷100-112页",
                &["Study of one disease", "Molecular Psychiatry", "2021年26卷100-112页"],
            ),
            (
                Field::PaperTitle,
                "陈一, 李明. 甲病的诊断研究. 甲杂志, 2019, 35(4): 211-218.",
                &["甲病的诊断研究", "甲杂志", "2019, 35(4): 211-218", "陈一；李明"],
            ),
            (Field::PaperTitle, "甲病的诊断研究", &["甲病的诊断研究"]),
            (
                Field::IpTitle,
                "名称：一种骨水泥\n类别：发明专利\n授权号：ZL201910123456.1\n发明人：陈一、李明",
                &["一种骨水泥", "ZL201910123456.1", "陈一；李明"],
            ),
            (Field::IpTitle, "一种骨水泥", &["一种骨水泥"]),
        ] {
            assert_eq!(read(field, text), want, "{text}");
        }
    }

    #[test]
    fn a_locator_beside_a_combined_cell_holds_no_journal() {
        for printed in ["2020年136卷(15)：1722-1733页", "2019年50卷 2886-2895页"] {
            let mut entry = Entry::default();
            entry.add(Field::PaperCombined, &Passage::new("Repair of the hip/Blood/陈一, 李二", 0));
            entry.add(Field::YearLocator, &Passage::new(printed, 100));
            let read = paper(&entry);
            let get = |field| read.get(field).map(|value| value.text().trim());
            assert_eq!((get(Field::Journal), get(Field::YearLocator)), (Some("Blood"), Some(printed)));
        }
    }
}
