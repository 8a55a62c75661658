use super::{called::addressed, name_forms::NameForms, sought::Sought};
use crate::{
    analysis::{
        article_number, compound_parts, content_words, is_function_word, is_rank, query_identifier,
        word_behind,
    },
    extract::surname,
    text::{fold_key, is_han},
};

/// A word of this many Han characters or fewer is likely a name, which is not taken apart.
const NAME_CHARS: usize = 3;

/// Tells whether a content word may be a name, or is a number or a rank.
pub(super) fn is_firm(unit: &Sought) -> bool {
    let text = unit.text();
    unit.names || query_identifier(&text).is_some() || may_be_name(&text) || is_rank(&text)
}

fn may_be_name(text: &str) -> bool {
    text.chars().count() <= NAME_CHARS && surname(text).is_some()
}

/// What a word is taken apart into; names, identifiers and what is one thing in several words stay whole, function
/// words fall away.
pub(super) fn units(sought: &Sought, synonyms: bool, known: &NameForms) -> Vec<Sought> {
    let [word] = sought.words.as_slice() else { return vec![sought.clone()] };
    let key = fold_key(word);
    if is_function_word(&key) {
        return Vec::new();
    }
    let name = key.chars().count() <= NAME_CHARS && key.chars().all(is_han) && key.chars().count() > 1;
    if let Some(number) = article_number(word) {
        let bare = Some(number.trim_start_matches('0')).filter(|bare| *bare != number);
        let numbers = [number].into_iter().chain(bare).map(Sought::only);
        return vec![numbers.fold(sought.clone(), Sought::or)];
    }
    // 中华护理杂志 is one thing, whether the index has it or not.
    let is_journal =
        ["杂志", "学报"].iter().any(|end| key.ends_with(end)) && key.chars().count() > NAME_CHARS + 1;
    if name || is_journal || sought.names || query_identifier(word).is_some() || known.is_institution(word) {
        return vec![sought.clone()];
    }
    let unit = |text: &str| {
        let mut whole = if synonyms { Sought::with_synonyms(text) } else { Sought::only(text) };
        whole.forms.extend(known.called(text).into_iter().map(str::to_owned));
        // 李某某 is a name in a sentence, and no 某某.
        match word_behind(text) {
            Some(behind) if synonyms && !may_be_name(text) => whole.or(Sought::with_synonyms(&behind)),
            _ => whole,
        }
    };
    let apart = content_words(word);
    // 闻人某教授: a name that the dictionary does not leave whole.
    if let Some(count) = addressed(&key).filter(|_| key.chars().count() == word.chars().count()) {
        let (name, address) = word.split_at(word.char_indices().nth(count).map_or(word.len(), |(at, _)| at));
        if apart.iter().all(|word| word.text != name) {
            return vec![Sought::only(name), unit(address)];
        }
    }
    apart.into_iter().flat_map(|word| parts(&word.text, unit, synonyms)).collect()
}

/// A content word or, where it is a term of several words, each of these, for which what else the term is called will do
/// as well.
fn parts(word: &str, unit: impl Fn(&str) -> Sought, synonyms: bool) -> Vec<Sought> {
    let parts = compound_parts(word);
    if parts.is_empty() {
        return vec![unit(word)];
    }
    let whole = if synonyms { Sought::with_synonyms(word).forms } else { Vec::new() };
    let part = |part: &&str| {
        let mut part = unit(part);
        part.forms.extend(whole.iter().cloned());
        part
    };
    parts.iter().map(part).collect()
}

/// The content words of a word, each with the one right behind it.
pub(super) fn neighbours(word: &str) -> Vec<Sought> {
    let apart = content_words(word);
    let pairs = apart.windows(2).filter(|pair| pair[0].end == pair[1].start);
    let pairs: Vec<Sought> = pairs.map(|pair| Sought::only(&word[pair[0].start..pair[1].end])).collect();
    // Two of them are the whole word.
    if apart.len() > 2 { pairs } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_term_is_its_words_each_with_what_the_whole_is_called() {
        let parts = units(&Sought::only("急性心肌梗死"), true, &NameForms::default());
        let whole = "acute myocardial infarction".to_owned();
        assert_eq!(parts.iter().map(Sought::text).collect::<Vec<_>>(), ["急性", "心肌梗死"]);
        assert!(parts.iter().all(|part| part.forms.contains(&whole)), "{parts:?}");
        let plain = units(&Sought::only("急性心肌梗死"), false, &NameForms::default());
        assert!(plain.iter().all(|part| part.forms.is_empty()), "{plain:?}");
    }

    #[test]
    fn words_are_taken_apart_into_what_they_are_about() {
        for (word, want) in [
            ("张某某", "张某某"),
            ("如何", ""),
            ("创新点2", "创新点2"),
            ("中华护理杂志", "中华护理杂志"),
            ("ZL201610900003.3", "ZL201610900003.3"),
            ("导航系统的手术", "导航系统 手术"),
            ("聞人某教授", "聞人某 教授"),
            ("氧", ""),
            ("医院院长", "医院 院长"),
        ] {
            let got: String =
                units(&Sought::only(word), false, &NameForms::default()).iter().map(Sought::text).collect();
            assert_eq!(got, want.replace(' ', ""), "{word}");
        }
    }
}
