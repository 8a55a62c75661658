use rusqlite::OptionalExtension;

use super::{Store, StoreError, record};

impl Store {
    /// Lists the contributors of a document: their positions in it and the ids of their records.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn people_of(&self, document_id: &str) -> Result<Vec<(usize, String)>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT position, person_id FROM contribution WHERE document_id = ?1 ORDER BY position",
            )?;
            let people = query.query_map([document_id], |row| Ok((record::number(row, 0)?, row.get(1)?)))?;
            Ok(people.collect::<Result<_, _>>()?)
        })
    }

    /// Finds the record of the person whom a key of `resolve` names.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn person_with_key(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached("SELECT id FROM person WHERE key = ?1")?;
            Ok(query.query_row([key], |row| row.get(0)).optional()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        resolve::resolve,
        store::sample::{Sample, empty_store, put},
    };

    #[test]
    fn contributors_are_tied_to_their_records_by_position_and_by_key() {
        let (_dir, store) = empty_store();
        let dossier = Sample::new("甲术研究").person("陈一", "甲医院", &[]).person("", "甲医院", &[]);
        let dossier = dossier.person("林二", "甲医院", &[]).build();
        let kept = put(&store, &dossier);
        let people = store.people_of(&kept.id).expect("answer");
        assert_eq!(people.iter().map(|(position, _)| *position).collect::<Vec<_>>(), [0, 2]);
        let resolved = resolve(&store.dossier(&kept.id).expect("answer").expect("there"));
        let key = resolved.contributors[2].person.as_ref().expect("named").key.clone();
        assert_eq!(store.person_with_key(&key).expect("answer").as_ref(), Some(&people[1].1));
        assert_eq!(store.person_with_key("nobody").expect("answer"), None);
    }
}
