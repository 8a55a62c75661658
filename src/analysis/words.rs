use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

use jieba_rs::Jieba;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{
    SEPARATOR,
    numbered::{numbered_nouns, point},
    synonym::han_forms,
};
use crate::text::{FoldedText, function_words, is_function_word, is_han};

/// A word of a query that carries weight, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub text: String,
    /// First byte in the original.
    pub start: usize,
    /// The byte after the last in the original.
    pub end: usize,
}

/// The words by which texts are cut.
struct Dictionary {
    jieba: Jieba,
    /// The terms that are made of known words with two characters or more, and these.
    compounds: HashMap<&'static str, Vec<&'static str>>,
}

/// Built once in a process: it takes a third of a second and 24 MiB.
static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    /// Of a shorter one no two words are left.
    const FEWEST: usize = 4;
    #[expect(clippy::disallowed_methods, reason = "the one place where the dictionary is built")]
    let mut jieba = Jieba::new();
    let (long, short): (Vec<&str>, Vec<&str>) =
        han_forms().partition(|form| form.chars().nth(FEWEST - 1).is_some());
    // Cut apart, a question (能不能) leaves words that look like what is sought (不能).
    let questions = function_words().filter(|word| word.chars().nth(2).is_some());
    for word in include_str!("dictionary.txt").lines().chain(short).chain(questions) {
        jieba.add_word(word, None, None);
    }
    let parts = |term: &'static str| -> Option<(&'static str, Vec<&'static str>)> {
        let parts: Vec<&str> = jieba.cut(term, false).into_iter().map(|token| token.word).collect();
        let is_compound = parts.len() > 1 && parts.iter().all(|part| part.chars().nth(1).is_some());
        is_compound.then_some((term, parts))
    };
    let compounds = long.iter().filter_map(|term| parts(term)).collect();
    for term in long {
        jieba.add_word(term, None, None);
    }
    Dictionary { jieba, compounds }
});

static STOP_CHARACTERS: LazyLock<HashSet<char>> =
    LazyLock::new(|| include_str!("stop_characters.txt").trim().chars().collect());

/// Builds the dictionary now, so that the first text need not wait for it.
pub fn prepare() {
    LazyLock::force(&DICTIONARY);
}

/// Where the words of a text begin and end, in bytes of the original.
pub(super) fn word_edges(text: &str) -> HashSet<usize> {
    let folded = FoldedText::joined(text);
    let words = DICTIONARY.jieba.cut(folded.text(), true).into_iter();
    let places = words.map(|token| folded.printed(token.byte_start..token.byte_end));
    places.flat_map(|place| [place.start, place.end]).collect()
}

