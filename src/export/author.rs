use std::fmt;

use crate::{
    analysis::full_keys,
    domain::EntityRef,
    text::{fold_key, is_han},
};

/// The longest name of a person in Han, in characters; peoples who part their names by a dot have longer ones.
const LONGEST: usize = 5;

/// A name as reference formats part it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Author {
    /// A name in Han, which is not parted, or the name of a group or a body.
    Whole(String),
    /// A name in Latin letters.
    Parted { family: String, given: String },
}

impl Author {
    /// Parts a name as it was printed; `people` are the contributors known to be among the authors, whose
    /// names in Han tell which word of `Zhou Yue` is the surname.
    pub(super) fn read(name: &str, people: &[EntityRef]) -> Self {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.chars().any(is_han) || is_group(&name) {
            return Author::Whole(name);
        }
        if let Some((family, given)) = name.split_once(',').filter(|(_, given)| !given.contains(',')) {
            return parted(family.trim(), given.trim());
        }
        let words: Vec<&str> = name.split(' ').collect();
        if words.len() < 2 || words.len() > 5 {
            return Author::Whole(name);
        }
        let (first, last) = (words[0], words[words.len() - 1]);
        // `Zheng QS`, as indexes of journals print names; a surname alone in capitals is as clear.
        if is_initials(last) {
            return parted(&words[..words.len() - 1].join(" "), &spaced(last));
        }
        if people.iter().any(|person| reads_surname_first(&words, person)) || is_shouted(first, &words[1..]) {
            return parted(first, &words[1..].join(" "));
        }
        // Particles (`van`, `de la`) belong to the surname that follows them.
        let particle = words.iter().skip(1).position(|word| word.starts_with(char::is_lowercase));
        let at = particle.map_or(words.len() - 1, |at| at + 1);
        parted(&words[at..].join(" "), &words[..at].join(" "))
    }

    /// Tells whether it is the name of a group or a body rather than of a person.
    pub(super) fn is_body(&self) -> bool {
        let Author::Whole(name) = self else { return false };
        let long = name.chars().filter(|c| is_han(*c)).count() > LONGEST && !name.contains(['·', '•', '・']);
        long || is_group(name)
    }
}

impl fmt::Display for Author {
    /// `family, given`, or the whole name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Author::Whole(name) => f.write_str(name),
            Author::Parted { family, given } => write!(f, "{family}, {given}"),
        }
    }
}

fn parted(family: &str, given: &str) -> Author {
    match (family, given) {
        ("", name) | (name, "") => Author::Whole(name.to_owned()),
        (family, given) => Author::Parted { family: family.to_owned(), given: given.to_owned() },
    }
}

fn is_group(name: &str) -> bool {
    let lines = include_str!("group_words.txt").lines().filter(|line| !line.starts_with('#'));
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let meets = |known: &str| match known.starts_with(is_han) {
        true => name.len() > known.len() && name.ends_with(known),
        false => words.iter().any(|word| word == known),
    };
    name.chars().any(|c| c.is_ascii_digit()) || lines.flat_map(|line| line.split(' ')).any(meets)
}

fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let plain = word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'));
    plain && (1..=3).contains(&letters)
}

/// `QS` as `Q. S.`, so that programs see two names.
fn spaced(initials: &str) -> String {
    if initials.contains(['.', '-']) {
        return initials.to_owned();
    }
    initials.chars().map(|c| format!("{c}.")).collect::<Vec<_>>().join(" ")
}

fn is_shouted(first: &str, others: &[&str]) -> bool {
    let shouted = |word: &str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    shouted(first) && !others.iter().any(|word| shouted(word))
}

/// Tells whether a name in Latin letters is a contributor's name in Han, its surname first.
fn reads_surname_first(words: &[&str], person: &EntityRef) -> bool {
    let letters = |text: &str| fold_key(text).replace(['-', '\'', '’'], "");
    let (surname, given) = (letters(words[0]), letters(&words[1..].concat()));
    full_keys(&person.name).iter().any(|key| {
        let syllables: Vec<&str> = key.trim_start_matches('~').split('\'').collect();
        (1..syllables.len().min(3)).any(|len| {
            let (before, behind) = syllables.split_at(len);
            before.concat() == surname && behind.concat() == given
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_where_that_is_sure() {
        let people = [EntityRef { id: "p1".into(), name: "周跃".into() }];
        for (name, want) in [
            ("陈一", "陈一"),
            ("欧阳 明", "欧阳 明"),
            ("Zheng QS", "Zheng|Q. S."),
            ("Luo Y.-M.", "Luo|Y.-M."),
            ("de la Cruz M", "de la Cruz|M."),
            ("Smith, John", "Smith|John"),
            ("Irena Kowal", "Kowal|Irena"),
            ("Ludwig van Beispiel", "van Beispiel|Ludwig"),
            ("Zhou Yue", "Zhou|Yue"),
            ("Yue Zhou", "Zhou|Yue"),
            ("Ming Hao Li", "Li|Ming Hao"),
            ("LI Ming-Hao", "LI|Ming-Hao"),
            ("Plato", "Plato"),
            ("China Stroke Group", "China Stroke Group"),
            ("Sample Devices Co., Ltd.", "Sample Devices Co., Ltd."),
            ("Study 2020 Investigators", "Study 2020 Investigators"),
        ] {
            let got = match Author::read(name, &people) {
                Author::Whole(name) => name,
                Author::Parted { family, given } => format!("{family}|{given}"),
            };
            assert_eq!(got, want, "{name}");
        }
    }

    #[test]
    fn a_body_is_told_from_a_person() {
        for (name, want) in [
            ("陈一", false),
            ("阿卜杜拉·艾力江", false),
            ("甲市某某科技有限公司", true),
            ("甲医院", true),
            ("China Stroke Group", true),
            ("Zheng QS", false),
        ] {
            assert_eq!(Author::read(name, &[]).is_body(), want, "{name}");
        }
    }
}
