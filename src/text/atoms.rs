use super::{Folded, SEPARATOR, fold, is_han};

/// A text cut into its smallest terms: single Han characters, runs of letters, numbers.
#[derive(Debug, Clone, Default)]
pub struct Atoms {
    folded: String,
    places: Vec<Place>,
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Atom<'a> {
    /// Folded.
    pub text: &'a str,
    /// Counted in atoms; punctuation leaves gaps.
    pub position: usize,
    /// First byte in the original.
    pub start: usize,
    /// The byte after the last in the original.
    pub end: usize,
    /// Whether it is a Han character.
    pub han: bool,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    from: usize,
    to: usize,
    position: usize,
    start: usize,
    end: usize,
    han: bool,
}

/// What a longer run of letters or digits is cut into; no word of any language is longer.
const LONGEST_RUN: usize = 64;
const PUNCTUATION_GAP: usize = 1;
const SEPARATOR_GAP: usize = 16;

impl Atoms {
    /// Cuts a text.
    ///
    /// White space, line ends, quotes, brackets, dashes, middle dots and slashes take no position:
    /// layout and typography do not part what reads as one. Other punctuation leaves a gap of 1, the
    /// separator of values one of 16.
    pub fn new(text: &str) -> Self {
        let mut atoms = Self { folded: String::with_capacity(text.len()), places: Vec::new() };
        let (mut gap, mut open) = (0, None);
        let mut chars = fold(text).peekable();
        while let Some(folded) = chars.next() {
            let class = classify(folded.c);
            match class {
                Class::Mark => {}
                Class::Joint => open = None,
                Class::Break => {
                    let inner = folded.c == '.' && open == Some(Class::Digit);
                    if inner && chars.peek().is_some_and(|next| next.c.is_ascii_digit()) {
                        atoms.extend(folded);
                    } else {
                        open = None;
                        gap = gap.max(PUNCTUATION_GAP);
                    }
                }
                Class::Separator => {
                    open = None;
                    gap = SEPARATOR_GAP;
                }
                Class::Han => {
                    open = None;
                    atoms.push(folded, std::mem::take(&mut gap), true);
                }
                Class::Digit | Class::Letter(_) => {
                    if open == Some(class) && !atoms.last_is_full() {
                        atoms.extend(folded);
                    } else {
                        open = Some(class);
                        atoms.push(folded, std::mem::take(&mut gap), false);
                    }
                }
            }
        }
        atoms
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Tells whether the text holds nothing that can be searched.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The atom at `index`, which is below [`Self::len`].
    pub fn get(&self, index: usize) -> Atom<'_> {
        let Place { from, to, position, start, end, han } = self.places[index];
        Atom { text: &self.folded[from..to], position, start, end, han }
    }

    /// The Han character at `index` together with the one at the next position, where there is one.
    pub fn pair(&self, index: usize) -> Option<Atom<'_>> {
        let (first, second) = (self.places.get(index)?, self.places.get(index + 1)?);
        (first.han && second.han && first.position + 1 == second.position).then(|| Atom {
            text: &self.folded[first.from..second.to],
            position: first.position,
            start: first.start,
            end: second.end,
            han: true,
        })
    }

    fn push(&mut self, folded: Folded, gap: usize, han: bool) {
        let position = self.places.last().map_or(0, |last| last.position + 1 + gap);
        let from = self.folded.len();
        self.folded.push(folded.c);
        let to = self.folded.len();
        self.places.push(Place { from, to, position, start: folded.start, end: folded.end, han });
    }

    fn extend(&mut self, folded: Folded) {
        if let Some(last) = self.places.last_mut() {
            self.folded.push(folded.c);
            last.to = self.folded.len();
            last.end = folded.end;
        }
    }

    fn last_is_full(&self) -> bool {
        self.places.last().is_some_and(|last| last.to - last.from >= LONGEST_RUN)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Han,
    Digit,
    Letter(Script),
    /// Belongs to the letter before it.
    Mark,
    /// Takes no position.
    Joint,
    /// Other punctuation and symbols.
    Break,
    Separator,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Kana,
    Hangul,
    Other,
}

fn classify(c: char) -> Class {
    match c {
        'a'..='z' => Class::Letter(Script::Latin),
        '0'..='9' => Class::Digit,
        SEPARATOR => Class::Separator,
        '\u{300}'..='\u{36F}' => Class::Mark,
        _ if is_han(c) => Class::Han,
        _ if c.is_whitespace() || c.is_control() || is_joint(c) => Class::Joint,
        _ if c.is_alphanumeric() => Class::Letter(script(c)),
        _ => Class::Break,
    }
}

fn is_joint(c: char) -> bool {
    matches!(c,
        '"' | '\'' | '`' | '“' | '”' | '„' | '‘' | '’' | '′' | '″' | '「' | '」' | '『' | '』'
        | '《' | '》' | '〈' | '〉' | '(' | ')' | '[' | ']' | '{' | '}' | '【' | '】' | '〔' | '〕'
        | '-' | '\u{2010}'..='\u{2015}' | '−' | '~' | '_' | '·' | '‧' | '•' | '・' | '/' | '\\' | '⁄' | '∕'
        | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn script(c: char) -> Script {
    match c {
        '\u{AA}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{3040}'..='\u{30FF}' => Script::Kana,
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => Script::Hangul,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let atoms = Atoms::new(text);
        let parts: Vec<String> = (0..atoms.len())
            .map(|index| format!("{}@{}", atoms.get(index).text, atoms.get(index).position))
            .collect();
        parts.join(" ")
    }

    #[test]
    fn texts_are_cut_by_script_and_counted_without_layout() {
        for (text, want) in [
            ("IL-1β", "il@0 1@1 β@2"),
            ("CT影像", "ct@0 影@1 像@2"),
            ("附件4.19。", "附@0 件@1 4.19@2"),
            ("ZL201510600001.0", "zl@0 201510600001.0@1"),
            ("31,670 例", "31@0 670@2 例@3"),
            ("甲，乙", "甲@0 乙@2"),
            ("甲。，乙", "甲@0 乙@2"),
            ("甲\n  乙", "甲@0 乙@1"),
            ("《甲》（乙）", "甲@0 乙@1"),
            ("“甲”—乙", "甲@0 乙@1"),
            ("甲\u{1E}乙", "甲@0 乙@17"),
            ("7(1): 1-12.", "7@0 1@1 1@3 12@4"),
            ("國ＡＢ①", "国@0 ab@1 1@2"),
            ("cafe\u{301}s", "cafes@0"),
            ("？！", ""),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn endless_runs_are_cut() {
        let atoms = Atoms::new(&"a".repeat(200));
        assert_eq!(atoms.len(), 4);
        assert!((0..atoms.len()).all(|index| atoms.get(index).text.len() <= LONGEST_RUN));
    }
}
