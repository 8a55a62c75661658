use std::{collections::HashSet, ops::Range, sync::LazyLock};

use regex::Regex;

use super::locator::{MONTH, locator, yearless};
use crate::{
    extract::names::{self, Names},
    text::is_han,
};

/// Where the parts of a citation are printed.
pub(super) struct Parts {
    pub(super) authors: Option<Names>,
    pub(super) title: Range<usize>,
    pub(super) journal: Range<usize>,
    /// The year, then the rest, where they are printed apart.
    pub(super) locator: Vec<Range<usize>>,
    /// What follows the citation begins here.
    pub(super) end: usize,
    /// Authors or the mark of a document type prove that this is no running text.
    pub(super) proved: bool,
}

/// Parts a narrowed citation; `named` where a label names its authors, so that a year alone is enough. `None` where no title and journal stand before year and pages.
pub(super) fn parts(text: &str, from: usize, named: bool) -> Option<Parts> {
    let kind =
        KIND.captures_iter(text).find_map(|found| Some((found.get(0)?.range(), found.get(1)?.as_str())));
    // Patents and standards are rights.
    if kind.as_ref().is_some_and(|(_, kind)| matches!(*kind, "P" | "S")) {
        return None;
    }
    let authors = authors(text, from, kind.is_some());
    let with = authors.and_then(|(authors, body)| after_authors(text, authors, body, kind.clone()));
    let parts = with.or_else(|| body(text, from, None, kind, named))?;
    // Authors and a journal alone: the title is missing.
    let nameless = names::whole(text, parts.title.clone()).is_none_or(|list| list.names.len() < 2);
    nameless.then_some(parts)
}

/// The authors that a citation opens with, and where they have ended.
fn authors(text: &str, from: usize, typed: bool) -> Option<(Names, usize)> {
    // Between authors that are not known as such and the journal, a title must be left.
    let titled = |list: &Names| {
        let body = &text[list.end..].trim_start_matches(['.', '。', ':', ' ']);
        typed || list.names.len() >= 2 && body.contains(['.', '。', '《'])
    };
    let list = names::leading(text, from).or_else(|| names::unknown(text, from).filter(titled))?;
    let rest = &text[list.end..];
    let ended = rest.trim_start();
    let at = list.end + (rest.len() - ended.len());
    let body = match ended.chars().next()? {
        c @ ('.' | '。' | ':') => at + c.len_utf8(),
        '(' | '《' | '"' | '“' => at,
        ',' | ';' | '/' if list.are_proved() => at + 1,
        _ if list.dotted || list.others => list.end,
        _ => return None,
    };
    (typed || !list.are_doubtful()).then_some((list, body))
}

fn after_authors(
    text: &str,
    authors: Names,
    body_start: usize,
    kind: Option<(Range<usize>, &str)>,
) -> Option<Parts> {
    // `(2022). Title. Journal, 24(3), 100478`: the year stands behind the authors.
    if let Some(found) = YEAR_FIRST.captures(&text[body_start..])
        && let (Some(all), Some(year)) = (found.get(0), found.get(1).or(found.get(2)))
    {
        let after = body_start + all.end();
        let rest = yearless(text, after..text.len())?;
        let (title, journal) = title_and_journal(text, after..rest.start, kind)?;
        let year = body_start + year.start()..body_start + year.end();
        let end = rest.end;
        return Some(Parts {
            authors: Some(authors),
            title,
            journal,
            locator: vec![year, rest],
            end,
            proved: true,
        });
    }
    body(text, body_start, Some(authors), kind, false)
}

/// Parts title, journal, year and pages.
fn body(
    text: &str,
    from: usize,
    authors: Option<Names>,
    kind: Option<(Range<usize>, &str)>,
    named: bool,
) -> Option<Parts> {
    let found = locator(text, kind.as_ref().map_or(from, |(kind, _)| kind.end.max(from)))?;
    let proved = kind.is_some() || authors.is_some() || named;
    if !found.strong && !proved {
        return None;
    }
    let (title, journal) = title_and_journal(text, from..found.range.start, kind)?;
    let end = found.range.end;
    let mut parts = Parts { authors, title, journal, locator: vec![found.range], end, proved };
    if parts.authors.is_none()
        && let Some((title, authors)) = authors_behind(text, parts.title.clone())
    {
        parts = Parts { authors: Some(authors), title, proved: true, ..parts };
    } else if parts.authors.is_none()
        && let Some((authors, journal)) = authors_before_journal(text, parts.journal.clone())
    {
        parts = Parts { authors: Some(authors), journal, proved: true, ..parts };
    }
    Some(parts)
}

