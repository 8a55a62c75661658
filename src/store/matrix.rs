use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::{Store, StoreError, record};
use crate::{
    domain::{
        ClaimRecord, ClaimRef, Contribution, Credit, DossierRef, EntityRef, Institution, Ip, Matrix,
        MatrixClaim, MatrixContributor, MatrixInstitution, MatrixWork, Orphans, UndefinedClaim, WorkSummary,
        WorkTie,
    },
    extract::{Listed, cited_rows, credited_sentences},
    identifier::identifiers,
    resolve::{ip_keys, shared},
    text::{Span, placed_pieces, printed_at},
};

impl Store {
    /// Ties the claims of a document to contributors, institutions, papers and rights, each tie with its
    /// evidence; `None` where there is no such document.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn matrix(&self, id: &str) -> Result<Option<Matrix>, StoreError> {
        self.pool.read(|db| {
            let Some(dossier) = record::dossier(db, id)? else { return Ok(None) };
            let mut query = db.prepare_cached("SELECT text FROM document WHERE id = ?1")?;
            let text: String = query.query_row([id], |row| row.get(0))?;
            let parts = Parts {
                contributions: record::contributions(db, "b.document_id = ?1", [id])?,
                claims: record::claims(db, "c.document_id = ?1", id)?,
                papers: listed(record::papers(db, "a.document_id = ?1", "", id)?, |record| {
                    let work = summary(record.id, record.paper.number, record.paper.title);
                    Work { work, people: record.people, ip: None }
                }),
                ip: listed(record::ips(db, "r.document_id = ?1", "", id)?, |record| {
                    let work = summary(record.id, record.ip.number, record.ip.title.clone());
                    Work { work, people: record.people, ip: Some(record.ip) }
                }),
                institutions: completing(db, id, dossier.claims.len(), &text)?,
                text,
            };
            let award = dossier.award.as_ref();
            let reference = DossierRef {
                id: id.to_owned(),
                title: dossier.title.unwrap_or_default(),
                year: award.and_then(|award| award.year),
            };
            Ok(Some(parts.matrix(reference)))
        })
    }
}

/// A paper or a right of the dossier.
struct Work {
    work: WorkSummary,
    people: Vec<EntityRef>,
    /// Of a right, what is printed.
    ip: Option<Ip>,
}

/// A completing institution, with the sentence that credits each of its claims.
struct Completing {
    institution: EntityRef,
    rank: Option<u32>,
    claims: BTreeMap<u32, Option<(String, Option<Span>)>>,
}

/// What a matrix is made of.
struct Parts {
    contributions: Vec<Contribution>,
    claims: Vec<ClaimRecord>,
    papers: Vec<Work>,
    ip: Vec<Work>,
    institutions: Vec<Completing>,
    text: String,
}

/// A text that credits or states a claim, and where it stands.
struct Statement {
    text: String,
    pieces: Vec<(usize, Span)>,
}

fn listed<R>(records: Vec<R>, work: impl Fn(R) -> Work) -> Vec<Work> {
    records.into_iter().map(work).collect()
}

fn summary(id: String, number: Option<u32>, title: String) -> WorkSummary {
    WorkSummary { id, number, title }
}

fn completing(db: &Connection, id: &str, defined: usize, text: &str) -> Result<Vec<Completing>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT i.id, i.name, k.institution FROM completing_institution k
         JOIN institution i ON i.id = k.institution_id
         WHERE k.document_id = ?1 ORDER BY k.rank IS NULL, k.rank, k.position",
    )?;
    let mut rows = query.query([id])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let printed: Institution = record::json(row, 2)?;
        let contribution = printed.contribution.unwrap_or_default();
        let spans = printed.provenance.spans.get("contribution").map_or(&[][..], Vec::as_slice);
        let pieces = placed_pieces(&contribution, spans, text);
        let sentences = credited_sentences(&contribution, defined);
        let sentence = |number: &u32| {
            let range = sentences.get(number)?.clone();
            Some((contribution[range.clone()].to_owned(), printed_at(&pieces, range)))
        };
        found.push(Completing {
            institution: EntityRef { id: row.get(0)?, name: row.get(1)? },
            rank: printed.rank,
            claims: printed.claims.iter().map(|number| (*number, sentence(number))).collect(),
        });
    }
    Ok(found)
}

