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
    /// The document a record stands and falls with.
    pub document: Field,
    /// Latest year, fast.
    pub year: Field,
    /// Folded title, fast.
    pub title: Field,
    /// How many dossiers stand behind the record, fast.
    pub weight: Field,
    /// What is kept to show the record: JSON, stored.
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

/// The text fields of one kind: a query for papers touches only what papers say.
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
        let document = builder.add_text_field("document", STRING);
        let year = builder.add_u64_field("year", FAST | INDEXED);
        let title = builder.add_text_field("title", FAST);
        let weight = builder.add_u64_field("weight", FAST);
        let payload = builder.add_bytes_field("payload", STORED);
        let facets = Facet::ALL.map(|facet| facet_fields(&mut builder, facet)).to_vec();
        let families = Kind::ALL.map(|kind| family(&mut builder, kind)).to_vec();
        Self { schema: builder.build(), id, kind, document, year, title, weight, payload, facets, families }
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

fn family(builder: &mut SchemaBuilder, kind: Kind) -> Family {
    let mut add =
        |part: &str, options: TextOptions| builder.add_text_field(&format!("{kind}_{part}"), options);
    Family {
        name: add("name", recall()),
        key: add("key", keyword()),
        body: add("body", recall()),
        body_word: add("body_word", words()),
        context: add("context", recall()),
        context_word: add("context_word", words()),
        identifier: add("identifier", keyword()),
        pinyin: add("pinyin", keyword()),
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
            let name = fields.schema.get_field_name(fields.family(kind).body);
            assert_eq!(name, format!("{kind}_body"));
        }
        for facet in Facet::ALL {
            let name = fields.schema.get_field_name(fields.facet(facet).label);
            assert_eq!(name, format!("facet_{facet}"));
        }
    }
}
