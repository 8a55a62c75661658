use crate::text::Passage;

/// A part of a document by its shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A line marked as a heading; level 1 is the highest.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Without its mark.
        text: Passage,
    },
    /// A paragraph, its wrapped lines joined.
    Paragraph {
        /// Without white space at its ends.
        text: Passage,
        /// The text before it looks cut, so this may be its rest.
        continues: bool,
    },
    /// Rows that follow each other.
    Table(Vec<Row>),
}

/// The cells of a table row, trimmed; empty ones stand.
pub type Row = Vec<Passage>;
