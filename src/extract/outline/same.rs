use std::collections::HashMap;

use crate::{
    extract::{entry::Entry, lexicon::Field},
    text::{fold_key, is_wider},
};

/// Puts records together that are of one name and do not contradict each other: a list names people, and what is
/// known of each is printed elsewhere.
pub(super) fn merged(list: &mut Vec<Entry>, name: Field) {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Entry> = Vec::with_capacity(list.len());
    for entry in list.drain(..) {
        let key = entry.get(name).map(|name| fold_key(name.text())).filter(|key| !key.is_empty());
        let place = key.as_ref().and_then(|key| places.get(key)).copied();
        match place.and_then(|at| kept.get_mut(at)).filter(|first| first.agrees(&entry)) {
            Some(first) => first.supply_all(&entry),
            None => {
                if let Some(key) = key {
                    places.entry(key).or_insert(kept.len());
                }
                kept.push(entry);
            }
        }
    }
    *list = kept;
}

/// A title of fewer columns may begin several.
const SHORTEST: usize = 12;

/// Puts a row that a page break cut together with the whole of it that the next page prints again: both have one
/// number, and the title of one begins that of the other.
pub(super) fn repeated(list: &mut Vec<Entry>, title: Field) {
    list.dedup_by(|next, before| {
        let key = |entry: &Entry, field: Field| entry.get(field).map(|value| fold_key(value.text()));
        let number = |entry: &Entry| key(entry, Field::Number).filter(|number| !number.is_empty());
        let (Some(cut), Some(whole)) = (key(before, title), key(next, title)) else { return false };
        // `某病的研究` and `某病的研究进展` may stand in two lists.
        let is_same = number(before).is_some() && number(before) == number(next) && is_wider(&cut, SHORTEST);
        let repeats = is_same && whole.len() > cut.len() && whole.starts_with(&cut);
        if repeats {
            next.supply_all(before);
            std::mem::swap(before, next);
            before.merged = true;
        }
        repeats
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Passage;

    fn entry(fields: &[(Field, &str)]) -> Entry {
        let mut entry = Entry::default();
        fields.iter().for_each(|(field, text)| entry.add(*field, &Passage::new(text, 0)));
        entry
    }

    #[test]
    fn records_of_one_name_are_one_unless_they_differ() {
        for (second, want) in [
            (entry(&[(Field::Name, "陈 一"), (Field::Rank, "1"), (Field::Contribution, "提出方法。")]), 1),
            (entry(&[(Field::Name, "陈一"), (Field::Titles, "教授")]), 1),
            (entry(&[(Field::Name, "陈一"), (Field::Titles, "讲师")]), 2),
            (entry(&[(Field::Name, "李二"), (Field::Titles, "教授")]), 2),
        ] {
            let mut list = vec![entry(&[(Field::Name, "陈一"), (Field::Titles, "教授")]), second];
            merged(&mut list, Field::Name);
            assert_eq!(list.len(), want);
        }
    }

    #[test]
    fn a_row_that_is_printed_again_is_one() {
        let cut = || {
            entry(&[(Field::Number, "4"), (Field::PaperTitle, "Ex situ split for"), (Field::Citations, "26")])
        };
        for (next, want) in [
            (entry(&[(Field::Number, "4"), (Field::PaperTitle, "Ex situ split for an adult")]), 1),
            (entry(&[(Field::Number, "5"), (Field::PaperTitle, "Ex situ split for an adult")]), 2),
            (entry(&[(Field::Number, "4"), (Field::PaperTitle, "Another")]), 2),
        ] {
            let mut list = vec![cut(), next];
            repeated(&mut list, Field::PaperTitle);
            assert_eq!(list.len(), want);
            assert!(want == 2 || list[0].has(Field::Citations) && list[0].merged);
        }
    }
}
