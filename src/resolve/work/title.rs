use std::sync::LazyLock;

use regex::Regex;

use crate::text::{FoldedText, is_han};

/// The shortest title that tells a work from others without its page: ten Han characters or thirty letters.
const TELLING: usize = 30;

/// The form under which two printings of a title are the same: folded, letters and digits alone, without
/// what dossiers add to it: citation counts, marks of the document type, notes of a version's language.
pub(super) fn title_key(title: &str) -> String {
    let folded = FoldedText::new(title);
    let mut text = folded.text();
    while let Some(note) = NOTE.find(text) {
        text = &text[..note.start()];
    }
    let mut key = String::with_capacity(text.len());
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        match greek(c) {
            Some(name) => key.push_str(name),
            None => key.push(c),
        }
    }
    key
}

/// Tells whether a title, in the form of [`title_key`], can be the name of one work only.
pub(super) fn is_telling(key: &str) -> bool {
    let weight: usize = key.chars().map(|c| if is_han(c) { 3 } else { 1 }).sum();
    weight >= TELLING && !RECURRING.iter().any(|word| key.contains(word))
}

/// A remark behind a title, in brackets or bare: `(他引 17 次)`, `[J]`, `SCI 被引12次`, `IF=3.2`.
#[expect(clippy::expect_used, reason = "the pattern is constant and compiled by every test")]
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:\s*[(\[【][^()\[\]【】]{0,30}(?:引|citation|cited|if ?[:=]|影响因子|中科院|esi|sci)[^()\[\]【】]{0,20}[)\]】]",
        r"|\s*\[(?:j|m|d|c|n|p|s|r|db/ol|j/ol|eb/ol)\]",
        r"|[,;。.\s]\s*(?:sci|wos)?\s*(?:单篇)?(?:他引|被引|引用|总引|citations?|cited)[^\d]{0,10}\d+\s*(?:次|times)?",
        r")[\s.,;。]*$",
    ))
    .expect("the pattern is valid")
});

static RECURRING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("recurring_titles.txt").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// Titles print `TGF-β` as well as `TGF-beta`.
fn greek(c: char) -> Option<&'static str> {
    Some(match c {
        'α' => "alpha",
        'β' => "beta",
        'γ' => "gamma",
        'δ' => "delta",
        'ε' => "epsilon",
        'ζ' => "zeta",
        'η' => "eta",
        'θ' => "theta",
        'κ' => "kappa",
        'λ' => "lambda",
        'μ' => "mu",
        'σ' | 'ς' => "sigma",
        'τ' => "tau",
        'φ' => "phi",
        'ψ' => "psi",
        'ω' => "omega",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printings_of_a_title_have_one_key() {
        for (one, other) in [
            ("Effects of X on Y", "EFFECTS OF X  ON Y."),
            ("Effects of X: a trial", "Effects of X – A Trial"),
            ("Ｅffects of X", "Effects of X [J]"),
            ("TGF-β1 in the knee", "TGF-beta 1 in the knee"),
            ("甲术治疗乙病的研究", "甲術治療乙病的研究（他引 17 次）"),
            ("甲术治疗乙病的研究", "甲术治疗乙病的研究，SCI他引17次"),
            ("甲术治疗乙病的研究", "“甲术”治疗乙病的研究[J]。"),
            ("甲术治疗Ⅲ期乙病", "甲术治疗 III 期乙病"),
            ("Effects of X on Y", "Effects of X on Y (cited 12 times)"),
        ] {
            assert_eq!(title_key(one), title_key(other), "{one} | {other}");
        }
        for (one, other) in [
            ("甲术的研究（第一部分）", "甲术的研究（第二部分）"),
            ("Effects of X", "Effects of Y"),
            ("甲术1例", "甲术2例"),
        ] {
            assert_ne!(title_key(one), title_key(other), "{one} | {other}");
        }
    }

    #[test]
    fn short_and_recurring_titles_tell_nothing() {
        for (title, want) in [
            ("甲术治疗乙病的长期随访", true),
            ("甲术的研究", false),
            ("Effects of an invented method on invented hearts", true),
            ("Effects of X", false),
            ("中国某病年度报告概要（某某某某）", false),
            ("Guidelines for the treatment of invented diseases", false),
        ] {
            assert_eq!(is_telling(&title_key(title)), want, "{title}");
        }
    }
}
