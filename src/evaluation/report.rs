use std::{collections::BTreeMap, fmt};

use serde::Serialize;

/// How many values of a field were right.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// In the key and found.
    pub right: usize,
    /// Found, but not in the key.
    pub extra: usize,
    /// In the key, but not found.
    pub missed: usize,
}

impl Counts {
    /// The share of what was found that is right.
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.extra)
    }

    /// The share of the key that was found.
    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.extra + self.missed)
    }

    fn plus(self, other: Counts) -> Counts {
        Counts {
            right: self.right + other.right,
            extra: self.extra + other.extra,
            missed: self.missed + other.missed,
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The counts of one document or of all.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Score {
    /// By field: strict, where only white space may differ, and lenient, where case, script, width and
    /// punctuation may.
    pub fields: BTreeMap<String, (Counts, Counts)>,
    /// What is wrong even leniently.
    pub faults: Vec<String>,
}

impl Score {
    pub(super) fn add(
        &mut self,
        field: &str,
        strict: Counts,
        lenient: Counts,
        fault: impl FnOnce() -> String,
    ) {
        let (s, l) = self.fields.entry(field.to_owned()).or_default();
        (*s, *l) = (s.plus(strict), l.plus(lenient));
        if lenient.extra + lenient.missed > 0 {
            self.faults.push(fault());
        }
    }

    /// Over all fields: strict, then lenient.
    pub fn total(&self) -> (Counts, Counts) {
        self.fields.values().fold(Default::default(), |sum: (Counts, Counts), (strict, lenient)| {
            (sum.0.plus(*strict), sum.1.plus(*lenient))
        })
    }
}

/// The scores of an evaluation.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Report {
    /// Over all documents.
    pub all: Score,
    /// By document.
    pub documents: BTreeMap<String, Score>,
}

impl Report {
    pub(super) fn add(&mut self, document: &str, score: Score) {
        for (field, (strict, lenient)) in &score.fields {
            let (s, l) = self.all.fields.entry(field.clone()).or_default();
            (*s, *l) = (s.plus(*strict), l.plus(*lenient));
        }
        self.all.faults.extend(score.faults.iter().map(|fault| format!("{document}: {fault}")));
        self.documents.insert(document.to_owned(), score);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.all.fields.iter().map(|(name, counts)| (name.as_str(), *counts));
        let documents = self.documents.iter().map(|(name, score)| (name.as_str(), score.total()));
        let all: Vec<_> = fields.chain(documents).chain([("all", self.all.total())]).collect();
        let split = self.all.fields.len();
        for (at, (name, counts)) in all.into_iter().enumerate() {
            if at == 0 || at == split {
                let head = if at == 0 { "field" } else { "document" };
                writeln!(
                    f,
                    "{head:<36} {:>9} {:>7} {:>7} {:>9} {:>7}",
                    "precision", "recall", "F1", "strict F1", "values"
                )?;
            }
            let (strict, lenient) = counts;
            let (p, r, f1) = (lenient.precision(), lenient.recall(), lenient.f1());
            let values = lenient.right + lenient.missed;
            writeln!(f, "{name:<36} {p:>9.3} {r:>7.3} {f1:>7.3} {:>9.3} {values:>7}", strict.f1())?;
        }
        Ok(())
    }
}
