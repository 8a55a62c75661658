use std::{collections::HashMap, sync::LazyLock};

/// What an institution is, by the word its name ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Hospital,
    University,
    School,
    Academy,
    Institute,
    Centre,
    Laboratory,
    Company,
    Office,
}

impl Head {
    fn parse(group: &str) -> Option<Self> {
        Some(match group {
            "hospital" => Self::Hospital,
            "university" => Self::University,
            "school" => Self::School,
            "academy" => Self::Academy,
            "institute" => Self::Institute,
            "centre" => Self::Centre,
            "laboratory" => Self::Laboratory,
            "company" => Self::Company,
            "office" => Self::Office,
            _ => return None,
        })
    }
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("affiliation_words.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(group, words)| words.split_whitespace().map(move |word| (group, word)))
}

fn group(name: &'static str) -> Vec<&'static str> {
    rows().filter(|(group, _)| *group == name).map(|(_, word)| word).collect()
}

/// Finds where heads end in a folded text, in order, each with what it tells.
pub(super) fn heads(text: &str) -> Vec<(usize, Head)> {
    static HEADS: LazyLock<HashMap<char, Vec<(&str, Head)>>> = LazyLock::new(|| {
        let mut by_first: HashMap<char, Vec<(&str, Head)>> = HashMap::new();
        for (word, head) in rows().filter_map(|(group, word)| Some((word, Head::parse(group)?))) {
            by_first.entry(word.chars().next().unwrap_or_default()).or_default().push((word, head));
        }
        by_first
    });
    static TRAPS: LazyLock<Vec<&str>> = LazyLock::new(|| group("trap"));
    let mut found: Vec<(usize, Head)> = Vec::new();
    for (at, c) in text.char_indices() {
        let Some(words) = HEADS.get(&c) else { continue };
        let rest = &text[at..];
        let longest =
            words.iter().filter(|(word, _)| rest.starts_with(*word)).max_by_key(|(word, _)| word.len());
        let Some((word, head)) = longest else { continue };
        let held = |trap: &&str| trap.len() > word.len() && rest.starts_with(*trap);
        let end = at + word.len();
        if !TRAPS.iter().any(held) && found.last().is_none_or(|(last, _)| *last < end) {
            found.push((end, *head));
        }
    }
    found
}

/// Tells whether a folded name is that of a university, a school or an academy.
pub(super) fn ends_as_school(name: &str) -> bool {
    heads(name).last().is_some_and(|&(end, head)| {
        end == name.len() && matches!(head, Head::University | Head::School | Head::Academy)
    })
}

/// Tells whether a folded text ends as the names of departments, wards and campuses do.
pub(super) fn is_department(text: &str) -> bool {
    static ENDINGS: LazyLock<Vec<&str>> = LazyLock::new(|| group("department"));
    let short = text.chars().count() <= 24;
    short
        && (ENDINGS.iter().any(|word| text.ends_with(word) && text.len() > word.len() || text == *word)
            || is_department_school(text))
}

/// Tells whether a folded text is a school that is a department of its university; one with a name of its own is not.
pub(super) fn is_department_school(text: &str) -> bool {
    static SCHOOLS: LazyLock<Vec<&str>> = LazyLock::new(|| group("department_school"));
    SCHOOLS.contains(&text)
}

/// Tells whether a folded text is an address or a part of one.
pub(super) fn is_address(text: &str) -> bool {
    static ENDINGS: LazyLock<Vec<&str>> = LazyLock::new(|| group("address"));
    let number = text.chars().any(|c| c.is_ascii_digit());
    super::place::is_place(text)
        || ENDINGS.iter().any(|word| text.ends_with(word) && (number || word != &"室" && word != &"里"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_found_where_a_name_may_end() {
        let ends =
            |text: &str| heads(text).iter().map(|&(end, _)| text[..end].to_owned()).collect::<Vec<_>>();
        assert_eq!(ends("甲市中心医院检验科"), ["甲市中心医院"]);
        assert_eq!(ends("甲大学附属乙医院"), ["甲大学", "甲大学附属乙医院"]);
        assert_eq!(ends("大学路3号甲医院"), ["大学路3号甲医院"]);
        assert_eq!(ends("甲医学科学院"), ["甲医学科学院"]);
        assert_eq!(ends("心内科"), [""; 0]);
    }

    #[test]
    fn every_group_is_read() {
        for name in ["trap", "department", "department_school", "address"] {
            assert!(!group(name).is_empty(), "{name}");
        }
    }
}
