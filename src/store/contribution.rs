use rusqlite::{Connection, params_from_iter};

use super::{ContributionFilter, Page, Store, StoreError, condition::Condition, identity, record};
use crate::{domain::Contribution, resolve::canonical_name, text::fold_key};

impl Store {
    /// Lists who contributed what, by dossier and rank.
    ///
    /// A person is also found by a name in Latin letters that a paper or right of theirs prints. A name that several
    /// people or institutions bear finds the contributions of all of them; one
    /// that nobody bears finds none.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn contributions(&self, filter: &ContributionFilter) -> Result<Page<Contribution>, StoreError> {
        self.pool.read(|db| {
            let condition = condition(&followed(db, filter)?);
            let sql = condition.sql();
            let within = params_from_iter(condition.values_within(filter.limit, filter.offset));
            let items = record::contributions_within(db, &sql, "LIMIT ? OFFSET ?", within)?;
            let mut query = db.prepare_cached(&format!("SELECT count(*) FROM contribution b WHERE {sql}"))?;
            let total =
                query.query_row(params_from_iter(condition.values()), |row| record::number(row, 0))?;
            Ok(Page { total, items })
        })
    }
}

/// The filter with present addresses in place of those that were given away.
fn followed(db: &Connection, filter: &ContributionFilter) -> Result<ContributionFilter, StoreError> {
    let mut filter = filter.clone();
    for given in [&mut filter.person, &mut filter.institution].into_iter().flatten() {
        if let Some(now) = identity::present(db, given)? {
            *given = now;
        }
    }
    Ok(filter)
}

fn condition(filter: &ContributionFilter) -> Condition {
    let mut condition = Condition::default();
    if let Some(person) = &filter.person {
        condition.and(
            "b.person_id IN (
                 SELECT id FROM person WHERE id = ? OR name_key = ?
                 UNION SELECT person_id FROM paper_person
                     WHERE method <> 'same-name' AND lower(replace(printed, ' ', '')) = ?
                 UNION SELECT person_id FROM ip_person
                     WHERE method <> 'same-name' AND lower(replace(printed, ' ', '')) = ?)",
            [person.clone(), fold_key(person), fold_key(person), fold_key(person)],
        );
    }
    if let Some(institution) = &filter.institution {
        let (id, name) = (institution, fold_key(institution));
        condition.and(
            "b.id IN (
                 WITH named (id) AS (
                     SELECT id FROM institution WHERE id = ? OR name_key = ?
                     UNION SELECT institution_id FROM institution_alias WHERE name_key = ?
                     UNION SELECT entity_id FROM identity_node WHERE kind = 'institution' AND key = ?)
                 SELECT c.id FROM named JOIN contribution c ON c.institution_id = named.id
                 UNION SELECT c.id FROM named JOIN contribution c ON c.employer_id = named.id)",
            [id.clone(), name.clone(), name, canonical_name(institution).key],
        );
    }
    if let Some(number) = filter.claim {
        condition.and(
            "EXISTS (SELECT 1 FROM contribution_claim k WHERE k.contribution_id = b.id
                 AND k.number = CAST(? AS INTEGER))",
            [number.to_string()],
        );
    }
    if let Some(dossier) = &filter.dossier {
        condition.and("b.document_id = ?", [dossier.clone()]);
    }
    if let Some(ranks) = &filter.ranks {
        condition.and(
            "b.rank BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)",
            [ranks.start().to_string(), ranks.end().to_string()],
        );
    }
    if let Some(role) = &filter.role {
        condition.and(
            "EXISTS (SELECT 1 FROM contribution_role o WHERE o.contribution_id = b.id
                 AND CASE o.source WHEN 'post' THEN instr(o.role, ?) > 0 ELSE o.role = ? END)",
            [fold_key(role), fold_key(role)],
        );
    }
    if let Some(years) = &filter.years {
        condition.and(
            "b.document_id IN (SELECT id FROM document
                 WHERE year BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER))",
            [years.start().to_string(), years.end().to_string()],
        );
    }
    condition
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{Sample, empty_store, put};

    #[test]
    fn contributions_are_found_by_all_that_names_them() {
        let (_dir, store) = empty_store();
        let one = Sample::new("乙术")
            .claim(1, "首创")
            .institution("甲大学第二医院", "甲大学第二医院（甲市丙医院）牵头", &[])
            .person("林二", "甲市丙医院", &[1, 3])
            .person("陈一", "甲大学第二医院", &[2])
            .contributor("王五", Some("丁公司"), Some("甲大学第二医院"), &[]);
        let two = Sample::new("丙术").person("陳一", "戊医院", &[2]).contributor("外人", None, None, &[]);
        let one = put(&store, &one.build()).id;
        let two = put(&store, &two.build()).id;
        let found = |filter: ContributionFilter| {
            let page = store.contributions(&filter).expect("answer");
            assert_eq!(page.total, page.items.len() as u64);
            page.items
                .iter()
                .map(|item| format!("{}{}", item.dossier.title, item.person.name))
                .collect::<Vec<_>>()
        };
        let none = ContributionFilter::default;
        let person = |name: &str| ContributionFilter { person: Some(name.into()), ..none() };
        let at = |name: &str| ContributionFilter { institution: Some(name.into()), ..none() };

        assert_eq!(found(none()), ["丙术陈一", "丙术外人", "乙术林二", "乙术陈一", "乙术王五"]);
        assert_eq!(found(person("陈 一")), ["丙术陈一", "乙术陈一"], "two people of one name");
        let items = store.contributions(&person("陈一")).expect("answer").items;
        assert_ne!(items[0].person.id, items[1].person.id);
        assert_eq!(found(person(&items[1].person.id)), ["乙术陈一"]);

        let all = ["乙术林二", "乙术陈一", "乙术王五"];
        let institution = items[1].institution.as_ref().expect("printed");
        assert_eq!(institution.name, "甲大学第二医院");
        assert_eq!(found(at(&institution.id)), all);
        assert_eq!(found(at("甲大學第二醫院")), all);
        assert_eq!(found(at("甲市丙医院")), all, "by its other name");
        assert_eq!(found(at("丁公司")), ["乙术王五"]);
        assert_eq!(found(at("甲大学")), [""; 0], "a part of a name is no name");

        assert_eq!(found(ContributionFilter { claim: Some(2), ..none() }), ["丙术陈一", "乙术陈一"]);
        assert_eq!(found(ContributionFilter { claim: Some(2), dossier: Some(one), ..none() }), ["乙术陈一"]);
        assert_eq!(found(ContributionFilter { dossier: Some(two), ..person("林二") }), [""; 0]);
        assert_eq!(found(person("")), [""; 0]);
        assert_eq!(found(ContributionFilter { dossier: Some("d0".into()), ..none() }), [""; 0]);

        let part = ContributionFilter { limit: 1, offset: 3, ..none() };
        let page = store.contributions(&part).expect("answer");
        assert_eq!((page.total, page.items[0].person.name.as_str()), (5, "陈一"));
    }
}
