use std::{collections::BTreeMap, ops::RangeInclusive};

use rusqlite::{Connection, OptionalExtension, params};

use super::{Page, Store, StoreError, record};
use crate::{
    domain::{EntityRef, Relation, SharedDossier},
    text::fold_key,
};

/// Which relations are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationFilter {
    /// Years of the award of the shared dossiers.
    pub years: Option<RangeInclusive<u16>>,
    /// How many partners at most.
    pub limit: usize,
    /// How many partners to pass over.
    pub offset: usize,
}

impl Default for RelationFilter {
    fn default() -> Self {
        Self { years: None, limit: usize::MAX >> 1, offset: 0 }
    }
}

/// The one in question and those who stand in the same dossiers.
type Related = (EntityRef, Page<Relation>);

/// Others who contribute to the dossiers of a person.
const CO_CONTRIBUTORS: &str = "SELECT d.id, ifnull(d.title, ''), d.year, d.award, p.id, p.name, i.id, i.name,
         min(own.rank), min(other.rank)
     FROM contribution own JOIN contribution other
         ON other.document_id = own.document_id AND other.person_id <> own.person_id
     JOIN person p ON p.id = other.person_id LEFT JOIN institution i ON i.id = p.institution_id
     JOIN document d ON d.id = own.document_id
     WHERE own.person_id = ?1 AND (?2 IS NULL OR d.year BETWEEN ?2 AND ?3)
     GROUP BY d.id, p.id ORDER BY d.year IS NULL, d.year, d.title_key, d.id";

/// Others that complete the dossiers of an institution, or whose people contribute to them.
const PARTNERS: &str = "WITH own (document_id) AS (
         SELECT document_id FROM completing_institution WHERE institution_id = ?1
         UNION SELECT document_id FROM contribution WHERE institution_id = ?1
         UNION SELECT document_id FROM contribution WHERE employer_id = ?1),
     part (document_id, institution_id, rank) AS (
         SELECT k.document_id, k.institution_id, k.rank
             FROM own JOIN completing_institution k ON k.document_id = own.document_id
         UNION ALL SELECT b.document_id, b.institution_id, NULL
             FROM own JOIN contribution b ON b.document_id = own.document_id WHERE b.institution_id IS NOT NULL
         UNION ALL SELECT b.document_id, b.employer_id, NULL
             FROM own JOIN contribution b ON b.document_id = own.document_id WHERE b.employer_id IS NOT NULL)
     SELECT d.id, ifnull(d.title, ''), d.year, d.award, i.id, i.name, NULL, NULL,
         (SELECT min(k.rank) FROM completing_institution k
          WHERE k.document_id = d.id AND k.institution_id = ?1), min(part.rank)
     FROM part JOIN institution i ON i.id = part.institution_id JOIN document d ON d.id = part.document_id
     WHERE part.institution_id <> ?1 AND (?2 IS NULL OR d.year BETWEEN ?2 AND ?3)
     GROUP BY d.id, i.id ORDER BY d.year IS NULL, d.year, d.title_key, d.id";

impl Store {
    /// Finds with whom a person contributed, over the years; those of most shared dossiers first.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn co_contributors(&self, id: &str, filter: &RelationFilter) -> Result<Option<Related>, StoreError> {
        self.pool.read(|db| related(db, "SELECT name FROM person WHERE id = ?1", CO_CONTRIBUTORS, id, filter))
    }

    /// Finds with which others an institution stands in the same dossiers, over the years; those of most
    /// shared dossiers first.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn partners(&self, id: &str, filter: &RelationFilter) -> Result<Option<Related>, StoreError> {
        self.pool.read(|db| related(db, "SELECT name FROM institution WHERE id = ?1", PARTNERS, id, filter))
    }
}

