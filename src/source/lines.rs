use crate::text::width;

/// A line of plain text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Without white space at its end.
    pub(super) text: &'a str,
    /// Its first byte in the source.
    pub(super) start: usize,
}

impl Line<'_> {
    /// Columns of white space before the first character.
    pub(super) fn indent(&self) -> usize {
        width(&self.text[..self.text.len() - self.text.trim_start().len()])
    }

    pub(super) fn is_tabbed(&self) -> bool {
        self.text.trim_start_matches(' ').contains('\t')
    }
}

/// The lines that are not blank.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |raw| {
        let line = Line { text: trim_line(raw), start };
        start += raw.len();
        (!line.text.trim().is_empty()).then_some(line)
    })
}

/// Tabs at the end are empty cells, so they stay.
fn trim_line(raw: &str) -> &str {
    raw.trim_end_matches(|c: char| c != '\t' && c.is_whitespace())
}

/// The width at which a typesetter broke the lines, where one did.
///
/// A hard-wrapped text has many lines of nearly the same width; running text has lines of every
/// length up to hundreds of columns.
pub(super) fn wrap_width<'a>(lines: impl Iterator<Item = &'a Line<'a>>) -> Option<usize> {
    let mut widths: Vec<usize> =
        lines.filter(|line| !line.is_tabbed()).map(|line| width(line.text)).collect();
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
