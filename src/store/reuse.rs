use rusqlite::{Connection, params_from_iter, types::Value};

use super::{Page, ReuseFilter, Store, StoreError, record};
use crate::{
    domain::{Kind, ReusedWork},
    text::fold_key,
};

/// The works `g` that enough dossiers list, or one dossier often enough; of one dossier, where one is asked for.
fn groups(filter: &ReuseFilter) -> String {
    let own = match filter.dossier {
        Some(_) => "AND work_id IN (SELECT work_id FROM work WHERE document_id = ? AND shared = 1)",
        None => "",
    };
    format!(
        "SELECT w.kind AS kind, w.work_id AS work_id, count(*) AS dossiers, sum(w.listed) AS listings
         FROM (SELECT kind, work_id, document_id, count(*) AS listed FROM work
               WHERE shared = 1 {own} GROUP BY kind, work_id, document_id) w
         GROUP BY w.kind, w.work_id HAVING max(count(*), max(w.listed)) >= ?"
    )
}

impl Store {
    /// Lists the papers and rights that several dossiers list, or one dossier more than once; those of most
    /// dossiers first, then by title.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn reuse(&self, filter: &ReuseFilter) -> Result<Page<ReusedWork>, StoreError> {
        self.pool.read(|db| {
            let groups = groups(filter);
            let (condition, values) = condition(db, filter)?;
            let mut query =
                db.prepare_cached(&format!("SELECT count(*) FROM ({groups}) g WHERE {condition}"))?;
            let total = query.query_row(params_from_iter(&values), |row| record::number(row, 0))?;
            let number = |number| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
            let within = values.iter().cloned().chain([number(filter.limit), number(filter.offset)]);
            let mut query = db.prepare_cached(&format!(
                "SELECT g.kind, g.work_id FROM ({groups}) g WHERE {condition}
                 ORDER BY g.dossiers DESC, g.listings DESC,
                     ifnull((SELECT min(a.name_key) FROM work x JOIN paper a ON a.id = x.row_id
                             WHERE x.shared = 1 AND x.kind = g.kind AND x.work_id = g.work_id),
                            (SELECT min(r.name_key) FROM work x JOIN ip r ON r.id = x.row_id
                             WHERE x.shared = 1 AND x.kind = g.kind AND x.work_id = g.work_id)), g.work_id
                 LIMIT ? OFFSET ?"
            ))?;
            let found = query.query_map(params_from_iter(within), |row| Ok((row.get(0)?, row.get(1)?)))?;
            let found: Vec<(String, String)> = found.collect::<Result<_, _>>()?;
            let kind = |name: &str| if name == Kind::Paper.name() { Kind::Paper } else { Kind::Ip };
            let items = found.iter().map(|(name, id)| record::reused_work(db, kind(name), id));
            Ok(Page { total, items: items.collect::<Result<_, _>>()? })
        })
    }
}

/// What must hold of a work `g`, with what the question marks of it and of [`groups`] stand for.
fn condition(db: &Connection, filter: &ReuseFilter) -> Result<(String, Vec<Value>), StoreError> {
    let mut clauses = vec!["TRUE".to_owned()];
    let mut values: Vec<Value> = filter.dossier.iter().cloned().map(Value::Text).collect();
    values.push(Value::Integer(i64::try_from(filter.min).unwrap_or(i64::MAX)));
    if let Some(kind) = filter.kind {
        clauses.push("g.kind = ?".to_owned());
        values.push(Value::Text(kind.name().to_owned()));
    }
    let mut listing = Vec::new();
    if let Some(dossier) = &filter.dossier {
        listing.push("d.id = ?".to_owned());
        values.push(Value::Text(dossier.clone()));
    }
    if let Some(award) = &filter.award {
        let named = awards(db, award)?;
        listing.push(format!("d.award IN ({})", vec!["?"; named.len()].join(", ")));
        values.extend(named.into_iter().map(Value::Text));
    }
    if let Some(years) = &filter.years {
        listing.push("d.year BETWEEN ? AND ?".to_owned());
        values.extend([*years.start(), *years.end()].map(|year| Value::Integer(year.into())));
    }
    if !listing.is_empty() {
        clauses.push(format!(
            "EXISTS (SELECT 1 FROM work x JOIN document d ON d.id = x.document_id
                 WHERE x.shared = 1 AND x.kind = g.kind AND x.work_id = g.work_id AND {})",
            listing.join(" AND ")
        ));
    }
    Ok((clauses.join(" AND "), values))
}

