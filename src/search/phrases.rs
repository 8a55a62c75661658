use std::sync::Arc;

use tantivy::{
    DocId, InvertedIndexReader, SegmentReader, TantivyError, Term,
    directory::CompositeFile,
    index::SegmentComponent,
    postings::{SegmentPostings, TermInfo},
    schema::{Field, IndexRecordOption},
};

use super::{
    kept::Kept,
    places::{Beginnings, Places},
    postings::{Found, List},
};

/// Finds phrases in a segment; where their terms stand is read once while there is room.
pub(super) struct Phrases {
    /// Of every field.
    positions: CompositeFile,
    places: Kept<Places>,
}

/// A term of a phrase.
struct Standing {
    field: Field,
    key: Vec<u8>,
    /// So far from the beginning of the phrase.
    ahead: u32,
    term: TermInfo,
    /// Where it stands, if that is known.
    places: Option<Arc<Places>>,
}

/// A whole list is kept for the next question: that is worth looking at two documents for each that is asked.
const PHRASE_SEEK: usize = 2;
/// A term that stands wherever the phrase does says in which documents to look where it is that much rarer.
const RARER: usize = 2;
/// To look in the index where a term stands in one document takes as long as to read where it stands in so many.
const READ: usize = 4;
/// And as long as to pass over so many where that is known.
const PASSED: usize = 16;

impl Phrases {
    /// Makes room for the places of terms of a segment, in bytes.
    pub(super) fn new(segment: &SegmentReader, room: usize) -> tantivy::Result<Self> {
        Ok(Self {
            positions: CompositeFile::open(&segment.open_read(SegmentComponent::Positions)?)?,
            places: Kept::within(room),
        })
    }

    /// Finds terms of one field that stand at their distances, and `between` with them.
    ///
    /// Where only some documents are asked, `within`, and they are far fewer than those with the rarest of the terms,
    /// only they are looked at, and the list is a [`Found::Part`].
    pub(super) fn find(
        &self,
        index: &InvertedIndexReader,
        terms: &[(usize, Term)],
        between: &[Term],
        within: Option<&[DocId]>,
    ) -> tantivy::Result<Found> {
        let mut standing = Vec::with_capacity(terms.len());
        for (distance, term) in terms {
            let Some(known) = self.standing(index, term, *distance)? else { return Ok(Found::default()) };
            standing.push(known);
        }
        let mut rare: Option<Standing> = None;
        for term in between {
            let Some(known) = self.standing(index, term, 0)? else { return Ok(Found::default()) };
            rare = rare.filter(|rare| rare.documents() <= known.documents()).or(Some(known));
        }
        // The rarest leads: where it is not, no other is looked at.
        standing.sort_by_key(Standing::documents);
        let Some((lead, others)) = standing.split_first() else { return Ok(Found::default()) };
        let rarest = rare.iter().map(Standing::documents).fold(lead.documents(), usize::min);
        let within = within.filter(|within| within.len() < rarest / PHRASE_SEEK);
        let rare = rare.filter(|rare| within.is_none() && rare.documents() < lead.documents() / RARER);
        let rare = rare.map(|rare| rare.docs(index)).transpose()?;
        let mut beginnings = match within.or(rare.as_deref()) {
            Some(docs) => match self.postings(index, lead, docs.len())? {
                Some(mut postings) => Beginnings::looked_up(docs, &mut postings, lead.ahead),
                None => Beginnings::within(docs, &*self.read(index, lead)?, lead.ahead),
            },
            None => Beginnings::of(&*self.read(index, lead)?, lead.ahead),
        };
        for other in others {
            if beginnings.is_empty() {
                break;
            }
            match self.postings(index, other, beginnings.len())? {
                Some(mut postings) => beginnings.keep_looked_up(&mut postings, other.ahead),
                None => beginnings.keep(&*self.read(index, other)?, other.ahead),
            }
        }
        let list = beginnings.list();
        Ok(if within.is_some() { Found::Part(list) } else { Found::Whole(list) })
    }

    /// What is known of a term; `None` where it stands nowhere.
    fn standing(
        &self,
        index: &InvertedIndexReader,
        term: &Term,
        distance: usize,
    ) -> tantivy::Result<Option<Standing>> {
        let key = key(std::iter::once((0, term)));
        let places = self.places.get(&key);
        let known = match &places {
            Some(places) => Some(places.term.clone()),
            None => index.get_term_info(term)?,
        };
        let (field, ahead) = (term.field(), distance as u32);
        Ok(known.map(|term| Standing { field, key, ahead, term, places }))
    }

    /// The postings of a term, where looking it up in so many documents is sooner done than going through all its places.
    fn postings(
        &self,
        index: &InvertedIndexReader,
        standing: &Standing,
        asked: usize,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let worth = if standing.places.is_some() { PASSED } else { READ };
        if standing.documents() / worth <= asked {
            return Ok(None);
        }
        let option = IndexRecordOption::WithFreqsAndPositions;
        Ok(Some(index.read_postings_from_terminfo(&standing.term, option)?))
    }

