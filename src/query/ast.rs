use std::fmt;

use super::QueryField;
use crate::analysis::identifiers;

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
        let mut printed = String::new();
        for clause in &self.clauses {
            let clause = match clause {
                Clause::Must(part) => part.to_string(),
                Clause::Not(part) => format!("-{part}"),
                Clause::Any(parts) => parts.iter().map(Part::to_string).collect::<Vec<_>>().join(" OR "),
            };
            if !printed.is_empty() {
                printed.push(' ');
            }
            let end = printed.len();
            printed.push_str(&clause);
            // What stood between two parts and was left out kept them from being one number: an empty phrase does.
            if identifiers(&printed).iter().any(|found| found.start < end && end < found.end) {
                printed.insert_str(end, "\"\" ");
            }
        }
        f.write_str(&printed)
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
