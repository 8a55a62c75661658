//! What tests say of the fields that were read of a line.

use super::lexicon::Field;
use crate::text::Passage;

/// Where the lines of the tests stand in their source.
pub(super) const START: usize = 7;

/// The fields in one line each, behind the letter of each; what is read is printed where its spans say.
pub(super) fn lines(
    text: &str,
    fields: &[(Field, Passage)],
    letter: impl Fn(Field) -> &'static str,
) -> Vec<String> {
    let line = |(field, value): &(Field, Passage)| {
        for (at, span) in value.pieces() {
            let printed = &text[span.start - START..span.end - START];
            assert_eq!(&value.text()[at..at + printed.len()], printed, "{text}");
        }
        format!("{} {}", letter(*field), value.text())
    };
    fields.iter().map(line).collect()
}

/// Reads each text of a table and compares what it says, in any order.
pub(super) fn check(read: impl Fn(&str) -> Option<Vec<String>>, table: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, want) in table {
        let (mut got, mut want) = (read(text).unwrap_or_default(), want.to_vec());
        got.sort_unstable();
        want.sort_unstable();
        if got != want {
            wrong.push(format!("{text}\n  got  {got:?}\n  want {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}
