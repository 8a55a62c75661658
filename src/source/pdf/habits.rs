use super::page::{Glyph, Page};

/// How the program that made a file prints spaces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Habits {
    /// Not at all: a gap is what there is of a space.
    pub(super) drops_spaces: bool,
    /// At the ends of lines too, so that a line that ends without one ends within a word.
    pub(super) keeps_spaces: bool,
}

/// So many show a habit.
const ENOUGH: usize = 3;

impl Habits {
    /// Looks at the characters in the order in which they were printed, mostly that of the text.
    pub(super) fn of(pages: &[Page]) -> Habits {
        let is_word = |glyph: &Glyph| glyph.c.is_ascii_alphanumeric();
        let is_level = |a: &Glyph, b: &Glyph| (a.y - b.y).abs() < 0.3 * a.size;
        let (mut gaps, mut spaces, mut ends) = (0_usize, 0_usize, 0_usize);
        for page in pages {
            for three in page.glyphs.windows(3) {
                let [first, second, third] = three else { continue };
                let gap = (second.x0 - first.x1) / second.size;
                let is_gap = is_word(first)
                    && is_word(second)
                    && is_level(first, second)
                    && (0.18..0.6).contains(&gap);
                gaps += usize::from(is_gap);
                let is_spaced = is_word(first) && second.c == ' ' && is_word(third);
                spaces += usize::from(is_spaced && is_level(first, third));
                ends += usize::from(is_spaced && !is_level(first, third) && third.x0 < second.x0);
            }
        }
        Habits { drops_spaces: gaps >= ENOUGH && gaps > spaces, keeps_spaces: ends >= ENOUGH }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::line::tests::set, *};

    #[test]
    fn spaces_are_printed_left_out_or_kept_at_line_ends() {
        let page = |rows: &[(&str, f64, f64)]| {
            let glyphs = rows.iter().flat_map(|(text, x, y)| set(text, *x, *y)).collect();
            Page { glyphs, ..Page::default() }
        };
        let habits = |drops_spaces, keeps_spaces| Habits { drops_spaces, keeps_spaces };
        for (rows, want) in [
            (&[("a b c d e", 0.0, 20.0), ("甲乙", 0.0, 40.0)][..], habits(false, false)),
            (
                &[
                    ("a", 0.0, 20.0),
                    ("b", 8.0, 20.0),
                    ("c", 16.0, 20.0),
                    ("d", 24.0, 20.0),
                    ("e", 32.0, 20.0),
                ],
                habits(true, false),
            ),
            (
                &[("ab ", 0.0, 20.0), ("cd ", 0.0, 40.0), ("ef ", 0.0, 60.0), ("gh", 0.0, 80.0)],
                habits(false, true),
            ),
        ] {
            assert_eq!(Habits::of(&[page(rows)]), want, "{rows:?}");
        }
    }
}
