use std::{collections::HashMap, sync::Arc};

use memchr::memmem;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term, index::SegmentId, schema::IndexRecordOption};

use super::{SuggestKind, topics::Topics};
use crate::{
    analysis::{sounded_out, sounds},
    domain::Kind,
    index::Fields,
    search::facets::Catalogue,
};

/// How much of a long title is sounded out.
const SOUNDED_CHARS: usize = 24;
/// In how many ways a name with several readings is.
const SOUNDED_WAYS: usize = 6;

/// In which form something was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Name,
    Reading,
    Initials,
}

/// A record that can be suggested.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub(super) kind: SuggestKind,
    pub(super) doc: DocId,
    pub(super) weight: u32,
}

/// A folded name, a reading or initials, and whose it is.
#[derive(Debug, Clone, Copy)]
struct Key {
    from: u32,
    to: u32,
    named: u32,
    form: Form,
}

/// Sorted texts, each of which stands for something.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// One after another, each behind a line end.
    names: String,
    sounds: String,
    keys: Vec<Key>,
    /// Whose each name is, by where it begins.
    named: Vec<(u32, u32)>,
}

impl Keys {
    pub(super) fn add(&mut self, text: &str, named: usize, form: Form) {
        let texts = if form == Form::Name { &mut self.names } else { &mut self.sounds };
        texts.push('\n');
        let from = texts.len();
        texts.push_str(text);
        // A segment with four billion bytes of names cannot be; what is beyond is left out.
        if let (Ok(from), Ok(to), Ok(named)) =
            (u32::try_from(from), u32::try_from(texts.len()), u32::try_from(named))
        {
            self.keys.push(Key { from, to, named, form });
            self.named.extend((form == Form::Name).then_some((from, named)));
        }
    }

    /// Adds the readings and the initials of a name.
    pub(super) fn add_sounds(&mut self, name: &str, named: usize, is_person: bool) {
        let start: String = name.chars().take(SOUNDED_CHARS).collect();
        if start.is_ascii() {
            return;
        }
        let sounds = sounds(&start, is_person);
        for (initials, form) in [(false, Form::Reading), (true, Form::Initials)] {
            for text in sounded_out(&sounds, initials, SOUNDED_WAYS) {
                self.add(&text, named, form);
            }
        }
    }

    pub(super) fn sort(&mut self) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.sort_unstable_by(|a, b| self.text(a).cmp(self.text(b)));
        keys.shrink_to_fit();
        self.keys = keys;
        self.names.shrink_to_fit();
        self.sounds.shrink_to_fit();
    }

    /// Everything that starts with a text, with its length in bytes.
    pub(super) fn starting(&self, with: &str) -> impl Iterator<Item = (usize, Form, usize)> {
        let from = self.keys.partition_point(|key| self.text(key) < with);
        let found = self.keys[from..].iter().take_while(move |key| self.text(key).starts_with(with));
        found.map(|key| (key.named as usize, key.form, (key.to - key.from) as usize))
    }

    /// Every name that contains a text first behind its start, with its length in bytes: all names are looked through at
    /// once.
    pub(super) fn containing(&self, inner: &str) -> impl Iterator<Item = (usize, usize)> {
        let mut last = usize::MAX;
        memmem::find_iter(self.names.as_bytes(), inner).filter_map(move |at| {
            let name = self.named.partition_point(|(from, _)| *from as usize <= at).checked_sub(1)?;
            let again = std::mem::replace(&mut last, name) == name;
            let (from, named) = self.named[name];
            let to = self.named.get(name + 1).map_or(self.names.len(), |(next, _)| *next as usize - 1);
            (!again && at > from as usize).then_some((named as usize, to - from as usize))
        })
    }

    fn text(&self, key: &Key) -> &str {
        let texts = if key.form == Form::Name { &self.names } else { &self.sounds };
        &texts[key.from as usize..key.to as usize]
    }
}

