use std::{collections::HashMap, rc::Rc};

use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction as Op},
    object::{Array, Dict, Name, Number, ObjRef, Object, Stream},
    page::{Page as Sheet, Resources},
};

use super::{
    budget::Budget,
    font::{Characters, Font, Fonts},
    geometry::{Matrix, Point, Rect},
    page::{Drawn, Page},
};
use crate::source::{MAX_PARTS, SourceError};

/// How deep forms may draw forms.
const MAX_FORMS: usize = 16;
/// How many states may be kept for later; more are counted and not kept.
const MAX_STATES: usize = 512;

/// Reads the pages of one file, which share fonts.
pub(super) struct Reader<'a> {
    fonts: Fonts<'a>,
    known: HashMap<ObjRef, Option<Rc<Font>>>,
    pub(super) budget: Budget,
    /// Characters and lines so far.
    parts: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new() -> Self {
        Reader { fonts: Fonts::new(), known: HashMap::new(), budget: Budget::default(), parts: 0 }
    }

    pub(super) fn page(&mut self, sheet: &Sheet<'a>) -> Result<Page, SourceError> {
        let (width, height) = sheet.render_dimensions();
        let page = Page { width: width.into(), height: height.into(), ..Page::default() };
        let base = Matrix(sheet.initial_transform(true).as_coeffs());
        let mut scene = Scene { reader: self, page, drawn: Vec::new(), forms: 0 };
        let content = match sheet.raw().get::<Object<'_>>("Contents") {
            Some(Object::Stream(stream)) => {
                scene.reader.budget.decoded(&stream)?.map(|data| data.into_owned())
            }
            Some(Object::Array(streams)) => Some(scene.joined(&streams)?),
            _ => None,
        };
        scene.run(&content.unwrap_or_default(), sheet.resources(), State::new(base))?;
        let Scene { mut page, drawn, .. } = scene;
        page.settle(drawn);
        Ok(page)
    }

    fn font(&mut self, resources: &Resources<'a>, name: &Name<'_>) -> Result<Option<Rc<Font>>, SourceError> {
        let key = resources.fonts.get_ref(name);
        if let Some(font) = key.and_then(|key| self.known.get(&key)) {
            return Ok(font.clone());
        }
        let font = match resources.get_font(name) {
            Some(dict) => self.fonts.font(&dict, &mut self.budget)?.map(Rc::new),
            None => None,
        };
        if let Some(key) = key {
            self.known.insert(key, font.clone());
        }
        Ok(font)
    }
}

/// One page while it is read.
struct Scene<'r, 'a> {
    reader: &'r mut Reader<'a>,
    page: Page,
    drawn: Vec<Drawn>,
    /// Forms that are open.
    forms: usize,
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    is_hidden: bool,
    line_width: f64,
}

impl State {
    fn new(matrix: Matrix) -> Self {
        State {
            matrix,
            font: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            is_hidden: false,
            line_width: 1.0,
        }
    }
}

/// A path under way: its parts, each with its points and whether all of it is straight.
#[derive(Default)]
struct Path {
    parts: Vec<(Vec<Point>, bool)>,
}

impl Path {
    fn begin(&mut self, point: Point) {
        self.parts.push((vec![point], true));
    }

    fn line(&mut self, point: Point, is_straight: bool) {
        match self.parts.last_mut() {
            Some((points, straight)) => {
                points.push(point);
                *straight &= is_straight;
            }
            None => self.begin(point),
        }
    }

    fn close(&mut self) {
        if let Some((points, _)) = self.parts.last_mut()
            && let Some(first) = points.first().copied()
        {
            points.push(first);
        }
    }
}

/// Where text is being written: the matrices of the place and of the line.
#[derive(Clone, Copy)]
struct Pen {
    place: Matrix,
    line: Matrix,
}

impl Pen {
    fn new(matrix: Matrix) -> Self {
        Pen { place: matrix, line: matrix }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        *self = Pen::new(self.line.of(Matrix::shift(x, y)));
    }
}

fn matrix(numbers: [&Number; 6]) -> Matrix {
    Matrix(numbers.map(Number::as_f64))
}

