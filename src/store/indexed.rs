use rusqlite::{Connection, params};

use super::{Store, StoreError, record};
use crate::{
    domain::{
        Award, DossierKind, DossierRef, EntityRef, InnovationClaim, JournalRecord, Kind, Paper, PaperRecord,
    },
    store::record::{json, number},
};

/// What the records of people, institutions and journals take from a dossier: its columns, not the whole of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DossierColumns {
    /// Its address.
    pub id: String,
    /// The number of its last change.
    pub changed: u64,
    /// A dossier or an article.
    pub kind: DossierKind,
    /// Project title; empty where none was printed.
    pub title: String,
    /// What is printed of the award.
    pub award: Award,
}

/// What the list of contributors says of one, besides the contribution itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credits {
    /// The address of the contribution.
    pub contribution: String,
    /// 工作单位, as printed.
    pub employer: Option<String>,
    /// The claims credited: the place of each in its dossier, and its text.
    pub claims: Vec<(usize, String)>,
}

impl Store {
    /// Lists the dossiers to which a person contributed, with which an institution is tied or which list a paper of
    /// a journal, by address.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn dossiers_tied_to(&self, kind: Kind, id: &str) -> Result<Vec<DossierColumns>, StoreError> {
        let tied = match kind {
            Kind::Person => "SELECT document_id FROM contribution WHERE person_id = ?1",
            Kind::Institution => {
                "SELECT document_id FROM completing_institution WHERE institution_id = ?1
                 UNION SELECT document_id FROM contribution WHERE institution_id = ?1
                 UNION SELECT document_id FROM contribution WHERE employer_id = ?1"
            }
            Kind::Journal => "SELECT document_id FROM paper WHERE journal_id = ?1",
            _ => return Ok(Vec::new()),
        };
        self.pool.read(|db| {
            let mut query = db.prepare_cached(&format!(
                "SELECT d.id, (SELECT ifnull(max(seq), 0) FROM change WHERE document_id = d.id), d.kind,
                     ifnull(d.title, ''), d.award, d.category, d.year, d.recommender
                 FROM document d WHERE d.id IN ({tied}) ORDER BY d.id"
            ))?;
            let found = query.query_map([id], |row| {
                let kind: String = row.get(2)?;
                Ok(DossierColumns {
                    id: row.get(0)?,
                    changed: number(row, 1)?,
                    kind: if kind == DossierKind::Dossier.name() {
                        DossierKind::Dossier
                    } else {
                        DossierKind::Article
                    },
                    title: row.get(3)?,
                    award: Award {
                        name: row.get(4)?,
                        category: row.get(5)?,
                        year: row.get(6)?,
                        recommender: row.get(7)?,
                        ..Award::default()
                    },
                })
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }

    /// Lists the claims of a dossier, in its order.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn claims_in(&self, dossier: &str) -> Result<Vec<InnovationClaim>, StoreError> {
        self.pool.read(|db| Ok(claims_in(db, dossier)?.into_iter().map(|(_, claim)| claim).collect()))
    }

    /// Lists what the rows of a person's contributions say besides.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn credits_of(&self, person: &str) -> Result<Vec<Credits>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT id, document_id, json_extract(contributor, '$.employer') FROM contribution
                 WHERE person_id = ?1",
            )?;
            let mut rows = query.query([person])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let (contribution, dossier): (String, String) = (row.get(0)?, row.get(1)?);
                let mut credited =
                    db.prepare_cached("SELECT number FROM contribution_claim WHERE contribution_id = ?1")?;
                let numbers = credited.query_map([&contribution], |row| row.get(0))?;
                let numbers: Vec<u32> = numbers.collect::<Result<_, _>>()?;
                let mut claims = claims_in(db, &dossier)?;
                claims.retain(|(_, claim)| numbers.contains(&claim.number));
                let claims = claims.into_iter().map(|(at, claim)| (at, claim.text)).collect();
                found.push(Credits { contribution, employer: row.get(2)?, claims });
            }
            Ok(found)
        })
    }

    /// Sums up how often the papers of an institution's dossiers were cited; `None` where none of them says so.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn citations_of_institution(&self, id: &str) -> Result<Option<u64>, StoreError> {
        self.pool.read(|db| {
            let mut query = db.prepare_cached(
                "SELECT sum(json_extract(paper, '$.citations')) FROM paper WHERE document_id IN (
                     SELECT document_id FROM completing_institution WHERE institution_id = ?1
                     UNION SELECT document_id FROM contribution WHERE institution_id = ?1
                     UNION SELECT document_id FROM contribution WHERE employer_id = ?1)",
            )?;
            let sum: Option<i64> = query.query_row([id], |row| row.get(0))?;
            Ok(sum.and_then(|sum| sum.try_into().ok()))
        })
    }

    /// Finds a journal with what is indexed of its papers: title, year, citations and the dossier's address.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn journal_indexed(&self, id: &str) -> Result<Option<JournalRecord>, StoreError> {
        self.pool.read(|db| {
            let named = record::entities(db, "SELECT id, name FROM journal WHERE id = ?1", [id])?;
            let Some(EntityRef { id, name }) = named.into_iter().next() else { return Ok(None) };
            let mut query = db.prepare_cached(
                "SELECT a.document_id, a.name, json_extract(a.paper, '$.year'),
                     json_extract(a.paper, '$.citations')
                 FROM paper a JOIN document d ON d.id = a.document_id
                 WHERE a.journal_id = ?1 ORDER BY d.title_key, d.id, a.position",
            )?;
            let papers = query.query_map(params![id], |row| {
                let dossier = DossierRef { id: row.get(0)?, ..DossierRef::default() };
                let (title, year, citations) = (row.get(1)?, row.get(2)?, row.get(3)?);
                let paper = Paper { title, year, citations, ..Paper::default() };
                Ok(PaperRecord { dossier, paper, ..PaperRecord::default() })
            })?;
            let papers = papers.collect::<Result<_, _>>()?;
            Ok(Some(JournalRecord { id, name, papers }))
        })
    }
}

