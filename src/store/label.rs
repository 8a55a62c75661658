use rusqlite::{Connection, OptionalExtension, Transaction};

use super::{Store, StoreError};
use crate::{
    domain::{Dossier, Facet},
    resolve::{canonical_name, journal_link},
    text::fold_key,
};

impl Store {
    /// Gives the one printing that stands for all values of a facet that differ by script, width,
    /// case or white space only, or are names of one journal or institution: the one seen first.
    ///
    /// # Errors
    /// Where the database cannot answer, or cannot note a value it has not seen.
    pub fn label(&self, facet: Facet, value: &str) -> Result<String, StoreError> {
        if !is_printed(facet) {
            return Ok(value.to_owned());
        }
        match self.pool.read_again(|db| seen(db, facet, &form(facet, value).0))? {
            Some(label) => Ok(label),
            None => self.pool.write(|tx| note(tx, facet, value)),
        }
    }
}

impl Store {
    /// Gives the label of a value that was seen before, under whichever of its printings.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn known_label(&self, facet: Facet, value: &str) -> Result<Option<String>, StoreError> {
        if !is_printed(facet) {
            return Ok(None);
        }
        self.pool.read(|db| seen(db, facet, &form(facet, value).0))
    }
}

/// Notes the printed values of all facets of a dossier, so that they need no change of their own later.
pub(super) fn note_all(tx: &Transaction<'_>, dossier: &Dossier) -> Result<(), StoreError> {
    let note_each = |facet, values: &mut dyn Iterator<Item = &String>| -> Result<(), StoreError> {
        for value in values {
            note(tx, facet, value)?;
        }
        Ok(())
    };
    let award = dossier.award.as_ref();
    note_each(Facet::Award, &mut award.iter().filter_map(|award| award.name.as_ref()))?;
    note_each(Facet::Category, &mut award.iter().filter_map(|award| award.category.as_ref()))?;
    note_each(Facet::Recommender, &mut award.iter().filter_map(|award| award.recommender.as_ref()))?;
    note_each(Facet::Institution, &mut dossier.institutions.iter().map(|institution| &institution.name))?;
    for contributor in &dossier.contributors {
        note_each(Facet::Institution, &mut contributor.institution.iter().chain(&contributor.employer))?;
        note_each(Facet::Person, &mut std::iter::once(&contributor.name))?;
        note_each(Facet::Title, &mut contributor.titles.iter())?;
    }
    for paper in &dossier.papers {
        note_each(Facet::Journal, &mut paper.journal.iter())?;
        note_each(Facet::Person, &mut paper.authors.iter().chain(&paper.corresponding_authors))?;
    }
    for ip in &dossier.ip {
        note_each(Facet::IpCategory, &mut ip.category.iter())?;
        note_each(Facet::Country, &mut ip.country.iter())?;
        note_each(Facet::Person, &mut ip.holders.iter())?;
    }
    note_each(Facet::Person, &mut dossier.mentions.people.iter().map(|person| &person.name))?;
    note_each(Facet::Institution, &mut dossier.mentions.institutions.iter())
}

/// The label of a value, which is its own where it is the first of its kind.
pub(super) fn note(tx: &Transaction<'_>, facet: Facet, value: &str) -> Result<String, StoreError> {
    let (folded, label) = form(facet, value);
    if let Some(label) = seen(tx, facet, &folded)? {
        return Ok(label);
    }
    if !folded.is_empty() {
        let mut insert =
            tx.prepare_cached("INSERT INTO facet_label (facet, folded, label) VALUES (?1, ?2, ?3)")?;
        insert.execute([facet.name(), &folded, &label])?;
    }
    Ok(label)
}

/// By what a value is known, and how it is shown: an institution or a journal is one under all its names.
fn form(facet: Facet, value: &str) -> (String, String) {
    match facet {
        Facet::Institution => {
            let canonical = canonical_name(value);
            (canonical.key, canonical.name)
        }
        Facet::Journal => {
            (journal_link(value).map(|link| link.key).unwrap_or_default(), value.trim().to_owned())
        }
        _ => (fold_key(value), value.trim().to_owned()),
    }
}

fn seen(db: &Connection, facet: Facet, folded: &str) -> Result<Option<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT label FROM facet_label WHERE facet = ?1 AND folded = ?2")?;
    Ok(query.query_row([facet.name(), folded], |row| row.get(0)).optional()?)
}

/// Types and years have one form only, and topics are folded already.
fn is_printed(facet: Facet) -> bool {
    !matches!(facet, Facet::Type | Facet::Year | Facet::Topic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{
        ListFilter,
        sample::{Sample, empty_store, put},
    };

    #[test]
    fn the_printing_seen_first_stands_for_all() {
        let (_dir, store) = empty_store();
        let label = |facet, value| store.label(facet, value).expect("answer");
        assert_eq!(label(Facet::Journal, " Journal A "), "Journal A");
        assert_eq!(label(Facet::Journal, "JOURNAL　Ａ"), "Journal A");
        assert_eq!(label(Facet::Country, "journal a"), "journal a", "each facet has labels of its own");
        assert_eq!(label(Facet::Year, "2026"), "2026");
        assert_eq!(label(Facet::Award, ""), "");
    }

    #[test]
    fn entities_bear_the_labels_of_their_facets() {
        let (_dir, store) = empty_store();
        put(&store, &Sample::new("甲").paper("On A", "Journal A", &["陳 一"]).build());
        put(&store, &Sample::new("乙").person("陈一", "甲医院", &[]).paper("On B", "JOURNAL A", &[]).build());
        let people = store.people(&ListFilter::default()).expect("answer").items;
        assert_eq!(people[0].name, "陳 一");
        assert_eq!(store.label(Facet::Person, "陈一").expect("answer"), people[0].name);
        assert_eq!(store.journals(&ListFilter::default()).expect("answer").items[0].name, "Journal A");
    }

    #[test]
    fn values_of_a_kept_dossier_are_noted_with_it() {
        let (_dir, store) = empty_store();
        put(&store, &Sample::new("甲").person("陈一", "甲醫院", &[]).ip("一种甲", &["外人"]).build());
        for (facet, value, want) in [
            (Facet::Institution, "甲医院", "甲醫院"),
            (Facet::Title, "教 授", "教授"),
            (Facet::Person, "外 人", "外人"),
            (Facet::Award, "某 科技奖", "某科技奖"),
        ] {
            assert_eq!(
                store.pool.read(|db| seen(db, facet, &fold_key(value))).expect("answer").as_deref(),
                Some(want)
            );
        }
    }
}
