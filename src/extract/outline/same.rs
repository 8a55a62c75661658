use std::collections::HashMap;

use crate::{
    extract::{entry::Entry, lexicon::Field},
    text::fold_key,
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
}