fn related(
    db: &Connection,
    name: &str,
    relations: &str,
    id: &str,
    filter: &RelationFilter,
) -> Result<Option<Related>, StoreError> {
    let name = db.prepare_cached(name)?.query_row([id], |row| row.get(0)).optional()?;
    let Some(name) = name else { return Ok(None) };
    let mut query = db.prepare_cached(relations)?;
    let (from, to) = filter.years.as_ref().map(|years| (*years.start(), *years.end())).unzip();
    let mut rows = query.query(params![id, from, to])?;
    let mut by_partner: BTreeMap<String, Relation> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let partner = EntityRef { id: row.get(4)?, name: row.get(5)? };
        let institution = record::optional_ref(row, 6)?;
        let dossier = SharedDossier {
            dossier: record::dossier_ref(row)?,
            award: row.get(3)?,
            rank: row.get(8)?,
            partner_rank: row.get(9)?,
        };
        let relation = by_partner.entry(partner.id.clone()).or_insert_with(|| Relation {
            partner,
            institution,
            ..Relation::default()
        });
        relation.count += 1;
        if let Some(year) = dossier.dossier.year {
            *relation.years.entry(year).or_default() += 1;
        }
        relation.dossiers.push(dossier);
    }
    let mut all: Vec<Relation> = by_partner.into_values().collect();
    all.sort_by_cached_key(|relation| {
        (std::cmp::Reverse(relation.count), fold_key(&relation.partner.name), relation.partner.id.clone())
    });
    let total = all.len() as u64;
    let items = all.into_iter().skip(filter.offset).take(filter.limit).collect();
    Ok(Some((EntityRef { id: id.to_owned(), name }, Page { total, items })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Award, Dossier},
        store::{
            ListFilter,
            sample::{Sample, empty_store, put},
        },
    };

    fn of_year(sample: Sample, year: u16) -> Dossier {
        Dossier { award: Some(Award { year: Some(year), ..Award::default() }), ..sample.build() }
    }

    #[test]
    fn partners_are_counted_over_the_years_with_the_dossiers_behind() {
        let (_dir, store) = empty_store();
        let sample = |title: &str| {
            Sample::new(title)
                .institution("甲医院", "", &[])
                .institution("乙大学", "", &[])
                .person("陈一", "甲医院", &[])
                .person("林二", "乙大学", &[])
        };
        put(&store, &of_year(sample("一术"), 2024));
        put(&store, &of_year(sample("二术").contributor("王五", Some("丁公司"), None, &[]), 2026));
        let people = store.people(&ListFilter::default()).expect("answer").items;
        let id = people.into_iter().find(|listed| listed.name == "陈一").expect("there").id;
        let (own, page) =
            store.co_contributors(&id, &RelationFilter::default()).expect("answer").expect("there");
        assert_eq!((own.name.as_str(), page.total), ("陈一", 2));
        let told = |relation: &Relation| {
            let titles: Vec<_> = relation.dossiers.iter().map(|one| one.dossier.title.clone()).collect();
            (relation.partner.name.clone(), relation.count, titles.join("+"))
        };
        let all: Vec<_> = page.items.iter().map(told).collect();
        assert_eq!(all, [("林二".into(), 2, "一术+二术".into()), ("王五".into(), 1, "二术".to_owned())]);
        assert_eq!(page.items[0].years, BTreeMap::from([(2024, 1), (2026, 1)]));
        assert_eq!(page.items[0].dossiers[0].rank, Some(1));
        assert_eq!(page.items[0].dossiers[0].partner_rank, Some(2));
        assert_eq!(page.items[0].institution.as_ref().map(|at| at.name.as_str()), Some("乙大学"));

        let only = RelationFilter { years: Some(2020..=2025), ..RelationFilter::default() };
        let (_, page) = store.co_contributors(&id, &only).expect("answer").expect("there");
        assert_eq!(page.items.iter().map(told).collect::<Vec<_>>(), [("林二".into(), 1, "一术".to_owned())]);
        let part = RelationFilter { limit: 1, offset: 1, ..RelationFilter::default() };
        let (_, page) = store.co_contributors(&id, &part).expect("answer").expect("there");
        assert_eq!((page.total, page.items[0].partner.name.as_str()), (2, "王五"));
        assert_eq!(store.co_contributors("p0", &part).expect("answer"), None);

        let at = ListFilter { name: Some("甲医院".into()), ..ListFilter::default() };
        let id = store.institutions(&at).expect("answer").items.remove(0).id;
        let (_, page) = store.partners(&id, &RelationFilter::default()).expect("answer").expect("there");
        let all: Vec<_> = page.items.iter().map(told).collect();
        assert_eq!(all, [("乙大学".into(), 2, "一术+二术".into()), ("丁公司".into(), 1, "二术".to_owned())]);
        assert_eq!(
            page.items[1].dossiers[0].partner_rank, None,
            "its person contributes, it does not complete"
        );
    }
}
