use std::{cell::RefCell, collections::BTreeSet, mem::take, sync::Arc};

use super::{ArchiveError, Reader, known::Known};
use crate::{
    domain::{DossierRef, Facet, InstitutionDossier, InstitutionRecord, JournalRecord, Kind, PersonRecord},
    index::{
        Batch, ContributorRow, DocumentBundle, DossierFacts, Index, PaperRow, Record, document_records,
        institution_record, journal_record, person_record,
    },
    source::Block,
    store::{Change, Credits, JournalPaper, Store},
    text::Passage,
};

/// Changes that are applied to the index before the next ones are looked at.
const CHUNK: usize = 256;
/// Maps what the record holds to what the index holds, for one run of changes.
pub(super) struct Mapping<'a> {
    store: &'a Store,
    reader: &'a Reader,
    known: &'a Known,
}

impl<'a> Mapping<'a> {
    pub(super) fn new(store: &'a Store, reader: &'a Reader, known: &'a Known) -> Self {
        Self { store, reader, known }
    }

    /// Writes the present state of all that the changes name.
    pub(super) fn apply(&self, index: &mut Index, changes: &[Change]) -> Result<(), ArchiveError> {
        self.known.follow(changes);
        let documents: BTreeSet<&String> = changes.iter().map(|change| &change.document_id).collect();
        let documents: Vec<String> = documents.into_iter().cloned().collect();
        for chunk in documents.chunks(CHUNK) {
            let mut records = Vec::new();
            for id in chunk {
                records.extend(self.of_document(id)?);
            }
            index.apply(Batch { documents: chunk, records: &records, ..Batch::default() })?;
        }
        let entities: BTreeSet<&(Kind, String)> =
            changes.iter().flat_map(|change| &change.entities).collect();
        for (kind, id) in entities {
            // One by one: the index takes one in while the next is gathered.
            match self.of_entity(*kind, id)? {
                Some(record) => {
                    index.apply(Batch { records: std::slice::from_ref(&record), ..Batch::default() })?;
                }
                None => index.apply(Batch { ids: std::slice::from_ref(id), ..Batch::default() })?,
            }
        }
        Ok(())
    }

    /// The records that stand and fall with a document; none where it is gone.
    fn of_document(&self, id: &str) -> Result<Vec<Record>, ArchiveError> {
        let records = self.store.bare_records_of(id)?;
        let (Some(dossier), Some(text)) = (records.dossier, self.store.source_text(id)?) else {
            return Ok(Vec::new());
        };
        let bytes = self.store.source_bytes(id)?.unwrap_or_default();
        let bundle = DocumentBundle {
            passages: match self.store.redaction(id)? {
                Some((read, redaction)) => {
                    let passages = self.passages(&dossier.source.path, &bytes, &read);
                    passages.iter().map(|passage| redaction.passage(passage)).collect()
                }
                None => self.passages(&dossier.source.path, &bytes, &text),
            },
            dossier,
            text,
            institutions: records.institutions,
            contributions: records.contributions,
            papers: records.papers,
            ip: records.ip,
            claims: records.claims,
        };
        self.labelled(|labels| document_records(&bundle, labels))
    }

    /// The record of a person, an institution or a journal; `None` where it is gone.
    fn of_entity(&self, kind: Kind, id: &str) -> Result<Option<Record>, ArchiveError> {
        let record = match kind {
            Kind::Person => self.store.bare_person(id)?.map(|person| self.of_person(&person)),
            Kind::Institution => {
                self.store.institution_indexed(id)?.map(|institution| self.of_institution(institution))
            }
            Kind::Journal => self.store.bare_journal(id)?.map(|journal| self.of_journal(&journal)),
            _ => None,
        };
        record.transpose()
    }

    fn of_person(&self, person: &PersonRecord) -> Result<Record, ArchiveError> {
        let contributions = person.contributions.iter();
        let facts = self.known.facts(contributions.map(|one| one.dossier.id.as_str()), self.store)?;
        let rows = self.store.credits_of(&person.id)?;
        let rows: Vec<ContributorRow> = rows.into_iter().map(row).collect();
        self.labelled(|labels| person_record(person, &facts, &rows, labels))
    }

