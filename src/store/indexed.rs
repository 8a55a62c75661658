use rusqlite::{Connection, OptionalExtension, Row};

use super::{Store, StoreError, record};
use crate::{
    domain::{
        Award, DossierKind, DossierRef, EntityRef, InnovationClaim, InstitutionDossier, InstitutionRecord,
        JournalRecord, RankedPerson,
    },
    store::record::{json, number},
    text::fold_key,
};

/// What the records of people, institutions and journals take from a dossier: its columns, not the whole of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DossierColumns {
    /// A dossier or an article.
    pub kind: DossierKind,
    /// Project title; empty where none was printed.
    pub title: String,
    /// By which what lists several dossiers is in order.
    pub title_key: String,
    /// What is printed of the award.
    pub award: Award,
    /// How often its papers were cited in all; `None` where none of them says so.
    pub citations: Option<u64>,
}

/// What the list of contributors says of one, besides the contribution itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credits {
    /// The address of the contribution.
    pub contribution: String,
    /// 工作单位, as printed.
    pub employer: Option<String>,
    /// The same, where it is printed otherwise than the institution.
    pub other_employer: Option<String>,
    /// The claims credited: the place of each in its dossier, and its text.
    pub claims: Vec<(usize, String)>,
}

/// What is indexed of one of the papers of a journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalPaper {
    /// Address of the dossier that lists it.
    pub dossier: String,
    /// As listed.
    pub title: String,
    /// Year of publication.
    pub year: Option<u16>,
    /// How often it was cited by others.
    pub citations: Option<u32>,
}

impl Store {
    /// Finds what records take from a dossier.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn dossier_columns(&self, id: &str) -> Result<Option<DossierColumns>, StoreError> {
        self.pool.read_again(|db| {
            let mut query = db.prepare_cached(
                "SELECT kind, ifnull(title, ''), award, category, year, recommender, title_key,
                     (SELECT sum(json_extract(paper, '$.citations')) FROM paper WHERE document_id = d.id)
                 FROM document d WHERE id = ?1",
            )?;
            let found = query.query_row([id], |row| {
                let kind: String = row.get(0)?;
                let is_dossier = kind == DossierKind::Dossier.name();
                let citations: Option<i64> = row.get(7)?;
                Ok(DossierColumns {
                    kind: if is_dossier { DossierKind::Dossier } else { DossierKind::Article },
                    title: row.get(1)?,
                    title_key: row.get(6)?,
                    award: Award {
                        name: row.get(2)?,
                        category: row.get(3)?,
                        year: row.get(4)?,
                        recommender: row.get(5)?,
                        ..Award::default()
                    },
                    citations: citations.and_then(|sum| sum.try_into().ok()),
                })
            });
            Ok(found.optional()?)
        })
    }

    /// Lists the claims of a dossier, in its order.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn claims_in(&self, dossier: &str) -> Result<Vec<InnovationClaim>, StoreError> {
        self.pool.read_again(|db| Ok(claims_in(db, dossier)?.into_iter().map(|(_, claim)| claim).collect()))
    }

    /// Lists what the rows of a person's contributions say besides.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn credits_of(&self, person: &str) -> Result<Vec<Credits>, StoreError> {
        self.pool.read_again(|db| {
            let mut query = db.prepare_cached(
                "SELECT id, document_id, json_extract(contributor, '$.employer'),
                     json_extract(contributor, '$.institution')
                 FROM contribution WHERE person_id = ?1",
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
                let (employer, institution): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
                let institution = fold_key(institution.as_deref().unwrap_or_default());
                let other_employer = employer.clone().filter(|employer| fold_key(employer) != institution);
                found.push(Credits { contribution, employer, other_employer, claims });
            }
            Ok(found)
        })
    }

    /// Finds a journal with its other printings, without its papers.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn bare_journal(&self, id: &str) -> Result<Option<JournalRecord>, StoreError> {
        self.pool.read_again(|db| {
            let named = record::entities(db, "SELECT id, name FROM journal WHERE id = ?1", [id])?;
            let Some(EntityRef { id, name }) = named.into_iter().next() else { return Ok(None) };
            let aliases = record::journal_aliases(db, &id, &name)?;
            Ok(Some(JournalRecord { id, name, aliases, papers: Vec::new() }))
        })
    }

    /// Lists what is indexed of a journal's papers, by the addresses of their dossiers.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn papers_in(&self, journal: &str) -> Result<Vec<JournalPaper>, StoreError> {
        self.pool.read_again(|db| {
            let mut query = db.prepare_cached(
                "SELECT document_id, name, json_extract(paper, '$.year'), json_extract(paper, '$.citations')
                 FROM paper WHERE journal_id = ?1 ORDER BY document_id, position",
            )?;
            let papers = query.query_map([journal], |row| {
                Ok(JournalPaper {
                    dossier: row.get(0)?,
                    title: row.get(1)?,
                    year: row.get(2)?,
                    citations: row.get(3)?,
                })
            })?;
            Ok(papers.collect::<Result<_, _>>()?)
        })
    }

    /// Finds an institution with its other names, its dossiers and its people, both by the addresses of the
    /// dossiers, which are all that is told of these.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn institution_indexed(&self, id: &str) -> Result<Option<InstitutionRecord>, StoreError> {
        self.pool.read_again(|db| {
            let named = record::entities(db, "SELECT id, name FROM institution WHERE id = ?1", [id])?;
            let Some(EntityRef { id, name }) = named.into_iter().next() else { return Ok(None) };
            let (dossiers, people) = (dossiers_of(db, &id)?, people_of(db, &id)?);
            let aliases = record::institution_aliases(db, &id)?;
            Ok(Some(InstitutionRecord {
                id,
                name,
                aliases,
                dossiers,
                people,
                ..InstitutionRecord::default()
            }))
        })
    }
}

