use std::{collections::HashMap, ops::Range};

use crate::text::{Span, fold};

/// How many characters a fragment has by which texts are compared.
const GRAM: usize = 5;
/// So many fragments of each text are looked up at least.
const FIRST: usize = 6;
/// Of a fragment that recurs, so many places are tried.
const PLACES: usize = 8;

/// A text letter by letter, folded, without blanks and punctuation; each letter knows its place.
#[derive(Debug)]
pub(super) struct Printing {
    /// The field it is: `claims[0].text`.
    pub(super) path: String,
    pub(super) value: String,
    letters: Vec<Letter>,
    /// Hashes of its fragments, ascending, each once.
    grams: Vec<u32>,
    placed: bool,
}

#[derive(Debug, Clone, Copy)]
struct Letter {
    c: char,
    start: usize,
    end: usize,
    /// Which of the spans it stands in.
    piece: usize,
}

/// What two texts have in common.
#[derive(Debug)]
pub(super) struct Overlap {
    /// The share of the shorter text's fragments that stand in the longer one too.
    pub(super) containment: f64,
    /// Common passages of the two, as ranges of letters, the longest first.
    pub(super) passages: Vec<(Range<usize>, Range<usize>)>,
}

impl Printing {
    /// Lays out what stands at `spans` of `text`; `value` where there is no span.
    pub(super) fn of(path: String, text: &str, spans: &[Span], value: &str) -> Self {
        let mut letters = Vec::new();
        let pieces: Vec<(usize, &str)> =
            spans.iter().filter_map(|span| Some((span.start, text.get(span.start..span.end)?))).collect();
        let placed = !pieces.is_empty();
        let pieces = if placed { pieces } else { vec![(0, value)] };
        for (piece, (base, part)) in pieces.into_iter().enumerate() {
            let written = fold(part).filter(|folded| folded.c.is_alphanumeric());
            letters.extend(written.map(|folded| {
                let (start, end) = (base + folded.start, base + folded.end);
                Letter { c: folded.c, start, end, piece }
            }));
        }
        let mut grams: Vec<u32> = letters.windows(GRAM).map(hash).collect();
        grams.sort_unstable();
        grams.dedup();
        Self { path, value: value.to_owned(), letters, grams, placed }
    }

    /// How many letters it has.
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    /// A sample of its fragments: of all texts the same ones, one in sixteen, so that texts with a long passage in
    /// common share some of them; and the first few by their hash, so that short texts do so too.
    pub(super) fn sample(&self) -> impl Iterator<Item = u32> + '_ {
        let grams = self.grams.iter().copied().enumerate();
        grams.filter(|(at, gram)| *at < FIRST || gram % 16 == 0).map(|(_, gram)| gram)
    }

    /// Where letters are printed: a span for each piece of the source.
    pub(super) fn places(&self, letters: Range<usize>) -> Vec<Span> {
        let mut places: Vec<(usize, Span)> = Vec::new();
        for letter in self.letters.get(letters).unwrap_or_default().iter().filter(|_| self.placed) {
            match places.last_mut() {
                Some((piece, span)) if *piece == letter.piece => span.end = span.end.max(letter.end),
                _ => places.push((letter.piece, Span::new(letter.start, letter.end))),
            }
        }
        places.into_iter().map(|(_, span)| span).collect()
    }

    /// Compares two texts, where the shorter has `shortest` letters and at least the share `least` of its
    /// fragments stands in the longer.
    pub(super) fn overlap(&self, other: &Printing, shortest: usize, least: f64) -> Option<Overlap> {
        if self.len().min(other.len()) < shortest.max(GRAM) {
            return None;
        }
        // Hashes tell which pairs are worth a comparison letter by letter.
        let fewer = self.grams.len().min(other.grams.len());
        if (shared(&self.grams, &other.grams) as f64) < least * fewer as f64 {
            return None;
        }
        if self.len() > other.len() {
            let mut found = other.overlap(self, shortest, least)?;
            found.passages.iter_mut().for_each(|(one, two)| std::mem::swap(one, two));
            return Some(found);
        }
        let mut passages = self.passages(other);
        let grams: usize = passages.iter().map(|(range, _)| range.len() + 1 - GRAM).sum();
        let containment = grams as f64 / (self.len() + 1 - GRAM) as f64;
        passages.sort_by_key(|(range, _)| std::cmp::Reverse(range.len()));
        (containment >= least).then_some(Overlap { containment, passages })
    }

    /// The passages of this text that stand in another, from the first letter on, each as long as it goes.
    fn passages(&self, other: &Printing) -> Vec<(Range<usize>, Range<usize>)> {
        let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, window) in other.letters.windows(GRAM).enumerate() {
            let known = places.entry(hash(window)).or_default();
            if known.len() < PLACES {
                known.push(at);
            }
        }
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(window) = self.letters.get(at..at + GRAM) {
            let candidates = places.get(&hash(window)).into_iter().flatten();
            let common = |place: &usize| {
                let pairs = self.letters[at..].iter().zip(&other.letters[*place..]);
                pairs.take_while(|(one, two)| one.c == two.c).count()
            };
            match candidates.map(|place| (common(place), *place)).max_by_key(|(length, _)| *length) {
                Some((length, place)) if length >= GRAM => {
                    found.push((at..at + length, place..place + length));
                    at += length;
                }
                _ => at += 1,
            }
        }
        found
    }
}