    fn read(&self, index: &InvertedIndexReader, standing: &Standing) -> tantivy::Result<Arc<Places>> {
        if let Some(places) = &standing.places {
            return Ok(Arc::clone(places));
        }
        let no_positions = || TantivyError::SchemaError("a recall field has no positions".to_owned());
        let positions = self.positions.open_read(standing.field).ok_or_else(no_positions)?;
        let places = Arc::new(Places::read(index, &positions, &standing.term)?);
        self.places.keep(&standing.key, &places);
        Ok(places)
    }
}

impl Standing {
    fn documents(&self) -> usize {
        self.term.doc_freq as usize
    }

    fn docs(&self, index: &InvertedIndexReader) -> tantivy::Result<Vec<DocId>> {
        match &self.places {
            Some(places) => Ok(places.docs()),
            None => Ok(List::read(index, &self.term)?.docs),
        }
    }
}

/// Tells phrases apart: the field of each term, its distance and its length stand before it.
pub(super) fn key<'t>(terms: impl Iterator<Item = (usize, &'t Term)>) -> Vec<u8> {
    let mut key = Vec::with_capacity(64);
    for (distance, term) in terms {
        let value = term.serialized_value_bytes();
        for number in [term.field().field_id(), distance as u32, value.len() as u32] {
            key.extend(number.to_le_bytes());
        }
        key.extend(value);
    }
    key
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::{Index, IndexWriter, TantivyDocument, schema::Schema};

    use super::*;
    use crate::{
        analysis::HanNgramTokenizer,
        index::Fields,
        search::node::{Node, Phrase},
    };

    fn index(texts: &[String]) -> (Field, SegmentReader) {
        let fields = Fields::new();
        let name = fields.family(crate::domain::Kind::Paper).body;
        let mut builder = Schema::builder();
        let options = fields.schema.get_field_entry(name).field_type();
        let tantivy::schema::FieldType::Str(options) = options else { panic!("a text field") };
        let field = builder.add_text_field("text", options.clone());
        let index = Index::create_in_ram(builder.build());
        index.tokenizers().register(crate::index::RECALL_ANALYZER, HanNgramTokenizer);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).expect("a writer");
        for text in texts {
            let mut document = TantivyDocument::new();
            document.add_text(field, text);
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        let searcher = index.reader().expect("a reader").searcher();
        (field, searcher.segment_reader(0).clone())
    }

    /// How often one text stands in another, overlapping itself too.
    fn times(text: &str, asked: &str) -> u32 {
        text.char_indices().filter(|(at, _)| text[*at..].starts_with(asked)).count() as u32
    }

    #[test]
    fn every_phrase_has_a_key_of_its_own() {
        let term = |field, text| Term::from_field_text(Field::from_field_id(field), text);
        let phrases = [
            vec![(0, term(1, "甲乙")), (2, term(1, "丙"))],
            vec![(0, term(1, "甲乙")), (1, term(1, "丙"))],
            vec![(0, term(2, "甲乙")), (2, term(2, "丙"))],
            vec![(0, term(1, "甲乙丙"))],
            vec![(0, term(1, "甲")), (2, term(1, "乙丙"))],
        ];
        let keys: std::collections::BTreeSet<_> =
            phrases.iter().map(|phrase| key(phrase.iter().map(|(at, term)| (*at, term)))).collect();
        assert_eq!(keys.len(), phrases.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_phrase_is_found_where_it_is_printed_however_often_it_is_asked(
            texts in prop::collection::vec("[甲乙丙丁]{1,24}", 1..200),
            asked in prop::collection::vec("[甲乙丙丁]{2,6}", 12),
            within in prop::collection::btree_set(0..200_u32, 0..12),
            room in prop_oneof![Just(0_usize), Just(4_000), Just(1 << 20)],
        ) {
            let (field, segment) = index(&texts);
            let phrases = Phrases::new(&segment, room).expect("opens");
            let index = segment.inverted_index(field).expect("a field");
            let within: Vec<DocId> = within.into_iter().filter(|doc| (*doc as usize) < texts.len()).collect();
            for (number, asked) in asked.iter().chain(&asked).enumerate() {
                let Some(Node::Phrase(Phrase { terms, between })) = Node::phrase(asked, field) else {
                    panic!("a phrase");
                };
                if terms.len() < 2 {
                    continue;
                }
                let within = (number % 3 == 0).then_some(&within[..]);
                let printed = (0..).zip(&texts).map(|(doc, text)| (doc, times(text, asked)));
                let printed = printed.filter(|(_, times)| *times > 0);
                let (list, want): (List, Vec<(DocId, u32)>) = match phrases
                    .find(&index, &terms, &between, within)
                    .expect("found")
                {
                    Found::Whole(list) => (list, printed.collect()),
                    Found::Part(list) => {
                        let asked = within.expect("a part of what was asked");
                        (list, printed.filter(|(doc, _)| asked.contains(doc)).collect())
                    }
                };
                let found: Vec<(DocId, u32)> = list.docs.into_iter().zip(list.frequencies).collect();
                prop_assert_eq!(found, want, "{}", asked);
            }
        }
    }
}
