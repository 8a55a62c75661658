use std::collections::BTreeSet;

use crate::{
    domain::{Contributor, Dossier},
    pinyin::{sounds_nearly, sounds_same},
    text::{fold_key, is_han, look_alikes},
};

/// How many characters a name in Han has that is compared; one differs.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=4;
/// The one that differs looks alike, or sounds the same.
const ALIKE: f64 = 0.6;
/// It sounds nearly the same: `lin` and `ling`.
const NEARLY: f64 = 0.5;
/// Of a name of two characters, half differs.
const SHORT: f64 = 0.15;

/// A name on a paper or a right that is almost a contributor's, printed where the contributor's own is
/// not: perhaps a slip, perhaps another person.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMention {
    /// Index among the dossier's contributors.
    pub contributor: usize,
    /// As printed.
    pub name: String,
    /// `papers[3].authors`.
    pub field: String,
    /// 0 to 1.
    pub score: f64,
}

/// Tells how near two folded names are: names in Han of one length, of which one character looks or
/// sounds alike. `None` where they are equal or further apart.
pub fn near_names(one: &str, other: &str) -> Option<f64> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len() != other.len() || !LENGTHS.contains(&one.len()) {
        return None;
    }
    let mut differing = one.iter().zip(&other).filter(|(a, b)| a != b);
    let (Some((&a, &b)), None) = (differing.next(), differing.next()) else { return None };
    if !is_han(a) || !is_han(b) {
        return None;
    }
    let score = if sounds_same(a, b) || look_alikes(a).contains(&b) {
        ALIKE
    } else if sounds_nearly(a, b) {
        NEARLY
    } else {
        return None;
    };
    Some(if one.len() == 2 { score - SHORT } else { score })
}

/// The folded name with each of its characters left open in turn: near names share one of these.
pub fn open_forms(name_key: &str) -> Vec<String> {
    let chars: Vec<char> = name_key.chars().collect();
    if !LENGTHS.contains(&chars.len()) || !chars.iter().all(|&c| is_han(c)) {
        return Vec::new();
    }
    let open =
        |at: usize| chars.iter().enumerate().map(|(index, &c)| if index == at { '*' } else { c }).collect();
    (0..chars.len()).map(open).collect()
}

/// Finds the names on papers and rights that are almost those of contributors; each once.
pub(super) fn near_mentions(dossier: &Dossier) -> Vec<NearMention> {
    let own: Vec<String> = dossier.contributors.iter().map(|one: &Contributor| fold_key(&one.name)).collect();
    let authors = dossier.papers.iter().enumerate().map(|(at, paper)| {
        (format!("papers[{at}].authors"), paper.authors.iter().chain(&paper.corresponding_authors))
    });
    let none: &[String] = &[];
    let holders = dossier
        .ip
        .iter()
        .enumerate()
        .map(|(at, ip)| (format!("ip[{at}].holders"), ip.holders.iter().chain(none)));
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for (field, names) in authors.chain(holders) {
        let listed: Vec<(String, &String)> = names.map(|name| (fold_key(name), name)).collect();
        for (key, name) in listed.iter().filter(|(key, _)| !own.contains(key)) {
            for (contributor, own) in own.iter().enumerate() {
                // Who stands in the list besides is somebody else.
                if listed.iter().any(|(key, _)| key == own) {
                    continue;
                }
                let Some(score) = near_names(own, key) else { continue };
                if seen.insert((contributor, key.clone())) {
                    let (name, field) = (name.trim().to_owned(), field.clone());
                    found.push(NearMention { contributor, name, field, score });
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Paper;

    #[test]
    fn near_names_differ_in_one_character_that_looks_or_sounds_alike() {
        for (one, other, want) in [
            ("许美林", "许美玲", Some(NEARLY)),
            ("许浩一", "许昊一", Some(ALIKE)),
            ("许一宝", "许一保", Some(ALIKE)),
            ("许宝", "许保", Some(ALIKE - SHORT)),
            ("许美林", "许美林", None),
            ("许美林", "许美山", None),
            ("许美林", "徐美玲", None),
            ("许美林", "许林", None),
            ("zhou", "zhon", None),
            ("甲乙丙丁戊", "甲乙丙丁午", None),
        ] {
            assert_eq!(near_names(one, other), want, "{one} {other}");
            assert_eq!(near_names(other, one), want, "{other} {one}");
            if want.is_some() {
                let forms = open_forms(one);
                assert!(open_forms(other).iter().any(|form| forms.contains(form)), "{one} {other}");
            }
        }
        assert_eq!(open_forms("陈一"), ["*一", "陈*"]);
        assert_eq!(open_forms("chen"), [""; 0]);
    }

    #[test]
    fn who_stands_beside_the_contributor_is_somebody_else() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        let dossier = |authors: &[&str]| Dossier {
            contributors: vec![Contributor { name: "许美林".into(), ..Contributor::default() }],
            papers: vec![Paper { authors: names(authors), ..Paper::default() }; 2],
            ..Dossier::default()
        };
        let found = near_mentions(&dossier(&["陈一", "许美玲"]));
        let want = NearMention {
            contributor: 0,
            name: "许美玲".into(),
            field: "papers[0].authors".into(),
            score: NEARLY,
        };
        assert_eq!(found, [want]);
        assert_eq!(near_mentions(&dossier(&["许美林", "许美玲"])), []);
    }
}
