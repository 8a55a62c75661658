use rusqlite::OptionalExtension;

use super::{Store, StoreError};
use crate::resolve::{AUTHORITY, KnownInstitution};

impl Store {
    /// Finds the institution of a canonical key.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn institution_by_key(&self, key: &str) -> Result<Option<KnownInstitution>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached("SELECT id, key, name FROM institution WHERE key = ?1")?;
            Ok(query.query_row([key], known).optional()?)
        })
    }

    /// Finds the institutions for which a document prints a folded name, each with the sentence; names of the
    /// authority list are not among them.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn institutions_by_alias(
        &self,
        name_key: &str,
    ) -> Result<Vec<(KnownInstitution, String)>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT i.id, i.key, i.name, x.evidence FROM institution_alias x
                 JOIN institution i ON i.id = x.institution_id
                 WHERE x.name_key = ?1 AND x.field <> ?2 GROUP BY i.id ORDER BY i.id",
            )?;
            let found = query.query_map([name_key, AUTHORITY], |row| Ok((known(row)?, row.get(3)?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

fn known(row: &rusqlite::Row<'_>) -> rusqlite::Result<KnownInstitution> {
    Ok(KnownInstitution { id: row.get(0)?, key: row.get(1)?, name: row.get(2)? })
}

#[cfg(test)]
mod tests {
    use crate::store::{
        ListFilter,
        sample::{Sample, empty_store, put},
    };

    #[test]
    fn institutions_are_looked_up_by_key_and_by_printed_alias() {
        let (_dir, store) = empty_store();
        let text = "甲大学附属第一医院（乙市丙医院）牵头。";
        put(&store, &Sample::new("一术").institution("甲大学附属第一医院", text, &[1]).build());
        let by_key = store.institution_by_key("甲大学第1医院").expect("answer").expect("kept");
        assert_eq!(by_key.name, "甲大学附属第一医院");
        assert_eq!(store.institution_by_key("甲大学").expect("answer"), None);
        let list = ListFilter { name: Some("甲大学第一附属医院".into()), ..ListFilter::default() };
        let listed = store.institutions(&list).expect("answer").items;
        assert_eq!(listed.iter().map(|one| &one.id).collect::<Vec<_>>(), [&by_key.id], "a spelling by rule");
        let by_alias = store.institutions_by_alias("乙市丙医院").expect("answer");
        assert_eq!(by_alias, [(by_key, text.to_owned())]);

        put(&store, &Sample::new("二术").institution("新桥医院", "", &[1]).build());
        assert_eq!(store.institutions_by_alias("大坪医院").expect("answer"), []);
        assert_eq!(store.institutions_by_alias("重庆新桥医院").expect("answer"), [], "listed, not printed");
    }
}
