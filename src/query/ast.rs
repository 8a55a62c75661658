use std::fmt;

use super::QueryField;

/// A query as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them hold for a hit.
    pub clauses: Vec<Clause>,
    /// What could not be read as it was written, one sentence each.
    pub notices: Vec<String>,
}

/// A condition on hits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// The part occurs.
    Must(Part),
    /// The part does not occur.
    Not(Part),
    /// At least one of two or more parts occurs.
    Any(Vec<Part>),
}

/// Something to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where; `None` is everywhere.
    pub field: Option<QueryField>,
    /// How the text is meant.
    pub kind: PartKind,
    /// As typed, without its syntax; never empty.
    pub text: String,
}

/// How the text of a part is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A word; its characters stand together.
    Word,
    /// Quoted: exactly so.
    Phrase,
    /// The start of a word.
    Prefix,
}

impl Query {
    /// Tells whether nothing is asked, so that everything is an answer.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

impl fmt::Display for Query {
    /// Prints a query that is read as the same clauses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, clause) in self.clauses.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            match clause {
                Clause::Must(part) => write!(f, "{gap}{part}")?,
                Clause::Not(part) => write!(f, "{gap}-{part}")?,
                Clause::Any(parts) => {
                    for (index, part) in parts.iter().enumerate() {
                        write!(f, "{}{part}", if index == 0 { gap } else { " OR " })?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(f, "{}:", field.name())?;
        }
        let text = &self.text;
        match self.kind {
            PartKind::Word => f.write_str(text),
            PartKind::Prefix => write!(f, "{text}*"),
            PartKind::Phrase => {
                let pairs = super::parse::QUOTES;
                let (open, close) = pairs.into_iter().find(|pair| !text.contains(pair.1)).unwrap_or(pairs[0]);
                write!(f, "{open}{text}{close}")
            }
        }
    }
}