/// Tells whether a word alone says nothing of what is sought: 教授, 附属, 创新点2, 2024.
pub fn is_generic(word: &str) -> bool {
    static GENERIC: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let lines = include_str!("generic_words.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    });
    let key: String = FoldedText::joined(word).text().to_owned();
    let bare = match point(&key) {
        Some(noun) => noun,
        None => key.trim_matches(|c: char| c.is_numeric() || ".-年".contains(c)),
    };
    bare.is_empty() || GENERIC.contains(bare)
}

/// The terms by which a text is ranked, as [`HanWordTokenizer`] cuts it.
pub fn ranking_words(text: &str) -> Vec<Word> {
    let folded = FoldedText::joined(text);
    let mut words = Vec::new();
    for token in DICTIONARY.jieba.cut_for_search(folded.text(), true) {
        if carries_weight(token.word) {
            words.push(word(&folded, token.byte_start..token.byte_end));
        }
    }
    words
}

/// The words of a question that say what is sought, without overlaps: function words and single
/// characters are left out, a noun and its number (创新点2, 附件4.19) stay together.
pub fn content_words(text: &str) -> Vec<Word> {
    let folded = FoldedText::joined(text);
    let mut words = Vec::new();
    let mut done = 0;
    for numbered in numbered_nouns(folded.text()) {
        cut_content(&folded, done..numbered.start, &mut words);
        done = numbered.end;
        words.push(word(&folded, numbered));
    }
    cut_content(&folded, done..folded.text().len(), &mut words);
    words
}

fn cut_content(folded: &FoldedText, range: Range<usize>, words: &mut Vec<Word>) {
    let base = range.start;
    // Characters that the dictionary leaves single are the parts of a name or a new term (徐|宝山,
    // 光|磁): they stand together, or with the word behind them where there is but one.
    let mut single: Option<Range<usize>> = None;
    let mut take = |range: Range<usize>| {
        if folded.text()[range.clone()].chars().nth(1).is_some() {
            words.push(word(folded, range));
        }
    };
    let tokens = DICTIONARY.jieba.cut(&folded.text()[range], true).into_iter();
    for token in tokens.flat_map(|token| parted(token.byte_start..token.byte_end, token.word)) {
        let here = base + token.start..base + token.end;
        let token = &folded.text()[here.clone()];
        let silent = !carries_weight(token) || is_function_word(token);
        let one_character = token.chars().nth(1).is_none();
        let before = single.take().filter(|before| before.end == here.start || silent);
        match before {
            _ if silent => before.into_iter().for_each(&mut take),
            Some(before) if one_character => single = Some(before.start..here.end),
            None if one_character && token.chars().all(is_han) => single = Some(here),
            Some(before) if folded.text()[before.clone()].chars().nth(1).is_none() => {
                take(before.start..here.end);
            }
            Some(before) => {
                take(before);
                take(here);
            }
            None => take(here),
        }
    }
    single.into_iter().for_each(take);
}

/// A word in the dictionary that is two generic ones (医院院长), as these: records say them apart.
fn parted(range: Range<usize>, word: &str) -> Vec<Range<usize>> {
    let middle = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
    let (first, last) = word.split_at(middle);
    if last.chars().count() == 2 && !is_generic(word) && is_generic(first) && is_generic(last) {
        return vec![range.start..range.start + middle, range.start + middle..range.end];
    }
    vec![range]
}

/// The dictionary word behind a single character that [`content_words`] has left before it: `按基因` may be a new term,
/// or 基因 behind a word of the sentence.
pub fn word_behind(word: &str) -> Option<String> {
    let folded = FoldedText::joined(word);
    let cut = DICTIONARY.jieba.cut(folded.text(), true);
    let [first, behind] = cut.as_slice() else { return None };
    let is_one = |word: &str| word.chars().nth(1).is_none();
    let is_word = first.word.chars().all(is_han) && is_one(first.word) && !is_one(behind.word);
    is_word.then(|| behind.word.to_owned())
}

/// The words that a folded term is made of (骨科手术机器人), where each has two characters or more: records may have them
/// apart. None where it is no such term.
pub fn compound_parts(term: &str) -> &'static [&'static str] {
    DICTIONARY.compounds.get(term).map_or(&[], Vec::as_slice)
}

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("common_terms.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Tells whether a word is one that any project uses of itself (建立, 应用, 体系, …), or says nothing alone.
pub fn is_common(word: &str) -> bool {
    COMMON.contains(FoldedText::joined(word).text()) || is_generic(word)
}

/// The terms that say what a title is about, each once: content words without those that any project
/// uses of itself (建立, 应用, 体系, …).
pub fn key_terms(text: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for Word { text, .. } in content_words(text) {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let long_enough = letters >= if text.chars().any(is_han) { 2 } else { 3 };
        let plain = text.chars().all(char::is_alphabetic);
        if long_enough && plain && !COMMON.contains(text.as_str()) && !terms.contains(&text) {
            terms.push(text);
        }
    }
    terms
}

fn word(folded: &FoldedText, range: Range<usize>) -> Word {
    let text = folded.text()[range.clone()].to_owned();
    let printed = folded.printed(range);
    Word { text, start: printed.start, end: printed.end }
}

fn carries_weight(word: &str) -> bool {
    let mut chars = word.chars();
    let stopped = matches!((chars.next(), chars.next()), (Some(c), None) if STOP_CHARACTERS.contains(&c));
    !stopped && word.chars().any(char::is_alphanumeric) && !word.contains(SEPARATOR)
}

/// The analyzer of ranking fields: dictionary words of the folded text in search mode, without
/// punctuation and function characters.
#[derive(Debug, Clone, Copy, Default)]
pub struct HanWordTokenizer;

impl Tokenizer for HanWordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        WordStream { words: ranking_words(text).into_iter(), token: Token::default() }
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub struct WordStream {
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.text = word.text;
        self.token.offset_from = word.start;
        self.token.offset_to = word.end;
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(words: &[Word]) -> Vec<&str> {
        words.iter().map(|word| word.text.as_str()).collect()
    }

    #[test]
    fn questions_are_left_with_what_they_are_about() {
        for (question, want) in [
            ("怎样避免肺损伤引起的下肢缺血", vec!["避免", "肺损伤", "下肢缺血"]),
            ("谁参与了创新点2", vec!["创新点2"]),
            ("创新点四有谁参加", vec!["创新点四"]),
            ("布病第四项创新的完成人", vec!["布病", "第四项创新", "完成人"]),
            ("布病第3完成人", vec!["布病", "第3完成人"]),
            ("论文一览", vec!["论文", "一览"]),
            ("张宝山医生", vec!["张宝山", "医生"]),
            ("光磁一体化导航", vec!["光磁", "一体化", "导航"]),
            ("附件4.19", vec!["附件4.19"]),
            ("the role of ECMO", vec!["role", "ecmo"]),
            ("如何", vec![]),
            ("补铁能不能预防早产", vec!["补铁", "预防", "早产"]),
        ] {
            assert_eq!(texts(&content_words(question)), want, "{question}");
        }
    }

    #[test]
    fn a_word_may_stand_behind_a_single_character() {
        for (word, want) in [
            ("按基因", Some("基因")),
            ("吃阿司匹林", Some("阿司匹林")),
            ("基因", None),
            ("光磁", None),
            ("ECMO", None),
        ] {
            assert_eq!(word_behind(word).as_deref(), want, "{word}");
        }
    }

    #[test]
    fn long_terms_are_known_by_their_words() {
        for (term, want) in [
            ("抗核抗体", vec![]),
            ("急性心肌梗死", vec!["急性", "心肌梗死"]),
            ("反应性神经电刺激", vec![]),
            ("心肌梗死", vec![]),
            ("导航手术", vec![]),
        ] {
            assert_eq!(compound_parts(term), want, "{term}");
        }
    }

    #[test]
    fn key_terms_leave_out_what_every_project_says() {
        let terms = key_terms("膝关节软骨修复智能导航体系的建立与应用：ECMO 3例");
        assert!(terms.contains(&"软骨".to_owned()) && terms.contains(&"ecmo".to_owned()), "{terms:?}");
        assert!(
            !terms.iter().any(|term| ["建立", "应用", "体系", "3"].contains(&term.as_str())),
            "{terms:?}"
        );
    }

    #[test]
    fn both_scripts_and_broken_lines_give_the_same_words() {
        let want = ranking_words("脊柱微创手术的导航");
        assert!(texts(&want).contains(&"手术") && !texts(&want).contains(&"的"));
        assert_eq!(texts(&ranking_words("脊柱微創手術的導航")), texts(&want));
        assert_eq!(texts(&ranking_words("脊柱微创手\n\n术的导航")), texts(&want));
    }

    proptest! {
        #[test]
        fn offsets_slice_the_text(text in "[甲乙脊柱手术創新点 \n\t，。ab12.-]{0,40}|\\PC{0,20}") {
            for word in ranking_words(&text).into_iter().chain(content_words(&text)) {
                prop_assert!(text.get(word.start..word.end).is_some_and(|slice| !slice.is_empty()));
            }
        }
    }
}
