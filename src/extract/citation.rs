mod locator;
mod notes;
mod parts;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, ops::Range, sync::LazyLock};

use regex::Regex;

use super::{lexicon::Field, narrow::Narrow};
use crate::text::{Passage, behind_composite, is_han, width};

/// Reads a paper printed as a bibliographic citation: `陈一, 李明. 题名[J]. 刊名, 2021, 32(6): 775-784.`,
/// `Zheng QS, Luo YM*. Title. Lancet. 2022;24:100478. 他引34次`, `《题名》，刊名，2019年35卷4期，作者：陈一`.
///
/// Year, volume and pages are the anchor: the journal stands before them, the title before the journal,
/// and the authors, where the text opens with names, before the title. Running text is `None`, and so is
/// a list of labels, which is read as such.
pub(super) fn citation(text: &Passage) -> Option<Vec<(Field, Passage)>> {
    const LONGEST: usize = 3000;
    if text.text().len() > LONGEST {
        return None;
    }
    let narrow = Narrow::new(text);
    let (number, from) = enumerator(narrow.text());
    let (mut notes, masked) = notes::labelled(&narrow, from)?;
    let named = [Field::Authors, Field::CorrespondingAuthors, Field::FirstAuthors];
    let named = named.into_iter().any(|field| notes.has(field));
    let parts = parts::parts(&masked, from, named)?;
    notes::unlabelled(&mut notes, &narrow, &masked, parts.end);
    if !parts.proved && (notes.unread > 60 || is_prose(&without_verb(&masked[from..]))) {
        return None;
    }
    let mut fields = Vec::new();
    if let Some(number) = number {
        fields.push((Field::Number, narrow.slice(number)));
    }
    let title = narrow.slice(parts.title);
    let journal = narrow.slice(parts.journal);
    if width(title.text()) < 6 || !is_journal(&journal) {
        return None;
    }
    fields.push((Field::PaperTitle, title));
    fields.push((Field::Journal, journal));
    let mut year_locator = Passage::default();
    for part in parts.locator {
        year_locator.append(", ", &narrow.slice(part));
    }
    fields.push((Field::YearLocator, year_locator));
    if let Some(authors) = parts.authors {
        let names = authors.names;
        fields.push((Field::Authors, joined(&narrow, names.iter().map(|name| name.range.clone()))));
        notes::marked(&mut notes, &narrow, &names);
    }
    let printed = |fields: &[(Field, Passage)], field| fields.iter().any(|(known, _)| *known == field);
    for (field, value) in notes.finish() {
        if !printed(&fields, field) {
            fields.push((field, value));
        }
    }
    Some(fields)
}

/// The number of a list item, and where the item begins: `[1]`, `1.`, `（1）`, `5.1`, `附件3-2`, `论文1：`.
pub(super) fn enumerator(text: &str) -> (Option<Range<usize>>, usize) {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^ *(?:[★☆▲△►➢✓✔■●◆▪◇□] *)?(?:[-•·*] +|[★☆▲△►➢✓✔■●◆▪◇□] *|(?:代表性?)?(?:论文|论著|专著|文章|专利|代表作|知识产权|No\.?) ?(?P<named>\d{1,3}|[一二三四五六七八九十]{1,3}) ?[:.、)]|其[一二三四五六七八九十]{1,3}(?:为|是|[,:、])|\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3})\) ?[.、:]?|\d{1,2}\.(?P<level>[1-9]\d?) +(?P<body>\p{Han}|[《“\[]|[A-Z][a-z]|[A-Z]{2})|(?P<plain>\d{1,3}) ?[.、):]|(?P<apart>\d{1,2}) {2}|[(](?P<han>[一二三四五六七八九十]{1,3})\)|(?P<ring>[①-⑳])) *",
        )
        .ok()
    });
    // `附件3-2` and `附件4-2` may stand in one list, which then counts by its order.
    if let Some(from) = behind_composite(text) {
        return (None, from);
    }
    let found = NUMBER.as_ref().and_then(|number| number.captures(text));
    let Some((all, found)) = found.and_then(|found| Some((found.get(0)?, found))) else { return (None, 0) };
    let number =
        ["named", "square", "round", "level", "plain", "apart"].iter().find_map(|group| found.name(group));
    // `3.0 T …` is no number.
    if found.name("plain").is_some_and(|plain| {
        text[plain.end()..].starts_with('.')
            && text[plain.end() + 1..].starts_with(|c: char| c.is_ascii_digit())
    }) {
        return (None, 0);
    }
    let digits = number.filter(|number| number.as_str().bytes().all(|b| b.is_ascii_digit()));
    let end = found.name("body").map_or(all.end(), |body| body.start());
    (digits.map(|digits| digits.range()), end)
}

