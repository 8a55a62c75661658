use super::{
    Snippet,
    matching::{Match, Patterns},
};
use crate::{
    index::{Payload, StoredText},
    text::Span,
};

/// How long a snippet is at most, in characters.
const WINDOW: usize = 80;
/// How many snippets a hit has at most.
const SNIPPETS: usize = 3;

/// A stretch of a text with matches.
struct Passage<'a> {
    source: StoredText<'a>,
    matches: Vec<Match>,
}

/// The passages of a record that show best why it answers.
pub(super) fn snippets(payload: &Payload<'_>, patterns: &Patterns) -> Vec<Snippet> {
    if patterns.is_empty() {
        return Vec::new();
    }
    let mut passages = passages(payload, patterns);
    // The sort is stable: where passages show equally much, the earlier source comes first.
    passages.sort_by_key(|passage| std::cmp::Reverse(distinct(&passage.matches)));
    let mut shown: Vec<usize> = Vec::new();
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for passage in passages {
        let new = passage.matches.iter().any(|found| !shown.contains(&found.pattern));
        shown.extend(passage.matches.iter().map(|found| found.pattern));
        if new { first.push(passage) } else { rest.push(passage) }
    }
    first.into_iter().chain(rest).take(SNIPPETS).map(|passage| snippet(&passage, payload)).collect()
}

/// The best passages of each text, up to those behind which none can be better.
fn passages<'a>(payload: &Payload<'a>, patterns: &Patterns) -> Vec<Passage<'a>> {
    let printed = patterns.printed(payload.texts());
    let all_printed = patterns.are_all_in(&printed);
    let mut printed = printed.as_slice();
    let (mut passages, mut full) = (Vec::new(), 0);
    for source in payload.sources() {
        let within = printed.partition_point(|found| found.start < source.at + source.text.len());
        let (own, behind) = printed.split_at(within);
        printed = behind;
        let found = if !all_printed {
            patterns.all(&source)
        } else if own.is_empty() {
            continue;
        } else {
            let shift =
                |one: &Match| Match { start: one.start - source.at, end: one.end - source.at, ..*one };
            patterns.near(&source, &own.iter().map(shift).collect::<Vec<_>>())
        };
        let best = best_passages(source, found);
        full += best.iter().filter(|passage| distinct(&passage.matches) == patterns.len()).count();
        passages.extend(best);
        if full >= SNIPPETS {
            break;
        }
    }
    passages
}

