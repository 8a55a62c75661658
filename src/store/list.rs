use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params, params_from_iter};

use super::{ListFilter, Listed, Page, Store, StoreError, condition::Condition, record};
use crate::{
    domain::{DossierRef, DossierSummary, Kind},
    resolve::canonical_name,
    text::fold_key,
};

const BY_NAME: &str = "instr(t.name_key, ?) > 0";

/// Picks the part of a list.
const WITHIN: &str = "LIMIT ? OFFSET ?";

impl Store {
    /// Counts the records of every kind.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn counts(&self) -> Result<BTreeMap<Kind, u64>, StoreError> {
        self.pool.read(|db| {
            let count = |kind| Ok((kind, total(db, table(kind), &Condition::default())?));
            Kind::ALL.into_iter().map(count).collect()
        })
    }

    /// Lists ids of a kind in the order of ids: those greater than `after`, at most `limit`. Whoever goes
    /// on with the last one meets every record once that was there all the time, whatever came or went.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn ids_after(&self, kind: Kind, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.pool.read(|db| {
            let sql = format!("SELECT id FROM {} WHERE id > ?1 ORDER BY id LIMIT ?2", table(kind));
            let mut query = db.prepare_cached(&sql)?;
            Ok(query.query_map(params![after, limit], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Lists documents by title.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn dossiers(&self, list: &ListFilter) -> Result<Page<DossierSummary>, StoreError> {
        self.pool.read(|db| {
            let condition = named("instr(t.title_key, ?) > 0", list);
            let sql = format!(
                "SELECT id, kind, ifnull(title, ''), award, category, year, recommender,
                     (SELECT count(*) FROM contribution b WHERE b.document_id = t.id)
                 FROM document t WHERE {} ORDER BY title_key, id {}",
                condition.sql(),
                WITHIN
            );
            let mut query = db.prepare_cached(&sql)?;
            let mut items = query
                .query_map(
                    params_from_iter(condition.values_within(list.limit, list.offset)),
                    dossier_summary,
                )?
                .collect::<Result<Vec<_>, _>>()?;
            for item in &mut items {
                item.institutions = record::completing(db, &item.id)?;
            }
            Ok(Page { total: total(db, "document", &condition)?, items })
        })
    }

    /// Lists people by name.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn people(&self, list: &ListFilter) -> Result<Page<Listed>, StoreError> {
        self.listed(
            list,
            "person",
            &named(BY_NAME, list),
            "SELECT t.id, t.name, i.id, i.name, NULL, NULL, NULL
             FROM person t LEFT JOIN institution i ON i.id = t.institution_id",
        )
    }

    /// Lists institutions by name; an institution is found by its other names too.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn institutions(&self, list: &ListFilter) -> Result<Page<Listed>, StoreError> {
        let mut condition = Condition::default();
        if let Some(name) = &list.name {
            condition.and(
                "(instr(t.name_key, ?) > 0 OR t.key = ? OR EXISTS (SELECT 1 FROM institution_alias x
                     WHERE x.institution_id = t.id AND instr(x.name_key, ?) > 0))",
                [fold_key(name), canonical_name(name).key, fold_key(name)],
            );
        }
        let sql = "SELECT t.id, t.name, NULL, NULL, NULL, NULL, NULL FROM institution t";
        self.listed(list, "institution", &condition, sql)
    }

    /// Lists journals by name; a journal is found by its other printings too.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn journals(&self, list: &ListFilter) -> Result<Page<Listed>, StoreError> {
        let mut condition = Condition::default();
        if let Some(name) = &list.name {
            condition.and(
                "(instr(t.name_key, ?) > 0 OR EXISTS (SELECT 1 FROM journal_name x
                     WHERE x.journal_id = t.id AND instr(x.name_key, ?) > 0))",
                [fold_key(name), fold_key(name)],
            );
        }
        let sql = "SELECT t.id, t.name, NULL, NULL, NULL, NULL, NULL FROM journal t";
        self.listed(list, "journal", &condition, sql)
    }

    /// Lists papers by title.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn papers(&self, list: &ListFilter) -> Result<Page<Listed>, StoreError> {
        self.rows_of_dossiers(list, Kind::Paper)
    }

    /// Lists patents and other rights by title.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn ips(&self, list: &ListFilter) -> Result<Page<Listed>, StoreError> {
        self.rows_of_dossiers(list, Kind::Ip)
    }

    /// Lists innovation claims by heading.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn claims(&self, list: &ListFilter) -> Result<Page<Listed>, StoreError> {
        self.rows_of_dossiers(list, Kind::Claim)
    }

    /// Lists the documents in whose running text a name is mentioned.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn mentioned_in(&self, name: &str) -> Result<Vec<DossierRef>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT {} FROM document d WHERE d.id IN (SELECT document_id FROM mention WHERE name_key = ?1)
                 ORDER BY d.title_key, d.id",
                record::DOSSIER_REF
            ))?;
            let found = query.query_map([fold_key(name)], record::dossier_ref)?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    fn rows_of_dossiers(&self, list: &ListFilter, kind: Kind) -> Result<Page<Listed>, StoreError> {
        let sql = format!(
            "SELECT t.id, t.name, NULL, NULL, {}
             FROM {} t JOIN document d ON d.id = t.document_id",
            record::DOSSIER_REF,
            table(kind)
        );
        self.listed(list, table(kind), &named(BY_NAME, list), &sql)
    }

    fn listed(
        &self,
        list: &ListFilter,
        table: &str,
        condition: &Condition,
        select: &str,
    ) -> Result<Page<Listed>, StoreError> {
        self.pool.read(|db| {
            let sql = format!("{select} WHERE {} ORDER BY t.name_key, t.id {}", condition.sql(), WITHIN);
            let mut query = db.prepare_cached(&sql)?;
            let items = query
                .query_map(params_from_iter(condition.values_within(list.limit, list.offset)), listed)?
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Page { total: total(db, table, condition)?, items })
        })
    }
}

fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::Dossier => "document",
        Kind::Person => "person",
        Kind::Institution => "institution",
        Kind::Journal => "journal",
        Kind::Paper => "paper",
        Kind::Ip => "ip",
        Kind::Claim => "claim",
        Kind::Contribution => "contribution",
    }
}

/// How many rows `t` of a table there are for which `condition` holds.
fn total(db: &Connection, table: &str, condition: &Condition) -> Result<u64, StoreError> {
    let mut query =
        db.prepare_cached(&format!("SELECT count(*) FROM {table} t WHERE {}", condition.sql()))?;
    Ok(query.query_row(params_from_iter(condition.values()), |row| record::number(row, 0))?)
}

/// The condition that `clause` holds of the name asked for, if one is.
fn named(clause: &'static str, list: &ListFilter) -> Condition {
    let mut condition = Condition::default();
    if let Some(name) = &list.name {
        condition.and(clause, [fold_key(name)]);
    }
    condition
}

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    let dossier: Option<String> = row.get(4)?;
    Ok(Listed {
        id: row.get(0)?,
        name: row.get(1)?,
        institution: record::optional_ref(row, 2)?,
        dossier: dossier
            .map(|id| Ok::<_, rusqlite::Error>(DossierRef { id, title: row.get(5)?, year: row.get(6)? }))
            .transpose()?,
    })
}

fn dossier_summary(row: &Row<'_>) -> rusqlite::Result<DossierSummary> {
    Ok(DossierSummary {
        id: row.get(0)?,
        kind: row.get(1)?,
        title: row.get(2)?,
        award: row.get(3)?,
        category: row.get(4)?,
        year: row.get(5)?,
        recommender: row.get(6)?,
        contributors: record::number(row, 7)?,
        institutions: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, empty_store, put};

    fn all(name: &str) -> ListFilter {
        ListFilter { name: Some(name.into()), ..ListFilter::default() }
    }

    #[test]
    fn lists_are_sorted_filtered_and_cut() {
        let (_dir, store) = empty_store();
        for title in ["Study C", "study A", "Study B"] {
            put(
                &store,
                &Sample::new(title).institution("甲医院", "", &[]).person("陈一", "甲医院", &[]).build(),
            );
        }
        let page = store.dossiers(&all("ＳＴＵＤＹ")).expect("answer");
        let titles: Vec<_> = page.items.iter().map(|dossier| dossier.title.as_str()).collect();
        assert_eq!((page.total, titles), (3, vec!["study A", "Study B", "Study C"]));
        assert_eq!(page.items[0].contributors, 1);
        assert_eq!(page.items[0].institutions[0].name, "甲医院");
        assert_eq!(page.items[0].year, Some(2026));

        let part = ListFilter { limit: 1, offset: 1, ..all("study") };
        let page = store.dossiers(&part).expect("answer");
        assert_eq!((page.total, page.items[0].title.as_str()), (3, "Study B"));
        let behind = ListFilter { offset: usize::MAX, ..all("study") };
        assert_eq!(store.dossiers(&behind).expect("answer"), Page { total: 3, items: vec![] });
        assert_eq!(store.dossiers(&all("%")).expect("answer").total, 0, "no sign has a meaning of its own");
    }

    #[test]
    fn every_kind_has_its_list() {
        let (_dir, store) = empty_store();
        let dossier = Sample::new("甲")
            .claim(1, "首创")
            .institution("甲医院", "甲医院（甲市乙医院）牵头", &[])
            .person("陈一", "甲医院", &[])
            .paper("On A", "Journal A", &[])
            .ip("一种甲", &[])
            .build();
        let kept = put(&store, &dossier);
        let person = &store.people(&all("陳")).expect("answer").items[0];
        assert_eq!(person.institution.as_ref().map(|institution| institution.name.as_str()), Some("甲医院"));
        let institution = &store.institutions(&all("市乙")).expect("answer").items[0];
        assert_eq!(institution.name, "甲医院", "found by its other name");
        assert_eq!(store.journals(&all("journal")).expect("answer").items[0].name, "Journal A");
        for (item, name) in [
            (&store.papers(&all("on a")).expect("answer").items[0], "On A"),
            (&store.ips(&all("一种")).expect("answer").items[0], "一种甲"),
            (&store.claims(&all("首")).expect("answer").items[0], "首创"),
        ] {
            assert_eq!(item.name, name);
            assert_eq!(item.dossier.as_ref().map(|dossier| &dossier.id), Some(&kept.id));
        }
        assert!(store.counts().expect("answer").values().all(|&count| count == 1));
    }

    #[test]
    fn a_mention_makes_no_person() {
        let (_dir, store) = empty_store();
        let kept = put(&store, &Sample::article("某院开展手术", &["陈一"], &["甲医院"]));
        assert_eq!(store.people(&ListFilter::default()).expect("answer").total, 0);
        for name in ["陳一", "甲醫院"] {
            let found = store.mentioned_in(name).expect("answer");
            assert_eq!(found.iter().map(|document| &document.id).collect::<Vec<_>>(), [&kept.id]);
        }
        assert_eq!(store.mentioned_in("林二").expect("answer"), []);
    }
}
