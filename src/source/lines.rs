use std::sync::LazyLock;

use regex::Regex;

use super::assemble::ends_sentence;
use crate::text::width;

/// A line of plain text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Without white space at its end.
    pub(super) text: &'a str,
    /// Its first byte in the source.
    pub(super) start: usize,
    /// The first of a page, where the text shows its pages.
    pub(super) opens_page: bool,
    /// So many blank lines stand before it.
    pub(super) blanks: usize,
}

impl<'a> Line<'a> {
    /// Columns of white space before the first character.
    pub(super) fn indent(&self) -> usize {
        width(&self.text[..self.text.len() - self.text.trim_start().len()])
    }

    /// Tells whether a blank line stands before it.
    pub(super) fn is_apart(&self) -> bool {
        self.blanks > 0
    }

    pub(super) fn is_tabbed(&self) -> bool {
        self.text.trim_start_matches(' ').contains('\t')
    }

    /// Without white space at both ends, as it stands in the source.
    pub(super) fn trimmed(&self) -> Line<'a> {
        let text = self.text.trim_start();
        Line { text: text.trim_end(), start: self.start + (self.text.len() - text.len()), ..*self }
    }
}

/// The lines that are neither blank nor the number of a page.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let (mut start, mut opens_page, mut blanks) = (0, false, 0);
    text.split_inclusive('\n').filter_map(move |raw| {
        let opens = opens_page || raw.starts_with('\u{C}');
        let line = Line { text: trim_line(raw), start, opens_page: opens, blanks };
        start += raw.len();
        let text = line.text.trim();
        let is_note = is_comment(text);
        let is_number = is_page_number(text) || is_note && names_page(text);
        let says = !text.is_empty() && !is_number && !is_note;
        blanks = if text.is_empty() || is_note { blanks + usize::from(!is_note) } else { 0 };
        opens_page = if says { false } else { opens_page || is_number || raw.contains('\u{C}') };
        says.then_some(line)
    })
}

/// Leaves out numbers that count the pages: they stand alone and far from the margin, the same running head follows
/// each, or more blank lines follow each than stand before it, where pages are long and cut a sentence. The line behind one
/// opens a page. A number below the same line again and again counts records: `排名⏎2`.
pub(super) fn without_page_counts(mut lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    /// So many lines, but for blank ones, part the numbers of two pages.
    const FEWEST: usize = 5;
    /// No record with an empty cell behind its number has so many.
    const LONG: usize = 20;
    /// A line of running text is wider.
    const TEXT: usize = 40;
    /// Columns of white space.
    const FAR: usize = 16;
    /// A running head is wider.
    const LABEL: usize = 8;
    let count = |line: &Line<'_>| {
        let text = line.text.trim_start();
        let is_count = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<usize>().ok().filter(|_| is_count)
    };
    let alone: Vec<(usize, usize)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, count(line)?))).collect();
    let text = |at: Option<usize>| at.and_then(|at| lines.get(at)).map(|line| line.text.trim());
    let goes_on = |pair: &[(usize, usize)]| pair[1].1 == pair[0].1 + 1 && pair[1].0 - pair[0].0 >= FEWEST;
    let is_labelled =
        |pair: &[(usize, usize)]| text(pair[0].0.checked_sub(1)) == text(pair[1].0.checked_sub(1));
    let count_pages = |counts: &[(usize, usize)], fewest: usize| {
        let mut pairs = counts.windows(2);
        counts.len() >= fewest && pairs.all(|pair| goes_on(pair) && !is_labelled(pair))
    };
    let far: Vec<(usize, usize)> =
        alone.iter().copied().filter(|(at, _)| lines[*at].indent() >= FAR).collect();
    let mut headed: Vec<(&str, (usize, usize))> = alone
        .iter()
        .filter_map(|&(at, number)| {
            Some((text(Some(at + 1)).filter(|head| width(head) > LABEL)?, (at, number)))
        })
        .collect();
    headed.sort_unstable();
    let same_head = headed.chunk_by(|a, b| a.0 == b.0).max_by_key(|same| same.len()).unwrap_or_default();
    let same_head: Vec<(usize, usize)> = same_head.iter().map(|(_, count)| *count).collect();
    let is_last = |at: &usize| lines.get(at + 1).is_none_or(|next| next.blanks > lines[*at].blanks.max(1));
    let above = |at: usize| text(at.checked_sub(1)).unwrap_or_default();
    let is_value = |at: usize| above(at).ends_with(['：', ':']);
    let last: Vec<(usize, usize)> =
        alone.iter().copied().filter(|(at, _)| is_last(at) && !is_value(*at)).collect();
    let cuts = |at: usize| width(above(at)) > TEXT && !ends_sentence(above(at));
    let are_pages = last.first().is_some_and(|&(_, number)| number == 1)
        && last.windows(2).all(|pair| pair[1].0 - pair[0].0 >= LONG)
        && last.iter().any(|(at, _)| cuts(*at));
    let counts = match () {
        () if count_pages(&far, 2) => far,
        () if count_pages(&same_head, 3) => same_head,
        () if are_pages && count_pages(&last, 3) => last,
        () => return lines,
    };
    let is_count = |at: usize| counts.binary_search_by_key(&at, |(at, _)| *at).is_ok();
    for (at, _) in &counts {
        if let Some(next) = lines.get_mut(at + 1) {
            next.opens_page = true;
        }
    }
    let mut at = 0;
    lines.retain(|_| {
        at += 1;
        !is_count(at - 1)
    });
    lines
}

