use super::{
    reading::{name_readings, surname_len, ways},
    syllable::written_forms,
};
use crate::text::Atoms;

/// Opens the key of a reading that is not the most likely one.
pub const SECONDARY: char = '~';

/// A name in Han has so many characters; longer ones are names in several parts (古丽娜尔·买买提), each typed by itself.
const HAN_LENGTHS: std::ops::RangeInclusive<usize> = 2..=5;
const LATIN_LENGTHS: std::ops::RangeInclusive<usize> = 2..=5;

/// The keys under which the name of a person is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameKeys {
    /// Readings of a name in Han: `xu'bao'shan`; less likely ones as `~xu'bao'shan`.
    pub full: Vec<String>,
    /// Of any name, the surname with initials and the initials alone: `xu.bs`, `.xbs`.
    pub short: Vec<String>,
}

/// Stands between the parts of a name.
const DOTS: [char; 5] = ['·', '•', '・', '‧', '.'];

/// Makes the keys of a name; none where it is neither in Han nor in Latin letters.
pub fn name_keys(name: &str) -> NameKeys {
    match &han_names(name)[..] {
        [] => {}
        [chars] => {
            let ways = ways(&name_readings(chars));
            return NameKeys {
                short: distinct(han_initials(&ways, surname_len(chars))),
                full: joined(&ways),
            };
        }
        _ => return NameKeys { full: full_keys(name), short: Vec::new() },
    }
    let atoms = Atoms::new(name);
    let words: Vec<&str> = (0..atoms.len()).map(|index| atoms.get(index).text).collect();
    let letters = |text: &&str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    if !LATIN_LENGTHS.contains(&words.len()) || !words.iter().all(letters) {
        return NameKeys::default();
    }
    NameKeys { full: Vec::new(), short: distinct(latin_initials(&words)) }
}

/// Makes the full keys of a name alone.
pub fn full_keys(name: &str) -> Vec<String> {
    han_names(name).iter().flat_map(|chars| joined(&ways(&name_readings(chars)))).collect()
}

/// The characters of a name in Han; of one that is too long to be read as one, those of each of its parts.
fn han_names(name: &str) -> Vec<Vec<char>> {
    if let Some(chars) = han_name(name) {
        return vec![chars];
    }
    let parts: Option<Vec<Vec<char>>> = name.split(DOTS).map(han_name).collect();
    parts.unwrap_or_default()
}

/// The characters of a name in Han.
fn han_name(name: &str) -> Option<Vec<char>> {
    let atoms = Atoms::new(name);
    if !HAN_LENGTHS.contains(&atoms.len()) {
        return None;
    }
    let char_at = |index: usize| Some(atoms.get(index)).filter(|atom| atom.han)?.text.chars().next();
    (0..atoms.len()).map(char_at).collect()
}

fn joined(ways: &[Vec<&str>]) -> Vec<String> {
    let mark = |index: usize| if index == 0 { "" } else { "~" };
    ways.iter().enumerate().map(|(index, way)| format!("{}{}", mark(index), way.join("'"))).collect()
}

/// The surname in every way to write it, with the initials of the given name; and initials alone.
fn han_initials(ways: &[Vec<&str>], surname: usize) -> Vec<String> {
    let mut keys = Vec::new();
    for way in ways {
        let given = initials(&way[surname..]);
        let mut surnames = vec![String::new()];
        for syllable in &way[..surname] {
            let forms = written_forms(syllable);
            let longer =
                |before: &String| forms.iter().map(|form| format!("{before}{form}")).collect::<Vec<_>>();
            surnames = surnames.iter().flat_map(longer).collect();
        }
        keys.extend(surnames.iter().map(|surname| format!("{surname}.{given}")));
        if way.len() > 2 {
            keys.push(format!(".{}", initials(way)));
        }
    }
    keys
}

/// The surname of a name in Latin letters stands first or last.
fn latin_initials(words: &[&str]) -> Vec<String> {
    let mut keys = Vec::new();
    let last = words.len() - 1;
    for (surname, given) in [(words[0], &words[1..]), (words[last], &words[..last])] {
        let given = initials(given);
        keys.extend((1..=given.len()).map(|len| format!("{surname}.{}", &given[..len])));
        if words.len() > 2 {
            keys.push(format!(".{}{given}", &surname[..1]));
        }
    }
    if words.len() > 2 {
        keys.push(format!(".{}", initials(words)));
    }
    keys
}

fn initials(words: &[&str]) -> String {
    words.iter().filter_map(|word| word.chars().next()).collect()
}

fn distinct(mut keys: Vec<String>) -> Vec<String> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Tells whether a name in Han can be read as a full key says.
pub fn reads_as(name: &str, key: &str) -> bool {
    let wanted = || key.trim_start_matches(SECONDARY).split('\'');
    han_names(name).iter().any(|chars| {
        let readings = name_readings(chars);
        readings.len() == wanted().count()
            && readings.iter().zip(wanted()).all(|(known, wanted)| known.contains(&wanted))
    })
}
