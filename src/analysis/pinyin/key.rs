use super::{
    reading::{name_readings, surname_len, ways},
    syllable::written_forms,
};
use crate::analysis::Atoms;

/// Opens the key of a reading that is not the most likely one.
pub const SECONDARY: char = '~';

/// A name in Han has so many characters; longer ones are names of peoples who are not read by character.
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

/// Makes the keys of a name; none where it is neither in Han nor in Latin letters.
pub fn name_keys(name: &str) -> NameKeys {
    let atoms = Atoms::new(name);
    let texts: Vec<&str> = (0..atoms.len()).map(|index| atoms.get(index).text).collect();
    let han = (0..atoms.len()).all(|index| atoms.get(index).han);
    let letters = |text: &&str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut keys = if han && HAN_LENGTHS.contains(&texts.len()) {
        let chars: Vec<char> = texts.iter().flat_map(|text| text.chars()).collect();
        han_keys(&chars)
    } else if LATIN_LENGTHS.contains(&texts.len()) && texts.iter().all(letters) {
        NameKeys { full: Vec::new(), short: latin_keys(&texts) }
    } else {
        NameKeys::default()
    };
    keys.short.sort_unstable();
    keys.short.dedup();
    keys
}

fn han_keys(name: &[char]) -> NameKeys {
    let mut keys = NameKeys::default();
    let surname = surname_len(name);
    for way in ways(&name_readings(name)) {
        let mark = if keys.full.is_empty() { "" } else { "~" };
        keys.full.push(format!("{mark}{}", way.join("'")));
        let given = initials(&way[surname..]);
        let mut surnames = vec![String::new()];
        for syllable in &way[..surname] {
            let longer = |form: String| {
                surnames.iter().map(move |before| format!("{before}{form}")).collect::<Vec<_>>()
            };
            surnames = written_forms(syllable).into_iter().flat_map(longer).collect();
        }
        keys.short.extend(surnames.iter().map(|surname| format!("{surname}.{given}")));
        if way.len() > 2 {
            keys.short.push(format!(".{}", initials(&way)));
        }
    }
    keys
}

/// The surname of a name in Latin letters stands first or last.
fn latin_keys(words: &[&str]) -> Vec<String> {
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

/// Tells whether a name in Han can be read as a full key says.
pub fn reads_as(name: &str, key: &str) -> bool {
    let atoms = Atoms::new(name);
    let syllables: Vec<&str> = key.trim_start_matches(SECONDARY).split('\'').collect();
    if atoms.len() != syllables.len() || !(0..atoms.len()).all(|index| atoms.get(index).han) {
        return false;
    }
    let chars: Vec<char> = (0..atoms.len()).flat_map(|index| atoms.get(index).text.chars()).collect();
    let readings = name_readings(&chars);
    readings.len() == syllables.len()
        && readings.iter().zip(syllables).all(|(known, wanted)| known.contains(&wanted))
}
