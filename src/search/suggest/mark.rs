use crate::{
    analysis::{heard, sounds},
    text::fold,
};

/// Where a name holds what was typed, as ranges of its characters: where it is printed so, else where it
/// is read or abbreviated so.
pub(super) fn marks(text: &str, typed: &str, letters: Option<&str>, is_person: bool) -> Vec<[usize; 2]> {
    if let Some(mark) = printed(text, typed) {
        return vec![mark];
    }
    let Some(letters) = letters else { return Vec::new() };
    let sounds = sounds(text, is_person);
    let covered = heard(&sounds, letters, false).or_else(|| heard(&sounds, letters, true));
    let (Some(first), Some(last)) =
        (sounds.first(), covered.and_then(|count| sounds.get(count.checked_sub(1)?)))
    else {
        return Vec::new();
    };
    vec![[first.index, last.index + 1]]
}

/// The first place of folded text, white space aside.
fn printed(text: &str, typed: &str) -> Option<[usize; 2]> {
    let mut folded = String::new();
    // The index of the character that each byte of the folded text comes from.
    let mut indices = Vec::new();
    for (index, (start, c)) in text.char_indices().enumerate() {
        for part in fold(&text[start..start + c.len_utf8()]).filter(|part| !part.c.is_whitespace()) {
            folded.push(part.c);
            indices.resize(folded.len(), index);
        }
    }
    let at = folded.find(typed).filter(|_| !typed.is_empty())?;
    Some([indices[at], indices[at + typed.len() - 1] + 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_on_what_was_typed() {
        for (text, typed, want) in [
            ("某市胸科醫院", "医院", Some([4, 6])),
            ("European Bone Journal", "bonej", Some([9, 15])),
            ("许宝三", "xub", Some([0, 2])),
            ("许 宝三", "xbs", Some([0, 4])),
            ("许宝三", "zz", None),
            ("许宝三", "", None),
        ] {
            let letters = typed.is_ascii().then_some(typed);
            assert_eq!(marks(text, typed, letters, true).first().copied(), want, "{text} {typed}");
        }
    }
}
