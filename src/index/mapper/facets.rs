use std::collections::HashMap;

use super::DossierFacts;
use crate::{
    domain::{EntityRef, Facet, Paper, REMOVED},
    index::FacetValue,
    text::{fold_key, is_han},
};

/// Gives a value of a facet the label under which all its spellings are shown.
pub type Labels<'a> = &'a dyn Fn(Facet, &str) -> String;

const NO_VALUE: &str = "-";

/// Labels are cut here; a longer one is a fault of the reading and no name.
const LABEL_CHARS: usize = 200;

/// Collects the facets of a record, each value once.
pub(super) struct Facets<'a> {
    labels: Labels<'a>,
    values: Vec<FacetValue>,
    /// The place of a value among them by its folded label.
    places: HashMap<(Facet, String), usize>,
    /// The same by what was printed, `None` where that is no value: a journal is met with one topic a thousand times.
    printed: [HashMap<String, Option<usize>>; Facet::ALL.len()],
}

impl<'a> Facets<'a> {
    pub(super) fn new(labels: Labels<'a>) -> Self {
        Self { labels, values: Vec::new(), places: HashMap::new(), printed: Default::default() }
    }

    pub(super) fn finish(self) -> Vec<FacetValue> {
        self.values
    }

    pub(super) fn value(&mut self, facet: Facet, value: &str) {
        self.add(facet, value, None);
    }

    pub(super) fn entity(&mut self, facet: Facet, entity: &EntityRef) {
        self.named(facet, &entity.id, &entity.name);
    }

    pub(super) fn named(&mut self, facet: Facet, id: &str, name: &str) {
        self.add(facet, name, Some(id));
    }

    pub(super) fn year(&mut self, year: Option<u16>) {
        if let Some(year) = year {
            self.add(Facet::Year, &format!("{year:04}"), None);
        }
    }

    /// What a record takes from the dossier it belongs to.
    pub(super) fn of_dossier(&mut self, dossier: &DossierFacts) {
        self.value(Facet::Type, dossier.kind.name());
        dossier.topics.iter().for_each(|topic| self.value(Facet::Topic, topic));
        let award = &dossier.award;
        let values = [
            (Facet::Award, &award.name),
            (Facet::Category, &award.category),
            (Facet::Recommender, &award.recommender),
        ];
        for (facet, value) in values {
            if let Some(value) = value {
                self.value(facet, value);
            }
        }
    }

    fn add(&mut self, facet: Facet, value: &str, id: Option<&str>) {
        let at = match self.printed[facet as usize].get(value) {
            Some(&known) => known,
            None => {
                let at = self.place(facet, value);
                self.printed[facet as usize].insert(value.to_owned(), at);
                at
            }
        };
        if let (Some(at), Some(id)) = (at, id)
            && !self.values[at].ids.iter().any(|known| known == id)
        {
            self.values[at].ids.push(id.to_owned());
        }
    }

    fn place(&mut self, facet: Facet, value: &str) -> Option<usize> {
        let label: String = (self.labels)(facet, value.trim()).chars().take(LABEL_CHARS).collect();
        let key = fold_key(&label);
        // A dash is printed for none, and asked for as none; who is not to be shown is nobody.
        if key.is_empty() || key == NO_VALUE || label.contains(REMOVED) {
            return None;
        }
        Some(*self.places.entry((facet, key)).or_insert_with(|| {
            self.values.push(FacetValue { facet, label, ids: Vec::new() });
            self.values.len() - 1
        }))
    }
}

/// How often papers were cited in all; `None` where none of them says so.
pub(super) fn citations<'a>(papers: impl IntoIterator<Item = &'a Paper>) -> Option<u64> {
    papers.into_iter().filter_map(|paper| paper.citations).map(u64::from).reduce(|a, b| a + b)
}

/// Tells whether a holder of a right reads as the name of a person: two to four Han characters that do
/// not end as an organisation does.
pub(super) fn is_person_name(name: &str) -> bool {
    let key = fold_key(name);
    let organisation = || include_str!("organisations.txt").split_whitespace().any(|end| key.ends_with(end));
    (2..=4).contains(&key.chars().count()) && key.chars().all(is_han) && !organisation()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_however_it_is_spelt() {
        let labels = |_: Facet, value: &str| value.to_owned();
        let mut facets = Facets::new(&labels);
        facets.value(Facet::Institution, "某國醫院");
        facets.entity(Facet::Institution, &EntityRef { id: "i1".to_owned(), name: "某国 医院".to_owned() });
        facets.value(Facet::Institution, "  ");
        facets.year(Some(2024));
        let values = facets.finish();
        assert_eq!(values.len(), 2);
        assert_eq!(
            (values[0].label.as_str(), values[0].ids.as_slice()),
            ("某國醫院", &["i1".to_owned()][..])
        );
    }

    #[test]
    fn holders_are_people_or_organisations() {
        for (name, person) in
            [("张某某", true), ("欧阳 某", true), ("某某医院", false), ("Zhang San", false), ("某", false)]
        {
            assert_eq!(is_person_name(name), person, "{name}");
        }
    }
}