/// Parts a title and the authors that stand behind it: `Title. Zheng QS, Luo YM. Lancet. 2020;…`.
fn authors_behind(text: &str, range: Range<usize>) -> Option<(Range<usize>, Names)> {
    let ends = text[range.clone()].match_indices(['.', '。', '?']).map(|(at, end)| (at, end.len()));
    let mut starts = ends.map(|(at, length)| (range.start + at, range.start + at + length));
    starts.find_map(|(end, start)| {
        let list = names::whole(text, start..range.end).filter(|list| list.names.len() >= 2)?;
        let title = if text[end..].starts_with('?') { range.start..end + 1 } else { range.start..end };
        Some((title, list))
    })
}

/// Parts the authors that stand between a title and the journal: `《题名》，陈一、李二，中华甲杂志，2020…`.
fn authors_before_journal(text: &str, range: Range<usize>) -> Option<(Names, Range<usize>)> {
    let list = names::leading(&text[..range.end], range.start)
        .filter(|list| list.names.len() >= 2 && text[range.start..].starts_with(is_han))?;
    let rest = text[list.end..range.end].trim_start();
    let journal = rest.trim_start_matches([',', ';', '.', '。', '/', ' ']);
    let start = range.end - journal.len();
    (journal.len() < rest.len() && journal.chars().nth(1).is_some())
        .then(|| (list, bare(text, start..range.end)))
}

/// Parts the stretch before year and pages.
fn title_and_journal(
    text: &str,
    range: Range<usize>,
    kind: Option<(Range<usize>, &str)>,
) -> Option<(Range<usize>, Range<usize>)> {
    let opened = |c: char| c.is_whitespace() || ".,;:。、/|-(".contains(c);
    let separator = text[..range.end].trim_end().chars().next_back();
    let range = trimmed(text, range, opened);
    let stretch = &text[range.clone()];
    let parted = |title: Range<usize>, journal: Range<usize>| {
        let journal = without_place(text, trimmed(text, journal, opened));
        let (title, journal) = (bare(text, trimmed(text, title, opened)), bare(text, journal));
        (!title.is_empty() && !journal.is_empty()).then_some((title, journal))
    };
    let at = |offset: usize| range.start + offset;
    if let Some((mark, kind)) = kind.filter(|(mark, _)| range.contains(&mark.start)) {
        let journal = match kind {
            "J" => mark.end..range.end,
            // Place and publisher of a book, a thesis or proceedings.
            _ => {
                let start = text[mark.end..range.end].rfind(':').map_or(mark.end, |at| mark.end + at + 1);
                start..range.end
            }
        };
        return parted(range.start..mark.start, journal);
    }
    // `题名/刊名/2019,35(4)`
    if let Some(separator @ ('/' | ';' | '|')) = separator
        && let Some(last) = stretch.rfind(separator)
    {
        return parted(range.start..at(last), at(last + 1)..range.end);
    }
    // `《题名》，发表于《刊名》`, `题名，刊登在刊名`
    if let Some(found) = PUBLISHED_IN.captures(stretch)
        && let (Some(mark), Some(verb)) = (found.get(1), found.get(0))
    {
        return parted(range.start..at(mark.end()), at(verb.end())..range.end);
    }
    // `《题名》，《刊名》`, `《题名》，刊名`, `题名，《刊名》`
    if let Some(close) = stretch.strip_suffix('》')
        && let Some(open) = close.rfind('《')
        && open > 0
    {
        return parted(range.start..at(open), at(open)..range.end);
    }
    for (open, close) in [('《', '》'), ('“', '”'), ('"', '"')] {
        if let Some(inner) = stretch.strip_prefix(open)
            && let Some(end) = inner.find(close)
        {
            let end = at(open.len_utf8() + end + close.len_utf8());
            return parted(range.start..end, end..range.end);
        }
    }
    // `题名（刊名，2019,35(4)）`
    if let Some(open) = stretch.rfind('(').filter(|&open| !stretch[open..].contains(')')) {
        return parted(range.start..at(open), at(open + 1)..range.end);
    }
    // `题名 — 刊名`
    if let Some(dash) = [" - ", " -- "].iter().find_map(|dash| Some((stretch.rfind(dash)?, dash.len())))
        && !stretch[dash.0 + dash.1..].contains(['.', '。', ','])
    {
        return parted(range.start..at(dash.0), at(dash.0 + dash.1)..range.end);
    }
    let comma = |text: &str| text.rfind([',', ';']).map(|comma| comma + 1);
    let split = match sentence_end(stretch) {
        // `Title, Sci. Rep.`
        Some(end) => {
            comma(&stretch[..end]).filter(|&comma| is_abbreviated(&stretch[comma..end])).unwrap_or(end)
        }
        None => comma(stretch)?,
    };
    parted(range.start..at(split), at(split)..range.end)
}