impl Parts {
    fn matrix(&self, dossier: DossierRef) -> Matrix {
        let claims: Vec<MatrixClaim> = self.numbers().into_iter().map(|number| self.claim(number)).collect();
        let works = |works: &[Work], ties: &dyn Fn(&MatrixClaim) -> &[WorkTie]| -> Vec<MatrixWork> {
            works.iter().map(|work| tied_work(work, &claims, ties)).collect()
        };
        Matrix {
            dossier,
            contributors: self.contributions.iter().map(contributor).collect(),
            institutions: self.institutions.iter().map(|own| self.institution(own)).collect(),
            papers: works(&self.papers, &|claim| &claim.papers),
            ip: works(&self.ip, &|claim| &claim.ip),
            orphans: self.orphans(&claims),
            claims,
        }
    }

    /// The claims that are defined or credited.
    fn numbers(&self) -> BTreeSet<u32> {
        let defined = self.claims.iter().map(|record| record.claim.number);
        let credited = self.contributions.iter().flat_map(|one| &one.claims).map(|claim| claim.number);
        let by_institutions = self.institutions.iter().flat_map(|one| one.claims.keys().copied());
        defined.chain(credited).chain(by_institutions).collect()
    }

    fn claim(&self, number: u32) -> MatrixClaim {
        let record = self.claims.iter().find(|record| record.claim.number == number);
        let statements = self.statements(number);
        let credited: BTreeSet<&str> = self.credits(number).map(|(one, _)| one.person.id.as_str()).collect();
        let ties = |listed: Listed, works: &[Work]| -> Vec<WorkTie> {
            works.iter().filter_map(|work| tie(work, listed, &statements, &credited)).collect()
        };
        MatrixClaim {
            number,
            heading: record.map(|record| record.claim.heading.clone()).unwrap_or_default(),
            defined: record.is_some(),
            contributors: self
                .credits(number)
                .map(|(one, claim)| Credit {
                    who: one.person.clone(),
                    rank: one.rank,
                    text: claim.text.clone(),
                    span: claim.span,
                })
                .collect(),
            institutions: self
                .institutions
                .iter()
                .filter_map(|own| institution_credit(own, number))
                .collect(),
            papers: ties(Listed::Paper, &self.papers),
            ip: ties(Listed::Ip, &self.ip),
        }
    }

    /// The contributions that credit a claim, by rank.
    fn credits(&self, number: u32) -> impl Iterator<Item = (&Contribution, &ClaimRef)> {
        self.contributions
            .iter()
            .filter_map(move |one| Some((one, one.claims.iter().find(|claim| claim.number == number)?)))
    }

    /// The claim's own text, then the sentences that credit it.
    fn statements(&self, number: u32) -> Vec<Statement> {
        let own = self.claims.iter().filter(|record| record.claim.number == number).map(|record| {
            let spans = record.claim.provenance.spans.get("text").map_or(&[][..], Vec::as_slice);
            Statement {
                pieces: placed_pieces(&record.claim.text, spans, &self.text),
                text: record.claim.text.clone(),
            }
        });
        let sentences = self.credits(number).filter_map(|(_, claim)| {
            let text = claim.text.clone()?;
            let pieces = placed_pieces(&text, claim.span.as_slice(), &self.text);
            Some(Statement { text, pieces })
        });
        own.chain(sentences).collect()
    }

    fn institution(&self, own: &Completing) -> MatrixInstitution {
        let of_it =
            |one: &&Contribution| one.institution.as_ref().is_some_and(|at| at.id == own.institution.id);
        MatrixInstitution {
            institution: own.institution.clone(),
            rank: own.rank,
            claims: own.claims.keys().copied().collect(),
            contributors: self.contributions.iter().filter(of_it).count(),
        }
    }

