use super::{
    columns::{Item, columns},
    furniture,
    habits::Habits,
    line::{Line, Measure, lines},
    page::{Glyph, Page},
    rulings::grids,
    table::Table,
};
use crate::{
    source::{SourceError, flow::Flow},
    text::Passage,
};

/// Most comparisons of characters with tables on a page.
const MAX_LOOKUPS: usize = 100_000_000;

/// The pages of a document, each with what stands on it from the top.
pub(super) struct Layout {
    pages: Vec<(f64, Vec<Item>)>,
    widths: Vec<f64>,
    habits: Habits,
}

impl Layout {
    pub(super) fn new(habits: Habits) -> Self {
        Layout { pages: Vec::new(), widths: Vec::new(), habits }
    }

    /// Finds the tables and lines of the next page.
    pub(super) fn take(&mut self, page: Page) -> Result<(), SourceError> {
        let grids = grids(&page.rules)?;
        let mut order: Vec<usize> = (0..grids.len()).collect();
        // A table within the cell of another comes first.
        let size = |at: &usize| grids[*at].bounds().width() * grids[*at].bounds().height();
        order.sort_by(|a, b| size(a).total_cmp(&size(b)));
        if order.len().saturating_mul(page.glyphs.len()) > MAX_LOOKUPS {
            return Err(SourceError::TooManyParts);
        }
        let mut within: Vec<Vec<Vec<Glyph>>> =
            grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
        let mut outside = Vec::new();
        let bounds: Vec<_> = order.iter().map(|at| (*at, grids[*at].bounds())).collect();
        for glyph in page.glyphs {
            let center = glyph.center();
            let table = bounds.iter().find(|(_, bounds)| bounds.holds(center)).map(|(at, _)| *at);
            match table.and_then(|at| Some((at, grids[at].cell_at(center)?))) {
                Some((at, cell)) => within[at][cell].push(glyph),
                None => outside.push(glyph),
            }
        }
        let mut items = Vec::new();
        let mut rest = lines(outside, self.habits).into_iter().peekable();
        for (grid, glyphs) in grids.iter().zip(within) {
            let top = grid.bounds().y0;
            let mut before = Vec::new();
            while let Some(line) = rest.next_if(|line| line.y <= top + 0.5 * line.size) {
                before.push(line);
            }
            items.extend(columns(before, self.habits));
            let table = Table::of(grid, glyphs, self.habits);
            if table.rows.iter().flatten().any(|cell| !cell.paragraphs.is_empty()) {
                items.push(Item::Table(table));
            }
        }
        items.extend(columns(rest.collect(), self.habits));
        self.pages.push((page.height, items));
        self.widths.push(page.width);
        Ok(())
    }

    /// Puts the pages together: what a page break cut is one. Returns the numbers of the pages at whose
    /// end a row was cut.
    pub(super) fn flow(mut self, flow: &mut Flow) -> Result<Vec<usize>, SourceError> {
        furniture::remove(&mut self.pages);
        let mut cut = Vec::new();
        let measures: Vec<Measure> = self.measures();
        let mut open: Option<Table> = None;
        let mut paragraph: Vec<Line> = Vec::new();
        for (number, ((_, items), measure)) in self.pages.into_iter().zip(measures).enumerate() {
            let mut is_first = true;
            for item in items {
                match item {
                    Item::Line(line) => {
                        if let Some(table) = open.take() {
                            table.flow(flow)?;
                        }
                        let follows = paragraph.last().is_some_and(|last| {
                            let gap = line.y - last.y;
                            let usual = 1.9 * last.size.max(line.size);
                            (is_first || (gap > 0.0 && gap < usual)) && measure.wraps(last, &line)
                        });
                        if !follows {
                            end(&mut paragraph, measure, flow);
                        }
                        paragraph.push(line);
                    }
                    Item::Table(table) => {
                        end(&mut paragraph, measure, flow);
                        match open.as_mut() {
                            Some(before) if is_first && before.continues_in(&table) => {
                                if before.append(table) {
                                    cut.push(number);
                                }
                            }
                            _ => {
                                if let Some(before) = open.replace(table) {
                                    before.flow(flow)?;
                                }
                            }
                        }
                    }
                }
                is_first = false;
                flow.check()?;
            }
        }
        end(&mut paragraph, Measure { left: 0.0, right: 0.0, habits: Habits::default() }, flow);
        if let Some(table) = open {
            table.flow(flow)?;
        }
        Ok(cut)
    }

    /// Between which edges the text of each page runs: those of all pages as wide as it.
    fn measures(&self) -> Vec<Measure> {
        let mut known: Vec<(f64, Measure)> = Vec::new();
        for width in &self.widths {
            if known.iter().any(|(known, _)| (known - width).abs() < 1.0) {
                continue;
            }
            let pages = self.pages.iter().zip(&self.widths).filter(|(_, own)| (**own - width).abs() < 1.0);
            let lines = pages.flat_map(|((_, items), _)| items).filter_map(|item| match item {
                Item::Line(line) => Some(line),
                Item::Table(_) => None,
            });
            known.push((*width, measure(&lines.collect::<Vec<_>>(), *width, self.habits)));
        }
        let of = |width: &f64| known.iter().find(|(known, _)| (known - width).abs() < 1.0);
        let whole = |width: &f64| Measure { left: 0.0, right: *width, habits: Habits::default() };
        self.widths
            .iter()
            .map(|width| of(width).map_or_else(|| whole(width), |(_, measure)| *measure))
            .collect()
    }
}

/// The edges of running text: where many lines end, else as far from the right as text begins from the left.
fn measure(lines: &[&Line], width: f64, habits: Habits) -> Measure {
    let mut starts: Vec<f64> = lines.iter().map(|line| line.x0).collect();
    let mut ends: Vec<f64> = lines.iter().map(|line| line.x1).collect();
    starts.sort_by(f64::total_cmp);
    ends.sort_by(f64::total_cmp);
    let (Some(left), Some(last)) =
        (starts.get(starts.len() / 20), ends.get((ends.len() * 49 / 50).min(ends.len().saturating_sub(1))))
    else {
        return Measure { left: 0.0, right: width, habits };
    };
    let size = lines.iter().map(|line| line.size).fold(0.0, f64::max).min(16.0);
    let full = ends.iter().filter(|end| **end > last - 1.2 * size).count();
    let right = if full >= 3 && full * 10 >= ends.len() { *last } else { last.max(width - left) };
    Measure { left: *left, right, habits }
}

fn end(paragraph: &mut Vec<Line>, measure: Measure, flow: &mut Flow) {
    let lines = std::mem::take(paragraph);
    let Some(first) = lines.first() else { return };
    let mut text = Passage::new(&first.text, 0);
    for pair in lines.windows(2) {
        measure.join(&mut text, &pair[0], &pair[1]);
    }
    text.text().chars().for_each(|c| flow.push(c));
    flow.end_line();
}
