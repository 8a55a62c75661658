use rusqlite::types::Value;

/// A condition of a query, together with what its question marks stand for.
#[derive(Debug, Default)]
pub(super) struct Condition {
    clauses: Vec<&'static str>,
    values: Vec<Value>,
}

impl Condition {
    /// Narrows the condition by `clause`, which has a question mark for each of `values`.
    pub(super) fn and(&mut self, clause: &'static str, values: impl IntoIterator<Item = String>) {
        let before = self.values.len();
        self.clauses.push(clause);
        self.values.extend(values.into_iter().map(Value::Text));
        debug_assert_eq!(clause.matches('?').count(), self.values.len() - before, "{clause}");
    }

    /// The text for behind WHERE.
    pub(super) fn sql(&self) -> String {
        if self.clauses.is_empty() { "TRUE".to_owned() } else { self.clauses.join(" AND ") }
    }

    /// What the question marks of [`Self::sql`] stand for.
    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter()
    }

    /// What the question marks stand for where `LIMIT ? OFFSET ?` follows.
    pub(super) fn values_within(&self, limit: usize, offset: usize) -> impl Iterator<Item = Value> {
        let number = |number| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
        self.values.clone().into_iter().chain([number(limit), number(offset)])
    }
}
