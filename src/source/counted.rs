#[cfg(test)]
mod tests;

use super::{
    Part, Row,
    assemble::begins_item,
    laid::{Border, Laid},
    lines::Line,
};
use crate::text::Passage;

/// A table has this many columns or more, and as many rows.
const FEWEST: usize = 3;
const FEWEST_ROWS: usize = 2;

/// No table of a notice has more rows, nor a header more lines.
const MOST_ROWS: usize = 99;
const MOST_HEAD: usize = 5;

/// A row has no more lines, a line no more bytes, a header no more words.
const MOST_LINES: usize = 60;
const LONGEST: usize = 2000;
const MOST_WORDS: usize = 64;

/// A cell is full where its line ends so many columns before the widest of its column.
const FULL: usize = 4;

/// From so many lines on, columns that one blank parts are no chance.
const MANY: usize = 6;

/// Of one line in so many the cells may have been moved.
const MOVED: usize = 8;

/// The number of a row may stand so many columns beside that of the first.
const SLACK: usize = 2;

/// Reads a table that is set in columns of white space and whose first column counts the rows 1, 2, 3: the lines
/// between two numbers are those of one row, however its cells are wrapped, and columns lie where blanks run
/// through all lines or, where full cells touch, where the header has a word. A header
/// that a new page prints again is left out. Appends the rows and tells how many lines were used; 0 where the first
/// line begins none.
pub(super) fn table(lines: &[Line<'_>], parts: &mut Vec<Part>) -> usize {
    let Some(head) = head(lines) else { return 0 };
    let places = without_repeated_heads(lines, head);
    let lines: Vec<Line<'_>> = places.iter().map(|&at| lines[at]).collect();
    let Some((numbered, end)) = rows(&lines, head) else { return 0 };
    let mut laid: Vec<Laid<'_>> = lines[..end].iter().map(|line| Laid::new(*line)).collect();
    let (header, body) = laid.split_at_mut(head);
    let told = told(header, body);
    body.iter_mut().for_each(|laid| told.iter().for_each(|&word| laid.pull(word)));
    let (header, body) = (&*header, &*body);
    // What follows the last number may belong to something else.
    let sure = numbered.last().map_or(0, |last| last + 1 - head);
    let borders = borders(header, &body[..sure], &told);
    let moved = body[..sure].iter().filter(|laid| laid.is_moved(&borders)).count();
    // Two names of columns in one: no row fills the column between them.
    let is_missed = header.iter().any(|laid| laid.is_moved(&borders));
    if borders.len() < FEWEST || moved * MOVED > sure || is_missed {
        return 0;
    }
    // Where lines stand close, a blank line ends the table, unless a page does.
    let close = body.get(1).is_none_or(|second| !second.line.is_apart());
    let goes_on = |laid: &&Laid<'_>| {
        let first = laid.line.text.trim_start().split("  ").next().unwrap_or_default();
        laid.fits(&borders)
            && !begins_item(first)
            && !(close && laid.line.is_apart() && !laid.line.opens_page)
    };
    let last = LastRow::new(&body[..sure], &borders);
    let is_rest = |at: &usize| goes_on(&&body[*at]) && last.goes_on(&body[*at - 1], &body[*at], &borders);
    let rest = (sure..body.len()).take_while(is_rest).count();
    let mut rows: Vec<Row> = vec![vec![Passage::default(); borders.len()]];
    for (at, laid) in header.iter().chain(&body[..sure + rest]).enumerate() {
        if numbered.contains(&at) {
            rows.push(vec![Passage::default(); borders.len()]);
        }
        let cells = laid.cells(&borders, at < head);
        let Some(row) = rows.last_mut() else { return 0 };
        row.iter_mut()
            .zip(cells)
            .filter(|(_, rest)| !rest.is_blank())
            .for_each(|(cell, rest)| if cell.is_blank() { *cell = rest } else { cell.append_wrapped(&rest) });
    }
    parts.extend(rows.into_iter().map(Part::Row));
    places[head + sure + rest - 1] + 1
}