/// The dossiers that an institution completed, then those in which it is an employer only.
fn dossiers_of(db: &Connection, institution: &str) -> Result<Vec<InstitutionDossier>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT document_id, institution FROM completing_institution WHERE institution_id = ?1
         ORDER BY document_id, position",
    )?;
    let mut rows = query.query([institution])?;
    let mut dossiers = Vec::new();
    while let Some(row) = rows.next()? {
        dossiers.push(record::institution_dossier(only_id(row)?, json(row, 1)?));
    }
    let mut query = db.prepare_cached(
        "SELECT document_id FROM contribution WHERE institution_id = ?1
         UNION SELECT document_id FROM contribution WHERE employer_id = ?1
         EXCEPT SELECT document_id FROM completing_institution WHERE institution_id = ?1
         ORDER BY document_id",
    )?;
    for dossier in query.query_map([institution], only_id)? {
        dossiers.push(InstitutionDossier { dossier: dossier?, ..InstitutionDossier::default() });
    }
    Ok(dossiers)
}

/// The contributors of an institution.
fn people_of(db: &Connection, institution: &str) -> Result<Vec<RankedPerson>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT b.document_id, p.id, p.name, b.rank
         FROM contribution b JOIN person p ON p.id = b.person_id
         WHERE b.institution_id = ?1 OR b.employer_id = ?1
         ORDER BY b.document_id, b.rank IS NULL, b.rank, b.position",
    )?;
    let people = query.query_map([institution], |row| {
        let person = EntityRef { id: row.get(1)?, name: row.get(2)? };
        Ok(RankedPerson { person, dossier: only_id(row)?, rank: row.get(3)? })
    })?;
    Ok(people.collect::<Result<_, _>>()?)
}

/// The dossier whose address stands in the first column.
fn only_id(row: &Row<'_>) -> rusqlite::Result<DossierRef> {
    Ok(DossierRef { id: row.get(0)?, ..DossierRef::default() })
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

        let columns = store.dossier_columns(&kept.id).expect("answer").expect("there");
        let award = Award { provenance: Default::default(), ..one.award.clone().expect("printed") };
        let cited = one.papers.iter().filter_map(|paper| paper.citations).map(u64::from).reduce(|a, b| a + b);
        let (kind, title) = (one.kind, "甲术".to_owned());
        let title_key = fold_key(&title);
        assert_eq!(columns, DossierColumns { kind, title, title_key, award, citations: cited });
        assert_eq!(store.dossier_columns("d0").expect("answer"), None);
        assert_eq!(store.claims_in(&kept.id).expect("answer"), one.claims);
        let credits = store.credits_of(&person).expect("answer");
        assert_eq!(credits[0].employer.as_deref(), Some("乙公司"));
        assert_eq!(credits[0].claims, [(1, one.claims[1].text.clone())]);

        let whole = store.journal(&journal).expect("answer").expect("there");
        let bare = store.bare_journal(&journal).expect("answer").expect("there");
        assert_eq!(bare, JournalRecord { papers: Vec::new(), ..whole.clone() });
        let mut papers = store.papers_in(&journal).expect("answer");
        let said = whole.papers.iter().map(|record| JournalPaper {
            dossier: record.dossier.id.clone(),
            title: record.paper.title.clone(),
            year: record.paper.year,
            citations: record.paper.citations,
        });
        papers.sort_by_key(|paper| whole.papers.iter().position(|one| one.dossier.id == paper.dossier));
        assert_eq!(papers, said.collect::<Vec<_>>());
        let whole = store.institution(&institution).expect("answer").expect("there");
        let mut indexed = store.institution_indexed(&institution).expect("answer").expect("there");
        for (one, other) in indexed.dossiers.iter_mut().zip(&whole.dossiers) {
            assert_eq!(one.dossier.id, other.dossier.id);
            one.dossier = other.dossier.clone();
        }
        for (one, other) in indexed.people.iter_mut().zip(&whole.people) {
            one.dossier = other.dossier.clone();
        }
        let joins = whole.joins.clone();
        assert_eq!(
            InstitutionRecord { joins, ..indexed },
            whole,
            "what the record tells, but for the dossiers"
        );
        assert_eq!(store.institution_indexed("i0").expect("answer"), None);
        assert_eq!(store.bare_journal("j0").expect("answer"), None);
        assert_eq!(store.papers_in("j0").expect("answer"), []);
    }
}
