use std::collections::VecDeque;

use super::{ExportError, Record};
use crate::{
    domain::Kind,
    ingest::Archive,
    search::{Cursor, SearchRequest},
};

/// How many ids are asked for at a time.
const IDS: usize = 500;

/// Which records are written, taken a few at a time: none is skipped or comes twice because others came
/// or went in between.
#[derive(Debug)]
pub struct Selection {
    kind: Kind,
    rest: Rest,
    ids: VecDeque<String>,
}

/// What is still to be asked for.
#[derive(Debug)]
enum Rest {
    /// Ids greater than this one.
    After(String),
    /// Hits behind the cursor.
    Hits(Box<SearchRequest>),
    Nothing,
}

impl Selection {
    /// All records of a kind, by id.
    pub fn all(kind: Kind) -> Self {
        Self { kind, rest: Rest::After(String::new()), ids: VecDeque::new() }
    }

    /// What a search finds, in its order.
    pub fn found(request: SearchRequest) -> Self {
        let kind = request.kind;
        let request = SearchRequest { limit: IDS, offset: 0, facet_limit: 0, explain: false, ..request };
        Self { kind, rest: Rest::Hits(Box::new(request)), ids: VecDeque::new() }
    }

    /// What records are about.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Takes the next records, at most so many; none at the end.
    pub(super) fn next(&mut self, archive: &Archive, most: usize) -> Result<Vec<Record>, ExportError> {
        let mut records = Vec::new();
        while records.len() < most {
            if self.ids.is_empty() && !self.ask(archive)? {
                break;
            }
            let Some(id) = self.ids.pop_front() else { continue };
            // What went since its id was listed is no longer there to be written.
            records.extend(Record::find(archive.store(), self.kind, &id)?);
        }
        Ok(records)
    }

    /// Asks for more ids; `false` where there are no more.
    fn ask(&mut self, archive: &Archive) -> Result<bool, ExportError> {
        match std::mem::replace(&mut self.rest, Rest::Nothing) {
            Rest::Nothing => return Ok(false),
            Rest::After(after) => {
                self.ids.extend(archive.store().ids_after(self.kind, &after, IDS)?);
                if let Some(last) = self.ids.back() {
                    self.rest = Rest::After(last.clone());
                }
            }
            Rest::Hits(mut request) => {
                let answer = archive.search(&request)?;
                self.ids.extend(answer.hits.into_iter().map(|hit| hit.id));
                if let Some(next) = answer.next_cursor {
                    let read = Cursor::read(&next, &request);
                    request.cursor = Some(read.map_err(ExportError::Cursor)?);
                    self.rest = Rest::Hits(request);
                }
            }
        }
        Ok(true)
    }
}