/// `北京: 甲出版社`, `New York: Springer Press`: the publisher of a book without its place.
fn without_place(text: &str, journal: Range<usize>) -> Range<usize> {
    let part = &text[journal.clone()];
    let is_publisher = ["出版社", "出版集团", "出版公司", "书局", "Press", "Publishing", "Publishers"]
        .iter()
        .any(|word| part.ends_with(word));
    match part.find(':').filter(|&colon| is_publisher && colon <= 24) {
        Some(colon) => trimmed(text, journal.start + colon + 1..journal.end, |c: char| c.is_whitespace()),
        None => journal,
    }
}

/// Where the last sentence has ended, not counting periods within the abbreviated name of a journal.
fn sentence_end(text: &str) -> Option<usize> {
    let ends: Vec<usize> = text
        .char_indices()
        .filter(|&(at, c)| ".。?!".contains(c) && ends_sentence(&text[..at], c, &text[at + c.len_utf8()..]))
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let mut last = ends.len().checked_sub(1)?;
    loop {
        let start = last.checked_sub(1).map_or(0, |before| ends[before]);
        if start == 0 && last == 0 || !is_abbreviated(&text[start..ends[last]]) {
            return Some(ends[last]);
        }
        last -= 1;
    }
}

fn ends_sentence(before: &str, mark: char, after: &str) -> bool {
    if mark == '。' {
        return true;
    }
    let next = after.trim_start();
    let Some(first) = next.chars().next() else { return false };
    let free = next.len() < after.len();
    let last = before.chars().next_back();
    if is_han(first) || first == '《' {
        return free || mark != '.' || !last.is_some_and(|c| c.is_ascii_digit()) || last.is_some_and(is_han);
    }
    let word_end = next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len());
    let inner_capital = next[..word_end].chars().skip(1).any(char::is_uppercase);
    let capital =
        first.is_uppercase() || first == '(' || inner_capital || LOWER_JOURNALS.contains(&&next[..word_end]);
    let glued = last.is_some_and(|c| c.is_lowercase() || c == ')' || is_han(c)) && first.is_uppercase();
    capital && (free || glued)
}

/// Tells whether a sentence consists of words that names of journals abbreviate: `J.`, `Nat.`, `Care Med.`
fn is_abbreviated(sentence: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let data = include_str!("../data/journal_words.txt");
        data.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
    });
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    sentence.ends_with('.') && words.peek().is_some() && words.all(|word| WORDS.contains(word))
}

/// Tells whether a name begins as those of journals do, and has periods behind abbreviated words only.
pub(super) fn opens_like_journal(name: &str) -> bool {
    let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let opens = name.starts_with(|c: char| c.is_uppercase() || is_han(c)) || LOWER_JOURNALS.contains(&first);
    let sentences = name.split_inclusive('.').filter(|part| part.ends_with('.'));
    opens && sentences.into_iter().all(is_abbreviated)
}

/// Without the brackets or quotation marks around all of it.
fn bare(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    for (open, close) in [('《', '》'), ('“', '”'), ('"', '"'), ('\'', '\'')] {
        if let Some(inner) = part.strip_prefix(open)
            && let Some(inner) = inner.strip_suffix(close)
            && !inner.contains([open, close])
        {
            let start = range.start + open.len_utf8();
            let inner = start..start + inner.len();
            return trimmed(text, inner, |c| c.is_whitespace() || ",.".contains(c));
        }
    }
    range
}

fn trimmed(text: &str, range: Range<usize>, drop: impl Fn(char) -> bool) -> Range<usize> {
    let part = &text[range.clone()];
    // A bracket that opens belongs to what follows it: `(英文版)`.
    let start = range.start + (part.len() - part.trim_start_matches(|c| drop(c) && c != '(').len());
    let end = range.start + part.trim_end_matches(drop).len();
    start..end.max(start)
}

/// Journals that open with a small letter.
const LOWER_JOURNALS: [&str; 5] = ["npj", "medRxiv", "bioRxiv", "iScience", "mBio"];

static KIND: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
    Regex::new(r"\[ ?(J|M|C|D|N|R|P|S|Z|EB|DB)(?: ?/ ?OL)? ?\]").expect("the pattern is valid")
});
/// What stands between the title of a paper and the journal in a sentence.
pub(super) static PUBLISHED_IN: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
    Regex::new(
        r#"([,;。 》”")])(?: ?[,:] ?)?(?:已|业已|已经|于 ?(?:19|20)\d\d ?年(?: ?\d{1,2} ?月)?)?(?:正式|在线|公开)?(?:发表|刊登|刊载|刊发|刊|载|登载|刊出|出版|收录)(?:于|在)(?:期刊|杂志|刊物|学术期刊|国际期刊|国际学术期刊|核心期刊)?:? ?"#,
    )
    .expect("the pattern is valid")
});
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
    Regex::new(&format!(
        r"^[ .,]*(?:\(((?:19|20)\d\d)[a-d]?(?:, ?{MONTH} ?\d{{0,2}})?\)|((?:19|20)\d\d)[a-d]?[.。] ?)[ .,:。]*"
    ))
    .expect("the pattern is valid")
});
