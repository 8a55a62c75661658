use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::Atoms;

/// A term of the recall field and where it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecallTerm {
    /// Folded: a Han character, two of them, a run of letters, a number.
    pub text: String,
    /// Of its first atom.
    pub position: usize,
    /// First byte in the original.
    pub start: usize,
    /// The byte after the last in the original.
    pub end: usize,
}

/// Cuts a text as [`HanNgramTokenizer`] does.
pub fn recall_terms(text: &str) -> Vec<RecallTerm> {
    let atoms = Atoms::new(text);
    let mut terms = Vec::with_capacity(2 * atoms.len());
    for index in 0..atoms.len() {
        for atom in std::iter::once(atoms.get(index)).chain(atoms.pair(index)) {
            terms.push(RecallTerm {
                text: atom.text.to_owned(),
                position: atom.position,
                start: atom.start,
                end: atom.end,
            });
        }
    }
    terms
}

/// What stands wherever a text stands as a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseTerms {
    /// The fewest terms, with their positions, that together are the phrase: of a run of Han characters every second
    /// pair and the last one.
    pub terms: Vec<(usize, String)>,
    /// The pairs across two of them. Words mostly have an even number of characters, so these are the rarer ones.
    pub between: Vec<String>,
}

/// Cuts a text into the terms of a phrase; there are none where it holds nothing that can be searched.
pub fn phrase_terms(text: &str) -> PhraseTerms {
    let atoms = Atoms::new(text);
    let mut phrase = PhraseTerms { terms: Vec::new(), between: Vec::new() };
    // Of the pair before, in the same run.
    let (mut is_pair, mut is_term) = (false, false);
    for index in 0..atoms.len() {
        let Some(pair) = atoms.pair(index) else {
            if !is_pair {
                let atom = atoms.get(index);
                phrase.terms.push((atom.position, atom.text.to_owned()));
            }
            (is_pair, is_term) = (false, false);
            continue;
        };
        is_pair = true;
        is_term = !is_term || atoms.pair(index + 1).is_none();
        if is_term {
            phrase.terms.push((pair.position, pair.text.to_owned()));
        } else {
            phrase.between.push(pair.text.to_owned());
        }
    }
    phrase
}

/// The analyzer of recall fields: every Han character, every pair of neighbours at the position of the
/// first, every run of letters and every number.
#[derive(Debug, Clone, Copy, Default)]
pub struct HanNgramTokenizer;

impl Tokenizer for HanNgramTokenizer {
    type TokenStream<'a> = RecallStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> RecallStream {
        RecallStream { atoms: Atoms::new(text), next: 0, pair: false, token: Token::default() }
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub struct RecallStream {
    atoms: Atoms,
    next: usize,
    pair: bool,
    token: Token,
}

impl TokenStream for RecallStream {
    fn advance(&mut self) -> bool {
        if self.pair {
            self.pair = false;
            self.next += 1;
            if let Some(pair) = self.atoms.pair(self.next - 1) {
                set(&mut self.token, pair);
                return true;
            }
        }
        if self.next >= self.atoms.len() {
            return false;
        }
        set(&mut self.token, self.atoms.get(self.next));
        self.pair = true;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

fn set(token: &mut Token, atom: super::Atom<'_>) {
    token.offset_from = atom.start;
    token.offset_to = atom.end;
    token.position = atom.position;
    token.position_length = 1;
    token.text.clear();
    token.text.push_str(atom.text);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbours_are_paired_at_the_position_of_the_first() {
        let shown: Vec<_> =
            recall_terms("甲乙 丙，丁CT").into_iter().map(|t| format!("{}@{}", t.text, t.position)).collect();
        assert_eq!(shown, ["甲@0", "甲乙@0", "乙@1", "乙丙@1", "丙@2", "丁@4", "ct@5"]);
    }

    #[test]
    fn phrases_take_every_second_pair_and_the_last() {
        for (text, want) in [
            ("甲", "甲@0"),
            ("甲乙", "甲乙@0"),
            ("甲乙丙", "甲乙@0 乙丙@1"),
            ("甲乙丙丁", "甲乙@0 丙丁@2"),
            ("甲乙丙丁戊", "甲乙@0 丙丁@2 丁戊@3"),
            ("创新点2", "创新@0 新点@1 2@3"),
            ("甲乙，丙丁", "甲乙@0 丙丁@3"),
            ("甲ct乙", "甲@0 ct@1 乙@2"),
        ] {
            let shown: Vec<_> = phrase_terms(text).terms.iter().map(|(at, t)| format!("{t}@{at}")).collect();
            assert_eq!(shown.join(" "), want, "{text}");
        }
    }

    #[test]
    fn what_stands_across_the_terms_of_a_phrase_is_in_no_other() {
        for (text, want) in [
            ("甲乙", ""),
            ("甲乙丙", ""),
            ("甲乙丙丁", "乙丙"),
            ("甲乙丙丁戊己", "乙丙 丁戊"),
            ("甲乙丙丁戊", "乙丙"),
            ("甲乙，丙丁ct", ""),
        ] {
            assert_eq!(phrase_terms(text).between.join(" "), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn offsets_slice_the_text_and_the_stream_is_the_list(text in "\\PC{0,40}|[甲乙丙，。 a1.-]{0,40}") {
            let terms = recall_terms(&text);
            let mut tokenizer = HanNgramTokenizer;
            let mut stream = tokenizer.token_stream(&text);
            for term in &terms {
                prop_assert!(text.get(term.start..term.end).is_some_and(|slice| !slice.is_empty()));
                prop_assert!(stream.advance());
                let token = stream.token();
                prop_assert_eq!((&token.text, token.position), (&term.text, term.position));
                prop_assert_eq!((token.offset_from, token.offset_to), (term.start, term.end));
            }
            prop_assert!(!stream.advance());
            prop_assert!(terms.is_sorted_by_key(|term| term.position));
        }

        #[test]
        fn phrase_terms_are_terms_of_the_text(text in "[甲乙丙丁，。 ab12.-]{0,40}") {
            let terms = recall_terms(&text);
            let phrase = phrase_terms(&text);
            prop_assert_eq!(phrase.terms.is_empty(), terms.is_empty());
            for (position, wanted) in phrase.terms {
                prop_assert!(terms.iter().any(|t| t.position == position && t.text == wanted));
            }
            for wanted in phrase.between {
                prop_assert!(terms.iter().any(|t| t.text == wanted));
            }
        }
    }
}