/// The places of the lines that may belong to the table, but for those that print its header again on a new page.
fn without_repeated_heads(lines: &[Line<'_>], head: usize) -> Vec<usize> {
    let says = |at: usize| lines[at].text.trim();
    let repeats = |at: usize| {
        at >= head && at + head <= lines.len() && (0..head).all(|line| says(line) == says(at + line))
    };
    let (mut places, mut at, mut counted, mut since, mut pages) = (Vec::new(), 0, 0, 0, 0);
    while at < lines.len() && pages <= MOST_ROWS && since <= MOST_LINES {
        if repeats(at) {
            (at, pages) = (at + head, pages + 1);
            continue;
        }
        let is_next = at >= head && number(&lines[at]) == Some(counted + 1);
        // What stands before the second column and counts no row ends the table.
        if at >= head && !is_next && lines[at].indent() < lines[head].indent() + 2 {
            places.push(at);
            break;
        }
        (counted, since) = if is_next { (counted + 1, 0) } else { (counted, since + 1) };
        places.push(at);
        at += 1;
    }
    places
}

/// How many lines the header has: names of columns, then the row with the number 1 right below the first of them.
fn head(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first().filter(|line| !line.is_tabbed())?;
    let words = || first.text.split_whitespace();
    if first.text.len() > LONGEST
        || !(FEWEST..=MOST_WORDS).contains(&words().take(MOST_WORDS + 1).count())
        || first.text.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    // `姓名：甲　　职称：乙` are labels with their values.
    if words().filter(|word| word.contains(['：', ':'])).count() * 2 >= words().count() {
        return None;
    }
    let head = (1..=MOST_HEAD).find(|&at| lines.get(at).is_some_and(|line| number(line) == Some(1)))?;
    let indent = first.indent();
    // `序⏎号` in a narrow column.
    let is_cut = |line: &Line<'_>| {
        let one = |line: &Line<'_>| {
            line.text.split_whitespace().next().is_some_and(|word| word.chars().count() == 1)
        };
        one(first) && one(line) && line.indent() == indent
    };
    let is_below = |line: &Line<'_>| !line.is_tabbed() && (line.indent() > indent + 1 || is_cut(line));
    let below = lines[1..head].iter().all(is_below);
    (below && lines[head].indent().abs_diff(indent) <= SLACK + 1).then_some(head)
}