/// The names of one segment.
pub(super) struct SegmentNames {
    segment: SegmentId,
    pub(super) named: Vec<Named>,
    pub(super) keys: Keys,
}

impl SegmentNames {
    fn new(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let weights = segment.fast_fields().u64("weight")?;
        let (mut named, mut keys) = (Vec::new(), Keys::default());
        let kinds = [
            (Kind::Person, SuggestKind::Person),
            (Kind::Institution, SuggestKind::Institution),
            (Kind::Journal, SuggestKind::Journal),
            (Kind::Dossier, SuggestKind::Dossier),
        ];
        // The kind of each record that can be suggested.
        let mut shown: HashMap<DocId, SuggestKind> = HashMap::new();
        let of_kind = segment.inverted_index(fields.kind)?;
        for (kind, as_kind) in kinds {
            let term = Term::from_field_text(fields.kind, kind.name());
            let Some(mut records) = of_kind.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            while records.doc() != TERMINATED {
                shown.insert(records.doc(), as_kind);
                records.advance();
            }
        }
        let index = segment.inverted_index(fields.family(Kind::Person).key)?;
        let mut names = index.terms().stream()?;
        while names.advance() {
            let name = String::from_utf8_lossy(names.key()).into_owned();
            let mut bearers = index.read_postings_from_terminfo(names.value(), IndexRecordOption::Basic)?;
            while bearers.doc() != TERMINATED {
                let doc = bearers.doc();
                if let Some(&kind) = shown.get(&doc) {
                    let weight = weights.first(doc).unwrap_or(1);
                    keys.add(&name, named.len(), Form::Name);
                    keys.add_sounds(&name, named.len(), kind == SuggestKind::Person);
                    named.push(Named { kind, doc, weight: u32::try_from(weight).unwrap_or(u32::MAX) });
                }
                bearers.advance();
            }
        }
        keys.sort();
        Ok(Self { segment: segment.segment_id(), named, keys })
    }
}

/// The names of one state of the index.
pub(in crate::search) struct Names {
    pub(super) segments: Vec<Arc<SegmentNames>>,
    pub(super) topics: Topics,
}

impl Names {
    /// The names of what a searcher sees; of segments that the last ones had nothing is laid out again.
    pub(in crate::search) fn of(
        searcher: &tantivy::Searcher,
        fields: &Fields,
        catalogue: &Catalogue,
        last: Option<&Names>,
    ) -> tantivy::Result<Self> {
        let topics = Topics::new(searcher, catalogue, last.map(|last| &last.topics));
        let last = last.into_iter().flat_map(|last| &last.segments);
        let known: HashMap<SegmentId, &Arc<SegmentNames>> =
            last.map(|names| (names.segment, names)).collect();
        let segments =
            searcher.segment_readers().iter().map(|segment| match known.get(&segment.segment_id()) {
                Some(&names) => Ok(Arc::clone(names)),
                None => SegmentNames::new(segment, fields).map(Arc::new),
            });
        Ok(Self { segments: segments.collect::<tantivy::Result<_>>()?, topics })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_start_and_by_what_they_contain() {
        let mut keys = Keys::default();
        for (at, name) in
            ["甲市眼科医院", "眼科研究所", "乙眼科眼科", "眼", "眼科甲眼科"].into_iter().enumerate()
        {
            keys.add(name, at, Form::Name);
            keys.add_sounds(name, at, false);
        }
        keys.sort();
        let containing: Vec<_> = keys.containing("眼科").collect();
        assert_eq!(containing, [(0, 18), (2, 15)]);
        let mut starting: Vec<_> = keys.starting("眼科").map(|(named, ..)| named).collect();
        starting.sort_unstable();
        assert_eq!(starting, [1, 4]);
        let mut read: Vec<_> = keys.starting("yankeyan").map(|(named, form, _)| (named, form)).collect();
        read.sort_unstable();
        assert_eq!(read, [(1, Form::Reading)]);
    }
}