fn claims_in(db: &Connection, dossier: &str) -> Result<Vec<(usize, InnovationClaim)>, StoreError> {
    let mut query =
        db.prepare_cached("SELECT position, claim FROM claim WHERE document_id = ?1 ORDER BY position")?;
    let mut rows = query.query([dossier])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        claims.push((number(row, 0)?, json(row, 1)?));
    }
    Ok(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{
        ListFilter,
        sample::{Sample, empty_store, put},
    };

    #[test]
    fn columns_say_what_the_dossiers_do() {
        let (_dir, store) = empty_store();
        let one = Sample::new("甲术")
            .claim(1, "首创")
            .claim(2, "再创")
            .institution("甲医院", "", &[1])
            .contributor("陈一", Some("甲医院"), Some("乙公司"), &[2])
            .paper("On A", "Journal A", &["陈一"])
            .build();
        let kept = put(&store, &one);
        put(&store, &Sample::new("乙术").paper("On B", "Journal A", &[]).build());
        let id = |items: Vec<crate::store::Listed>| items[0].id.clone();
        let all = ListFilter::default();
        let person = id(store.people(&all).expect("answer").items);
        let journal = id(store.journals(&all).expect("answer").items);
        let named = ListFilter { name: Some("甲医院".into()), ..ListFilter::default() };
        let institution = id(store.institutions(&named).expect("answer").items);

        for (kind, id, count) in
            [(Kind::Person, &person, 1), (Kind::Institution, &institution, 1), (Kind::Journal, &journal, 2)]
        {
            let tied = store.dossiers_tied_to(kind, id).expect("answer");
            assert_eq!(tied.len(), count, "{kind}");
            let first = tied.iter().find(|dossier| dossier.id == kept.id).expect("there");
            let award = Award { provenance: Default::default(), ..one.award.clone().expect("printed") };
            assert_eq!((first.title.as_str(), first.changed, &first.award), ("甲术", 1, &award));
            assert_eq!(first.kind, one.kind);
        }
        assert_eq!(store.claims_in(&kept.id).expect("answer"), one.claims);
        let credits = store.credits_of(&person).expect("answer");
        assert_eq!(credits[0].employer.as_deref(), Some("乙公司"));
        assert_eq!(credits[0].claims, [(1, one.claims[1].text.clone())]);

        let whole = store.journal(&journal).expect("answer").expect("there");
        let indexed = store.journal_indexed(&journal).expect("answer").expect("there");
        let said = |record: &PaperRecord| {
            (record.dossier.id.clone(), record.paper.title.clone(), record.paper.year, record.paper.citations)
        };
        assert_eq!(
            whole.papers.iter().map(said).collect::<Vec<_>>(),
            indexed.papers.iter().map(said).collect::<Vec<_>>()
        );
        let cited = one.papers.iter().filter_map(|paper| paper.citations).map(u64::from).sum::<u64>();
        let sum = store.citations_of_institution(&institution).expect("answer");
        assert_eq!(sum.unwrap_or_default(), cited);
        assert_eq!(store.journal_indexed("j0").expect("answer"), None);
    }
}