/// What a part of a list of labels says of a paper without a label of its own: `他引3次`, `IF=4.5`.
pub(super) fn note(part: &Passage) -> Option<(Field, Passage)> {
    let narrow = Narrow::new(part);
    let mut notes = notes::Notes::default();
    notes::note(&mut notes, &narrow, narrow.text(), 0..narrow.text().len());
    notes.finish().pop()
}

/// Tells whether a title stands alone behind its number, without authors or a journal.
pub(super) fn is_title_alone(text: &Passage) -> bool {
    let narrow = Narrow::new(text);
    let (_, from) = enumerator(narrow.text());
    let title = narrow.text()[from..].trim();
    let ends_sentence = |at: usize| {
        let next = title[at + 1..].trim_start();
        next.len() < title.len() - at - 1 && next.starts_with(|c: char| c.is_uppercase() || is_han(c))
    };
    width(title) >= 10
        && !title.contains(['。', '[', ';'])
        && !title.ends_with([',', '-', ':', '.', '》', '、'])
        && !title.match_indices('.').any(|(at, _)| ends_sentence(at))
}

/// Tells whether a line is a journal with year, volume and pages, and what may follow these: `Gut，2021，70(8)：1489-1502。作者：…`.
pub(super) fn opens_with_journal(text: &Passage) -> bool {
    let narrow = Narrow::new(text);
    let line = narrow.text();
    let Some(found) = locator::locator(line, 0).filter(|found| found.strong) else { return false };
    let name =
        line[..found.range.start].trim_matches(|c: char| c.is_whitespace() || ".,;:。/|-《》".contains(c));
    let is_short = (2..=90).contains(&width(name)) && !name.contains([',', ';', '。', ':', '[', '《', '?']);
    is_short && parts::opens_like_journal(name)
}

/// Puts names together that were printed apart, as a list parted by `；`.
pub(super) fn joined(narrow: &Narrow<'_>, names: impl Iterator<Item = Range<usize>>) -> Passage {
    let mut list = Passage::default();
    for name in names {
        list.append("；", &narrow.slice(name));
    }
    list
}

fn is_journal(journal: &Passage) -> bool {
    let text = journal.text();
    let columns = width(text);
    (2..=150).contains(&columns) && text.chars().any(char::is_alphabetic) && !text.contains(['。', ';', '；'])
}

fn is_prose(text: &str) -> bool {
    word_group("prose").any(|word| text.contains(word))
}

/// `《题名》，发表于《刊名》`: a sentence that says no more than a citation.
fn without_verb(text: &str) -> Cow<'_, str> {
    let quotes = text.trim_start().starts_with(['《', '“', '"']);
    if quotes { parts::PUBLISHED_IN.replace(text, " ") } else { Cow::Borrowed(text) }
}

/// The databases whose names are several words, parted by bars.
fn index_phrases() -> &'static str {
    let lines = include_str!("data/citation_words.txt").lines();
    lines.filter_map(|line| line.strip_prefix("index_phrases\t")).next().unwrap_or("SCI")
}

/// The words of a group of `data/citation_words.txt`.
pub(super) fn word_group(group: &str) -> impl Iterator<Item = &'static str> {
    include_str!("data/citation_words.txt")
        .lines()
        .filter_map(move |line| line.split_once('\t').filter(|(name, _)| *name == group))
        .flat_map(|(_, words)| words.split_whitespace())
}
