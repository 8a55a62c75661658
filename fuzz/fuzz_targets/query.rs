//! Questions: any text is read, and what is printed of it is read as the same.

#![no_main]

use dossier_search::query::{MAX_CHARS, Query};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let query = Query::parse(text);
    let printed = query.to_string();
    // What is printed may be longer than what was typed, by the blanks of identifiers and the full names of fields.
    if printed.chars().count() <= MAX_CHARS {
        assert_eq!(Query::parse(&printed).clauses, query.clauses, "{text:?} was printed as {printed:?}");
    }
});