/// Leaves out the lines that stand at the top of several pages, or above the numbers of several: the title that is
/// printed on each.
pub(super) fn without_running_heads(mut lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    for is_foot in [false, true] {
        let places = running_lines(&lines, is_foot);
        let is_one = |at: usize| places.binary_search(&at).is_ok();
        // What follows a head is the first line of the page.
        for &at in &places {
            if let Some(next) = lines.get_mut(at + 1) {
                next.opens_page = true;
            }
        }
        let mut at = 0;
        lines.retain(|_| {
            at += 1;
            !is_one(at - 1)
        });
    }
    lines
}

/// The places of the lines that each page repeats at its top, or at its foot.
fn running_lines(lines: &[Line<'_>], is_foot: bool) -> Vec<usize> {
    /// A title is wider; `序号` opens the header of a table that goes on.
    const NARROW: usize = 6;
    let ends_page = |at: usize| lines.get(at + 1).is_none_or(|next| next.opens_page);
    let is_one = |at: &usize| {
        let line = lines[*at];
        let text = line.text.trim();
        // Behind a blank line, as it is none of the text.
        (if is_foot { ends_page(*at) && line.is_apart() } else { line.opens_page })
            && (NARROW + 1..=60).contains(&width(text))
            && text.split_whitespace().take(3).count() < 3
            && !text.contains('|')
    };
    let places: Vec<usize> = (0..lines.len()).filter(is_one).collect();
    let mut says: Vec<&str> = places.iter().map(|&at| lines[at].text.trim()).collect();
    says.sort_unstable();
    let repeated: Vec<&str> = says.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    places.into_iter().filter(|&at| repeated.binary_search(&lines[at].text.trim()).is_ok()).collect()
}

/// `<!-- image -->`: what a converter notes for itself.
fn is_comment(line: &str) -> bool {
    line.starts_with("<!--") && line.len() > 6 && line.find("-->").is_some_and(|end| end + 3 == line.len())
}

/// `<!-- page 4 -->`: a note says where a page ends.
fn names_page(comment: &str) -> bool {
    comment.contains('页')
        || comment.to_ascii_lowercase().contains("page")
        || comment.bytes().any(|byte| byte.is_ascii_digit())
}

/// How many marks (`#`) make a line a heading.
pub(super) fn heading_level(line: &str) -> Option<usize> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with([' ', '\u{3000}'])).then_some(level)
}

/// Tabs at the end are empty cells, so they stay.
fn trim_line(raw: &str) -> &str {
    raw.trim_end_matches(|c: char| c != '\t' && c.is_whitespace())
}

/// Tells whether a line says nothing but where a page ended: `- 3 -`, `第3页 共12页`, `3 / 12`.
pub(super) fn is_page_number(line: &str) -> bool {
    static FORMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let dashes = "[-—–─－―]+";
        Regex::new(&format!(
            r"^(?i:{dashes} *[0-9０-９]{{1,4}} *{dashes}|[·•∙・] *[0-9０-９]{{1,4}} *[·•∙・]|(?:第 *[0-9０-９]{{1,4}} *页[ ,，/;；（(]*(?:共 *[0-9０-９]{{1,4}} *页[ )）]*)?)|共 *[0-9]{{1,4}} *页[ ,，/;；]*第 *[0-9]{{1,4}} *页|page *[0-9]{{1,4}}(?: *(?:of|/) *[0-9]{{1,4}})?|([0-9]{{1,4}}) */ *([0-9]{{1,4}}))$"
        ))
        .ok()
    });
    if line.len() > 60 {
        return false;
    }
    let Some(found) = FORMS.as_ref().and_then(|forms| forms.captures(line)) else { return false };
    let number = |group: usize| found.get(group).and_then(|number| number.as_str().parse::<u16>().ok());
    match (number(1), number(2)) {
        // A page, not a fraction.
        (Some(page), Some(pages)) => (1..=pages).contains(&page),
        _ => true,
    }
}