    fn of_institution(&self, mut institution: InstitutionRecord) -> Result<Record, ArchiveError> {
        let dossiers = institution.dossiers.iter();
        let facts = self.known.facts(dossiers.map(|one| one.dossier.id.as_str()), self.store)?;
        let dossiers = in_order(take(&mut institution.dossiers), |one| &one.dossier.id, &facts);
        institution.dossiers = dossiers
            .into_iter()
            .map(|(facts, one)| InstitutionDossier { dossier: reference(facts, one.dossier), ..one })
            .collect();
        let people = in_order(take(&mut institution.people), |one| &one.dossier.id, &facts);
        institution.people = people.into_iter().map(|(_, one)| one).collect();
        self.labelled(|labels| institution_record(&institution, &facts, labels))
    }

    fn of_journal(&self, journal: &JournalRecord) -> Result<Record, ArchiveError> {
        let papers = self.store.papers_in(&journal.id)?;
        let facts = self.known.facts(papers.iter().map(|paper| paper.dossier.as_str()), self.store)?;
        let papers = in_order(papers, |paper| &paper.dossier, &facts);
        let rows = papers.into_iter().map(|(_, paper)| {
            let JournalPaper { title, year, citations, .. } = paper;
            PaperRow { title, year, citations }
        });
        let rows: Vec<PaperRow> = rows.collect();
        self.labelled(|labels| journal_record(journal, &rows, &facts, labels))
    }

    /// Maps with the labels of the record; a label that cannot be looked up fails the whole.
    fn labelled<T>(&self, map: impl FnOnce(&dyn Fn(Facet, &str) -> String) -> T) -> Result<T, ArchiveError> {
        let failed = RefCell::new(None);
        let mapped = map(&|facet, value| match self.known.label(facet, value, self.store) {
            Ok(label) => label,
            Err(error) => {
                *failed.borrow_mut() = Some(error);
                value.to_owned()
            }
        });
        match failed.into_inner() {
            Some(error) => Err(error.into()),
            None => Ok(mapped),
        }
    }

    /// The passages of a stored document; where its bytes can no longer be read, the text as a whole.
    fn passages(&self, name: &str, bytes: &[u8], text: &str) -> Vec<Passage> {
        let source = match self.reader.read(name, bytes) {
            Ok(source) if source.text == text => source,
            Ok(_) | Err(ArchiveError::Unreadable(_)) => return vec![Passage::new(text, 0)],
            Err(error) => {
                tracing::warn!("{name} is indexed as one passage: {error}");
                return vec![Passage::new(text, 0)];
            }
        };
        let mut passages = Vec::new();
        for block in source.blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph { text, .. } => passages.push(text),
                Block::Table(rows) => {
                    passages.extend(rows.into_iter().flatten().filter(|cell| !cell.is_blank()));
                }
            }
        }
        passages
    }
}

/// Puts what an entity lists in the order of its record: by the title of the dossier, then by its address, then as
/// it is; each with what is known of the dossier.
fn in_order<'f, T>(
    listed: Vec<T>,
    dossier: impl Fn(&T) -> &str,
    facts: &'f [Arc<DossierFacts>],
) -> Vec<(Option<&'f DossierFacts>, T)> {
    let known = |one: T| {
        let at = facts.binary_search_by(|facts| facts.id.as_str().cmp(dossier(&one)));
        (at.ok().map(|at| facts[at].as_ref()), one)
    };
    let mut placed: Vec<(Option<&DossierFacts>, T)> = listed.into_iter().map(known).collect();
    let place = |facts: Option<&'f DossierFacts>| facts.map(|facts| (&facts.title_key, &facts.id));
    placed.sort_by(|(one, _), (other, _)| place(*one).cmp(&place(*other)));
    placed
}

/// A dossier with its title and year, where these are known.
fn reference(facts: Option<&DossierFacts>, dossier: DossierRef) -> DossierRef {
    match facts {
        Some(facts) => DossierRef { title: facts.title.clone(), year: facts.award.year, ..dossier },
        None => dossier,
    }
}

fn row(credits: Credits) -> ContributorRow {
    let Credits { contribution, employer, other_employer, claims } = credits;
    ContributorRow { contribution, employer, other_employer, claims }
}
