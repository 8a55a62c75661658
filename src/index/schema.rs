use tantivy::{
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::TokenizerManager,
};

use crate::{
    analysis::{HanNgramTokenizer, HanWordTokenizer},
    domain::{Facet, Kind},
};

/// The name of the analyzer of recall fields in the schema.
pub const RECALL_ANALYZER: &str = "han_ngram";
/// The name of the analyzer of ranking fields in the schema.
pub const WORD_ANALYZER: &str = "han_word";

/// The fields of the index.
#[derive(Debug, Clone)]
pub struct Fields {
    /// The schema that holds them.
    pub schema: Schema,
    /// Stable address; indexed and fast.
    pub id: Field,
    /// Name of the kind.
    pub kind: Field,
    /// The document a record stands and falls with; fast.
    pub document: Field,
    /// Latest year, fast.
    pub year: Field,
    /// Folded title, fast.
    pub title: Field,
    /// How many dossiers stand behind the record, fast.
    pub weight: Field,
    /// Citations, fast.
    pub citations: Field,
    /// Printed rank, fast.
    pub rank: Field,
    /// What is kept to show the record, stored: a [`super::Payload`].
    pub payload: Field,
    facets: Vec<FacetFields>,
    families: Vec<Family>,
}

/// The fields of a facet.
#[derive(Debug, Clone, Copy)]
pub struct FacetFields {
    /// Labels; fast.
    pub label: Field,
    /// Folded labels and entity addresses; indexed.
    pub reference: Field,
    /// Folded label, a separator and an entity's address; fast.
    pub entity: Field,
}

/// The text fields of one kind. Those for recall are the same for all kinds, so that one look finds records of
/// every kind; those for ranking are the kind's own, whose words weigh by how papers use them among papers.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// Names, for recall.
    pub name: Field,
    /// Folded whole names.
    pub key: Field,
    /// What the record says, for recall.
    pub body: Field,
    /// What the record says, for ranking.
    pub body_word: Field,
    /// What stands around it, for recall.
    pub context: Field,
    /// What a dossier says of itself, for the recall of all its records; on the dossier alone.
    pub around: Field,
    /// What stands around it, for ranking.
    pub context_word: Field,
    /// Identifier keys.
    pub identifier: Field,
    /// Names of people by their readings and initials.
    pub pinyin: Field,
}

impl Default for Fields {
    fn default() -> Self {
        Self::new()
    }
}

impl Fields {
    /// Builds the schema.
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let id = builder.add_text_field("id", STRING | FAST);
        let kind = builder.add_text_field("kind", STRING);
        let document = builder.add_text_field("document", STRING | FAST);
        let year = builder.add_u64_field("year", FAST | INDEXED);
        let title = builder.add_text_field("title", FAST);
        let citations = builder.add_u64_field("citations", FAST);
        let rank = builder.add_u64_field("rank", FAST);
        let weight = builder.add_u64_field("weight", FAST);
        let payload = builder.add_text_field("payload", STORED);
        let facets = Facet::ALL.map(|facet| facet_fields(&mut builder, facet)).to_vec();
        let recalled = [
            ("name", recall()),
            ("key", keyword()),
            ("body", recall()),
            ("context", recall()),
            ("around", recall()),
        ];
        let recalled = recalled.map(|(part, options)| builder.add_text_field(part, options));
        let identifier = builder.add_text_field("identifier", keyword());
        let pinyin = builder.add_text_field("pinyin", keyword());
        let families =
            Kind::ALL.map(|kind| family(&mut builder, kind, recalled, [identifier, pinyin])).to_vec();
        let schema = builder.build();
        Self { schema, id, kind, document, year, title, citations, rank, weight, payload, facets, families }
    }

    /// The fields of a facet.
    pub fn facet(&self, facet: Facet) -> FacetFields {
        self.facets[facet as usize]
    }

    /// The text fields of a kind.
    pub fn family(&self, kind: Kind) -> Family {
        self.families[kind as usize]
    }
}

/// The analyzers that the schema names.
pub(super) fn analyzers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(RECALL_ANALYZER, HanNgramTokenizer);
    manager.register(WORD_ANALYZER, HanWordTokenizer);
    manager
}

fn facet_fields(builder: &mut SchemaBuilder, facet: Facet) -> FacetFields {
    FacetFields {
        label: builder.add_text_field(&format!("facet_{facet}"), FAST),
        reference: builder.add_text_field(&format!("facet_{facet}_ref"), keyword()),
        entity: builder.add_text_field(&format!("facet_{facet}_entity"), FAST),
    }
}

fn family(
    builder: &mut SchemaBuilder,
    kind: Kind,
    [name, key, body, context, around]: [Field; 5],
    [identifier, pinyin]: [Field; 2],
) -> Family {
    let mut word = |part: &str| builder.add_text_field(&format!("{kind}_{part}_word"), words());
    Family {
        name,
        key,
        body,
        body_word: word("body"),
        context,
        context_word: word("context"),
        around,
        identifier,
        pinyin,
    }
}

fn recall() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(RECALL_ANALYZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    TextOptions::default().set_indexing_options(indexing)
}

fn words() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(WORD_ANALYZER)
        .set_index_option(IndexRecordOption::WithFreqs);
    TextOptions::default().set_indexing_options(indexing)
}

fn keyword() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_facet_has_fields_of_its_own() {
        let fields = Fields::new();
        for kind in Kind::ALL {
            let name = fields.schema.get_field_name(fields.family(kind).body_word);
            assert_eq!(name, format!("{kind}_body_word"));
        }
        for facet in Facet::ALL {
            let name = fields.schema.get_field_name(fields.facet(facet).label);
            assert_eq!(name, format!("facet_{facet}"));
        }
    }
}
