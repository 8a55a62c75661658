use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    sync::{Mutex, PoisonError},
};

use super::{ArchiveError, Reader};
use crate::{
    domain::{Facet, Kind},
    index::{
        Batch, ContributorRow, DocumentBundle, DossierFacts, Index, Record, document_records,
        institution_record, journal_record, person_record, topics,
    },
    source::Block,
    store::{Change, Credits, DossierColumns, Store, StoreError},
    text::Passage,
};

/// Changes that are applied to the index before the next ones are looked at.
const CHUNK: usize = 256;
/// Dossiers whose topics are remembered.
const REMEMBERED: usize = 100_000;

/// The topics of dossiers, by the number of the last change of each: an institution is met with all its dossiers
/// whenever one of them changes, and finding the terms of a text takes much longer than looking them up.
#[derive(Default)]
pub(super) struct Topics(Mutex<HashMap<String, (u64, Vec<String>)>>);

/// Maps what the record holds to what the index holds, for one run of changes.
pub(super) struct Mapping<'a> {
    store: &'a Store,
    reader: &'a Reader,
    topics: &'a Topics,
    labels: RefCell<HashMap<(Facet, String), String>>,
}

impl<'a> Mapping<'a> {
    pub(super) fn new(store: &'a Store, reader: &'a Reader, topics: &'a Topics) -> Self {
        Self { store, reader, topics, labels: RefCell::default() }
    }

    /// Writes the present state of all that the changes name.
    pub(super) fn apply(&self, index: &mut Index, changes: &[Change]) -> Result<(), ArchiveError> {
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
        let entities: Vec<&(Kind, String)> = entities.into_iter().collect();
        for chunk in entities.chunks(CHUNK) {
            let (mut gone, mut records) = (Vec::new(), Vec::new());
            for (kind, id) in chunk {
                match self.of_entity(*kind, id)? {
                    Some(record) => records.push(record),
                    None => gone.push(id.clone()),
                }
            }
            index.apply(Batch { ids: &gone, records: &records, ..Batch::default() })?;
        }
        Ok(())
    }

    /// The records that stand and fall with a document; none where it is gone.
    fn of_document(&self, id: &str) -> Result<Vec<Record>, ArchiveError> {
        let records = self.store.records_of(id)?;
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
            Kind::Person => match self.store.bare_person(id)? {
                Some(person) => {
                    let (facts, rows) = (self.facts(kind, id)?, self.store.credits_of(id)?);
                    let rows: Vec<ContributorRow> = rows.into_iter().map(row).collect();
                    Some(self.labelled(|labels| person_record(&person, &facts, &rows, labels))?)
                }
                None => None,
            },
            Kind::Institution => match self.store.bare_institution(id)? {
                Some(institution) => {
                    let facts = self.facts(kind, id)?;
                    let citations = self.store.citations_of_institution(id)?;
                    Some(self.labelled(|labels| institution_record(&institution, &facts, citations, labels))?)
                }
                None => None,
            },
            Kind::Journal => match self.store.journal_indexed(id)? {
                Some(journal) => {
                    let facts = self.facts(kind, id)?;
                    Some(self.labelled(|labels| journal_record(&journal, &facts, labels))?)
                }
                None => None,
            },
            _ => None,
        };
        Ok(record)
    }

    /// What an entity takes from the dossiers it is tied to.
    fn facts(&self, kind: Kind, id: &str) -> Result<Vec<DossierFacts>, ArchiveError> {
        let dossiers = self.store.dossiers_tied_to(kind, id)?;
        let facts = dossiers.into_iter().map(|dossier| {
            let topics = self.topics.of(&dossier, self.store)?;
            Ok(DossierFacts { id: dossier.id, kind: dossier.kind, award: dossier.award, topics })
        });
        facts.collect()
    }

    /// Maps with the labels of the record; a label that cannot be looked up fails the whole.
    fn labelled<T>(&self, map: impl FnOnce(&dyn Fn(Facet, &str) -> String) -> T) -> Result<T, ArchiveError> {
        let failed = RefCell::new(None);
        let mapped = map(&|facet, value| {
            let printed = (facet, value.to_owned());
            if let Some(label) = self.labels.borrow().get(&printed) {
                return label.clone();
            }
            match self.store.label(facet, value) {
                Ok(label) => {
                    self.labels.borrow_mut().insert(printed, label.clone());
                    label
                }
                Err(error) => {
                    *failed.borrow_mut() = Some(error);
                    value.to_owned()
                }
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

impl Topics {
    fn of(&self, dossier: &DossierColumns, store: &Store) -> Result<Vec<String>, StoreError> {
        let known = |topics: &HashMap<String, (u64, Vec<String>)>| {
            topics.get(&dossier.id).filter(|known| known.0 == dossier.changed).map(|known| known.1.clone())
        };
        if let Some(topics) = known(&self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(topics);
        }
        let found = topics(dossier.kind, &dossier.title, &store.claims_in(&dossier.id)?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(dossier.id.clone(), (dossier.changed, found.clone()));
        Ok(found)
    }
}

fn row(credits: Credits) -> ContributorRow {
    let Credits { contribution, employer, other_employer, claims } = credits;
    ContributorRow { contribution, employer, other_employer, claims }
}
