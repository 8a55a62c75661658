use crate::{
    domain::{
        ClaimRecord, Contribution, Dossier, InstitutionRecord, IpRecord, JournalRecord, Kind, PaperRecord,
        PersonRecord,
    },
    store::{Store, StoreError},
};

/// A record with all that a format may want of it.
#[derive(Debug, Clone)]
pub enum Record {
    /// A document.
    Dossier(Box<DossierParts>),
    /// A person.
    Person(Box<PersonRecord>),
    /// An institution.
    Institution(Box<InstitutionRecord>),
    /// A journal.
    Journal(Box<JournalRecord>),
    /// A paper.
    Paper(Box<PaperRecord>),
    /// A right.
    Ip(Box<IpRecord>),
    /// A claim.
    Claim(Box<ClaimRecord>),
    /// A contribution.
    Contribution(Box<Contribution>),
}

/// A document and the records of what it lists.
#[derive(Debug, Clone, Default)]
pub struct DossierParts {
    /// The document as it was understood.
    pub dossier: Dossier,
    /// Who contributed, by rank.
    pub contributions: Vec<Contribution>,
    /// Its papers, in order.
    pub papers: Vec<PaperRecord>,
    /// Its rights, in order.
    pub ip: Vec<IpRecord>,
}

impl Record {
    /// Looks a record up; `None` where there is none.
    ///
    /// # Errors
    /// Where the database cannot answer.
    pub fn find(store: &Store, kind: Kind, id: &str) -> Result<Option<Record>, StoreError> {
        Ok(match kind {
            Kind::Dossier => dossier(store, id)?.map(|found| Record::Dossier(Box::new(found))),
            Kind::Person => store.person(id)?.map(|found| Record::Person(Box::new(found))),
            Kind::Institution => store.institution(id)?.map(|found| Record::Institution(Box::new(found))),
            Kind::Journal => store.journal(id)?.map(|found| Record::Journal(Box::new(found))),
            Kind::Paper => store.paper(id)?.map(|found| Record::Paper(Box::new(found))),
            Kind::Ip => store.ip(id)?.map(|found| Record::Ip(Box::new(found))),
            Kind::Claim => store.claim(id)?.map(|found| Record::Claim(Box::new(found))),
            Kind::Contribution => store.contribution(id)?.map(|found| Record::Contribution(Box::new(found))),
        })
    }

    /// What it is about.
    pub const fn kind(&self) -> Kind {
        match self {
            Record::Dossier(_) => Kind::Dossier,
            Record::Person(_) => Kind::Person,
            Record::Institution(_) => Kind::Institution,
            Record::Journal(_) => Kind::Journal,
            Record::Paper(_) => Kind::Paper,
            Record::Ip(_) => Kind::Ip,
            Record::Claim(_) => Kind::Claim,
            Record::Contribution(_) => Kind::Contribution,
        }
    }
}

fn dossier(store: &Store, id: &str) -> Result<Option<DossierParts>, StoreError> {
    let records = store.records_of(id)?;
    let parts = |dossier| DossierParts {
        dossier,
        contributions: records.contributions,
        papers: records.papers,
        ip: records.ip,
    };
    Ok(records.dossier.map(parts))
}