/// The width at which a typesetter broke the lines, where one did.
///
/// A hard-wrapped text has many lines of nearly the same width; running text has lines of every
/// length up to hundreds of columns.
pub(super) fn wrap_width(mut widths: Vec<usize>) -> Option<usize> {
    widths.sort_unstable();
    let limit = *widths.get(widths.len().checked_sub(1)? * 95 / 100)?;
    let full = widths.iter().filter(|&&w| is_full(w, limit)).count();
    (limit <= 160 && full >= 8 && full * 4 >= widths.len()).then_some(limit)
}

/// Tells whether a line of `width` columns was filled to the limit: two Han characters may be
/// missing where punctuation or a Latin word did not fit.
pub(super) fn is_full(width: usize, limit: usize) -> bool {
    width * 100 >= limit * 86
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_the_top_of_every_page_is_left_out() {
        let text = "公示材料\n甲\n第 1 页\n\u{C}  公示材料\n\n乙\n- 2 -\n公示材料\n丙\n公示材料\n\u{C}丁\n";
        let kept = without_running_heads(lines(text).collect());
        let kept: Vec<&str> = kept.iter().map(|line| line.text.trim()).collect();
        assert_eq!(kept, ["公示材料", "甲", "乙", "丙", "公示材料", "丁"]);
        let text = "甲\n\n公示材料\n第 1 页\n\n乙\n\n公示材料\n第 2 页\n\n公示材料";
        let kept = without_running_heads(lines(text).collect());
        assert_eq!(kept.iter().map(|line| line.text).collect::<Vec<_>>(), ["甲", "乙"]);
        assert!(kept[1].opens_page);
        let text = "序号\n名称\n甲\n- 1 -\n序号\n名称\n乙\n- 2 -\n序号\n名称\n丙\n";
        assert_eq!(without_running_heads(lines(text).collect()).len(), 9, "a header is none");
    }

    #[test]
    fn numbers_of_records_with_an_empty_cell_count_no_pages() {
        let page = |number: &str| format!("{}{number}\n\n\n", "甲行。\n\n".repeat(20));
        let of_records = [
            "#\n\n\n陈一\n\n教授\n\n甲省人民医院\n\n负责@，制定方案。\n\n",
            "陈一\n\n教授\n\n甲省人民医院\n\n负责设计，制定方案，\n\n并验证@。\n\n#\n\n\n",
            "#\n\n\nA Long Title of a Paper on the Disease @\n\nGut\n\n陈一\n\n李二\n\n甲省@医院\n\n",
        ]
        .map(|record| {
            let records = [("1", "甲"), ("2", "乙"), ("3", "丙")];
            records.map(|(number, own)| record.replace('#', number).replace('@', own)).concat()
        });
        let cut = "甲".repeat(24);
        let ranked = format!(
            "排名：\n1\n\n\n{}",
            ["2", "3"].map(|number| page(&format!("{cut}\n\n{number}"))).concat()
        );
        for text in of_records.into_iter().chain([ranked]) {
            let kept = without_page_counts(lines(&text).collect());
            assert_eq!(kept.len(), lines(&text).count(), "{text}");
        }
    }

    #[test]
    fn notes_of_a_converter_are_left_out() {
        let text = "甲\n<!-- page 4 -->\n乙\n<!-- 甲 --> 丙\n<!--->\n";
        let kept: Vec<Line<'_>> = lines(text).collect();
        assert_eq!(
            kept.iter().map(|line| line.text).collect::<Vec<_>>(),
            ["甲", "乙", "<!-- 甲 --> 丙", "<!--->"]
        );
        assert!(kept[1].opens_page);
        let image: Vec<Line<'_>> = lines("甲段。\n\n<!-- image -->\n乙段").collect();
        assert!(!image[1].opens_page && image[1].is_apart(), "a picture ends no page");
    }

    #[test]
    fn page_numbers_are_told_from_values() {
        for line in [
            "- 3 -",
            "—5—",
            "－ 12 －",
            "·1·",
            "• 12 •",
            "第3页",
            "第 3 页 共 12 页",
            "第3页/共12页",
            "共12页 第3页",
            "第3页（共12页）",
            "3 / 12",
            "3/12",
            "Page 3 of 12",
            "page 3",
        ] {
            assert!(is_page_number(line), "{line}");
        }
        for line in
            ["3", "12 / 3", "0/5", "-3", "第3页图", "第三", "2019/03", "3 / 12 例", "创新点1", "10-12"]
        {
            assert!(!is_page_number(line), "{line}");
        }
    }
}