/// FNV-1a over the characters of a fragment.
fn hash(window: &[Letter]) -> u32 {
    window.iter().fold(0x811C_9DC5, |hash, letter| (hash ^ letter.c as u32).wrapping_mul(0x0100_0193))
}

/// How many values two ascending lists have in common.
fn shared(one: &[u32], two: &[u32]) -> usize {
    let (mut at, mut count) = (0, 0);
    for gram in one {
        at += two[at..].partition_point(|other| other < gram);
        count += usize::from(two.get(at) == Some(gram));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printing(text: &str) -> Printing {
        Printing::of("claims[0].text".to_owned(), text, &[Span::new(0, text.len())], text)
    }

    #[test]
    fn common_passages_slice_to_the_words_of_both() {
        let one = "首次提出甲骨折的三柱分型，并在全国推广应用；";
        let two = "本人负责：首次提出甲骨折的三柱分型。另建立数据库并随访五年。";
        let (a, b) = (printing(one), printing(two));
        let overlap = a.overlap(&b, 10, 0.3).expect("in common");
        let (left, right) = overlap.passages[0].clone();
        let quote = |text: &str, spans: Vec<Span>| text[spans[0].start..spans[0].end].to_owned();
        assert_eq!(quote(one, a.places(left)), "首次提出甲骨折的三柱分型");
        assert_eq!(quote(two, b.places(right)), "首次提出甲骨折的三柱分型");
        let back = b.overlap(&a, 10, 0.3).expect("in common");
        assert_eq!(quote(two, b.places(back.passages[0].0.clone())), "首次提出甲骨折的三柱分型");
        assert!((back.containment - overlap.containment).abs() < 1e-9);
    }

    #[test]
    fn script_width_blanks_and_punctuation_do_not_hide_a_copy() {
        let a = printing("建立了骨折愈合的预测模型，準確率達95%");
        let b = printing("建立了骨折愈合的预测 模型 准确率达９５％");
        assert!(a.overlap(&b, 10, 0.99).is_some());
    }

    #[test]
    fn little_in_common_or_too_short_is_no_overlap() {
        let a = printing("负责临床试验的设计与实施，完成数据分析和论文撰写工作");
        let b = printing("开展动物实验并揭示信号通路在骨愈合中的作用机制");
        assert!(a.overlap(&b, 10, 0.1).is_none());
        assert!(a.overlap(&a, 100, 0.1).is_none());
        assert!(printing("").overlap(&a, 0, 0.0).is_none());
    }

    #[test]
    fn a_text_in_two_pieces_is_shown_in_both() {
        let text = "首次提出甲骨折—3—的三柱分型";
        let dash = text.find('—').expect("a page number");
        let rest = text.find('的').expect("the rest");
        let spans = [Span::new(0, dash), Span::new(rest, text.len())];
        let cut = Printing::of("a".to_owned(), text, &spans, "");
        let whole = printing("首次提出甲骨折的三柱分型");
        let overlap = cut.overlap(&whole, 5, 1.0).expect("the same");
        assert_eq!(cut.places(overlap.passages[0].0.clone()), spans);
    }
}
