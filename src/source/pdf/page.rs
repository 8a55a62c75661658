use super::geometry::{Point, Rect};

/// What one page shows: characters and ruling lines, upright, `y` growing downwards.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) has_picture: bool,
}

/// A character where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Of its baseline.
    pub(super) y: f64,
    pub(super) size: f64,
}

impl Glyph {
    pub(super) fn center(&self) -> Point {
        Point { x: f64::midpoint(self.x0, self.x1), y: self.y - 0.35 * self.size }
    }
}

/// A ruling line: at `at` from `from` to `to`, the other way round where it is upright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) is_upright: bool,
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

/// A character as it was drawn, in whatever direction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    pub(super) c: char,
    pub(super) origin: Point,
    /// Where the pen goes.
    pub(super) advance: Point,
    pub(super) size: f64,
    pub(super) is_hidden: bool,
    pub(super) is_vertical: bool,
}

/// Lines thinner than this, in points, are rulings; a thicker one is a bar or a shade.
const MAX_THICKNESS: f64 = 3.5;

impl Page {
    /// Takes in a rectangle that was filled, where it is as thin as a line.
    pub(super) fn fill(&mut self, area: Rect) {
        if ![area.x0, area.y0, area.x1, area.y1].iter().all(|number| number.is_finite()) {
            return;
        }
        let (is_flat, is_slim) = (area.height() <= MAX_THICKNESS, area.width() <= MAX_THICKNESS);
        if is_flat && (!is_slim || area.width() >= area.height() / 2.0) {
            let at = f64::midpoint(area.y0, area.y1);
            self.rules.push(Rule { is_upright: false, at, from: area.x0, to: area.x1 });
        }
        if is_slim && (!is_flat || area.height() >= area.width() / 2.0) {
            let at = f64::midpoint(area.x0, area.x1);
            self.rules.push(Rule { is_upright: true, at, from: area.y0, to: area.y1 });
        }
    }

    /// Takes in a straight line that was drawn, where it is level or upright.
    pub(super) fn stroke(&mut self, from: Point, to: Point, thickness: f64) {
        let (width, height) = ((from.x - to.x).abs(), (from.y - to.y).abs());
        if thickness > MAX_THICKNESS || width.min(height) > 1.0 {
            return;
        }
        if let Some(area) = Rect::around(&[from, to]) {
            self.fill(area);
        }
    }

    /// Turns the page so that most of its text runs to the right, and takes in its characters. What runs
    /// askew is a watermark, what lies outside the page is not seen; hidden text is what text recognition
    /// has put behind a picture, so it counts where there is no other.
    pub(super) fn settle(&mut self, mut drawn: Vec<Drawn>) {
        if drawn.iter().any(|glyph| !glyph.is_hidden && !glyph.c.is_whitespace()) {
            drawn.retain(|glyph| !glyph.is_hidden);
        }
        let turns = |glyph: &Drawn| quarter(glyph.advance);
        let mut counts = [0_usize; 4];
        drawn.iter().filter(|glyph| !glyph.is_vertical).filter_map(turns).for_each(|turn| counts[turn] += 1);
        let turn = (0..4).rev().max_by_key(|turn| counts[*turn]).unwrap_or(0);
        let (width, height) = (self.width, self.height);
        let place = |point: Point| match turn {
            1 => Point { x: point.y, y: width - point.x },
            2 => Point { x: width - point.x, y: height - point.y },
            3 => Point { x: height - point.y, y: point.x },
            _ => point,
        };
        if turn % 2 == 1 {
            (self.width, self.height) = (height, width);
        }
        for rule in &mut self.rules {
            *rule = rule.placed(place);
        }
        let area = Rect { x0: 0.0, y0: 0.0, x1: self.width, y1: self.height };
        for glyph in drawn {
            let Some(direction) = quarter(glyph.advance).map(|own| (own + 4 - turn) % 4) else { continue };
            let (origin, size) = (place(glyph.origin), glyph.size);
            let length = glyph.advance.x.hypot(glyph.advance.y);
            let (x0, x1, y) = match (glyph.is_vertical, direction) {
                (true, _) => (origin.x - size / 2.0, origin.x + size / 2.0, origin.y + 0.88 * size),
                (false, 0) => (origin.x, origin.x + length, origin.y),
                (false, 1) => (origin.x - 0.2 * size, origin.x + 0.8 * size, origin.y + length),
                (false, 2) => (origin.x - length, origin.x, origin.y + 0.7 * size),
                (false, _) => (origin.x - 0.8 * size, origin.x + 0.2 * size, origin.y),
            };
            let glyph = Glyph { c: glyph.c, x0, x1, y, size };
            if area.holds(glyph.center()) {
                self.glyphs.push(glyph);
            }
        }
    }
}