/// The densest windows of a text, which do not overlap.
fn best_passages(source: StoredText<'_>, mut left: Vec<Match>) -> Vec<Passage<'_>> {
    let mut passages = Vec::new();
    while !left.is_empty() && passages.len() < SNIPPETS {
        let cluster = densest(source.text, &left);
        let taken: Vec<Match> = left.drain(cluster).collect();
        let window = window(source.text, &taken);
        left.retain(|found| found.end <= window.start || found.start >= window.end);
        passages.push(Passage { source, matches: taken });
    }
    passages
}

/// The matches within a window that show most patterns, then most matches; of equals the first.
fn densest(text: &str, matches: &[Match]) -> std::ops::Range<usize> {
    let mut best = (0..1, (0, 0));
    let mut end = 0;
    for start in 0..matches.len() {
        end = end.max(start + 1);
        while end < matches.len() && fits(text, matches[start].start, matches[end].end) {
            end += 1;
        }
        let value = (distinct(&matches[start..end]), end - start);
        if value > best.1 {
            best = (start..end, value);
        }
    }
    best.0
}

fn fits(text: &str, start: usize, end: usize) -> bool {
    // No character is longer than four bytes.
    end <= start || (end - start <= WINDOW * 4 && text[start..end].chars().count() <= WINDOW)
}

fn distinct(matches: &[Match]) -> usize {
    let mut seen: Vec<usize> = matches.iter().map(|found| found.pattern).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

/// The part of a text to show around matches: from the start of a sentence or clause, where one is
/// near, up to the end of one.
fn window(text: &str, matches: &[Match]) -> Span {
    let first = matches.iter().map(|found| found.start).min().unwrap_or(0);
    let last = matches.iter().map(|found| found.end).max().unwrap_or(first);
    let room = WINDOW.saturating_sub(text[first..last].chars().count());
    let mut start = first;
    let mut clause = None;
    for (at, c) in text[..first].char_indices().rev().take(room * 2 / 3) {
        if is_sentence_end(c) {
            clause = Some(start);
            break;
        }
        if is_clause_end(c) {
            clause = Some(start);
        }
        start = at;
    }
    let start = if start == 0 { 0 } else { clause.unwrap_or_else(|| after_cut_word(text, start, first)) };
    let room = WINDOW.saturating_sub(text[start..last].chars().count());
    let mut end = last;
    let mut clause = None;
    for (at, c) in text[last..].char_indices().take(room) {
        end = last + at + c.len_utf8();
        if is_sentence_end(c) {
            clause = Some(end);
            break;
        }
        if is_clause_end(c) {
            clause = Some(end);
        }
    }
    let end =
        if end == text.len() { end } else { clause.unwrap_or_else(|| before_cut_word(text, last, end)) };
    let shown = &text[start..end];
    let head = shown.len() - shown.trim_start().len();
    // A match longer than the window is cut.
    let cut = text[start + head..end].char_indices().nth(WINDOW).map_or(end, |(at, _)| start + head + at);
    let tail = text[start + head..cut].trim_end().len();
    Span::new(start + head, start + head + tail)
}

/// Moves the start of a window past a Latin word that it would cut.
fn after_cut_word(text: &str, start: usize, first: usize) -> usize {
    if !cuts_word(text, start) {
        return start;
    }
    text[start..first].find(' ').map_or(start, |blank| start + blank)
}

/// Moves the end of a window before a Latin word that it would cut.
fn before_cut_word(text: &str, last: usize, end: usize) -> usize {
    if !cuts_word(text, end) {
        return end;
    }
    text[last..end].rfind(' ').map_or(end, |blank| last + blank)
}

fn cuts_word(text: &str, at: usize) -> bool {
    let letter = |c: char| c.is_alphanumeric() && c.is_ascii();
    text[..at].ends_with(letter) && text[at..].starts_with(letter)
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\t' | '\n') || c == crate::analysis::SEPARATOR
}

fn is_clause_end(c: char) -> bool {
    matches!(c, '，' | '、' | '：' | ',' | ':' | '>' | '.')
}

fn snippet(passage: &Passage<'_>, payload: &Payload<'_>) -> Snippet {
    let source = passage.source;
    let window = window(source.text, &passage.matches);
    let text = &source.text[window.start..window.end];
    let span = source.printed(window.start, window.end);
    let mut field = source.field;
    if field == "text"
        && let Some(found) = passage.matches.first()
        && let Some(first) = source.printed(found.start, found.end)
    {
        let around =
            payload.places().filter(|(_, place)| place.start <= first.start && first.end <= place.end);
        field = around.min_by_key(|(_, place)| place.end - place.start).map_or(field, |(name, _)| name);
    }
    let marks = marks(source.text, window, &passage.matches);
    Snippet { field: field.to_owned(), marks, text: text.to_owned(), span }
}

/// The matches within a window as ranges of its characters; those that touch are one.
fn marks(text: &str, window: Span, matches: &[Match]) -> Vec<[usize; 2]> {
    let chars = |byte: usize| text[window.start..byte].chars().count();
    let mut marks: Vec<[usize; 2]> = Vec::new();
    for found in matches {
        let (start, end) = (found.start.max(window.start), found.end.min(window.end));
        if start >= end {
            continue;
        }
        let (start, end) = (chars(start), chars(end));
        match marks.last_mut() {
            Some(last) if start <= last[1] => last[1] = last[1].max(end),
            _ => marks.push([start, end]),
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        index::{Piece, Record, TextSource, stored},
        search::matching::Pattern,
    };

    fn shown(record: &Record, patterns: &[Pattern]) -> Vec<Snippet> {
        let stored = stored(record);
        snippets(&Payload::read(&stored).expect("read"), &Patterns::new(patterns.to_vec()))
    }

    fn record(text: &str) -> Record {
        Record { body: vec![TextSource::shown("text", text)], ..Record::default() }
    }

    fn marked(snippet: &Snippet) -> Vec<String> {
        let chars: Vec<char> = snippet.text.chars().collect();
        snippet.marks.iter().map(|&[from, to]| chars[from..to].iter().collect()).collect()
    }

    #[test]
    fn the_densest_passage_is_shown_from_the_start_of_its_sentence() {
        let far = "无关文字。".repeat(30);
        let text = format!("先有导航。{far}后有導航与机器人，在此之后。{far}");
        let patterns = [Pattern::new("导航", false), Pattern::new("机器人", false)];
        let found = shown(&record(&text), &patterns);
        assert_eq!(found[0].text, "后有導航与机器人，在此之后。");
        assert_eq!(marked(&found[0]), ["導航", "机器人"]);
        assert_eq!(marked(&found[1]), ["导航"]);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn latin_words_are_not_cut() {
        let text = format!("{} keyhole surgery {}", "alphabet ".repeat(20), "omegaword ".repeat(20));
        let found = shown(&record(&text), &[Pattern::new("surgery", false)]);
        assert!(
            found[0].text.starts_with("alphabet") && found[0].text.ends_with("omegaword"),
            "{}",
            found[0].text
        );
    }

    #[test]
    fn a_snippet_of_the_whole_text_names_its_field() {
        let text = "甲乙丙丁";
        let mut record = record(text);
        record.body[0].pieces = vec![Piece { at: 0, span: Span::new(0, text.len()) }];
        record.places =
            vec![("summary".to_owned(), Span::new(0, 12)), ("claims[0].text".to_owned(), Span::new(3, 9))];
        let found = shown(&record, &[Pattern::new("乙丙", false)]);
        assert_eq!(found[0].field, "claims[0].text");
        assert_eq!(found[0].span, Some(Span::new(0, 12)));
    }

    proptest! {
        #[test]
        fn marks_are_what_was_asked(before in "[甲乙，。 \n]{0,120}", after in "[甲乙，。 \n]{0,120}", times in 1..4usize) {
            let text = format!("{before}{}", format!("導航{after}").repeat(times));
            for found in shown(&record(&text), &[Pattern::new("导航", false)]) {
                prop_assert!(found.text.chars().count() <= WINDOW);
                prop_assert!(!found.marks.is_empty());
                prop_assert!(marked(&found).iter().all(|mark| mark.replace("導航", "").is_empty()));
                prop_assert!(text.contains(&found.text));
            }
        }
    }
}
