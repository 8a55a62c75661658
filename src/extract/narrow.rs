use std::ops::Range;

use crate::text::Passage;

/// A passage with full-width characters narrowed and dashes made alike, so that one pattern reads Latin
/// and Chinese punctuation. Letters keep their case, and every place leads back to the passage.
pub(super) struct Narrow<'a> {
    passage: &'a Passage,
    text: String,
    /// First byte of each character in `text` and in the passage, ascending; the end of both is the last.
    places: Vec<(usize, usize)>,
}

impl<'a> Narrow<'a> {
    pub(super) fn new(passage: &'a Passage) -> Self {
        let printed = passage.text();
        let mut text = String::with_capacity(printed.len());
        let mut places = Vec::with_capacity(printed.len() / 2);
        for (at, c) in printed.char_indices() {
            places.push((text.len(), at));
            text.push(narrow(c));
        }
        places.push((text.len(), printed.len()));
        Self { passage, text, places }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The trimmed part of the passage that is printed at `range` of [`Self::text`].
    pub(super) fn slice(&self, range: Range<usize>) -> Passage {
        self.passage.slice(self.printed(range.start)..self.printed(range.end.max(range.start))).trimmed()
    }

    fn printed(&self, at: usize) -> usize {
        let place = self.places.partition_point(|place| place.0 < at);
        self.places.get(place).map_or(self.passage.text().len(), |place| place.1)
    }
}

pub(super) fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' | '\u{2002}'..='\u{200A}' | '\t' | '\n' | '\r' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '∶' => ':',
        '〔' | '【' => '[',
        '〕' | '】' => ']',
        '‧' | '•' | '・' | '∙' => '·',
        '‘' | '’' => '\'',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrowed_places_lead_back_to_the_printed_bytes() {
        let passage = Passage::new("２０２１，３２（６）：７–９．", 10);
        let narrow = Narrow::new(&passage);
        assert_eq!(narrow.text(), "2021,32(6):7-9.");
        let slice = narrow.slice(5..10);
        assert_eq!((slice.text(), slice.start()), ("３２（６）", Some(10 + 5 * 3)));
        assert_eq!(narrow.slice(15..15).text(), "");
    }
}