/// The printings of an award's name.
fn awards(db: &Connection, name: &str) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT DISTINCT award FROM document WHERE award IS NOT NULL")?;
    let printed = query.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let key = fold_key(name);
    Ok(printed.into_iter().filter(|award| fold_key(award) == key).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Dossier, Ip, Paper},
        store::sample::{Sample, empty_store, put},
    };

    fn listing(title: &str, papers: &[Paper], ip: &[Ip]) -> Dossier {
        Dossier { papers: papers.to_vec(), ip: ip.to_vec(), ..Sample::new(title).build() }
    }

    fn paper(title: &str, locator: &str) -> Paper {
        Paper {
            title: title.into(),
            journal: Some("Journal of Nothing".into()),
            year: Some(2020),
            locator: Some(locator.into()),
            ..Paper::default()
        }
    }

    fn ip(number: &str) -> Ip {
        Ip { title: "一种甲".into(), grant_number: Some(number.into()), ..Ip::default() }
    }

    fn told(store: &Store, filter: &ReuseFilter) -> Vec<String> {
        let page = store.reuse(filter).expect("answer");
        assert_eq!(page.total as usize, page.items.len());
        let work = |work: &ReusedWork| {
            let uses: Vec<_> = work.uses.iter().map(|own| own.dossier.title.as_str()).collect();
            format!("{} {}", work.kind, uses.join("+"))
        };
        page.items.iter().map(work).collect()
    }

    #[test]
    fn works_of_several_dossiers_are_listed_with_every_use() {
        let (_dir, store) = empty_store();
        let all = ReuseFilter::default();
        let one = listing("甲", &[paper("On knees", "7(1): 1-12")], &[ip("ZL201710123456.0")]);
        let two =
            listing("乙", &[paper("ON KNEES.", "7:1-12"), paper("On hips", "8:1")], &[ip("201710123456.0")]);
        let three = listing("丙", &[paper("On hips", "9:3"), paper("On hips", "9(2):3")], &[]);
        put(&store, &one);
        assert!(told(&store, &all).is_empty());
        let two = put(&store, &two);
        put(&store, &three);
        assert_eq!(told(&store, &all), ["paper 乙+甲", "ip 乙+甲", "paper 丙+丙"]);
        assert_eq!(told(&store, &ReuseFilter { kind: Some(Kind::Ip), ..all.clone() }), ["ip 乙+甲"]);
        assert!(told(&store, &ReuseFilter { min: 3, ..all.clone() }).is_empty());
        let of = |dossier: &str| ReuseFilter { dossier: Some(dossier.into()), ..ReuseFilter::default() };
        assert_eq!(told(&store, &of(&two.id)).len(), 2);
        let in_years = |from, to| ReuseFilter { years: Some(from..=to), ..ReuseFilter::default() };
        assert_eq!(told(&store, &in_years(2026, 2026)).len(), 3);
        assert!(told(&store, &in_years(2000, 2025)).is_empty());
        let of_award = |name: &str| ReuseFilter { award: Some(name.into()), ..ReuseFilter::default() };
        assert_eq!(told(&store, &of_award("某 科技獎")).len(), 3);
        assert!(told(&store, &of_award("别的奖")).is_empty());

        let ledger = store.reuse(&all).expect("answer").items;
        let methods: Vec<_> = ledger[0].uses.iter().map(|own| own.method.as_deref()).collect();
        assert_eq!(methods, [Some("same-title-year-and-locator"); 2]);
        let record = store.paper(&ledger[0].uses[0].id).expect("answer").expect("there");
        assert_eq!(record.reuse.as_ref(), Some(&ledger[0]));
        let other = record.reuse.expect("reused").uses.pop().expect("two").id;
        assert!(store.remove(&two.id).expect("removed"));
        assert_eq!(told(&store, &all), ["paper 丙+丙"], "the works fell apart");
        assert_eq!(store.paper(&other).expect("answer").expect("there").reuse, None);
    }

    #[test]
    fn a_work_does_not_depend_on_the_order_of_documents() {
        let doi = |locator: &str| paper("On knees", &format!("{locator} doi:10.1000/a.1"));
        let documents = [
            listing("甲", &[paper("On knees", "7:1")], &[]),
            listing("乙", &[doi("")], &[]),
            listing("丙", &[doi("7(1):1-12")], &[]),
        ];
        let mut ids = Vec::new();
        for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
            let (_dir, store) = empty_store();
            order.iter().for_each(|&at| {
                put(&store, &documents[at]);
            });
            let works = store.reuse(&ReuseFilter { min: 3, ..ReuseFilter::default() }).expect("answer").items;
            assert_eq!(works.len(), 1, "the third leads the first to the second: {works:?}");
            ids.push(works[0].id.clone());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1, "{ids:?}");
    }

    #[test]
    fn papers_of_one_title_and_different_dois_are_suggestions() {
        let with =
            |doi: Option<&str>| Paper { doi: doi.map(str::to_owned), ..paper("On knees", "7(1): 1-12") };
        let documents = [
            listing("甲", &[with(Some("10.1000/a.1"))], &[]),
            listing("乙", &[with(Some("10.1000/a.2"))], &[]),
            listing("丙", &[with(None)], &[]),
            listing("丁", &[Paper { title: "Another printing".into(), ..with(Some("10.1000/a.1")) }], &[]),
        ];
        for order in [[0, 1, 2, 3], [2, 3, 1, 0], [3, 2, 0, 1]] {
            let (_dir, store) = empty_store();
            let mut ids = [const { String::new() }; 4];
            order.iter().for_each(|&at| ids[at] = put(&store, &documents[at]).id);
            assert_eq!(told(&store, &ReuseFilter::default()), ["paper 丁+甲"], "{order:?}");
            let alike = |at: usize| -> Vec<String> {
                let paper = store.records_of(&ids[at]).expect("answer").papers.remove(0);
                paper.suggestions.into_iter().map(|other| other.dossier.title).collect()
            };
            assert_eq!(
                [alike(0), alike(1), alike(2)].map(|titles| titles.join("+")),
                ["丙+乙", "丙+甲", "乙+甲"]
            );
            assert!(store.remove(&ids[1]).expect("removed"));
            assert_eq!(told(&store, &ReuseFilter::default()), ["paper 丁+丙+甲"], "now it is known which");
            assert!(alike(2).is_empty());
        }
    }

    #[test]
    fn pages_go_on_where_the_last_ended() {
        let (_dir, store) = empty_store();
        let papers: Vec<Paper> = (0..5).map(|n| paper(&format!("On thing {n}"), "7:1")).collect();
        put(&store, &listing("甲", &papers, &[]));
        put(&store, &listing("乙", &papers, &[]));
        let part = ReuseFilter { limit: 2, offset: 3, ..ReuseFilter::default() };
        let page = store.reuse(&part).expect("answer");
        let titles: Vec<_> = page.items.iter().map(|work| work.title.as_str()).collect();
        assert_eq!((page.total, titles), (5, vec!["On thing 3", "On thing 4"]));
    }
}
