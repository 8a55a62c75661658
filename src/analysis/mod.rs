//! How is a text cut into terms, alike for index and query?
//!
//! Answers with two analyzers over folded text: Han unigrams and bigrams with positions, so that any
//! stretch of printed text is found as a phrase (*recall*), and dictionary words for ranking; and with
//! the numbers of patents, software copyrights and publications in one canonical form. Names in Han are
//! also known by their readings in Latin letters.
//!
//! Invariants: index and query call the same functions; every offset is a byte offset of the original
//! text, on character boundaries. Must not know records, fields or the query language.

mod numbered;
mod recall;
mod synonym;
mod thousands;
mod words;

pub use crate::{
    identifier::{Identifier, article_number, identifier_keys, identifiers, query_identifier},
    pinyin::{
        NameKeys, SECONDARY, Sound, SpelledName, full_keys, heard, is_spelled, name_keys, reads_as,
        sound_alikes, sounded_out, sounds, spelled_name,
    },
    text::{Atom, Atoms, SEPARATOR, is_function_word},
};
pub use numbered::{is_rank, point_form};
pub use recall::{HanNgramTokenizer, PhraseTerms, RecallTerm, phrase_terms, recall_terms};
pub use synonym::{Synonym, Synonyms, numeral_form, synonyms};
pub use thousands::{parts_thousands, thousands_forms};
pub use words::{
    HanWordTokenizer, Word, compound_parts, content_words, is_common, is_generic, key_terms, prepare,
    ranking_words, word_behind,
};