impl<'a> Scene<'_, 'a> {
    /// The parts of a page's content; an operator does not reach over the end of one.
    fn joined(&mut self, streams: &Array<'a>) -> Result<Vec<u8>, SourceError> {
        let mut content = Vec::new();
        for stream in streams.iter::<Stream<'_>>() {
            if let Some(data) = self.reader.budget.decoded(&stream)? {
                content.extend_from_slice(&data);
                content.push(b'\n');
            }
        }
        Ok(content)
    }

    fn run(&mut self, content: &[u8], resources: &Resources<'a>, state: State) -> Result<(), SourceError> {
        let (mut state, mut kept, mut surplus) = (state, Vec::new(), 0_usize);
        let (mut pen, mut path) = (Pen::new(Matrix::IDENTITY), Path::default());
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            self.reader.budget.spend(1)?;
            match operator {
                Op::SaveState(_) if kept.len() >= MAX_STATES => surplus += 1,
                Op::SaveState(_) => kept.push(state.clone()),
                Op::RestoreState(_) if surplus > 0 => surplus -= 1,
                Op::RestoreState(_) => state = kept.pop().unwrap_or(state),
                Op::Transform(m) => {
                    state.matrix = state.matrix.of(matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]));
                }
                Op::LineWidth(width) => state.line_width = width.0.as_f64(),
                Op::XObject(name) => self.form(name.0, resources, &state)?,
                Op::InlineImage(_) | Op::Shading(_) => self.page.has_picture = true,
                Op::BeginText(_) => pen = Pen::new(Matrix::IDENTITY),
                Op::CharacterSpacing(n) => state.character_space = n.0.as_f64(),
                Op::WordSpacing(n) => state.word_space = n.0.as_f64(),
                Op::HorizontalScaling(n) => state.stretch = n.0.as_f64() / 100.0,
                Op::TextLeading(n) => state.leading = n.0.as_f64(),
                Op::TextRise(n) => state.rise = n.0.as_f64(),
                Op::TextRenderingMode(n) => state.is_hidden = matches!(n.0.as_i64(), 3 | 7),
                Op::TextFont(font) => {
                    state.font = self.reader.font(resources, font.0)?;
                    state.size = font.1.as_f64();
                }
                Op::NextLine(by) => pen.next_line(by.0.as_f64(), by.1.as_f64()),
                Op::NextLineAndSetLeading(by) => {
                    state.leading = -by.1.as_f64();
                    pen.next_line(by.0.as_f64(), by.1.as_f64());
                }
                Op::NextLineUsingLeading(_) => pen.next_line(0.0, -state.leading),
                Op::SetTextMatrix(m) => pen = Pen::new(matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5])),
                Op::ShowText(text) => self.show(text.0.as_bytes(), &state, &mut pen)?,
                Op::NextLineAndShowText(text) => {
                    pen.next_line(0.0, -state.leading);
                    self.show(text.0.as_bytes(), &state, &mut pen)?;
                }
                Op::ShowTextWithParameters(text) => {
                    state.word_space = text.0.as_f64();
                    state.character_space = text.1.as_f64();
                    pen.next_line(0.0, -state.leading);
                    self.show(text.2.as_bytes(), &state, &mut pen)?;
                }
                Op::ShowTexts(texts) => self.show_all(texts.0, &state, &mut pen)?,
                operator => self.draw(&operator, &state, &mut path)?,
            }
        }
        Ok(())
    }

    /// Follows the operators that draw lines and areas.
    fn draw(&mut self, operator: &Op<'_, '_>, state: &State, path: &mut Path) -> Result<(), SourceError> {
        let at = |x: &Number, y: &Number| state.matrix.point(x.as_f64(), y.as_f64());
        match operator {
            Op::MoveTo(to) => path.begin(at(&to.0, &to.1)),
            Op::LineTo(to) => path.line(at(&to.0, &to.1), true),
            Op::CubicTo(to) => path.line(at(&to.4, &to.5), false),
            Op::CubicStartTo(to) => path.line(at(&to.2, &to.3), false),
            Op::CubicEndTo(to) => path.line(at(&to.2, &to.3), false),
            Op::RectPath(area) => {
                let [x, y, width, height] = [&area.0, &area.1, &area.2, &area.3].map(Number::as_f64);
                path.begin(state.matrix.point(x, y));
                for (x, y) in [(x + width, y), (x + width, y + height), (x, y + height)] {
                    path.line(state.matrix.point(x, y), true);
                }
                path.close();
            }
            Op::ClosePath(_) => path.close(),
            Op::StrokePath(_) => self.stroke(path, state)?,
            Op::CloseAndStrokePath(_) => {
                path.close();
                self.stroke(path, state)?;
            }
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                self.fill(path)?;
            }
            Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => {
                path.close();
                self.stroke(path, state)?;
            }
            Op::EndPath(_) => path.parts.clear(),
            _ => {}
        }
        Ok(())
    }

    fn count(&mut self, parts: usize) -> Result<(), SourceError> {
        self.reader.parts += parts;
        if self.reader.parts > MAX_PARTS { Err(SourceError::TooManyParts) } else { Ok(()) }
    }

    fn stroke(&mut self, path: &mut Path, state: &State) -> Result<(), SourceError> {
        let thickness = state.line_width * state.matrix.scale();
        for (points, is_straight) in path.parts.drain(..) {
            if is_straight {
                points.windows(2).for_each(|line| self.page.stroke(line[0], line[1], thickness));
            }
        }
        self.check_rules()
    }

    fn fill(&mut self, path: &mut Path) -> Result<(), SourceError> {
        for (points, is_straight) in path.parts.drain(..) {
            if let (true, Some(area)) = (is_straight, Rect::around(&points)) {
                self.page.fill(area);
            }
        }
        self.check_rules()
    }

    fn check_rules(&self) -> Result<(), SourceError> {
        if self.page.rules.len() > MAX_PARTS { Err(SourceError::TooManyParts) } else { Ok(()) }
    }

    /// Draws a form, or notes a picture.
    fn form(&mut self, name: &Name<'_>, resources: &Resources<'a>, state: &State) -> Result<(), SourceError> {
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        let dict = stream.dict();
        if dict.get::<Name<'_>>("Subtype").is_none_or(|kind| kind.as_ref() != b"Form") {
            self.page.has_picture = true;
            return Ok(());
        }
        if self.forms >= MAX_FORMS {
            return Err(SourceError::TooDeep);
        }
        let Some(content) = self.reader.budget.decoded(&stream)? else { return Ok(()) };
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let mut state = state.clone();
        if let Some(numbers) = dict.get::<[f64; 6]>("Matrix") {
            state.matrix = state.matrix.of(Matrix(numbers));
        }
        self.forms += 1;
        let done = self.run(&content, own.as_ref().unwrap_or(resources), state);
        self.forms -= 1;
        done
    }

    fn show_all(&mut self, texts: &Array<'_>, state: &State, pen: &mut Pen) -> Result<(), SourceError> {
        for item in texts.iter::<Object<'_>>() {
            match item {
                Object::String(text) => self.show(text.as_bytes(), state, pen)?,
                Object::Number(back) => {
                    let back = -back.as_f64() / 1000.0 * state.size;
                    let is_vertical = state.font.as_ref().is_some_and(|font| font.is_vertical());
                    let by = if is_vertical { (0.0, back) } else { (back * state.stretch, 0.0) };
                    pen.place = pen.place.of(Matrix::shift(by.0, by.1));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, mut text: &[u8], state: &State, pen: &mut Pen) -> Result<(), SourceError> {
        let Some(font) = state.font.clone() else { return Ok(()) };
        let size = state.size;
        let is_vertical = font.is_vertical();
        while !text.is_empty() {
            let (shown, length) = font.read(text);
            text = &text[length.clamp(1, text.len())..];
            let letter = Matrix([size * state.stretch, 0.0, 0.0, size, 0.0, state.rise]);
            let placed = state.matrix.of(pen.place).of(letter);
            let (origin, up) = (placed.point(0.0, 0.0), placed.point(0.0, 1.0));
            let end = if is_vertical {
                placed.point(0.0, -shown.advance)
            } else {
                placed.point(shown.advance, 0.0)
            };
            let space = state.character_space + if shown.is_space { state.word_space } else { 0.0 };
            let by = match is_vertical {
                true => (0.0, -(shown.advance * size) + space),
                false => ((shown.advance * size + space) * state.stretch, 0.0),
            };
            pen.place = pen.place.of(Matrix::shift(by.0, by.1));
            let characters = match &shown.text {
                Characters::One(c) => std::slice::from_ref(c),
                Characters::Many(text) => &text.chars().collect::<Vec<char>>(),
            };
            self.reader.budget.spend(1)?;
            self.count(characters.len())?;
            let share = 1.0 / characters.len().max(1) as f64;
            let advance = Point { x: (end.x - origin.x) * share, y: (end.y - origin.y) * share };
            let size = (up.x - origin.x).hypot(up.y - origin.y);
            for (at, c) in characters.iter().enumerate() {
                let origin =
                    Point { x: origin.x + advance.x * at as f64, y: origin.y + advance.y * at as f64 };
                let is_hidden = state.is_hidden;
                let drawn = Drawn { c: *c, origin, advance, size, is_hidden, is_vertical };
                let numbers = [origin.x, origin.y, advance.x, advance.y, size];
                if numbers.iter().all(|number| number.is_finite()) && size > 0.0 {
                    self.drawn.push(drawn);
                }
            }
        }
        Ok(())
    }
}