/// The lines that begin a row, and the end of all lines that may belong to the table.
fn rows(lines: &[Line<'_>], head: usize) -> Option<(Vec<usize>, usize)> {
    let indent = lines[head].indent();
    let mut numbered = vec![head];
    let mut end = head + 1;
    let is_near =
        |end: usize, numbered: &[usize]| numbered.last().is_some_and(|last| end - last <= MOST_LINES);
    let may_be = |line: &&Line<'_>| !line.is_tabbed() && line.text.len() <= LONGEST;
    while let Some(line) = lines.get(end).filter(may_be).filter(|_| is_near(end, &numbered)) {
        let next = number(line) == Some(numbered.len() + 1) && line.indent().abs_diff(indent) <= SLACK;
        if next && numbered.len() < MOST_ROWS {
            numbered.push(end);
        } else if line.indent() < indent + 2 {
            break;
        }
        end += 1;
    }
    (numbered.len() >= FEWEST_ROWS).then_some((numbered, end))
}

/// The number that a line opens with, where white space and more follow it.
fn number(line: &Line<'_>) -> Option<usize> {
    let text = line.text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    text[..text.len() - rest.len()].parse().ok()
}

/// Where the header has a word and so many cells begin below it that they are no chance.
fn told(header: &[Laid<'_>], body: &[Laid<'_>]) -> Vec<usize> {
    let words = header.iter().flat_map(|laid| laid.words().filter(|&word| laid.is_apart(word)));
    let is_told = |word: &usize| {
        let count =
            |is: &dyn Fn(&Laid<'_>, usize) -> bool| body.iter().filter(|laid| is(laid, *word)).count();
        let pushed = count(&|laid, word| laid.is_pushed(word));
        let begins = count(&|laid, word| laid.begins(word));
        count(&|laid, word| laid.is_apart(word)) > 1
            || begins > 2 && begins > pushed && pushed * 3 <= body.len()
    };
    words.filter(is_told).collect()
}

/// Where the columns begin, the first at 0.
fn borders(header: &[Laid<'_>], body: &[Laid<'_>], told: &[usize]) -> Vec<Border> {
    let end = body.iter().chain(header).map(Laid::end).max().unwrap_or(0);
    let mut filled = vec![false; end];
    for (columns, _) in body.iter().flat_map(|laid| &laid.chars) {
        filled[columns.clone()].fill(true);
    }
    let words: Vec<usize> = header.iter().flat_map(Laid::words).collect();
    let mut borders = vec![Border { at: 0, touched: false }];
    let mut at = 0;
    while at < end {
        let gap = filled[at..].iter().take_while(|filled| !**filled).count();
        let wide_enough = gap > 1 || gap == 1 && body.len() >= MANY;
        if at > 0 && wide_enough && at + gap < end {
            borders.push(Border { at, touched: false });
        }
        at += gap.max(1);
    }
    // Full cells leave no blank before the next column, where the header still has a word.
    for &word in &words {
        let known = borders.iter().any(|border| {
            let first = border.at + filled[border.at..].iter().take_while(|filled| !**filled).count();
            first.abs_diff(word) <= SLACK || border.at == word
        });
        let (touching, cut) = (body.iter().filter(|laid| laid.touches(word)).count(), || {
            body.iter().any(|laid| laid.chars.iter().any(|(at, _)| at.start < word && word < at.end))
        });
        let begins = body.iter().filter(|laid| laid.begins(word)).count();
        let is_told = told.contains(&word);
        if !known && (is_told || begins > touching && touching * 3 <= body.len()) && !cut() {
            borders.push(Border { at: word, touched: true });
        }
    }
    borders.sort_unstable_by_key(|border| border.at);
    // A column that the header does not name is an accident of the words in the one before.
    let ends: Vec<usize> = borders.iter().skip(1).map(|border| border.at).chain([usize::MAX]).collect();
    let named = |at: usize, border: &Border| words.iter().any(|word| (border.at..ends[at]).contains(word));
    // `序号论文名称`: the name of the first column fills it, and that of the next touches it.
    let touched = |at: usize, border: &Border| {
        let first = border.at + filled[border.at..].iter().take_while(|filled| !**filled).count();
        let touches = at == 1 && header.first().is_some_and(|laid| laid.touches(first));
        touches.then_some(Border { at: first, touched: true })
    };
    let kept = borders.iter().enumerate().filter_map(|(at, border)| {
        if at == 0 || named(at, border) { Some(*border) } else { touched(at, border) }
    });
    kept.collect()
}

/// Where the cells of the last row begin and how far those of each column reach, to tell its lines from what follows.
struct LastRow {
    starts: Vec<Option<usize>>,
    widest: Vec<usize>,
}

impl LastRow {
    fn new(body: &[Laid<'_>], borders: &[Border]) -> Self {
        let starts = body.last().map(|row| row.starts(borders)).unwrap_or_default();
        let mut widest = vec![0; borders.len()];
        for ends in body.iter().map(|laid| laid.ends(borders)) {
            widest.iter_mut().zip(ends).for_each(|(widest, end)| *widest = end.max(*widest));
        }
        Self { starts, widest }
    }

    /// Tells whether a line stands below the row: its cells begin where those of the row do, and one that stands alone
    /// is the rest of one that was full.
    fn goes_on(&self, above: &Laid<'_>, laid: &Laid<'_>, borders: &[Border]) -> bool {
        let starts = laid.starts(borders);
        let filled: Vec<usize> = (0..starts.len()).filter(|&column| starts[column].is_some()).collect();
        // A paragraph is indented about as far as the second column.
        let slack = |column: usize| usize::from(column > 1 || filled.len() > 1);
        let below = |(column, start): (usize, &Option<usize>)| match (
            start,
            self.starts.get(column).copied().flatten(),
        ) {
            (Some(start), Some(own)) => start.abs_diff(own) <= slack(column),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let ends = above.ends(borders);
        let full = |column: usize| ends[column] + FULL >= self.widest[column];
        starts.iter().enumerate().all(below)
            && (filled.len() > 1 || filled.iter().all(|&column| full(column)))
    }
}