impl Rule {
    fn placed(self, place: impl Fn(Point) -> Point) -> Rule {
        let ends = [self.from, self.to].map(|along| {
            place(if self.is_upright {
                Point { x: self.at, y: along }
            } else {
                Point { x: along, y: self.at }
            })
        });
        let is_upright = (ends[0].x - ends[1].x).abs() < (ends[0].y - ends[1].y).abs();
        let [(at, one), (_, other)] =
            ends.map(|end| if is_upright { (end.x, end.y) } else { (end.y, end.x) });
        Rule { is_upright, at, from: one.min(other), to: one.max(other) }
    }
}

/// The direction of a vector in quarter turns to the right; `None` where it is askew.
fn quarter(vector: Point) -> Option<usize> {
    let (level, upright) = (vector.x.abs(), vector.y.abs());
    if level >= 8.0 * upright {
        return Some(if vector.x < 0.0 { 2 } else { 0 });
    }
    (upright >= 8.0 * level).then_some(if vector.y < 0.0 { 3 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(c: char, x: f64, y: f64, advance: (f64, f64)) -> Drawn {
        let (origin, advance) = (Point { x, y }, Point { x: advance.0, y: advance.1 });
        Drawn { c, origin, advance, size: 10.0, is_hidden: false, is_vertical: false }
    }

    fn page(drawn: Vec<Drawn>) -> String {
        let mut page = Page { width: 200.0, height: 100.0, ..Page::default() };
        page.settle(drawn);
        page.glyphs.sort_by(|a, b| (a.y, a.x0).partial_cmp(&(b.y, b.x0)).expect("numbers"));
        page.glyphs.iter().map(|glyph| glyph.c).collect()
    }

    #[test]
    fn a_page_is_turned_as_its_text_runs() {
        for advance in [(10.0, 0.0), (0.0, 10.0), (-10.0, 0.0), (0.0, -10.0)] {
            let at = |n: f64| (100.0 + n * advance.0, 50.0 + n * advance.1);
            let glyphs = "甲乙丙".chars().enumerate().map(|(n, c)| {
                let (x, y) = at(n as f64);
                drawn(c, x, y, advance)
            });
            assert_eq!(page(glyphs.collect()), "甲乙丙", "{advance:?}");
        }
    }

    #[test]
    fn what_is_askew_hidden_or_outside_is_not_seen() {
        let seen = drawn('甲', 10.0, 50.0, (10.0, 0.0));
        let hidden = Drawn { is_hidden: true, ..drawn('丁', 30.0, 50.0, (10.0, 0.0)) };
        let all =
            vec![seen, drawn('乙', 50.0, 50.0, (7.0, -7.0)), drawn('丙', 500.0, 50.0, (10.0, 0.0)), hidden];
        assert_eq!(page(all), "甲");
        assert_eq!(page(vec![hidden]), "丁");
    }

    #[test]
    fn thin_areas_are_rulings() {
        let mut page = Page::default();
        page.fill(Rect { x0: 10.0, y0: 10.0, x1: 90.0, y1: 10.5 });
        page.fill(Rect { x0: 10.0, y0: 10.0, x1: 10.5, y1: 90.0 });
        page.fill(Rect { x0: 10.0, y0: 10.0, x1: 90.0, y1: 90.0 });
        page.stroke(Point { x: 0.0, y: 0.0 }, Point { x: 50.0, y: 50.0 }, 1.0);
        let got: Vec<bool> = page.rules.iter().map(|rule| rule.is_upright).collect();
        assert_eq!(got, [false, true]);
    }
}
