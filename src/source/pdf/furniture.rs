use std::collections::HashMap;

use super::{columns::Item, line::Line};
use crate::source::lines::is_page_number;

/// How much of a page's height its upper and its lower margin take.
const MARGIN: f64 = 0.12;
/// How many lines of a margin are looked at.
const LINES: usize = 3;

/// Takes headers, footers and page numbers out of the pages, each with its height.
pub(super) fn remove(pages: &mut [(f64, Vec<Item>)]) {
    let mut seen: HashMap<(bool, String), usize> = HashMap::new();
    for (height, items) in pages.iter() {
        for (_, is_top, text) in edge(*height, items) {
            *seen.entry((is_top, form(text))).or_default() += 1;
        }
    }
    // Left and right pages may have headers of their own; one or two pages do not show what recurs.
    let least = (pages.len() / 3).max(2);
    // `工作单位：甲医院` of two people may stand at the edge of a page by chance.
    let fewest = (pages.len() / 2 + 1).max(least);
    let recurs = |count: usize, text: &str| {
        let is_value = text.trim_end_matches(['：', ':']).contains(['：', ':']);
        count >= if is_value { fewest } else { least }
    };
    for (height, items) in pages.iter_mut() {
        let drop: Vec<usize> = edge(*height, items)
            .into_iter()
            .filter(|(_, is_top, text)| {
                is_number(text) || seen.get(&(*is_top, form(text))).is_some_and(|count| recurs(*count, text))
            })
            .map(|(at, _, _)| at)
            .collect();
        let mut at = 0;
        items.retain(|_| {
            at += 1;
            !drop.contains(&(at - 1))
        });
    }
}

/// The lines in the margins: their index, whether at the top, and their text.
fn edge(height: f64, items: &[Item]) -> Vec<(usize, bool, &str)> {
    fn line((at, item): (usize, &Item)) -> Option<(usize, &Line)> {
        match item {
            Item::Line(line) => Some((at, line)),
            Item::Table(_) => None,
        }
    }
    let top =
        items.iter().enumerate().take(LINES).map_while(line).filter(|(_, line)| line.y < MARGIN * height);
    let end = items
        .iter()
        .enumerate()
        .rev()
        .take(LINES)
        .map_while(line)
        .filter(|(_, line)| line.y > (1.0 - MARGIN) * height);
    let top = top.map(|(at, line)| (at, true, line.text.as_str()));
    top.chain(end.map(|(at, line)| (at, false, line.text.as_str()))).collect()
}

/// A text with its numbers left out, which differ from page to page.
fn form(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect()
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    is_page_number(text) || (text.len() <= 4 && text.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            habits::Habits,
            line::{lines, tests::set},
        },
        *,
    };

    fn page(rows: &[(&str, f64)]) -> (f64, Vec<Item>) {
        let glyphs = rows.iter().flat_map(|(text, y)| set(text, 50.0, *y)).collect();
        (800.0, lines(glyphs, Habits::default()).into_iter().map(Item::Line).collect())
    }

    fn kept(pages: &[&[(&str, f64)]]) -> Vec<Vec<String>> {
        let mut pages: Vec<_> = pages.iter().map(|rows| page(rows)).collect();
        remove(&mut pages);
        let text = |item: &Item| match item {
            Item::Line(line) => line.text.clone(),
            Item::Table(_) => String::new(),
        };
        pages.iter().map(|(_, items)| items.iter().map(text).collect()).collect()
    }

    #[test]
    fn what_recurs_at_the_edge_is_left_out() {
        let pages = [
            &[("公示材料", 40.0), ("甲", 200.0), ("第 1 页 共 3 页", 780.0)][..],
            &[("公示材料", 40.0), ("乙", 60.0), ("2", 400.0), ("2", 780.0)],
            &[("公示材料", 40.0), ("公示材料", 300.0), ("- 3 -", 780.0)],
        ];
        assert_eq!(kept(&pages), [&["甲"][..], &["乙", "2"], &["公示材料"]]);
        assert_eq!(kept(&[&[("标题", 40.0), ("12 例", 780.0)]]), [["标题", "12 例"]]);
    }
}