    fn orphans(&self, claims: &[MatrixClaim]) -> Orphans {
        let untied =
            |one: &&Contribution| one.claims.is_empty() && one.papers.is_empty() && one.ip.is_empty();
        let unborne = |works: &[Work]| -> Vec<WorkSummary> {
            works.iter().filter(|work| work.people.is_empty()).map(|work| work.work.clone()).collect()
        };
        let undefined = claims.iter().filter(|claim| !claim.defined).map(|claim| UndefinedClaim {
            number: claim.number,
            credited_by: claim
                .contributors
                .iter()
                .chain(&claim.institutions)
                .map(|one| one.who.clone())
                .collect(),
            span: claim.contributors.iter().chain(&claim.institutions).find_map(|one| one.span),
        });
        let uncredited = claims.iter().filter(|claim| claim.defined && claim.contributors.is_empty());
        Orphans {
            uncredited_claims: uncredited.map(|claim| claim.number).collect(),
            undefined_claims: undefined.collect(),
            contributors: self.contributions.iter().filter(untied).map(|one| one.person.clone()).collect(),
            papers: unborne(&self.papers),
            ip: unborne(&self.ip),
        }
    }
}

fn contributor(one: &Contribution) -> MatrixContributor {
    MatrixContributor {
        person: one.person.clone(),
        rank: one.rank,
        institution: one.institution.clone(),
        claims: one.claims.clone(),
        evidence: one.evidence.clone(),
        papers: one.papers.clone(),
        ip: one.ip.clone(),
    }
}

fn institution_credit(own: &Completing, number: u32) -> Option<Credit> {
    let sentence = own.claims.get(&number)?;
    let (text, span) = sentence.clone().unzip();
    Some(Credit { who: own.institution.clone(), rank: own.rank, text, span: span.flatten() })
}

fn tied_work(work: &Work, claims: &[MatrixClaim], ties: &dyn Fn(&MatrixClaim) -> &[WorkTie]) -> MatrixWork {
    let tied = claims.iter().filter(|claim| ties(claim).iter().any(|tie| tie.work.id == work.work.id));
    MatrixWork {
        work: work.work.clone(),
        people: work.people.clone(),
        claims: tied.map(|claim| claim.number).collect(),
    }
}

/// Ties a work to a claim where a statement cites it, or where it bears the name of somebody credited.
fn tie(work: &Work, listed: Listed, statements: &[Statement], credited: &BTreeSet<&str>) -> Option<WorkTie> {
    let people: Vec<EntityRef> =
        work.people.iter().filter(|person| credited.contains(person.id.as_str())).cloned().collect();
    let citation = statements.iter().find_map(|statement| citation(work, listed, statement));
    let mut by = Vec::new();
    by.extend(citation.is_some().then(|| "cited".to_owned()));
    by.extend((!people.is_empty()).then(|| "people".to_owned()));
    let (text, span) = citation.unzip();
    (!by.is_empty()).then(|| WorkTie { work: work.work.clone(), by, people, text, span: span.flatten() })
}

/// The words of a statement that name a work: by its number in the list, or a right by its own number.
fn citation(work: &Work, listed: Listed, statement: &Statement) -> Option<(String, Option<Span>)> {
    let by_place = cited_rows(&statement.text)
        .into_iter()
        .find(|(list, number, _)| *list == listed && Some(*number) == work.work.number)
        .map(|(_, _, range)| range);
    let own = work.ip.as_ref().map(ip_keys).unwrap_or_default();
    let by_number = || {
        identifiers(&statement.text).into_iter().find_map(|found| {
            let named =
                Ip { grant_number: Some(found.canonical), title: work.work.title.clone(), ..Ip::default() };
            shared(&own, &ip_keys(&named)).map(|_| found.start..found.end)
        })
    };
    let range = by_place.or_else(by_number)?;
    Some((statement.text[range.clone()].to_owned(), printed_at(&statement.pieces, range)))
}

#[cfg(test)]
#[path = "matrix_tests.rs"]
mod tests;
