use super::{
    reading::{name_readings, read_as, readings},
    syllable::{first_syllables, written_forms},
};
use crate::text::{fold, is_han};

/// How a character is written in Latin letters, and which one of the text it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// Every way to write it, the most usual reading first; of a letter or digit itself.
    pub ways: Vec<String>,
    /// Counted in characters of the text.
    pub index: usize,
}

/// How a text is sounded out, character by character; what is neither read nor a letter or a digit is
/// left out. The surname of a person is read as surnames are, and every character in all its readings.
pub fn sounds(text: &str, is_person: bool) -> Vec<Sound> {
    let mut chars: Vec<(char, usize)> = Vec::new();
    for (index, (start, c)) in text.char_indices().enumerate() {
        let end = start + c.len_utf8();
        chars.extend(
            fold(&text[start..end]).map(|folded| (folded.c, index)).filter(|(c, _)| c.is_alphanumeric()),
        );
    }
    let name: Vec<char> = chars.iter().map(|&(c, _)| c).collect();
    let of_name = if is_person { name_readings(&name) } else { Vec::new() };
    let mut sounds = Vec::with_capacity(chars.len());
    for (at, &(c, index)) in chars.iter().enumerate() {
        let ways: Vec<String> = match of_name.get(at) {
            Some(readings) => readings.iter().flat_map(|one| written_forms(one)).collect(),
            None if is_han(c) => ways_to_write(c),
            None => vec![c.to_string()],
        };
        if !ways.is_empty() {
            sounds.push(Sound { ways, index });
        }
    }
    sounds
}

/// Joins the sounds, or their initials, in at most `most` ways.
pub fn sounded_out(sounds: &[Sound], initials: bool, most: usize) -> Vec<String> {
    let mut texts = vec![String::new()];
    for sound in sounds {
        let mut ways: Vec<&str> = sound
            .ways
            .iter()
            .map(|way| if initials { &way[..first_len(way)] } else { way.as_str() })
            .collect();
        ways.dedup();
        let longer = texts.iter().flat_map(|text| ways.iter().map(move |way| format!("{text}{way}")));
        texts = longer.take(most).collect();
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// How many of the characters of a folded text, from the first one on, are read as exactly these letters.
pub fn read_at(text: &[char], letters: &str) -> Option<usize> {
    if letters.is_empty() {
        return Some(0);
    }
    let (&first, rest) = text.split_first()?;
    let further = |form: &str| read_at(rest, letters.strip_prefix(form)?);
    // Most readings are written in one way.
    let read = if readings(first).any(|syllable| syllable.contains('v')) {
        ways_to_write(first).iter().find_map(|form| further(form))
    } else {
        readings(first).find_map(further)
    };
    read.map(|more| more + 1)
}

/// The characters with which a folded text may begin that is read as letters.
pub fn may_begin(letters: &str) -> impl Iterator<Item = char> {
    first_syllables(letters).flat_map(read_as).copied()
}

/// The ways to write the readings of a folded character, each once: two that are the same would be tried twice.
fn ways_to_write(c: char) -> Vec<String> {
    let mut ways: Vec<String> = Vec::new();
    for way in readings(c).flat_map(written_forms) {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// How many of the sounds something typed covers from the first one on, the last one perhaps in part.
pub fn heard(sounds: &[Sound], typed: &str, initials: bool) -> Option<usize> {
    if typed.is_empty() {
        return Some(0);
    }
    let (first, rest) = sounds.split_first()?;
    let shown = |way: &String| if initials { first_len(way) } else { way.len() };
    first.ways.iter().enumerate().find_map(|(at, written)| {
        let way = &written[..shown(written)];
        // Two readings with one initial are heard once.
        if initials && first.ways[..at].iter().any(|other| other[..shown(other)] == *way) {
            return None;
        }
        if way.starts_with(typed) {
            return Some(1);
        }
        heard(rest, typed.strip_prefix(way)?, initials).map(|more| more + 1)
    })
}

fn first_len(way: &str) -> usize {
    way.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_sounded_out() {
        for (text, person, joined, initials) in [
            ("曾一", true, "cengyi zengyi", "cy zy"),
            ("吕一", true, "luyi lvyi lyuyi", "ly"),
            ("某市胸科医院", false, "moushixiongkeyiyuan", "msxkyy"),
            ("CT 影（像）", false, "ctyingxiang", "ctyx"),
            ("，", false, "", ""),
        ] {
            let sounds = sounds(text, person);
            assert_eq!(sounded_out(&sounds, false, 9).join(" "), joined, "{text}");
            assert_eq!(sounded_out(&sounds, true, 9).join(" "), initials, "{text}");
        }
    }

    #[test]
    fn what_is_read_as_letters_begins_with_one_that_may() {
        for (text, letters) in
            [("郑州", "zhengzhou"), ("吕梁", "lyuliang"), ("吕梁", "luliang"), ("重庆", "chongqing")]
        {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(read_at(&chars, letters), Some(2), "{text}");
            assert!(may_begin(letters).any(|c| c == chars[0]), "{text}");
        }
        assert_eq!(may_begin("vzh").next(), None);
    }

    #[test]
    fn what_is_typed_covers_characters() {
        let sounds = sounds("许 宝三", true);
        for (typed, initials, want) in [
            ("", false, Some(0)),
            ("x", false, Some(1)),
            ("xub", false, Some(2)),
            ("xubaosan", false, Some(3)),
            ("xubaosang", false, None),
            ("xb", true, Some(2)),
            ("bx", true, None),
        ] {
            assert_eq!(heard(&sounds, typed, initials), want, "{typed}");
        }
        assert_eq!(sounds[1].index, 2, "counted in characters of the text");
    }
}
